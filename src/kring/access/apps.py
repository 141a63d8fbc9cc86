from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kring.access"

    def ready(self) -> None:
        from . import checks  # noqa: F401  the start-up check that every page declares a permission
