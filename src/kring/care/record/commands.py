"""Taking deliveries in."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from kring.access import gate
from kring.access.actors import Actor, key_of
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.audit.models import Action
from kring.audit.models import Outcome as Logged
from kring.jobs.commands import start as start_job
from kring.jobs.models import Job
from kring.organisations.models import Unit
from kring.secrecy.queries.standings import standings
from kring.secrecy.rules.choices import ActiveChoice, Reach

from . import incoming
from .models import Delivery, DeliveryProblem, Source
from .queries.deliveries import JOB, upload_kept_until
from .queries.entries import CHOICE, to_choose
from .reading.entries import Parcel, parcels
from .reading.opening import digest_of_bytes, unpacked
from .rules.faults import Fault, Problem, Refused
from .storing.intake import IMPORT_RULE, Intake, Outcome, WholeRefused

Tell = Callable[[int, int], None]
COUNTED = ("added", "replaced", "older", "unchanged")
State = Delivery.State


@transaction.atomic
def register_source(*, by: Actor, key: str, name: str, unit: Unit) -> Source:
    """Make known a system that sends; what comes from it is documented by `unit`. The same key again changes
    nothing.
    """
    _demand(by)
    source, is_new = Source.objects.get_or_create(key=key, defaults={"name": name, "unit": unit})
    if is_new:
        gate.log(by, Action.WRITE, [None], what="record.source", object_id=key, rule=IMPORT_RULE)
    return source


def take_in(*, by: Actor, source_id: int, file: IO[bytes], tell: Tell | None = None) -> UUID:
    """Take in one file: a Bundle, a resource or NDJSON, plain or gzip. Answers with the delivery.

    Each parcel is one transaction: what is told as taken in is there, and a delivery that breaks off can be
    sent again.
    `tell` hears how many entries are done of how many (0 when that is not known beforehand).

    Raises:
        gate.NotAllowed: the actor's role does not take in records.
    """
    _demand(by)
    source = Source.objects.get(pk=source_id)
    delivery, sent_before = _begin(by, source, digest_of_bytes(file))
    intake = Intake(by, source, delivery, sent_before=sent_before)
    try:
        for parcel in parcels(unpacked(file, settings.IMPORT_MAX_BYTES)):
            _take(intake, parcel, delivery)
            if tell:
                tell(delivery.entries, parcel.total)
    except Refused as refused:
        _end(delivery, refused.problem)
    except BaseException:
        # Stopped by a person or by a fault of ours: the delivery says so, and what was taken in stays.
        Delivery.objects.filter(pk=delivery.pk).update(state=State.INTERRUPTED)
        raise
    else:
        _end(delivery, None)
    return delivery.pk


def _demand(by: Actor) -> None:
    gate.demand(by, Permission.IMPORT_RECORDS, what="record.delivery", action=Action.IMPORT)


@transaction.atomic
def _begin(by: Actor, source: Source, digest: str) -> tuple[Delivery, bool]:
    same = Delivery.objects.filter(source=source, digest=digest)
    same.filter(state=State.RUNNING).update(state=State.INTERRUPTED)
    sent_before = same.filter(state=State.DONE).exists()
    delivery = Delivery.objects.create(source=source, digest=digest, received_at=by.now)
    gate.log(by, Action.IMPORT, [None], what="record.delivery", object_id=str(delivery.pk), rule=IMPORT_RULE)
    return delivery, sent_before


def _take(intake: Intake, parcel: Parcel, delivery: Delivery) -> None:
    try:
        intake.take(parcel, and_then=lambda outcome: _count(delivery, outcome))
    except WholeRefused as refused:
        problems = [problem for problem in refused.problems if not problem.is_note]
        _count_refused(delivery, [Problem("", Fault.WHOLE_BUNDLE), *problems], parcel.total)


def _count(delivery: Delivery, outcome: Outcome) -> None:
    refused = len({problem.place for problem in outcome.problems if not problem.is_note})
    counts = outcome.counts
    for name in COUNTED:
        setattr(delivery, name, getattr(delivery, name) + counts[name])
    delivery.refused += refused
    delivery.entries += len(outcome.verdicts) + refused
    delivery.kinds = dict(sorted((Counter(delivery.kinds) + outcome.kinds).items()))
    delivery.save(update_fields=[*COUNTED, "refused", "entries", "kinds"])
    _store_problems(delivery, outcome.problems)


@transaction.atomic
def _count_refused(delivery: Delivery, problems: list[Problem], total: int) -> None:
    delivery.refused += total
    delivery.entries += total
    delivery.save(update_fields=["refused", "entries"])
    _store_problems(delivery, problems)


def _store_problems(delivery: Delivery, problems: list[Problem]) -> None:
    DeliveryProblem.objects.bulk_create(
        DeliveryProblem(
            delivery=delivery,
            place=problem.place[:120],
            fault=problem.fault,
            message=problem.message[:500],
            is_note=problem.is_note,
        )
        for problem in problems
    )


@transaction.atomic
def _end(delivery: Delivery, problem: Problem | None) -> None:
    taken = sum(getattr(delivery, name) for name in COUNTED)
    delivery.state = State.DONE
    if problem:
        _store_problems(delivery, [problem])
        delivery.refused += 1
    if problem or (delivery.refused and not taken):
        delivery.state = State.INTERRUPTED if taken else State.REFUSED
    delivery.save(update_fields=["state", "refused"])


@transaction.atomic
def start_import(*, by: Actor, source_id: int, upload: "File[bytes]") -> UUID:
    """Put an uploaded file aside and start the job that takes it in. Answers with the job.

    Raises:
        gate.NotAllowed: the actor's role does not take in records.
        Source.DoesNotExist: the source is not known.
    """
    _demand(by)
    source = Source.objects.get(pk=source_id)
    name = incoming.keep(upload)
    arguments = {
        "source_id": source.pk,
        "file": str(name),
        "person_id": str(by.person_id),
        "acting_as": key_of(by),
    }
    title = _("Inläsning från %(source)s") % {"source": source.name}
    return start_job(kind=JOB, title=title, by_id=by.person_id, now=by.now, arguments=arguments).pk


@transaction.atomic
def discard_upload(*, by: Actor, job: Job) -> bool:
    """Throw away, before its time, the file of a job that failed or was stopped: it will not be tried again.
    False when there is none.

    Raises:
        PermissionDenied: the actor's role does not take in records.
    """
    _demand(by)
    if upload_kept_until(job) is None:
        return False
    gate.log(by, Action.WRITE, [None], what="record.upload.discard", object_id=str(job.pk), rule=IMPORT_RULE)
    incoming.remove(UUID(job.arguments["file"]))
    return True


@transaction.atomic
def choose_actively(*, by: Actor, child_id: UUID, reach: Reach, purpose: WorkNeed) -> None:
    """Log that the actor asks to see what other units, or other care providers, hold about the child, and for
    what: one row for each rule that then decides. The session keeps the choice.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: the actor does not reach the record, or is told of nothing there
            that a choice would be about.
    """
    child = to_choose(by, child_id, reach)
    after = standings(by, child, ActiveChoice(**{reach.value: purpose}))
    asking = replace(by, purpose=purpose)
    others = {
        (one.decision.rule_id, one.decision.opens)
        for one in after.rows
        if one.reach is reach and one.unit.pk != by.unit_id
    }
    for rule, opens in sorted(others):
        outcome = Logged.ALLOWED if opens else Logged.REFUSED
        gate.log(asking, Action.READ, [child_id], what=CHOICE, object_id=reach, rule=rule, outcome=outcome)
