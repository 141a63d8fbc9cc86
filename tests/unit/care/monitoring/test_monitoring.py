"""A unit asks, the child answers, whoever reads says so; who sees what of it in between."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kring import clock
from kring.access import gate
from kring.access.policy.staff import WorkNeed
from kring.audit.models import AccessLogRow
from kring.care.monitoring import commands, queries
from kring.care.monitoring.models import MoodAnswer, MoodAsking
from kring.care.monitoring.rules import Refusal
from kring.children.models import AccessBlock, CareRelation, Custody, GuardianDecision, YoungShare
from kring.timeline.models import Event, Task
from kring.timeline.queries import events_of

LATER = timedelta(days=3)


@pytest.fixture
def karin(cast):
    return cast.actor("karin")


@pytest.fixture
def alva(cast):
    return cast.actor("alva")


@pytest.fixture
def maria(cast):
    return cast.actor("maria")


@pytest.fixture
def child(cast):
    return cast.child("alva")


@pytest.fixture
def asking(karin, child):
    return commands.ask(by=karin, child_id=child.pk, reader_id=karin.person_id)


def answered(alva, asking, *, shown=True, **said):
    commands.answer(by=alva, asking_id=asking.pk, **({"face": "sad", "places": ["tummy"]} | said))
    return commands.send(by=alva, asking_id=asking.pk, shown_to_guardians=shown)


class TestAsking:
    def test_a_unit_asks_with_one_who_reads(self, asking, karin, alva, child):
        assert (asking.unit_id, asking.reader_id) == (karin.unit_id, karin.person_id)
        assert [one.pk for one in queries.askings_of(alva, child.pk)] == [asking.pk]
        assert Event.objects.filter(kind="mood_asked", subject=asking.pk).exists()

    def test_asked_again_the_reader_is_changed(self, asking, karin, child, cast):
        again = commands.ask(by=karin, child_id=child.pk, reader_id=cast.maja.pk)
        assert (again.pk, again.reader_id) == (asking.pk, cast.maja.pk)
        assert MoodAsking.objects.count() == 1

    @pytest.mark.parametrize(("who", "code"), [(None, "reader_missing"), ("sara", "reader_elsewhere")])
    def test_somebody_at_the_unit_must_read(self, karin, child, cast, who, code):
        with pytest.raises(Refusal) as refused:
            commands.ask(by=karin, child_id=child.pk, reader_id=getattr(cast, who).pk if who else None)
        assert refused.value.code == code

    @pytest.mark.parametrize("who", ["jonas", "rune", "nils"])
    def test_school_reception_and_administration_do_not_ask(self, cast, child, who):
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            commands.ask(by=cast.actor(who), child_id=child.pk, reader_id=cast.karin.pk)

    def test_a_child_of_others_is_not_there(self, cast):
        with pytest.raises(gate.Invisible):
            commands.ask(by=cast.actor("ulla"), child_id=cast.child("alva").pk, reader_id=cast.ulla.pk)

    def test_asking_no_more_closes_the_child_s_page_and_keeps_the_answers(self, asking, karin, alva, child):
        answered(alva, asking)
        commands.answer(by=alva, asking_id=asking.pk, face="good")
        tomorrow = clock.now() + timedelta(days=1)
        assert commands.stop_asking(by=at(karin, tomorrow), child_id=child.pk)
        assert queries.askings_of(at(alva, tomorrow), child.pk) == []
        with pytest.raises(gate.Invisible):
            commands.answer(by=at(alva, tomorrow), asking_id=asking.pk, face="ok")
        assert MoodAnswer.objects.filter(sent_at__isnull=True).count() == 0
        assert len(queries.mood_page(karin, child.pk).answers) == 1

    def test_asked_by_mistake_it_is_as_if_nobody_had(self, asking, karin, child):
        commands.stop_asking(by=karin, child_id=child.pk)
        assert not MoodAsking.objects.exists()
        assert not commands.stop_asking(by=karin, child_id=child.pk)

    def test_after_an_end_the_unit_may_ask_anew(self, asking, karin, alva, child):
        answered(alva, asking)
        commands.stop_asking(by=karin, child_id=child.pk)
        again = commands.ask(by=karin, child_id=child.pk, reader_id=karin.person_id)
        assert again.ends_on is None

    def test_a_unit_asks_a_child_once_at_a_time(self, asking, karin, child):
        same = {"child": child, "unit_id": karin.unit_id, "reader_id": karin.person_id}
        when = {"starts_on": date(2026, 11, 16), "asked_by_id": karin.person_id, "asked_at": clock.now()}
        with pytest.raises(IntegrityError), transaction.atomic():
            MoodAsking.objects.create(**same, **when)


def at(actor, moment):
    return replace(actor, now=moment)


class TestAnswering:
    def test_step_by_step_nothing_is_lost(self, asking, alva):
        commands.answer(by=alva, asking_id=asking.pk, face="good")
        commands.answer(by=alva, asking_id=asking.pk, places=["tummy", "nonsense", "head"])
        draft = commands.answer(by=alva, asking_id=asking.pk, words=" Skolan\nDet var högt ljud ")
        assert (draft.face, draft.places, draft.words) == (
            "good",
            ["head", "tummy"],
            "Skolan\nDet var högt ljud",
        )
        assert MoodAnswer.objects.count() == 1

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"face": "furious"}, "face_missing"),
            ({"face": ""}, "face_missing"),
            ({"words": "x" * 1001}, "words_too_long"),
        ],
    )
    def test_what_is_no_answer_is_said(self, asking, alva, said, code):
        with pytest.raises(Refusal) as refused:
            commands.answer(by=alva, asking_id=asking.pk, **said)
        assert refused.value.code == code

    def test_nothing_answered_is_not_sent(self, asking, alva):
        commands.answer(by=alva, asking_id=asking.pk, places=["head"])
        with pytest.raises(Refusal) as refused:
            commands.send(by=alva, asking_id=asking.pk, shown_to_guardians=True)
        assert refused.value.code == "face_missing"

    def test_before_it_is_sent_nobody_sees_it(self, asking, alva, karin, maria, child):
        commands.answer(by=alva, asking_id=asking.pk, face="awful", words="Hemligt")
        assert not queries.mood_page(karin, child.pk).answers
        assert not queries.guardian_page(maria, child.pk).answers
        assert queries.draft_of(karin, asking) is None
        assert not Task.objects.filter(kind="mood_read").exists()

    def test_wanting_not_to_answer_leaves_nothing(self, asking, alva):
        commands.answer(by=alva, asking_id=asking.pk, face="sad")
        commands.drop(by=alva, asking_id=asking.pk)
        assert not MoodAnswer.objects.exists()

    @pytest.mark.parametrize("who", ["omar", "karin", "maria"])
    def test_nobody_else_answers(self, asking, cast, who):
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            commands.answer(by=cast.actor(who), asking_id=asking.pk, face="good")

    @pytest.mark.parametrize(("face", "due"), [("good", date(2026, 11, 17)), ("awful", date(2026, 11, 16))])
    def test_it_becomes_something_to_read_in_time(self, asking, alva, karin, face, due):
        answered(alva, asking, face=face)
        task = Task.objects.get(kind="mood_read", done_at__isnull=True)
        assert (task.unit_id, task.assignee_id, task.due_on) == (karin.unit_id, karin.person_id, due)

    def test_a_later_answer_never_moves_the_day_away(self, asking, alva):
        answered(alva, asking, face="awful")
        answered(at(alva, alva.now + timedelta(hours=2)), asking, face="great")
        assert Task.objects.get(kind="mood_read").due_on == date(2026, 11, 16)

    def test_the_event_says_nothing_of_what_was_answered(self, asking, alva, child):
        answered(alva, asking, words="Hemligt")
        event = Event.objects.get(kind="mood_answered")
        assert (event.title, event.reason, event.data) == ("", "", {})

    def test_the_family_s_timeline_has_no_trace_of_it(self, asking, alva, maria, child):
        answered(alva, asking, shown=False)
        assert not [one for one in events_of(maria, child) if one.kind.startswith("mood")]

    def test_a_sent_answer_has_a_face_in_the_database_too(self, asking, child, karin):
        with pytest.raises(IntegrityError), transaction.atomic():
            MoodAnswer.objects.create(
                child=child, asking=asking, unit_id=karin.unit_id, begun_at=clock.now(), sent_at=clock.now()
            )


class TestReading:
    def test_read_is_said_once_and_closes_the_task(self, asking, alva, karin, child):
        answered(alva, asking)
        assert commands.note_read(by=karin, child_id=child.pk) == 1
        assert commands.note_read(by=karin, child_id=child.pk) == 0
        assert not Task.objects.filter(kind="mood_read", done_at__isnull=True).exists()
        answer = queries.mood_page(karin, child.pk).answers[0]
        assert answer.read_by_id == karin.person_id

    def test_every_reading_leaves_its_row(self, asking, alva, karin, child):
        answered(alva, asking)
        queries.mood_page(karin, child.pk)
        row = AccessLogRow.objects.filter(what="mood").latest("at")
        assert (row.child_id, row.person_id) == (child.pk, karin.person_id)

    @pytest.mark.parametrize("who", ["jonas", "fatima", "tove"])
    def test_other_parties_never_read_it(self, asking, alva, cast, child, who):
        answered(alva, asking)
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            queries.mood_page(cast.actor(who), child.pk)

    def test_the_number_of_questions_does_not_grow_with_the_answers(
        self, asking, alva, karin, child, django_assert_max_num_queries
    ):
        for hours in range(4):
            answered(at(alva, alva.now + timedelta(hours=hours)), asking)
        with django_assert_max_num_queries(10):
            page = queries.mood_page(karin, child.pk)
            assert [one.asking.reader.name for one in page.answers] == ["Karin Lund"] * 4


class TestAnotherUnit:
    """Ruling 23: the same active choice and need as for the record, within the care provider."""

    @pytest.fixture
    def told(self, asking, alva):
        return answered(alva, asking)

    def seen_by(self, cast, child, chosen, who="peter"):
        found = queries.mood_page(cast.actor(who), child.pk, chosen)
        assert not found.answers
        return [(one.decision.rule_id, len(one.answers)) for one in found.elsewhere]

    def same_provider(self, cast):
        karin, peter = cast.actor("karin"), cast.actor("peter")
        return karin.controller_id == peter.controller_id

    def test_without_a_choice_only_that_it_is_there(self, told, cast, child):
        assert self.same_provider(cast)
        assert self.seen_by(cast, child, WorkNeed.NONE) == [("8.2.2.choice", 0)]

    def test_after_the_choice_it_is_shown(self, told, cast, child):
        assert self.seen_by(cast, child, WorkNeed.CARE) == [("8.2.2", 1)]

    def test_a_block_hides_it_also_then(self, told, cast, child):
        unit = cast.unit("hh-habilitering-boras")
        AccessBlock.objects.create(
            child=child, kind="inner", unit=unit, controller=unit.controller, created_at=clock.now()
        )
        assert self.seen_by(cast, child, WorkNeed.CARE) == [("8.2.3", 0)]

    def test_another_provider_sees_not_even_that(self, told, cast, child):
        assert self.seen_by(cast, child, WorkNeed.CARE, who="lena") == []


class TestGuardians:
    def test_under_13_a_guardian_sees_what_the_child_did_not_keep(self, asking, alva, maria, child):
        answered(alva, asking, words="Skolan")
        answered(at(alva, alva.now + timedelta(hours=1)), asking, shown=False, words="Bara Karin")
        page = queries.guardian_page(maria, child.pk)
        assert [one.words for one in page.answers] == ["Skolan"]
        assert [one.reader.given_name for one in page.askings] == ["Karin"]

    def test_who_sees_is_said_as_the_gate_says_it(self, asking, alva, child):
        assert [one.given_name for one in queries.guardians_who_see(alva, child)] == ["Maria", "Johan"]

    def test_a_blocked_guardian_is_not_named_and_sees_nothing(self, asking, alva, maria, child, cast, karin):
        answered(alva, asking)
        GuardianDecision.objects.create(
            child=child,
            guardian=cast.guardian("maria"),
            kind="blocked",
            unit_id=karin.unit_id,
            reason="Prövas",
            starts_on=date(2026, 11, 16),
            decided_by_id=karin.person_id,
            decided_at=clock.now(),
        )
        assert [one.given_name for one in queries.guardians_who_see(alva, child)] == ["Johan"]
        with pytest.raises(gate.Invisible):
            queries.guardian_page(at(maria, maria.now), child.pk)

    def test_a_guardian_without_custody_is_neither(self, asking, alva, child, cast):
        Custody.objects.filter(child=child, guardian=cast.guardian("johan")).update(
            ends_on=date(2026, 11, 15)
        )
        assert [one.given_name for one in queries.guardians_who_see(alva, child)] == ["Maria"]

    def test_from_13_only_what_is_shared(self, asking, alva, maria, child, cast):
        answered(alva, asking)
        answered(at(alva, alva.now + timedelta(hours=1)), asking, shown=False)
        thirteen = clock.now().replace(year=2029, month=3, day=12)
        with pytest.raises(gate.Invisible):
            queries.guardian_page(at(maria, thirteen), child.pk)
        assert queries.guardians_who_see(at(alva, thirteen), child) == []
        YoungShare.objects.create(
            child=child, guardian=cast.guardian("maria"), thing="mood_answer", starts_at=clock.now()
        )
        assert len(queries.guardian_page(at(maria, thirteen), child.pk).answers) == 1
        assert [one.given_name for one in queries.guardians_who_see(at(alva, thirteen), child)] == ["Maria"]

    def test_sharing_something_else_is_not_sharing_this(self, asking, maria, child, cast):
        YoungShare.objects.create(
            child=child, guardian=cast.guardian("maria"), thing="plan", starts_at=clock.now()
        )
        thirteen = clock.now().replace(year=2029, month=3, day=12)
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            queries.guardian_page(at(maria, thirteen), child.pk)

    def test_a_protected_child_s_guardian_sees_nothing(self, cast):
        eva, sigrid = cast.actor("eva"), cast.child("sigrid")
        commands.ask(by=eva, child_id=sigrid.pk, reader_id=eva.person_id)
        assert queries.guardians_who_see(cast.actor("sigrid"), sigrid) == []
        with pytest.raises(gate.Invisible):
            queries.guardian_page(cast.actor("vera"), sigrid.pk)

    def test_when_the_unit_leaves_the_child_it_reads_no_more(self, asking, alva, karin, child):
        answered(alva, asking)
        CareRelation.objects.filter(child=child, unit_id=karin.unit_id).update(ends_on=date(2026, 11, 15))
        with pytest.raises(gate.Invisible):
            queries.mood_page(at(karin, karin.now), child.pk)
