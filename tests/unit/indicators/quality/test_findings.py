"""What is said of a finding: in Swedish, what to do, and of nobody."""

import csv
import json
import os
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.loading import written_on
from indicators.quality import __main__ as command
from indicators.quality import report
from indicators.quality.findings import LEAST, SEVERITIES, WORDS, Finding, counted

FORBIDDEN = re.compile(r"ogiltig|felaktig|vänligen|tyvärr|oops", re.IGNORECASE)


@given(st.integers(1, 10**7), st.integers(1, 10**6))
def test_a_count_is_few_or_rounded_to_five(rows: int, children: int) -> None:
    one = counted("contact", "day", "future", 2024, rows, min(rows, children))
    if min(rows, children) < LEAST:
        assert (one.count, one.few) == (None, True)
    else:
        assert not one.few
        assert one.count is not None and one.count % 5 == 0
        assert abs(one.count - rows) <= 2


@pytest.mark.parametrize("check", WORDS)
def test_every_check_says_what_it_is_and_what_to_do(check: str) -> None:
    words = WORDS[check]
    assert words.severity in SEVERITIES
    for text in (words.text, words.advice):
        assert text.endswith(".") and text[0].isupper()
        assert not FORBIDDEN.search(text)
    row = Finding("contact", "day", check, 2024, count=15).as_row()
    assert set(row) == set(report.COLUMNS)
    assert (row["severity"], row["advice"]) == (words.severity, words.advice)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Finding("contact", "form", "missing", 2024, count=15),
            "ALLVARLIGT contact.form (2024, cirka 15): Värdet",
        ),
        (Finding("contact", "form", "future", None, few=True), "VARNING contact.form (färre än 5): Dagen"),
        (Finding("step", "", "table_missing"), "UPPLYSNING step: Tabellen finns inte"),
        (
            Finding("step", "", "fewer_month", 2024, "2024-03", 40, percent=60),
            "VARNING step (2024-03, cirka 40, 60 procent färre): Mycket",
        ),
    ],
)  # fmt: skip
def test_a_finding_as_a_sentence(one: Finding, said: str) -> None:
    assert command.sentence(one).startswith(said)


def test_what_a_loader_could_not_take_in_is_told_too(tmp_path: Path) -> None:
    files = [
        {"file": "Encounter.ndjson", "resource": "Encounter", "unreadable": n, "lines": 90} for n in (0, 17)
    ]
    tables = {"contact": {"rows": 10, "left_out": {"day": 3, "status": 12}, "assumed": {"level": 8}}}
    (tmp_path / report.LOADING).write_text(json.dumps({"files": files, "tables": tables}))
    found = [
        one
        for one in report.report(tmp_path, date(2024, 1, 1))
        if one.check in ("left_out", "lines_unreadable")
    ]
    assert [(one.table, one.check, one.what, one.count, one.few) for one in found] == [
        ("contact", "left_out", "day", None, True),
        ("contact", "left_out", "status", 10, False),
        ("Encounter", "lines_unreadable", "Encounter.ndjson", 15, False),
    ]


class TestTheCommand:
    def test_it_writes_beside_the_tables_and_says_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture
    ) -> None:
        assert command.main([str(tmp_path)]) == 1  # no figures can be counted of nothing
        told = capsys.readouterr().out.splitlines()
        rows = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
        with (tmp_path / "quality.csv").open(encoding="utf-8", newline="") as lines:
            assert [one["check"] for one in csv.DictReader(lines)] == [one["check"] for one in rows]
        assert len(told) == len(rows) + 1
        assert told[-1].startswith(f"{len(rows)} saker att titta på")
        severities = [one["severity"] for one in rows]
        assert severities == sorted(severities, key=SEVERITIES.index)

    def test_what_had_not_been_when_it_was_delivered_lies_ahead(self, tmp_path: Path) -> None:
        """The report itself, written a day after, is no part of the delivery."""
        (tmp_path / "contact").mkdir()
        days = {"child.csv": 3, "contact/all.csv": 5, "quality.json": 8}
        for name, day in days.items():
            (tmp_path / name).write_text("")
            moment = datetime(2024, 5, day, 12).timestamp()
            os.utime(tmp_path / name, (moment, moment))
        for folder in (tmp_path / "contact", tmp_path):
            os.utime(folder, (0, 0))
        assert written_on(tmp_path, report.NAMES) == date(2024, 5, 5)

    def test_a_folder_that_is_not_there(self, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
        assert command.main([str(tmp_path / "borta")]) == 1
        assert capsys.readouterr().err == "mappen borta finns inte\n"
