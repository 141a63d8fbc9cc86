"""The bar, ages, and names that are hidden on a shared screen."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest

from kring.care.plans.presenters import child

TODAY = date(2026, 11, 16)


def plan(**fields):
    whole = {
        "name": "Alva Berg", "birth_date": date(2016, 3, 12), "communication": "Bildstöd",
        "protection": "none", "pk": UUID(int=7),
    }  # fmt: skip
    return Row(pk=uuid4(), child=Row(**(whole | fields)), coordinator=Row(name="Karin Lund"))


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2016, 3, 12), "10 år 8 mån"),
        (date(2016, 11, 16), "10 år"),
        (date(2016, 11, 17), "9 år 11 mån"),
        (date(2024, 10, 16), "25 månader"),
        (date(2026, 10, 16), "1 månad"),
        (date(2026, 11, 10), "0 månader"),
        (date(2023, 11, 16), "3 år"),
    ],
)
def test_ages(born, words):
    assert child.age(born, TODAY) == words


def test_the_bar_has_who_how_and_who_coordinates():
    bar = child.bar_of(plan(), "201603122381", TODAY)
    assert (bar.name, bar.age, bar.number) == ("Alva Berg", "10 år 8 mån", "20160312-2381")
    assert (bar.communication, bar.coordinator, bar.protected) == ("Bildstöd", "Karin Lund", "")


def test_other_numbers_are_shown_as_they_are():
    assert child.bar_of(plan(), "RES-1234", TODAY).number == "RES-1234"


def test_a_hidden_bar_tells_only_how_the_child_communicates():
    hidden = child.bar_of(plan(), "201603122381", TODAY).hidden()
    assert (hidden.name, hidden.age, hidden.number, hidden.coordinator) == ("Barnet", "", "", "")
    assert hidden.communication == "Bildstöd"


def test_a_protected_childs_bar_says_what_may_not_be_told():
    assert "Lämna inte ut adress" in child.bar_of(plan(protection="flag"), "", TODAY).protected


def test_each_child_has_a_colour_of_its_own_among_six():
    tints = {child.bar_of(plan(pk=UUID(int=n)), "", TODAY).tint for n in range(30)}
    assert tints == {1, 2, 3, 4, 5, 6}


def test_guardians_are_named_or_numbered():
    people = [Row(pk=UUID(int=n), name=name) for n, name in enumerate(("Maria Berg", "Johan Åberg"))]
    shown, hidden = child.Names([*people, None], False), child.Names(people, True)
    assert [shown.of(one.pk) for one in people] == ["Maria Berg", "Johan Åberg"]
    assert [hidden.of(one.pk) for one in people] == ["Vårdnadshavare 1", "Vårdnadshavare 2"]
    assert shown.of(None) == "Barnet"
    assert shown.of(uuid4()) == "Tidigare vårdnadshavare"


def test_the_tabs_are_the_plans_pages_and_one_is_current():
    one = plan()
    one.child_id, one.get_kind_display = uuid4(), lambda: "SIP"
    about = child.about(one, "", TODAY, "plan-consent")
    assert [tab.label for tab in about.tabs] == ["Planen", "Samtycke", "Möten", "Versioner", "Uppföljning"]
    assert [tab.label for tab in about.tabs if tab.current] == ["Samtycke"]


def test_an_address_that_nobody_has_built_is_empty():
    assert child.address("not-there", child_id=uuid4()) == ""
