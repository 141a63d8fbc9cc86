"""Reading what care givers sent: a child's entries through the gate, and deliveries without any child in
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import profile_covers
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision, Need, Reveal
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider, SharingConsent
from kring.access.policy.parties import both_connected
from kring.access.policy.same_provider import SAME_PROVIDER, SameProvider
from kring.access.policy.staff import Block, WorkNeed
from kring.audit.models import Action
from kring.children.models import Child, Consent, ConsentScope
from kring.organisations.models import Unit
from kring.timeline.models import Event

from .models import Delivery, DeliveryProblem, Resource, ResourceVersion, Source
from .rules.happenings import EVENT_KINDS

WHAT = "record.entries"


@dataclass(frozen=True)
class Entries:
    """A child's entries that an actor may see, newest first, and what may be said of the others.

    `elsewhere`: another unit of the same care provider has entries that an active choice would show.
    `other_providers`: another care provider has entries; which one is never said.
    """

    shown: "QuerySet[Event]"
    elsewhere: bool = False
    other_providers: bool = False


def entries_for(
    actor: Actor, child: Child, *, active_choice: bool = False, kinds: Iterable[str] = ()
) -> Entries:
    """The entries of every source on the child's one timeline, with the reading logged.

    Each unit's entries are decided by themselves with the tables 8.2 (same care provider) and 8.3 (another).
    `active_choice`: the reader has just asked for what other units have. `kinds` narrows to kinds of event.

    Raises:
        Invisible, NotAllowed: the actor does not reach the child, or not its record.
    """
    if not gate.children_for(actor, Permission.SEE_RECORD, child.pk).exists():
        raise gate.refusal(actor, Permission.SEE_RECORD, child.pk, what=WHAT)
    decisions = _decisions(actor, child, active_choice=active_choice)
    opened = [unit for unit, decision in decisions.items() if decision.opens]
    rules = {decision.rule_id for decision in decisions.values() if decision.opens} or {gate.rule_of(actor)}
    for rule in sorted(rules):
        gate.log(actor, Action.READ, [child.pk], what=WHAT, rule=rule)
    told = [(unit, decision) for unit, decision in decisions.items() if decision.reveal is Reveal.EXISTS]
    shown = _current_events(child).filter(unit__in=[unit.pk for unit in opened])
    return Entries(
        shown.filter(kind__in=list(kinds)) if kinds else shown,
        elsewhere=any(_same_provider(actor, unit) and Need.ACTIVE_CHOICE in d.needs for unit, d in told),
        other_providers=any(not _same_provider(actor, unit) for unit, _ in told),
    )


def _current_events(child: Child) -> "QuerySet[Event]":
    corrected = Exists(Event.objects.filter(corrects=OuterRef("pk")))
    events = Event.objects.filter(~corrected, child=child, kind__in=EVENT_KINDS.values())
    return events.select_related("unit").order_by("-effective_at", "-pk")


def _decisions(actor: Actor, child: Child, *, active_choice: bool) -> dict[Unit, Decision]:
    """For each unit that has entries about the child: whether the actor may read them."""
    with_entries = Event.objects.filter(child=child, kind__in=EVENT_KINDS.values()).values("unit")
    units = Unit.objects.filter(pk__in=with_entries).select_related("controller")
    consent = _sharing_consent(actor, child)
    decisions = {}
    for unit in units:
        if _same_provider(actor, unit):
            facts = _inner(actor, unit, active_choice)
            decisions[unit] = SAME_PROVIDER.decide(facts, on=actor.today)
        else:
            asked = _outer(actor, unit, active_choice, consent)
            decisions[unit] = OTHER_PROVIDER.decide(asked, on=actor.today)
    return decisions


def _same_provider(actor: Actor, unit: Unit) -> bool:
    return unit.controller_id == actor.controller_id


def _inner(actor: Actor, unit: Unit, active_choice: bool) -> SameProvider:
    return SameProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        need=WorkNeed.CARE,
        profile_covers=profile_covers(actor, Permission.SEE_RECORD),
        same_unit=unit.pk == actor.unit_id,
        active_choice=active_choice,
        # Nobody can register a block yet (the issue on sharing brings them), so none holds.
        block=Block.NONE,
    )


def _outer(actor: Actor, unit: Unit, active_choice: bool, consent: SharingConsent | None) -> OtherProvider:
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
        patient_informed=consent is not None,
        relation=True,
        active_choice=active_choice,
        may_matter=active_choice,
        svod_consent=consent or SharingConsent.NONE,
        block=Block.NONE,
    )


def _sharing_consent(actor: Actor, child: Child) -> SharingConsent | None:
    """The newest answer about sharing across care providers that holds today; None when nobody has been
    asked.
    """
    through = Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)
    asked = Consent.objects.filter(
        through, child=child, purpose=Consent.Purpose.ACROSS_PROVIDERS, starts_on__lte=actor.today
    )
    newest = asked.exclude(state=Consent.State.NOT_ASKED).order_by("-recorded_at").first()
    if newest is None:
        return None
    if newest.state != Consent.State.GIVEN or newest.withdrawn_at is not None:
        return SharingConsent.REFUSED
    record = Q(unit_id=actor.unit_id, category=ConsentScope.Category.RECORD)
    return SharingConsent.GIVEN if newest.scopes.filter(record).exists() else SharingConsent.NONE


def text_of(actor: Actor, child: Child, resource_id: int, *, active_choice: bool = False) -> str:
    """The exact text of an entry's current version, when the actor may see it, with the reading logged.

    Raises:
        Invisible, NotAllowed: there is no such entry about the child, or the actor may not see it; the same
            answer to both.
    """
    entries = entries_for(actor, child, active_choice=active_choice)
    resource = Resource.objects.filter(pk=resource_id, child=child).first()
    if resource is None or not entries.shown.filter(pk=resource.event_id).exists():
        raise gate.refusal(actor, Permission.SEE_RECORD, child.pk, what=WHAT, object_id=str(resource_id))
    gate.log(actor, Action.READ, [child.pk], what="record.text", object_id=str(resource_id))
    return ResourceVersion.objects.get(resource=resource, number=resource.version).body


def sources(actor: Actor) -> "QuerySet[Source]":
    """The systems that may send.

    Raises:
        gate.NotAllowed: the actor's role does not take in records.
    """
    _demand(actor)
    return Source.objects.select_related("unit").order_by("name")


def deliveries(
    actor: Actor, *, ids: Iterable[UUID] | None = None, since: datetime | None = None
) -> "QuerySet[Delivery]":
    """Deliveries, newest first, with the number of problems and notes. Nothing in them tells of a child."""
    _demand(actor)
    rows = Delivery.objects.select_related("source").order_by("-received_at", "pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    note = Q(problems__is_note=True)
    return rows.annotate(n_problems=Count("problems", filter=~note), n_notes=Count("problems", filter=note))


def problems(actor: Actor, delivery_ids: Iterable[UUID], *, at_most: int) -> list[DeliveryProblem]:
    """What was wrong in some deliveries, by place: refused entries first, then notes."""
    _demand(actor)
    rows = DeliveryProblem.objects.filter(delivery__in=list(delivery_ids))
    return list(rows.order_by("is_note", "pk")[:at_most])


def _demand(actor: Actor) -> None:
    gate.demand(actor, Permission.IMPORT_RECORDS, what="record.deliveries")
