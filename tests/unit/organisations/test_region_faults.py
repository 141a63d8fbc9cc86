"""Every kind of fault in a region's files is told with its file and its row, and nothing is guessed."""

import csv
import json
from dataclasses import FrozenInstanceError, asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.organisations.region_files import (
    AdministrationRow,
    ControllerRow,
    GroupingKind,
    GroupingRow,
    MunicipalityRow,
    RegionFile,
    RegionFileError,
    RegionRow,
    UnitRow,
    read_region,
)

SURE = {"source": "demo", "confidence": "invented"}
REGION = {"code": "99", "name": "Norr", "org_number": "", "hsa_prefix": "", **SURE}
AREA = {"kind": "collaboration_area", "key": "hela", "name": "Hela", **SURE}
OTHER_AREA = {**AREA, "key": "halva", "name": "Halva"}
TOWN = {"code": "9901", "name": "Granvik", "collaboration_area": "hela", "source": "demo"}
VILLAGE = {"code": "9902", "name": "Furunäs", "source": "demo"}
CARE = {"key": "vard", "name": "Sjukvård", **SURE}
OWNER = {"key": "norr", "name": "Norr", **SURE}
BOARD = {"key": "skolan", "name": "Skolnämnden", "municipality": "9901", **SURE}
CLINIC = {
    "key": "bup",
    "name": "BUP",
    "kind": "child_psychiatry",
    "sector": "region_care",
    "municipality": "9901",
    "controller": "norr",
    **SURE,
}
TABLES = {
    "grouping": [AREA, OTHER_AREA],
    "municipality": [TOWN, VILLAGE],
    "administration": [CARE],
    "controller": [OWNER, BOARD],
    "unit": [CLINIC],
}


def toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def written(folder: Path, region: dict, tables: dict[str, list[dict]], files: dict[str, str] = {}) -> Path:  # noqa: B006
    """A region's file as a person would write it, its tables inline."""
    blocks = [("[region]", region)]
    blocks += [("[files]", files)] if files else []
    blocks += [(f"[[{name}]]", row) for name, rows in tables.items() for row in rows]
    text = "\n".join(
        f"{head}\n" + "".join(f"{k} = {toml(v)}\n" for k, v in row.items()) for head, row in blocks
    )
    path = folder / "norr.toml"
    path.write_text(text, encoding="utf-8")
    return path


def without(row: dict, column: str) -> dict:
    return {key: value for key, value in row.items() if key != column}


def fault(path: Path) -> str:
    with pytest.raises(RegionFileError) as caught:
        read_region(path)
    return str(caught.value)


def test_the_region_of_these_tests_is_without_fault(tmp_path):
    region = read_region(written(tmp_path, REGION, TABLES))
    assert region.units == (UnitRow(**CLINIC),)
    assert region.controllers == (ControllerRow(**OWNER), ControllerRow(**BOARD))
    assert region.municipalities == (MunicipalityRow(**TOWN), MunicipalityRow(**VILLAGE))


# References, doubles and vocabularies


