"""The plan as one page: who wrote what, what each party does, and what the reader may do now."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID

import pytest

from kring.care.plans.presenters import plan as presenter

TODAY = date(2026, 11, 16)
OURS, THEIRS = UUID(int=1), UUID(int=2)
EVERY = {"follow_up_plan", "establish_plan", "summon", "start_plan", "close_plan", "edit_plan"}


def plan(**fields):
    whole = {
        "pk": UUID(int=9), "status": "draft", "is_over": False,
        "started_at": datetime(2026, 11, 12, tzinfo=UTC),
        "unit": Row(name="BUM"), "unit_id": OURS, "need_identified_on": date(2026, 11, 10),
        "follow_up_on": None,
        "version_number": 0, "version_at": None, "overall_responsible": None, "coordinator": None,
    }  # fmt: skip
    return Row(**(whole | fields))


def content(one=None, in_charge=True, whole=True, **fields):
    around = {"activities": (), "waiting": {}} | fields
    return Row(plan=one or plan(), in_charge=in_charge, whole=whole, **around)


def actor(permissions=EVERY):
    return Row(today=TODAY, unit_id=OURS, may=lambda permission: permission in permissions)


def labels(one, in_charge=True, permissions=EVERY):
    return [link.label for link in presenter.actions(content(one, in_charge), actor(permissions))]


EVERYBODY = ["Lägg till insats", "Vi gör inget just nu"]


@pytest.mark.parametrize(
    ("fields", "in_charge", "permissions", "more"),
    [
        ({}, True, EVERY, ["Kalla till SIP", "Fastställ planen", "Planen görs inte", "Avsluta planen"]),
        (
            {"status": "established"},
            True,
            EVERY,
            ["Följ upp", "Ny version", "Kalla till SIP", "Avsluta planen"],
        ),
        ({"status": "established"}, True, {"summon"}, ["Kalla till SIP"]),
        ({"status": "established"}, True, set(), []),
        ({"status": "established"}, False, EVERY, []),
        ({"started_at": None}, True, EVERY, []),
    ],
)
def test_what_can_be_done_now(fields, in_charge, permissions, more):
    assert labels(plan(**fields), in_charge, permissions) == EVERYBODY + more


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_nothing_can_be_done_with_a_plan_that_is_over(status):
    assert labels(plan(status=status, is_over=True)) == []


def test_every_action_has_a_picture_beside_its_words_and_an_address_without_a_name():
    for link in presenter.actions(content(plan(status="established")), actor()):
        assert link.icon
        assert str(UUID(int=9)) in link.href


@pytest.mark.parametrize(
    ("one", "whole", "words"),
    [
        (plan(), True, "Behovet upptäcktes 10 november 2026. BUM håller i planen."),
        (plan(status="established"), True, "Behovet upptäcktes 10 november 2026. BUM håller i planen."),
        (
            plan(
                status="established", version_number=2, version_at=datetime(2026, 11, 11, 23, 30, tzinfo=UTC)
            ),
            True,
            "Version 2 från 12 november 2026. BUM håller i planen.",
        ),
        (plan(), False, "Er verksamhet är inte längre med. Ni ser det ni själva har skrivit."),
    ],
)
def test_the_lead_says_which_plan_this_is_by_swedish_days(one, whole, words):
    assert presenter.lead(content(one, whole=whole), TODAY) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Bestäms när planen fastställs"),
        ({"status": "established"}, "Ingen dag satt"),
        ({"follow_up_on": date(2026, 11, 17)}, "tis 17 nov 2026 (i morgon)"),
        ({"follow_up_on": date(2026, 11, 19)}, "tors 19 nov 2026 (om 3 dagar)"),
        ({"follow_up_on": date(2027, 1, 8)}, "fre 8 jan 2027"),
        ({"follow_up_on": date(2026, 11, 2)}, "mån 2 nov 2026"),
    ],
)
def test_when_it_is_followed_up_next(fields, words):
    assert presenter.responsible(content(plan(**fields)), TODAY)[2][1] == words


@pytest.mark.parametrize(
    ("fields", "in_charge", "ways"),
    [
        ({}, True, [True, True, False]),
        ({"status": "established"}, True, [True, True, True]),
        ({"status": "established"}, False, [False, False, False]),
        ({"status": "ended", "is_over": True}, True, [False, False, False]),
    ],
)
def test_who_holds_it_together_can_be_changed_by_the_unit_in_charge_alone(fields, in_charge, ways):
    rows = presenter.responsible(content(plan(**fields), in_charge), TODAY)
    assert [bool(href) for _label, _value, href in rows] == ways


def test_who_holds_it_together_is_named_or_said_to_be_missing():
    missing = presenter.responsible(content(), TODAY)
    assert [value for _label, value, _href in missing[:2]] == ["Inte bestämt än"] * 2
    named = plan(overall_responsible=Row(name="Borås Stad"), coordinator=Row(name="Karin Lund"))
    rows = presenter.responsible(content(named), TODAY)
    assert [(label, value) for label, value, _href in rows[:2]] == [
        ("Övergripande ansvar", "Borås Stad"),
        ("Samordnare", "Karin Lund"),
    ]


def test_every_item_says_who_answers_for_it():
    unit = Row(name="Skolan", controller=Row(name="Borås Stad"))
    usual = {"visibility": "default", "category": "general"}
    assert presenter.written_by(Row(unit=unit, **usual)) == "Skrivet av Skolan (Borås Stad)"
    assert presenter.written_by(Row(unit=None, by_child=False)) == "Skrivet av familjen"
    assert presenter.written_by(Row(unit=None, by_child=True)) == "Skrivet av barnet"


def party(unit_id=THEIRS, nothing_now="", contact=None):
    unit = Row(pk=unit_id, name="Skolan", controller=Row(name="Borås Stad"), phone="", phone_hours="")
    return Row(unit_id=unit_id, unit=unit, nothing_now=nothing_now, contact=contact)


def card(one=None, cells=(), **fields):
    consent = Row(cells=set(cells))
    return presenter._party(content(consent=consent, **fields), one or party())


@pytest.mark.parametrize(
    ("unit_id", "cells", "mark", "words"),
    [
        (OURS, [], "done", "Håller i planen"),
        (THEIRS, [(THEIRS, "plan")], "done", "Ser planen"),
        (THEIRS, [(THEIRS, "contacts")], "waiting", "Ser inte planen än"),
        (THEIRS, [], "waiting", "Ser inte planen än"),
    ],
)
def test_whether_a_party_sees_the_plan(unit_id, cells, mark, words):
    shown = card(party(unit_id), cells)
    assert (shown.shared_mark, shown.shared) == (mark, words)


def test_a_party_that_the_family_has_not_answered_about_says_so():
    shown = card(waiting={THEIRS: frozenset({"child"})})
    assert (shown.shared_mark, shown.shared) == ("waiting", "Ser inte planen än: väntar på familjens svar")


def test_a_silent_party_is_told_from_one_that_does_nothing_now():
    assert (card().silent, card().does) == (True, "Har inte skrivit vad de gör än")
    resting = card(party(nothing_now="Vi väntar på remissen"))
    assert (resting.silent, resting.does) == (False, "Vi väntar på remissen")


@pytest.mark.parametrize(
    ("unit_id", "in_charge", "is_over", "leaves"),
    [
        (THEIRS, True, False, True),
        (THEIRS, False, False, False),
        (THEIRS, True, True, False),
        (OURS, True, False, False),
    ],
)
def test_a_party_can_leave_but_never_the_one_that_holds_the_plan(unit_id, in_charge, is_over, leaves):
    around = content(plan(is_over=is_over), in_charge, consent=Row(cells=set()))
    assert bool(presenter._party(around, party(unit_id)).leave_href) == leaves
