"""One line: which columns its kind has and needs, and how each cell is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.register.rules.cells import READERS
from kring.register.rules.faults import Wrong
from kring.register.rules.rows import COLUMNS, NEEDED, Kind, Row, read_row

TODAY = date(2026, 11, 16)
NUMBER = "201001012382"
GOOD = {
    "key": "anna.ek",
    "number": NUMBER,
    "child": NUMBER,
    "hsa_id": "SE2321000131-E000000001",
    "given_name": "Åsa",
    "family_name": "von Öst",
    "title": "Läkare",
    "email": "asa@example.org",
    "phone": "+46 31-390 06 10",
    "language": "ar",
    "interpreter_language": "som",
    "protected": "true",
    "birth_date": "2010-01-01",
    "sex": "female",
    "municipality": "1490",
    "protection": "flag",
    "role": "physician",
    "unit": "sas-bum-boras",
    "relation": "care",
    "from": "2026-01-01",
    "to": "2026-12-31",
}


def fault_of(**cells: str) -> str:
    with pytest.raises(Wrong) as wrong:
        read_row(1, cells, TODAY)
    return wrong.value.fault.name


def line(kind: Kind, **more: str) -> dict[str, str]:
    """A whole line of a kind; a cell given as empty is not there."""
    return {"kind": kind.value, **{name: GOOD[name] for name in COLUMNS[kind]}, **more}


def test_the_table_of_examples_names_every_column():
    assert GOOD.keys() == READERS.keys()


@pytest.mark.parametrize("kind", Kind)
def test_a_whole_line_of_each_kind_is_read(kind):
    row = read_row(3, line(kind), TODAY)
    assert (row.line, row.kind, row.cells.keys()) == (3, kind, COLUMNS[kind])


@pytest.mark.parametrize(("kind", "column"), [(kind, name) for kind in Kind for name in NEEDED[kind]])
@pytest.mark.parametrize("empty", ["", "   ", "\t"])
def test_what_a_kind_needs_is_asked_for_by_its_column(kind, column, empty):
    with pytest.raises(Wrong) as wrong:
        read_row(1, line(kind, **{column: empty}), TODAY)
    assert wrong.value.fault.name == "MISSING"
    assert column in wrong.value.sentence


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, name) for kind in Kind for name in READERS if name not in COLUMNS[kind]]
)
def test_a_column_of_another_kind_is_no_cell_to_pass_over(kind, column):
    """A misplaced cell would otherwise vanish in silence."""
    assert fault_of(**line(kind), **{column: GOOD[column]}) == "UNKNOWN_COLUMN"


@pytest.mark.parametrize("kind", ["person", "guardian", "assignment", "custody"])
def test_a_line_about_somebody_says_who(kind):
    assert fault_of(**line(Kind(kind), key="", number="", hsa_id="")) == "WHO"


@pytest.mark.parametrize("kind", ["", "Person", "staff", "person ;", "0"])
def test_an_unknown_kind_is_said(kind):
    assert fault_of(kind=kind, key="a") == "KIND"


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("key", NUMBER, "KEY"),
        ("key", "20100101-2382", "KEY"),
        ("key", "anna ek", "KEY"),
        ("key", "-anna", "KEY"),
        ("key", "ånna", "KEY"),
        ("key", "a" * 65, "KEY"),
        ("key", "kring", "RESERVED"),
        ("key", "KRING", "RESERVED"),
        ("key", "machine.import", "RESERVED"),
        ("key", "synthetic-writer", "RESERVED"),
        ("number", "201001012383", "NUMBER"),
        ("number", "Anna", "NUMBER"),
        ("number", "٢٠١٠٠١٠١٢٣٨٢", "NUMBER"),
        ("hsa_id", NUMBER, "SHAPE"),
        ("hsa_id", "se2321000131-e1", "SHAPE"),
        ("given_name", "An\x00na", "CHARACTERS"),
        ("given_name", "An\u202ena", "CHARACTERS"),
        ("given_name", "A" * 81, "LENGTH"),
        ("title", "A" * 81, "LENGTH"),
        ("email", "asa", "SHAPE"),
        ("email", "a@b.se\nBcc: c@d.se", "SHAPE"),
        ("protected", "ja", "YES_NO"),
        ("protected", "1", "YES_NO"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_said_with_its_fault(column, cell, fault):
    assert fault_of(**line(Kind.PERSON, **{column: cell})) == fault


@pytest.mark.parametrize(
    ("kind", "column", "cell", "fault"),
    [
        ("guardian", "phone", "ring mig", "SHAPE"),
        ("guardian", "language", "svenska", "SHAPE"),
        ("guardian", "language", "SV", "SHAPE"),
        ("child", "birth_date", "20100101", "DATE"),
        ("child", "birth_date", "2010-02-30", "DATE"),
        ("child", "birth_date", "0000-01-01", "DATE"),
        ("child", "birth_date", "2010-W01-1", "DATE"),
        ("child", "sex", "flicka", "CHOICE"),
        ("child", "municipality", "Borås", "SHAPE"),
        ("child", "protection", "true", "CHOICE"),
        ("assignment", "unit", "två ord", "SHAPE"),
        ("assignment", "from", "1 januari", "DATE"),
        ("relation", "relation", "coordination", "CHOICE"),
        ("relation", "relation", "Vård", "CHOICE"),
        ("custody", "to", "2025-12-31", "PERIOD"),
    ],
)
def test_so_it_is_for_every_kind(kind, column, cell, fault):
    assert fault_of(**line(Kind(kind), **{column: cell})) == fault


def test_coordination_follows_from_a_disclosed_plan_never_from_a_file():
    assert fault_of(**line(Kind.RELATION, relation="coordination")) == "CHOICE"


@pytest.mark.parametrize("text", ["100101-2382", "20100101-2382", "20100101 2382", NUMBER])
def test_a_number_is_read_as_people_write_it(text):
    assert read_row(1, line(Kind.CHILD, child=text), TODAY).cells["child"] == NUMBER


@given(st.sampled_from(list(Kind)), st.dictionaries(st.sampled_from(list(READERS)), st.text(max_size=40)))
def test_whatever_stands_in_a_line_it_is_read_or_said_and_never_repeated(kind, cells):
    row, said = read_or_said({"kind": kind.value, **cells})
    assert not [cell for cell in cells.values() if len(cell) > 12 and cell in said]
    if row is not None:
        assert set(row.cells) <= COLUMNS[kind]
        assert set(NEEDED[kind]) <= set(row.cells)


def read_or_said(cells: dict[str, str]) -> tuple[Row | None, str]:
    """The line, or the sentence about it."""
    try:
        return read_row(1, cells, TODAY), ""
    except Wrong as wrong:
        return None, wrong.sentence
