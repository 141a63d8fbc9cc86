"""What a resource tells of on the timeline: its title, its time, its end, its state and what was measured."""

from datetime import UTC, date, datetime

import pytest

from kring.care.record.rules.happenings import (
    EVENT_KINDS,
    TITLE,
    Happening,
    happening_of,
    is_told,
    is_withdrawn,
    words,
)
from kring.care.record.rules.identity import NUMBER

DAY, LATER, EVEN_LATER = "2026-03-02", "2026-03-09", "2026-03-20"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
AT_NOON = "2026-03-02T12:00:00+01:00"


def told(kind, **fields):
    return happening_of({"resourceType": kind} | fields)


def text(value):
    return {"text": value}


def number(value):
    return NUMBER + value


# When


@pytest.mark.parametrize(
    ("kind", "better", "worse"),
    [
        ("Condition", "onsetDateTime", "onsetPeriod"),
        ("Condition", "onsetPeriod", "recordedDate"),
        ("Procedure", "performedDateTime", "performedPeriod"),
        ("Appointment", "start", "requestedPeriod"),
        ("CarePlan", "period", "created"),
        ("Observation", "effectiveDateTime", "effectivePeriod"),
        ("Observation", "effectivePeriod", "effectiveInstant"),
        ("Observation", "effectiveInstant", "effectiveTiming"),
        ("Observation", "effectiveTiming", "issued"),
    ],
)
def test_the_better_time_goes_before_the_worse(kind, better, worse):
    def as_sent(name, day):
        if name.endswith(("Period", "period")):
            return {"start": day}
        return {"event": [day]} if name == "effectiveTiming" else day

    both = told(kind, **{better: as_sent(better, AT_NOON), worse: as_sent(worse, LATER)})
    assert (both.at, both.precision) == (NOON, "time")
    assert told(kind, **{worse: as_sent(worse, AT_NOON)}).at == NOON
    # One that cannot be read is as good as missing.
    assert told(kind, **{better: as_sent(better, "soon"), worse: as_sent(worse, AT_NOON)}).at == NOON


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_without_a_time_nothing_is_told(kind):
    assert told(kind, code=text("Längd")) is None


@pytest.mark.parametrize(
    ("period", "at", "ends"),
    [
        ({"start": DAY, "end": LATER}, "2026-03-01", "2026-03-08"),
        ({"start": DAY}, "2026-03-01", None),
        ({"start": DAY, "end": DAY}, "2026-03-01", "2026-03-01"),
        # An end before the start is no end.
        ({"start": LATER, "end": DAY}, "2026-03-08", None),
        ({"start": DAY, "end": "soon"}, "2026-03-01", None),
        # Of several periods the first.
        ([{"start": DAY, "end": LATER}, {"start": EVEN_LATER}], "2026-03-01", "2026-03-08"),
    ],
)
def test_a_period_has_a_start_and_perhaps_an_end(period, at, ends):
    """Midnight in Sweden is the evening before in UTC."""
    found = told("Encounter", period=period)
    assert found.at.date().isoformat() == at
    assert (found.ends_at and found.ends_at.date().isoformat()) == ends


@pytest.mark.parametrize("period", [{}, [], None, {"end": LATER}, {"start": None}, "2026", [[]]])
def test_a_period_without_a_start_is_no_time(period):
    found = told("Encounter", period=period)
    assert found is None or period == "2026"


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"abatementDateTime": LATER}, LATER),
        ({"abatementPeriod": {"start": DAY, "end": LATER}}, LATER),
        ({"abatementDateTime": LATER, "abatementPeriod": {"end": EVEN_LATER}}, LATER),
        ({"abatementDateTime": "soon", "abatementPeriod": {"end": EVEN_LATER}}, EVEN_LATER),
        ({}, None),
    ],
)
def test_a_condition_ends_when_it_abates(fields, ends):
    found = told("Condition", onsetDateTime=DAY, **fields)
    assert (
        (found.ends_at is None)
        if ends is None
        else (found.ends_at == told("Condition", onsetDateTime=ends).at)
    )


