"""Several people at the same moment: one submission is one, one editor wins and nobody's words are lost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from kring.access import gate, submissions
from kring.access.models import Submission
from kring.audit import queries as audit
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands as contacts
from kring.care.contacts.models import Appointment, CareContact
from kring.care.plans import commands
from kring.care.plans.models import Activity, Goal, Invitation, Meeting, Need, Plan, PlanVersion
from kring.timeline.models import Event, Task
from tests.faults.together import failures, together
from tests.own_pages import MEETING, Scene

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 8


@pytest.fixture
def scene(transactional_db, cast) -> Scene:
    return Scene(cast).begun()


@pytest.fixture
def people(transactional_db, cast):
    """The cast, with a log that has been written in: only its very first writers wait for one another."""
    gate.log(cast.actor("karin"), "read", [None], what="before")
    return cast


def once(key, by, work: Callable[[], object]) -> Callable[[], str]:
    return lambda: submissions.once(key=key, by=by, work=lambda: f"/{work().pk}/")


def written(what: str, **fields) -> int:
    return AccessLogRow.objects.filter(action="write", what=what, **fields).count()


def test_one_key_sent_by_several_threads_at_once_is_carried_out_once(scene):
    karin, key = scene.act("karin"), uuid4()

    def add() -> Need:
        return commands.contribute_need(by=karin, plan_id=scene.plan.pk, area="play", text="Leka ute")

    answers = together(*[once(key, karin, add)] * SENDERS)
    need = Need.objects.get(plan=scene.plan, text="Leka ute")
    assert answers == [f"/{need.pk}/"] * SENDERS
    assert written("plan.need.add", object_id=str(need.pk)) == 1
    assert Submission.objects.get(key=key).answer == answers[0]


def test_contributions_of_several_people_at_once_all_stand_with_their_traces(scene):
    scene.consented()
    people = [scene.act(name) for name in ("karin", "sara", "jonas", "maria")]

    def add(by, number: int) -> Callable[[], Activity]:
        more = {"responsible": "unit", "due_on": MEETING.date()} if by.is_staff else {"responsible": "family"}
        text = f"Nummer {number}"
        return lambda: commands.contribute_activity(by=by, plan_id=scene.plan.pk, what=text, **more)

    rows = together(*[add(by, number) for number, by in enumerate(people * 3)])
    assert not failures(rows)
    assert Activity.objects.filter(what__startswith="Nummer ").count() == len(rows)
    for row in rows:
        assert written("plan.activity.add", object_id=str(row.pk)) == 1
        tasks = Task.objects.filter(subject=row.pk, done_at__isnull=True)
        assert tasks.count() == (1 if row.due_on else 0)
    assert not list(audit.faults())


def test_of_two_editors_who_saw_the_same_one_wins_and_the_other_keeps_both_versions(scene):
    karin, goal = scene.act("karin"), scene.goal
    texts = [f"Ord från flik {number}" for number in range(SENDERS)]

    def edit(text: str) -> Callable[[], Goal]:
        return lambda: commands.edit_goal(by=karin, goal_id=goal.pk, seen=goal.revision, words=text)

    answers = together(*map(edit, texts))
    winners = [answer.words for answer in answers if isinstance(answer, Goal)]
    conflicts = failures(answers)
    stored = Goal.objects.get(pk=goal.pk)
    assert winners == [stored.words]
    assert stored.revision == goal.revision + 1
    assert all(isinstance(one, commands.EditConflict) for one in conflicts)
    assert {one.current.words for one in conflicts} == {stored.words}
    assert written("plan.goal.edit", object_id=str(goal.pk)) == 1


def test_two_who_send_the_same_summons_send_it_once(scene):
    scene.consented()
    karin, eva = scene.act("karin"), scene.act("eva")
    summons = commands.draft_summons(
        by=karin, plan_id=scene.plan.pk, question="Hur går det?", starts_at=MEETING, minutes=45,
        place="Rum 12", child_takes_part="a_while", child_takes_part_words="Med paus",
    )  # fmt: skip

    def send(by) -> Callable[[], object]:
        return lambda: commands.send_summons(by=by, summons_id=summons.pk, seen=summons.revision)

    answers = together(send(karin), send(eva), send(karin), send(eva))
    assert len(failures(answers)) == 3
    assert all(isinstance(one, (commands.EditConflict, commands.Refusal)) for one in failures(answers))
    invited = [
        (row.unit_id, row.guardian_id, row.is_child) for row in Invitation.objects.filter(summons=summons)
    ]
    assert len(invited) == len(set(invited))
    assert Event.objects.filter(kind="sip_summons_sent", subject=scene.plan.pk).count() == 1
    assert written("plan.summons.send") == 1


def test_while_two_pick_a_time_and_one_answers_one_time_is_called_to(scene):
    scene.consented()
    karin, eva, sara = scene.act("karin"), scene.act("eva"), scene.act("sara")
    begun = commands.draft_summons(
        by=karin, plan_id=scene.plan.pk, question="Hur går det?", place="Rum 12", child_takes_part="a_while"
    )
    times = [MEETING, MEETING + timedelta(days=1)]
    asked = commands.ask_times(by=karin, summons_id=begun.pk, seen=begun.revision, times=times)
    one, two = asked.proposed_times.order_by("starts_at").values_list("pk", flat=True)
    invitation = Invitation.objects.get(summons=asked, unit_id=sara.unit_id)

    def pick(by, time_id) -> Callable[[], object]:
        seen = {"summons_id": asked.pk, "seen": asked.revision}
        return lambda: commands.pick_time(by=by, time_id=time_id, **seen)

    said = {one: True, two: True}
    answers = together(
        pick(karin, one), pick(eva, two),
        lambda: commands.answer_times(by=sara, invitation_id=invitation.pk, said=said),
    )  # fmt: skip
    picked = [answer for answer in answers[:2] if not isinstance(answer, Exception)]
    assert len(picked) == 1
    assert all(isinstance(one, (commands.EditConflict, commands.Refusal)) for one in failures(answers))
    assert Event.objects.filter(kind="sip_summons_sent", subject=scene.plan.pk).count() == 1
    invitation.refresh_from_db()
    assert invitation.summons.starts_at == picked[0].starts_at
    # Whoever said it in time comes; whoever came too late is asked by the call.
    late = isinstance(answers[2], Exception)
    assert invitation.answer == ("none" if late else "comes")
    open_ = Task.objects.filter(subject=asked.pk, unit_id=sara.unit_id, done_at__isnull=True)
    assert list(open_.values_list("kind", flat=True)) == (["summons_answer"] if late else [])


def test_a_meeting_that_two_begin_at_once_is_one_meeting(scene):
    scene.consented().called()
    begin = [scene.act(name, MEETING) for name in ("karin", "eva", "karin", "eva")]
    answers = together(
        *[lambda by=by: commands.start_meeting(by=by, summons_id=scene.summons.pk) for by in begin]
    )
    assert not failures(answers)
    assert Meeting.objects.filter(summons=scene.summons).count() == 1


def test_a_meeting_is_either_called_off_or_answered_never_answered_after(scene):
    scene.consented().called()
    sara, karin = scene.act("sara"), scene.act("karin")
    invitation = Invitation.objects.get(summons=scene.summons, unit_id=sara.unit_id)
    answers = together(
        lambda: commands.cancel_summons(by=karin, summons_id=scene.summons.pk, reason="Alva är sjuk"),
        lambda: commands.answer_summons(by=sara, invitation_id=invitation.pk, answer="comes"),
    )
    assert not isinstance(answers[0], Exception)
    order = list(
        AccessLogRow.objects.filter(what__in=["plan.summons.cancel", "plan.summons.answer"])
        .order_by("id").values_list("what", flat=True)
    )  # fmt: skip
    assert order in (["plan.summons.cancel"], ["plan.summons.answer", "plan.summons.cancel"])


def test_a_consent_taken_back_twice_at_once_is_taken_back_once(scene):
    scene.consented("maria")
    maria = scene.act("maria")
    consent = scene.cast.child("alva").consents.get(guardian=scene.cast.guardian("maria"))
    take_back = lambda: commands.withdraw_consent(by=maria, consent_id=consent.pk)  # noqa: E731
    answers = together(*[take_back] * 4)
    assert len(failures(answers)) == 3
    assert written("plan.consent.withdraw", object_id=str(consent.pk)) == 1


def test_a_plan_settled_by_two_at_once_has_one_first_version(scene):
    scene.consented()
    plan = Plan.objects.get(pk=scene.plan.pk)

    def settle(by) -> Callable[[], PlanVersion]:
        due = MEETING.date()
        return lambda: commands.establish_plan(by=by, plan_id=plan.pk, seen=plan.revision, follow_up_on=due)

    answers = together(settle(scene.act("karin")), settle(scene.act("eva")), settle(scene.act("karin")))
    assert len(failures(answers)) == 2
    assert list(PlanVersion.objects.filter(plan=plan).values_list("number", flat=True)) == [1]
    assert Event.objects.filter(kind="plan_established", subject=plan.pk).count() == 1


def test_a_unit_that_starts_two_plans_for_a_child_at_once_gets_one(people):
    noa = people.child("noa")
    starters = [people.actor("karin"), people.actor("eva")] * 2

    def start(by) -> Callable[[], Plan]:
        return lambda: commands.start_plan(by=by, child_id=noa.pk, need_identified_on=by.today)

    answers = together(*map(start, starters))
    assert Plan.objects.filter(child=noa).count() == 1
    assert [one.code for one in failures(answers)] == ["open_plan_exists"] * 3


def test_a_guardian_who_asks_twice_at_once_asks_once(people):
    leila, omar, unit = people.actor("leila"), people.child("omar"), people.unit("hh-habilitering-boras")
    ask = lambda: commands.request_plan(by=leila, child_id=omar.pk, unit_id=unit.pk)  # noqa: E731
    answers = together(*[ask] * 4)
    assert Plan.objects.filter(child=omar).count() == 1
    assert len(failures(answers)) == 3


def test_a_contact_appointed_by_two_at_once_is_one_with_one_in_the_role(people):
    alva = people.child("alva")

    def appoint(by) -> Callable[[], CareContact]:
        return lambda: contacts.appoint(
            by=by, child_id=alva.pk, role="named_care_contact", person_id=people.karin.pk
        )

    answers = together(appoint(people.actor("karin")), appoint(people.actor("eva")))
    open_ones = CareContact.objects.filter(child=alva, role="named_care_contact", ends_on__isnull=True)
    assert open_ones.count() == 1
    assert all(isinstance(one, contacts.Refusal) for one in failures(answers))
    assert Event.objects.filter(kind="care_contact_appointed").count() == len(answers) - len(
        failures(answers)
    )


def test_a_visit_moved_and_agreed_to_at_once_keeps_one_truth(scene):
    scene.booked()
    sara, maria, visit = scene.act("sara"), scene.act("maria"), scene.visit
    answers = together(
        lambda: contacts.move_appointment(
            by=sara, appointment_id=visit.pk, seen=visit.revision, starts_at=MEETING
        ),
        lambda: contacts.agree(by=maria, appointment_id=visit.pk, seen=visit.revision),
    )
    assert len(failures(answers)) == 1
    assert isinstance(failures(answers)[0], commands.EditConflict)
    stored = Appointment.objects.get(pk=visit.pk)
    assert (stored.status == "agreed") == (stored.starts_at == visit.starts_at)
