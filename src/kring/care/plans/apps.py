from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kring.care.plans"

    def ready(self) -> None:
        """Make the day's own work known to the watch over the jobs, and withheld items to «Vem har läst»."""
        from . import jobs  # noqa: F401
        from .queries import withheld  # noqa: F401
