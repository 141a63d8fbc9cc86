"""Who of the family sees a booked visit, as its unit chose: in lists, by address, in notices, in the log."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kring.access import gate
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import Appointment
from kring.care.contacts.queries.withheld import withheld_visits
from kring.care.contacts.rules import Refusal
from kring.care.contacts.rules.readers import readers_checked
from kring.children.commands import disclose
from kring.notifications.models import Notice

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("chosen", "stored"),
    [
        (("default", "general", None), ("default", "general", None)),
        (("not_guardian", "third_person", None), ("not_guardian", "third_person", None)),
        (("all", "general", date(2026, 12, 1)), ("all", "general", None)),
        (
            ("not_child_until", "general", date(2026, 11, 17)),
            ("not_child_until", "general", date(2026, 11, 17)),
        ),
    ],
)
def test_a_choice_is_stored_with_its_day_only_where_it_is_asked_for(chosen, stored):
    assert tuple(readers_checked(*chosen, TODAY).values()) == stored


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (("nobody", "general", None), "visibility"),
        (("all", "gossip", None), "visibility"),
        (("not_child_until", "general", None), "visible_to_child_from"),
        (("not_child_until", "general", TODAY), "visible_to_child_from"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(chosen, field):
    with pytest.raises(Refusal) as refused:
        readers_checked(*chosen, TODAY)
    assert refused.value.field == field


def book(cast, who="sara", **shown):
    by = cast.actor(who)
    return commands.book(by=by, child_id=cast.child("alva").pk, starts_at=by.now + timedelta(days=7), **shown)


SEEN = [
    ({}, {"maria", "johan", "alva", "karin"}),
    ({"visibility": "all", "category": "sexual_health"}, {"maria", "johan", "alva", "karin"}),
    ({"category": "sexual_health"}, {"alva", "karin"}),
    ({"visibility": "all", "category": "violence"}, {"alva", "karin"}),
    ({"visibility": "not_guardian"}, {"alva", "karin"}),
    ({"visibility": "care_only"}, {"karin"}),
    ({"category": "concern"}, {"karin"}),
    (
        {"visibility": "not_child_until", "visible_to_child_from": TODAY + timedelta(3)},
        {"maria", "johan", "karin"},
    ),
]


def test_each_choice_has_its_readers_in_every_door(cast):
    """Eight visits at once: in the list, by the key, and as the next; the unit always sees its own."""
    karin, alva = cast.actor("karin"), cast.child("alva").pk
    about = {"child_id": alva, "category": "appointment", "subject": uuid4(), "now": karin.now}
    for unit in ("hh-habilitering-boras", "skola-boras-1"):
        disclose(unit_id=cast.unit(unit).pk, **about)
    visits = {book(cast, **shown).pk: (shown, seen) for shown, seen in SEEN}
    for who in ("maria", "johan", "alva", "karin", "sara"):
        actor = cast.actor(who, "guardian" if who in ("maria", "johan") else None)
        listed = {one.pk for one in queries.appointments_of(actor, alva)}
        expected = {key for key, (_shown, seen) in visits.items() if who in {*seen, "sara"}}
        assert listed == expected, who
        hidden = set(withheld_visits(actor, alva)) if not actor.is_staff else set()
        assert hidden == (set() if actor.is_staff else set(visits) - expected), who
        for key in visits:
            if key in expected:
                assert queries.appointment_or_404(actor, key, what="visit").pk == key
                continue
            with pytest.raises(gate.Invisible):
                queries.appointment_or_404(actor, key, what="visit")
    jonas = {one.pk for one in queries.appointments_of(cast.actor("jonas"), alva)}
    assert {key for key, (shown, _seen) in visits.items() if key not in jonas} == {
        key for key, (shown, _seen) in visits.items() if shown.get("visibility") == "care_only"
    }, "outside care, what is for care only is not there"


def test_what_waits_for_a_day_is_there_for_the_child_from_that_day(cast):
    visit = book(cast, visibility="not_child_until", visible_to_child_from=TODAY + timedelta(3))
    for days, there in ((2, False), (3, True)):
        alva = cast.actor("alva", now=cast.now + timedelta(days=days))
        assert (visit in queries.appointments_of(alva, cast.child("alva").pk)) is there


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ({}, {"maria", "johan"}),
        ({"visibility": "not_guardian"}, set()),
        ({"visibility": "care_only"}, set()),
        (
            {"visibility": "not_child_until", "visible_to_child_from": TODAY + timedelta(3)},
            {"maria", "johan"},
        ),
    ],
)
def test_whoever_does_not_see_it_is_not_told_that_it_moved_or_was_called_off(cast, shown, told):
    sara, visit = cast.actor("sara"), book(cast, **shown)
    later = visit.starts_at + timedelta(days=1)
    commands.move_appointment(by=sara, appointment_id=visit.pk, seen=1, starts_at=later)
    assert set(Notice.objects.values_list("person__subject", flat=True)) == told
    commands.cancel_appointment(by=sara, appointment_id=visit.pk, seen=2)
    acts = {("visit_moved", one) for one in told} | {("visit_cancelled", one) for one in told}
    assert set(Notice.objects.values_list("act", "person__subject")) == acts


def test_a_question_about_one_day_holds_only_the_visits_that_are_seen(cast):
    karin, open_, kept = cast.actor("karin"), book(cast), book(cast, "karin", visibility="not_guardian")
    about = {"child_id": open_.child_id, "category": "appointment", "subject": uuid4(), "now": karin.now}
    disclose(unit_id=karin.unit_id, **about)
    ids = [open_.pk, kept.pk]
    on = karin.today + timedelta(9)
    asked = commands.request_same_day(by=karin, child_id=open_.child_id, on=on, appointment_ids=ids)
    maria = cast.actor("maria")
    for found in (
        queries.same_day_requests(maria, open_.child_id)[0],
        queries.same_day_or_404(maria, asked.pk, what="same_day"),
    ):
        assert [one.appointment_id for one in found.visits.all()] == [open_.pk]
    (mine,) = queries.same_day_requests(karin, open_.child_id)
    assert len(mine.visits.all()) == 2


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("default", "not_guardian", {"maria", "johan"}),
        ("not_guardian", "care_only", set()),
        ("care_only", "care_only", set()),
    ],
)
def test_a_question_of_which_no_visit_is_seen_is_told_to_units_alone(cast, one, other, told):
    """Neither that it is asked nor that it is answered: there is nothing of it that the family may know."""
    karin, first, second = (
        cast.actor("karin"),
        book(cast, visibility=one),
        book(cast, "karin", visibility=other),
    )
    about = {"child_id": first.child_id, "category": "appointment", "subject": uuid4(), "now": karin.now}
    disclose(unit_id=karin.unit_id, **about)
    about = {"child_id": first.child_id, "on": karin.today + timedelta(9)}
    commands.request_same_day(by=karin, appointment_ids=[first.pk, second.pk], **about)
    notices = Notice.objects.filter(act="same_day_asked", unit=None)
    assert set(notices.values_list("person__subject", flat=True)) == told


def test_an_answer_is_told_to_the_family_only_while_it_sees_a_visit_of_the_question(cast):
    karin, first, second = cast.actor("karin"), book(cast), book(cast, "karin")
    about = {"child_id": first.child_id, "on": karin.today + timedelta(9)}
    asked = commands.request_same_day(by=cast.actor("maria"), appointment_ids=[first.pk, second.pk], **about)
    Appointment.objects.all().update(visibility="care_only")
    Notice.objects.all().delete()
    visit = asked.visits.get(appointment=second)
    commands.answer_same_day(by=karin, visit_id=visit.pk, answer="no", reason="Fullt")
    assert not Notice.objects.filter(person__subject__in=["maria", "johan"]).exists()


def test_the_choice_is_made_anew_at_once_by_the_own_unit_alone(cast):
    visit, maria = book(cast), cast.actor("maria")
    changed = {"appointment_id": visit.pk, "seen": 1, "visibility": "not_guardian"}
    for who in ("karin", "maria"):
        with pytest.raises((Refusal, gate.Invisible, gate.NotAllowed)):
            commands.choose_readers(by=cast.actor(who), **changed)
    commands.choose_readers(by=cast.actor("sara"), **changed)
    assert not queries.appointments_of(maria, visit.child_id).exists()
    assert AccessLogRow.objects.get(what="visit.readers", action="write").object_id == str(visit.pk)
    with pytest.raises(commands.EditConflict):
        commands.choose_readers(by=cast.actor("sara"), **changed)
    assert not Notice.objects.exists()
