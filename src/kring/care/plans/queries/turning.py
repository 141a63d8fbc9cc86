"""Plans whose state turns with the day alone: a consent has run out, or a meeting's day has come."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Coalesce

from kring import clock
from kring.access import signing
from kring.access.actors import Actor
from kring.care.plans.models import Plan, Summons
from kring.children.models import Consent, Custody, Disclosure, MaturityAssessment, Placement
from kring.timeline.models import Event

ENDED = "consent_ended"
LOOKS_BACK = 7
"""Days: a worker that has stood still for some of them catches up."""
OWN = Value(UUID(int=0), output_field=UUIDField())


def plans_with_ended_consent(actor: Actor) -> list[UUID]:
    """Going plans where somebody's latest yes has run out, and nothing has followed from it yet.

    For the house's own daily work, which acts for no unit and shows nothing to anybody.
    """
    given = Consent.objects.filter(purpose=Consent.Purpose.PLAN, state=Consent.State.GIVEN)
    over = given.filter(withdrawn_at__isnull=True, ends_on__lt=actor.today, subject__isnull=False)
    # A later answer of the same person has taken over. Nobody's guardian is the child itself.
    whose = Coalesce("guardian_id", OWN)
    later = Consent.objects.filter(purpose=Consent.Purpose.PLAN, subject=OuterRef("subject")).annotate(
        whose=whose
    )
    same = later.filter(whose=OuterRef("whose"), recorded_at__gt=OuterRef("recorded_at"))
    over = over.annotate(whose=whose)
    followed = Event.objects.filter(
        kind=ENDED, subject=OuterRef("subject"), effective_at__date__gt=OuterRef("ends_on")
    )
    rows = over.filter(~Exists(same), ~Exists(followed)).values_list("subject", flat=True)
    going = Plan.objects.filter(pk__in=rows, status__in=Plan.GOING)
    return sorted(going.values_list("pk", flat=True))


def plans_with_ended_disclosure(actor: Actor) -> list[UUID]:
    """Plans that still stand as open to a unit although the last day has passed."""
    standing = Disclosure.objects.filter(ended_at__isnull=True, category="plan")
    open_still = standing.exclude(Disclosure.holding(actor.today))
    return sorted(set(open_still.values_list("subject", flat=True)))


def plans_of_new_deciders(actor: Actor) -> list[UUID]:
    """Going plans around children for whom it has lately become somebody else who consents: a compulsory
    placement or a custody that has begun or ended, or a child judged mature, or no longer, for the question.

    That a child turns 18 needs no looking for: what its guardians opened has its last day the day before.
    """
    lately = actor.today - timedelta(days=LOOKS_BACK)
    turned = Q(starts_on__gt=lately, starts_on__lte=actor.today) | Q(
        ends_on__gte=lately, ends_on__lt=actor.today
    )
    orders = Placement.objects.filter(turned, kind=Placement.Kind.CARE_ORDER, withdrawn_at__isnull=True)
    judged = MaturityAssessment.objects.filter(
        question=signing.QUESTION, assessed_at__gte=actor.now - timedelta(days=LOOKS_BACK)
    )
    changed = (rows.values("child") for rows in (orders, Custody.objects.filter(turned), judged))
    about = reduce(or_, (Q(child__in=children) for children in changed))
    return sorted(Plan.objects.filter(about, status__in=Plan.GOING).values_list("pk", flat=True))


def going_plans_around(actor: Actor, child_id: UUID) -> list[UUID]:
    """Every going plan around a child, for the house's own work, which shows nothing to anybody."""
    going = Plan.objects.filter(child_id=child_id, status__in=Plan.GOING)
    return sorted(going.values_list("pk", flat=True))


def with_going_plans(actor: Actor, child_ids: Collection[UUID]) -> set[UUID]:
    """Those of the children around whom a plan goes on, for the house's own work."""
    going = Plan.objects.filter(child__in=list(child_ids), status__in=Plan.GOING)
    return set(going.values_list("child_id", flat=True))


def plans_that_meet_today(actor: Actor) -> list[UUID]:
    """Plans with a meeting today: those who have not answered are no longer waited for."""
    midnight = datetime.combine(actor.today, time(), tzinfo=clock.STOCKHOLM)
    today = Summons.objects.filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    sent = today.filter(sent_at__isnull=False, cancelled_at__isnull=True, plan__status__in=Plan.GOING)
    return sorted(set(sent.values_list("plan_id", flat=True)))
