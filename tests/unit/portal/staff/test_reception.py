"""The day's visits for reception: its own unit's, the least fields, never why, and logged by that rule."""

import re
from datetime import date, timedelta

import pytest

from kring.access.policy.lists import MINIMUM_FIELDS
from kring.audit.models import AccessLogRow
from kring.care.contacts.models import Appointment
from kring.children.models import Child
from kring.portal.staff.reception.presenters import VisitRow, day_from
from tests.unit.portal.staff.desk import questions_of, text_of

PAGE = "/besok/"
TODAY = date(2026, 11, 16)
WHY = "Utredning av språkstörning"


@pytest.fixture
def visit(cast):
    """A visit at a unit, so many hours from now."""

    def book(unit="sas-bum-boras", hours=3, child="alva", **more):
        fields = {"what": WHY, "with_whom": "Peter Ek, läkare", "status": "booked"} | more
        at = cast.now + timedelta(hours=hours)
        return Appointment.objects.create(
            child=cast.child(child), unit=cast.unit(unit), starts_at=at, **fields
        )

    return book


@pytest.fixture
def rune(client, cast):
    return cast.log_in(client, "rune")


def main_of(client, address=PAGE) -> str:
    page = text_of(client.get(address))
    return page[page.index("</header>") : page.index("<footer")]


def test_who_comes_when_and_to_whom_but_never_why(rune, visit):
    visit()
    page = main_of(rune)
    for shown in ("13.00", "Alva Berg", "2016-", "Peter Ek, läkare"):
        assert shown in page
    assert WHY not in page
    assert not re.search(r'href="/barn/[^/"]+/"', page)


def test_what_can_be_done_about_a_visit_to_come_is_to_move_it_or_call_it_off(rune, visit):
    about = visit()
    links = re.findall(r'href="(/barn/[^"]*)"', main_of(rune))
    assert links == [f"/barn/{about.child_id}/besok/{about.pk}/{act}/" for act in ("flytta", "avboka")]


def test_the_row_has_the_minimum_fields_and_no_others():
    shown = set(VisitRow.__dataclass_fields__)
    assert shown - {"acts"} == set(MINIMUM_FIELDS)


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "sas-logopedi"},
        {"hours": 24},
        {"hours": -11},
        {"status": "cancelled"},
        {"status": "missed"},
        {"child": "sigrid"},
        {"child": "tuva"},
    ],
    ids=str,
)
def test_what_is_elsewhere_another_day_called_off_or_out_of_reach_is_not_there(rune, visit, other):
    visit(**other)
    assert "Inga besök är bokade den här dagen." in main_of(rune)


def test_a_child_that_becomes_protected_disappears(rune, visit, cast):
    visit()
    Child.objects.filter(pk=cast.child("alva").pk).update(protection="flag")
    assert "Alva" not in main_of(rune)


def test_by_day(rune, visit):
    visit(hours=24)
    page = main_of(rune, PAGE + "?dag=2026-11-17")
    assert "Alva Berg" in page
    assert "?dag=2026-11-16" in page
    assert "?dag=2026-11-18" in page


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", TODAY),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-13-40", TODAY),
        ("x" * 500, TODAY),
        ("2099-01-01", TODAY),
        ("0001-01-01", TODAY),
        ("2027-01-15", date(2027, 1, 15)),
    ],
)
def test_the_day_an_address_asks_for(text, day):
    assert day_from(text, TODAY) == day


def test_what_is_listed_is_logged_by_the_rule_of_the_least(rune, visit, cast):
    visit()
    visit(hours=4)
    main_of(rune)
    rows = AccessLogRow.objects.filter(what="visits.unit")
    assert [(row.child_id, row.action, row.rule) for row in rows] == [
        (cast.child("alva").pk, "list", "lists.minimum")
    ]


@pytest.mark.parametrize("subject", ["karin", "maria", "alva", "nils", "ann"])
def test_it_is_reception_s(client, cast, subject):
    assert cast.log_in(client, subject).get(PAGE).status_code == 403


def test_it_is_where_the_receptionist_s_day_begins(rune):
    assert rune.get("/", follow=True).request["PATH_INFO"] == PAGE


def test_the_interpreter_and_how_the_child_communicates(rune, visit, cast):
    Child.objects.filter(pk=cast.child("alva").pk).update(interpreter_language="ar", communication="Bilder")
    visit()
    page = main_of(rune)
    assert "Tolk: arabiska" in page
    assert "Bilder" in page


def test_the_cost_does_not_grow_with_the_day(rune, visit):
    visit()
    main_of(rune)
    few = questions_of(rune, PAGE)
    for hours in range(1, 9):
        visit(hours=hours)
    assert questions_of(rune, PAGE) == few <= 10
