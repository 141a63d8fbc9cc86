"""A file that has not been guarded is refused, never trusted."""

import csv

import pytest

from indicators import disclosure, runs
from kring.followup import models, reading
from kring.followup.reading import NotGuardedError, Told
from kring.followup.rules import statuses

SHOWN = {"indicator": "a", "version": 1, "year": 2024, "municipality": "1490", "sex": "", "age_band": "",
         "n": 120, "x": 15, "value": 12.5, "lower": 7.7, "upper": 19.6, "status": "shown"}  # fmt: skip
HIDDEN = SHOWN | dict.fromkeys(("n", "x", "value", "lower", "upper"), "") | {"status": "few"}


def read(tmp_path, *rows):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return list(reading.cells(path))


def test_a_shown_cell_is_read_with_its_kinds(tmp_path):
    assert read(tmp_path, SHOWN | {"p90": 41.5, "did_not_come": ""}) == [
        Told(2024, "1490", "", "", "shown", 120, 15, 12.5, 7.7, 19.6, {"p90": 41.5})
    ]


def test_a_noll_is_a_figure_and_an_empty_field_is_none(tmp_path):
    (cell,) = read(tmp_path, SHOWN | {"x": 0, "value": 0.0, "lower": ""})
    assert (cell.x, cell.value, cell.lower) == (0, 0.0, None)


@pytest.mark.parametrize("status", statuses.HIDDEN)
def test_each_kind_of_absence_is_read_with_nothing_in_it(tmp_path, status):
    (cell,) = read(tmp_path, HIDDEN | {"status": status})
    assert (cell.status, cell.n, cell.x, cell.value, cell.more) == (status, None, None, None, {})


class TestSensitivity:
    def read(self, tmp_path, *rows):
        path = tmp_path / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, ["variant", *SHOWN])
            writer.writeheader()
            writer.writerows(rows)
        return reading.sensitivity(path, 2024)

    def test_the_lines_of_the_year_that_is_asked_for(self, tmp_path):
        region = SHOWN | {"municipality": ""}
        found = self.read(
            tmp_path,
            region | {"variant": ""},
            region | {"variant": "", "year": 2023},
            HIDDEN | {"variant": "Minst 8 kontakter", "municipality": ""},
        )
        assert found == [
            {"variant": "", "status": "shown", "n": 120, "x": 15, "value": 12.5, "lower": 7.7, "upper": 19.6},
            {"variant": "Minst 8 kontakter", "status": "few"}
            | dict.fromkeys(("n", "x", "value", "lower", "upper")),
        ]

    def test_one_that_has_not_been_guarded_is_refused(self, tmp_path):
        with pytest.raises(NotGuardedError, match="a.csv, rad 2: ett antal är inte avrundat"):
            self.read(tmp_path, SHOWN | {"variant": "x", "x": 3})

    def test_most_have_none(self, tmp_path):
        assert reading.sensitivity(tmp_path / "a.csv", 2024) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        *((HIDDEN | {name: 15}, "en dold cell bär på en siffra") for name in ("n", "x", "value", "lower")),
        (HIDDEN | {"p90": 3}, "en dold cell bär på en siffra"),
        (HIDDEN | {"status": "protected", "x": 5}, "en dold cell bär på en siffra"),
        (SHOWN | {"x": 3}, "ett antal är inte avrundat"),
        (SHOWN | {"n": 121}, "ett antal är inte avrundat"),
        (SHOWN | {"status": "raw"}, "okänd status raw"),
        (SHOWN | {"status": ""}, "okänd status"),
        ({name: value for name, value in SHOWN.items() if name != "status"}, "kolumner saknas"),
    ],
)
def test_what_has_not_been_guarded_is_refused_with_its_row(tmp_path, row, why):
    filled = dict.fromkeys(row, "") | {name: value for name, value in SHOWN.items() if name in row}
    with pytest.raises(NotGuardedError, match=f"a.csv, rad [23]: {why}"):
        read(tmp_path, filled, row)


def test_the_words_of_a_status_are_those_of_disclosure_control():
    assert (statuses.SHOWN, *statuses.HIDDEN) == disclosure.STATUSES
    assert statuses.ROUNDING == disclosure.ROUNDING
    assert (statuses.EVERYWHERE, statuses.NOWHERE) == (runs.EVERYWHERE, runs.NOWHERE)
    assert set(reading.KNOWN) == set(runs.COLUMNS)
    longest = {field.name: field.max_length for field in models.Cell._meta.fields if field.max_length}
    assert longest["status"] >= max(map(len, disclosure.STATUSES))
    assert longest["municipality"] >= len(runs.NOWHERE)
