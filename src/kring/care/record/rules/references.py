"""The references in a resource's text, each in the one form by which its target can be found.

Within a bundle a reference to a `fullUrl` becomes `Type/id` of that entry. `Type/id/_history/3` points at
the resource, whatever its version. A reference by identifier only is written as the conditional reference it
amounts to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .identity import canonical_value, clean, pair_of, short, tail_of

LONGEST = 400
_OF_A_REFERENCE = frozenset({"reference", "type", "identifier", "display", "id", "extension"})
# Where a resource says which child it is about, besides `subject` and `patient` (the patient compartment of
# R4).
CHILD_PATHS = {
    "Appointment": frozenset({"participant.actor"}),
    "AppointmentResponse": frozenset({"actor"}),
    "Schedule": frozenset({"actor"}),
    "Task": frozenset({"for"}),
    "Coverage": frozenset({"beneficiary"}),
    "EnrollmentRequest": frozenset({"candidate"}),
    "ResearchSubject": frozenset({"individual"}),
    "Person": frozenset({"link.target"}),
}
_SUBJECT = frozenset({"subject", "patient"})
Scope = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Link:
    """A reference: where it stands, and its findable form. `inside` points at a part of the same resource."""

    path: str
    text: str
    inside: bool = False


def links_of(tree: dict[str, Any], scope: Scope, today: date) -> list[Link]:
    """Every reference in the resource, in reading order, contained resources included."""
    found = []
    for path, node in _nodes(tree):
        literal = node.get("reference")
        if isinstance(literal, str):
            text = findable(clean(literal, 4000), scope, today)
            found.append(Link(path[:160], short(text, LONGEST), text.startswith("#")))
        elif text := _by_identifier(path, node, today):
            found.append(Link(path[:160], short(text, LONGEST)))
    return found


def _nodes(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object below the resource with its path; without recursion, as input may be deep."""
    waiting: list[tuple[str, Any]] = [("", tree)]
    while waiting:
        path, node = waiting.pop()
        if type(node) is dict:
            if path:
                yield path, node
            start = f"{path}." if path else ""
            # Plain values are left out here: nearly all of a resource is plain values.
            waiting.extend(
                (start + name, below) for name, below in reversed(node.items()) if type(below) in (dict, list)
            )
        else:
            waiting.extend((path, below) for below in reversed(node) if type(below) in (dict, list))


def findable(literal: str, scope: Scope, today: date) -> str:
    """One form for each target: see the module."""
    base = literal.partition("/_history/")[0] if "/_history/" in literal else literal
    if target := scope.get(literal) or scope.get(base):
        return "/".join(target)
    kind, question, condition = base.partition("?")
    if question and condition.startswith("identifier="):
        system, _, value = condition.removeprefix("identifier=").rpartition("|")
        return f"{kind}?identifier={system}|{canonical_value(system, value, today)}"
    return base


def _by_identifier(path: str, node: dict[str, Any], today: date) -> str:
    if not isinstance(node.get("identifier"), dict) or not node.keys() <= _OF_A_REFERENCE:
        return ""
    pair = pair_of(node["identifier"], today)
    kind = clean(node.get("type"), 64) or ("Patient" if path.rpartition(".")[2] in _SUBJECT else "")
    return f"{kind}?identifier={pair[0]}|{pair[1]}" if pair and kind else ""


def is_child_path(kind: str, path: str) -> bool:
    """Whether what stands at this path is the child that the resource is about."""
    return path in _SUBJECT or path in CHILD_PATHS.get(kind, ())


def target_name(text: str) -> tuple[str, str] | None:
    """(type, id) of a relative reference."""
    return tail_of(text) if text.count("/") == 1 and "?" not in text else None


def target_identifier(text: str) -> tuple[str, str, str] | None:
    """(type, system, value) of a conditional reference by identifier."""
    kind, question, condition = text.partition("?identifier=")
    system, bar, value = condition.rpartition("|")
    return (kind, system, value) if question and bar and value else None


def target_url(text: str) -> str | None:
    """An absolute reference: `urn:uuid:…` or a whole address."""
    return text if ":" in text and "?" not in text and not text.startswith("#") else None
