"""Everything that can be written about a plan, once: how to come to where it is done, and what it leaves.

`ACTS` is the table over which the promises about all commands are tested (test_every_command.py). A new
command takes a new row here, or `test_every_command_stands_in_the_table` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kring.access.actors import Actor
from kring.care.plans import commands
from kring.care.plans.models import Goal, PlanVersion, Summons
from kring.children.models import Consent
from tests.told import once
from tests.unit.care.plans.story import Story

CONFLICT, FINE = "conflict", ""


@dataclass(frozen=True)
class Act:
    """One command. `prepare` takes the story there and answers with the arguments.

    `by`: who does it. `logged`: what the log calls it. `told`: the events. `again`: what the same thing once
    more is refused with (`CONFLICT`, or `FINE` when it may be done again). `charge`: the unit in charge only.
    """

    prepare: Callable[[Story], dict[str, Any]]
    by: str
    logged: tuple[str, ...]
    told: tuple[str, ...]
    again: str
    charge: bool
    also_over: bool

    def do(self, story: Story, name: str, arguments: dict[str, Any], by: Actor | None = None) -> Any:
        return getattr(commands, name)(by=by or getattr(story, self.by), **arguments)


ACTS: dict[str, Act] = {}


def act(
    *logged: str,
    told: tuple[str, ...] = (),
    again: str = FINE,
    by: str = "karin",
    charge: bool = False,
    also_over: bool = False,
) -> Callable[[Callable[[Story], dict[str, Any]]], None]:
    """Put what follows in the table, under its own name."""

    def add(prepare: Callable[[Story], dict[str, Any]]) -> None:
        ACTS[prepare.__name__] = Act(once(prepare), by, logged, told, again, charge, also_over)

    return add


def of(story: Story, **more: Any) -> dict[str, Any]:
    return {"plan_id": story.plan_id, **more}


def seen(story: Story, **more: Any) -> dict[str, Any]:
    return of(story, seen=story.plan.revision, **more)


# Moments one and two


@act("plan.start", "plan.start", told=("sip_need_identified", "sip_started"), again="open_plan_exists")
def start_plan(story: Story) -> dict[str, Any]:
    return {"child_id": story.child_id, "need_identified_on": story.today}


def wanted(story: Story) -> dict[str, Any]:
    return {"child_id": story.child_id, "unit_id": story.karin.unit_id}


@act("plan.request", told=("sip_need_identified",), again="open_plan_exists", by="maria")
def request_plan(story: Story) -> dict[str, Any]:
    return wanted(story)


@act("plan.start", told=("sip_started",), again="already_started", charge=True)
def accept_request(story: Story) -> dict[str, Any]:
    story.plan_id = commands.request_plan(by=story.maria, **wanted(story)).pk
    return of(story)


@act("plan.decline", told=("sip_closed",), again="plan_is_over", charge=True)
def decline_plan(story: Story) -> dict[str, Any]:
    return of(story.together(), reason="Familjen har redan en plan")


@act("plan.describe", again=CONFLICT, charge=True)
def describe_plan(story: Story) -> dict[str, Any]:
    return seen(story.together(), situation="Orkar inte hela dagen")


# Who takes part, and what the family says


@act("plan.party", again="already_party", charge=True)
def join_party(story: Story) -> dict[str, Any]:
    story.started().joined(story.pupil_health)
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(story.pupil_health, "plan")])
    return of(story, unit_id=story.school)


@act("plan.party", again="not_a_party")
def leave_party(story: Story) -> dict[str, Any]:
    return of(story.together(), unit_id=story.school)


@act("plan.party", by="lena")
def name_contact(story: Story) -> dict[str, Any]:
    return of(story.together(), unit_id=story.pupil_health, contact_id=story.lena.person_id)


@act("plan.party", by="lena")
def state_nothing_now(story: Story) -> dict[str, Any]:
    return of(story.together(), words="Avvaktar")


@act("plan.consent")
def record_consent(story: Story) -> dict[str, Any]:
    story.started().joined().answer("johan")
    cells = [(story.school, "plan")]
    return of(story, guardian_id=story.maria.guardian_id, state="given", form="oral", cells=cells)


@act("plan.consent.withdraw", again="already_withdrawn", also_over=True)
def withdraw_consent(story: Story) -> dict[str, Any]:
    story.together()
    return {"consent_id": Consent.objects.get(guardian_id=story.maria.guardian_id).pk}


@act("consent.across", by="maria", also_over=True)
def answer_across(story: Story) -> dict[str, Any]:
    return a_yes_across(story)


@act("consent.across", by="maria", also_over=True)
def stop_across(story: Story) -> dict[str, Any]:
    commands.answer_across(by=story.maria, **a_yes_across(story))
    return {"child_id": story.child_id}


def a_yes_across(story: Story) -> dict[str, Any]:
    story.started()
    return {"child_id": story.child_id, "state": "given", "unit_ids": [story.pupil_health]}


# Needs, goals and activities


@act("plan.need.add", by="lena")
def contribute_need(story: Story) -> dict[str, Any]:
    return of(story.together(), area="play", text="Leka på rasten")


@act("plan.goal.add", by="lena")
def contribute_goal(story: Story) -> dict[str, Any]:
    return of(story.together(), words="Jag vill räcka upp handen")


@act("plan.activity.add", by="lena")
def contribute_activity(story: Story) -> dict[str, Any]:
    return of(story.together(), what="Lugn plats", due_on=story.today + timedelta(days=7))


def own(story: Story, kind: str) -> dict[str, Any]:
    """The arguments that name Karin's own item of a kind."""
    goal, need, activity = story.together().items()
    item = {"goal": goal, "need": need, "activity": activity}[kind]
    return {f"{kind}_id": item.pk, "seen": item.revision}


