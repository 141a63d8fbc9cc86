"""Who asks a child how it feels, and the answers: those of one's own unit, of another, and a guardian's."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.access.policy.ages import Birth, standing
from kring.access.policy.decision import Decision
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.staff import WorkNeed
from kring.access.roles import ROLES
from kring.audit.models import Action
from kring.children.models import Child, Guardian
from kring.organisations.models import Person, Unit
from kring.organisations.queries import colleagues_at
from kring.secrecy.queries.blocks import blocks_of
from kring.secrecy.rules.blocks import Blocks

from . import rules
from .models import MoodAnswer, MoodAsking

SHOWN_AT_MOST = 100
KEPT = "mood.kept"
"""What the log says of a reading that would tell a guardian of answers the child keeps to itself."""


def askings_of(actor: Actor, child_id: UUID) -> list[MoodAsking]:
    """The units that ask a child today, the first to have asked first; staff see their own unit's alone."""
    permission = Permission.ANSWER_MOOD if actor.child_id else Permission.SEE_MOOD
    rows = gate.rows_for(actor, permission, MoodAsking.objects.filter(facts.current(actor.today)), child_id)
    rows = rows.filter(unit_id=actor.unit_id) if actor.is_staff else rows
    return list(rows.select_related("unit", "reader").order_by("asked_at"))


def asking_or_404(actor: Actor, asking_id: UUID, *, what: str) -> MoodAsking:
    """One of the child's own, with the reading logged. Raises gate.Invisible when there is none today."""
    rows = MoodAsking.objects.filter(facts.current(actor.today), pk=asking_id)
    found = (
        gate.rows_for(actor, Permission.ANSWER_MOOD, rows).select_related("unit", "reader", "child").first()
    )
    if found is None:
        raise gate.refusal(actor, Permission.ANSWER_MOOD, asking_id, what=what, object_id=str(asking_id))
    gate.log(actor, Action.READ, [found.child_id], what=what, object_id=str(found.pk))
    return found


def draft_of(actor: Actor, asking: MoodAsking) -> MoodAnswer | None:
    """What the child has begun to answer and not sent; the child's alone."""
    if actor.child_id != asking.child_id:
        return None
    return MoodAnswer.objects.filter(asking=asking, sent_at__isnull=True).first()


def latest_of(actor: Actor, asking: MoodAsking) -> MoodAnswer | None:
    """The answer the child sent last."""
    if actor.child_id != asking.child_id:
        return None
    return asking.answers.filter(sent_at__isnull=False).order_by("-sent_at").first()


def guardians_who_see(actor: Actor, child: Child) -> list[Guardian]:
    """The guardians who would see a new answer now, as the gate itself says of each."""
    held = facts.custodies(actor).filter(child=child, guardian__person__isnull=False)
    found = []
    for custody in held.select_related("guardian").order_by("starts_on", "pk"):
        guardian = custody.guardian
        reader = Actor(
            person_id=guardian.person_id,
            role="guardian",
            now=actor.now,
            guardian_id=guardian.pk,
            strong_auth=True,
        )
        if gate.children_for(reader, Permission.SEE_MOOD, child.pk).exists():
            found.append(guardian)
    return found


def _sent(actor: Actor, child_id: UUID) -> "QuerySet[MoodAnswer]":
    rows = MoodAnswer.objects.filter(sent_at__isnull=False)
    found = gate.rows_for(actor, Permission.SEE_MOOD, rows, child_id)
    return found.select_related("unit", "asking__reader", "read_by", "child").order_by("-sent_at", "pk")


@dataclass(frozen=True)
class Elsewhere:
    """Another unit of the own care provider that has answers, what the tables say, and those it shows."""

    unit: Unit
    decision: Decision
    answers: Sequence[MoodAnswer] = ()


@dataclass(frozen=True)
class MoodPage:
    """What staff see of how a child says it feels."""

    child: Child
    asking: MoodAsking | None
    answers: Sequence[MoodAnswer]
    elsewhere: Sequence[Elsewhere] = ()


