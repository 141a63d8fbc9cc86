"""«Vem håller ihop vården?»: appointing, handing over, deputies and mandates."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.audit.models import AccessLogRow
from kring.care.contacts import commands, queries
from kring.care.contacts.models import CareContact
from kring.children.commands import disclose
from kring.timeline.models import Event


@pytest.fixture
def karin(cast):
    return cast.actor("karin")


@pytest.fixture
def alva(cast):
    return cast.child("alva")


def appoint(by, child, role="coordinator", **more):
    return commands.appoint(by=by, child_id=child.pk, role=role, **more)


@pytest.mark.parametrize(
    ("subject", "may"), [("eva", True), ("karin", True), ("peter", False), ("maria", False)]
)
def test_the_unit_head_and_the_coordinator_appoint(cast, alva, subject, may):
    actor = cast.actor(subject)
    if may:
        assert appoint(actor, alva).unit_id == actor.unit_id
    else:
        with pytest.raises((NotAllowed, Http404)):
            appoint(actor, alva)


def test_a_person_at_the_unit_or_its_team(cast, karin, alva, refused):
    assert appoint(karin, alva, person_id=cast.eva.pk).person == cast.eva
    assert appoint(karin, alva, "named_care_contact").person is None
    with refused("person_not_at_unit"):
        appoint(karin, alva, "named_physician", person_id=cast.peter.pk)


@pytest.mark.parametrize("role", ["", "boss"])
def test_the_role_is_one_of_three(karin, alva, refused, role):
    with refused("role_missing"):
        appoint(karin, alva, role)


def test_appointing_is_logged_and_told(karin, alva):
    contact = appoint(karin, alva, starts_on=karin.today)
    assert Event.objects.get(kind="care_contact_appointed").data == {"role": "coordinator"}
    assert AccessLogRow.objects.get(what="contact.appoint", action="write").object_id == str(contact.pk)


def test_a_new_one_takes_over_the_day_after(karin, alva):
    first = appoint(karin, alva, starts_on=karin.today - timedelta(days=100))
    second = appoint(karin, alva, starts_on=karin.today)
    first.refresh_from_db()
    assert first.ends_on == karin.today - timedelta(days=1)
    assert [card.id for card in queries.who_holds_together(karin, alva.pk)] == [second.pk]


def test_at_handover_both_are_there_for_a_while(karin, alva):
    first = appoint(karin, alva, starts_on=karin.today - timedelta(days=100))
    until = karin.today + timedelta(days=14)
    second = appoint(karin, alva, starts_on=karin.today, handover_until=until)
    assert {card.id for card in queries.who_holds_together(karin, alva.pk)} == {first.pk, second.pk}
    first.refresh_from_db()
    assert first.ends_on == until


@pytest.mark.parametrize(
    ("starts", "until", "code"),
    [(0, -1, "handover_too_short"), (-200, None, "starts_too_early"), (-100, None, "starts_too_early")],
)
def test_the_handover_makes_sense(karin, alva, refused, starts, until, code):
    appoint(karin, alva, starts_on=karin.today - timedelta(days=100))
    day = {"starts_on": karin.today + timedelta(days=starts)}
    if until is not None:
        day["handover_until"] = karin.today + timedelta(days=until)
    with refused(code):
        appoint(karin, alva, **day)


def test_roles_do_not_push_each_other_out(karin, alva):
    for role in ("coordinator", "named_care_contact", "named_physician"):
        appoint(karin, alva, role)
    roles = [card.role for card in queries.who_holds_together(karin, alva.pk)]
    assert roles == ["coordinator", "named_care_contact", "named_physician"]


def test_another_unit_of_the_same_provider_has_appointed_already(cast, karin, alva, refused):
    CareContact.objects.create(
        child=alva, unit=cast.unit("sas-bum-boras"), role="named_physician", starts_on=karin.today,
        recorded_at=karin.now, recorded_by=cast.peter,
    )  # fmt: skip
    with refused("appointed_elsewhere"):
        appoint(karin, alva, "named_physician")


def test_the_database_keeps_one_open_of_each_role(cast, karin, alva):
    contact = appoint(karin, alva)
    contact.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        contact.save(force_insert=True)


def test_a_deputy_answers_when_the_person_is_away(cast, karin, alva, refused):
    contact = appoint(karin, alva, person_id=cast.karin.pk)
    assert commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=cast.eva.pk).deputy == cast.eva
    assert queries.who_holds_together(karin, alva.pk)[0].deputy == "Eva Strand"
    with refused("deputy_is_same"):
        commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=cast.karin.pk)
    with refused("person_not_at_unit"):
        commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=cast.peter.pk)
    assert commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=None).deputy is None


def test_the_last_day_counts(karin, alva, refused):
    contact = appoint(karin, alva, starts_on=karin.today)
    with refused("ends_before_start"):
        commands.end_contact(by=karin, contact_id=contact.pk, ends_on=karin.today - timedelta(days=1))
    commands.end_contact(by=karin, contact_id=contact.pk, ends_on=karin.today)
    assert queries.who_holds_together(karin, alva.pk)


def test_what_is_over_is_not_changed(cast, karin, alva, refused):
    contact = appoint(karin, alva, starts_on=karin.today - timedelta(days=10))
    CareContact.objects.filter(pk=contact.pk).update(ends_on=karin.today - timedelta(days=1))
    with refused("already_ended"):
        commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=None)
    assert queries.who_holds_together(karin, alva.pk) == []
    assert [card.id for card in queries.contacts_of(karin, alva.pk)] == [contact.pk]


def test_a_coordinator_s_mandate_is_data(karin, alva, refused):
    contact = appoint(karin, alva)
    mandate = commands.give_mandate(
        by=karin, contact_id=contact.pk, may_book=True, may_speak_with="skolan och logopedin",
        escalates_to="Verksamhetschefen", ends_when="Planen avslutas",
    )  # fmt: skip
    assert (mandate.may_book, mandate.may_summon_sip) == (True, False)
    again = commands.give_mandate(by=karin, contact_id=contact.pk, may_book=False)
    assert (again.pk, again.may_book, again.may_speak_with) == (mandate.pk, False, "skolan och logopedin")
    other = appoint(karin, alva, "named_care_contact")
    with refused("no_mandate_for_role"):
        commands.give_mandate(by=karin, contact_id=other.pk, may_book=True)


NOTES = {"external_note": "Ring gärna", "internal_note": "Svår vårdnadstvist", "phone": "010-1"}


@pytest.mark.parametrize("subject", ["maria", "johan", "alva"])
def test_the_family_sees_whom_to_call_and_never_the_internal_note(cast, karin, alva, subject):
    appoint(karin, alva, person_id=cast.karin.pk, **NOTES)
    [card] = queries.who_holds_together(cast.actor(subject), alva.pk)
    assert (card.name, card.role_words, card.phone, card.note) == (
        "Karin Lund",
        "Samordnare",
        "010-1",
        "Ring gärna",
    )
    assert (card.internal_note, card.contact.internal_note) == ("", "")


@pytest.mark.parametrize(("subject", "note"), [("eva", "Svår vårdnadstvist"), ("peter", "")])
def test_the_internal_note_stays_in_the_unit(cast, karin, alva, subject, note):
    appoint(karin, alva, **NOTES)
    [card] = queries.who_holds_together(cast.actor(subject), alva.pk)
    assert card.internal_note == note


def test_the_school_learns_of_a_contact_in_care_only_with_consent(cast, karin, alva):
    """That a child has a contact at habilitation is itself secret."""
    appoint(karin, alva)
    jonas = cast.actor("jonas")
    assert queries.who_holds_together(jonas, alva.pk) == []
    disclose(child_id=alva.pk, unit_id=jonas.unit_id, category="plan", subject=uuid4(), now=jonas.now)
    assert len(queries.who_holds_together(jonas, alva.pk)) == 1


def test_strangers_and_protected_children(cast, karin):
    sigrid = cast.child("sigrid")
    contact = appoint(karin, sigrid)
    assert queries.who_holds_together(cast.actor("eva"), sigrid.pk)
    for subject, role in (("lena", "school_nurse"), ("vera", None), ("ulla", None)):
        actor = cast.actor(subject, role)
        assert queries.who_holds_together(actor, sigrid.pk) == []
        with pytest.raises(Http404):
            queries.contacts_of(actor, sigrid.pk)
    with pytest.raises(Http404):
        commands.set_deputy(by=cast.actor("ulla"), contact_id=contact.pk, deputy_id=None)


def test_only_the_unit_that_appointed_changes_it(cast, karin, alva, refused):
    contact = CareContact.objects.create(
        child=alva, unit=cast.unit("sas-bum-boras"), role="named_physician", starts_on=karin.today,
        recorded_at=karin.now, recorded_by=cast.peter,
    )  # fmt: skip
    with refused("not_your_contact"):
        commands.end_contact(by=karin, contact_id=contact.pk, ends_on=karin.today)


def test_other_fields_are_no_fields(karin, alva):
    with pytest.raises(TypeError, match="secret"):
        appoint(karin, alva, secret="x")
    with pytest.raises(Http404):
        commands.end_contact(by=karin, contact_id=uuid4(), ends_on=karin.today)


def test_the_card_costs_one_question_however_many(karin, alva, django_assert_num_queries):
    appoint(karin, alva)
    with django_assert_num_queries(1):
        queries.who_holds_together(karin, alva.pk)
    appoint(karin, alva, "named_care_contact")
    appoint(karin, alva, "named_physician")
    with django_assert_num_queries(1):
        cards = queries.who_holds_together(karin, alva.pk)
        assert all(card.unit for card in cards)


# What each writing leaves behind it


def test_ending_deputy_and_mandate_are_logged_and_an_end_is_an_event(cast, karin, alva):
    contact = appoint(karin, alva)
    commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=cast.eva.pk)
    commands.give_mandate(by=karin, contact_id=contact.pk, may_book=True)
    ended = commands.end_contact(by=karin, contact_id=contact.pk, ends_on=karin.today)
    written = AccessLogRow.objects.filter(object_id=str(contact.pk), action="write").order_by("pk")
    assert [row.what for row in written] == [
        "contact.appoint",
        "contact.deputy",
        "contact.mandate",
        "contact.end",
    ]
    assert {(row.child_id, row.unit_id) for row in written} == {(alva.pk, karin.unit_id)}
    event = Event.objects.get(kind="care_contact_ended")
    assert (event.subject, event.child_id, event.effective_at) == (contact.pk, alva.pk, karin.now)
    assert event.data == {"role": "coordinator"}
    assert CareContact.objects.get(pk=ended.pk).ends_on == karin.today


def test_reading_one_to_change_it_is_logged_too(karin, alva):
    contact = appoint(karin, alva)
    queries.contact_or_404(karin, contact.pk, what="test.contact", permission=commands.appointing.P)
    row = AccessLogRow.objects.get(what="test.contact")
    assert (row.action, row.child_id, row.object_id) == ("read", alva.pk, str(contact.pk))


@pytest.mark.parametrize(
    ("starts", "until", "last"),
    [
        # From tomorrow on: the former one stays through today.
        (1, None, 0),
        # A handover of one day counts both of them.
        (1, 1, 1),
        # The new one may begin the day after the former one's first day, and no sooner.
        (-99, None, -100),
    ],
)
def test_the_former_one_s_last_day(karin, alva, starts, until, last):
    former = appoint(karin, alva, starts_on=karin.today - timedelta(days=100))
    days = {"starts_on": karin.today + timedelta(days=starts)}
    if until is not None:
        days["handover_until"] = karin.today + timedelta(days=until)
    appoint(karin, alva, **days)
    former.refresh_from_db()
    assert former.ends_on == karin.today + timedelta(days=last)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_contact_is_changed_through_its_last_day(karin, alva, refused, days):
    contact = appoint(karin, alva, starts_on=karin.today - timedelta(days=10))
    CareContact.objects.filter(pk=contact.pk).update(ends_on=karin.today + timedelta(days=days))
    if days < 0:
        with refused("already_ended"):
            commands.give_mandate(by=karin, contact_id=contact.pk, may_book=True)
    else:
        assert commands.give_mandate(by=karin, contact_id=contact.pk, may_book=True).may_book


def test_a_new_contact_pushes_out_nobody_else_s(cast, karin, alva):
    """Not another child's, not another unit's, not one that has ended already."""
    peter = {"recorded_at": karin.now, "recorded_by": cast.peter, "role": "named_physician"}
    elsewhere = CareContact.objects.create(
        child=alva, unit=cast.unit("elevhalsa-boras"), starts_on=karin.today, **peter
    )
    of_another = appoint(karin, cast.child("sigrid"), "named_physician")
    ended = appoint(karin, alva, "named_physician", starts_on=karin.today - timedelta(days=50))
    CareContact.objects.filter(pk=ended.pk).update(ends_on=karin.today - timedelta(days=20))
    appoint(karin, alva, "named_physician")
    days = dict(CareContact.objects.values_list("pk", "ends_on"))
    assert (days[elsewhere.pk], days[of_another.pk]) == (None, None)
    assert days[ended.pk] == karin.today - timedelta(days=20)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ("010-1", "vardagar")),
        ({"phone": "033-9"}, ("033-9", "vardagar")),
        ({"phone_hours": "8-9"}, ("010-1", "8-9")),
        ({"phone": " 033-9 ", "phone_hours": " 8-9 "}, ("033-9", "8-9")),
    ],
)
def test_the_unit_s_own_phone_is_shown_when_the_contact_has_none(karin, alva, fields, shown):
    contact = appoint(karin, alva, **fields)
    type(contact.unit).objects.filter(pk=contact.unit_id).update(phone="010-1", phone_hours="vardagar")
    [card] = queries.who_holds_together(karin, alva.pk)
    assert (card.phone, card.phone_hours) == shown


def test_a_team_without_a_person_has_no_name_and_may_have_any_deputy_of_the_unit(cast, karin, alva):
    contact = appoint(karin, alva)
    assert commands.set_deputy(by=karin, contact_id=contact.pk, deputy_id=None).deputy is None
    [card] = queries.who_holds_together(karin, alva.pk)
    assert (card.name, card.title, card.deputy) == ("", "", "")


def test_the_family_s_history_is_the_latest_first(cast, karin, alva):
    days = (300, 100, 200)
    made = {}
    for ago, role in zip(days, ("coordinator", "named_care_contact", "named_physician"), strict=True):
        made[ago] = appoint(karin, alva, role, starts_on=karin.today - timedelta(days=ago)).pk
    found = queries.contacts_of(cast.actor("maria"), alva.pk)
    assert [card.id for card in found] == [made[100], made[200], made[300]]
    assert AccessLogRow.objects.filter(what="contacts.list", child_id=alva.pk).count() == 1


@pytest.mark.parametrize(
    "of",
    [
        # Told of another child, to another unit, of another kind, not yet, or no longer: not told.
        {"child": "sigrid"},
        {"unit": "elevhalsa-boras"},
        {"category": "appointment"},
        {"starts": 1},
        {"ends": -1},
    ],
)
def test_only_a_consent_of_this_child_to_this_unit_in_force_tells_of_a_contact(cast, karin, alva, of):
    appoint(karin, alva)
    jonas = cast.actor("jonas")
    child = cast.child(of.get("child", "alva"))
    unit_id = cast.unit(of["unit"]).pk if "unit" in of else jonas.unit_id
    disclose(
        child_id=child.pk, unit_id=unit_id, category=of.get("category", "plan"), subject=uuid4(),
        now=jonas.now + timedelta(days=of.get("starts", 0)),
        ends_on=jonas.today + timedelta(days=of["ends"]) if "ends" in of else None,
    )  # fmt: skip
    assert queries.who_holds_together(jonas, alva.pk) == []


def test_a_consent_through_today_still_tells(cast, karin, alva):
    appoint(karin, alva)
    jonas = cast.actor("jonas")
    disclose(
        child_id=alva.pk, unit_id=jonas.unit_id, category="contact_details", subject=uuid4(), now=jonas.now,
        ends_on=jonas.today,
    )  # fmt: skip
    assert len(queries.who_holds_together(jonas, alva.pk)) == 1


def test_who_sees_a_contact_may_not_therefore_change_it(cast, karin, alva):
    contact = appoint(karin, alva)
    peter = cast.actor("peter")
    assert queries.who_holds_together(peter, alva.pk), "the same provider knows of it"
    with pytest.raises(NotAllowed):
        commands.end_contact(by=peter, contact_id=contact.pk, ends_on=peter.today)
    contact.refresh_from_db()
    assert contact.ends_on is None


@pytest.mark.parametrize("command", ["set_deputy", "end_contact", "give_mandate"])
def test_half_a_change_of_a_contact_is_nothing(karin, alva, monkeypatch, command):
    """When the log cannot be written nothing is changed."""
    from kring.care.contacts.commands import appointing

    contact = appoint(karin, alva, person_id=karin.person_id)
    before = CareContact.objects.filter(pk=contact.pk).values().get()

    def broken(*_, **__):
        raise RuntimeError("no room")

    monkeypatch.setattr(appointing, "_trace", broken)
    more = {
        "set_deputy": {"deputy_id": None},
        "end_contact": {"ends_on": karin.today},
        "give_mandate": {"may_book": True},
    }
    with pytest.raises(RuntimeError):
        getattr(commands, command)(by=karin, contact_id=contact.pk, **more[command])
    assert CareContact.objects.filter(pk=contact.pk).values().get() == before
    assert not hasattr(CareContact.objects.get(pk=contact.pk), "mandate")
