"""Where a plan stands: its facts for the rules, its next step and its clocks."""

from collections.abc import Iterable, Mapping
from typing import Any

from kring import clock
from kring.access.actors import Actor
from kring.access.consents import ConsentView
from kring.care.plans import rules
from kring.care.plans.models import Invitation, Meeting, Plan, PlannedFollowUp, PlanParty, Summons

from .consents import consent_of
from .joining import parties_of, waiting_for
from .times import times_facts, with_times


def state_of(actor: Actor, plan: Plan) -> rules.State:
    """What decides the plan's next step."""
    summonses = Summons.objects.filter(plan=plan).prefetch_related("invitations")
    meetings = Meeting.objects.filter(plan=plan)
    parties = parties_of(actor, [plan])[plan.pk]
    return state_from(plan, consent_of(actor, plan), summonses.order_by("sent_at", "pk"), meetings, parties)


def next_step_of(actor: Actor, plan: Plan) -> rules.Step | None:
    """The plan's one next step; None when it is over."""
    return rules.next_step(state_of(actor, plan), actor.today)


def state_from(
    plan: Plan,
    consent: ConsentView,
    summonses: Iterable[Summons],
    meetings: Iterable[Meeting],
    parties: Iterable[PlanParty],
) -> rules.State:
    """The same from rows already read."""
    parties, summonses = list(parties), list(summonses)
    waiting = waiting_for(consent, plan, parties)
    invited = [clock.day_of(one.joined_at) for one in parties if one.unit_id in waiting]
    meetings = list(meetings)
    held = [clock.day_of(meeting.started_at) for meeting in meetings if meeting.ended_at]
    return rules.State(
        status=plan.status,
        kind=plan.kind,
        need_on=plan.need_identified_on,
        started_on=clock.day_of(plan.started_at) if plan.started_at else None,
        consent=consent.standing.state,
        asked=consent.asked,
        summons=_going(summonses, meetings),
        times=_asked(plan, summonses),
        met_on=max(held, default=None),
        follow_up_on=plan.follow_up_on,
        invited_on=min(invited, default=None),
    )


def _going(summonses: Iterable[Summons], meetings: list[Meeting]) -> rules.SummonsFacts | None:
    """The summons that is sent, not cancelled, and whose meeting is not over."""
    ended = {meeting.summons_id for meeting in meetings if meeting.ended_at}
    begun = {meeting.summons_id for meeting in meetings}
    going = [row for row in summonses if row.sent_at and not row.cancelled_at and row.pk not in ended]
    return _facts(going[-1], going[-1].pk in begun) if going else None


def _asked(plan: Plan, summonses: Iterable[Summons]) -> rules.TimesFacts | None:
    """The latest question about times that goes on."""
    asking = with_times(summonses)
    for row in asking:
        row.plan = plan
    return times_facts(asking[-1]) if asking else None


def _facts(summons: Summons, begun: bool) -> rules.SummonsFacts:
    silent = [row for row in summons.invitations.all() if row.answer == Invitation.Answer.NONE]
    return rules.SummonsFacts(
        sent_on=clock.day_of(summons.moved_at or summons.sent_at),
        meets_on=clock.day_of(summons.starts_at),
        waiting_units=tuple(sorted(row.unit_id for row in silent if row.unit_id)),
        waiting_family=any(row.unit_id is None for row in silent),
        meeting_begun=begun,
    )


def clocks_of(actor: Actor, plan: Plan) -> list[rules.Reading]:
    """The plan's three clocks today."""
    meetings = Meeting.objects.filter(plan=plan)
    sent = Summons.objects.filter(plan=plan, sent_at__isnull=False)
    planned = PlannedFollowUp.objects.filter(plan=plan).order_by("planned_at", "pk")
    closure = getattr(plan, "closure", None)
    closed = closure and clock.day_of(closure.ended_at)
    return clocks_from(actor, plan, sent, meetings, planned, closed=closed)


def clocks_from(
    actor: Actor,
    plan: Plan,
    sent: Iterable[Summons],
    meetings: Iterable[Meeting],
    planned: Iterable[PlannedFollowUp],
    closed: "clock.date | None" = None,
    last_held: "clock.date | None" = None,
) -> list[rules.Reading]:
    """The same from rows already read. Only follow-ups set since the last one was held count as moves of
    it.
    """
    coming = [(clock.day_of(row.planned_at), row.due_on) for row in planned]
    if last_held:
        coming = [pair for pair in coming if pair[0] >= last_held]
    own = _at_discharge if plan.kind == Plan.Kind.DISCHARGE else _of_sip
    need = {"need": plan.need_identified_on, "closed": closed, "today": actor.today}
    return [*own(plan, sent, meetings, need), rules.follow_up_due(coming, held=None, today=actor.today)]


def _of_sip(
    plan: Plan, _sent: Iterable[Summons], meetings: Iterable[Meeting], need: Mapping[str, Any]
) -> list[rules.Reading]:
    started = clock.day_of(plan.started_at) if plan.started_at else None
    held = min((clock.day_of(row.started_at) for row in meetings if row.ended_at), default=None)
    return [rules.sip_start_3(started=started, **need), rules.sip_meeting_21(held=held, **need)]


def _at_discharge(
    plan: Plan, sent: Iterable[Summons], _meetings: Iterable[Meeting], need: Mapping[str, Any]
) -> list[rules.Reading]:
    called = min((clock.day_of(row.sent_at) for row in sent), default=None)
    return [rules.discharge_summons_3(called=called, **need)]
