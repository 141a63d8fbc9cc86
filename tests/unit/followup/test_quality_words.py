"""What looked odd in a delivery, in words, beside the delivery before; on findings written by hand."""

from datetime import timedelta

import pytest

from indicators.quality.findings import SEVERITIES, Finding
from kring.followup.presenters import quality, status
from kring.followup.queries import DataStatus
from tests.unit.followup.by_hand import COUNTED, calculation

FUTURE = Finding("contact", "day", "future", 2023, count=15)
MISSING = Finding("contact", "form", "missing", 2024, count=20)
FALL = Finding("contact", "", "fewer_year", 2020, count=9245, percent=28)
NO_TABLE = Finding("death", "", "table_missing")


def made(*findings: Finding, days: int = 0, source: str = "Regionens lager"):
    rows = [one.as_row() for one in findings]
    return calculation(quality=rows, made_at=COUNTED - timedelta(days), source=source)


def told(*calculations) -> quality.Quality:
    found = quality.quality(list(calculations), status.TABLES)
    assert found is not None
    return found


def test_the_severities_are_those_of_the_report():
    assert tuple(quality.SEVERITIES) == SEVERITIES


def test_before_anything_is_counted_nothing_is_said():
    assert status.odd(DataStatus([], None, has_delivery=True)) is None


@pytest.mark.parametrize(
    ("findings", "summary", "kind"),
    [
        ([], "Inget ser konstigt ut i leveransen.", "success"),
        ([NO_TABLE], "Inget ser konstigt ut i leveransen.", "success"),
        ([FUTURE], "1 sak ser konstig ut. Läs siffrorna med det i minnet.", "warning"),
        ([FUTURE, FALL, NO_TABLE], "2 saker ser konstiga ut. Läs siffrorna med det i minnet.", "warning"),
        ([MISSING, FUTURE], "1 sak gör att måtten inte kan räknas eller blir fel. Rätta den först.", "error"),
        (
            [MISSING, Finding("child", "", "child_twice", few=True)],
            "2 saker gör att måtten inte kan räknas eller blir fel. Rätta dem först.",
            "error",
        ),
    ],
)
def test_the_whole_in_a_sentence(findings, summary, kind):
    found = told(made(*findings))
    assert (found.summary, found.kind) == (summary, kind)


def test_a_line_says_where_what_how_much_and_what_to_do():
    found = told(made(FUTURE, NO_TABLE))
    (line,), (note,) = found.lines, found.notes
    assert (line.where, line.column, line.severity, line.tone) == ("Kontakter", "day", "Varning", "warn")
    assert line.text == "Dagen har inte varit än."
    assert line.advice == "Kontrollera datumen hos den som levererar."
    assert (line.of, line.more, line.since) == (("2023: cirka 15",), (), "")
    assert (note.where, note.of, note.severity) == ("Dödsfall", (), "Upplysning")
    assert found.notes_title == "1 upplysning"


@pytest.mark.parametrize(
    ("one", "of"),
    [
        (FALL, "2020: 28 procent färre"),
        (Finding("contact", "day", "future", 2023, few=True), "2023: färre än 5"),
        (Finding("contact", "day", "missing", None, count=5), "cirka 5"),
        (Finding("contact", "", "fewer_month", 2023, "2023-05", 5, percent=60), "2023-05: 60 procent färre"),
        (Finding("contact", "unit", "silent_unit", 2023, "bup", 1450), "bup: cirka 1 450"),
    ],
)
def test_how_much_it_is(one, of):
    (line,) = told(made(one)).lines
    assert [text.replace("\N{NARROW NO-BREAK SPACE}", " ") for text in line.of] == [of]


def test_the_same_thing_of_many_years_is_one_line_with_the_last_years_first_at_hand():
    (line,) = told(
        made(*(Finding("contact", "day", "future", year, count=5) for year in range(2012, 2025)))
    ).lines
    assert [text[:4] for text in line.of] == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert [text[:4] for text in line.more] == [str(year) for year in range(2012, 2019)]


def future(**years: int | None) -> list[Finding]:
    return [
        Finding("contact", "day", "future", int(year[1:]), count=count, few=count is None)
        for year, count in years.items()
    ]


@pytest.mark.parametrize(
    ("now", "before", "since"),
    [
        (future(y2023=15), future(y2023=15), "Som förra gången"),
        (future(y2023=20), future(y2023=15), "Fler än förra gången"),
        (future(y2023=10), future(y2023=15), "Färre än förra gången"),
        (future(y2023=None), future(y2023=5), "Färre än förra gången"),
        (future(y2023=5), future(y2023=None), "Fler än förra gången"),
        (future(y2023=None), future(y2023=None), "Som förra gången"),
        (future(y2023=15, y2024=5), future(y2023=15), "Fler än förra gången"),
        (future(y2023=15), future(y2023=15, y2024=5), "Färre än förra gången"),
        (future(y2024=15), future(y2023=15), "Både fler och färre än förra gången"),
        (future(y2023=15), [], "Nytt sedan förra gången"),
    ],
)
def test_what_has_become_of_it(now, before, since):
    (line,) = told(made(*now), made(*before, days=7)).lines
    assert line.since == since


def test_it_is_held_against_the_same_source_only():
    other, same = made(FUTURE, days=1, source="En annan källa"), made(FALL, days=2)
    assert [line.since for line in told(made(FUTURE), other).lines] == [""]
    assert [line.since for line in told(made(FUTURE), other, same).lines] == ["Nytt sedan förra gången"]


def test_what_is_gone_is_told_and_how_it_was_each_time():
    calculations = [made(FUTURE), made(FUTURE, MISSING, NO_TABLE, days=7)]
    assert told(*calculations).gone == (
        "Kontakter: Värdet saknas.",
        "Dödsfall: Tabellen finns inte i leveransen.",
    )
    rows = status.earlier(DataStatus(calculations, None, has_delivery=True))
    assert [row["odd"] for row in rows] == [
        {"stop": 0, "warn": 1, "note": 0},
        {"stop": 1, "warn": 1, "note": 1},
    ]
