"""References: found within the delivery, in earlier ones, or when their target comes."""

import itertools
import json

import pytest

from kring.care.record.models import Reference
from kring.children.models import Child
from tests.fhir.deliveries import NUMBER, PERSONAL, bundle, observation, patient, send, source, stored

pytestmark = pytest.mark.django_db
ORGANIZATION = {
    "resourceType": "Organization",
    "id": "org",
    "identifier": [{"system": "urn:oid:9", "value": "77"}],
}


def entry(resource: dict, url: str = "", **request: str) -> tuple:
    full = {"fullUrl": url} if url else {}
    asked = {"request": {"method": "POST", "url": resource["resourceType"]} | request}
    return ({"resource": resource} | full | asked,)


def target(kind: str, key: str, path: str = "subject"):
    return Reference.objects.get(resource=stored(kind, key), path=path).target


@pytest.mark.parametrize("kind", ["transaction", "collection"])
@pytest.mark.parametrize(
    ("url", "literal"),
    [
        ("urn:uuid:5d2c3a3e-0000-4000-8000-000000000001", "urn:uuid:5d2c3a3e-0000-4000-8000-000000000001"),
        ("https://sender.example/fhir/Patient/p1", "https://sender.example/fhir/Patient/p1"),
        ("https://sender.example/fhir/Patient/p1", "https://sender.example/fhir/Patient/p1/_history/4"),
        ("https://sender.example/fhir/Patient/p1", "Patient/p1"),
        ("", "Patient/p1"),
        ("", "Patient/p1/_history/2"),
        ("", f"Patient?identifier={PERSONAL}|{NUMBER}"),
        ("", f"Patient?identifier={PERSONAL}|20170101-2393"),
    ],
)
@pytest.mark.parametrize("reverse", [False, True])
def test_within_a_bundle(cast, kind, url, literal, reverse):
    parts = [entry(patient(), url), entry(observation(of=literal))]
    send(bundle(*(parts[::-1] if reverse else parts), kind=kind))
    assert target("Observation", "o1") == stored("Patient", "p1")
    assert stored("Observation", "o1").child == stored("Patient", "p1").child


@pytest.mark.parametrize(
    "literal",
    ["Patient/p1", "urn:uuid:a-1", f"Patient?identifier={PERSONAL}|{NUMBER}", "Patient/p1/_history/9"],
)
@pytest.mark.parametrize("patient_first", [True, False])
def test_between_deliveries_whichever_comes_first(cast, literal, patient_first):
    files = [bundle(entry(patient(), "urn:uuid:a-1")), bundle(observation(of=literal))]
    for one in files if patient_first else files[::-1]:
        send(one)
    resource = stored("Observation", "o1")
    assert target("Observation", "o1") == stored("Patient", "p1")
    assert resource.child == stored("Patient", "p1").child
    assert resource.event_id is not None


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_ndjson_in_any_order_ends_the_same(cast, order):
    lines = [patient(), observation("o1"), observation("o2", derivedFrom=[{"reference": "Observation/o1"}])]
    for at in order:
        send(json.dumps(lines[at]))
    assert not Reference.objects.filter(target__isnull=True).exists()
    assert target("Observation", "o2", "derivedFrom") == stored("Observation", "o1")
    assert {stored("Observation", key).child for key in ("o1", "o2")} == {stored("Patient", "p1").child}


def test_a_reference_by_identifier_alone_finds_the_child(cast):
    by_number = {"identifier": {"system": PERSONAL, "value": "170101-2393"}, "display": "Pim"}
    send(bundle(patient(), observation(subject=by_number)))
    assert target("Observation", "o1") == stored("Patient", "p1")


def test_a_known_child_is_found_by_number_though_the_source_sent_no_patient(cast):
    send(patient())
    other = source("other", "bvc-hjo")
    send(observation(of=f"Patient?identifier={PERSONAL}|{NUMBER}"), to=other)
    send(observation("o2", of=f"Patient?identifier=urn:oid:1.2.3|{NUMBER}"), to=other)
    send(observation("o3", of="Patient/p1"), to=other)
    assert stored("Observation", "o1").child == stored("Patient", "p1").child
    assert stored("Observation", "o2").child is stored("Observation", "o3").child is None


def test_an_identifier_that_two_share_points_at_nobody(cast):
    twin = ORGANIZATION | {"id": "org2"}
    by = {"performer": [{"reference": "Organization?identifier=urn:oid:9|77"}]}
    send(bundle(ORGANIZATION, twin, patient(), observation(**by)))
    assert target("Observation", "o1", "performer") is None


