"""From an export to tables: what each resource becomes, what is left out and told, and who can be found."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators import loading, runs
from indicators.fhir import load as loader
from indicators.fhir.load import load
from indicators.fhir.mapping import load as read_mapping
from indicators.fhir.pseudonyms import Pseudonyms
from indicators.loading import Delivery, NotReadableError
from tests.unit.indicators.fhir.exports import (
    NUMBER,
    PLACE,
    SECRET,
    booking,
    condition,
    encounter,
    export,
    loaded,
    patient,
)

OURS = Pseudonyms(SECRET)
LEVEL = "https://kring.example/fhir/level-of-care"


def rows(out: Path, table: str, columns: str = "*") -> list[tuple]:
    source = f"read_parquet('{out}/{table}/**/*.parquet', hive_partitioning = false)"
    return duckdb.sql(f"SELECT {columns} FROM {source}").fetchall()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def in_folder(tmp_path: Path, **files: Any) -> Path:
    return export(tmp_path / "in", **({"Patient": [patient("p1")], "Encounter": [encounter("e1")]} | files))


def test_an_export_becomes_the_tables(tmp_path: Path, out: Path) -> None:
    loaded(in_folder(tmp_path, Condition=[condition("c1", encounter={"reference": "Encounter/e1"})]), out)
    child = OURS.child("p1")
    assert rows(out, "child") == [(child, date(2012, 3, 4), "girl", None, False)]
    assert rows(out, "residence") == [(child, "1480", date(2012, 3, 4), None)]
    staff = OURS.staff("anna")
    day = date(2024, 5, 6)
    assert rows(out, "contact") == [(child, day, "bup", staff, "specialist", "visit", "done", False)]
    assert rows(out, "diagnosis") == [(child, day, "F900", "bup", False, True)]
    assert (out / "contact" / "year=2024" / "all.parquet").is_file()


def test_the_engines_read_it_and_what_was_not_sent_is_missing(tmp_path: Path, out: Path) -> None:
    loaded(in_folder(tmp_path), out)
    assert loading.read(out)["contact"]["unit"].codes == ["bup"]
    assert [name for name in ("diagnosis", "step", "answer") if Delivery(out).has(name)] == []
    runs.run(out, tmp_path / "figures", [2024])
    for slug in ("adhd_in_care", "child_psychiatry_first_visit"):
        lines = (tmp_path / "figures" / f"{slug}.csv").read_text().splitlines()[1:]
        assert {line.split(",")[-1] if "missing" not in line else "missing" for line in lines} == {"missing"}


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"class": {"code": "VR"}}, "form", "video"),
        ({"class": {"code": "EMER"}}, "form", "emergency"),
        ({"class": {"code": "IMP"}}, "form", "admission"),
        ({"status": "in-progress"}, "status", "done"),
        ({"status": "cancelled"}, "status", "cancelled"),
        ({"participant": []}, "staff", None),
        ({"participant": None}, "staff", None),
        ({"serviceProvider": {"identifier": {"value": "SE2321-E1"}, "reference": "x"}}, "unit", "SE2321-E1"),
        # The day in Sweden: half past eleven at night in Greenwich is the next day, summer and winter.
        ({"period": {"start": "2024-05-06T22:30:00Z"}}, "day", date(2024, 5, 7)),
        ({"period": {"start": "2024-01-06T23:30:00Z"}}, "day", date(2024, 1, 7)),
        ({"period": {"start": "2024-01-06T22:30:00.125+00:00"}}, "day", date(2024, 1, 6)),
        ({"period": {"start": "2024-01-06"}}, "day", date(2024, 1, 6)),
        ({"subject": {"reference": "https://a.example/fhir/Patient/p1"}}, "child", OURS.child("p1")),
        ({"subject": {"reference": "urn:uuid:p1"}}, "child", OURS.child("p1")),
        ({"subject": {"reference": "Patient/p1/_history/3"}}, "child", OURS.child("p1")),
        (
            {"extension": [{"url": "x"}, {"url": LEVEL, "valueCode": "dental"}]},
            "level",
            "dental",
        ),
    ],
)  # fmt: skip
def test_what_an_encounter_says(tmp_path: Path, out: Path, fields: dict, column: str, value: Any) -> None:
    loaded(in_folder(tmp_path, Encounter=[encounter("e1", **fields)]), out)
    assert rows(out, "contact", f'"{column}"') == [(value,)]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "planned"}, "status"),
        ({"status": "entered-in-error"}, "status"),
        ({"status": ["finished"]}, "status"),
        ({"class": "AMB"}, "form"),
        ({"class": {"code": "AMBULATORY"}}, "form"),
        ({"period": {"start": "2024"}}, "day"),
        ({"period": {"start": "2024-13-40"}}, "day"),
        ({"period": None}, "day"),
        ({"subject": {"reference": "Patient/somebody-else"}}, "child"),
        ({"subject": None}, "child"),
        ({"serviceProvider": None}, "unit"),
    ],
)
def test_what_cannot_be_a_row_is_left_out_and_counted(
    tmp_path: Path, out: Path, fields: dict, reason: str
) -> None:
    told = loaded(in_folder(tmp_path, Encounter=[encounter("e1"), encounter("e2", **fields)]), out)
    assert told.tables["contact"] == {"rows": 1, "left_out": {reason: 1}, "assumed": {"level": 1}}
    assert json.loads((out / loader.REPORT).read_text())["tables"]["contact"]["left_out"] == {reason: 1}


def test_bad_lines_are_told_by_file_and_line_and_the_rest_goes_on(tmp_path: Path, out: Path) -> None:
    whole = encounter("e1")
    broken = '{"resourceType":"Encounter","id":"e2","sta'
    lines = [whole, broken, "", "garbage", "[1]", patient("p9"), "null", "", encounter("e3"), "{}"]
    told = loaded(in_folder(tmp_path, Encounter=lines, Encounter_2=[encounter("e4"), broken]), out)
    told_of = {one["file"]: one for one in told.files}
    assert told_of["Encounter.ndjson"] == {
        "file": "Encounter.ndjson", "resource": "Encounter",
        "lines": 8, "unreadable": 6, "where": "2, 4–7, 10",
    }  # fmt: skip
    assert told_of["Encounter-2.ndjson.gz"]["where"] == "2"
    assert told_of["Patient.ndjson"]["where"] == ""
    assert told.tables["contact"]["rows"] == 3


def test_the_same_resource_twice_is_one_and_the_last_holds(tmp_path: Path, out: Path) -> None:
    twice = [encounter("e1"), encounter("e2"), encounter("e1", **{"class": {"code": "VR"}})]
    told = loaded(in_folder(tmp_path, Encounter=twice), out)
    assert Counter(rows(out, "contact", "form")) == {("video",): 1, ("visit",): 1}
    assert told.tables["contact"]["left_out"] == {"repeated": 1}


def test_resources_without_an_id_are_not_each_other(tmp_path: Path, out: Path) -> None:
    loaded(in_folder(tmp_path, Encounter=[encounter("e1", id=None), encounter("e1", id=None)]), out)
    assert len(rows(out, "contact")) == 2


class TestChildren:
    def test_a_child_of_two_sources_is_one_and_protection_once_said_is_kept(
        self, tmp_path: Path, out: Path
    ) -> None:
        number = [{"system": NUMBER, "value": "201203042383"}]
        hidden = {"security": [{"code": "x"}, {"code": "sekretessmarkering"}]}
        people = [
            patient("a", identifier=number, meta=hidden),
            patient("b", identifier=[{"system": NUMBER, "value": "20120304-2383"}], gender="male"),
        ]
        met = [encounter("e1", "Patient/a"), encounter("e2", "Patient/b")]
        told = loaded(in_folder(tmp_path, Patient=people, Encounter=met), out)
        assert rows(out, "child", "sex, protected") == [("boy", True)]
        assert len(set(rows(out, "contact", "child"))) == 1
        assert told.tables["child"]["left_out"] == {"repeated": 1}
        assert len(rows(out, "residence")) == 1

    @pytest.mark.parametrize(
        ("fields", "sex", "ended"),
        [
            ({"gender": "other"}, "unknown", None),
            ({"gender": None}, "unknown", None),
            ({"gender": "male", "deceasedDateTime": "2020-01-02T03:04:05Z"}, "boy", date(2020, 1, 2)),
        ],
    )
    def test_sex_and_end(self, tmp_path: Path, out: Path, fields: dict, sex: str, ended: date | None) -> None:
        loaded(in_folder(tmp_path, Patient=[patient("p1", **fields)]), out)
        assert rows(out, "child", "sex, ended") == [(sex, ended)]

    def test_a_child_without_a_day_of_birth_is_left_out_with_all_it_did(
        self, tmp_path: Path, out: Path
    ) -> None:
        people = [patient("p1"), patient("p2", birthDate="2012")]
        met = [encounter("e1"), encounter("e2", "Patient/p2")]
        told = loaded(in_folder(tmp_path, Patient=people, Encounter=met), out)
        assert told.tables["child"]["left_out"] == {"born": 1}
        assert told.tables["contact"]["left_out"] == {"child": 1}

    def test_each_home_is_a_row(self, tmp_path: Path, out: Path) -> None:
        homes = [
            {"extension": [{"url": PLACE, "valueCode": "1480"}], "period": {"end": "2015-01-01"}},
            {"extension": [{"url": PLACE, "valueCode": "1490"}], "period": {"start": "2015-01-02"}},
            {"city": "Borås"},
        ]
        told = loaded(in_folder(tmp_path, Patient=[patient("p1", address=homes)]), out)
        assert rows(out, "residence", "municipality, first, last") == [
            ("1480", date(2012, 3, 4), date(2015, 1, 1)),
            ("1490", date(2015, 1, 2), None),
        ]
        assert told.tables["residence"]["left_out"] == {"municipality": 1}

    def test_without_any_home_the_table_is_missing_not_empty(self, tmp_path: Path, out: Path) -> None:
        told = loaded(in_folder(tmp_path, Patient=[patient("p1", address=None)]), out)
        assert told.tables["residence"]["rows"] == 0
        with pytest.raises(NotReadableError, match="tabellen residence saknas"):
            Delivery(out)


class TestBookings:
    def test_who_did_not_come_stands_in_the_booking(self, tmp_path: Path, out: Path) -> None:
        booked = encounter("e1", appointment=[{"reference": "Appointment/b0"}])
        bookings = [booking("b1"), booking("b2", status="fulfilled"), booking("b3", participant=[])]
        told = loaded(in_folder(tmp_path, Encounter=[booked, encounter("e2")], Appointment=bookings), out)
        found = rows(out, "contact", "status, planned, unit, staff IS NULL")
        assert Counter(found) == {
            ("done", True, "bup", False): 1,
            ("done", False, "bup", False): 1,
            ("no_show", True, "bup", False): 1,
        }  # fmt: skip
        assert told.tables["contact"]["left_out"] == {"child": 1, "status": 1}

    def test_without_bookings_nothing_is_told_as_booked(self, tmp_path: Path, out: Path) -> None:
        """Else every booked child would seem to have come."""
        booked = encounter("e1", appointment=[{"reference": "Appointment/b0"}])
        loaded(in_folder(tmp_path, Encounter=[booked]), out)
        assert rows(out, "contact", "planned") == [(False,)]


class TestDiagnoses:
    def test_unit_admission_and_main_come_from_the_encounter(self, tmp_path: Path, out: Path) -> None:
        told_of = {"rank": 1, "condition": {"reference": "Condition/c1"}}
        met = [encounter("e1", diagnosis=[{"rank": 2}, told_of], **{"class": {"code": "IMP"}})]
        of = {"encounter": {"reference": "Encounter/e1"}}
        conditions = [
            condition("c1", **of),
            condition("c2", icd="J45.9", **of),
            condition("c3", icd="f84.0"),
        ]
        told = loaded(in_folder(tmp_path, Encounter=met, Condition=conditions), out)
        assert sorted(rows(out, "diagnosis", "code, unit, admitted, main")) == [
            ("F840", "unknown", False, True),
            ("F900", "bup", True, True),
            ("J459", "bup", True, False),
        ]
        assert told.tables["diagnosis"]["assumed"] == {"unit": 1, "admitted": 1, "main": 1}

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}}, "code"),
            ({"verificationStatus": {"coding": [{"code": "refuted"}]}}, "wrong"),
            ({"recordedDate": None}, "day"),
        ],
    )
    def test_what_is_no_diagnosis(self, tmp_path: Path, out: Path, fields: dict, reason: str) -> None:
        told = loaded(in_folder(tmp_path, Condition=[condition("c1"), condition("c2", **fields)]), out)
        assert told.tables["diagnosis"]["left_out"] == {reason: 1}

    def test_when_it_began_where_it_was_not_said_when_it_was_recorded(
        self, tmp_path: Path, out: Path
    ) -> None:
        loaded(
            in_folder(tmp_path, Condition=[condition("c1", recordedDate=None, onsetDateTime="2020-02-03")]),
            out,
        )
        assert rows(out, "diagnosis", "day") == [(date(2020, 2, 3),)]


def test_nothing_of_anybody_leaves(tmp_path: Path, out: Path) -> None:
    """No number, name or reference in any file, nor in what is told; a unit that is a person is hashed."""
    own = {
        "identifier": [{"system": NUMBER, "value": "201203042383"}],
        "name": [{"family": "Lindqvist", "given": ["Alva"]}],
    }
    met = encounter("e1", serviceProvider={"identifier": {"value": "197503042380"}})
    broken = '{"resourceType":"Encounter","subject":{"display":"Alva Lindqvist 201203042383"'
    folder = in_folder(
        tmp_path, Patient=[patient("p1", **own)], Encounter=[met, broken], Condition=[condition("c1")]
    )
    said: list[str] = []
    load(folder, out, OURS, read_mapping(), said.append)
    tables = ("child", "residence", "contact", "diagnosis")
    values = [str(value) for table in tables for row in rows(out, table)
              for value in row]  # fmt: skip
    every = " ".join([*values, *said, *(path.read_bytes().decode("latin-1") for path in out.rglob("*.*"))])
    for secret in ("201203042383", "197503042380", "Lindqvist", "Alva", "anna", SECRET):
        assert secret not in every, secret
    (unit,) = rows(out, "contact", "unit")[0]
    assert unit == OURS.unit("197503042380") != "197503042380"


class TestRefusals:
    @pytest.mark.parametrize(
        ("lacks", "says"), [("Patient", "Lägg till Patient.ndjson"), ("Encounter", "Encounter saknas")]
    )
    def test_what_must_be_there(self, tmp_path: Path, out: Path, lacks: str, says: str) -> None:
        folder = in_folder(tmp_path)
        (folder / f"{lacks}.ndjson").unlink()
        with pytest.raises(NotReadableError, match=says):
            loaded(folder, out)
        assert not out.exists()

    def test_a_folder_that_holds_something_is_left_alone(self, tmp_path: Path, out: Path) -> None:
        out.mkdir()
        loaded(in_folder(tmp_path), out)  # an empty one is taken
        with pytest.raises(NotReadableError, match="inte tom"):
            loaded(tmp_path / "in", out)

    def test_a_file_that_is_cut_off_leaves_nothing_behind(self, tmp_path: Path, out: Path) -> None:
        folder = in_folder(tmp_path, Encounter_2=[encounter(f"e{n}") for n in range(500)])
        path = folder / "Encounter-2.ndjson.gz"
        path.write_bytes(path.read_bytes()[:60])
        with pytest.raises(NotReadableError, match="Encounter-2.ndjson.gz: "):
            loaded(folder, out)
        assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_files_in_order_of_child_a_year_a_file(tmp_path: Path, out: Path) -> None:
    people = [patient(f"p{n}") for n in range(30)]
    met = [
        encounter(f"e{n}", f"Patient/p{n % 30}", period={"start": f"{2022 + n % 3}-02-0{1 + n % 9}"})
        for n in range(300)
    ]
    loaded(in_folder(tmp_path, Patient=people, Encounter=met), out)
    for year in (2022, 2023, 2024):
        path = out / "contact" / f"year={year}" / "all.parquet"
        found = duckdb.sql(f"SELECT child, staff, day FROM read_parquet('{path}', hive_partitioning = false)")
        told = found.fetchall()
        assert told == sorted(told)
        assert {day.year for _, _, day in told} == {year}
    assert Delivery(out).held("contact") == range(2022, 2025)
