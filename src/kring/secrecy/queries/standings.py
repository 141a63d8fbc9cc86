"""Whose entries an actor may read: each unit's are decided by themselves with the tables 8.2 (the own care
provider) and 8.3 (another), and of each unit apart what the child has blocked and what not.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.access.actors import Actor
from kring.access.consents import across_of
from kring.access.facts import age_of, profile_covers
from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.policy.decision import Decision
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider, SharingConsent
from kring.access.policy.parties import both_connected
from kring.access.policy.same_provider import SAME_PROVIDER, SameProvider
from kring.access.policy.staff import Block, Step, WorkNeed
from kring.children.models import Child, Consent, ConsentScope, EmergencyAccess, MaturityAssessment
from kring.organisations.models import Unit
from kring.secrecy.rules.blocks import Blocks, of_kinds
from kring.secrecy.rules.choices import ActiveChoice, Reach
from kring.timeline.models import Event
from kring.timeline.queries import RECORD_KINDS

from .blocks import blocks_of, in_state, told_apart
from .emergencies import opened_now


@dataclass(frozen=True)
class Standing:
    """A unit's entries about the child that are covered by the same kinds of block, and whether the actor may
    read them.
    """

    unit: Unit
    reach: Reach
    block: Block
    decision: Decision


@dataclass(frozen=True)
class Standings:
    """Every unit that has entries about a child, decided for one actor."""

    rows: tuple[Standing, ...]
    blocks: Blocks
    judge: "Judge"

    @property
    def opened(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.rows if one.decision.opens)

    def shown(self) -> Q:
        """The entries that are opened, for a question about events."""
        return reduce(or_, (self._entries(one) for one in self.opened), Q(pk__in=()))

    def _entries(self, one: Standing) -> Q:
        of_unit = Q(unit_id=one.unit.pk)
        same = [row for row in self.rows if row.unit.pk == one.unit.pk]
        # With every state of a unit open there is nothing to tell apart.
        return (
            of_unit if all(row.decision.opens for row in same) else of_unit & in_state(self.blocks, one.block)
        )

    def of(self, unit: Unit, documented_on: date | None) -> Decision:
        """What holds for a text by its unit and the day it was documented."""
        block = self.blocks.over(unit.pk, unit.controller_id, documented_on)
        return self.judge.standing(unit, block).decision


def entries_about(child: Child) -> "QuerySet[Event]":
    """The current entries about a child, of every unit."""
    corrected = Exists(Event.objects.filter(corrects=OuterRef("pk")))
    return Event.objects.filter(~corrected, child=child, kind__in=RECORD_KINDS, unit__isnull=False)


def standings(actor: Actor, child: Child, choice: ActiveChoice) -> Standings:
    """One for each unit that has entries about the child and each state of blocking among them. The gate has
    let the actor in. The number of questions to the database is the same for any number of them.
    """
    blocks = blocks_of(child.pk, actor.now)
    held = entries_about(child).annotate(**told_apart(blocks)).order_by()
    states = set(held.values_list("unit_id", *(kind.value for kind in BlockKind)).distinct())
    units = Unit.objects.select_related("controller").in_bulk({unit_id for unit_id, _, _ in states})
    judge = Judge(actor, choice, answer_of(actor, child), opened_now(actor, child.pk))
    rows = (
        judge.standing(units[unit_id], _block(inner, outer))
        for unit_id, inner, outer in sorted(states, key=str)
    )
    return Standings(tuple(rows), blocks, judge)


def _block(inner: bool, outer: bool) -> Block:
    return of_kinds(kind for kind, met in zip(BlockKind, (inner, outer), strict=True) if met)


@dataclass(frozen=True)
class Judge:
    """One actor's question about one child, asked of each unit's entries."""

    actor: Actor
    choice: ActiveChoice
    answer: "Answer"
    emergencies: tuple[EmergencyAccess, ...]

    def standing(self, unit: Unit, block: Block) -> Standing:
        own = unit.controller_id == self.actor.controller_id
        reach = Reach.UNITS if own else Reach.PROVIDERS
        read = self.decide(unit, block)
        urgent = self._emergency(unit, reach)
        if read.opens or urgent is None:
            return Standing(unit, reach, block, read)
        opened = self.decide(unit, block, urgent, Step.OPEN)
        return Standing(unit, reach, block, opened if opened.opens else read)

    def _emergency(self, unit: Unit, reach: Reach) -> EmergencyAccess | None:
        kind = BlockKind.INNER if reach is Reach.UNITS else BlockKind.OUTER
        found = (one for one in self.emergencies if one.kind == kind and str(unit.pk) in one.units)
        return next(found, None)

    def decide(
        self, unit: Unit, block: Block, urgent: EmergencyAccess | None = None, step: Step = Step.READ
    ) -> Decision:
        if unit.controller_id == self.actor.controller_id:
            inner = inner_facts(self.actor, unit, self.choice.units, block)
            return SAME_PROVIDER.decide(urgently(inner, urgent, step), on=self.actor.today)
        outer = outer_facts(self.actor, unit, self.choice.providers, self.answer, block)
        return OTHER_PROVIDER.decide(urgently_outside(outer, urgent, step), on=self.actor.today)


def inner_facts(actor: Actor, unit: Unit, chosen: WorkNeed, block: Block) -> SameProvider:
    """Facts of 8.2 on a unit's entries."""
    return SameProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        need=WorkNeed.CARE if chosen is WorkNeed.NONE else chosen,
        profile_covers=profile_covers(actor, Permission.SEE_RECORD),
        same_unit=unit.pk == actor.unit_id,
        active_choice=chosen is not WorkNeed.NONE,
        block=block,
        competent_officer=actor.may(Permission.LIFT_BLOCK),
    )


