"""The one schema of the flat tables, and what it says of data that break it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from indicators import tables
from indicators.tables import TABLES, Kind


def one_child(**columns: Any) -> dict[str, dict[str, list]]:
    made = tables.empty()
    usual = {"child": 1, "born": date(2015, 1, 1), "sex": "girl", "ended": None, "protected": False}
    for name, value in {**usual, **columns}.items():
        made["child"][name] = [value]
    return made


def test_nothing_is_wrong_with_a_child_or_with_nothing() -> None:
    assert list(tables.faults(tables.empty())) == []
    assert list(tables.faults(one_child())) == []


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"child": None}, "child.child, rad 1: värde saknas"),
        ({"born": None}, "child.born, rad 1: värde saknas"),
        ({"born": "2015-01-01"}, "child.born, rad 1: '2015-01-01' är inte day"),
        ({"born": datetime(2015, 1, 1)}, "är inte day"),
        ({"child": True}, "child.child, rad 1: True är inte key"),
        ({"sex": "F"}, "child.sex, rad 1: 'F' är inget av girl, boy, unknown"),
        ({"protected": 0}, "child.protected, rad 1: 0 är inte yes"),
    ],
)
def test_a_value_that_does_not_belong(columns: dict, says: str) -> None:
    (fault,) = tables.faults(one_child(**columns))
    assert says in fault


def twice(data: dict) -> None:
    data["child"] = {name: values * 2 for name, values in data["child"].items()}


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda data: data.pop("contact"), "tabellen contact saknas"),
        (lambda data: data["contact"].pop("form"), "contact: kolumnen form saknas"),
        (lambda data: data["step"]["case"].append(1), "step: kolumnerna är olika långa"),
        (twice, "child: samma barn står flera gånger"),
    ],
)
def test_a_table_that_is_not_whole(breaks: Callable, says: str) -> None:
    data = one_child()
    breaks(data)
    assert list(tables.faults(data)) == [says]


def test_a_table_that_may_lack_may_lack() -> None:
    data = one_child()
    for name in [name for name, table in TABLES.items() if table.may_lack]:
        del data[name]
        assert list(tables.rows(data, name)) == []
    assert list(tables.faults(data)) == []
    assert set(data) == {"child", "residence", "contact"}


def test_rows_are_read_one_by_one() -> None:
    (row,) = tables.rows(one_child(), "child")
    assert (row["child"], row["sex"]) == (1, "girl")


def test_every_table_and_column_says_what_it_is() -> None:
    for table in TABLES.values():
        assert table.row.endswith(".")
        assert all(column.meaning.endswith(".") for column in table.columns)
        assert table.column("child").kind is Kind.KEY


def test_no_column_could_name_a_person() -> None:
    names = {column.name for table in TABLES.values() for column in table.columns}
    assert not names & {"name", "personal_number", "address", "text", "note"}


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TABLES["child"].column("shoe_size")
