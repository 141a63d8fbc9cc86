"""What staff have written of a meeting, a follow-up or the end, for those who choose its readers anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef

from kring.access import gate, items
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.plans.models import Closure, FollowUp, Meeting

from .reach import refusal, rule_for, whole_plans

Kept = Meeting | FollowUp | Closure


@dataclass(frozen=True)
class Kind:
    """A kind of text: its table, the column that its address names, and who writes it."""

    model: type[Meeting] | type[FollowUp] | type[Closure]
    key: str
    permission: Permission


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "meeting": Kind(Meeting, "pk", Permission.HOLD_MEETING),
        "follow_up": Kind(FollowUp, "pk", Permission.FOLLOW_UP_PLAN),
        "closure": Kind(Closure, "plan_id", Permission.CLOSE_PLAN),
    }
)
_WITH = ("plan__child", "plan__unit__controller", "plan__coordinator")


@dataclass(frozen=True)
class KeptText:
    """A row and everything of it that its choice of readers is about, in reading order."""

    row: Kept
    texts: tuple[str, ...]


def kept_or_404(actor: Actor, kind: str, key: UUID, *, what: str) -> KeptText:
    """The texts of one meeting, follow-up or end for the unit that wrote them, with the reading logged.

    Raises:
        gate.Invisible: it does not exist, or the plan is out of reach.
        gate.NotAllowed: the actor reads it, but another unit, or another role, writes it.
        gate.ReasonNeeded: as for every page about a protected child.
    """
    asked = KINDS[kind]
    stored = asked.model.objects.filter(**{asked.key: key})
    plans = whole_plans(actor, asked.permission, each=True).filter(unit_id=actor.unit_id)
    found = stored.filter(Exists(plans.filter(pk=OuterRef("plan")))).select_related(*_WITH).first()
    if found is None:
        plan_id = stored.values_list("plan_id", flat=True).first()
        refused = refusal(actor, plan_id or key, asked.permission, what=what, part=True)
        raise refused if plan_id else gate.Invisible(refused.act)
    gate.reason_first(actor, found.plan.child)
    hide(actor, found.plan.child, found)
    found.plan.is_whole = True
    rule, about = rule_for(actor, found.plan), found.plan.child_id
    gate.log(actor, Action.READ, [about], what=what, object_id=str(key), rule=rule)
    return KeptText(found, tuple(text for text in (*_own(found), *_comments(actor, found)) if text))


def _own(row: Kept) -> list[str]:
    return [str(getattr(row, name)) for name in row.WITHHELD]


def _comments(actor: Actor, row: Kept) -> list[str]:
    """What was said of each goal at a follow-up, of the goals that the actor reads."""
    reviews = row.reviews.select_related("goal").order_by("pk") if isinstance(row, FollowUp) else ()
    return [one.comment for one in reviews if items.explain(actor, one.goal).opens]