@pytest.mark.parametrize(
    ("table", "rows", "told"),
    [
        ("grouping", [AREA, AREA], "norr.toml: grouping collaboration_area hela (it occurs twice)"),
        ("municipality", [TOWN, TOWN], "norr.toml: municipality 9901 (it occurs twice)"),
        ("administration", [CARE, CARE], "norr.toml: administration vard (it occurs twice)"),
        ("controller", [OWNER, OWNER], "norr.toml: controller norr (it occurs twice)"),
        ("unit", [CLINIC, CLINIC], "norr.toml: unit bup (it occurs twice)"),
        ("grouping", [{**AREA, "kind": "kreis"}], "norr.toml: hela kind kreis"),
        (
            "municipality",
            [TOWN | {"collaboration_area": "norra"}],
            "norr.toml: 9901 collaboration_area norra",
        ),
        (
            "municipality",
            # An area is no board, although a grouping has that key.
            [TOWN | {"subregional_board": "hela"}],
            "norr.toml: 9901 subregional_board hela",
        ),
        (
            "municipality",
            [TOWN | {"municipal_federation": "hela"}],
            "norr.toml: 9901 municipal_federation hela",
        ),
        ("controller", [OWNER, BOARD | {"municipality": "9909"}], "norr.toml: skolan municipality 9909"),
        ("unit", [CLINIC | {"controller": "syd"}], "norr.toml: bup controller syd"),
        ("unit", [CLINIC | {"municipality": "9909"}], "norr.toml: bup municipality 9909"),
        ("unit", [CLINIC | {"municipality": ""}], "norr.toml: bup municipality "),
        ("unit", [CLINIC | {"administration": "norr"}], "norr.toml: bup administration norr"),
        ("unit", [CLINIC | {"serves": "hela norra"}], "norr.toml: bup serves hela norra"),
        ("unit", [CLINIC | {"ages": "barn"}], "norr.toml: bup ages barn"),
        ("unit", [CLINIC | {"ages": ""}], "norr.toml: bup ages "),
        ("unit", [CLINIC | {"ages": "17-0"}], "norr.toml: bup ages 17-0"),
        ("unit", [CLINIC | {"ages": "0–17"}], "norr.toml: bup ages 0–17"),
        ("unit", [CLINIC | {"ages": "-1-17"}], "norr.toml: bup ages -1-17"),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path, table, rows, told):
    assert fault(written(tmp_path, REGION, TABLES | {table: rows})) == f"Cannot use {told}. Check the key."


# A municipality's code and name need no such word; each of its memberships carries its own.
@pytest.mark.parametrize("table", ["grouping", "administration", "controller", "unit"])
@pytest.mark.parametrize("change", [{"confidence": "sure"}, {"confidence": ""}, {"source": ""}])
def test_every_row_says_where_it_comes_from_and_how_sure_it_is(tmp_path, table, change):
    rows = [*TABLES[table][1:], TABLES[table][0] | change]
    assert "source or confidence of" in fault(written(tmp_path, REGION, TABLES | {table: rows}))


@pytest.mark.parametrize("change", [{"confidence": "sure"}, {"source": ""}])
def test_the_region_itself_says_it_too(tmp_path, change):
    assert "source or confidence of RegionRow" in fault(written(tmp_path, REGION | change, TABLES))


def test_a_unit_serves_areas_of_collaboration_and_no_other_grouping(tmp_path):
    board = AREA | {"kind": "subregional_board", "key": "norra"}
    tables = TABLES | {"grouping": [AREA, board], "unit": [CLINIC | {"serves": "norra"}]}
    assert (
        fault(written(tmp_path, REGION, tables)) == "Cannot use norr.toml: bup serves norra. Check the key."
    )


# Columns


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        *[("grouping", AREA, column) for column in ("kind", "key", "name", "source", "confidence")],
        *[("municipality", TOWN, column) for column in ("code", "name", "source")],
        *[("administration", CARE, column) for column in ("key", "name", "source", "confidence")],
        *[("controller", OWNER, column) for column in ("key", "name", "source", "confidence")],
        *[("unit", CLINIC, column) for column in ("key", "name", "kind", "sector", "municipality")],
        *[("unit", CLINIC, column) for column in ("controller", "source", "confidence")],
    ],
)
def test_a_missing_column_is_named_with_its_row(tmp_path, table, row, column):
    rows = [*TABLES[table], without(row, column)]
    told = fault(written(tmp_path, REGION, TABLES | {table: rows}))
    assert told == f"norr.toml, row {len(rows)}: {column} is missing."


@pytest.mark.parametrize("column", REGION)
def test_the_region_has_all_its_columns(tmp_path, column):
    told = fault(written(tmp_path, without(REGION, column), TABLES))
    assert told == f"norr.toml, row 1: {column} is missing."


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelt_column_is_not_passed_over(tmp_path, table):
    rows = [TABLES[table][0] | {"nmae": "x"}]
    told = fault(written(tmp_path, REGION, TABLES | {table: rows}))
    assert told == "norr.toml, row 1: no column is called nmae."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "norr.toml: the table [region] is missing."),
        ("[region\n", "norr.toml: Expected ']' at the end of a table declaration (at line 1, column 8)."),
        ("[[region]]\ncode = '99'\n", "norr.toml, row 1: this is no table of columns."),
        ("region = 'Norr'\n", "norr.toml, row 1: this is no table of columns."),
        ("[region]\ncode = '99'\nnmae = 'x'\n", "norr.toml, row 1: no column is called nmae."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path, text, told):
    path = tmp_path / "norr.toml"
    path.write_text(text, encoding="utf-8")
    assert fault(path) == told


