"""Which jobs somebody may follow: their own, and everybody's for who looks after the service.

A job's title and steps never name a child.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.record.queries import upload_kept_until
from kring.jobs.models import Job
from kring.jobs.queries import every_job, jobs_of, usual_time
from kring.organisations.queries import names_of

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class JobPage:
    """One page of jobs, newest first. `counts`: how many there are in each state."""

    rows: tuple[Job, ...]
    names: dict[UUID, str]
    counts: dict[str, int]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class OneJob:
    """A job. `mine`: who follows it has started it; `usual`: how long the last ones took; `file_until`: the
    last day that an upload is kept for another try.
    """

    row: Job
    mine: bool
    by: str
    usual: timedelta | None
    file_until: date | None


def page_of_jobs(actor: Actor, *, state: str = "", page: int = 1) -> JobPage:
    """The jobs that the actor may follow; one state of them, or all."""
    jobs = _followed(actor)
    counted = jobs.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")
    counts = dict(counted)
    if state:
        jobs = jobs.filter(state=state)
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    rows = tuple(jobs[(page - 1) * PAGE : page * PAGE])
    return JobPage(
        rows=rows,
        names=names_of(row.started_by for row in rows),
        counts=counts,
        total=total,
        page=page,
        pages=pages,
    )


def one_job(actor: Actor, job_id: UUID) -> OneJob:
    """A job that the actor may follow.

    Raises:
        Http404: there is none such, or it is somebody else's.
    """
    row = _followed(actor).filter(pk=job_id).first()
    if row is None:
        raise Http404
    return OneJob(
        row=row,
        mine=row.started_by == actor.person_id,
        by=names_of([row.started_by]).get(row.started_by, ""),
        usual=usual_time(row.kind) if row.state in (Job.State.WAITING, Job.State.RUNNING) else None,
        file_until=upload_kept_until(row),
    )


def _followed(actor: Actor) -> "QuerySet[Job]":
    looks_after_all = actor.may(Permission.ADMINISTER_ORGANISATION)
    return every_job() if looks_after_all else jobs_of(actor.person_id)
