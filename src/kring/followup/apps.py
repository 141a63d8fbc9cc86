from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "kring.followup"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off."""
        from . import jobs  # noqa: F401
