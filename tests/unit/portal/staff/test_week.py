"""S12: whom nobody has touched, whose rights change soon, who carries how much."""

import re
from datetime import date, timedelta

import pytest

from kring.audit.models import AccessLogRow
from kring.portal.staff.week import queries
from kring.timeline.models import Event
from tests.unit.portal.staff.desk import questions_of, text_of

WEEK = "/arbetslista/vecka/"


def happened(desk, child, days_ago: int) -> None:
    when = desk.cast.now - timedelta(days=days_ago)
    Event.objects.create(
        child=child, kind="visit_booked", unit=desk.unit, effective_at=when, recorded_at=when
    )


def groups(page: str) -> dict[str, list[str]]:
    found = re.findall(r"<h3>(.*?)</h3>(.*?)</ul>", page, re.DOTALL)
    return {title: re.findall(r"<strong>(.*?)</strong>", body) for title, body in found}


def test_children_by_how_long_nothing_has_happened(karin, desk):
    for name, days in (
        ("Helt Ny", 29),
        ("En Månad", 30),
        ("Två Månader", 60),
        ("Ett Kvartal", 90),
        ("Ett År", 365),
    ):
        child = desk.child(name)
        desk.task(child)
        happened(desk, child, days)
    desk.task(desk.child("Aldrig Något"))
    found = groups(text_of(karin.get(WEEK)))
    assert set(found["3 barn: ingenting på minst 90 dagar"]) == {"Ett Kvartal", "Ett År", "Aldrig Något"}
    assert found["1 barn: ingenting på minst 60 dagar"] == ["Två Månader"]
    assert found["1 barn: ingenting på minst 30 dagar"] == ["En Månad"]


def test_when_there_are_too_many_those_with_whom_nothing_ever_happened_are_not_the_ones_left_out(
    karin, desk, monkeypatch
):
    monkeypatch.setattr(queries, "MOST", 2)
    for name, days in (("Ett År", 365), ("Ett Kvartal", 90)):
        child = desk.child(name)
        desk.task(child)
        happened(desk, child, days)
    desk.task(desk.child("Aldrig Något"))
    assert groups(text_of(karin.get(WEEK))) == {
        "3 barn: ingenting på minst 90 dagar": ["Aldrig Något", "Ett År"]
    }


def test_what_is_booked_ahead_does_not_count_as_having_happened(karin, desk):
    child = desk.child("Bara Framåt")
    desk.task(child)
    happened(desk, child, -20)
    assert groups(text_of(karin.get(WEEK)))["1 barn: ingenting på minst 90 dagar"] == ["Bara Framåt"]


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (date(2013, 11, 17), 13),
        (date(2014, 5, 16), 13),
        (date(2010, 12, 1), 16),
        (date(2009, 2, 28), 18),
        (date(2008, 11, 17), 18),
    ],
)
def test_birthdays_that_change_something_within_six_months(karin, desk, born, years):
    desk.task(desk.child("Snart Äldre", birth_date=born))
    expected = born.replace(year=born.year + years) > desk.today
    found = groups(text_of(karin.get(WEEK)))
    title = f"Fyller {years} år inom sex månader"
    if expected and (born.replace(year=born.year + years) - desk.today).days < 184:
        assert found[title] == ["Snart Äldre"]
    else:
        assert title not in found


@pytest.mark.parametrize("born", [date(2013, 11, 16), date(2014, 6, 1), date(2012, 1, 1), date(2020, 1, 1)])
def test_other_birthdays_are_left_out(karin, desk, born):
    desk.task(desk.child("Inte Nu", birth_date=born))
    assert (
        "Inte Nu" not in text_of(karin.get(WEEK)).split("Snart 13, 16 eller 18")[1].split("Hur många barn")[0]
    )


