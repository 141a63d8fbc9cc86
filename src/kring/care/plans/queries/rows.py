"""The rows of some plans, by plan: one question a table, asked when it is first used."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kring.access import items
from kring.access.actors import Actor
from kring.access.consents import ConsentView
from kring.access.masks import Mask, hide
from kring.access.policy.visibility import FamilyReader
from kring.care.plans.models import (
    Activity,
    Attendance,
    Closure,
    FollowUp,
    Goal,
    GoalReview,
    Invitation,
    Meeting,
    Need,
    Plan,
    PlannedFollowUp,
    PlanParty,
    PlanVersion,
    Summons,
)

from .consents import consents_of
from .times import with_times

Table = dict[UUID, list[Any]]

PRESENT = Prefetch("attendances", Attendance.objects.select_related("unit"))
REVIEWS = Prefetch("reviews", GoalReview.objects.select_related("goal"))
LAST_HELD = Subquery(
    FollowUp.objects.filter(plan=OuterRef("plan")).order_by("-held_on", "-pk").values("recorded_at")[:1]
)


class Rows:
    """Around a protected child they come already hidden, and texts that are withheld from the reader do not
    come, unless they are to be as they are stored. `paper_for`: who will be handed what is made of them.
    """

    def __init__(
        self,
        actor: Actor,
        plans: Sequence[Plan],
        *,
        as_stored: bool,
        paper_for: Collection[FamilyReader] = (),
    ) -> None:
        self.actor, self.plans, self.as_stored, self.paper_for = actor, plans, as_stored, paper_for
        self.ids = [plan.pk for plan in plans]
        self.guarded = [] if as_stored else [p for p in plans if Mask.of(actor, p.child).hides]

    @cached_property
    def needs(self) -> Table:
        return self._items(Need.objects.select_related("unit__controller"))

    @cached_property
    def goals(self) -> Table:
        return self._items(Goal.objects.select_related("unit__controller"))

    @cached_property
    def activities(self) -> Table:
        people = ("responsible_unit", "responsible_person", "unit__controller")
        return self._items(Activity.objects.select_related(*people))

    @cached_property
    def consents(self) -> Mapping[UUID, ConsentView]:
        return consents_of(self.actor, self.plans)

    @cached_property
    def parties(self) -> Table:
        return self._of(PlanParty.objects.select_related("unit__controller", "contact"), "joined_at")

    @cached_property
    def _invited(self) -> Table:
        """The summonses that have left their unit, sent or asking about times, with their invitations and
        meetings in one question: who sends or asks is itself invited.
        """
        found: Table = defaultdict(list)
        rows = Invitation.objects.filter(summons__plan_id__in=self.ids)
        rows = rows.select_related("unit", "summons__meeting")
        for row in rows.order_by("summons__starts_at", "summons_id", "pk"):
            known = found[row.summons.plan_id]
            if not known or known[-1].pk != row.summons_id:
                known.append(row.summons)
                row.summons._prefetched_objects_cache = {"invitations": []}
            known[-1]._prefetched_objects_cache["invitations"].append(row)
        return found

    @cached_property
    def sent(self) -> Table:
        """The sent summonses."""
        found = _only(self._invited, lambda row: bool(row.sent_at))
        self._blank({key: [s.meeting for s in rows if hasattr(s, "meeting")] for key, rows in found.items()})
        return self._hidden(found)

    @cached_property
    def asking(self) -> Table:
        """Those that ask which of several times suit, with what has been said."""
        found = _only(self._invited, lambda row: row.is_asking)
        plans = {plan.pk: plan for plan in self.plans}
        for row in (row for rows in found.values() for row in rows):
            row.plan = plans[row.plan_id]
        with_times(row for rows in found.values() for row in rows)
        return self._hidden(found)

    @cached_property
    def drafts(self) -> Table:
        """Summonses that have not left their unit: nobody is invited by them."""
        drafts = self._of(Summons.objects.filter(sent_at__isnull=True, asked_at__isnull=True), "starts_at")
        for row in (row for rows in drafts.values() for row in rows):
            row._prefetched_objects_cache = {"invitations": []}
        return drafts

    @cached_property
    def meetings(self) -> Table:
        """The meetings with who led, who wrote and who was there."""
        people = Meeting.objects.select_related("chair", "note_taker").prefetch_related(PRESENT)
        found = self._of(people, "started_at")
        self._blank(found)
        return found

    @cached_property
    def planned(self) -> Table:
        return self._of(PlannedFollowUp.objects.annotate(last_held=LAST_HELD), "planned_at")

    @cached_property
    def follow_ups(self) -> Table:
        found = self._of(FollowUp.objects.prefetch_related(REVIEWS), "held_on")
        for row in self._blank(found):
            for review in row.reviews.all():
                review.comment = ""
        return found

    @cached_property
    def versions(self) -> Table:
        rows = PlanVersion.objects.defer("stored").select_related("made_by")
        return self._of(rows.prefetch_related("acknowledgements"), "number")

    @cached_property
    def closures(self) -> Table:
        found = self._of(Closure.objects.all(), "ended_at")
        self._blank(found)
        return found

    def _items(self, rows: "QuerySet[Any]") -> Table:
        found = self._of(rows.filter(removed_at__isnull=True), "created_at")
        return defaultdict(list, {key: self.shown(texts) for key, texts in found.items()})

    def shown(self, texts: Iterable[Any]) -> list[Any]:
        """Those of the texts that the reader sees."""
        if self.as_stored:
            return list(texts)
        return items.shown(self.actor, texts, paper_for=self.paper_for)

    def _blank(self, found: Mapping[UUID, Sequence[Any]]) -> list[Any]:
        """Empty the texts that are withheld from the reader; which rows they stood in."""
        if self.as_stored:
            return []
        plans = {plan.pk: plan for plan in self.plans}
        rows = [row for texts in found.values() for row in texts]
        for row in rows:
            row.plan = plans[row.plan_id]
        return items.blank(self.actor, rows, paper_for=self.paper_for)

    def _of(self, rows: "QuerySet[Any]", order: str) -> Table:
        found: Table = defaultdict(list)
        for row in rows.filter(plan_id__in=self.ids).order_by(order, "pk"):
            found[row.plan_id].append(row)
        return self._hidden(found)

    def _hidden(self, found: Table) -> Table:
        for plan in self.guarded:
            hide(self.actor, plan.child, found[plan.pk])
        return found


def _only(table: Table, wanted: Callable[[Any], bool]) -> Table:
    return defaultdict(list, {key: [row for row in rows if wanted(row)] for key, rows in table.items()})
