"""Records that nobody here wrote: 40 children of Synthea, loaded and counted beside plain Python."""

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from indicators.fhir.pseudonyms import Pseudonyms
from tests.unit.indicators.fhir.exports import SECRET, export, loaded

OWN = """
[contact.columns]
unit = { paths = ["serviceProvider.reference"], otherwise = "unknown" }
[diagnosis.columns]
code = { paths = ["code.coding[system=http://snomed.info/sct].code"] }
"""


@pytest.fixture(scope="module")
def resources(shared_data: Path) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {"Patient": [], "Encounter": [], "Condition": []}
    for path in sorted((shared_data / "synthea-children").glob("*.json.gz")):
        for entry in json.loads(gzip.decompress(path.read_bytes()))["entry"]:
            if (one := entry["resource"])["resourceType"] in made:
                made[one["resourceType"]].append(one)
    return made


def test_each_child_has_as_many_contacts_and_diagnoses_as_its_record(
    resources: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    folder, out = export(tmp_path / "in", **resources), tmp_path / "out"
    told = loaded(folder, out, tmp_path / "own.toml")
    assert not any(one["unreadable"] for one in told.files)
    called = Pseudonyms(SECRET).child
    for table, resource in (("contact", "Encounter"), ("diagnosis", "Condition")):
        source = f"read_parquet('{out}/{table}/**/*.parquet', hive_partitioning = false)"
        found = dict(duckdb.sql(f"SELECT child, count(*) FROM {source} GROUP BY child").fetchall())
        of = Counter(one["subject"]["reference"].removeprefix("urn:uuid:") for one in resources[resource])
        assert found == {called(child): number for child, number in of.items()}
        assert told.tables[table] | {"assumed": {}} == {
            "rows": len(resources[resource]), "left_out": {}, "assumed": {},
        }  # fmt: skip
    people = duckdb.sql(
        f"SELECT child, born, sex, ended IS NOT NULL FROM '{out}/child/all.parquet'"
    ).fetchall()
    assert set(people) == {
        (
            called(one["id"]),
            date.fromisoformat(one["birthDate"]),
            {"female": "girl", "male": "boy"}[one["gender"]],
            "deceasedDateTime" in one,
        )
        for one in resources["Patient"]
    }
    assert len(people) == 40