def test_how_many_each_has_and_what_nobody_has(karin, desk, cast):
    desk.tasks(12)
    desk.task(assignee=cast.eva, days=3)
    desk.task(assignee=None, days=-1)
    table = text_of(karin.get(WEEK)).split("<tbody")[1]
    rows = [
        (re.sub(r"<.*?>", "", head).strip(), [int(n) for n in re.findall(r"</span>(\d+)</td>", rest)])
        for head, rest in re.findall(r'scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    ]
    assert rows == [("Karin Lund", [12, 10]), ("Eva Strand", [1, 0]), ("Ingen ansvarig", [1, 1])]


def test_a_protected_child_has_neither_name_nor_day(karin, desk, cast):
    desk.task(cast.child("sigrid"))
    page = text_of(karin.get(WEEK))
    assert "[Skyddade uppgifter]" in page
    assert "Sigrid" not in page


def test_an_empty_week_is_a_good_week(karin):
    page = text_of(karin.get(WEEK))
    assert page.count("Bra!") == 1
    assert "Enheten har inga öppna uppgifter." in page


def test_everyone_on_the_page_is_logged(karin, desk):
    child = desk.child("Loggat Barn")
    desk.task(child)
    karin.get(WEEK)
    assert AccessLogRow.objects.filter(what="week", child_id=child.pk).exists()


def test_the_number_of_questions_does_not_grow(karin, desk):
    desk.tasks(2)
    karin.get(WEEK)
    few = questions_of(karin, WEEK)
    desk.tasks(40)
    assert questions_of(karin, WEEK) == few <= 10


def names_of(page: str) -> list[str]:
    return [name for names in groups(page).values() for name in names]


def test_the_heading_counts_the_whole_list_and_pages_reach_all_of_it(karin, desk):
    desk.tasks(123)
    first = text_of(karin.get(WEEK))
    assert "123 barn: ingenting på minst 90 dagar" in groups(first)
    assert "Visar 1–50 av 123." in first
    seen = []
    for query in ("", "?orord=2", "?orord=3"):
        shown = names_of(text_of(karin.get(WEEK + query)))
        assert len(shown) in (50, 23)
        seen += shown
    assert len(seen) == len(set(seen)) == 123
    assert "?orord=2" in first


def test_birthdays_have_pages_of_their_own(karin, desk):
    for n in range(60):
        desk.task(desk.child(f"Snart Tretton{n:02}", birth_date=date(2013, 11, 20) + timedelta(days=n)))
    found = groups(text_of(karin.get(WEEK)))["Fyller 13 år inom sex månader"]
    assert found == [f"Snart Tretton{n:02}" for n in range(50)]
    second = text_of(karin.get(WEEK + "?fyller=2"))
    assert groups(second)["Fyller 13 år inom sex månader"] == [f"Snart Tretton{n:02}" for n in range(50, 60)]
    assert "Visar 51–60 av 60." in second
    assert "60 barn: ingenting på minst 90 dagar" in groups(second)


@pytest.mark.parametrize("query", ["?orord=0", "?orord=99", "?orord=-1", "?orord=x", "?fyller=9999999"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(karin, desk, query):
    desk.tasks(3)
    assert len(names_of(text_of(karin.get(WEEK + query)))) == 3


def test_a_list_that_is_shown_whole_has_no_pager(karin, desk):
    desk.tasks(50)
    assert "Visar" not in text_of(karin.get(WEEK))


def test_a_child_without_a_task_can_be_forgotten_too(karin, desk):
    desk.child("Utan Uppgift")
    desk.task(desk.child("Med Uppgift"))
    assert "Utan Uppgift" not in text_of(karin.get(WEEK))
    everyone = text_of(karin.get(WEEK + "?alla=1"))
    assert {"Utan Uppgift", "Med Uppgift"} <= set(names_of(everyone))
    assert "också dem utan öppen uppgift" in everyone
    link = re.search(r'<a href="([^"]*)">Alla barn som enheten möter', text_of(karin.get(WEEK)))[1]
    assert link == "?alla=1"


def test_whom_another_unit_meets_is_not_among_all(karin, desk, cast):
    child = desk.child("Annan Enhet")
    child.care_relations.update(unit=cast.unit("sas-logopedi"))
    assert "Annan Enhet" not in text_of(karin.get(WEEK + "?alla=1"))


def test_those_who_appoint_come_to_children_without_a_contact(client, cast):
    for who, shown in (("eva", True), ("sara", False)):
        page = text_of(cast.log_in(client, who).get(WEEK))
        assert ("/arbetslista/utan-fast-vardkontakt/" in page) is shown
