"""Files as somebody hands them over, and what reading one in leaves."""

import io
from collections.abc import Mapping

from kring.audit.models import AccessLogRow
from kring.register.commands import Outcome, operator, read_people
from tests.cast import NOW

CHILD, OTHER_CHILD = "201205062381", "201001012390"
GUARDIAN, STAFF, THIRD = "200203042387", "200303042386", "200403042385"
"""Of the Tax Agency's test series; none of them in the cast."""


def file_of(*rows: Mapping[str, str]) -> io.BytesIO:
    """A CSV file with these lines; the first is line 2."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return io.BytesIO("\n".join(";".join(line) for line in lines).encode())


def take(*rows: Mapping[str, str], now=NOW, **more) -> Outcome:
    """Read these lines in."""
    return read_people(by=operator(now), file=file_of(*rows), **more)


def became(outcome: Outcome) -> dict[str, str]:
    """«person: new 1, same 2», less what nothing became."""
    return {f"{kind} {what}": n for (kind, what), n in outcome.counts.items() if n}


def written() -> list[tuple[str, object]]:
    """What the log says that files have changed: (what, child)."""
    rows = AccessLogRow.objects.filter(rule="register.file").order_by("at", "pk")
    return list(rows.values_list("what", "child_id"))


def anna(**more: str) -> dict[str, str]:
    """A member of staff."""
    row = {"kind": "person", "key": "anna", "number": STAFF, "given_name": "Anna", "family_name": "Ny"}
    return {**row, "title": "Läkare", **more}


def guardian(**more: str) -> dict[str, str]:
    """Somebody who is to have custody."""
    row = {"kind": "guardian", "number": GUARDIAN, "given_name": "Gun", "family_name": "Ny"}
    return {**row, "language": "sv", **more}


def child(**more: str) -> dict[str, str]:
    """A child nobody has sent anything about."""
    return {"kind": "child", "child": CHILD, "given_name": "Liv", "family_name": "Ny", **more}


def assignment(**more: str) -> dict[str, str]:
    row = {"kind": "assignment", "key": "anna", "role": "physician", "unit": "sas-bum-boras"}
    return {**row, "from": "2026-01-01", **more}


def custody(**more: str) -> dict[str, str]:
    return {"kind": "custody", "number": GUARDIAN, "child": CHILD, "from": "2012-05-06", **more}


def relation(**more: str) -> dict[str, str]:
    return {"kind": "relation", "child": CHILD, "unit": "skola-boras-1", "from": "2020-08-15", **more}


EVERYTHING = (anna(), guardian(), child(), assignment(), custody(), relation())
