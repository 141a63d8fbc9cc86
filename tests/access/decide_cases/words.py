"""A case, and the words that many cases share."""

from dataclasses import dataclass, field
from typing import Any

MASKED = "masked"
NOTHING, EXISTS, UNIT, PROVIDER = "nothing", "exists", "which_unit", "which_provider"


@dataclass(frozen=True)
class Case:
    """A question and its answer."""

    says: str
    action: str
    allow: bool | str
    reveal: str = NOTHING
    subject: dict[str, Any] = field(default_factory=dict)
    resource: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.says

    def question(self) -> dict[str, Any]:
        return {
            "id": self.says,
            "action": self.action,
            "subject": self.subject,
            "resource": self.resource,
            "context": self.context,
        }


def party(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "staff", "party": name, **more}


def of(owner: str, kind: str = "record_entry", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "owner": owner, **more}


def thing(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, **more}


def born(day: str, **more: Any) -> dict[str, Any]:
    return {"child": {"born": day, **more}}


A: dict[str, Any] = {"kind": "guardian", "key": "guardian_a"}
B: dict[str, Any] = {"kind": "guardian", "key": "guardian_b"}
CHILD: dict[str, Any] = {"kind": "child"}
AGE_13, AGE_15 = born("2013-05-10"), born("2011-05-10")
AGE_16, AGE_17, AGE_18 = born("2010-05-10"), born("2009-05-10"), born("2008-05-10")
AGE_20, AGE_21 = born("2006-05-10"), born("2005-05-10")


def yes(**more: Any) -> dict[str, Any]:
    return {"consents": {"guardian_a": dict(more), "guardian_b": dict(more)}}


SHARED = {"school_staff": "2026-06-01T10:00:00+02:00"}
URGENT: dict[str, Any] = {"emergency": {}}
REVEALED: dict[str, Any] = {"emergency": {"revealed": True}}
INNER = {"block": {"kind": "inner", "owner": "unit_a"}}
OUTER = {"block": {"kind": "outer", "owner": "private_svod"}}
OFFICER = {"kind": "unlock_officer", "party": "unit_b"}
PRIVATE = of("private_svod")
GROUP = party("unit_a", protected_group=True)
FLAG = {"child": {"protected": "flag"}}
