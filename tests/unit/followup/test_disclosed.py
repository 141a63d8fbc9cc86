"""An attack on everything that is told to everybody: no hidden cell can be got back, from all of it together.

The attacker takes every public file, knows that tables add up, and is given more than any reader has: the
unrounded counts behind what is shown. What then still follows is what rounding alone would have to hide.
"""

import csv
import io
import re
import zipfile
from collections import defaultdict
from fractions import Fraction

import pytest
from django.test import Client

from indicators import catalogue
from kring.followup.models import Cell

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MINIMUM = 5
Key = tuple[str, str, str]


@pytest.fixture
def public(calculation, db):
    """Every cell of the public files: (indicator, year) -> (place, sex, age) -> row."""
    package = zipfile.ZipFile(io.BytesIO(Client().get("/siffror/ladda-ner/allt.zip").content))
    told: dict[tuple[str, int], dict[Key, dict[str, str]]] = defaultdict(dict)
    for name in package.namelist():
        if name.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(package.read(name).decode())):
                key = row["municipality"], row["sex"], row["age_band"]
                told[row["indicator"], int(row["year"])][key] = row
    return told


def relations(keys) -> list[tuple[Key, list[Key]]]:
    """Every total with its parts that an attacker can name."""
    parts = defaultdict(list)
    for key in keys:
        for at in range(3):
            if key[at]:
                parts[tuple("" if i == at else one for i, one in enumerate(key)), at].append(key)
    return [(total, found) for (total, _), found in parts.items() if total in keys]


def determined(rows: list[dict[Key, Fraction]], known: dict[Key, int]) -> dict[Key, Fraction]:
    """What the relations give back of the unknown, by exact elimination."""
    left = []
    for row in rows:
        told = sum(weight * known[key] for key, weight in row.items() if key in known)
        left.append(({key: weight for key, weight in row.items() if key not in known}, -Fraction(told)))
    solved = []
    while left:
        row, right = left.pop()
        if not row:
            continue
        pivot = next(iter(row))
        row, right = {key: value / row[pivot] for key, value in row.items()}, right / row[pivot]
        left = [_without(other, amount, row, right, pivot) for other, amount in left]
        solved = [_without(other, amount, row, right, pivot) for other, amount in solved] + [(row, right)]
    return {next(iter(row)): right for row, right in solved if len(row) == 1}


def _without(other, amount, row, right, pivot):
    times = other.get(pivot, Fraction(0))
    if not times:
        return other, amount
    made = {key: other.get(key, 0) - times * row.get(key, 0) for key in {*other, *row}}
    return {key: value for key, value in made.items() if value}, amount - times * right


@pytest.fixture(scope="module")
def truth(made) -> dict[tuple[str, int], dict[Key, tuple[int, ...]]]:
    """The exact counts behind every cell, as no page has them."""
    found: dict[tuple[str, int], dict[Key, tuple[int, ...]]] = defaultdict(dict)
    for slug, cells in made.unguarded.items():
        for cell in cells:
            found[slug, cell.year][key_of(cell.by)] = cell.figure.guarded
    return found


def key_of(by) -> Key:
    said = {name: "protected" if value is None else value for name, value in by}
    return said.get("municipality", ""), said.get("sex", ""), said.get("age_band", "")


def hidden(rows: dict[Key, dict[str, str]]) -> set[Key]:
    """What is not told; nobody to count is told, as nought."""
    return {key for key, row in rows.items() if row["status"] in ("few", "protected")}


def test_the_attacker_has_every_cell_and_its_truth(public, truth):
    assert {slug for slug, _ in public} == set(catalogue.slugs())
    assert sum(len(rows) for rows in public.values()) == Cell.objects.count()
    told = {tables: set(rows) for tables, rows in public.items()}
    assert told == {tables: set(rows) for tables, rows in truth.items()}
    assert sum(len(hidden(rows)) for rows in public.values()) > 1000