@act("plan.need.edit", again=CONFLICT)
def edit_need(story: Story) -> dict[str, Any]:
    return own(story, "need") | {"area": "home", "text": "Nytt"}


@act("plan.goal.edit", again=CONFLICT)
def edit_goal(story: Story) -> dict[str, Any]:
    return own(story, "goal") | {"words": "Jag vill mer"}


@act("plan.activity.edit", again=CONFLICT)
def edit_activity(story: Story) -> dict[str, Any]:
    return own(story, "activity") | {"what": "Bildschema hemma"}


@act("plan.activity.edit", again=CONFLICT)
def set_activity_status(story: Story) -> dict[str, Any]:
    return own(story, "activity") | {"status": "done"}


@act("plan.need.edit", again="removed")
def remove_need(story: Story) -> dict[str, Any]:
    return own(story, "need")


@act("plan.goal.edit", again="removed")
def remove_goal(story: Story) -> dict[str, Any]:
    return own(story, "goal")


@act("plan.activity.edit", again="removed")
def remove_activity(story: Story) -> dict[str, Any]:
    return own(story, "activity")


# The summons


@act("plan.summons.draft", charge=True)
def draft_summons(story: Story) -> dict[str, Any]:
    return of(story.together(), question="Hur går det?")


def drafted(story: Story) -> dict[str, Any]:
    summons = story.together().draft()
    return {"summons_id": summons.pk, "seen": summons.revision}


@act("plan.summons.draft", again=CONFLICT, charge=True)
def edit_summons(story: Story) -> dict[str, Any]:
    return drafted(story) | {"question": "Vad behöver Alva?"}


@act("plan.summons.send", told=("sip_summons_sent",), again="already_sent", charge=True)
def send_summons(story: Story) -> dict[str, Any]:
    return drafted(story)


@act("plan.summons.answer", told=("sip_summons_answered",), by="lena")
def answer_summons(story: Story) -> dict[str, Any]:
    summons = story.together().summoned()
    return {"invitation_id": story.invitation(summons, unit_id=story.pupil_health).pk, "answer": "comes"}


@act("plan.summons.move", told=("sip_meeting_moved",), again="summons_unmoved", charge=True)
def move_summons(story: Story) -> dict[str, Any]:
    called = story.together().summoned()
    new = called.starts_at + timedelta(days=2)
    return {"summons_id": called.pk, "seen": called.revision, "starts_at": new, "reason": "Tolken kan inte"}


@act("plan.summons.cancel", told=("sip_meeting_cancelled",), again="summons_cancelled", charge=True)
def cancel_summons(story: Story) -> dict[str, Any]:
    return {"summons_id": story.together().summoned().pk, "reason": "Alva är sjuk"}


# Which of several times suits


def asking(story: Story) -> dict[str, Any]:
    """A question about times that is out, and what a command needs to know of it."""
    begun = story.together().draft(starts_at=None)
    times = [story.at(days) for days in (8, 9, 10)]
    asked = commands.ask_times(by=story.karin, summons_id=begun.pk, seen=begun.revision, times=times)
    return {"summons_id": asked.pk, "seen": asked.revision}


@act("plan.times.ask", told=("sip_times_asked",), again=CONFLICT, charge=True)
def ask_times(story: Story) -> dict[str, Any]:
    return drafted(story) | {"times": [story.at(days) for days in (8, 9)]}


@act("plan.times.answer", told=("sip_times_answered",), by="lena")
def answer_times(story: Story) -> dict[str, Any]:
    asked = Summons.objects.get(pk=asking(story)["summons_id"])
    said = dict.fromkeys(asked.proposed_times.values_list("pk", flat=True), True)
    return {"invitation_id": story.invitation(asked, unit_id=story.pupil_health).pk, "said": said}


