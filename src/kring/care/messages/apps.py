from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kring.care.messages"
    label = "family_messages"

    def ready(self) -> None:
        """Make hidden threads known to «Vem har läst», and the promises to the watch over the jobs."""
        from . import jobs, queries  # noqa: F401