def test_no_small_count_is_told(public, truth):
    """Neither as such, nor what it leaves of the whole."""
    small = [
        (tables, key)
        for tables, rows in public.items()
        for key, row in rows.items()
        if row["status"] == "shown" and any(0 < one < MINIMUM for one in truth[tables][key])
    ]
    assert not small


def test_no_hidden_cell_follows_from_sums_and_differences(public):
    """By elimination over all tables of a year, with the exact counts of everything that is told."""
    recovered = []
    for tables, rows in public.items():
        gone = hidden(rows)
        equations = [
            {total: Fraction(-1), **dict.fromkeys(parts, Fraction(1))}
            for total, parts in relations(set(rows))
        ]
        known = {key: 0 for key in rows if key not in gone}
        recovered += [(tables, key) for key in determined(equations, known) if key in gone]
    assert not recovered


def test_no_total_less_its_told_parts_is_small(public, truth):
    """What several hidden cells are together is told by what is left of their total: that is never small."""
    small = []
    for tables, rows in public.items():
        gone, counts = hidden(rows), truth[tables]
        for total, parts in relations(set(rows)):
            away = [counts[key] for key in parts if key in gone]
            if away and total not in gone:
                together = [sum(one) for one in zip(*away, strict=True)]
                small += [(tables, total) for one in together if 0 < one < MINIMUM]
    assert not small


def test_the_attack_finds_what_is_there_to_be_found():
    """A lone hidden part is given back by its total: the attack must see it, or it proves nothing."""
    a, b, total = ("1401", "", ""), ("1402", "", ""), ("", "", "")
    equation = [{total: Fraction(-1), a: Fraction(1), b: Fraction(1)}]
    assert determined(equation, {a: 7, total: 10}) == {b: 3}
    assert determined(equation, {total: 10}) == {}
    ((whole, parts),) = relations({a, b, total})
    assert (whole, sorted(parts)) == (total, [a, b])


def test_an_attack_over_two_tables_is_seen_too():
    """Girls and boys of a place, and of all: two hidden cells in a square are not enough."""
    places, sexes = ("1401", "1402"), ("girl", "boy")
    keys = {(p, s, "") for p in (*places, "") for s in (*sexes, "")}
    equations = [{t: Fraction(-1), **dict.fromkeys(parts, Fraction(1))} for t, parts in relations(keys)]
    lone = dict.fromkeys(keys - {("1401", "girl", "")}, 10)
    square = {key: 10 for key in keys if key[0] == "" or key[1] == ""}
    assert set(determined(equations, lone)) == {("1401", "girl", "")}
    assert determined(equations, square) == {}


@pytest.mark.parametrize("slug", ["self_harm_admissions", "adhd_in_care", "detection_to_support"])
def test_every_other_public_file_and_page_holds_only_what_the_tables_hold(public, slug):
    """Pages, pictures and files of one indicator: no count that the guarded tables do not have."""
    address = slug.replace("_", "-")
    told = {row["n"] for (one, _), rows in public.items() if one == slug for row in rows.values()}
    told |= {row["x"] for (one, _), rows in public.items() if one == slug for row in rows.values()}
    table = csv.DictReader(io.StringIO(Client().get(f"/siffror/{address}/fil.csv").content.decode()))
    assert {row[name] for row in table for name in ("n", "x")} == told
    for page in (f"/siffror/{address}/", f"/siffror/{address}/kommuner/"):
        text = Client().get(page).content.decode()
        numbers = re.findall(r'<td role="cell" class="k-number">\s*(\d[\d\u202f]*)\s*</td>', text)
        assert {one.replace("\u202f", "") for one in numbers} <= told | values(public, slug)


def values(public, slug) -> set[str]:
    """The values that are whole numbers as they are written on a page."""
    return {
        f"{float(row['value']):.0f}"
        for (one, _), rows in public.items()
        if one == slug
        for row in rows.values()
        if row["value"]
    }
