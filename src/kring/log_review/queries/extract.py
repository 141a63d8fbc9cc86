"""The family's extract: who has read about a child, as readings (8.7 b, ruling 17)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, Min, OuterRef, Q, QuerySet, Value, When
from django.http import Http404

from kring.access import facts, gate, leaving
from kring.access.actors import Actor
from kring.access.masks import Mask, hidden_unit
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.decision import Outcome as Answer
from kring.access.policy.extract import EXTRACT, ExtractFacts, ExtractReader
from kring.access.policy.protected import Act, Field
from kring.audit.models import AccessLogRow, Action, Outcome
from kring.children.models import Child
from kring.design.alphabet import swedish
from kring.log_review.models import ReadingQuestion
from kring.log_review.rules.acts import FAMILY_ROLES
from kring.organisations.models import Unit

from .hidden import hidden_items, hidden_rows
from .scope import midnight

PER_PAGE = 25
ACTS = (
    Action.READ, Action.LIST, Action.SEARCH, Action.WRITE, Action.PRINT, Action.EXPORT, Action.IMPORT
)  # fmt: skip
Rows: TypeAlias = "QuerySet[AccessLogRow]"
Key = tuple[datetime, UUID | None, str, UUID | None, bool]


@dataclass(frozen=True)
class Wanted:
    """What the reader has asked to see: days (both included), a unit, the family's own readings instead of
    others', and lists that the child has stood in as well.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    unit_id: UUID | None = None
    family: bool = False
    lists: bool = False

    @property
    def is_filtered(self) -> bool:
        return bool(self.starts_on or self.ends_on or self.unit_id)


@dataclass(frozen=True)
class Reading:
    """What somebody did at one moment: the rows of one request, the first of them `row_id`. `masked`: about
    something hidden from the reader, who gets unit and time.
    """

    row_id: int
    at: datetime
    person_id: UUID | None
    role: str
    unit: Unit | None
    masked: bool
    rows: Sequence[AccessLogRow]

    @property
    def key(self) -> UUID:
        """Its name in an address: part of the first row's digest, which tells nothing."""
        return UUID(self.rows[0].digest[:32])


@dataclass(frozen=True)
class Extract:
    """One page of it. `lists`: how many rows are about the child standing in a list."""

    child: Child
    wanted: Wanted
    readings: Sequence[Reading]
    page: int
    total: int
    lists: int
    units: Sequence[Unit]
    questions: Mapping[int, ReadingQuestion]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def may_have_extract(actor: Actor, child: Child) -> Decision:
    """What the table says to this reader, for menus; `extract_for` asks for itself."""
    return EXTRACT.decide(_facts(actor, child), on=actor.today)


