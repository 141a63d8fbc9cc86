"""What a record's own text (FHIR R4) tells of a contact and of a diagnosis. Codes only, never words."""

import re
from collections.abc import Mapping
from typing import Any

Tree = Mapping[str, Any]

FORMS = {
    "AMB": "visit", "HH": "visit", "FLD": "visit", "SS": "visit", "OBSENC": "visit", "VR": "video",
    "IMP": "admission", "ACUTE": "admission", "NONAC": "admission", "EMER": "emergency",
}  # fmt: skip
"""Classes of encounters (HL7 ActCode) as forms of contact."""
ADMISSIONS = frozenset(code for code, form in FORMS.items() if form == "admission")
DONE = ("finished", "arrived", "in-progress", "onleave", "triaged")
ICD = re.compile(r"icd-?10|1\.2\.752\.116\.1\.1\.1", re.IGNORECASE)
CODE = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}")


def form_of(encounter: Tree) -> str | None:
    """How a contact that took place was; None when it did not, or was of a class that is not counted."""
    if encounter.get("status") not in DONE:
        return None
    return FORMS.get(class_of(encounter))


def class_of(encounter: Tree) -> str:
    """The class of an encounter; ambulatory when the text says none."""
    told = encounter.get("class")
    return str(told.get("code") or "AMB") if isinstance(told, dict) else "AMB"


def codes_of(condition: Tree) -> list[str]:
    """The ICD-10 codes of a diagnosis, without dot; none when it is coded otherwise."""
    concept = condition.get("code")
    codings = concept.get("coding") if isinstance(concept, dict) else None
    found = []
    for coding in codings if isinstance(codings, list) else ():
        if isinstance(coding, dict) and ICD.search(str(coding.get("system", ""))):
            code = str(coding.get("code", "")).replace(".", "").upper()
            if CODE.fullmatch(code) and code not in found:
                found.append(code)
    return found


def is_main(condition: Tree) -> bool:
    """A diagnosis of a contact; one that only stands on a list of problems is no contact's main one."""
    told = condition.get("category")
    categories = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    codes = {
        coding.get("code")
        for one in categories
        for coding in (one.get("coding") or [])
        if isinstance(coding, dict)
    }
    return "problem-list-item" not in codes


def is_planned(encounter: Tree) -> bool:
    """A contact that had been booked says which booking it was."""
    return bool(encounter.get("appointment"))


def staff_of(encounter: Tree) -> str:
    """Whom the child met, as the source names them; empty when it does not say. For a pseudonym only."""
    told = encounter.get("participant")
    for one in told if isinstance(told, list) else ():
        person = one.get("individual") if isinstance(one, dict) else None
        if isinstance(person, dict):
            named = person.get("identifier")
            found = named.get("value") if isinstance(named, dict) else None
            if found or person.get("reference"):
                return str(found or person["reference"])
    return ""
