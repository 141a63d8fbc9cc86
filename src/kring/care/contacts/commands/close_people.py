"""Who else is close to a child: written by a guardian or by a unit, each changes its own. No access
follows.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.care.contacts import queries
from kring.care.contacts.rules import Refusal
from kring.children.models import CloseRelation

WRITES = Permission.WRITE_CLOSE_PEOPLE
FIELDS = (
    *("kind", "name", "role", "phone", "may_contact", "in_plan", "for_guardians", "starts_on", "ends_on"),
)


@transaction.atomic
def add_close_person(
    *, by: Actor, child_id: UUID, kind: str, name: str, starts_on: date | None = None, **fields: Any
) -> CloseRelation:
    """Write that somebody is close to the child. `fields`: the rest of `FIELDS`.

    Raises:
        Refusal: kind_missing, name_missing, number_without_a_yes, ends_before_start.
    """
    child = gate.child_or_404(by, WRITES, child_id, what="close_person.add")
    said = _checked({"kind": kind, "name": name, "starts_on": starts_on or by.today, **fields})
    whose = {"unit_id": by.unit_id, "guardian_id": by.guardian_id}
    stamp = {"recorded_by_id": by.person_id, "recorded_at": by.now}
    row = CloseRelation.objects.create(child=child, **said, **whose, **stamp)
    gate.log(by, Action.WRITE, [child.pk], what="close_person.add", object_id=str(row.pk))
    return row


@transaction.atomic
def change_close_person(*, by: Actor, close_id: UUID, seen: int, **fields: Any) -> CloseRelation:
    """Change one's own; what is not named in `fields` stays.

    Raises:
        Refusal: as `add_close_person`, and not_your_close_person.
        EditConflict: somebody else at the unit has changed it since.
    """
    row = _own(by, close_id, "close_person.change")
    said = _checked({name: getattr(row, name) for name in FIELDS} | fields)
    return _save(by, row, seen, "close_person.change", **said)


@transaction.atomic
def remove_close_person(*, by: Actor, close_id: UUID, seen: int) -> None:
    """Take one's own away: it was a mistake, or the person does not want to be named. Raises as a change."""
    _save(by, _own(by, close_id, "close_person.remove"), seen, "close_person.remove", removed_at=by.now)


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"not fields of a close person: {sorted(unknown)}")
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if clean["kind"] not in CloseRelation.Kind.values:
        raise Refusal("kind_missing")
    if not clean["name"]:
        raise Refusal("name_missing")
    if clean.get("phone") and not clean.get("may_contact"):
        raise Refusal("number_without_a_yes")
    if clean.get("ends_on") and clean["ends_on"] < clean["starts_on"]:
        raise Refusal("ends_before_start")
    return clean


def _own(by: Actor, close_id: UUID, what: str) -> CloseRelation:
    found = queries.close_person_or_404(by, close_id, what=what, permission=WRITES)
    if not queries.wrote(by, found):
        raise Refusal("not_your_close_person", found.child_id)
    return CloseRelation.objects.select_for_update().get(pk=found.pk)


def _save(by: Actor, row: CloseRelation, seen: int, what: str, **fields: Any) -> CloseRelation:
    if row.revision != seen:
        raise EditConflict(row)
    CloseRelation.objects.filter(pk=row.pk).update(revision=seen + 1, **fields)
    gate.log(by, Action.WRITE, [row.child_id], what=what, object_id=str(row.pk))
    row.refresh_from_db()
    return row
