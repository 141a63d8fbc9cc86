"""A delivery in numbers: what it holds, whether it is made up, what looks odd."""

from datetime import date

import pytest

from kring.followup import delivery
from kring.followup.delivery import described, fingerprint

TODAY = date(2026, 11, 16)


def csv_table(folder, name, day, days):
    (folder / f"{name}.csv").write_text("\n".join([f"child,{day}", *(f"1,{one}" for one in days)]))


def test_what_the_files_hold(tmp_path):
    csv_table(tmp_path, "contact", "day", ["2023-01-01", "2023-05-01", "2024-12-31"])
    csv_table(tmp_path, "child", "born", ["2010-02-03"])
    contact, child = described(tmp_path, TODAY).tables
    assert (contact.name, contact.rows, contact.first_year, contact.last_year) == ("contact", 3, 2023, 2024)
    assert (child.rows, child.first_year) == (1, 2010)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="borta"):
        described(tmp_path / "borta", TODAY)


def test_parquet_in_parts_is_read(made):
    told = described(made.data, TODAY)
    tables = {one.name: one for one in told.tables}
    assert set(tables) == set(delivery.DAYS)
    assert (tables["contact"].first_year, tables["contact"].last_year) == (2012, 2024)
    # The made-up pandemic is seen, as a fall is there to be seen; nothing makes the delivery unfit.
    falls = [(one["table"], one["year"]) for one in told.quality if one["check"] == "fewer_year"]
    assert ("contact", 2020) in falls
    assert not [one for one in told.quality if one["severity"] == "stop"]
    assert told.synthetic
    assert told.as_rows()[0]["name"] == "contact"


def test_only_a_made_up_region_has_a_truth(tmp_path):
    assert not described(tmp_path, TODAY).synthetic
    (tmp_path / "truth.json").write_text("{}")
    assert described(tmp_path, TODAY).synthetic


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda folder: None, True),
        (lambda folder: (folder / "contact.csv").write_text("other"), False),
        (lambda folder: (folder / "contact.csv").rename(folder / "step.csv"), False),
        (lambda folder: (folder / "more.csv").write_text(""), False),
        (lambda folder: (folder / "quality.csv").write_text("what was said of it"), True),
    ],
)
def test_the_version_is_the_content(tmp_path, change, same):
    (tmp_path / "contact.csv").write_text("one")
    before = fingerprint(tmp_path)
    change(tmp_path)
    assert (fingerprint(tmp_path) == before) is same
