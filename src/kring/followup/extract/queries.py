"""Everything that is read: who there is, whom something has happened to, and all about a few at a time.

Every child comes from `access.population`, the declared reader of everybody. However many children a batch
holds, it is the same number of questions.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from kring.access.actors import Actor
from kring.access.population import everybody
from kring.care.contacts.models import Appointment, CareContact
from kring.care.monitoring.models import MoodAnswer
from kring.care.monitoring.rules import WORST, read_by
from kring.care.plans.models import Closure, Evaluation, FollowUp, Plan, PlannedFollowUp
from kring.care.record.models import Reference, ResourceVersion
from kring.children.models import AccessBlock, CareRelation, Placement
from kring.children.models import Child as Row
from kring.clock import day_of
from kring.followup.queries import data_status
from kring.jobs.models import Job
from kring.organisations.models import Controller, Municipality, Unit
from kring.timeline.models import Event

from .models import Extract
from .rules import record
from .rules.facts import (
    Block,
    Child,
    Coordinated,
    Flag,
    Happening,
    Person,
    Place,
    Relation,
    Said,
    Span,
    Terms,
    Visit,
)
from .rules.pseudonyms import SHORTEST_KEY
from .rules.steps import ELSEWHERE, STEPS_OF_KRING, WITHDRAWALS

KINDS = frozenset({*(one.kind for one in STEPS_OF_KRING), *ELSEWHERE, *WITHDRAWALS})
OVERLAP = timedelta(days=1)
"""What was recorded so long before the last extract is read again: work that was not committed by then."""
READ_LATE = timedelta(days=14)
"""So long after an answer it can still be read, or its day pass."""
CHUNK = 2000
JOB = "extract_from_kring"


def latest() -> Extract | None:
    """The last extract that was kept."""
    return Extract.objects.order_by("-made_at", "-pk").first()


def of_version(version: str, terms: str) -> Extract | None:
    """The last extract that left these very files, if it rests on these terms."""
    return Extract.objects.filter(data_version=version, terms=terms).order_by("-made_at").first()


def under_way() -> Job | None:
    """The newest extract that is being made, or that stopped after the last one was kept."""
    newest = Job.objects.filter(kind=JOB).order_by("-created_at").first()
    return newest if newest and newest.state != Job.State.DONE else None


@dataclass(frozen=True)
class State:
    """How the extract stands: the last one, the work under way, and whether anything hinders a new one.

    `counting`: figures are being counted from the files, which a new extract would take away.
    """

    last: Extract | None
    job: Job | None
    has_key: bool
    counting: bool

    @property
    def is_working(self) -> bool:
        """Whether one is being made right now."""
        return self.job is not None and self.job.state in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def may_start(self) -> bool:
        """One at a time, with a key, and not while figures are counted."""
        return self.has_key and not self.is_working and not self.counting


def state() -> State:
    """The state of Kring's own extract."""
    has_key = len(settings.EXTRACT_KEY) >= SHORTEST_KEY
    return State(latest(), under_way(), has_key, data_status().is_working)


def terms(actor: Actor) -> Terms:
    """Whose rows go out, as the actor's own care provider follows up."""
    agreed = Controller.objects.filter(key__in=settings.EXTRACT_CONTROLLERS).values_list("pk", flat=True)
    units = Unit.objects.values_list("pk", "controller_id", "kind")
    return Terms(
        places={pk: Place(controller, kind) for pk, controller, kind in units},
        own=actor.controller_id,
        agreed=frozenset(agreed),
        municipalities=frozenset(Municipality.objects.values_list("code", flat=True)),
        today=actor.today,
        examined=Event.objects.filter(kind="health_examined").exists(),
    )


def people(actor: Actor, holds: Terms) -> Iterator[Person]:
    """Every child that a unit of those who are counted has, or has had, to do with; by key."""
    theirs = iter(groupby(_relations(holds), key=itemgetter(0)))
    around = next(theirs, None)
    fields = ("pk", "birth_date", "sex", "municipality__code", "protection", "deceased_on")
    rows = everybody(actor).order_by("pk").values_list(*fields)
    for key, born, sex, code, protection, died in rows.iterator(chunk_size=CHUNK):
        while around is not None and around[0] < key:
            around = next(theirs, None)
        if around is not None and around[0] == key:
            relations = tuple(Relation(*one[1:]) for one in around[1])
            protected = protection != Row.Protection.NONE
            yield Person(key, born, sex, code or "", protected, died, relations)