def test_a_conditional_reference_to_an_organisation(cast):
    by = {"performer": [{"reference": "Organization?identifier=urn:oid:9|77"}]}
    send(ORGANIZATION)
    send(bundle(patient(), observation(**by)))
    assert target("Observation", "o1", "performer") == stored("Organization", "org")


def test_contained_parts_are_found_in_the_resource_itself(cast):
    parts = {
        "contained": [
            {"resourceType": "Practitioner", "id": "dr", "qualification": [{"issuer": {"reference": "#"}}]}
        ],
        "performer": [{"reference": "#dr"}, {"reference": "#missing"}],
    }
    send(bundle(patient(), observation(**parts)))
    own = stored("Observation", "o1")
    found = {row.text: row.target for row in Reference.objects.filter(resource=own)}
    assert found == {"#dr": own, "#": own, "#missing": None, "Patient/p1": stored("Patient", "p1")}


def test_references_in_contained_resources_count(cast):
    inner = {"resourceType": "Coverage", "id": "c", "beneficiary": {"reference": "Patient/p1"}}
    send(bundle(patient(), observation(contained=[inner])))
    assert target("Observation", "o1", "contained.beneficiary") == stored("Patient", "p1")


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        (
            {"resourceType": "Appointment", "participant": [{"actor": {"display": "x"}}, {"actor": {}}]},
            "participant.actor",
        ),
        ({"resourceType": "Task", "for": {}}, "for"),
        ({"resourceType": "Coverage", "beneficiary": {}}, "beneficiary"),
        ({"resourceType": "RelatedPerson", "patient": {}}, "patient"),
        ({"resourceType": "Account", "subject": [{}]}, "subject"),
    ],
)
def test_each_kind_says_in_its_own_way_which_child_it_is_about(cast, resource, path):
    filled = json.loads(json.dumps(resource).replace("{}", '{"reference":"Patient/p1"}'))
    send(bundle(ORGANIZATION, patient(), filled | {"id": "x"}))
    assert stored(resource["resourceType"], "x").child == stored("Patient", "p1").child


def test_what_is_about_two_children_is_shown_for_neither(cast):
    two = [{"actor": {"reference": "Patient/p1"}}, {"actor": {"reference": "Patient/p2"}}]
    both = {"resourceType": "Appointment", "id": "a", "participant": two, "start": "2026-12-01T09:00:00Z"}
    send(bundle(patient(), patient("p2", number=None), both))
    assert stored("Appointment", "a").child is None
    assert stored("Appointment", "a").event_id is None


def test_a_child_mentioned_in_passing_is_not_the_subject(cast):
    group = {"resourceType": "Group", "id": "g", "member": [{"entity": {"reference": "Patient/p1"}}]}
    send(bundle(patient(), group, observation(of="Group/g")))
    assert stored("Group", "g").child is None
    assert stored("Observation", "o1").child is None


def test_sources_do_not_see_each_others_names(cast):
    send(patient())
    send(observation(of="Patient/p1"), to=source("other", "bvc-hjo"))
    assert target("Observation", "o1") is None


def test_a_new_version_has_its_own_references(cast):
    send(bundle(patient(), patient("p2", number=None), observation()))
    send(observation(of="Patient/p2"))
    assert target("Observation", "o1") == stored("Patient", "p2")
    assert Reference.objects.filter(resource=stored("Observation", "o1")).count() == 1
    assert stored("Observation", "o1").child == stored("Patient", "p2").child


def test_a_child_that_comes_after_its_refused_patient(cast):
    before = Child.objects.count()
    send(bundle(patient(number="abc"), observation()))
    assert (Child.objects.count(), stored("Observation", "o1").child) == (before, None)
    send(patient())
    assert stored("Observation", "o1").child == stored("Patient", "p1").child
    assert stored("Observation", "o1").event_id


@pytest.mark.parametrize(
    "odd", [7, None, [], {}, "", "#", "?", "Patient/", "//", "\ud800", "x" * 5000, "a|b?identifier=|"]
)
def test_odd_references_are_kept_and_point_nowhere(cast, odd):
    delivery = send(bundle(patient(), observation(subject={"reference": odd})))
    assert (delivery.added, delivery.refused) == (2, 0)
    assert stored("Observation", "o1").child is None


def test_very_deep_resources_are_walked(cast):
    deep: dict = {"reference": "Patient/p1"}
    for _ in range(400):
        deep = {"x": [deep]}
    assert send(bundle(patient(), observation(extension=[deep]))).added == 2
