from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "kring.care.messages"
    label = "family_messages"

    def ready(self) -> None:
        """Make hidden threads known to «Vem har läst»."""
        from . import queries  # noqa: F401
