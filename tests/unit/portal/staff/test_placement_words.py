"""What a placement changes, in words: every turn, every age, whoever decides."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace as Row

import pytest

from kring.access.policy.consents import Named
from kring.children.models import Child, Placement
from kring.portal.staff.secrecy.placements import presenters
from kring.portal.staff.secrecy.placements.forms import EndForm, PlacementForm
from kring.secrecy.rules.placements import Change, State
from tests.cast import NOW

TODAY = date(2026, 11, 16)
SMALL, YOUNG, GROWN = (Child(birth_date=TODAY - timedelta(days=365 * years + 90)) for years in (7, 14, 18))
FREE, CLOSED = State(), State(True, True, Named.BOARD)
UNSAID = State(True, True, Named.NOBODY)
KEPT = State(True, False, Named.GUARDIANS)


def said(before, after, child=SMALL, on=TODAY, mature=False):
    (effect,) = presenters.effects([Change(on, before, after)], child, TODAY, mature=mature)
    return effect


PAGES = [
    (SMALL, FREE, CLOSED, "Vårdnadshavarnas sidor om barnet stängs."),
    (SMALL, CLOSED, FREE, "Vårdnadshavarnas sidor om barnet öppnas igen."),
    (SMALL, CLOSED, UNSAID, "Vårdnadshavarnas sidor om barnet är stängda som förut."),
    (SMALL, FREE, KEPT, "Vårdnadshavarna behåller sina sidor om barnet."),
    (
        YOUNG, FREE, CLOSED,
        "Vårdnadshavare ser inget om barnet, inte heller sådant som barnet kan välja att dela.",
    ),
    (YOUNG, CLOSED, FREE, "Vårdnadshavare ser igen bara det som barnet kan välja att dela."),
    (YOUNG, CLOSED, UNSAID, "Vårdnadshavare ser inget om barnet, som förut."),
    (YOUNG, FREE, KEPT, "Vårdnadshavare ser bara det som barnet kan välja att dela, som förut."),
    (GROWN, FREE, CLOSED, "Barnet har fyllt 18 år: ingen är längre vårdnadshavare."),
]  # fmt: skip


@pytest.mark.parametrize(("child", "before", "after", "words"), PAGES)
def test_what_becomes_of_the_guardians_pages(child, before, after, words):
    assert said(before, after, child).says[0] == words


CONSENTS = [
    (FREE, CLOSED, False, "Socialnämnden samtycker för barnet, med ett skriftligt beslut."),
    (FREE, UNSAID, False, "Ingen kan samtycka för barnet."),
    (CLOSED, UNSAID, False, "Ingen kan samtycka för barnet."),
    (UNSAID, CLOSED, False, "Socialnämnden samtycker för barnet, med ett skriftligt beslut."),
    (CLOSED, FREE, False, "Vårdnadshavarna samtycker för barnet. Det som är delat på nämndens ja stängs."),
    (FREE, KEPT, False, "Vårdnadshavarna samtycker för barnet, som förut."),
    (CLOSED, State(True, False, Named.BOARD), False, "Socialnämnden samtycker för barnet, som förut."),
    (UNSAID, State(True, False, Named.NOBODY), False, "Ingen kan samtycka för barnet, som förut."),
    (FREE, CLOSED, True, "Barnet bestämmer självt om samtycken, som förut."),
    (FREE, UNSAID, True, "Barnet bestämmer självt om samtycken, som förut."),
]


@pytest.mark.parametrize(("before", "after", "mature", "words"), CONSENTS)
def test_who_consents_then(before, after, mature, words):
    assert said(before, after, mature=mature).says[1].startswith(words)


def test_every_turn_has_its_sentences():
    """3 ages × 7 × 7 states × mature or not: none is without words."""
    states = [FREE, *(State(True, closes, named) for closes, named in product((True, False), Named))]
    tried = 0
    for child, before, after, mature in product((SMALL, YOUNG, GROWN), states, states, (True, False)):
        effect = said(before, after, child, mature=mature)
        tried += 1
        assert len(effect.says) == 2 and all(words.endswith(".") for words in effect.says)
    assert tried == 3 * 7 * 7 * 2


def test_the_day_is_told_and_what_holds_already_is_at_once():
    assert said(FREE, CLOSED).when == "Genast"
    assert said(FREE, CLOSED, on=TODAY + timedelta(days=14)).when == "Från och med mån 30 nov 2026"


def test_the_child_s_age_is_that_of_the_day_it_turns():
    child = Child(birth_date=date(2013, 11, 30))
    assert said(FREE, CLOSED, child).says[0].startswith("Vårdnadshavarnas sidor")
    assert said(FREE, CLOSED, child, on=date(2026, 11, 30)).says[0].startswith("Vårdnadshavare ser inget")


def test_when_nothing_changes_it_says_so():
    (effect,) = presenters.effects([], SMALL, TODAY, mature=False)
    assert effect.when == ""
    assert effect.says == ("Inget ändras för vårdnadshavarnas sidor, eller för vem som samtycker.",)


def row(**more):
    fields = {
        "kind": "care_order", "home": "foster", "starts_on": TODAY, "ends_on": None, "decided_on": TODAY,
        "end_decided_on": None, "guardians_keep_access": False, "signer": "board", "recorded_at": NOW,
    }  # fmt: skip
    made = Placement(**(fields | more))
    return Row(
        **{name: getattr(made, name) for name in fields | more}, pk=made.pk,
        get_kind_display=made.get_kind_display, get_home_display=made.get_home_display,
        get_signer_display=made.get_signer_display, recorded_by=Row(name="Fatima Noor"),
        unit=Row(name="Socialtjänsten"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({}, "Gäller"),
        ({"ends_on": TODAY}, "Gäller"),
        ({"starts_on": TODAY - timedelta(9), "ends_on": TODAY - timedelta(1)}, "Avslutad"),
        ({"starts_on": TODAY + timedelta(1)}, "Börjar senare"),
    ],
)
def test_a_line_says_whether_it_holds(days, state):
    (line,) = presenters.placements([row(**days)], Child().pk, TODAY)
    assert (line.title, line.state) == ("Placerad enligt LVU", state)
    assert [word for word, _href in line.acts] == ["Ändra", "Avsluta", "Ta bort"]


FACTS = [
    ({}, "Från och med mån 16 nov 2026, tills vidare"),
    ({"ends_on": TODAY + timedelta(1)}, "Från och med mån 16 nov 2026 till och med tis 17 nov 2026"),
    ({}, "Nämndens beslut mån 16 nov 2026"),
    ({"decided_on": None}, "Dagen för nämndens beslut är inte inskriven"),
    ({"end_decided_on": TODAY}, "Nämndens beslut mån 16 nov 2026, och att den upphör mån 16 nov 2026"),
    ({}, "Vårdnadshavarna behåller inte sina sidor"),
    ({"guardians_keep_access": True}, "Vårdnadshavarna behåller sina sidor"),
    ({}, "Samtycker för barnet: Socialnämnden"),
    ({"signer": ""}, "Samtycker för barnet: Beslutet säger det inte"),
    ({"home": "secure"}, "Särskilt ungdomshem (SiS)"),
    ({}, "Inskriven mån 16 nov 2026 av Fatima Noor, Socialtjänsten."),
]


@pytest.mark.parametrize(("fields", "fact"), FACTS)
def test_a_line_tells_what_the_decision_says(fields, fact):
    (line,) = presenters.placements([row(**fields)], Child().pk, TODAY)
    assert fact in line.facts


GIVEN = {
    "kind": "care_order", "home": "secure", "guardians_keep_access": "no", "signer": "unnamed",
    "decided_on_0": "12", "decided_on_1": "nov", "decided_on_2": "2026",
    "starts_on_0": "16", "starts_on_1": "11", "starts_on_2": "2026",
}  # fmt: skip
MISSING = {
    "kind": "Välj hur barnet är placerat.",
    "home": "Välj i vilken form barnet är placerat.",
    "guardians_keep_access": "Välj om vårdnadshavarna behåller sina sidor.",
    "signer": "Välj vem som samtycker.",
    "decided_on": "Ange datum, till exempel 12 11 2026.",
    "starts_on": "Ange datum, till exempel 16 11 2026.",
}


@pytest.mark.parametrize("name", MISSING)
def test_nothing_is_chosen_beforehand_and_what_is_missing_is_asked_for(name):
    left = {key: value for key, value in GIVEN.items() if not key.startswith(name)}
    assert PlacementForm(left).errors == {name: [MISSING[name]]}
    assert PlacementForm()[name].value() is None


def test_what_is_filled_in_becomes_a_placement_and_a_placement_what_is_filled_in():
    form = PlacementForm(GIVEN)
    assert form.is_valid()
    given = form.proposed()
    assert (given.signer, given.guardians_keep_access, given.ends_on) == ("", False, None)
    assert (given.decided_on, given.starts_on) == (date(2026, 11, 12), TODAY)
    shown = PlacementForm.initial_of(given)
    assert shown["signer"] == "unnamed" and shown["guardians_keep_access"] == "no"
    kept = PlacementForm(GIVEN | {"signer": "guardians", "guardians_keep_access": "yes"})
    assert kept.is_valid()
    assert kept.proposed().signer == "guardians" and kept.proposed().guardians_keep_access


@pytest.mark.parametrize(
    ("label", "value"), [("kind", "foster"), ("home", "prison"), ("signer", ""), ("signer", "foster_home")]
)
def test_a_word_that_is_no_choice_is_none(label, value):
    assert list(PlacementForm(GIVEN | {label: value}).errors) == [label]


def test_the_choices_are_those_of_the_row():
    form = PlacementForm()
    assert [key or "" for key, _ in form.fields["home"].choices] == Placement.Home.values
    assert {key.replace("unnamed", "") for key, _ in form.fields["signer"].choices} == set(
        Placement.Signer.values
    )


def test_an_end_needs_both_its_days():
    assert set(EndForm({"ends_on_0": "1"}).errors) == {"ends_on", "decided_on"}
