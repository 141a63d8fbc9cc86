"""A delivery in numbers: what it holds, whether it is made up, what looks odd."""

import pytest

from kring.followup import delivery
from kring.followup.delivery import described, drops_in, fingerprint


def csv_table(folder, name, day, days):
    (folder / f"{name}.csv").write_text("\n".join([f"child,{day}", *(f"1,{one}" for one in days)]))


def test_what_the_files_hold(tmp_path):
    csv_table(tmp_path, "contact", "day", ["2023-01-01", "2023-05-01", "2024-12-31"])
    csv_table(tmp_path, "child", "born", ["2010-02-03"])
    contact, child = described(tmp_path).tables
    assert (contact.name, contact.rows, contact.first_year, contact.last_year) == ("contact", 3, 2023, 2024)
    assert contact.drops == ((2024, 50),)
    assert (child.rows, child.first_year, child.drops) == (1, 2010, ())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="borta"):
        described(tmp_path / "borta")


def test_parquet_in_parts_is_read(made):
    told = described(made.data)
    tables = {one.name: one for one in told.tables}
    assert set(tables) == set(delivery.DAYS)
    assert (tables["contact"].first_year, tables["contact"].last_year) == (2012, 2024)
    # The made-up pandemic is seen, as a drop is there to be seen.
    assert [year for year, _ in tables["contact"].drops] == [2020]
    assert told.synthetic
    assert told.as_rows()[0]["name"] == "contact"


def test_only_a_made_up_region_has_a_truth(tmp_path):
    assert not described(tmp_path).synthetic
    (tmp_path / "truth.json").write_text("{}")
    assert described(tmp_path).synthetic


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda folder: None, True),
        (lambda folder: (folder / "contact.csv").write_text("other"), False),
        (lambda folder: (folder / "contact.csv").rename(folder / "step.csv"), False),
        (lambda folder: (folder / "more.csv").write_text(""), False),
    ],
)
def test_the_version_is_the_content(tmp_path, change, same):
    (tmp_path / "contact.csv").write_text("one")
    before = fingerprint(tmp_path)
    change(tmp_path)
    assert (fingerprint(tmp_path) == before) is same


@pytest.mark.parametrize(
    ("years", "drops"),
    [
        ({}, []),
        ({2020: 100, 2021: 81}, []),
        ({2020: 100, 2021: 80}, [(2021, 20)]),
        ({2020: 100, 2022: 10}, []),
        ({2020: 100, 2021: 50, 2022: 50, 2023: 20}, [(2021, 50), (2023, 60)]),
        ({2020: 10, 2021: 100}, []),
    ],
)
def test_a_fifth_fewer_than_the_year_before_is_told(years, drops):
    assert list(drops_in(years)) == drops
