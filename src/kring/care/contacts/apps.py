from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kring.care.contacts"

    def ready(self) -> None:
        """Let tasks about a child find the people who are appointed for it."""
        from . import owners  # noqa: F401
