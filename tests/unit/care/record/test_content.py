"""An entry's content in words: every element of it, in Swedish where FHIR's own words are known."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.presenters import Field, code_word, fields_of, when
from kring.care.record.presenters.content import DEEPEST, LONGEST, stem
from kring.care.record.reading.exact import Reader


def read(text: str) -> dict:
    return Reader(text).value(0)[0].tree


def shown(*, masked: bool = False, **elements) -> dict[str, tuple[str, ...]]:
    tree = read(json.dumps({"resourceType": "Observation", "id": "x"} | elements))
    return {field.label: field.values for field in fields_of(tree, masked=masked)}


def value(said, *, masked: bool = False, name: str = "value") -> str:
    (field,) = fields_of(read(json.dumps({name: said})), masked=masked)
    return " | ".join(field.values)


CODED = {"coding": [{"system": "http://snomed.info/sct", "code": "24079001", "display": "Atopic dermatitis"}]}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (True, "Ja"),
        (False, "Nej"),
        ("Mår bra", "Mår bra"),
        ("2026", "2026"),
        ("2026-03", "mars 2026"),
        ("2026-03-01", "sön 1 mar 2026"),
        ("2026-03-01T10:00:00+01:00", "sön 1 mar 2026 kl. 10.00"),
        (CODED, "Atopic dermatitis (SNOMED CT 24079001)"),
        (CODED | {"text": "Böjveckseksem"}, "Böjveckseksem (SNOMED CT 24079001)"),
        ({"coding": [{"system": "urn:x", "code": "7"}]}, "7"),
        ({"coding": []}, ""),
        ({"system": "http://loinc.org", "code": "8302-2", "display": "Längd"}, "Längd (LOINC 8302-2)"),
        ({"value": 1.5, "unit": "mg", "comparator": "<"}, "< 1.5 mg"),
        ({"value": 3, "code": "cm", "system": "http://unitsofmeasure.org"}, "3 cm"),
        ({"low": {"value": 1, "unit": "g"}, "high": {"value": 2, "unit": "g"}}, "1 g – 2 g"),
        ({"start": "2026-03-01", "end": "2026-04-01"}, "sön 1 mar 2026 till ons 1 apr 2026"),
        ({"start": "2026-03-01"}, "Från sön 1 mar 2026"),
        ({"end": "2026"}, "Till 2026"),
        ({"reference": "Practitioner/1", "display": "Dr Ek"}, "Dr Ek"),
        ({"reference": "Patient?identifier=x|201701012393"}, "En annan post"),
        ({"system": "urn:a", "value": "A-7", "use": "official"}, "A-7"),
        ({"text": "Ringde hem", "time": "2026-03-01"}, "Ringde hem"),
        ({"contentType": "image/png", "data": "aGVq", "title": "Bild"}, "Bild image/png"),
        (["a", "b", "a"], "a | b"),
    ],
)
def test_each_kind_of_value_in_words(said, words):
    found = fields_of(read(json.dumps({"value": said})))
    assert " | ".join(found[0].values if found else ()) == words


def test_a_number_is_shown_as_exactly_as_it_was_written():
    (field,) = fields_of(read('{"valueQuantity": {"value": 1.10, "unit": "m"}}'))
    assert field.values == ("1.10 m",)
    (field,) = fields_of(read('{"valueInteger": 100000000000000000000001}'))
    assert field.values == ("100000000000000000000001",)


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("status", "final", "Färdig"),
        ("status", "own-word", "own-word"),
        ("clinicalStatus", {"coding": [{"code": "resolved"}]}, "Har gått över"),
        ("class", {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}, "Öppenvård"),
        # The same letters in another element are no code of FHIR's.
        ("value", "final", "final"),
    ],
)
def test_fhir_s_own_codes_have_swedish_words_where_they_are_codes(name, said, words):
    assert value(said, name=name) == words


@pytest.mark.parametrize(
    ("name", "label", "known"),
    [
        ("valueQuantity", "Värde", True),
        ("onsetDateTime", "Började", True),
        ("medicationCodeableConcept", "Läkemedel", True),
        ("occurrenceString", "När", True),
        ("code", "Vad", True),
        ("photonFlux", "photonFlux", False),
    ],
)
def test_labels_are_swedish_where_there_is_a_word_and_else_the_source_s_own(name, label, known):
    (field,) = fields_of({name: "x"})
    assert (field.label, field.known) == (label, known)


@pytest.mark.parametrize(("name", "cut"), [("valueSet", "value"), ("values", "values"), ("value", "value")])
def test_only_a_type_at_the_end_of_a_name_is_cut_off(name, cut):
    assert stem(name) == cut


def test_what_names_the_resource_the_child_or_the_machine_is_not_repeated():
    web = {"status": "generated", "div": "<div>Längd</div>"}
    found = shown(
        meta={"versionId": "1"},
        subject={"reference": "Patient/1"},
        text=web,
        language="sv",
        _status={"id": "a"},
    )
    assert found == {}
    assert shown(text="En egen text") == {"Text": ("En egen text",)}


def test_what_is_made_of_parts_stands_part_by_part_in_the_order_written():
    (field,) = fields_of(
        read(
            json.dumps({"component": [{"code": {"text": "Övre"}, "valueInteger": 120}, {"valueInteger": 80}]})
        )
    )
    assert (field.label, field.values) == ("Del", ())
    assert [[(part.label, part.values) for part in group] for group in field.parts] == [
        [("Vad", ("Övre",)), ("Värde", ("120",))],
        [("Värde", ("80",))],
    ]


def test_depth_has_an_end_that_says_so():
    deep: dict = {"end": "x"}
    for _ in range(60):
        deep = {"component": [deep]}
    field, depth = fields_of(deep)[0], 0
    while field.parts:
        field, depth = field.parts[0][0], depth + 1
    assert depth == DEEPEST + 1
    assert "Hämta posten" in field.values[0]


MASKED = {
    "status": "final",
    "code": {"text": "Längd"},
    "effectiveDateTime": "2026-03-01T10:00:00+01:00",
    "performer": [{"reference": "Practitioner/1", "display": "Dr Ek, BUP Skövde"}],
    "period": {"start": "2026-03-01"},
    "identifier": [{"system": "urn:oid:1.2.752.1", "value": "SKOVDE-7"}],
    "valueQuantity": {"value": 1.1, "unit": "m"},
}


def test_a_mask_hides_when_where_and_by_whom_and_nothing_else():
    found = shown(masked=True, **MASKED)
    hidden = {label for label, values in found.items() if values == ("Dolt",)}
    assert hidden == {"Gäller tiden", "Utförd av", "Tid", "Beteckning"}
    assert found["Värde"] == ("1.1 m",)
    assert not any(
        "Skövde" in one or "2026" in one or "SKOVDE" in one for said in found.values() for one in said
    )
    assert "Dolt" not in str(shown(**MASKED))


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
TREES = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "value", "text", "reference", "start", "x"]), below
        )
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.text(min_size=1, max_size=12), TREES, max_size=4), st.booleans())
def test_whatever_a_source_wrote_becomes_strings(tree, masked):
    def check(field: Field) -> None:
        assert field.values or field.parts
        assert all(isinstance(one, str) and one and "\x00" not in one for one in field.values)
        assert all(len(one) <= 2 * LONGEST for one in field.values)
        for group in field.parts:
            assert group
            for part in group:
                check(part)

    for field in fields_of(read(json.dumps(tree)), masked=masked):
        check(field)


NOON = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("year", "2026"),
        ("month", "juli 2026"),
        ("day", "ons 1 jul 2026"),
        ("time", "ons 1 jul 2026 kl. 00.30"),
    ],
)
def test_a_time_is_never_more_exact_than_it_was_written(precision, words):
    assert when(NOON, precision) == words


def test_the_words_follow_the_page_s_language():
    with translation.override("en"):
        assert fields_of({"status": "final"}) == [Field("Status", True, ("Final",))]
        assert when(NOON, "month") == "July 2026"


def test_a_code_nobody_knows_has_no_word():
    assert (code_word("finished"), code_word("x"), code_word("")) == ("Avslutad", "", "")