def test_an_appointment_ends_at_its_own_end():
    found = told("Appointment", start=AT_NOON, end="2026-03-02T12:45:00+01:00")
    assert (found.ends_at - found.at).total_seconds() == 45 * 60


# What


@pytest.mark.parametrize(
    ("concept", "said"),
    [
        (text("Längd"), "Längd"),
        ({"text": "Längd", "coding": [{"display": "Height"}]}, "Längd"),
        ({"coding": [{"display": "Height", "code": "8302-2"}]}, "Height"),
        ({"coding": [{"code": "8302-2"}]}, "8302-2"),
        ({"coding": [{}, {"display": "Andra"}]}, "Andra"),
        ({"coding": ["x", {"display": "Andra"}]}, "Andra"),
        ({"coding": "x"}, ""),
        ([{}, text("Andra")], "Andra"),
        ([{"text": " "}, text("Andra")], "Andra"),
        ({"text": number("7")}, ""),
        ({"text": "Å\x00ä\n"}, "Å ä"),
        (None, ""),
        ("Längd", ""),
        (7, ""),
    ],
)
def test_a_concept_in_words(concept, said):
    assert words(concept) == said


@pytest.mark.parametrize(
    ("kind", "fields", "title"),
    [
        ("Encounter", {"type": [text("Besök")], "serviceType": text("Hab")}, "Besök"),
        ("Encounter", {"serviceType": text("Hab"), "class": {"display": "AMB"}}, "Hab"),
        ("Encounter", {"class": {"code": "AMB"}}, "AMB"),
        ("Appointment", {"appointmentType": text("Nybesök"), "serviceType": [text("Hab")]}, "Nybesök"),
        ("Appointment", {"serviceType": [text("Hab")], "description": "Träff"}, "Hab"),
        ("Appointment", {"description": " Träff "}, "Träff"),
        ("CarePlan", {"title": "Vårdplan", "category": [text("a")], "description": "b"}, "Vårdplan"),
        # The last category is the narrowest one.
        ("CarePlan", {"category": [text("Bred"), text("Smal")], "description": "b"}, "Smal"),
        ("CarePlan", {"category": text("Bred"), "description": "b"}, "b"),
        ("CarePlan", {"description": "b"}, "b"),
        ("Condition", {"code": text("Astma")}, "Astma"),
        ("Procedure", {"code": text("Talträning")}, "Talträning"),
        ("Observation", {"code": text("Längd")}, "Längd"),
        # What says nothing of itself is told by its kind.
        ("Condition", {}, "Condition"),
        ("Observation", {"code": {"text": number("1")}}, "Observation"),
    ],
)
def test_the_title_is_what_says_most(kind, fields, title):
    time = {"period": {"start": DAY}, "onsetDateTime": DAY, "performedDateTime": DAY, "start": DAY}
    found = told(kind, effectiveDateTime=DAY, **time, **fields)
    assert found.title == title
    assert found.kind == EVENT_KINDS[kind]


def test_a_very_long_title_is_cut_to_what_fits():
    assert len(told("Condition", onsetDateTime=DAY, code=text("å" * 2000)).title) == TITLE


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "final"}, "final"),
        ({"status": "final", "clinicalStatus": {"coding": [{"code": "active"}]}}, "final"),
        ({"clinicalStatus": {"coding": [{"code": "active"}, {"code": "x"}]}}, "active"),
        ({"clinicalStatus": {"text": "aktiv"}}, ""),
        ({"clinicalStatus": {"coding": []}}, ""),
        ({"clinicalStatus": {"coding": ["x"]}}, ""),
        ({"status": "y" * 90}, "y" * 40),
        ({}, ""),
    ],
)
def test_the_state_is_the_resource_s_own_word(fields, state):
    assert told("Condition", onsetDateTime=DAY, **fields).state == state


