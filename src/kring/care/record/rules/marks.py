"""What a resource itself says about who of the family should not read it: a small dated table of codes.

Sources mark what is sensitive in `meta.security`, in `category` or by the diagnosis itself. What carries no
mark that is known here is shown as the table 8.5 b says of ordinary texts. The words of the marks are those
of `children.models.ShownToFamily`; what they mean is decided by `access.policy.visibility`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kring.access.policy.sources import ruling

Tree = Mapping[str, Any]

RULE = ruling("record.marks", "Posten säger själv att den är känslig.", 21, sign_off=True)

ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"


@dataclass(frozen=True)
class Marks:
    """A resource's marks. `rule` is the id of the row that set them; empty when there is none."""

    visibility: str = "default"
    category: str = "general"
    rule: str = ""


def _sensitive(category: str) -> Marks:
    return Marks(category=category, rule=RULE.id)


CARE_ONLY = Marks(visibility="care_only", rule=RULE.id)

# (system, code) in meta.security and category.
CODES: Mapping[tuple[str, str], Marks] = {
    (ACT_CODE, "VIO"): _sensitive("violence"),
    (ACT_CODE, "SDV"): _sensitive("violence"),
    (ACT_CODE, "SEX"): _sensitive("sexual_health"),
    (ACT_CODE, "STD"): _sensitive("sexual_health"),
    (ACT_CODE, "ETH"): _sensitive("substance_use"),
    (ACT_CODE, "ETHUD"): _sensitive("substance_use"),
    (ACT_CODE, "OPIOIDUD"): _sensitive("substance_use"),
    (ACT_CODE, "SUD"): _sensitive("substance_use"),
    # No disclosure to patient, family or caregivers without the attending provider's authorization.
    (ACT_CODE, "NOPAT"): CARE_ONLY,
    (CONFIDENTIALITY, "V"): CARE_ONLY,
}

# The beginning of a diagnosis code of ICD-10-SE.
DIAGNOSES: tuple[tuple[str, Marks], ...] = (
    ("T74", _sensitive("violence")),
    ("Y06", _sensitive("violence")),
    ("Y07", _sensitive("violence")),
    ("Z614", _sensitive("violence")),
    ("Z615", _sensitive("violence")),
    ("Z616", _sensitive("violence")),
    *((f"F1{digit}", _sensitive("substance_use")) for digit in range(10)),
    *((f"A{number}", _sensitive("sexual_health")) for number in range(50, 65)),
    ("Z30", _sensitive("sexual_health")),
    ("Z32", _sensitive("sexual_health")),
    ("O04", _sensitive("sexual_health")),
)
ICD = {
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-se",
    "urn:oid:1.2.752.116.1.1.1",
}

# A diagnosis that the source does not hold to be certain is an early hypothesis.
HYPOTHESES = {"unconfirmed", "provisional", "differential"}

# The first of these that a resource carries decides.
STRICTEST = ("violence", "sexual_health", "substance_use", "early_hypothesis")


def marks_in(body: str, on: date) -> Marks:
    """The marks in a resource's text; a text that cannot be read here is for care only."""
    try:
        return marks_of(json.loads(body), on)
    except (ValueError, RecursionError, AttributeError):
        return CARE_ONLY


def marks_of(tree: Tree, on: date) -> Marks:
    """The strictest of what the resource says of itself; nothing before the table is in force."""
    if not RULE.in_force(on):
        return Marks()
    found = [*_coded(tree), *_diagnosed(tree), *_guessed(tree)]
    if CARE_ONLY in found:
        return CARE_ONLY
    return min(found, key=lambda marks: STRICTEST.index(marks.category), default=Marks())


def _coded(tree: Tree) -> Iterator[Marks]:
    meta = tree.get("meta")
    security = meta.get("security") if isinstance(meta, dict) else None
    for coding in [*_codings(security), *_codings(tree.get("category"))]:
        marks = CODES.get((str(coding.get("system")), coding["code"]))
        if marks:
            yield marks


def _diagnosed(tree: Tree) -> Iterator[Marks]:
    for coding in [*_codings(tree.get("code")), *_codings(tree.get("reasonCode"))]:
        if str(coding.get("system")) in ICD:
            plain = coding["code"].replace(".", "").upper()
            yield from (marks for start, marks in DIAGNOSES if plain.startswith(start))


def _guessed(tree: Tree) -> Iterator[Marks]:
    if tree.get("resourceType") != "Condition":
        return
    if any(coding.get("code") in HYPOTHESES for coding in _codings(tree.get("verificationStatus"))):
        yield _sensitive("early_hypothesis")


def _codings(value: Any) -> list[Tree]:
    """The codings of a Coding, a CodeableConcept, or a list of either; hostile input has none."""
    found: list[Tree] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            inner = one.get("coding")
            found += [c for c in inner if isinstance(c, dict)] if isinstance(inner, list) else [one]
    return [coding for coding in found if isinstance(coding.get("code"), str)]
