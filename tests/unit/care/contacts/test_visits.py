"""Booked visits: whose an actor sees, and changing them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access import gate
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import Appointment
from kring.children.commands import disclose, end_disclosures
from kring.children.models import AccessBlock
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


# What each change leaves behind it


CHANGES = {
    "agree": ({}, "visit.agree", "visit_agreed", "agreed"),
    "cancel_appointment": ({}, "visit.cancel", "visit_cancelled", "cancelled"),
    "move_appointment": ({"starts_at": timedelta(days=9)}, "visit.move", "visit_moved", "booked"),
}


def change(cast, command, visit, by="karin", seen=1):
    more = {name: cast.now + value for name, value in CHANGES[command][0].items()}
    return getattr(commands, command)(by=cast.actor(by), appointment_id=visit.pk, seen=seen, **more)


@pytest.mark.parametrize("command", CHANGES)
def test_each_change_is_stored_logged_and_told_once(cast, command):
    visit = book(cast, "karin")
    changed = change(cast, command, visit)
    _more, what, kind, status = CHANGES[command]
    stored = Appointment.objects.get(pk=visit.pk)
    assert (stored.status, stored.revision) == (changed.status, changed.revision) == (status, 2)
    event = Event.objects.get(kind=kind)
    assert (event.subject, event.child_id, event.unit_id) == (visit.pk, visit.child_id, visit.unit_id)
    assert event.effective_at == cast.now
    row = AccessLogRow.objects.get(what=what, action="write")
    assert (row.object_id, row.child_id) == (str(visit.pk), visit.child_id)


@pytest.mark.parametrize("command", CHANGES)
def test_half_a_change_of_a_visit_is_nothing(cast, monkeypatch, command):
    from kring.care.contacts.commands import booking

    def broken(**_):
        raise RuntimeError("no room")

    visit = book(cast, "karin")
    before = Appointment.objects.filter(pk=visit.pk).values().get()
    monkeypatch.setattr(booking, "record_event", broken)
    with pytest.raises(RuntimeError):
        change(cast, command, visit)
    assert Appointment.objects.filter(pk=visit.pk).values().get() == before
    assert not AccessLogRow.objects.filter(what=CHANGES[command][1], action="write").exists()


@pytest.mark.parametrize("command", ["agree", "cancel_appointment"])
def test_the_unit_s_event_is_the_booking_unit_s_whoever_acts(cast, command):
    """The family has no unit of its own; the timeline still says where."""
    visit = book(cast, "karin")
    change(cast, command, visit, by="maria")
    assert Event.objects.get(kind=CHANGES[command][2]).unit_id == visit.unit_id


@pytest.mark.parametrize("minutes", [1, 240])
@pytest.mark.parametrize("mode", Appointment.Mode.values)
def test_a_visit_is_stored_as_it_was_booked(cast, minutes, mode):
    visit = book(cast, "karin", minutes=minutes, mode=mode, with_whom=" Karin ", bring=" Bildkort ")
    stored = Appointment.objects.get(pk=visit.pk)
    assert (stored.mode, stored.with_whom, stored.bring) == (mode, "Karin", "Bildkort")
    assert stored.ends_at - stored.starts_at == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("now", "asked", "kept"), [(30, None, 30), (30, 90, 90), (240, None, 240), (1, None, 1)]
)
def test_a_moved_visit_is_as_long_as_before_unless_it_is_said(cast, now, asked, kept):
    visit = book(cast, "karin", minutes=now)
    more = {"minutes": asked} if asked else {}
    moved = commands.move_appointment(
        by=cast.actor("karin"),
        appointment_id=visit.pk,
        seen=1,
        starts_at=cast.now + timedelta(days=9),
        **more,
    )
    assert moved.ends_at - moved.starts_at == timedelta(minutes=kept)


def test_a_visit_that_begins_this_minute_has_begun(cast, refused):
    visit = book(cast, "karin")
    Appointment.objects.filter(pk=visit.pk).update(starts_at=cast.now)
    with refused("visit_over"):
        change(cast, "agree", visit)


def test_a_conflict_shows_the_visit_as_it_stands_and_not_another(cast):
    first, second = book(cast, "karin"), book(cast, "karin", days=6)
    change(cast, "agree", second)
    with pytest.raises(EditConflict) as conflict:
        change(cast, "cancel_appointment", second)
    assert conflict.value.current.pk == second.pk
    assert Appointment.objects.get(pk=first.pk).revision == 1


def test_visits_are_listed_soonest_first(cast):
    days = (9, 2, 5)
    made = {ahead: book(cast, "karin", days=ahead).pk for ahead in days}
    found = queries.appointments_of(cast.actor("karin"), cast.child("alva").pk)
    assert [row.pk for row in found] == [made[2], made[5], made[9]]


@pytest.mark.parametrize(
    "of",
    [{"child": "sigrid"}, {"unit": "elevhalsa-boras"}, {"category": "plan"}, {"starts": 1}, {"ends": -1}],
)
def test_only_a_consent_of_this_child_to_this_unit_in_force_opens_the_others_times(cast, of):
    book(cast, "peter")
    karin = cast.actor("karin")
    disclose(
        child_id=cast.child(of.get("child", "alva")).pk,
        unit_id=cast.unit(of["unit"]).pk if "unit" in of else karin.unit_id,
        category=of.get("category", "appointment"), subject=uuid4(),
        now=karin.now + timedelta(days=of.get("starts", 0)),
        ends_on=karin.today + timedelta(days=of["ends"]) if "ends" in of else None,
    )  # fmt: skip
    assert sees(cast, "karin") == set()


def test_a_visit_of_a_child_one_knows_is_still_missing_when_it_is_another_unit_s(cast):
    """Jonas meets Alva at school; that she has a time elsewhere is not told by how he is refused."""
    visit, jonas = book(cast, "karin"), cast.actor("jonas")
    for visit_id in (visit.pk, uuid4()):
        with pytest.raises(gate.Invisible):
            queries.appointment_or_404(jonas, visit_id, what="test.refused")


@pytest.mark.parametrize("refusal", ["minutes", "mode", "time"])
def test_a_refused_booking_leaves_no_trace(cast, refused, refusal):
    more = {"minutes": {"minutes": 0}, "mode": {"mode": "x"}, "time": {"days": -1}}[refusal]
    code = {"minutes": "ends_before_it_starts", "mode": "choice_missing", "time": "time_passed"}[refusal]
    with refused(code):
        book(cast, "karin", **more)
    assert not Appointment.objects.exists()
    assert not Event.objects.exists()
    assert not AccessLogRow.objects.filter(action="write").exists()


@pytest.mark.parametrize(
    ("kind", "days", "hidden"),
    [
        ("inner", (None, None), True),
        ("inner", (3, 3), True),
        ("inner", (4, None), False),
        ("inner", (None, 2), False),
        ("outer", (None, None), False),
    ],
    ids=str,
)
def test_a_visit_at_a_unit_that_the_child_has_blocked_is_not_shown_to_others(cast, kind, days, hidden):
    """An outer block hides nothing inside the care provider; the unit itself always sees its own."""
    visit, karin = book(cast, "peter"), cast.actor("karin")
    plan = {"category": "appointment", "subject": visit.pk}
    disclose(child_id=visit.child_id, unit_id=karin.unit_id, now=karin.now, **plan)
    since, until = (karin.today + timedelta(days=n) if n is not None else None for n in days)
    AccessBlock.objects.create(
        child=visit.child,
        kind=kind,
        unit=visit.unit if kind == "inner" else None,
        controller=visit.unit.controller,
        documented_from=since,
        documented_to=until,
        created_at=karin.now,
    )
    assert (visit not in sees(cast, "karin")) is hidden
    assert visit in sees(cast, "peter")
    assert visit in sees(cast, "maria")
