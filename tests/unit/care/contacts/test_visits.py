"""Booked visits: whose an actor sees, and changing them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import Appointment
from kring.children.commands import disclose, end_disclosures
from kring.timeline.models import Event


def book(cast, subject, child="alva", days=3, hours=0, **more):
    by = cast.actor(subject, "school_nurse" if subject == "lena" else None)
    starts = by.now + timedelta(days=days, hours=hours)
    return commands.book(by=by, child_id=cast.child(child).pk, starts_at=starts, **more)


def sees(cast, subject, child="alva"):
    actor = cast.actor(subject, "school_nurse" if subject == "lena" else None)
    return set(queries.appointments_of(actor, cast.child(child).pk))


def test_a_unit_books_its_own_visits(cast):
    visit = book(cast, "karin", what=" Träning ", with_whom="Karin", minutes=60)
    assert (visit.unit, visit.what, visit.status) == (cast.unit("hh-habilitering-boras"), "Träning", "booked")
    assert visit.ends_at - visit.starts_at == timedelta(minutes=60)
    assert Event.objects.get(kind="visit_booked").subject == visit.pk
    assert AccessLogRow.objects.get(what="visit.book", action="write").object_id == str(visit.pk)


def test_reception_books_too(cast):
    assert book(cast, "rune").unit == cast.unit("sas-bum-boras")


def test_the_family_does_not_book(cast):
    with pytest.raises(Http404):
        book(cast, "maria")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"days": -1}, "time_passed"),
        ({"days": 0}, "time_passed"),
        ({"minutes": 0}, "ends_before_it_starts"),
        ({"mode": "telepathy"}, "choice_missing"),
    ],
)
def test_what_is_missing_is_asked_for(cast, refused, more, code):
    with refused(code):
        book(cast, "karin", **more)
    with refused("time_missing"):
        commands.book(by=cast.actor("karin"), child_id=cast.child("alva").pk, starts_at=None)


def test_each_unit_sees_its_own_and_the_family_all(cast):
    mine, other = book(cast, "karin"), book(cast, "peter", days=4)
    assert sees(cast, "karin") == {mine}
    assert sees(cast, "peter") == sees(cast, "rune") == {other}
    assert sees(cast, "jonas") == set()
    for subject in ("maria", "johan", "alva"):
        assert sees(cast, subject) == {mine, other}
    assert sees(cast, "leila") == set()


def test_with_consent_to_booked_times_a_unit_sees_the_others(cast):
    mine, other = book(cast, "karin"), book(cast, "peter", days=4)
    karin, subject = cast.actor("karin"), uuid4()
    about = {
        "child_id": cast.child("alva").pk,
        "unit_id": karin.unit_id,
        "subject": subject,
        "now": karin.now,
    }
    disclose(category="plan", **about)
    assert sees(cast, "karin") == {mine}
    disclose(category="appointment", **about)
    assert sees(cast, "karin") == {mine, other}
    end_disclosures(subject=subject, now=karin.now, category="appointment")
    assert sees(cast, "karin") == {mine}


def test_reception_sees_its_own_unit_s_bookings_and_nothing_else(cast):
    """Ruling 26: no consent to a unit widens what its reception meets."""
    book(cast, "karin")
    rune = cast.actor("rune")
    disclose(
        child_id=cast.child("alva").pk,
        unit_id=rune.unit_id,
        category="appointment",
        subject=uuid4(),
        now=rune.now,
    )
    assert sees(cast, "rune") == set()


def test_a_protected_child_s_visits_elsewhere_are_nobody_s_to_see(cast):
    """Ruling 10: a place can tell where the child lives."""
    sigrid, karin = cast.child("sigrid"), cast.actor("karin")
    Appointment.objects.create(
        child=sigrid, unit=cast.unit("elevhalsa-boras"), starts_at=karin.now + timedelta(days=2)
    )
    disclose(
        child_id=sigrid.pk, unit_id=karin.unit_id, category="appointment", subject=uuid4(), now=karin.now
    )
    assert sees(cast, "karin", "sigrid") == set()
    assert sees(cast, "vera", "sigrid") == set()


def test_what_is_past_is_asked_for(cast):
    visit = book(cast, "karin")
    Appointment.objects.filter(pk=visit.pk).update(starts_at=visit.starts_at - timedelta(days=10))
    karin, child_id = cast.actor("karin"), cast.child("alva").pk
    assert not queries.appointments_of(karin, child_id)
    assert queries.appointments_of(karin, child_id, since=karin.now - timedelta(days=30)).get() == visit
    assert not queries.appointments_of(
        karin, child_id, since=karin.now - timedelta(days=30), until=karin.now - timedelta(days=20)
    )


def test_the_next_visit_is_the_first_that_is_not_called_off(cast):
    first, second = book(cast, "karin", days=2), book(cast, "peter", days=5)
    maria, child_id = cast.actor("maria"), cast.child("alva").pk
    assert queries.next_appointment(maria, child_id) == first
    commands.cancel_appointment(by=maria, appointment_id=first.pk, seen=1)
    assert queries.next_appointment(maria, child_id) == second
    assert queries.next_appointment(maria, cast.child("omar").pk) is None


@pytest.mark.parametrize("subject", ["jonas", "ulla", "leila", "sara"])
def test_another_s_visit_is_missing(cast, subject):
    visit = book(cast, "karin")
    for visit_id in (visit.pk, uuid4()):
        with pytest.raises(Http404):
            queries.appointment_or_404(cast.actor(subject), visit_id, what="test")


def test_reading_one_is_logged(cast):
    visit = book(cast, "karin")
    assert queries.appointment_or_404(cast.actor("maria"), visit.pk, what="test.visit") == visit
    assert AccessLogRow.objects.get(what="test.visit").child_id == visit.child_id


@pytest.mark.parametrize("subject", ["maria", "johan", "alva"])
def test_the_family_says_yes_to_a_time(cast, subject):
    visit = book(cast, "karin")
    agreed = commands.agree(by=cast.actor(subject), appointment_id=visit.pk, seen=1)
    assert (agreed.status, agreed.revision) == ("agreed", 2)


def test_a_moved_time_is_agreed_anew(cast):
    visit, karin = book(cast, "karin", minutes=30), cast.actor("karin")
    commands.agree(by=cast.actor("maria"), appointment_id=visit.pk, seen=1)
    moved = commands.move_appointment(
        by=karin, appointment_id=visit.pk, seen=2, starts_at=visit.starts_at + timedelta(days=1)
    )
    assert (moved.status, moved.ends_at - moved.starts_at) == ("booked", timedelta(minutes=30))


def test_saying_yes_to_a_time_that_has_moved_is_a_conflict(cast):
    visit, karin = book(cast, "karin"), cast.actor("karin")
    commands.move_appointment(
        by=karin, appointment_id=visit.pk, seen=1, starts_at=visit.starts_at + timedelta(days=1)
    )
    for command in (commands.agree, commands.cancel_appointment):
        with pytest.raises(EditConflict) as conflict:
            command(by=cast.actor("maria"), appointment_id=visit.pk, seen=1)
        assert conflict.value.current.starts_at == visit.starts_at + timedelta(days=1)


def test_nobody_moves_another_s_visit(cast, refused):
    visit = book(cast, "karin")
    new = {"appointment_id": visit.pk, "seen": 1, "starts_at": visit.starts_at + timedelta(days=1)}
    with refused("not_your_visit"):
        commands.move_appointment(by=cast.actor("maria"), **new)
    with pytest.raises(Http404):
        commands.move_appointment(by=cast.actor("peter"), **new)
    karin, peters = cast.actor("karin"), book(cast, "peter")
    disclose(
        child_id=visit.child_id, unit_id=karin.unit_id, category="appointment", subject=uuid4(), now=karin.now
    )
    with refused("not_your_visit"):
        commands.cancel_appointment(by=karin, appointment_id=peters.pk, seen=1)


@pytest.mark.parametrize("how", ["cancelled", "past"])
def test_what_is_over_is_left_alone(cast, refused, how):
    visit = book(cast, "karin")
    change = {"status": "cancelled"} if how == "cancelled" else {"starts_at": cast.now - timedelta(days=1)}
    Appointment.objects.filter(pk=visit.pk).update(**change)
    for command in (commands.agree, commands.cancel_appointment):
        with refused("visit_over"):
            command(by=cast.actor("karin"), appointment_id=visit.pk, seen=1)


def test_a_visit_of_unknown_length_keeps_three_quarters_of_an_hour(cast):
    visit, karin = book(cast, "karin"), cast.actor("karin")
    Appointment.objects.filter(pk=visit.pk).update(ends_at=None)
    moved = commands.move_appointment(
        by=karin, appointment_id=visit.pk, seen=1, starts_at=visit.starts_at + timedelta(days=1)
    )
    assert moved.ends_at - moved.starts_at == timedelta(minutes=45)
