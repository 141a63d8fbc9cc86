"""What a plan's pages have around them: the bar, the tabs, and names that are hidden on a shared screen."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

from kring.care.plans.presenters import child


def about(here: str = "", coordinator: Row | None = None):
    alva = Row(
        name="Alva Berg",
        birth_date=date(2016, 3, 12),
        communication="Bildstöd",
        protection="none",
        pk=UUID(int=7),
    )
    plan = Row(
        pk=uuid4(), child=alva, child_id=alva.pk, coordinator=coordinator, get_kind_display=lambda: "SIP"
    )
    return child.about(plan, "201603122381", date(2026, 11, 16), here)


def test_the_bar_of_a_plan_tells_who_coordinates_and_the_childs_number():
    bar = about(coordinator=Row(name="Karin Lund")).bar
    assert (bar.name, bar.coordinator, bar.number) == ("Alva Berg", "Karin Lund", "20160312-2381")
    assert about(coordinator=None).bar.coordinator == ""


def test_guardians_are_named_or_numbered():
    people = [Row(pk=UUID(int=n), name=name) for n, name in enumerate(("Maria Berg", "Johan Åberg"))]
    shown, hidden = child.Names([*people, None], False), child.Names(people, True)
    assert [shown.of(one.pk) for one in people] == ["Maria Berg", "Johan Åberg"]
    assert [hidden.of(one.pk) for one in people] == ["Vårdnadshavare 1", "Vårdnadshavare 2"]
    assert shown.of(None) == "Barnet"
    assert shown.of(uuid4()) == "Tidigare vårdnadshavare"


def test_the_tabs_are_the_plans_pages_and_one_is_current():
    tabs = about(here="plan-consent").tabs
    assert [tab.label for tab in tabs] == [
        *("Planen", "Patientkontrakt", "Samtycke", "Möten", "Versioner", "Uppföljning"),
    ]
    assert [tab.label for tab in tabs if tab.current] == ["Samtycke"]
