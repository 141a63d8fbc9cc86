"""A question: subject, action, resource and context, with the defaults for what is left out."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from kring.clock import STOCKHOLM

SUBJECT: Mapping[str, Any] = {
    "kind": "staff",
    "party": "unit_a",
    "key": None,
    "strong_auth": True,
    "profile_covers": True,
    "assignment": {"from": "2025-01-01", "to": None},
    "protected_identity": False,
    "protected_group": False,
    "mandate": None,
    "scopes": [],
    "client_valid_to": None,
}
RESOURCE: Mapping[str, Any] = {
    "kind": "record_entry",
    "owner": "unit_a",
    "documented_at": "2026-05-04T10:00:00+02:00",
    "visibility": "default",
    "visible_to_child_from": None,
    "category": "general",
    "author": "staff",
    "about_guardian": None,
    "shared_with": {},
    "share_to": None,
    "state": "published",
    "identifiable": False,
    "names_place": False,
    "to": None,
    "content": "neutral",
    "about": None,
    "touches": None,
    "staff_protected": False,
    "items_complete": 4,
}
CHILD: Mapping[str, Any] = {
    "born": "2017-05-10",
    "protected": "none",
    "placed": "no",
    "can_consent_itself": False,
    "ability": "normal",
    "mature_for_record": None,
    "mature_for_consent": None,
    "mature_for_block": None,
}
GUARDIAN: Mapping[str, Any] = {
    "custody_from": "2000-01-01",
    "custody_to": None,
    "protected": False,
    "blocked_from": None,
    "blocked_to": None,
}
GUARDIANS = ("guardian_a", "guardian_b")
CONTEXT: Mapping[str, Any] = {
    "at": "2026-11-16T10:00:00+01:00",
    "child": CHILD,
    "guardians": dict.fromkeys(GUARDIANS, GUARDIAN),
    "relation": True,
    "need": "care",
    "active_choice": True,
    "may_matter": True,
    "patient_informed": True,
    "block": None,
    "consent_now": False,
    "svod_consent": "none",
    "will_clarified": False,
    "emergency": None,
    "consents": {},
    "matter": "significant",
    "extended_access": [],
    "child_shares_with_guardian": [],
    "channel": "e_service",
    "harm_test": "not_done",
    "reveal_reason": False,
    "search_by": "name",
    "documented_reason": False,
}
BLOCK: Mapping[str, Any] = {
    "kind": "inner",
    "owner": "unit_a",
    "doc_from": None,
    "doc_to": None,
    "created_at": "2026-06-01T09:00:00+02:00",
    "lifted_at": None,
    "lifted_for_this_access": False,
}
EMERGENCY: Mapping[str, Any] = {
    "danger": True,
    "indispensable": True,
    "consent_impossible": True,
    "can_request_lift": False,
    "revealed": False,
    "reason": True,
    "ends_at": None,
}
CONSENT: Mapping[str, Any] = {
    "state": "given",
    "from": "2026-01-01",
    "to": None,
    "withdrawn_at": None,
    "parties": ["school_staff"],
    "categories": ["plan"],
}
NO_PERIOD: Mapping[str, Any] = {"from": None, "to": None}
MANDATE: Mapping[str, Any] = {"from": None, "to": None, "may_read": [], "may_summon_sip": False}
EXTENDED: Mapping[str, Any] = {
    "unit": None,
    "child_agreed": False,
    "unit_agreed": False,
    "from": None,
    "to": None,
}


class Unreadable(Exception):
    """The question cannot be read; the message says where and why, in Swedish."""


@dataclass(frozen=True)
class Question:
    """Who wants to do what, with what, in which circumstances. Every field is there."""

    subject: Mapping[str, Any]
    action: str
    resource: Mapping[str, Any]
    context: Mapping[str, Any]

    @cached_property
    def now(self) -> datetime:
        """The moment the question is about."""
        return moment(self.context["at"], "context.at")

    @cached_property
    def today(self) -> date:
        """The Swedish day of that moment."""
        return self.now.astimezone(STOCKHOLM).date()

    def holds(self, first: str | None, last: str | None) -> bool:
        """Whether a period of Swedish days holds today, first and last day included; no end is open."""
        return (day(first) or date.min) <= self.today <= (day(last) or date.max)

    def about(self, kind: str) -> "Question":
        """The same question about a thing of another kind."""
        return replace(self, resource={**self.resource, "kind": kind})

    def has_happened(self, at: str | None) -> bool:
        """Whether an instant has come."""
        return at is not None and moment(at) <= self.now


def read(given: Mapping[str, Any]) -> Question:
    """The question with its defaults filled in.

    Raises:
        Unreadable: a part is not of its kind, a field is unknown, or a time cannot be read.
    """
    context = _filled(CONTEXT, given.get("context"), "context")
    context["child"] = _filled(CHILD, context["child"], "context.child")
    context["guardians"] = _each(GUARDIANS, GUARDIAN, context["guardians"], "context.guardians")
    context["consents"] = {
        key: _filled(CONSENT, one, f"context.consents.{key}")
        for key, one in _mapping(context["consents"], "context.consents").items()
    }
    for name, defaults in (("block", BLOCK), ("emergency", EMERGENCY)):
        if context[name] is not None:
            context[name] = _filled(defaults, context[name], f"context.{name}")
    context["extended_access"] = [
        _filled(EXTENDED, one, "context.extended_access") for one in context["extended_access"]
    ]
    subject = _filled(SUBJECT, given.get("subject"), "subject")
    if subject["mandate"] is not None:
        subject["mandate"] = _filled(MANDATE, subject["mandate"], "subject.mandate")
    if subject["assignment"] is not None:
        subject["assignment"] = _filled(NO_PERIOD, subject["assignment"], "subject.assignment")
    action = given.get("action")
    if not isinstance(action, str):
        raise Unreadable("action ska vara ett ord.")
    resource = _filled(RESOURCE, given.get("resource"), "resource")
    return Question(subject, action, resource, context)


def line(text: str) -> tuple[Any, Mapping[str, Any]]:
    """The id and the parts of one JSON line.

    Raises:
        Unreadable: it is not JSON, or not an object.
    """
    try:
        given = json.loads(text)
    except ValueError as fault:
        raise Unreadable(f"Raden är inte JSON: {fault}") from fault
    return (given.get("id") if isinstance(given, dict) else None), _mapping(given, "raden")


def day(value: str | None) -> date | None:
    """A Swedish day: of a date, or of an instant that happens to be given."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return moment(value, "datum").astimezone(STOCKHOLM).date()


