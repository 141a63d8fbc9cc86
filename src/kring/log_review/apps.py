from django.apps import AppConfig


class LogReviewConfig(AppConfig):
    name = "kring.log_review"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off."""
        from . import jobs  # noqa: F401
