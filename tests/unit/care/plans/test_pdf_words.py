"""Names, phones and moments as every version of the paper writes them."""

from datetime import UTC, datetime

import pytest

from kring import clock
from kring.care.plans.models import Activity
from kring.care.plans.pdf import words
from kring.children.models import Guardian
from kring.design.paper import words as days
from kring.organisations.models import Controller, Person, Unit

MEETS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def peter(**fields):
    return Person(**({"given_name": "Peter", "family_name": "Holm", "title": "Läkare"} | fields))


def test_nobody_and_nothing_is_an_empty_place():
    assert (words.named(None), words.phone(None), words.colleague(None), words.signer(None)) == (
        "",
        "",
        "",
        "Barnet",
    )


@pytest.mark.parametrize("one", [Unit(name="BUP Borås"), Controller(name="BUP Borås")])
def test_a_unit_and_who_answers_for_it_go_by_name(one):
    assert words.named(one) == "BUP Borås"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "Peter Holm, läkare"),
        ({"title": ""}, "Peter Holm"),
        ({"protected_identity": True}, "Läkare"),
        ({"protected_identity": True, "title": ""}, "Personal"),
    ],
)
def test_a_colleague_has_name_and_title_and_a_protected_one_the_role_alone(fields, shown):
    assert words.colleague(peter(**fields)) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"phone": "033-10 00 00", "phone_hours": "8-16"}, "033-10 00 00 (8-16)"),
        ({"phone": "033-10 00 00"}, "033-10 00 00"),
        ({"phone_hours": "8-16"}, ""),
    ],
)
def test_a_phone_has_its_hours_and_hours_alone_are_nothing(fields, shown):
    assert words.phone(Unit(**fields)) == shown


@pytest.mark.parametrize(("protected", "shown"), [(True, "Vårdnadshavare"), (False, "Maria Berg")])
def test_a_guardian_with_protected_identity_is_never_named(protected, shown):
    maria = Guardian(given_name="Maria", family_name="Berg", protected_identity=protected)
    assert words.signer(maria) == shown


def test_who_does_it_is_a_person_at_a_unit_or_words():
    at = Activity(responsible="unit", responsible_unit=Unit(name="BUP Borås"), responsible_person=peter())
    assert words.who(at) == "Peter Holm, läkare\nBUP Borås"
    assert words.who(Activity(responsible="unit")) == "Inte bestämt än"
    assert words.who(Activity(responsible="family", responsible_words="Mormor")) == "Mormor"


def test_a_hidden_moment_is_said_to_be_hidden_in_every_form():
    hidden = clock.HiddenMoment.of(MEETS)
    assert (days.moment(hidden), days.day(hidden), days.iso(hidden)) == ("Dolt", "Dolt", "")
    assert days.moment(MEETS) == "tisdag 24 november 2026 kl. 10.00"