@pytest.mark.parametrize(
    ("fields", "withdrawn"),
    [
        ({"status": "entered-in-error"}, True),
        ({"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}, True),
        ({"status": "final", "verificationStatus": {"coding": [{"code": "confirmed"}]}}, False),
        ({"status": "Entered-in-error"}, False),
        ({"status": ["entered-in-error"]}, False),
        ({}, False),
    ],
)
def test_what_the_source_calls_a_mistake_is_withdrawn(fields, withdrawn):
    assert is_withdrawn(fields) is withdrawn


# What was measured


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"valueQuantity": {"value": number("1.10"), "unit": "m"}}, "1.10 m"),
        ({"valueQuantity": {"value": number("7"), "code": "kg"}}, "7 kg"),
        ({"valueQuantity": {"value": number("7"), "unit": "kilo", "code": "kg"}}, "7 kilo"),
        ({"valueQuantity": {"value": number("-0.50")}}, "-0.50"),
        ({"valueQuantity": {"unit": "m"}}, "m"),
        # A text is no number.
        ({"valueQuantity": {"value": "1.1", "unit": "m"}}, "m"),
        ({"valueCodeableConcept": text("Positiv")}, "Positiv"),
        ({"valueCodeableConcept": text("Positiv"), "valueString": "x"}, "Positiv"),
        ({"valueString": " Utan anmärkning "}, "Utan anmärkning"),
        ({"valueString": "z" * 200}, "z" * 100),
        ({"valueBoolean": True}, ""),
        ({}, ""),
    ],
)
def test_a_measured_value_as_it_was_written(fields, value):
    assert told("Observation", effectiveDateTime=DAY, **fields).value == value


PRESSURE = [
    {"code": text("Övre"), "valueQuantity": {"value": number("120"), "unit": "mmHg"}},
    "not a part",
    {"code": text("Undre"), "valueQuantity": {"value": number("80"), "unit": "mmHg"}},
]


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"component": PRESSURE}, "Övre 120 mmHg, Undre 80 mmHg"),
        # A value of its own goes before its parts.
        ({"component": PRESSURE, "valueString": "Högt"}, "Högt"),
        ({"component": "x"}, ""),
        ({"component": []}, ""),
        # Parts within parts are not followed.
        ({"component": [{"code": text("A"), "component": PRESSURE}]}, "A "),
        ({"component": PRESSURE * 20}, None),
    ],
)
def test_parts_are_told_one_after_the_other(fields, value):
    found = told("Observation", effectiveDateTime=DAY, **fields).value
    assert found == value if value is not None else len(found) == 200


def test_only_an_observation_has_a_value():
    assert told("Condition", onsetDateTime=DAY, valueString="x").value == ""


def test_what_is_empty_is_not_stored_with_the_event():
    whole = Happening("observation", "Längd", NOON, None, "time", "final", "1.10 m")
    assert whole.data == {"precision": "time", "state": "final", "value": "1.10 m"}
    assert Happening("observation", "Längd", NOON, None, "day", "").data == {"precision": "day"}


@pytest.mark.parametrize(("kind", "told"), [("Observation", True), ("Patient", False), ("Basic", False)])
def test_which_kinds_stand_on_the_timeline(kind, told):
    assert is_told(kind) is told


@pytest.mark.parametrize(
    ("kind", "fields", "day"),
    [
        (
            "Observation",
            {"effectiveDateTime": "2026-03-01", "issued": "2026-03-05T09:00:00Z"},
            date(2026, 3, 5),
        ),
        ("Observation", {"effectiveDateTime": "2026-03-01"}, date(2026, 3, 1)),
        ("Condition", {"onsetDateTime": "2019", "recordedDate": "2026-03-05"}, date(2026, 3, 5)),
        ("Condition", {"onsetDateTime": "2019-05"}, None),
        ("Condition", {"onsetDateTime": "2019-05-03", "recordedDate": "2026"}, None),
        ("Encounter", {"period": {"start": "2026-03-01T23:30:00Z"}}, date(2026, 3, 2)),
        ("Encounter", {"period": {"start": "2026-07-01T22:00:00Z"}}, date(2026, 7, 2)),
    ],
    ids=[
        "written later",
        "when it was",
        "an old illness",
        "a month",
        "a year",
        "winter night",
        "summer night",
    ],
)
def test_the_day_it_was_documented_is_a_swedish_day_or_not_known(kind, fields, day):
    """A block is compared with it; a text whose day is not known is covered by every block of its unit."""
    assert told(kind, **fields).documented_on == day
