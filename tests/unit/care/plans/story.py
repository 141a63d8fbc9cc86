"""A plan around Alva, told step by step: each test takes it as far as it needs.

Karin (habilitation) keeps the plan going. Lena (pupil health) and Jonas (school) are the other parties. Maria
and Johan have joint custody of Alva, who is ten.
"""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from kring.access.actors import Actor
from kring.care.plans import commands, queries
from kring.care.plans.models import Activity, Goal, Invitation, Meeting, Need, Plan, PlanVersion, Summons
from kring.children.models import Consent
from tests.cast import Cast
from tests.told import once


class Story:
    """The plan and the people in it; every method is one thing that somebody does."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plan_id: UUID = UUID(int=0)
        self.now = cast.now

    def __getattr__(self, subject: str) -> Actor:
        roles = {"lena": "school_nurse"}
        if subject.startswith("_"):
            raise AttributeError(subject)
        return self.cast.actor(subject, roles.get(subject), now=self.now)

    def later(self, days: int) -> "Story":
        """Let time pass for everyone."""
        self.now += timedelta(days=days)
        return self

    @property
    def today(self) -> date:
        return self.karin.today

    @property
    def plan(self) -> Plan:
        return Plan.objects.select_related("child", "unit").get(pk=self.plan_id)

    @cached_property
    def child_id(self) -> UUID:
        return self.cast.child("alva").pk

    @cached_property
    def pupil_health(self) -> UUID:
        return self.cast.unit("elevhalsa-boras").pk

    @cached_property
    def school(self) -> UUID:
        return self.cast.unit("skola-boras-1").pk

    def content(self, actor: Actor | None = None) -> queries.PlanContent:
        return queries.content_of(actor or self.karin, self.plan)

    @once
    def started(self, **fields: Any) -> "Story":
        fields = {"need_identified_on": self.today} | fields
        self.plan_id = commands.start_plan(by=self.karin, child_id=self.child_id, **fields).pk
        return self

    @once
    def joined(self, *unit_ids: UUID) -> "Story":
        for unit_id in unit_ids or (self.pupil_health, self.school):
            commands.join_party(by=self.karin, plan_id=self.plan_id, unit_id=unit_id)
        return self

    def answer(self, guardian: str, state: str = "given", **fields: Any) -> Consent:
        cells = [(self.pupil_health, "plan"), (self.school, "plan")]
        guardian_id = self.cast.guardian(guardian).pk if guardian else None
        fields = {"cells": cells, "form": "oral"} | fields
        return commands.record_consent(
            by=self.karin, plan_id=self.plan_id, guardian_id=guardian_id, state=state, **fields
        )

    @once
    def consented(self) -> "Story":
        self.answer("maria")
        self.answer("johan")
        return self

    @once
    def together(self) -> "Story":
        """Started, with both parties in and both guardians' yes."""
        return self.started().joined().consented()

    def draft(self, **fields: Any) -> Summons:
        whole = {
            "question": "Hur gör vi för att Alva ska orka skoldagen?",
            "starts_at": self.now + timedelta(days=10),
            "place": "Biblioteket på Alvas skola",
            "child_takes_part": "a_while",
        }
        return commands.draft_summons(by=self.karin, plan_id=self.plan_id, **(whole | fields))

    def send(self, summons: Summons, **more: Any) -> Summons:
        return commands.send_summons(by=self.karin, summons_id=summons.pk, seen=summons.revision, **more)

    @once
    def summoned(self) -> Summons:
        return self.send(self.draft())

    def invitation(self, summons: Summons, **of: Any) -> Invitation:
        return summons.invitations.get(**of)

    def called_today(self, summons: Summons | None = None) -> Summons:
        """A summons whose day has come."""
        called = summons or self.summoned()
        Summons.objects.filter(pk=called.pk).update(starts_at=self.now)
        called.refresh_from_db()
        return called

    def meeting(self, summons: Summons | None = None) -> Meeting:
        summons = self.called_today(summons)
        meeting = commands.start_meeting(by=self.karin, summons_id=summons.pk)
        everyone = summons.invitations.values_list("pk", flat=True)
        commands.attend(by=self.karin, meeting_id=meeting.pk, invitation_ids=everyone)
        return meeting

    @once
    def held(self, meeting: Meeting | None = None) -> Meeting:
        meeting = meeting or self.meeting()
        said = {"child_words": "Jag vill ha paus", "child_took_part": "a_while"}
        meeting = commands.write_meeting(by=self.karin, meeting_id=meeting.pk, seen=meeting.revision, **said)
        return commands.end_meeting(by=self.karin, meeting_id=meeting.pk, seen=meeting.revision)

    @once
    def filled(self) -> "Story":
        """The four statutory items, each by the one it belongs to."""
        self.describe(needed_efforts="Stöd i klassrummet och träning av talet")
        self.describe(overall_responsible_id=self.plan.unit.controller_id)
        commands.contribute_activity(by=self.karin, plan_id=self.plan_id, what="Träna att be om paus")
        commands.contribute_activity(by=self.lena, plan_id=self.plan_id, what="Samtal varje vecka")
        commands.contribute_activity(
            by=self.maria, plan_id=self.plan_id, what="Läsa tillsammans", responsible="family"
        )
        commands.state_nothing_now(by=self.jonas, plan_id=self.plan_id, words="Vi anpassar redan schemat")
        return self

    def describe(self, **fields: Any) -> Plan:
        return commands.describe_plan(by=self.karin, plan_id=self.plan_id, seen=self.plan.revision, **fields)

    def establish(self, **more: Any) -> PlanVersion:
        more = {"follow_up_on": self.today + timedelta(days=90)} | more
        return commands.establish_plan(by=self.karin, plan_id=self.plan_id, seen=self.plan.revision, **more)

    @once
    def established(self) -> "Story":
        self.together().filled().establish()
        return self

    def items(self) -> tuple[Goal, Need, Activity]:
        """A goal with an activity, and a need, all Karin's own."""
        by = {"by": self.karin, "plan_id": self.plan_id}
        goal = commands.contribute_goal(**by, words="Jag vill hinna med")
        need = commands.contribute_need(**by, area="play", text="Leka i lugn och ro")
        due = self.today + timedelta(days=12)
        return goal, need, commands.contribute_activity(**by, what="Bildschema", goal_id=goal.pk, due_on=due)

    def at(self, days: int, hour: int = 12) -> datetime:
        return self.now.replace(hour=hour) + timedelta(days=days)