@pytest.mark.parametrize("value", ["ja", "yes", "True", "1", "sant"])
def test_sharing_is_true_or_false_and_never_guessed(tmp_path, value):
    rows = [OWNER | {"shares_across_providers": value}, BOARD]
    told = fault(written(tmp_path, REGION, TABLES | {"controller": rows}))
    assert told == "norr.toml, row 1: shares_across_providers must be true or false."


@pytest.mark.parametrize(
    ("value", "shares"), [(True, True), (False, False), ("true", True), ("false", False), ("", False)]
)
def test_sharing_is_read_from_either_kind_of_file(tmp_path, value, shares):
    rows = [OWNER | {"shares_across_providers": value}, BOARD]
    region = read_region(written(tmp_path, REGION, TABLES | {"controller": rows}))
    assert [row.shares_across_providers for row in region.controllers] == [shares, False]


def test_a_number_without_quotes_would_lose_its_noughts(tmp_path):
    path = written(tmp_path, REGION, TABLES)
    path.write_text(path.read_text().replace('code = "9902"', "code = 9902"), encoding="utf-8")
    assert fault(path) == "norr.toml, row 2: code must be text in quotes."


# Tables beside, as CSV


def beside(folder: Path, table: str, lines: list[str]) -> Path:
    (folder / "beside.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tables = {name: rows for name, rows in TABLES.items() if name != table}
    return written(folder, REGION, tables, {table: "beside.csv"})


def test_rows_of_a_file_beside_come_after_those_inline(tmp_path):
    (tmp_path / "more.csv").write_text("code,name,source\n9903,Sjövik,demo\n", encoding="utf-8")
    region = read_region(written(tmp_path, REGION, TABLES, {"municipality": "more.csv"}))
    assert [row.name for row in region.municipalities] == ["Granvik", "Furunäs", "Sjövik"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    path = written(tmp_path, REGION, TABLES, {"unit": "enheter.csv"})
    assert fault(path) == "norr.toml: the file enheter.csv is not there."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # The first line holds the columns, so the first row is line two of the file.
        (["code,namn,source", "9901,Granvik,demo"], "beside.csv, row 2: no column is called namn."),
        (["code,name,source", "9901,Granvik,demo", "9902"], "beside.csv, row 3: name, source is missing."),
        (["code,name,source", "9901,Granvik,demo,till"], "beside.csv, row 2: no column is called None."),
        (["code,name", "9901,Granvik"], "beside.csv, row 2: source is missing."),
    ],
)
def test_a_fault_in_a_file_beside_is_told_with_its_line(tmp_path, lines, told):
    assert fault(beside(tmp_path, "municipality", lines)) == told


def test_sharing_in_a_file_beside_is_true_false_or_empty(tmp_path):
    lines = ["key,name,shares_across_providers,source,confidence"]
    lines += [
        f"{key},Namn,{word},demo,invented" for key, word in (("norr", "true"), ("b", "false"), ("c", ""))
    ]
    region = read_region(beside(tmp_path, "controller", lines))
    assert [row.shares_across_providers for row in region.controllers] == [True, False, False]


# What a row leaves out


@pytest.mark.parametrize(
    ("kind", "given_row", "left_out"),
    [
        (
            MunicipalityRow,
            VILLAGE,
            {
                "subregional_board": "",
                "subregional_board_confidence": "",
                "collaboration_area": "",
                "collaboration_area_confidence": "",
                "collaboration_area_source": "",
                "municipal_federation": "",
                "municipal_federation_confidence": "",
            },
        ),
        (ControllerRow, OWNER, {"municipality": "", "org_number": "", "shares_across_providers": False}),
        (UnitRow, CLINIC, {"administration": "", "serves": "", "ages": "0-20", "phone": ""}),
        (RegionRow, REGION, {}),
        (GroupingRow, AREA, {}),
        (AdministrationRow, CARE, {}),
    ],
)
def test_what_is_left_out_is_empty_and_nobody_changes_a_row(kind, given_row, left_out):
    row = kind(**given_row)
    assert asdict(row) == given_row | left_out
    with pytest.raises(FrozenInstanceError):
        setattr(row, fields(row)[0].name, "annat")


