from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kring.demo"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off."""
        from . import figures  # noqa: F401