def _relations(holds: Terms) -> Iterator[tuple[UUID, UUID, str, date, date | None]]:
    counted = {*holds.agreed, *([holds.own] if holds.own else [])}
    rows = CareRelation.objects.filter(unit__controller__in=counted, starts_on__lte=holds.today)
    fields = ("child_id", "unit_id", "kind", "starts_on", "ends_on")
    return rows.order_by("child_id", "starts_on", "pk").values_list(*fields).iterator(chunk_size=CHUNK)


def touched(actor: Actor, last: datetime) -> set[UUID]:
    """The children to whom something has happened since an extract: recorded, corrected, or a day passed."""
    since, now = last - OVERLAP, actor.now
    days = (day_of(since), actor.today)
    asked: tuple[tuple[QuerySet[Any], str], ...] = (
        (
            Event.objects.filter(
                Q(recorded_at__gte=since) | Q(effective_at__gte=since, effective_at__lte=now), kind__in=KINDS
            ),
            "child_id",
        ),
        (ResourceVersion.objects.filter(received_at__gte=since), "resource__child_id"),
        (PlannedFollowUp.objects.filter(due_on__range=days), "plan__child_id"),
        (Appointment.objects.filter(starts_at__gte=since, starts_at__lte=now), "child_id"),
        (CareContact.objects.filter(starts_on__range=days), "child_id"),
        (Placement.objects.filter(starts_on__range=days), "child_id"),
        (AccessBlock.objects.filter(Q(created_at__gte=since) | Q(lifted_at__gte=since)), "child_id"),
        (MoodAnswer.objects.filter(Q(read_at__gte=since) | Q(sent_at__gte=since - READ_LATE)), "child_id"),
    )
    found: set[UUID] = set()
    for rows, child in asked:
        found.update(rows.order_by().values_list(child, flat=True).distinct())
    return found - {None}


def children(actor: Actor, some: Sequence[Person]) -> list[Child]:
    """All that is counted of these children, as it stands at the actor's moment."""
    made = {one.id: Child(one) for one in some}
    for read in (_events, _plans, _visits, _contacts, _placements, _flags, _blocks, _texts):
        read(actor, made)
    return list(made.values())


Made = Mapping[UUID, Child]


def _events(actor: Actor, made: Made) -> None:
    rows = Event.objects.filter(child__in=list(made), kind__in=KINDS, recorded_at__lte=actor.now)
    fields = ("pk", "child_id", "kind", "unit_id", "effective_at", "documented_on", "subject", "data")
    for key, child, kind, unit, at, documented, subject, data, corrects in rows.values_list(
        *fields, "corrects_id"
    ):
        day = day_of(at)
        if day <= actor.today or kind in WITHDRAWALS:
            happened = Happening(key, kind, unit, day, at, documented or day, subject, data or {}, corrects)
            made[child].events.append(happened)


def _plans(actor: Actor, made: Made) -> None:
    fields = ("pk", "child_id", "unit_id", "kind", "requested_by", "need_identified_on", "status")
    rows = list(Plan.objects.filter(child__in=list(made)).order_by("pk").values_list(*fields))
    keys = [row[0] for row in rows]
    ended = {plan: day_of(at) for plan, at in _of(Closure, keys, "ended_at")}
    planned = _many(
        (plan, (due, day_of(at))) for plan, due, at in _of(PlannedFollowUp, keys, "due_on", "planned_at")
    )
    held = _many((plan, (on, due)) for plan, on, due in _of(FollowUp, keys, "held_on", "was_due_on"))
    said = _many(_said(keys))
    declined = _declined(keys)
    for key, child, unit, kind, asked, need, status in rows:
        stopped = status == Plan.Status.DECLINED
        made[child].plans.append(
            Coordinated(
                id=key,
                unit=unit,
                kind=kind,
                by_staff=asked == Plan.Requester.PROFESSIONAL,
                need=need,
                declined=stopped,
                over=ended.get(key) or declined.get(key),
                planned=planned[key],
                held=held[key],
                said=said[key],
            )
        )