# Whom a unit takes children from, and of which age


def region_of(*municipalities: MunicipalityRow) -> RegionFile:
    return RegionFile(RegionRow(**REGION), (), municipalities, (), (), ())


PLACES = region_of(
    MunicipalityRow("1", "Ett", "demo", collaboration_area="öst"),
    MunicipalityRow("2", "Två", "demo", collaboration_area="väst"),
    MunicipalityRow("3", "Tre", "demo", collaboration_area="öst"),
    MunicipalityRow("4", "Fyra", "demo"),
)


@pytest.mark.parametrize(
    ("serves", "codes"),
    [
        ("", ("2",)),  # its own municipality only
        ("  ", ("2",)),
        ("öst", ("1", "3")),  # its own is not among them unless it lies there
        ("öst väst", ("1", "2", "3")),
        ("väst   öst", ("1", "2", "3")),
        ("norr", ()),
    ],
)
def test_a_unit_takes_children_from_its_areas_or_its_own_municipality(serves, codes):
    unit = UnitRow(**CLINIC | {"municipality": "2", "serves": serves})
    assert PLACES.served_by(unit) == codes


@pytest.mark.parametrize(("ages", "first_and_last"), [("0-20", (0, 20)), ("6-15", (6, 15)), ("3-3", (3, 3))])
def test_the_ages_are_whole_years_first_and_last(tmp_path, ages, first_and_last):
    region = read_region(written(tmp_path, REGION, TABLES | {"unit": [CLINIC | {"ages": ages}]}))
    assert region.units[0].age_range == first_and_last


# Any region, written and read


keys = st.text("abcdefghij-0123456789", min_size=1, max_size=12)
names = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=20)


@st.composite
def regions(draw) -> dict[str, list[dict]]:
    """Tables of a region whose every reference leads somewhere."""
    area_keys = draw(st.lists(keys, unique=True, min_size=1, max_size=3))
    codes = draw(st.lists(st.from_regex(r"\A\d{4}\Z"), unique=True, min_size=1, max_size=4))
    owners = draw(st.lists(keys, unique=True, min_size=1, max_size=3))
    unit_keys = draw(st.lists(keys, unique=True, max_size=4))
    return {
        "grouping": [{**AREA, "key": key, "name": draw(names)} for key in area_keys],
        "municipality": [
            {"code": code, "name": draw(names), "source": "demo", GroupingKind.COLLABORATION_AREA.value: area}
            for code in codes
            for area in [draw(st.sampled_from([*area_keys, ""]))]
        ],
        "controller": [{**OWNER, "key": key, "name": draw(names)} for key in owners],
        "unit": [
            CLINIC
            | {"key": key, "name": draw(names), "controller": draw(st.sampled_from(owners))}
            | {
                "municipality": draw(st.sampled_from(codes)),
                "serves": draw(st.sampled_from(["", *area_keys])),
            }
            for key in unit_keys
        ],
    }


@given(regions(), st.sampled_from(["municipality", "controller", "unit"]))
def test_a_table_says_the_same_inline_and_beside(tmp_path, tables, name):
    inline = read_region(written(tmp_path, REGION, tables))
    with (tmp_path / "beside.csv").open("w", encoding="utf-8", newline="") as lines:
        columns = list(tables[name][0]) if tables[name] else ["key"]
        writer = csv.DictWriter(lines, columns)
        writer.writeheader()
        writer.writerows(tables[name])
    apart = {table: rows for table, rows in tables.items() if table != name}
    assert read_region(written(tmp_path, REGION, apart, {name: "beside.csv"})) == inline


@given(regions())
def test_every_unit_takes_children_from_municipalities_of_the_region(tmp_path, tables):
    region = read_region(written(tmp_path, REGION, tables))
    codes = {row.code for row in region.municipalities}
    assert all(set(region.served_by(unit)) <= codes for unit in region.units)
