from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kring.care.plans"

    def ready(self) -> None:
        """Make the day's own work known to whatever process watches over the jobs, and what is withheld to the
        extract of the log.
        """
        from . import jobs  # noqa: F401
        from .queries import withheld  # noqa: F401
