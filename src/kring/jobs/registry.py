"""Which kinds of job there are, and what a job may tell while it works."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F

from kring import clock

from .models import Job

logger = logging.getLogger(__name__)


class Cancelled(Exception):
    """Someone asked the job to stop, or another worker has taken it over."""


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
        if not _mine(self.job).filter(cancel_asked=False).update(told_at=clock.now(), **fields):
            raise Cancelled


def _mine(row: Job) -> Any:
    """The row as long as this attempt is the one that works: a job taken over belongs to the later
    attempt.
    """
    return Job.objects.filter(pk=row.pk, attempt=row.attempt, state=Job.State.RUNNING)


JobFunction = Callable[..., dict[str, Any]]
Upkeep = Callable[[datetime], object]
KINDS: dict[str, JobFunction] = {}
AFTER: dict[str, Callable[..., None]] = {}
UPKEEP: list[Upkeep] = []


def job(kind: str, after: Callable[..., None] | None = None) -> Callable[[JobFunction], JobFunction]:
    """Register a function `(progress, **arguments) -> result` as a kind of job.

    It must bear being run again from the start: a worker can die at any moment. `after` gets the same
    arguments when the job has been noted as done, to clear away what only it needed.
    """

    def register(function: JobFunction) -> JobFunction:
        KINDS[kind] = function
        if after:
            AFTER[kind] = after
        return function

    return register


def upkeep(function: Upkeep) -> Upkeep:
    """Register what a worker's watch does at every look, with the moment of looking. It must be quick."""
    UPKEEP.append(function)
    return function


def run(job_id: str) -> None:
    """Run a job to its end, whatever the end is. A job that is not waiting is left alone."""
    now = clock.now()
    started = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=now, told_at=now, attempt=F("attempt") + 1
    )
    if started:
        _work(Job.objects.get(pk=job_id))


def _work(row: Job) -> None:
    ending: dict[str, Any]
    try:
        ending = {"result": KINDS[row.kind](Progress(row), **row.arguments), "state": Job.State.DONE}
    except Cancelled:
        ending = {"state": Job.State.CANCELLED}
    except Exception as problem:  # the job page must say that it failed, whatever the reason
        ending = {"state": Job.State.FAILED, "error": type(problem).__name__}
        logger.error("job %s (%s) failed: %s", row.pk, row.kind, where(problem))
    if _mine(row).update(finished_at=clock.now(), **ending) and ending["state"] == Job.State.DONE:
        _clear_away(row)


def _clear_away(row: Job) -> None:
    try:
        AFTER.get(row.kind, _nothing)(**row.arguments)
    except Exception as problem:  # the work is done, and stays so
        logger.error("job %s (%s) left something behind: %s", row.pk, row.kind, where(problem))


def _nothing(**_arguments: Any) -> None:
    """Most jobs leave nothing behind."""


def where(problem: Exception) -> str:
    """Kind and place of a fault, never its text: a database's complaint may quote a personal number."""
    at = problem.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{type(problem).__name__} at {at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else ""