def needed_day(value: str) -> date:
    """A Swedish day that has to be there."""
    found = day(value)
    if found is None:
        raise Unreadable("Ett datum saknas.")
    return found


def moment(value: Any, where: str = "tid") -> datetime:
    """An instant with its offset; a day without a time is its first moment in Stockholm."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as fault:
        raise Unreadable(f"{where}: {value!r} går inte att läsa som en tid.") from fault
    return found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)


def _mapping(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise Unreadable(f"{where} ska vara ett objekt.")
    return given


def _filled(defaults: Mapping[str, Any], given: Any, where: str) -> dict[str, Any]:
    stated = {} if given is None else _mapping(given, where)
    unknown = sorted(set(stated) - set(defaults))
    if unknown:
        raise Unreadable(f"{where}: okänt fält {', '.join(unknown)}.")
    return {**deepcopy(dict(defaults)), **stated}


def _each(keys: tuple[str, ...], defaults: Mapping[str, Any], given: Any, where: str) -> dict[str, Any]:
    stated = _mapping(given, where)
    if unknown := sorted(set(stated) - set(keys)):
        raise Unreadable(f"{where}: okänd vårdnadshavare {', '.join(unknown)}.")
    named = {key: stated.get(key, {}) for key in keys}
    return {key: _filled(defaults, one, f"{where}.{key}") for key, one in named.items() if one is not None}
