"""«Vem har läst», row by row: who has it at which age, what is in it, and what nobody learns from it."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import AccessLogRow, Action
from kring.children.models import Child, MaturityAssessment
from kring.log_review.models import ReadingQuestion
from kring.log_review.presenters.extract import by_day, extract_page, line
from kring.log_review.queries.extract import (
    PER_PAGE,
    Extract,
    Reading,
    Wanted,
    extract_for,
    extract_to_take_out,
    may_have_extract,
    reading_or_404,
)
from kring.log_review.queries.hidden import SOURCES, tells_hidden_items
from tests.cast import NOW, Cast

from .logged import key_of, opened

LOCAL_MIDNIGHT = time(0, 0)


def at_midnight(day: date) -> datetime:
    """The first moment of a Swedish day."""
    return datetime.combine(day, LOCAL_MIDNIGHT, clock.STOCKHOLM).astimezone(UTC)


def as_person(cast: Cast, subject: str, role: str, now: datetime = NOW) -> Actor:
    return cast.actor(subject, role, now=now)


def mature(cast: Cast, child: Child, since: date) -> None:
    MaturityAssessment.objects.create(
        child=child,
        question="record",
        mature_from=since,
        grounds="Samtal",
        unit=cast.unit("sas-bup-boras"),
        assessed_by=cast.david,
        assessed_at=at_midnight(since),
    )


# Who has it. Alva is born 2016-03-12, Noa 2011-06-02.

AGES = [
    ("maria", "alva", "guardian", date(2026, 11, 16), "yes"),
    ("maria", "alva", "guardian", date(2029, 3, 11), "yes"),
    ("maria", "alva", "guardian", date(2029, 3, 12), "missing"),
    ("anders", "noa", "guardian", date(2026, 11, 16), "missing"),
    ("leila", "alva", "guardian", date(2026, 11, 16), "missing"),
    ("alva", "alva", "child", date(2026, 11, 16), "8.7.extract.young"),
    ("alva", "alva", "child", date(2029, 3, 12), "8.7.extract.young"),
    ("noa", "noa", "child", date(2026, 11, 16), "8.7.extract.young"),
    ("noa", "noa", "child", date(2027, 6, 1), "8.7.extract.young"),
    ("noa", "noa", "child", date(2027, 6, 2), "yes"),
    ("noa", "noa", "child", date(2029, 6, 2), "yes"),
    ("noa", "alva", "child", date(2027, 6, 2), "missing"),
]


def answer(actor: Actor, child: Child) -> str:
    """How it ends: yes, missing, or the rule of the refusal."""
    try:
        extract_for(actor, child.pk)
    except gate.NotAllowed as refused:
        return refused.act.rule
    except Http404:
        return "missing"
    return "yes"


@pytest.mark.parametrize(("subject", "about", "role", "day", "wanted"), AGES)
def test_who_has_it_at_which_age_from_the_first_moment_of_the_day(cast, subject, about, role, day, wanted):
    actor = as_person(cast, subject, role, at_midnight(day))
    assert answer(actor, cast.child(about)) == wanted


MATURITY = [
    ("from 13 when judged mature", date(2026, 11, 1), date(2026, 11, 16), "yes"),
    ("not before the day it holds from", date(2026, 11, 17), date(2026, 11, 16), "8.7.extract.young"),
]


@pytest.mark.parametrize(("says", "since", "day", "wanted"), MATURITY, ids=[one[0] for one in MATURITY])
def test_a_child_judged_mature_for_its_record_has_it(cast, says, since, day, wanted):
    noa = cast.child("noa")
    mature(cast, noa, since)
    assert answer(as_person(cast, "noa", "child", at_midnight(day)), noa) == wanted


def test_under_13_maturity_opens_nothing(cast):
    alva = cast.child("alva")
    mature(cast, alva, date(2026, 1, 1))
    assert answer(as_person(cast, "alva", "child"), alva) == "8.7.extract.under_13"


@pytest.mark.parametrize(("seconds", "wanted"), [(-1, "yes"), (0, "missing")])
def test_born_on_the_leap_day_the_13th_birthday_is_28_february(cast, seconds, wanted):
    child = cast.child("alva")
    Child.objects.filter(pk=child.pk).update(birth_date=date(2016, 2, 29))
    moment = at_midnight(date(2029, 2, 28)) + timedelta(seconds=seconds)
    assert answer(as_person(cast, "maria", "guardian", moment), child) == wanted


def test_a_protected_child_s_guardian_finds_nothing_and_the_child_itself_sees_the_units(cast):
    noa = cast.child("noa")
    opened("david", noa.pk)
    Child.objects.filter(pk=noa.pk).update(protection="flag")
    now = at_midnight(date(2027, 6, 2))
    assert answer(as_person(cast, "anders", "guardian", now), noa) == "missing"
    found = extract_for(as_person(cast, "noa", "child", now), noa.pk)
    assert [one.unit.name for one in found.readings] == ["BUP Borås"]
    with pytest.raises(gate.NotAllowed) as refused:
        extract_to_take_out(as_person(cast, "noa", "child", now), noa.pk, Wanted(), most=9, what="x")
    assert refused.value.act.rule == "8.8.carried_out"


def test_the_menu_says_what_the_page_does(cast):
    for subject, about, role, day, wanted in AGES:
        if wanted != "missing":
            actor = as_person(cast, subject, role, at_midnight(day))
            assert may_have_extract(actor, cast.child(about)).opens is (wanted == "yes"), (subject, day)


# What is in it.


@pytest.fixture
def maria(cast: Cast) -> Actor:
    return as_person(cast, "maria", "guardian")


@pytest.fixture
def alva(cast: Cast) -> Child:
    AccessLogRow.objects.all()._raw_delete("default")
    return cast.child("alva")


def whos(actor: Actor, found: Extract) -> list[str]:
    return [line(actor, one).who for one in found.readings]


def test_a_reading_has_day_time_unit_role_and_why(cast, maria, alva):
    opened("sara", alva.pk, datetime(2026, 11, 14, 22, 40, tzinfo=UTC))
    (day,) = by_day(maria, extract_for(maria, alva.pk), str)
    (one,) = day.lines
    assert (day.name, day.iso, one.at) == ("lör 14 nov 2026", "2026-11-14", "23.40")
    assert (one.who, one.unit) == ("Logoped", "Logopedmottagningen för barn, Borås")
    assert (one.did, one.why) == ("Läste: planen.", "Enheten är med i barnets vård.")
    assert not one.emergency and one.ask


def test_an_emergency_is_marked_and_its_written_reason_is_not_told(cast, maria, alva):
    opened("peter", alva.pk, rule="8.2.5.open", what="record.text", reason="Misstänkt misshandel")
    (day,) = by_day(maria, extract_for(maria, alva.pk), str)
    (one,) = day.lines
    assert (one.emergency, one.why) == (True, "Öppnades i nöd, för barnets liv eller hälsa.")
    assert "misshandel" not in repr(day)


NEVER = [
    ("refused", {"outcome": "refused"}),
    ("a concern", {"what": "concern.report"}),
    ("an internal note", {"what": "internal_note.read"}),
    ("a decision about a guardian", {"what": "guardian.decision"}),
    ("a block the child has set", {"what": "block.set"}),
    ("log in", {"action": "log_in"}),
]


@pytest.mark.parametrize(("says", "row"), NEVER, ids=[one[0] for one in NEVER])
def test_what_a_guardian_never_learns_was_read(cast, maria, alva, says, row):
    opened("karin", alva.pk, **row)
    found = extract_for(maria, alva.pk)
    assert (found.total, found.readings, found.units, found.lists) == (0, [], [], 0)


def test_a_hidden_item_is_hidden_by_its_key_and_the_rest_of_the_reading_stays(cast, maria, alva):
    opened("karin", alva.pk, object_id="seen")
    opened("karin", alva.pk, object_id="withheld")
    tells_hidden_items(lambda actor, child_id: ["withheld"])
    try:
        found = extract_for(maria, alva.pk)
    finally:
        SOURCES.pop()
    assert [[row.object_id for row in one.rows] for one in found.readings] == [["seen"]]


def test_the_young_see_unit_and_time_of_what_is_hidden(cast):
    AccessLogRow.objects.all()._raw_delete("default")
    noa = cast.child("noa")
    actor = as_person(cast, "noa", "child", at_midnight(date(2027, 6, 2)))
    opened("david", noa.pk, what="concern.report", rule="8.2.5.open", reason="Oro")
    opened("david", noa.pk, NOW - timedelta(hours=5))
    lines = [line(actor, one) for one in extract_for(actor, noa.pk).readings]
    masked = next(one for one in lines if not one.who)
    assert (masked.unit, masked.at, masked.did, masked.emergency) == ("BUP Borås", "09.00", "", False)
    assert masked.why == "Mer än så visas inte om den här läsningen."
    assert [one.who for one in lines if one.who] == ["Psykolog"]


def test_what_was_done_in_the_same_request_does_not_say_whose_the_hidden_reading_was(cast):
    AccessLogRow.objects.all()._raw_delete("default")
    noa = cast.child("noa")
    actor = as_person(cast, "noa", "child", at_midnight(date(2027, 6, 2)))
    opened("david", noa.pk)
    opened("david", noa.pk, what="concern.report")
    opened("eva", noa.pk, what="record.entries")
    lines = [line(actor, one) for one in extract_for(actor, noa.pk).readings]
    assert sorted((one.who, one.unit, one.did) for one in lines) == [
        ("", "BUP Borås", ""),
        ("Verksamhetschef", "Barn- och ungdomshabiliteringen Borås", "Läste: journalen."),
    ]


def test_the_family_s_own_readings_are_told_apart(cast, maria, alva):
    opened("maria", alva.pk, role="guardian", what="family.home", rule="8.5.guardian.pages")
    opened("johan", alva.pk, NOW - timedelta(hours=2), role="guardian", what="family.home")
    opened("alva", alva.pk, NOW - timedelta(hours=3), role="child", what="own.home")
    opened("karin", alva.pk)
    assert whos(maria, extract_for(maria, alva.pk)) == ["Samordnare"]
    own = extract_for(maria, alva.pk, Wanted(family=True))
    # The page that is being shown is the first of them.
    assert whos(maria, own) == ["Du själv", "Du själv", "En annan vårdnadshavare"]
    assert [one.ask for day in by_day(maria, own, str) for one in day.lines] == ["", "", ""]


def test_the_young_see_that_a_guardian_has_read_and_themselves(cast):
    AccessLogRow.objects.all()._raw_delete("default")
    noa = cast.child("noa")
    actor = as_person(cast, "noa", "child", at_midnight(date(2027, 6, 2)))
    opened("anders", noa.pk, role="guardian", what="family.home")
    opened("noa", noa.pk, NOW - timedelta(hours=2), role="child", what="own.home")
    found = extract_for(actor, noa.pk, Wanted(family=True))
    assert whos(actor, found) == ["Du själv", "En vårdnadshavare", "Du själv"]


def test_one_request_is_one_reading(cast, maria, alva):
    for what, action in (
        ("child", "read"),
        ("plan", "read"),
        ("plan.party", "write"),
        ("visit.book", "write"),
    ):
        opened("karin", alva.pk, what=what, action=action)
    opened("eva", alva.pk)
    found = extract_for(maria, alva.pk)
    told = [(one.who, one.did) for day in by_day(maria, found, str) for one in day.lines]
    assert told == [
        ("Samordnare", "Läste: barnets sida, planen. Skrev i: planen, tider."),
        ("Verksamhetschef", "Läste: planen."),
    ]


def test_lists_are_counted_and_shown_when_asked_for(cast, maria, alva):
    opened("karin", alva.pk, action="list", what="worklist")
    opened("karin", alva.pk, NOW - timedelta(hours=2), action="list", what="worklist")
    found = extract_for(maria, alva.pk)
    assert (found.total, found.lists) == (0, 2)
    assert extract_page(maria, found, ask=str).lists_words == "Barnet har stått med i listor 2 gånger."
    assert extract_for(maria, alva.pk, Wanted(lists=True)).total == 2


def test_days_and_units_narrow_it(cast, maria, alva):
    opened("karin", alva.pk, datetime(2026, 11, 10, 22, 59, tzinfo=UTC))
    opened("sara", alva.pk, datetime(2026, 11, 10, 23, 0, tzinfo=UTC))
    opened("sara", alva.pk, datetime(2026, 11, 11, 23, 0, tzinfo=UTC))
    day = date(2026, 11, 11)
    assert whos(maria, extract_for(maria, alva.pk, Wanted(starts_on=day, ends_on=day))) == ["Logoped"]
    unit = cast.unit("hh-habilitering-boras").pk
    assert whos(maria, extract_for(maria, alva.pk, Wanted(unit_id=unit))) == ["Samordnare"]
    both = Wanted(starts_on=day, ends_on=day, unit_id=unit)
    found = extract_for(maria, alva.pk, both)
    assert (found.total, len(found.units)) == (0, 2)
    assert extract_page(maria, found, ask=str).nothing == "Ingen läsning passar det du har valt."


def test_pages_hold_everything_once(cast, maria, alva):
    for n in range(PER_PAGE + 3):
        opened("karin", alva.pk, NOW - timedelta(minutes=n + 1))
    first, second = (extract_for(maria, alva.pk, page=n) for n in (1, 2))
    assert (first.total, first.pages, len(first.readings), len(second.readings)) == (28, 2, 25, 3)
    moments = [one.at for one in (*first.readings, *second.readings)]
    assert moments == sorted(set(moments), reverse=True)
    assert extract_for(maria, alva.pk, page=99).page == 2
    page = extract_page(maria, second, ask=str)
    assert (page.summary, page.previous, page.next) == ("28 läsningar. Sida 2 av 2.", "?sida=1", "")


def test_having_it_is_logged_as_reading_and_taking_it_out_as_that_too(cast, maria, alva):
    extract_for(maria, alva.pk, what="family.readings")
    extract_to_take_out(maria, alva.pk, Wanted(), most=9, what="family.readings.pdf")
    rows = AccessLogRow.objects.filter(person_id=maria.person_id).order_by("id")
    assert list(rows.values_list("action", "what")) == [
        (Action.READ, "family.readings"),
        (Action.READ, "family.readings.pdf"),
        (Action.EXPORT, "family.readings.pdf"),
    ]


def test_the_number_of_questions_does_not_grow(cast, maria, alva, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    opened("karin", alva.pk)
    with CaptureQueriesContext(connection) as few:
        extract_for(maria, alva.pk)
    for n in range(40):
        opened(("karin", "sara", "peter", "lena", "jonas")[n % 5], alva.pk, NOW - timedelta(minutes=n))
    with django_assert_num_queries(len(few)):
        extract_for(maria, alva.pk)
    assert len(few) <= 18


# One reading to ask about.


def reading(actor: Actor, child: Child, key: UUID) -> Reading | None:
    try:
        return reading_or_404(actor, child.pk, key, what="log.question")[1]
    except Http404:
        return None


def test_a_reading_is_named_by_its_first_row(cast, maria, alva):
    first = opened("karin", alva.pk, what="child")
    second = opened("karin", alva.pk)
    found = reading(maria, alva, key_of(first))
    assert [row.pk for row in found.rows] == [first.pk, second.pk]
    assert reading(maria, alva, key_of(second)) is None


NOT_TO_ASK = [
    ("of another child", "karin", "omar", {}),
    ("a hidden one", "karin", "alva", {"what": "concern.report"}),
    ("a refused one", "karin", "alva", {"outcome": "refused"}),
    ("one's own", "maria", "alva", {"role": "guardian"}),
    ("of a system without a unit", "karin", "alva", {"unit_id": None}),
]


@pytest.mark.parametrize(("says", "who", "about", "row"), NOT_TO_ASK, ids=[one[0] for one in NOT_TO_ASK])
def test_what_cannot_be_asked_about_is_not_there(cast, maria, alva, says, who, about, row):
    role = row.pop("role", None)
    key = opened(who, cast.child(about).pk, role=role, **row)
    assert reading(maria, alva, key_of(key)) is None
    assert reading(maria, alva, uuid4()) is None


def test_another_guardian_s_question_is_not_seen(cast, maria, alva):
    row = opened("karin", alva.pk)
    ReadingQuestion.objects.create(
        child=alva, row_id=row.pk, read_at=row.at, unit_id=row.unit_id,
        asked_by=cast.johan, asked_at=NOW, words="Varför?",
    )  # fmt: skip
    assert extract_for(maria, alva.pk).questions == {}
    johan = as_person(cast, "johan", "guardian")
    assert list(extract_for(johan, alva.pk).questions) == [row.pk]
