"""Which kinds of job there are, and what a job may tell while it works."""

from collections.abc import Callable
from typing import Any

from kring import clock

from .models import Job


class Cancelled(Exception):
    """Someone asked the job to stop."""


class Progress:
    """A running job's way of telling how far it has come; telling is also when it learns that it should
    stop.
    """

    def __init__(self, job: Job) -> None:
        self.job = job

    def step(self, name: str, total: int = 0) -> None:
        """A new step begins, with `total` parts when that is known."""
        self._tell(step=name, done=0, total=total)

    def at(self, done: int) -> None:
        """So many parts of the step are done."""
        self._tell(done=done)

    def _tell(self, **fields: Any) -> None:
        rows = Job.objects.filter(pk=self.job.pk, cancel_asked=False, state=Job.State.RUNNING)
        if not rows.update(**fields):
            raise Cancelled


JobFunction = Callable[..., dict[str, Any]]
KINDS: dict[str, JobFunction] = {}


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function `(progress, **arguments) -> result` as a kind of job."""

    def register(function: JobFunction) -> JobFunction:
        KINDS[kind] = function
        return function

    return register


def run(job_id: str) -> None:
    """Run a job to its end, whatever the end is. A job that is not waiting is left alone."""
    started = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=clock.now()
    )
    if started:
        _finish(Job.objects.get(pk=job_id))


def _finish(row: Job) -> None:
    try:
        row.result, row.state = KINDS[row.kind](Progress(row), **row.arguments), Job.State.DONE
    except Cancelled:
        row.state = Job.State.CANCELLED
    except Exception as problem:  # the job page must say that it failed, whatever the reason
        row.state, row.error = Job.State.FAILED, f"{type(problem).__name__}: {problem}"[:500]
    row.finished_at = clock.now()
    row.save(update_fields=["result", "state", "error", "finished_at"])
