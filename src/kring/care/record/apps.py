from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "kring.care.record"

    def ready(self) -> None:
        """Make the job known to whatever process works the jobs off, withheld entries to «Vem har läst»."""
        from . import jobs  # noqa: F401
        from .queries import withheld  # noqa: F401