@act("plan.summons.send", told=("sip_summons_sent",), again="times_not_asked", charge=True)
def pick_time(story: Story) -> dict[str, Any]:
    asked = asking(story)
    time = Summons.objects.get(pk=asked["summons_id"]).proposed_times.order_by("starts_at").first()
    return asked | {"time_id": time.pk}


@act("plan.times.withdraw", told=("sip_times_withdrawn",), again="times_not_asked", charge=True)
def withdraw_times(story: Story) -> dict[str, Any]:
    return asking(story)


# The meeting


@act("plan.meeting.start", charge=True)
def start_meeting(story: Story) -> dict[str, Any]:
    return {"summons_id": story.together().called_today().pk}


@act("plan.meeting.attend", charge=True)
def attend(story: Story) -> dict[str, Any]:
    meeting = story.together().meeting()
    everyone = list(meeting.summons.invitations.values_list("pk", flat=True))
    return {"meeting_id": meeting.pk, "invitation_ids": everyone, "names": ["Tolken"]}


@act("plan.meeting.write", again=CONFLICT, charge=True)
def write_meeting(story: Story) -> dict[str, Any]:
    meeting = story.together().meeting()
    return {"meeting_id": meeting.pk, "seen": meeting.revision, "child_words": "Jag vill ha paus"}


@act("plan.meeting.end", told=("sip_meeting_held",), again="meeting_ended", charge=True)
def end_meeting(story: Story) -> dict[str, Any]:
    meeting = story.together().meeting()
    said = {"child_words": "Jag vill ha paus", "child_took_part": "a_while"}
    written = commands.write_meeting(by=story.karin, meeting_id=meeting.pk, seen=meeting.revision, **said)
    return {"meeting_id": written.pk, "seen": written.revision}


@act("plan.meeting.verdict", by="alva", also_over=True)
def judge_meeting(story: Story) -> dict[str, Any]:
    return {"meeting_id": story.together().held().pk, "verdict": "partly"}


@act("plan.prepare", by="alva")
def prepare_meeting(story: Story) -> dict[str, Any]:
    return of(story.together(), step=3, wish="Mer paus")


@act("plan.prepare.send", again="preparation_sent", by="alva")
def send_preparation(story: Story) -> dict[str, Any]:
    commands.prepare_meeting(by=story.together().alva, plan_id=story.plan_id, step=8, takes_part="before")
    return of(story)


# What comes of it


@act(
    "plan.establish", "plan.follow_up.plan",
    told=("plan_established", "follow_up_planned"), again="not_a_draft", charge=True,
)  # fmt: skip
def establish_plan(story: Story) -> dict[str, Any]:
    return seen(story.together().filled(), follow_up_on=story.today + timedelta(days=90))


@act("plan.version", told=("plan_version",), again="nothing_changed", charge=True)
def publish_version(story: Story) -> dict[str, Any]:
    story.established()
    story.describe(situation="Bättre")
    return seen(story, reason="Efter mötet")


@act("plan.acknowledge", by="maria", also_over=True)
def acknowledge(story: Story) -> dict[str, Any]:
    story.established()
    return {"version_id": PlanVersion.objects.get().pk, "comment": "Läst"}


@act(
    "plan.follow_up", "plan.follow_up.plan", told=("followed_up", "follow_up_planned"), again=CONFLICT,
    charge=True,
)  # fmt: skip
def hold_follow_up(story: Story) -> dict[str, Any]:
    story.established().items()
    statuses = {goal.pk: ("reached", "Bra") for goal in Goal.objects.all()}
    return seen(story, statuses=statuses, next_on=story.today + timedelta(days=60))


@act("plan.follow_up.plan", told=("follow_up_planned",), again="follow_up_unchanged", charge=True)
def move_follow_up(story: Story) -> dict[str, Any]:
    return seen(story.established(), to=story.today + timedelta(days=120), reason="Sjukdom")


@act("plan.close", told=("sip_closed",), again="plan_is_over", charge=True)
def close_plan(story: Story) -> dict[str, Any]:
    return seen(story.established(), reason="goals_reached")


@act("plan.evaluate", told=("plan_evaluated",), by="maria", also_over=True)
def evaluate_plan(story: Story) -> dict[str, Any]:
    return of(story.established(), helped=4, words="Skolan blev lättare")


@act("plan.meeting.readers", told=("plan_readers_changed",), charge=True, also_over=True)
def change_readers(story: Story) -> dict[str, Any]:
    meeting = story.together().held()
    return {"kind": "meeting", "row_id": meeting.pk, "seen": meeting.revision, "visibility": "not_guardian"}
