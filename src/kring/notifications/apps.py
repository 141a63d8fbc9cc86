from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kring.notifications"

    def ready(self) -> None:
        """Make the look for what waits known to whatever process watches over the jobs."""
        from . import tasks  # noqa: F401
