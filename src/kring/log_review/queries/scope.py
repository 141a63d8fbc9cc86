"""Which rows of the log a review is about, as one question to the database."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from django.db.models import F, QuerySet

from kring.audit.models import AccessLogRow, Outcome
from kring.clock import STOCKHOLM
from kring.log_review.models import Review
from kring.log_review.rules.acts import NOT_REVIEWED, OPENINGS
from kring.log_review.rules.sampling import PRIME, Order
from kring.organisations.models import Unit

from .local_time import Span, spans

Rows: TypeAlias = "QuerySet[AccessLogRow]"


def midnight(day: date) -> datetime:
    """When a Swedish day begins."""
    return datetime.combine(day, time(), STOCKHOLM).astimezone(UTC)


def rows_of(review: Review) -> Rows:
    """The openings that a review covers: by staff of its own care provider, in its period."""
    until = min(midnight(review.ends_on + timedelta(days=1)), review.drawn_before)
    rows = AccessLogRow.objects.filter(
        outcome=Outcome.ALLOWED,
        action__in=OPENINGS,
        child_id__isnull=False,
        at__gte=midnight(review.starts_on),
        at__lt=until,
        unit_id__in=Unit.objects.filter(controller_id=review.controller_id).values("pk"),
    ).exclude(role__in=NOT_REVIEWED)
    only = {
        Review.Covers.UNIT: {"unit_id": review.unit_id},
        Review.Covers.PERSON: {"person_id": review.person_id},
        Review.Covers.CHILD: {"child_id": review.child_id},
    }
    return rows.filter(**only.get(Review.Covers(review.covers), {}))


def spans_of(review: Review) -> list[Span]:
    """How far Swedish time is from UTC in the days of the review."""
    return spans(midnight(review.starts_on), midnight(review.ends_on + timedelta(days=1)))


def in_order_of(seed: int, rows: Rows) -> Rows:
    """Rows in the seed's own order."""
    order = Order.of(seed)
    return rows.order_by((F("id") * order.factor + order.term) % PRIME, "id")
