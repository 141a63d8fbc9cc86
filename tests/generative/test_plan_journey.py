"""A plan through any order of things that people may do to it.

Everyone tries everything, in any order; what is not allowed is refused. Whatever happens, the promises hold:
the four items and a consent before it is established, the child's wish before a summons, no version lost, one
next step with a holder while it is open, and a disclosure open exactly while the consent covers it; nobody
sees more than is disclosed, nothing told is told otherwise, and no worklist asks for what cannot be done.
"""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict, Refusal

if TYPE_CHECKING:
    from tests.cast import Cast

PEOPLE = st.sampled_from(["karin", "eva", "lena", "jonas", "maria", "johan", "alva", "peter"])
STAFF = st.sampled_from(["karin", "lena", "jonas"])
GUARDIANS = st.sampled_from(["maria", "johan"])
WISHES = st.sampled_from(["", "whole", "a_while", "undecided"])
REFUSALS = (Refusal, EditConflict, NotAllowed, Http404)


class Journey(RuleBasedStateMachine):
    """One plan around Alva; `seen` keeps every version's content as it was when it was made."""

    casts: tuple["Cast", ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._rollback = transaction.atomic()
        self._rollback.__enter__()
        from tests.unit.care.plans.story import Story

        self.story = Story(self.casts[0])
        self.seen: dict[UUID, dict] = {}
        self.told: list[tuple] = []
        self.revision = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._rollback.__exit__(None, None, None)

    @property
    def do(self):
        from kring.care.plans import commands

        return commands

    def try_to(self, command: str, by: str, **arguments) -> None:
        with suppress(*REFUSALS), transaction.atomic():
            getattr(self.do, command)(by=getattr(self.story, by), **arguments)

    @initialize(requested=st.booleans())
    def begins(self, requested: bool) -> None:
        if not requested:
            self.story.started()
            return
        unit_id = self.story.cast.unit("hh-habilitering-boras").pk
        plan = self.do.request_plan(by=self.story.maria, child_id=self.story.child_id, unit_id=unit_id)
        self.story.plan_id = plan.pk

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.story.later(days)
        # What the family sees on a new day follows the day; the worklist's row follows at the next act.

    @rule(by=PEOPLE)
    def somebody_accepts(self, by: str) -> None:
        self.try_to("accept_request", by, plan_id=self.story.plan_id)

    @rule(by=STAFF, unit=st.sampled_from(["pupil_health", "school"]))
    def somebody_joins(self, by: str, unit: str) -> None:
        self.try_to("join_party", by, plan_id=self.story.plan_id, unit_id=getattr(self.story, unit))

    @rule(by=STAFF, unit=st.sampled_from(["pupil_health", "school"]))
    def somebody_leaves(self, by: str, unit: str) -> None:
        self.try_to("leave_party", by, plan_id=self.story.plan_id, unit_id=getattr(self.story, unit))

    @rule(
        guardian=GUARDIANS,
        state=st.sampled_from(["given", "given", "given", "refused", "not_asked"]),
        units=st.sets(st.sampled_from(["pupil_health", "school"])),
        days=st.none() | st.integers(0, 60),
        itself=st.booleans(),
    )
    def a_guardian_answers(self, guardian, state, units, days, itself) -> None:
        story = self.story
        self.try_to(
            "record_consent",
            guardian if itself else "karin",
            plan_id=story.plan_id,
            guardian_id=story.cast.guardian(guardian).pk,
            state=state,
            form="portal" if itself else "oral",
            cells=[(story.plan.unit_id, "plan"), *((getattr(story, unit), "plan") for unit in units)],
            ends_on=None if days is None else story.today + timedelta(days=days),
        )

    @rule(guardian=GUARDIANS)
    def a_guardian_takes_it_back(self, guardian: str) -> None:
        from kring.children.models import Consent

        mine = Consent.objects.filter(subject=self.story.plan_id, guardian__person__subject=guardian)
        if consent := mine.order_by("-recorded_at").first():
            self.try_to("withdraw_consent", guardian, consent_id=consent.pk)

    @rule(by=PEOPLE, responsible=st.sampled_from(["unit", "family"]), days=st.none() | st.integers(1, 30))
    def somebody_promises(self, by: str, responsible: str, days: int | None) -> None:
        self.try_to(
            "contribute_activity",
            by,
            plan_id=self.story.plan_id,
            what="Öva tillsammans",
            responsible=responsible,
            due_on=None if days is None else self.story.today + timedelta(days=days),
        )

    @rule(by=PEOPLE, status=st.sampled_from(["planned", "ongoing", "done", "stopped"]))
    def somebody_says_how_it_goes(self, by: str, status: str) -> None:
        if activity := self.items().order_by("pk").first():
            about = {"activity_id": activity.pk, "seen": activity.revision}
            self.try_to("set_activity_status", by, **about, status=status)

    @rule(by=PEOPLE, last=st.booleans())
    def somebody_takes_it_out(self, by: str, last: bool) -> None:
        rows = self.items().order_by("pk")
        if activity := rows.last() if last else rows.first():
            self.try_to("remove_activity", by, activity_id=activity.pk, seen=activity.revision)

    def items(self):
        from kring.care.plans.models import Activity

        return Activity.objects.filter(plan_id=self.story.plan_id, removed_at__isnull=True)

    @rule(by=GUARDIANS)
    def a_guardian_has_read_the_latest(self, by: str) -> None:
        from kring.care.plans.models import PlanVersion

        if version := PlanVersion.objects.filter(plan_id=self.story.plan_id).order_by("-number").first():
            self.try_to("acknowledge", by, version_id=version.pk)

    @rule(by=PEOPLE, reason=st.sampled_from(["", "Familjen har redan en plan"]), luck=st.integers(0, 5))
    def somebody_declines(self, by: str, reason: str, luck: int) -> None:
        if not luck:
            self.try_to("decline_plan", by, plan_id=self.story.plan_id, reason=reason)

    @rule(by=PEOPLE)
    def somebody_sets_a_goal(self, by: str) -> None:
        self.try_to("contribute_goal", by, plan_id=self.story.plan_id, words="Jag vill våga fråga")

    @rule(by=STAFF, words=st.sampled_from(["", "Avvaktar"]))
    def somebody_does_nothing_now(self, by: str, words: str) -> None:
        self.try_to("state_nothing_now", by, plan_id=self.story.plan_id, words=words)

    @rule(
        by=STAFF,
        text=st.sampled_from(["", "Stöd i skolan", "Stöd hemma"]),
        named=st.booleans(),
        stale=st.booleans(),
    )
    def somebody_describes(self, by: str, text: str, named: bool, stale: bool) -> None:
        plan = self.story.plan
        fields = {"needed_efforts": text, "other_measures": text}
        fields["overall_responsible_id"] = plan.unit.controller_id if named else None
        self.try_to("describe_plan", by, plan_id=plan.pk, seen=plan.revision - stale, **fields)

    @rule(wish=WISHES, send=st.booleans())
    def the_child_prepares(self, wish: str, send: bool) -> None:
        self.try_to("prepare_meeting", "alva", plan_id=self.story.plan_id, step=7, takes_part=wish)
        if send:
            self.try_to("send_preparation", "alva", plan_id=self.story.plan_id)

    @rule(by=STAFF, wish=WISHES, question=st.sampled_from(["", "Hur går det?"]), days=st.integers(1, 15))
    def somebody_drafts_a_summons(self, by: str, wish: str, question: str, days: int) -> None:
        more = {"child_takes_part": wish} if wish else {}
        starts_at = self.story.now + timedelta(days=days)
        where = {"place": "Skolan", "starts_at": starts_at, "question": question}
        self.try_to("draft_summons", by, plan_id=self.story.plan_id, **where, **more)

    def summonses(self, **which):
        from kring.care.plans.models import Summons

        return Summons.objects.filter(plan_id=self.story.plan_id, **which).order_by("pk")

    @precondition(lambda self: self.summonses(sent_at=None).exists())
    @rule(by=PEOPLE, last=st.booleans())
    def somebody_sends_a_summons(self, by: str, last: bool) -> None:
        drafts = self.summonses(sent_at=None)
        summons = drafts.last() if last else drafts.first()
        self.try_to("send_summons", by, summons_id=summons.pk, seen=summons.revision)

    @precondition(lambda self: self.summonses(sent_at__isnull=False).exists())
    @rule(
        by=PEOPLE,
        answer=st.sampled_from(["comes", "declines", "substitute"]),
        reason=st.sampled_from(["", "Sjuk"]),
    )
    def somebody_answers_a_summons(self, by: str, answer: str, reason: str) -> None:
        summons = self.summonses(sent_at__isnull=False).last()
        for invitation in summons.invitations.all():
            self.try_to(
                "answer_summons",
                by,
                invitation_id=invitation.pk,
                answer=answer,
                reason=reason,
                substitute=reason,
            )

    @precondition(lambda self: self.summonses(sent_at__isnull=False).exists())
    @rule(by=STAFF)
    def somebody_calls_it_off(self, by: str) -> None:
        summons = self.summonses(sent_at__isnull=False).last()
        self.try_to("cancel_summons", by, summons_id=summons.pk, reason="Alva är sjuk")

    @precondition(lambda self: self.summonses(sent_at__isnull=False).exists())
    @rule(by=STAFF, words=st.sampled_from(["", "Jag vill ha paus"]))
    def a_meeting_is_held(self, by: str, words: str) -> None:
        from kring.care.plans.models import Meeting

        summons = self.story.called_today(self.summonses(sent_at__isnull=False).last())
        self.try_to("start_meeting", by, summons_id=summons.pk)
        meeting = Meeting.objects.filter(summons=summons).first()
        if meeting is None:
            return
        there = list(summons.invitations.values_list("pk", flat=True))
        self.try_to("attend", by, meeting_id=meeting.pk, invitation_ids=there)
        said = {"child_words": words, "child_took_part": "a_while"}
        self.try_to("write_meeting", by, meeting_id=meeting.pk, seen=meeting.revision, **said)
        meeting.refresh_from_db()
        self.try_to("end_meeting", by, meeting_id=meeting.pk, seen=meeting.revision)

    @rule(by=PEOPLE, days=st.none() | st.integers(-1, 90))
    def somebody_establishes(self, by: str, days: int | None) -> None:
        plan = self.story.plan
        due = None if days is None else self.story.today + timedelta(days=days)
        self.try_to("establish_plan", by, plan_id=plan.pk, seen=plan.revision, follow_up_on=due)

    @rule()
    def the_whole_way_to_established(self) -> None:
        """So that what comes after is reached often, and not only by luck."""
        story = self.story
        self.try_to("accept_request", "karin", plan_id=story.plan_id)
        for guardian in ("maria", "johan"):
            self.a_guardian_answers(guardian, "given", {"pupil_health", "school"}, None, False)
        self.somebody_promises("karin", "unit", 14)
        for by in ("lena", "jonas"):
            self.somebody_does_nothing_now(by, "Avvaktar")
        self.somebody_describes("karin", "Stöd i skolan", True, False)
        self.somebody_establishes("karin", 30)

    @rule(by=PEOPLE)
    def somebody_publishes(self, by: str) -> None:
        plan = self.story.plan
        self.try_to("publish_version", by, plan_id=plan.pk, seen=plan.revision)

    @rule(by=STAFF, status=st.sampled_from(["reached", "on_the_way"]), days=st.none() | st.integers(1, 60))
    def it_is_followed_up(self, by: str, status: str, days: int | None) -> None:
        from kring.care.plans.models import Goal

        plan = self.story.plan
        goals = Goal.objects.filter(plan=plan, removed_at__isnull=True)
        statuses = {goal.pk: (status, "") for goal in goals}
        due = None if days is None else self.story.today + timedelta(days=days)
        self.try_to("hold_follow_up", by, plan_id=plan.pk, seen=plan.revision, statuses=statuses, next_on=due)

    @rule(by=STAFF, days=st.integers(1, 60))
    def the_follow_up_is_moved(self, by: str, days: int) -> None:
        plan = self.story.plan
        to = self.story.today + timedelta(days=days)
        self.try_to("move_follow_up", by, plan_id=plan.pk, seen=plan.revision, to=to, reason="Sjuk")

    @rule(by=STAFF, reason=st.sampled_from(["goals_reached", "other"]), luck=st.integers(0, 5))
    def somebody_ends_it(self, by: str, reason: str, luck: int) -> None:
        if luck:
            return
        plan = self.story.plan
        self.try_to("close_plan", by, plan_id=plan.pk, seen=plan.revision, reason=reason)

    @invariant()
    def no_plan_is_established_without_four_items_and_consent(self) -> None:
        from kring.care.plans.models import PlanVersion
        from kring.timeline.models import Event

        agreed = PlanVersion.objects.filter(plan_id=self.story.plan_id, number=1).first()
        assert (agreed is not None) == Event.objects.filter(
            subject=self.story.plan_id, kind="plan_established"
        ).exists()
        if agreed is None:
            return
        said = agreed.content
        assert said["plan"]["needed_efforts"]
        assert said["plan"]["overall_responsible"]
        assert said["plan"]["other_measures"] or [a for a in said["activities"] if a["responsible"] != "unit"]
        acting = {activity["responsible_unit"] for activity in said["activities"]}
        assert all(party["nothing_now"] or party["label"] in acting for party in said["parties"])

    @invariant()
    def no_summons_left_without_the_child_s_wish(self) -> None:
        for summons in self.summonses(sent_at__isnull=False):
            assert summons.child_takes_part
            assert summons.question
            assert summons.place or summons.link
            assert summons.starts_at > summons.sent_at

    @invariant()
    def no_meeting_ended_without_the_child_s_words_or_why_not(self) -> None:
        from kring.care.plans.models import Meeting

        for meeting in Meeting.objects.filter(plan_id=self.story.plan_id, ended_at__isnull=False):
            assert meeting.child_words or meeting.no_child_words_reason
            assert meeting.attendances.exists()

    @invariant()
    def versions_are_never_lost_or_rewritten(self) -> None:
        from kring.care.plans.models import PlanVersion

        now = dict(PlanVersion.objects.filter(plan_id=self.story.plan_id).values_list("pk", "stored"))
        assert all(now.get(key) == content for key, content in self.seen.items())
        self.seen = now
        numbers = PlanVersion.objects.filter(plan_id=self.story.plan_id).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def an_open_plan_has_one_next_step_and_a_holder(self) -> None:
        from kring.care.plans import queries
        from kring.timeline.models import Task

        if not self.story.plan_id.int:
            return
        plan = self.story.plan
        step = queries.next_step_of(self.story.karin, plan)
        assert (step is None) == plan.is_over
        assert step is None or (step.ball in ("ours", "family") or step.ball_unit is not None)
        standing = Task.objects.filter(subject=plan.pk, unit_id=plan.unit_id, done_at__isnull=True)
        assert standing.exists() != plan.is_over
        # Beside the one next step: the meeting's clock, and the answer about a unit that was taken in.
        assert standing.exclude(kind__in=("sip_meeting", "sip_party_consent")).count() <= 1

    @invariant()
    def a_disclosure_is_open_exactly_while_consent_covers_it(self) -> None:
        from kring.care.plans import queries
        from kring.care.plans.models import PlanParty
        from kring.children.models import Disclosure

        if not self.story.plan_id.int:
            return
        plan, today = self.story.plan, self.story.today
        rows = Disclosure.objects.filter(subject=plan.pk, ended_at__isnull=True)
        open_now = {
            (row.unit_id, row.category) for row in rows if row.ends_on is None or row.ends_on >= today
        }
        parties = PlanParty.objects.filter(plan=plan, left_at__isnull=True).exclude(unit_id=plan.unit_id)
        in_it = set(parties.values_list("unit_id", flat=True))
        covered = {cell for cell in queries.consent_of(self.story.karin, plan).cells if cell[0] in in_it}
        assert open_now == covered

    @invariant()
    def who_sees_the_whole_plan_is_who_it_is_disclosed_to(self) -> None:
        from kring.care.plans import queries
        from kring.children.models import Disclosure

        if not self.story.plan_id.int:
            return
        plan, today = self.story.plan, self.story.today
        told = Disclosure.objects.filter(subject=plan.pk, category="plan", ended_at__isnull=True)
        units = {row.unit_id for row in told if row.ends_on is None or row.ends_on >= today}
        for name in ("lena", "jonas"):
            actor = getattr(self.story, name)
            content = queries.content_of(actor, plan)
            assert content.whole == (actor.unit_id in units)
            if not content.whole:
                rows = [*content.needs, *(row.goal for row in content.goals), *content.activities]
                assert {row.unit_id for row in rows} <= {actor.unit_id}
                assert not (content.parties or content.versions or content.consent or content.next_step)
        assert queries.content_of(self.story.maria, plan).whole

    @invariant()
    def what_has_been_told_is_never_told_otherwise(self) -> None:
        """The timeline and the plan's own count of changes only ever grow."""
        from kring.timeline.models import Event

        if not self.story.plan_id.int:
            return
        rows = Event.objects.filter(subject=self.story.plan_id).order_by("pk")
        now = sorted(map(str, rows.values_list("pk", "kind", "effective_at", "recorded_at", "data")))
        assert set(self.told) <= set(now)
        assert all(event.effective_at <= event.recorded_at for event in rows)
        assert self.story.plan.revision >= self.revision
        self.told, self.revision = now, self.story.plan.revision

    @invariant()
    def a_task_is_something_that_can_still_be_done(self) -> None:
        from kring.care.plans.models import Activity, Invitation
        from kring.timeline.models import Task

        if not self.story.plan_id.int:
            return
        plan = self.story.plan
        going = Task.objects.filter(child_id=plan.child_id, done_at__isnull=True).exclude(subject=plan.pk)
        for task in going:
            assert not plan.is_over, task.kind
            if task.kind == "plan_activity":
                activity = Activity.objects.get(pk=task.subject)
                assert (activity.removed_at, activity.status in ("planned", "ongoing")) == (None, True)
                assert (activity.due_on, activity.responsible_unit_id) == (task.due_on, task.unit_id)
            elif task.kind == "summons_answer":
                asked = Invitation.objects.get(summons_id=task.subject, unit_id=task.unit_id)
                assert (asked.answer, asked.summons.cancelled_at) == ("none", None)

    @invariant()
    def every_promise_with_a_day_stands_in_a_worklist_once(self) -> None:
        from kring.timeline.models import Task

        if not self.story.plan_id.int or self.story.plan.is_over:
            return
        rows = self.items().filter(
            status__in=("planned", "ongoing"), due_on__isnull=False, responsible_unit__isnull=False
        )
        standing = Task.objects.filter(kind="plan_activity", done_at__isnull=True)
        assert sorted(map(str, standing.values_list("subject", flat=True))) == sorted(
            map(str, rows.values_list("pk", flat=True))
        )

    @invariant()
    def everybody_is_called_once_and_the_child_always(self) -> None:
        for summons in self.summonses(sent_at__isnull=False):
            called = list(summons.invitations.values_list("unit_id", "guardian_id", "is_child"))
            assert len(called) == len(set(called))
            assert sum(is_child for _unit, _guardian, is_child in called) == 1
            child = summons.invitations.get(is_child=True)
            assert child.answer != "none", "how the child takes part is known; nobody asks it again"
            assert summons.invitations.filter(unit_id=self.story.karin.unit_id).exists()

    @invariant()
    def an_ending_has_its_reason_and_its_moves_are_counted(self) -> None:
        from kring.care.plans.models import Closure, PlannedFollowUp
        from kring.timeline.models import Event

        if not self.story.plan_id.int:
            return
        plan = self.story.plan
        assert Closure.objects.filter(plan=plan).exists() == (plan.status == "ended")
        assert bool(plan.declined_reason) == (plan.status == "declined")
        planned = PlannedFollowUp.objects.filter(plan=plan)
        assert planned.count() == Event.objects.filter(subject=plan.pk, kind="follow_up_planned").count()
        if plan.follow_up_on:
            assert planned.order_by("pk").last().due_on == plan.follow_up_on


@pytest.mark.django_db
def test_any_order_of_acts_keeps_the_promises(cast):
    class OnTheCast(Journey):
        pass

    OnTheCast.casts = (cast,)
    run_state_machine_as_test(
        OnTheCast,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            # A failing journey is short enough to read; making it shorter takes minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
