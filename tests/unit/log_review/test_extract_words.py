"""«Vem har läst» in words, from plain rows; and over any log at all, that no name or reason gets through."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.access.roles import ROLES
from kring.audit.models import AccessLogRow
from kring.log_review import paper
from kring.log_review.models import ReadingQuestion
from kring.log_review.presenters.extract import by_day, extract_page, line, questions, reading_line, who
from kring.log_review.queries.extract import Extract, Reading, Wanted
from kring.log_review.rules.acts import EMERGENCY_RULES, FAMILY_ROLES
from kring.organisations.models import Unit

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
MARIA, JOHAN, NOA, SARA = (UUID(int=n) for n in range(1, 5))
BUP = Unit(name="BUP Borås")


def reader(role: str = "guardian", person_id: UUID = MARIA) -> Row:
    """Somebody who looks at the extract."""
    guardian = uuid4() if role == "guardian" else None
    return Row(person_id=person_id, role=role, guardian_id=guardian, today=NOW.date(), now=NOW)


def row(**more: Any) -> AccessLogRow:
    given = {
        "id": 1,
        "action": "read",
        "what": "plan",
        "rule": "8.2.1",
        "purpose": "care",
        "digest": uuid4().hex * 2,
    }
    return AccessLogRow(**given | more)


def reading(*rows: AccessLogRow, **more: Any) -> Reading:
    given = {"row_id": 1, "at": NOW, "person_id": SARA, "role": "psychologist", "unit": BUP, "masked": False}
    return Reading(**given | {"rows": rows or (row(),)} | more)


WHO = [
    ("staff by role", reader(), reading(), "Psykolog"),
    ("a system", reader(), reading(role="machine", unit=None), "Anslutet system"),
    ("a reviewer", reader(), reading(role="log_reviewer"), "Loggranskare"),
    ("oneself", reader(), reading(role="guardian", person_id=MARIA, unit=None), "Du själv"),
    ("the other guardian", reader(), reading(role="guardian", person_id=JOHAN), "En annan vårdnadshavare"),
    ("a guardian, to the young", reader("child", NOA), reading(role="guardian"), "En vårdnadshavare"),
    ("the young themselves", reader("child", NOA), reading(role="child", person_id=NOA), "Du själv"),
    ("the child, to somebody else", reader("child", JOHAN), reading(role="child"), "Barnet själv"),
]


@pytest.mark.parametrize(("says", "actor", "one", "said"), WHO, ids=[case[0] for case in WHO])
def test_who_read(says, actor, one, said):
    assert who(actor, one) == said


def test_at_work_a_guardian_is_staff_like_others():
    """Maria, who also works there, opened it at work: that is her unit's reading and not «Du själv»."""
    one = line(reader(), reading(person_id=MARIA))
    assert (one.who, one.mine) == ("Psykolog", False)
    assert line(reader(), reading(person_id=MARIA, role="guardian")).mine


def test_why_is_not_told_of_the_family():
    assert line(reader(), reading(role="guardian")).why == ""


MASKED = ("who", "did", "emergency", "question")


def test_a_masked_reading_tells_unit_and_time_and_that_no_more_is_told():
    one = line(reader("child", NOA), reading(row(rule="8.2.5.open", reason="Oro"), masked=True))
    assert (one.unit, one.at) == ("BUP Borås", "10.00")
    assert [getattr(one, name) for name in MASKED] == ["", "", False, ""]


def extract(*readings: Reading, asked: dict[int, ReadingQuestion] | None = None, **wanted: Any) -> Extract:
    child = Row(name="Alva Berg")
    return Extract(child, Wanted(**wanted), readings, 1, len(readings), 0, [BUP], asked or {})


def test_days_are_swedish_and_newest_first():
    late = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    days = by_day(reader(), extract(reading(), reading(at=late), reading(at=late - timedelta(hours=1))), str)
    assert [(day.name, [one.at for one in day.lines]) for day in days] == [
        ("mån 16 nov 2026", ["10.00", "00.30"]),
        ("sön 15 nov 2026", ["23.30"]),
    ]


def test_the_hour_that_comes_twice_is_in_one_day():
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    (day,) = by_day(reader(), extract(reading(at=second), reading(at=first)), str)
    assert [one.at for one in day.lines] == ["02.30", "02.30"]


