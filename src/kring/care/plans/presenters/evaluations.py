"""What the child and its guardians have said themselves of how a plan went, as staff read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.care.plans.forms.closure import FACES
from kring.design import days

from .child import Names


@dataclass(frozen=True)
class Said:
    """One answer: who gave it and when, the questions that were answered, and the words."""

    who: str
    when: str
    iso: str
    by_child: bool
    faces: Sequence[tuple[str, str]]
    words: str


def said(rows: Iterable[Any], names: Names) -> list[Said]:
    """The answers as they come: the child's first, the latest before the earlier."""
    return [_one(row, names) for row in rows]


def _one(row: Any, names: Names) -> Said:
    by_child = row.guardian_id is None
    return Said(
        who=_("Barnet har svarat själv") if by_child else _("%(who)s har svarat") % _named(row, names),
        when=days.day_and_time(row.said_at),
        iso=row.said_at.isoformat(),
        by_child=by_child,
        faces=_faces(row, by_child),
        words=row.words,
    )


def _named(row: Any, names: Names) -> dict[str, str]:
    return {"who": names.of(row.guardian_id)}


def _faces(row: Any, by_child: bool) -> list[tuple[str, str]]:
    asked = (
        (_("De lyssnade på mig") if by_child else _("De lyssnade på oss"), row.listened),
        (_("Planen hjälpte mig") if by_child else _("Planen hjälpte oss"), row.helped),
    )
    words = dict(FACES)
    return [(question, str(words[str(face)])) for question, face in asked if face]


def child_answered(rows: Iterable[Any]) -> bool:
    """Whether the child has said itself how it went: then nobody else is asked to write it."""
    return any(row.guardian_id is None for row in rows)
