"""What a row of the log says in words, each word by itself and without a database."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kring
from kring.access.policy.catalogue import rules, sentence
from kring.access.roles import ROLES
from kring.log_review import filters
from kring.log_review.filters import address_of, page_from, periods, wanted_from
from kring.log_review.presenters.extract import nothing, period, summary
from kring.log_review.presenters.words import ACTS, PARTS, WHY, done_in, openings, part_of, role_words, why
from kring.log_review.queries.extract import ACTS as SHOWN
from kring.log_review.queries.extract import Wanted
from kring.log_review.rules.acts import EMERGENCY_RULES

TODAY = date(2026, 11, 16)

PART = [
    ("plan", "planen"),
    ("plan.goal.edit", "planen"),
    ("plans.list", "planen"),
    ("meetings.list", "möten"),
    ("record.text", "journalen"),
    ("contacts.strip", "tider"),
    ("contact.appoint", "vem som håller ihop vården"),
    ("close_person.add", "vilka som är nära barnet"),
    ("visit.book", "tider"),
    ("visits.unit", "tider"),
    ("same_day.request", "tider"),
    ("child", "barnets sida"),
    ("child.events", "händelser"),
    ("child.access", "vem som ser vad"),
    ("search.number", "barnet"),
    ("worklist", "arbetslistan"),
    ("week", "arbetslistan"),
    ("task.done", "uppgifter att göra"),
    ("protected.open", "skyddade uppgifter"),
    ("log_review.row", "loggen"),
    ("log.question", "vem som har läst"),
    ("emergency.open", "uppgifter i nöd"),
    ("family.home", "barnets sidor"),
    ("own.home", "barnets sidor"),
    ("something.new", "uppgifter om barnet"),
    ("", "uppgifter om barnet"),
]


@pytest.mark.parametrize(("what", "words"), PART)
def test_a_part_has_its_word(what, words):
    assert part_of(what) == words


def test_the_longer_beginning_stands_before_the_shorter():
    """`child.events` would never be found behind `child`."""
    begins = list(PARTS)
    for at, word in enumerate(begins):
        assert not [earlier for earlier in begins[:at] if word.startswith(earlier)], word


def log(action: str, what: str, **more: object) -> Row:
    return Row(**({"action": action, "what": what, "rule": "8.2.1", "purpose": "care"} | more))


DID = [
    ([("read", "plan")], "Läste: planen."),
    ([("read", "plan"), ("read", "plan.goal")], "Läste: planen."),
    (
        [("read", "child"), ("read", "plan"), ("write", "plan")],
        "Läste: barnets sida, planen. Skrev i: planen.",
    ),
    ([("write", "visit.book"), ("read", "child")], "Läste: barnets sida. Skrev i: tider."),
    ([("list", "worklist")], "Såg i en lista: arbetslistan."),
    ([("search", "search.number")], "Sökte: barnet."),
    ([("print", "plan.pdf.family")], "Skrev ut: planen."),
    ([("export", "record.text")], "Hämtade som fil: journalen."),
    ([("import", "record.delivery")], "Läste in: journalen."),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "words"), DID)
def test_what_one_reading_did(rows, words):
    assert done_in([log(action, what) for action, what in rows]) == words


def test_every_act_that_is_shown_has_words():
    assert {str(act) for act in SHOWN} == set(ACTS)


WHYS = [
    ("8.2.1", "Enheten är med i barnets vård."),
    ("8.1.own_unit", "Enheten är med i stödet till barnet."),
    ("plan.disclosed", "Planen delas med enheten."),
    ("8.2.2", "En annan enhets uppgifter visades efter ett aktivt val."),
    ("8.2.5.open", "Öppnades i nöd, för barnets liv eller hälsa."),
    ("8.2.3", "Spärrade uppgifter visas inte, bara att de finns."),
    ("gone", "gone"),
]


@pytest.mark.parametrize(("rule", "words"), WHYS)
def test_why_is_the_rule_in_words(rule, words):
    assert why([log("read", "plan", rule=rule)]) == words


def test_an_emergency_is_told_before_the_rest_of_the_reading():
    rows = [log("read", "child"), log("read", "record", rule="8.3.4.open")]
    assert why(rows) == why(rows[::-1]) == "Öppnades i nöd, för barnets liv eller hälsa."


def test_a_review_is_told_as_one_whatever_its_rule():
    assert (
        why([log("read", "log_review.row", rule="x", purpose="log_review")])
        == "Granskning av vem som har läst."
    )


def test_the_familys_words_are_for_rules_that_there_are():
    # What a file or a delivery wrote is by no row of a table: it says where it came from.
    assert set(WHY) - set(rules()) == {"register.file", "import.source"}
    for rule in EMERGENCY_RULES:
        assert sentence(rule) != rule


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_is_its_title(role):
    assert role_words(role) == ROLES[role].title


def test_an_unknown_role_tells_nothing():
    assert role_words("gardener") == "Personal"


@pytest.mark.parametrize(("n", "words"), [(0, "0 läsningar"), (1, "1 läsning"), (2, "2 läsningar")])
def test_how_many(n, words):
    assert openings(n) == words


# The address of the page.

QUERIES = [
    ({}, Wanted()),
    ({"tid": "30"}, Wanted(starts_on=date(2026, 10, 18))),
    ({"tid": "90"}, Wanted(starts_on=date(2026, 8, 19))),
    ({"tid": "365"}, Wanted(starts_on=date(2025, 11, 17))),
    ({"tid": "31"}, Wanted()),
    ({"tid": "-1"}, Wanted()),
    ({"enhet": str(UUID(int=7))}, Wanted(unit_id=UUID(int=7))),
    ({"enhet": "1 OR 1=1"}, Wanted()),
    ({"vem": "familjen"}, Wanted(family=True)),
    ({"vem": "alla"}, Wanted()),
    ({"listor": "ja"}, Wanted(lists=True)),
    ({"listor": "on"}, Wanted()),
]


@pytest.mark.parametrize(("query", "wanted"), QUERIES)
def test_what_an_address_asks_for(query, wanted):
    assert wanted_from(query, TODAY) == wanted


chosen = st.builds(
    Wanted,
    starts_on=st.sampled_from(
        [None, *(wanted_from({"tid": one}, TODAY).starts_on for one in filters.PERIODS)]
    ),
    unit_id=st.none() | st.uuids(),
    family=st.booleans(),
    lists=st.booleans(),
)


@given(chosen, st.integers(1, 999))
def test_an_address_and_what_it_asks_for_are_each_others(wanted, page):
    query = dict(pair.split("=") for pair in address_of(wanted, TODAY, sida=page)[1:].split("&"))
    assert wanted_from(query, TODAY) == wanted
    assert page_from(query) == page


def test_nothing_chosen_is_an_address_without_anything():
    assert address_of(Wanted(), TODAY) == "?"
    assert address_of(Wanted(lists=True), TODAY, listor="") == "?"


PAGES = [("", 1), ("1", 1), ("17", 17), ("0", 1), ("-3", 1), ("två", 1), ("9999999", 1), ("٣", 3)]


@pytest.mark.parametrize(("text", "page"), PAGES)
def test_a_page_in_an_address(text, page):
    assert page_from({"sida": text}) == page


def test_one_period_is_chosen():
    for query, label in (({}, "All tid"), ({"tid": "90"}, "Senaste 90 dagarna")):
        options = periods(wanted_from(query, TODAY), TODAY)
        assert [one.label for one in options if one.chosen] == [label]


# The words around the list.


def found(total: int = 0, page: int = 1, pages: int = 1, **wanted: object) -> Row:
    return Row(total=total, page=page, pages=pages, wanted=Wanted(**wanted))


SUMMARIES = [
    (found(), "0 läsningar"),
    (found(1), "1 läsning"),
    (found(28, 2, 2), "28 läsningar. Sida 2 av 2."),
]


@pytest.mark.parametrize(("of", "words"), SUMMARIES)
def test_how_many_and_which_page(of, words):
    assert summary(of) == words


EMPTY = [
    (found(), "Ingen har läst ännu. När någon öppnar något om barnet står det här."),
    (found(family=True), "Ingen i familjen har läst här ännu."),
    (found(unit_id=UUID(int=1)), "Ingen läsning passar det du har valt."),
    (found(starts_on=TODAY, family=True), "Ingen läsning passar det du har valt."),
]


@pytest.mark.parametrize(("of", "words"), EMPTY)
def test_an_empty_list_says_which_kind_of_empty_it_is(of, words):
    assert nothing(of) == words


COVERED = [
    ({}, "All tid"),
    ({"starts_on": TODAY}, "Från 16 november 2026"),
    ({"ends_on": TODAY}, "Till och med 16 november 2026"),
    ({"starts_on": date(2026, 10, 1), "ends_on": TODAY}, "1 oktober 2026 till 16 november 2026"),
]


@pytest.mark.parametrize(("wanted", "words"), COVERED)
def test_the_days_on_the_paper(wanted, words):
    assert period(found(**wanted)) == words


def test_everything_staff_do_with_a_child_has_a_word_of_its_own():
    """A new page whose rows would read «uppgifter om barnet» asks for a line in `PARTS`."""
    general = {"page", "session", "submission", "notices", "block", "maturity", "concern"}
    used: set[str] = set()
    for place in ("portal/staff", "care/plans", "care/contacts", "care/record"):
        for path in (Path(kring.__file__).parent / place).rglob("*.py"):
            used |= set(re.findall(r'what="([a-z_.]+)"', path.read_text(encoding="utf-8")))
    nameless = {what for what in used if part_of(what) == "uppgifter om barnet"}
    assert {what.partition(".")[0] for what in nameless} <= general, nameless