def outer_facts(actor: Actor, unit: Unit, chosen: WorkNeed, answer: "Answer", block: Block) -> OtherProvider:
    """Facts of 8.3 on a unit's entries."""
    return OtherProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        profile_covers=profile_covers(actor, Permission.SEE_RECORD),
        both_connected=both_connected(
            asking=actor.sector,
            asking_shares=actor.shares_across_providers,
            holding=unit.sector,
            holding_shares=unit.controller.shares_across_providers,
        ),
        # Whoever has answered the question has been told about the sharing; of others nothing is known.
        patient_informed=answer.consent is not None,
        relation=True,
        active_choice=chosen is not WorkNeed.NONE,
        # Only care can make another provider's entries matter (3:1); other work never does.
        may_matter=chosen is WorkNeed.CARE,
        svod_consent=answer.consent or SharingConsent.NONE,
        adult=answer.adult,
        child_cannot_consent=answer.cannot_consent and not answer.adult,
        block=block,
    )


def urgently(facts: SameProvider, urgent: EmergencyAccess | None, step: Step) -> SameProvider:
    """The facts with what has been stated of an emergency."""
    if urgent is None:
        return facts
    return replace(
        facts,
        step=step,
        consent_impossible=urgent.consent_impossible,
        indispensable=urgent.indispensable,
        may_matter=urgent.indispensable,
        revealed=urgent.revealed_at is not None,
        reason=bool(urgent.reason),
    )


def urgently_outside(facts: OtherProvider, urgent: EmergencyAccess | None, step: Step) -> OtherProvider:
    """The same for another provider. A no that somebody has said stands: it is not that nobody can be
    asked. Who cannot be asked cannot ask for a lift, either.
    """
    if urgent is None:
        return facts
    silent = urgent.consent_impossible and facts.svod_consent is not SharingConsent.REFUSED
    return replace(
        facts,
        step=step,
        svod_consent=SharingConsent.CANNOT_BE_OBTAINED if silent else facts.svod_consent,
        danger=urgent.danger,
        indispensable=urgent.indispensable,
        may_matter=urgent.indispensable,
        can_request_lift=not urgent.consent_impossible,
        revealed=urgent.revealed_at is not None,
        reason=bool(urgent.reason),
    )


@dataclass(frozen=True)
class Answer:
    """What is known of a child's answer about cross-provider sharing. `cannot_consent`: a treating
    professional has judged that the child is not mature for it, and nobody has judged otherwise since.
    """

    consent: SharingConsent | None
    adult: bool = False
    cannot_consent: bool = False


def answer_of(actor: Actor, child: Child) -> Answer:
    """Everything about the child's own answer."""
    judged = (
        MaturityAssessment.objects.filter(child=child, question="consent").order_by("-assessed_at").first()
    )
    cannot = judged is not None and (judged.mature_from is None or judged.mature_from > actor.today)
    return Answer(sharing_consent(actor, child), age_of(actor, child).adult, cannot)


def sharing_consent(actor: Actor, child: Child) -> SharingConsent | None:
    """What the answers about sharing across care providers say today of the asking unit; None when nobody has
    been asked.

    The same law as the family's pages tell (8.6): each person's latest answer, of those who may answer now.
    Who has taken a yes back has said no, also to somebody in an emergency.
    """
    consent = across_of(actor, child)
    if not consent.asked:
        return None
    if actor.unit_id and (actor.unit_id, str(ConsentScope.Category.RECORD)) in consent.cells:
        return SharingConsent.GIVEN
    counted = (row.latest for row in consent.signers if row.latest)
    said_no = any(one.state == Consent.State.REFUSED or one.withdrawn_at for one in counted)
    return SharingConsent.REFUSED if said_no else SharingConsent.NONE
