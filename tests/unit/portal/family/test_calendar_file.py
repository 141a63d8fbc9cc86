"""The calendar file tells when, and nothing else."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from kring.portal.family.calendar_file import calendar_file

TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ELEVEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def file(**more):
    with translation.override("sv"):
        return calendar_file(**{"key": "abc", "starts_at": TEN, "ends_at": ELEVEN, "now": NOW} | more)


def fields(text: str) -> dict[str, str]:
    unfolded = text.replace("\r\n ", "")
    return dict(line.partition(":")[::2] for line in unfolded.split("\r\n") if line)


def test_it_says_when():
    assert fields(file())["DTSTART"] == "20261124T090000Z"
    assert fields(file())["DTEND"] == "20261124T100000Z"


def test_without_an_end_a_usual_visit_is_blocked():
    assert fields(file(ends_at=None))["DTEND"] == "20261124T094500Z"


def test_it_says_where_to_read_more_and_nothing_else():
    read = fields(file())
    assert read["SUMMARY"] == "Bokad tid"
    assert read["DESCRIPTION"] == "Logga in på Mina sidor för att läsa mer."
    assert not {"LOCATION", "ORGANIZER", "ATTENDEE", "URL", "CATEGORIES"} & set(read)


def test_it_is_private():
    assert fields(file())["CLASS"] == "PRIVATE"


@pytest.mark.parametrize("word", ["Alva", "Karin", "logoped", "BUM", "habilitering", "SIP", "barn"])
def test_no_word_of_care(word):
    assert word.lower() not in file().lower()


def test_lines_end_as_calendars_want_and_are_short():
    text = file(key="x" * 200)
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_long_line_is_put_together_again():
    assert fields(file(key="ö" * 90))["UID"] == "ö" * 90 + "@kring"


def test_the_same_time_keeps_its_key_so_that_calendars_replace_it():
    assert fields(file())["UID"] == fields(file(starts_at=ELEVEN))["UID"]
