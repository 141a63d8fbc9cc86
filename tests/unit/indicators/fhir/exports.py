"""An export made by hand: what stands in each resource, and the folder with its files."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indicators.fhir.load import Told, load
from indicators.fhir.mapping import load as read_mapping
from indicators.fhir.pseudonyms import Pseudonyms

SECRET = "a secret of the region, and long enough"  # noqa: S105 - of a test
NUMBER = "http://electronichealth.se/identifier/personnummer"
PLACE = "https://kring.example/fhir/municipality"
ICD = "http://hl7.org/fhir/sid/icd-10-se"
Lines = Sequence[Mapping[str, Any] | str]


def patient(own: str, **fields: Any) -> dict[str, Any]:
    made = {
        "resourceType": "Patient",
        "id": own,
        "birthDate": "2012-03-04",
        "gender": "female",
        "address": [{"extension": [{"url": PLACE, "valueCode": "1480"}]}],
    }
    return made | fields


def encounter(own: str, of: str = "Patient/p1", **fields: Any) -> dict[str, Any]:
    made = {
        "resourceType": "Encounter",
        "id": own,
        "status": "finished",
        "class": {"code": "AMB"},
        "subject": {"reference": of},
        "participant": [{"individual": {"reference": "Practitioner/anna"}}],
        "period": {"start": "2024-05-06T10:00:00+02:00"},
        "serviceProvider": {"reference": "Organization/bup"},
    }
    return made | fields


def condition(own: str, of: str = "Patient/p1", icd: str = "F90.0", **fields: Any) -> dict[str, Any]:
    made = {
        "resourceType": "Condition",
        "id": own,
        "subject": {"reference": of},
        "recordedDate": "2024-05-06",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}, {"system": ICD, "code": icd}]},
    }
    return made | fields


def booking(own: str, of: str = "Patient/p1", **fields: Any) -> dict[str, Any]:
    actors = (of, "Practitioner/anna", "HealthcareService/bup")
    made = {
        "resourceType": "Appointment",
        "id": own,
        "status": "noshow",
        "start": "2024-05-07T08:00:00+02:00",
        "participant": [{"actor": {"reference": one}} for one in actors],
    }
    return made | fields


def export(folder: Path, **files: Lines) -> Path:
    """A file for each name: Patient, or Encounter_2 for Encounter-2.ndjson.gz."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines)
        if "_" in name:
            path = folder / f"{name.replace('_', '-')}.ndjson.gz"
            path.write_bytes(gzip.compress(text.encode()))
        else:
            (folder / f"{name}.ndjson").write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path, out: Path, own: Path | None = None) -> Told:
    return load(folder, out, Pseudonyms(SECRET), read_mapping(own))
