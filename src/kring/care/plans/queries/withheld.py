"""The items of a plan that somebody of the family does not see: their rows in the log are not told of."""

from collections.abc import Iterator
from uuid import UUID

from kring.access import items
from kring.access.actors import Actor
from kring.care.plans.models import Activity, Goal, Need
from kring.log_review.queries.hidden import tells_hidden_items

TEXTS = (Need, Goal, Activity)


@tells_hidden_items
def withheld_items(actor: Actor, child_id: UUID) -> Iterator[UUID]:
    """The keys of the texts about a child that are hidden from this reader now, removed ones too."""
    for model in TEXTS:
        marked = model.objects.filter(items.MARKED, plan__child_id=child_id)
        yield from (text.pk for text in marked if not items.explain(actor, text).opens)
