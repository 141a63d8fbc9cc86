"""The patterns as questions to the database, so that a log of any size is searched where it stands.

Each says the same as its pure function in `rules.patterns`; a test holds the two together row by row.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from kring.access.policy import review as policy
from kring.access.policy.decision import Rule
from kring.access.policy.working_days import off_within_weeks
from kring.access.reviewing import all_children
from kring.children.models import CareRelation, Child, Custody
from kring.log_review.models import Review, Watch
from kring.log_review.rules.acts import EMERGENCY_RULES, NEIGHBOUR_RULES
from kring.log_review.rules.patterns import many_openers
from kring.organisations.models import Assignment, Person, Unit

from .local_time import LocalDay, LocalHour, LocalWeekday, local
from .scope import Rows, spans_of

Find = Callable[[Review, Rows], Rows]
WEEKEND = (0, 6)
"""Sunday and Saturday, as the database counts them."""


def own_child(review: Review, rows: Rows) -> Rows:
    mine = Custody.objects.filter(child_id=OuterRef("child_id"), guardian__person_id=OuterRef("person_id"))
    return rows.filter(Exists(mine))


def same_name(review: Review, rows: Rows) -> Rows:
    reader = Person.objects.filter(pk=OuterRef(OuterRef("person_id"))).values("family_name")
    named = all_children().exclude(family_name="").filter(family_name=Subquery(reader[:1]))
    return rows.filter(Exists(named.filter(pk=OuterRef("child_id"))))


def colleague(review: Review, rows: Rows) -> Rows:
    """The child, or a guardian of it, works at the reader's unit at some time in the period."""
    works = Assignment.objects.filter(working_in(review), unit_id=OuterRef("unit_id"))
    others = works.exclude(person_id=OuterRef("person_id"))
    of_guardian = Exists(others.filter(person__as_guardian__custodies__child_id=OuterRef("child_id")))
    of_child = Exists(others.filter(person__as_child=OuterRef("child_id")))
    # Few children have anybody who works in care: the others are passed over without a second look.
    here = Assignment.objects.filter(working_in(review), unit__controller_id=review.controller_id)
    guarded = here.filter(person__as_guardian__isnull=False).values(
        "person__as_guardian__custodies__child_id"
    )
    grown = here.filter(person__as_child__isnull=False).values("person__as_child")
    return rows.filter(Q(child_id__in=guarded) & of_guardian | Q(child_id__in=grown) & of_child)


def working_in(review: Review) -> Q:
    """Assignments that hold on some day of the review's period."""
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=review.starts_on)
    return until & Q(starts_on__lte=review.ends_on)


def _relations() -> QuerySet[CareRelation]:
    mine = Q(person__isnull=True) | Q(person_id=OuterRef("person_id"))
    return CareRelation.objects.filter(mine, child_id=OuterRef("child_id"), unit_id=OuterRef("unit_id"))


def _held() -> Exists:
    day = OuterRef("day")
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Exists(_relations().filter(until, starts_on__lte=day))


def _ended() -> Exists:
    return Exists(_relations().filter(ends_on__lt=OuterRef("day")))


def no_relation(review: Review, rows: Rows) -> Rows:
    return _on_its_day(review, rows).filter(~_held(), ~_ended())


def after_end(review: Review, rows: Rows) -> Rows:
    return _on_its_day(review, rows).filter(_ended(), ~_held())


def _on_its_day(review: Review, rows: Rows) -> Rows:
    """Rows with their Swedish day, less those of a relation that held all the time: their day is all one."""
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=review.ends_on)
    throughout = _relations().filter(until, starts_on__lte=review.starts_on)
    return rows.filter(~Exists(throughout)).annotate(day=local(LocalDay, spans_of(review)))


def at_night(review: Review, rows: Rows) -> Rows:
    outside, off = Q(pk__in=()), Q(weekday__in=WEEKEND)
    within = spans_of(review)
    timed = rows.annotate(hour=local(LocalHour, within), weekday=local(LocalWeekday, within))
    if holidays := off_within_weeks(review.starts_on, review.ends_on):
        timed = timed.annotate(day=local(LocalDay, within))
        off |= Q(day__in=holidays)
    for hours in (one for one in policy.HOURS if one.rule.in_force(review.ends_on)):
        away = off | Q(hour__lt=hours.opens) | Q(hour__gte=hours.closes)
        units = Unit.objects.filter(kind__in=hours.kinds, controller_id=review.controller_id)
        outside |= Q(unit_id__in=units.values("pk")) & away
    return timed.filter(outside)


def protected(review: Review, rows: Rows) -> Rows:
    marked = all_children().exclude(protection=Child.Protection.NONE)
    return rows.filter(Exists(marked.filter(pk=OuterRef("child_id"))))


def watched(review: Review, rows: Rows) -> Rows:
    """On the very day; few children are under watch, and the others are passed over without a look."""
    here = watches_of(review)
    that_day = here.filter(
        child_id=OuterRef("child_id"), starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day")
    )
    about = rows.filter(child_id__in=here.values("child_id"))
    return about.annotate(day=local(LocalDay, spans_of(review))).filter(Exists(that_day))


def watches_of(review: Review) -> "QuerySet[Watch]":
    """The care provider's own watches that hold on some day of the review's period."""
    mine = Watch.objects.filter(controller_id=review.controller_id)
    return mine.filter(starts_on__lte=review.ends_on, ends_on__gte=review.starts_on)


def many(review: Review, rows: Rows) -> Rows:
    who = Q(pk__in=())
    for unit_id, person_id in readers_of_many(rows):
        who |= Q(unit_id=unit_id, person_id=person_id)
    return rows.filter(who)


MOST_READERS = 50


def readers_of_many(rows: Rows) -> set[tuple[UUID, UUID]]:
    """(unit, reader) of those who opened many more than is usual; at most so many, those with most."""
    counted = rows.order_by().values("unit_id", "person_id").annotate(n=Count("id"))
    openings: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for row in counted:
        openings[row["unit_id"]][row["person_id"]] = row["n"]
    found = many_openers(openings)
    return set(sorted(found, key=lambda pair: (-openings[pair[0]][pair[1]], pair))[:MOST_READERS])


def neighbour(review: Review, rows: Rows) -> Rows:
    return rows.filter(rule__in=NEIGHBOUR_RULES)


def emergency(review: Review, rows: Rows) -> Rows:
    return rows.filter(rule__in=EMERGENCY_RULES)


FINDERS: Mapping[Rule, Find] = MappingProxyType(
    {
        policy.EMERGENCY: emergency,
        policy.OWN_CHILD: own_child,
        policy.SAME_NAME: same_name,
        policy.COLLEAGUE: colleague,
        policy.NO_RELATION: no_relation,
        policy.AFTER_END: after_end,
        policy.NIGHT: at_night,
        policy.NEIGHBOUR: neighbour,
        policy.PROTECTED: protected,
        policy.WATCHED: watched,
        policy.MANY: many,
    }
)
