from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kring.reports"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off."""
        from . import jobs  # noqa: F401
