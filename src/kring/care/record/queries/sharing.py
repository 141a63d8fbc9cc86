"""Whose entries an actor may read: each unit's are decided by themselves with the tables 8.2 (the own care
provider) and 8.3 (another).
"""

from dataclasses import dataclass

from django.db.models import Q

from kring.access.actors import Actor
from kring.access.facts import profile_covers
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.other_provider import OTHER_PROVIDER, OtherProvider, SharingConsent
from kring.access.policy.parties import both_connected
from kring.access.policy.same_provider import SAME_PROVIDER, SameProvider
from kring.access.policy.staff import Block, WorkNeed
from kring.care.record.rules.choices import ActiveChoice, Reach
from kring.care.record.rules.happenings import EVENT_KINDS
from kring.children.models import Child, Consent, ConsentScope
from kring.organisations.models import Unit
from kring.timeline.models import Event


@dataclass(frozen=True)
class Standing:
    """A unit that has entries about the child, and whether the actor may read them."""

    unit: Unit
    reach: Reach
    decision: Decision


def standings(actor: Actor, child: Child, choice: ActiveChoice) -> list[Standing]:
    """One for each unit that has entries about the child, connected or not. The gate has let the actor in."""
    with_entries = Event.objects.filter(child=child, kind__in=EVENT_KINDS.values()).order_by()
    units = Unit.objects.filter(pk__in=with_entries.values("unit")).select_related("controller")
    consent = _sharing_consent(actor, child)
    return [_standing(actor, unit, choice, consent) for unit in units]


def _standing(actor: Actor, unit: Unit, choice: ActiveChoice, consent: SharingConsent | None) -> Standing:
    if unit.controller_id == actor.controller_id:
        inner = SAME_PROVIDER.decide(_inner(actor, unit, choice.units), on=actor.today)
        return Standing(unit, Reach.UNITS, inner)
    outer = OTHER_PROVIDER.decide(_outer(actor, unit, choice.providers, consent), on=actor.today)
    return Standing(unit, Reach.PROVIDERS, outer)


def _inner(actor: Actor, unit: Unit, chosen: WorkNeed) -> SameProvider:
    return SameProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        need=WorkNeed.CARE if chosen is WorkNeed.NONE else chosen,
        profile_covers=profile_covers(actor, Permission.SEE_RECORD),
        same_unit=unit.pk == actor.unit_id,
        active_choice=chosen is not WorkNeed.NONE,
        # Nobody can register a block yet (the issue on sharing brings them), so none holds.
        block=Block.NONE,
    )


def _outer(actor: Actor, unit: Unit, chosen: WorkNeed, consent: SharingConsent | None) -> OtherProvider:
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
        active_choice=chosen is not WorkNeed.NONE,
        # Only care can make another provider's entries matter (3:1); other work never does.
        may_matter=chosen is WorkNeed.CARE,
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
