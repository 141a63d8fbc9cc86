"""Those who make and publish reports, and the two reports that they have made."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from kring.access.actors import Actor
from tests.cast import NOW


def colleague(number: int, role: str = "analyst", **fields: Any) -> Actor:
    """Somebody who follows up, known by a number."""
    known = {"assignment_id": UUID(int=900 + number), "unit_id": UUID(int=1), "strong_auth": True}
    return Actor(person_id=UUID(int=number), role=role, now=NOW, **(known | fields))


AGNES, ASTRID, ALBIN = colleague(11), colleague(12), colleague(14)
STEN = colleague(13, "steering_group")


@dataclass(frozen=True)
class Made:
    """The published report of 2023 and the draft of 2024, by their keys."""

    published: UUID
    draft: UUID


def make_both() -> Made:
    """Agnes makes the first, Astrid writes in it, Sten publishes it; then Agnes makes the next."""
    from kring.reports import commands, making, publishing

    by = {"by_id": AGNES.person_id, "now": NOW, "correction": ""}
    first = making.make(year=2023, **by)
    texts = {"introduction": "Så var året.\n\nDet var så.", "comment": "Så läser vi det.", "seen": 1}
    commands.write_chapter(by=ASTRID, report_id=first.pk, key="needs", **texts)
    commands.ask_for_publishing(by=AGNES, report_id=first.pk)
    publishing.publish(by=STEN, report_id=first.pk)
    with pytest.MonkeyPatch.context() as patch:  # the tables of one report are made for real: that is enough
        patch.setattr(making.tables, "package", lambda *_: b"PK")
        return Made(first.pk, making.make(year=2024, **by).pk)
