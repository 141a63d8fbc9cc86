from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kring.care.contacts"

    def ready(self) -> None:
        """Let tasks find the people who are appointed for a child, and «Vem har läst» the withheld visits."""
        from . import owners  # noqa: F401
        from .queries import withheld  # noqa: F401