def extract_for(
    actor: Actor, child_id: UUID, wanted: Wanted | None = None, *, page: int = 1, most: int = PER_PAGE,
    what: str = "log.extract", action: str = Action.READ,
) -> Extract:  # fmt: skip
    """One page of the extract, with this reading logged too. The number of questions to the database is the
    same for a log of any length.

    Raises:
        gate.Invisible: not the reader's child, or no child at all.
        gate.NotAllowed: the reader is too young, the child too old for a guardian, or a file of a protected
            child is asked for.
    """
    wanted = wanted or Wanted()
    child, rows = _of_child(actor, child_id, what=what, action=action)
    mask = Mask.of(actor, child)
    units = {unit.pk: _shown(unit, mask) for unit in _units(rows)}
    chosen = _chosen(rows, wanted)
    groups = _groups(chosen)
    total = groups.count()
    page = min(max(page, 1), max(1, -(-total // most)))
    found = list(groups[(page - 1) * most : page * most])
    return Extract(
        child=child,
        wanted=wanted,
        readings=_readings(chosen, found, units),
        page=page,
        total=total,
        lists=0 if wanted.family else rows.filter(action=Action.LIST).exclude(role__in=FAMILY_ROLES).count(),
        units=sorted(units.values(), key=lambda unit: swedish(unit.name)),
        questions=_questions(actor, child_id),
    )


def extract_to_take_out(actor: Actor, child_id: UUID, wanted: Wanted, *, most: int, what: str) -> Extract:
    """The same to be made into a file: logged as taken out, and stopped for a protected child."""
    return extract_for(actor, child_id, wanted, most=most, what=what, action=Action.EXPORT)


def reading_or_404(actor: Actor, child_id: UUID, key: UUID, *, what: str) -> tuple[Child, Reading]:
    """The child and one reading to ask about, by its key.

    Raises:
        gate.Invisible, gate.NotAllowed: as for the whole extract.
        Http404: no such reading for this reader to see, or one by the family itself.
    """
    child, rows = _of_child(actor, child_id, what=what)
    row = rows.filter(digest__startswith=key.hex).first()
    if row is None or row.unit_id is None or row.role in FAMILY_ROLES:
        raise Http404
    same = rows.filter(at=row.at, person_id=row.person_id, role=row.role, unit_id=row.unit_id)
    units = {unit.pk: _shown(unit, Mask.of(actor, child)) for unit in _units(same)}
    for one in _readings(same, list(_groups(same)), units):
        if one.key == key:
            return child, one
    raise Http404


def _of_child(actor: Actor, child_id: UUID, *, what: str, action: str = Action.READ) -> tuple[Child, Rows]:
    """The child and the rows that this reader may learn of, each marked `masked` or not."""
    permission = Permission.SEE_OWN_PAGES if actor.child_id else Permission.SEE_OWN_FAMILY
    child = gate.child_or_404(actor, permission, child_id, what=what)
    asked = _facts(actor, child)
    answer = EXTRACT.decide(asked, on=actor.today)
    stopped = leaving.stopped_by(actor, child, Act.EXPORT) if action == Action.EXPORT else ""
    if stopped or not answer.opens:
        refused = gate.refusal(actor, permission, child_id, what=what)
        raise gate.NotAllowed(replace(refused.act, action=action, rule=stopped or answer.rule_id))
    if action != Action.READ:
        gate.log(actor, action, [child_id], what=what, rule=answer.rule_id)
    rows = AccessLogRow.objects.filter(child_id=child_id, outcome=Outcome.ALLOWED, action__in=ACTS)
    return child, _less_hidden(actor, asked, rows, child_id)


def _less_hidden(actor: Actor, asked: ExtractFacts, rows: Rows, child_id: UUID) -> Rows:
    hidden = hidden_rows(asked.reader, hidden_items(actor, child_id))
    answer = EXTRACT.decide(replace(asked, hidden=True), on=actor.today)
    if answer.outcome is Answer.MASKED:
        # The whole request: beside a line of its own, the rest of it would say whose the hidden reading was.
        same = AccessLogRow.objects.filter(hidden, child_id=child_id, outcome=Outcome.ALLOWED)
        with_it = Exists(same.filter(at=OuterRef("at"), person_id=OuterRef("person_id")))
        told = When(hidden | with_it, then=Value(True))
        return rows.annotate(masked=Case(told, default=Value(False), output_field=BooleanField()))
    # What a child does on its own pages is nobody else's to follow.
    return rows.exclude(hidden | Q(role="child")).annotate(masked=Value(False, output_field=BooleanField()))


def _facts(actor: Actor, child: Child) -> ExtractFacts:
    """`opens_pages` is yes: the gate has let the reader in to the child, or the reader is asked for a menu on
    such a page.
    """
    age = facts.age_of(actor, child)
    reader = ExtractReader.GUARDIAN if actor.guardian_id else ExtractReader.OTHER
    is_child = actor.child_id == child.pk
    return ExtractFacts(
        reader=ExtractReader.CHILD if is_child else reader,
        opens_pages=True,
        under_guardian_limit=age.under_guardian_limit,
        has_own_e_services=age.has_own_e_services,
        has_own_record=age.has_own_record,
        mature_for_record=is_child and facts.maturities(actor, "record").filter(child=child).exists(),
        hidden=False,
    )


def _chosen(rows: Rows, wanted: Wanted) -> Rows:
    of_family = Q(role__in=FAMILY_ROLES)
    rows = rows.filter(of_family if wanted.family else ~of_family)
    if not wanted.lists:
        rows = rows.exclude(action=Action.LIST)
    if wanted.unit_id:
        rows = rows.filter(unit_id=wanted.unit_id)
    if wanted.starts_on:
        rows = rows.filter(at__gte=midnight(wanted.starts_on))
    return rows.filter(at__lt=midnight(wanted.ends_on + timedelta(days=1))) if wanted.ends_on else rows


def _groups(rows: Rows) -> Any:
    """The rows of one request are one reading: its moment, and who it was, are the same in all of them."""
    groups = rows.values("at", "person_id", "role", "unit_id", "masked")
    return groups.annotate(first=Min("id")).order_by("-at", "first")


def _readings(rows: Rows, groups: Sequence[Mapping[str, Any]], units: Mapping[UUID, Unit]) -> list[Reading]:
    together: dict[Key, list[AccessLogRow]] = defaultdict(list)
    for row in rows.filter(at__in={group["at"] for group in groups}).order_by("id"):
        together[row.at, row.person_id, row.role, row.unit_id, row.masked].append(row)
    return [
        Reading(
            row_id=group["first"],
            at=group["at"],
            person_id=group["person_id"],
            role=group["role"],
            unit=units.get(group["unit_id"]),
            masked=group["masked"],
            rows=together[tuple(group[name] for name in ("at", "person_id", "role", "unit_id", "masked"))],
        )
        for group in groups
    ]


def _units(rows: Rows) -> list[Unit]:
    """The units that have read; a protected child's are masked by whoever shows them."""
    return list(Unit.objects.filter(pk__in=rows.filter(unit_id__isnull=False).values("unit_id")))


def _shown(unit: Unit, mask: Mask) -> Unit:
    return unit if mask.shows(Field.UNIT, unit.pk) else hidden_unit(unit.pk, unit)


def _questions(actor: Actor, child_id: UUID) -> dict[int, ReadingQuestion]:
    """The reader's own questions about readings; another guardian's are that guardian's."""
    mine = ReadingQuestion.objects.filter(child_id=child_id, asked_by_id=actor.person_id)
    return {one.row_id: one for one in mine.select_related("unit").order_by("-asked_at")}
