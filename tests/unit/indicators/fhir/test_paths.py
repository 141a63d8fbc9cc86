"""A path is read as it is written, or refused in words; what DuckDB finds is what is there."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.fhir import lines, mapping, paths
from indicators.fhir.paths import Step, expression, steps
from indicators.loading import NotReadableError

RESOURCE = {
    "resourceType": "X",
    "id": "1",
    "a": {"b": {"c": "deep"}},
    "list": [{"k": "no", "v": "first"}, {"k": "it's", "v": "second"}, {"k": "it's", "v": "third"}],
    "far": [{"of": {"name": "abc"}, "v": "1"}, {"of": {"name": "xyz"}, "v": "2"}],
    "texts": ["one", "two"],
    "number": 5,
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "1"),
        ("a.b.c", "deep"),
        ("a.b.none", None),
        ("none.of.it", None),
        ("list[0].v", "first"),
        ("list[k=it's].v", "second"),
        ("list[k=nobody].v", None),
        ("far[of.name^=x].v", "2"),
        ("far[of.name=abc].v", "1"),
        ("texts[0]", "one"),
        ("number", "5"),
    ],
)
def test_what_stands_there(tmp_path: Path, path: str, value: str | None) -> None:
    (tmp_path / "X.ndjson").write_text(json.dumps(RESOURCE) + "\n")
    source = mapping.read_json(tmp_path / "X.ndjson", paths.shape([steps(path)]))
    assert duckdb.sql(f"SELECT {expression(steps(path))} FROM {source}").fetchall() == [(value,)]


def test_paths_into_the_same_element_share_it() -> None:
    shape = paths.shape([steps("a[k=x].v"), steps("a[0].of.name"), steps("b")])
    assert shape == {"a[]": {"k": {}, "v": {}, "of": {"name": {}}}, "b": {}}
    assert paths.column_types(shape).startswith("""'a': 'STRUCT("k" VARCHAR, "v" VARCHAR,""")


@pytest.mark.parametrize(
    "path", ["", ".", "a.", "a..b", "a b", "1a", "a[", "a[]", "a[x]", "a[1]", "a[*", "å"]
)
def test_a_path_that_cannot_be_read(path: str) -> None:
    with pytest.raises(ValueError, match=r"går inte att läsa|skriv 0"):
        steps(path)


def test_a_path_that_ends_in_a_choice() -> None:
    with pytest.raises(ValueError, match="slutar i ett val"):
        paths.shape([steps("a[k=v]")])


names = st.from_regex(r"[a-z][a-zA-Z]{0,5}", fullmatch=True)
which = st.one_of(st.sampled_from(["", "0", "*"]), st.builds("{}={}".format, names, names))


@given(st.lists(st.builds(Step, names, which), min_size=1, max_size=5))
def test_what_is_written_is_read_back(path: list[Step]) -> None:
    text = ".".join(one.name + (f"[{one.which}]" if one.which else "") for one in path)
    assert steps(text) == tuple(path)


class TestAMapping:
    def own(self, tmp_path: Path, text: str) -> Path:
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        return tmp_path / "own.toml"

    def test_a_region_says_one_column_otherwise(self, tmp_path: Path) -> None:
        text = '[contact.columns]\nlevel = { paths = ["priority.text"], otherwise = "primary" }\n'
        made = mapping.load(self.own(tmp_path, text))
        assert made["contact"].columns["level"].otherwise == "primary"
        assert made["contact"].columns["form"] == mapping.load()["contact"].columns["form"]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[contact", "går inte att läsa"),
            ("[visit]\n", r"\[visit\] finns inte; det som finns är patient, residence"),
            ("[contact.columns]\nlevel = { path = 'x' }\n", "contact.level: path finns inte; skriv codes"),
            ("[contact.columns]\nlevel = { paths = ['a..b'] }\n", "sökvägen 'a..b' går inte att läsa"),
            ("[contact.columns]\nform = { codes = { A = 'hologram' } }\n", "'hologram' är inget av visit"),
            ("[contact.columns]\nlevel = { otherwise = 'top' }\n", "'top' är inget av primary"),
        ],
    )
    def test_what_cannot_be_used_is_told_in_words(self, tmp_path: Path, text: str, says: str) -> None:
        with pytest.raises(NotReadableError, match=says):
            mapping.load(self.own(tmp_path, text))

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(NotReadableError, match=r"borta.toml går inte att läsa"):
            mapping.load(tmp_path / "borta.toml")

    def test_every_column_that_the_tables_need_has_a_way_in(self) -> None:
        from indicators.tables import TABLES

        for section in mapping.load().values():
            columns: Any = TABLES[mapping.TARGETS[section.name]].columns
            known = {"child"} if section.name == "patient" else set()
            assert {one.name for one in columns} <= set(section.columns) | known, section.name


class TestLines:
    @pytest.mark.parametrize(
        ("name", "is_ours"),
        [
            ("Encounter.ndjson", True),
            ("Encounter.ndjson.gz", True),
            ("Encounter.000.ndjson", True),
            ("Encounter-1.ndjson.gz", True),
            ("deeper/Encounter_1.ndjson", True),
            ("Encounter/part-00.ndjson", True),
            ("EncounterHistory.ndjson", False),
            ("Encounter.json", False),
            ("Condition.ndjson", False),
            ("Encounter/readme.txt", False),
        ],
    )
    def test_which_files_hold_a_resource(self, tmp_path: Path, name: str, is_ours: bool) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
        assert bool(lines.files(tmp_path, "Encounter")) is is_ours

    def test_a_folder_that_is_called_as_the_resource_holds_only_its_own(self, tmp_path: Path) -> None:
        folder = tmp_path / "Encounter"
        folder.mkdir()
        (folder / "Patient.ndjson").write_text("")
        assert lines.files(folder, "Encounter") == []

    @pytest.mark.parametrize(
        ("numbers", "said"),
        [
            ([], ""),
            ([3], "3"),
            ([3, 4, 5, 9], "3–5, 9"),
            (range(1, 101, 2), ", ".join(map(str, range(1, 41, 2))) + " och 30 till"),
        ],
    )
    def test_ranges_in_words(self, numbers: list[int], said: str) -> None:
        assert lines.told(lines.ranges(numbers)) == said

    def test_places_are_counted_among_lines_that_hold_something(self, tmp_path: Path) -> None:
        (tmp_path / "X.ndjson").write_text("\n a\n\n\t\nb\nc\n" + "d\n" * 90)
        assert lines.where(tmp_path / "X.ndjson", [1, 3]) == "2, 6"

    @given(st.sets(st.integers(1, 200)))
    def test_ranges_are_the_numbers(self, numbers: set[int]) -> None:
        found = lines.ranges(sorted(numbers))
        assert {one for first, last in found for one in range(first, last + 1)} == numbers
        assert all(after > last + 1 for (_, last), (after, _) in zip(found, found[1:], strict=False))