def _of(model: Any, plans: Sequence[UUID], *fields: str) -> Iterable[Any]:
    return model.objects.filter(plan__in=plans).order_by("pk").values_list("plan_id", *fields)


def _many(pairs: Iterable[tuple[UUID, Any]]) -> defaultdict[UUID, tuple[Any, ...]]:
    found: defaultdict[UUID, tuple[Any, ...]] = defaultdict(tuple)
    for plan, one in pairs:
        found[plan] += (one,)
    return found


def _said(plans: Sequence[UUID]) -> Iterator[tuple[UUID, Said]]:
    """What the child and its guardians have said themselves, each time."""
    fields = ("plan_id", "guardian_id", "said_at", "listened", "helped")
    rows = Evaluation.objects.filter(plan__in=plans).order_by("said_at", "pk").values_list(*fields)
    for plan, guardian, at, listened, helped in rows:
        yield plan, Said("guardian" if guardian else "child", day_of(at), listened, helped)


def _declined(plans: Sequence[UUID]) -> dict[UUID, date]:
    """The day a plan was declined, of which nothing but the event tells."""
    rows = Event.objects.filter(subject__in=plans, kind="sip_closed").order_by("recorded_at")
    return {plan: day_of(at) for plan, at in rows.values_list("subject", "effective_at")}


def _visits(actor: Actor, made: Made) -> None:
    rows = Appointment.objects.filter(child__in=list(made), starts_at__lte=actor.now).order_by("pk")
    for key, child, unit, at, mode, status in rows.values_list(
        "pk", "child_id", "unit_id", "starts_at", "mode", "status"
    ):
        made[child].visits.append(Visit(key, unit, day_of(at), mode, status))


def _contacts(actor: Actor, made: Made) -> None:
    rows = CareContact.objects.filter(child__in=list(made), starts_on__lte=actor.today).order_by("pk")
    for child, *fields in rows.values_list("child_id", "pk", "unit_id", "role", "starts_on", "ends_on"):
        made[child].contacts.append(Span(*fields))


def _placements(actor: Actor, made: Made) -> None:
    rows = Placement.objects.filter(
        child__in=list(made), withdrawn_at__isnull=True, starts_on__lte=actor.today
    )
    fields = ("child_id", "pk", "unit_id", "kind", "starts_on", "ends_on")
    for child, *span in rows.order_by("pk").values_list(*fields):
        made[child].placements.append(Span(*span))


def _flags(actor: Actor, made: Made) -> None:
    """The answers of the worst face, which are read the same working day."""
    rows = MoodAnswer.objects.filter(child__in=list(made), sent_at__lte=actor.now, face=WORST)
    for child, unit, sent, read in rows.order_by("pk").values_list(
        "child_id", "unit_id", "sent_at", "read_at"
    ):
        flag = Flag(unit, read_by(WORST, day_of(sent)), day_of(read) if read else None)
        made[child].flags.append(flag)


def _blocks(actor: Actor, made: Made) -> None:
    rows = AccessBlock.objects.filter(child__in=list(made), created_at__lte=actor.now, lifted_at__isnull=True)
    fields = ("child_id", "unit_id", "controller_id", "documented_from", "documented_to")
    for child, unit, controller, first, last in rows.values_list(*fields):
        made[child].blocks.append(Block(unit, controller, first or date.min, last or date.max))


def _texts(actor: Actor, made: Made) -> None:
    """The current text of contacts and diagnoses, and which diagnoses were made at an admission."""
    rows = ResourceVersion.objects.filter(
        resource__child__in=list(made),
        resource__kind__in=("Encounter", "Condition"),
        number=F("resource__version"),
    )
    for child, resource, body in rows.values_list("resource__child_id", "resource_id", "body"):
        made[child].texts[resource] = _read(body)
    at = Reference.objects.filter(
        resource__child__in=list(made), resource__kind="Condition", path__startswith="encounter"
    )
    for child, condition, encounter in at.values_list("resource__child_id", "resource_id", "target_id"):
        met = made[child].texts.get(encounter)
        if met is not None and record.class_of(met) in record.ADMISSIONS:
            made[child].admissions.add(condition)


def _read(body: str) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
