"""Who reads what was written of a meeting, a follow-up or the end, chosen anew. The words stay."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.items import of_family, reaches_more
from kring.access.policy.visibility import FamilyReader
from kring.care.plans import queries
from kring.care.plans.models import Meeting, Plan
from kring.care.plans.queries.kept import KINDS, Kept
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.shown import Readers

from .writing import change_once, follow_review, keep_in_charge, leave_trace, plan_to_change, readers_chosen


@transaction.atomic
def change_readers(
    *, by: Actor, kind: str, row_id: UUID, seen: int, shown_to_writer: bool = False, **shown: Any
) -> Kept:
    """Choose anew who of the family reads what the actor's unit wrote; it acts on the next request.

    `kind`: as in `queries.kept`; `row_id`: the plan's, for its end. `shown`: see `rules.shown`.
    `shown_to_writer`: how everybody will meet the text by this very choice has been shown, which is asked
    for when somebody gets to read more.

    Raises:
        gate.Invisible, gate.NotAllowed: out of reach, or not by this role.
        Refusal: not_in_charge, meeting_not_ended, choice_missing, visible_from_missing, readers_unseen.
        EditConflict: somebody else has changed it meanwhile.
    """
    row, plan = _held(by, kind, row_id)
    before = Readers.of(row)
    chosen = readers_chosen(by=by, chosen=shown, before=before)
    after = replace(before, **chosen)
    if after == before:
        return row
    change_once(by=by, row=row, seen=seen, **chosen)
    if not shown_to_writer and reaches_more(before, after, by.today):
        raise Refusal("readers_unseen")  # which takes the change back
    rules = {who.value: of_family(who, after, by.today).rule_id for who in FamilyReader}
    data = {"of": kind, "row": str(row.pk), "before": before.told, "after": after.told, "rules": rules}
    what, event = f"plan.{kind}.readers", "plan_readers_changed"
    leave_trace(by=by, plan=plan, what=what, event=event, object_id=row_id, data=data)
    follow_review(by=by, plan=plan, row=row, unit_id=plan.unit_id)
    return row


def _held(by: Actor, kind: str, row_id: UUID) -> tuple[Kept, Plan]:
    """The row, with its plan held. A plan that is over is no hindrance: only then has it an end."""
    asked, what = KINDS[kind], f"plan.{kind}.readers"
    row = asked.model.objects.filter(**{asked.key: row_id}).first()
    to_change = {"permission": asked.permission, "what": what, "also_over": True}
    plan = plan_to_change(by=by, plan_id=row.plan_id if row else row_id, **to_change)
    if row is None:
        raise queries.refusal(by, row_id, asked.permission, what=what)
    row.refresh_from_db()
    keep_in_charge(by=by, plan=plan)
    if isinstance(row, Meeting) and not row.ended_at:
        raise Refusal("meeting_not_ended")
    return row, plan
