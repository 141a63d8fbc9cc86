from django.apps import AppConfig


class ExtractConfig(AppConfig):
    name = "kring.followup.extract"
    label = "extract"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off."""
        from . import jobs  # noqa: F401
