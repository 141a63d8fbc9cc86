"""What a resource tells of on the child's timeline: a title, a time and a state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from kring.clock import STOCKHOLM

from .identity import NUMBER, clean
from .moments import Moment, moment_of

TITLE = 300
Tree = dict[str, Any]

EVENT_KINDS = {
    "Encounter": "encounter",
    "Condition": "condition",
    "Procedure": "procedure",
    "Appointment": "appointment",
    "CarePlan": "care_plan",
    "Observation": "observation",
    "Immunization": "immunization",
    "AllergyIntolerance": "allergy",
    "MedicationRequest": "medication",
    "DiagnosticReport": "diagnostic_report",
}
WITHDRAWN = "record_withdrawn"

# The elements that hold the time, the best first: a moment, or the start of a period with its end.
_TIMES = {
    "Encounter": ("period",),
    "Condition": ("onsetDateTime", "onsetPeriod", "recordedDate"),
    "Procedure": ("performedDateTime", "performedPeriod"),
    "Appointment": ("start", "requestedPeriod"),
    "CarePlan": ("period", "created"),
    "Observation": ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "effectiveTiming", "issued"),
    "Immunization": ("occurrenceDateTime", "recorded"),
    "AllergyIntolerance": ("onsetDateTime", "onsetPeriod", "recordedDate"),
    "MedicationRequest": ("authoredOn",),
    "DiagnosticReport": ("effectiveDateTime", "effectivePeriod", "issued"),
}
# When it was written down, where the source tells that beside when it happened; a block is compared with it.
_DOCUMENTED = {
    "Condition": ("recordedDate",),
    "Observation": ("issued",),
    "CarePlan": ("created",),
    "Immunization": ("recorded",),
    "AllergyIntolerance": ("recordedDate",),
    "DiagnosticReport": ("issued",),
}
_NAMES_A_DAY = {"day", "time"}
_ENDS = {"Condition": ("abatementDateTime", "abatementPeriod"), "Appointment": ("end",)}


@dataclass(frozen=True)
class Happening:
    """One row of the timeline. `state` is the resource's own status, `value` what was measured.

    `documented_on`: the Swedish day it was written down, None when no day of it is known.
    """

    kind: str
    title: str
    at: datetime
    ends_at: datetime | None
    precision: str
    state: str
    value: str = ""
    documented_on: date | None = None

    @property
    def data(self) -> dict[str, str]:
        told = {"precision": self.precision, "state": self.state, "value": self.value}
        return {name: text for name, text in told.items() if text}


def is_told(kind: str) -> bool:
    """Whether resources of this type stand on the timeline."""
    return kind in EVENT_KINDS


def is_withdrawn(tree: Tree) -> bool:
    """Whether the source says that the entry was a mistake."""
    return "entered-in-error" in (tree.get("status"), _code(tree.get("verificationStatus")))


def happening_of(tree: Tree) -> Happening | None:
    """What the resource tells of, or None when it has no time that can be read."""
    kind = tree["resourceType"]
    start = _first(_start(tree.get(name)) for name in _TIMES[kind])
    if start is None:
        return None
    ends = (tree.get(name) for name in _ENDS.get(kind, ()))
    end = _first(
        chain((_end(value) or moment_of(value) for value in ends), map(_end, map(tree.get, _TIMES[kind])))
    )
    return Happening(
        kind=EVENT_KINDS[kind],
        title=_TITLES[kind](tree)[:TITLE] or kind,
        at=start.at,
        ends_at=end.at if end and end.at >= start.at else None,
        precision=start.precision,
        state=clean(tree.get("status"), 40) or _code(tree.get("clinicalStatus")),
        value=_value(tree) if kind == "Observation" else "",
        documented_on=_documented_on(tree, start),
    )


def _documented_on(tree: Tree, start: Moment) -> date | None:
    """The day a source says it wrote the entry, else the day it is about; None when neither names a day."""
    written = (moment_of(tree.get(name)) for name in _DOCUMENTED.get(tree["resourceType"], ()))
    moment = _first(written) or start
    return moment.at.astimezone(STOCKHOLM).date() if moment.precision in _NAMES_A_DAY else None


def _first(moments: Iterable[Moment | None]) -> Moment | None:
    return next((moment for moment in moments if moment), None)


def _start(value: Any) -> Moment | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        events = value.get("event")
        value = value.get("start") or (events[0] if isinstance(events, list) and events else None)
    return moment_of(value)


def _end(value: Any) -> Moment | None:
    """The end of a period, or of the first of several."""
    if isinstance(value, list):
        value = value[0] if value else None
    return moment_of(value.get("end")) if isinstance(value, dict) else None


def words(concept: Any) -> str:
    """A CodeableConcept or Coding (or the first of several that says something): text, display, code."""
    concepts = concept if isinstance(concept, list) else [concept]
    return next((found for one in concepts if isinstance(one, dict) and (found := _words_of_one(one))), "")


def _words_of_one(concept: Tree) -> str:
    codings = concept.get("coding")
    # No recursion here: what is hostile may be as deep as it likes.
    for part in (concept, *(codings if isinstance(codings, list) else ())):
        for name in ("text", "display", "code"):
            if isinstance(part, dict) and (found := clean(part.get(name), TITLE)):
                return found
    return ""


def _code(concept: Any) -> str:
    codings = concept.get("coding") if isinstance(concept, dict) else None
    first = codings[0] if isinstance(codings, list) and codings else None
    return clean(first.get("code"), 40) if isinstance(first, dict) else ""


def _of_encounter(tree: Tree) -> str:
    return words(tree.get("type")) or words(tree.get("serviceType")) or words(tree.get("class"))


def _of_appointment(tree: Tree) -> str:
    return (
        words(tree.get("appointmentType"))
        or words(tree.get("serviceType"))
        or clean(tree.get("description"), TITLE)
    )


def _of_care_plan(tree: Tree) -> str:
    categories = tree.get("category")
    last = words(categories[::-1]) if isinstance(categories, list) else ""
    return clean(tree.get("title"), TITLE) or last or clean(tree.get("description"), TITLE)


def _of_vaccine(tree: Tree) -> str:
    return words(tree.get("vaccineCode"))


def _of_medication(tree: Tree) -> str:
    pointed = tree.get("medicationReference")
    named = clean(pointed.get("display"), TITLE) if isinstance(pointed, dict) else ""
    return words(tree.get("medicationCodeableConcept")) or named


def _of_code(tree: Tree) -> str:
    return words(tree.get("code"))


_TITLES: dict[str, Callable[[Tree], str]] = {
    "Encounter": _of_encounter,
    "Appointment": _of_appointment,
    "CarePlan": _of_care_plan,
    "Condition": _of_code,
    "Procedure": _of_code,
    "Observation": _of_code,
    "Immunization": _of_vaccine,
    "AllergyIntolerance": _of_code,
    "MedicationRequest": _of_medication,
    "DiagnosticReport": _of_code,
}


def _digits(value: Any) -> str:
    """A number as it was written: 1.10 is not 1.1."""
    return clean(value[len(NUMBER) :], 40) if isinstance(value, str) and value.startswith(NUMBER) else ""


def _value(tree: Tree) -> str:
    parts = tree.get("component")
    if isinstance(parts, list) and not any(name.startswith("value") for name in tree):
        told = (
            f"{words(part.get('code'))} {_value(part | {'component': None})}"
            for part in parts
            if isinstance(part, dict)
        )
        return ", ".join(told)[:200]
    quantity = tree.get("valueQuantity")
    if isinstance(quantity, dict):
        number = _digits(quantity.get("value"))
        return f"{number} {clean(quantity.get('unit') or quantity.get('code'), 40)}".strip()
    return words(tree.get("valueCodeableConcept")) or clean(tree.get("valueString"), 100)
