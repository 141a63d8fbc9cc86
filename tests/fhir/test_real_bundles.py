"""Real input that nobody here wrote: 40 Synthea bundles, 9,878 resources."""

import gzip
import io
import json
from collections import Counter

import pytest
from django.core.management import call_command

from kring.care.record.models import Delivery, Reference, Resource, ResourceVersion
from kring.children.models import CareRelation, Child
from kring.timeline.models import Event
from tests.fhir import deliveries

pytestmark = pytest.mark.django_db

TOLD = {"Encounter", "Condition", "Procedure", "CarePlan", "Observation", "Immunization"} | {
    "AllergyIntolerance", "MedicationRequest", "DiagnosticReport",
}  # fmt: skip


@pytest.fixture
def bundles(shared_data):
    folder = shared_data / "synthea-children"
    return folder, [
        json.loads(gzip.decompress(file.read_bytes())) for file in sorted(folder.glob("child-*.json.gz"))
    ]


def run(folder, **options) -> str:
    out = io.StringIO()
    call_command("import_record", str(folder), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_all_are_imported_each_equal_when_read_back_and_again_adds_nothing(bundles, cast):
    folder, read = bundles
    sent = [entry["resource"] for one in read for entry in one["entry"]]
    assert len(sent) == 9878
    children_before = Child.objects.count()

    said = run(folder, source="synthea", unit=deliveries.UNIT, verify=True)

    assert "9878 poster" in said
    assert "Nya 9842, ersatta 0, äldre 0, oförändrade 36, inte inlästa 0" in said
    held = dict(ResourceVersion.objects.values_list("resource__key", "body"))
    assert len(held) == len({one["id"] for one in sent}) == 9842
    assert all(json.loads(held[one["id"]]) == one for one in sent)

    kinds = Counter(one["resourceType"] for one in sent)
    assert sum((Counter(one.kinds) for one in Delivery.objects.all()), Counter()) == kinds
    distinct = Counter(kind for kind, _ in {(one["resourceType"], one["id"]) for one in sent})
    assert Counter(Resource.objects.values_list("kind", flat=True)) == distinct

    assert Child.objects.count() == children_before + 40
    assert not Reference.objects.filter(target__isnull=True).exists()
    nobody = Resource.objects.filter(child__isnull=True).values_list("kind", flat=True)
    assert set(nobody) == {"Organization", "Practitioner"}
    assert Event.objects.filter(source="synthea").count() == sum(kinds[kind] for kind in TOLD)
    assert CareRelation.objects.filter(unit__key=deliveries.UNIT, starts_on="2026-11-16").count() == 40

    state = snapshot()
    assert "Nya 0, ersatta 0, äldre 0, oförändrade 9878, inte inlästa 0" in run(folder, source="synthea")
    assert snapshot() == state


def test_the_very_text_of_each_resource_is_kept(bundles, cast):
    folder, read = bundles
    file = sorted(folder.glob("child-*.json.gz"))[-1]
    run(file, source="synthea", unit=deliveries.UNIT)
    text = gzip.decompress(file.read_bytes()).decode()
    for entry in read[-1]["entry"]:
        held = deliveries.body(entry["resource"]["resourceType"], entry["resource"]["id"])
        assert held in text
        assert json.loads(held) == entry["resource"]


def snapshot() -> tuple[int, ...]:
    tables = (Resource, ResourceVersion, Reference, Child, CareRelation, Event)
    return tuple(table.objects.count() for table in tables)