def mood_page(actor: Actor, child_id: UUID, chosen: WorkNeed = WorkNeed.NONE) -> MoodPage:
    """The own unit's answers, latest first, and those of other units after an active choice (ruling 23).

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as for every page about a child.
    """
    what = what_is_read(actor, child_id, "mood", chosen)
    child = gate.child_or_404(actor, Permission.SEE_MOOD, child_id, what=what)
    answers = list(_sent(actor, child_id).filter(unit_id=actor.unit_id)[:SHOWN_AT_MOST])
    asking = next(iter(askings_of(actor, child_id)), None)
    others = _elsewhere(actor, child, chosen)
    hide(actor, child, answers, asking, others)
    return MoodPage(child, asking, answers, others)


def what_is_read(actor: Actor, child_id: UUID, usual: str, chosen: WorkNeed = WorkNeed.NONE) -> str:
    """What the log says of reading answers: `KEPT` when guardians see none of what is read.

    Asked before the gate, of a child that does not exist likewise; nothing of it is shown to anybody.
    """
    here = Q(unit_id=actor.unit_id)
    units = here if chosen is WorkNeed.NONE else here | Q(unit__controller_id=actor.controller_id)
    rows = MoodAnswer.objects.filter(units, child_id=child_id, sent_at__isnull=False)
    found = rows.order_by("-sent_at", "pk").values_list("shown_to_guardians", "read_at", "unit_id")
    touched = [(shown, at is not None or unit != actor.unit_id) for shown, at, unit in found[:SHOWN_AT_MOST]]
    return KEPT if rules.kept_from_guardians(touched) else usual


def _elsewhere(actor: Actor, child: Child, chosen: WorkNeed) -> list[Elsewhere]:
    rows = _sent(actor, child.pk).exclude(unit_id=actor.unit_id)
    rows = rows.filter(unit__controller_id=actor.controller_id)
    units = {row.unit_id: row.unit for row in rows[:SHOWN_AT_MOST]}
    blocks = blocks_of(child.pk, actor.now) if units else Blocks()
    found = []
    for unit in units.values():
        # Answers are many and of many days: a block of any days closes them all.
        block = blocks.over(unit.pk, unit.controller_id, None)
        about = facts.another_unit(actor, Permission.SEE_MOOD, block=block, chosen=chosen)
        decision = SAME_PROVIDER.decide(about, on=actor.today)
        shown = [row for row in rows if row.unit_id == unit.pk] if decision.opens else []
        found.append(Elsewhere(unit, decision, shown))
    return found


@dataclass(frozen=True)
class GuardianPage:
    """What a guardian sees: the answers the child shows, and who reads them."""

    child: Child
    askings: Sequence[MoodAsking]
    answers: Sequence[MoodAnswer]


def guardian_page(actor: Actor, child_id: UUID) -> GuardianPage:
    """A child's answers as a guardian meets them; of those the child keeps to itself nothing is told."""
    child = gate.child_or_404(actor, Permission.SEE_MOOD, child_id, what="family.mood")
    return GuardianPage(child, askings_of(actor, child_id), _shown_to(actor, child))


def _shown_to(actor: Actor, child: Child) -> list[MoodAnswer]:
    birth = Birth.of(child.birth_date, child.birth_precision)
    young = standing(birth, actor.today).has_own_e_services
    # Whoever reaches the pages from the age limit on does so by the young person's own share of them.
    return [
        row
        for row in _sent(actor, child.pk)[:SHOWN_AT_MOST]
        if rules.to_a_guardian(shown=row.shown_to_guardians, young=young, shared=young, on=actor.today).opens
    ]


READERS = frozenset(key for key, role in ROLES.items() if Permission.ASK_MOOD in role.permissions)


def readers_at(actor: Actor) -> list[Person]:
    """Those at the actor's unit who may be the one who reads."""
    return colleagues_at(actor.unit_id, actor.today, READERS) if actor.unit_id else []
