"""Drawing the rows of a review: candidates by chance and by pattern, picked, and kept with what was found."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from kring.access.policy.review import RANDOM
from kring.audit.models import AccessLogRow

from .models import Review, SampledRow
from .queries.around import Around, around
from .queries.finding import FINDERS, readers_of_many
from .queries.scope import Rows, in_order_of, rows_of
from .rules.patterns import patterns_in
from .rules.sampling import pick

Tell = Callable[[int, int], None]


def nobody_listens(_done: int, _total: int) -> None:
    """A draw that nobody follows."""


def draw(review: Review, *, now: datetime, tell: Tell = nobody_listens) -> int:
    """Draw the review's rows and keep them; returns how many. A review that has been drawn is left alone."""
    candidates = _candidates(review, tell)
    picked = pick(candidates.pop(RANDOM.id), candidates, review.size, RANDOM.id)
    rows = AccessLogRow.objects.in_bulk(picked)
    facts = around(review, list(rows.values()), frozenset(readers_of_many(rows_of(review))))
    return _keep(review, [_sampled(review, rows[key], rule, facts) for key, rule in picked.items()], now)


def _candidates(review: Review, tell: Tell) -> dict[str, list[int]]:
    """The first rows in the seed's order, of all and of each pattern in force."""
    everything = rows_of(review)
    found = {RANDOM.id: _first(review, everything)}
    finders = [(rule, find) for rule, find in FINDERS.items() if rule.in_force(review.ends_on)]
    for done, (rule, find) in enumerate(finders):
        tell(done, len(finders))
        found[rule.id] = _first(review, find(review, everything))
    return found


def _first(review: Review, rows: Rows) -> list[int]:
    ordered = in_order_of(review.seed, rows)
    return list(ordered.values_list("id", flat=True)[: review.size])


def _sampled(review: Review, row: AccessLogRow, rule: str, known: Around) -> SampledRow:
    facts = known.facts_of(row)
    return SampledRow(
        review=review,
        row_id=row.pk,
        picked_by=rule,
        patterns=patterns_in(facts, on=review.ends_on),
        related=facts.related,
    )


@transaction.atomic
def _keep(review: Review, rows: list[SampledRow], now: datetime) -> int:
    fresh = Review.objects.select_for_update().get(pk=review.pk)
    if fresh.drawn_at is not None:
        return fresh.rows.count()
    for place, row in enumerate(rows, start=1):
        row.place = place
    SampledRow.objects.bulk_create(rows)
    fresh.drawn_at, fresh.rows_in_all = now, rows_of(fresh).count()
    fresh.save(update_fields=["drawn_at", "rows_in_all"])
    return len(rows)