def asks(one: Reading, asked: dict[int, ReadingQuestion] | None = None) -> str:
    (day,) = by_day(reader(), extract(one, asked=asked), lambda key: f"/fraga/{key}/")
    return day.lines[0].ask


def question(**more: Any) -> ReadingQuestion:
    return ReadingQuestion(**{"words": "Varför?", "unit": BUP, "read_at": NOW, "row_id": 1} | more)


def test_where_one_can_ask():
    one = reading()
    assert asks(one) == f"/fraga/{one.key}/"
    assert asks(reading(masked=True)), "also about what is only unit and time"
    assert asks(reading(unit=None)) == "", "nobody would get the question"
    assert asks(reading(role="guardian")) == ""
    assert asks(one, {1: question()}) == "", "asked already"


def test_ones_own_questions_with_their_answers():
    told = questions(
        extract(asked={1: question(), 2: question(status="answered", answer="Så här", answered_at=NOW)})
    )
    assert [(one.status, one.tone, one.answer, one.answered) for one in told] == [
        ("Skickad", "wait", "", ""),
        ("Besvarad", "good", "Så här", "Svar mån 16 nov 2026"),
    ]
    assert told[0].about == "BUP Borås, mån 16 nov 2026 kl. 10.00"


def test_the_page_where_one_asks_has_the_day_too():
    assert reading_line(reader(), reading()).at == "mån 16 nov 2026 kl. 10.00"


def test_a_file_is_offered_with_what_was_chosen_and_not_when_it_is_stopped():
    chosen = extract(reading(), lists=True)
    assert extract_page(reader(), chosen, ask=str, pdf="/pdf/").pdf == "/pdf/?listor=ja"
    assert extract_page(reader(), chosen, ask=str).pdf == ""


def test_the_tabs_say_which_is_shown():
    for family in (False, True):
        tabs = extract_page(reader(), extract(family=family), ask=str).tabs
        assert [tab.current for tab in tabs] == [not family, family]


def test_a_file_has_no_name_in_its_name():
    assert paper.file_name(reader()) == "vem-har-last-2026-11-16.pdf"


def test_the_paper_says_what_is_not_on_it():
    sheet = paper._sheet(reader(), extract(reading(row(rule="8.2.5.open"))))
    assert sheet["rows"] == [
        [
            "mån 16 nov 2026\n10.00",
            "BUP Borås\nPsykolog",
            "Läste: planen.",
            "Nödöppning. Öppnades i nöd, för barnets liv eller hälsa.",
        ]
    ]
    assert "Listor där barnet har stått med är inte med på papperet." in sheet["notes"]
    assert len(paper._sheet(reader(), extract(lists=True))["notes"]) == 1


# Whatever stands in the log.

SECRET = "Sekretessord"
texts = st.sampled_from([SECRET, f"{SECRET} och mer", ""])
logged = st.builds(
    row,
    action=st.sampled_from(["read", "list", "search", "write", "print", "export", "import"]),
    what=st.sampled_from(["plan", "record.text", "child", "unknown.word", SECRET.lower()]),
    rule=st.sampled_from([*sorted(EMERGENCY_RULES), "8.2.1", "plan.disclosed", "8.1.own_unit"]),
    reason=texts,
    object_id=texts,
)
anything = st.builds(
    reading,
    logged,
    logged,
    role=st.sampled_from([*sorted(ROLES), "unknown"]),
    person_id=st.sampled_from([MARIA, JOHAN, NOA, SARA, None]),
    unit=st.sampled_from([BUP, None]),
    masked=st.booleans(),
)


@given(anything, st.sampled_from(["guardian", "child"]))
@settings(max_examples=300)
def test_no_reason_key_or_unknown_word_gets_through(one, role):
    told = repr(line(reader(role), one, ask="", question=None))
    assert SECRET not in told and SECRET.lower() not in told
    assert not re.search(r"UUID|8\.2\.|8\.3\.", told)
    if one.masked:
        assert ROLES.get(one.role) is None or ROLES[one.role].title not in told


@given(anything)
def test_the_family_is_never_asked_about_and_staff_always_by_role(one):
    actor = reader()
    said = who(actor, one)
    if one.role in FAMILY_ROLES:
        assert said in {"Du själv", "Barnet själv", "En annan vårdnadshavare"}
    else:
        assert said in {role.title for role in ROLES.values()} | {"Personal"}
