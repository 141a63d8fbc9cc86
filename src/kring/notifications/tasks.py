"""The queued task that sends what waits, and the look that sees to it that none is forgotten."""

from datetime import datetime

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kring import clock
from kring.jobs.registry import upkeep


@task()
def send_waiting() -> None:
    """Send everything that may leave now. Several at once do no harm: each letter is taken by one."""
    from .delivery import send_due

    send_due(clock.now)


@upkeep
def send_what_has_come_of_age(now: datetime) -> None:
    """What waited for the morning, for another try, or was lost with its worker."""
    from .delivery import pick_up_lost

    if pick_up_lost(now) and not _is_queued():
        send_waiting.enqueue()


def _is_queued() -> bool:
    ready = DBTaskResult.objects.filter(status="READY", task_path=send_waiting.module_path)
    return ready.exists()
