"""What the young person's own pages show, composed of the packages' queries. The gate opens first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.facts import age_of
from kring.access.permissions import Permission
from kring.access.policy.ages import Birth
from kring.access.policy.family import OWN_PAGES_ONLY
from kring.care.messages import queries as posts
from kring.care.monitoring import queries as moods
from kring.children.models import Disclosure
from kring.portal.child_pages import queries as pages
from kring.portal.child_pages.queries import Own
from kring.secrecy.queries import asking
from kring.secrecy.queries.around import units_around
from kring.secrecy.queries.lifting import own_blocks
from kring.secrecy.queries.shares import Cell, GuardianSees, choosing, guardians_see, wished_by
from kring.secrecy.rules import turning
from kring.secrecy.rules.asking import answer_by


def young(actor: Actor, *, what: str) -> Own:
    """The young person that is logged in, with the reading logged.

    Raises:
        gate.NotAllowed: somebody younger, whose pages are others.
    """
    own = pages.own(actor, what=what, permission=Permission.SHARE_WITH_GUARDIAN)
    if not is_young(actor, own):
        raise gate.not_allowed(actor, OWN_PAGES_ONLY.id, what=what)
    return own


def young_or_404(actor: Actor, *, what: str) -> Own:
    """The same where the address names something: to somebody younger there is no such thing.

    Raises:
        Http404: somebody younger.
    """
    own = pages.own(actor, what=what, permission=Permission.SHARE_WITH_GUARDIAN)
    if not is_young(actor, own):
        raise Http404
    return own


@dataclass(frozen=True)
class Choosing:
    """Whoever chooses what guardians see. `ahead`: it is not surely 13 yet; `since`: the day that it is
    chosen for, when that is yet to come; `wished`: what guardians have asked to go on seeing.
    """

    own: Own
    ahead: bool = False
    since: date | None = None
    wished: Collection[tuple[UUID, str]] = ()


def choosing_of(actor: Actor, *, what: str) -> Choosing:
    """The young person, or in the months before the child that is soon 13 (S76), with the reading logged.

    Raises:
        gate.NotAllowed: somebody younger still, whose guardians see its pages.
    """
    own = pages.own(actor, what=what, permission=Permission.SHARE_WITH_GUARDIAN)
    if is_young(actor, own):
        return Choosing(own)
    found = chosen_ahead(actor, own)
    if found is None:
        raise gate.not_allowed(actor, OWN_PAGES_ONLY.id, what=what)
    return found


def chosen_ahead(actor: Actor, own: Own) -> Choosing | None:
    """What a child chooses before its own services open; None while its guardians surely see its pages for
    long yet. Of a partly known birth date the pages close to them before they open to the child, which goes
    on choosing in between.
    """
    day = turning.chosen_ahead_for(birth(own), actor.today)
    if day is None and age_of(actor, own.child).under_guardian_limit:
        return None
    at = replace(own, guardians=guardians_see(choosing(actor, own.child), own.child))
    return Choosing(at, True, day, wished_by(own.child))


def is_young(actor: Actor, own: Own) -> bool:
    """Whether these pages are for the child by its age, however it has chosen that they look."""
    return age_of(actor, own.child).has_own_e_services


def told_on_a_child_s_home(actor: Actor, own: Own) -> tuple[turning.Turning | None, bool]:
    """For the pages with pictures: the birthday to come, and whether «Vad andra ser» is for this child."""
    return turning.coming_turning(birth(own), actor.today), is_young(actor, own)


@dataclass(frozen=True)
class Home:
    """What comes next, who asks how one feels, what guardians see, and what the age brings; `decides`: a plan
    waits for one's own answer.
    """

    plan: Any
    coming: pages.Coming
    asked: bool
    guardians: Sequence[GuardianSees]
    reads_record: bool
    turning: turning.Turning | None
    adult_care: bool
    unread: int = 0
    decides: bool = False


def home(actor: Actor, own: Own) -> Home:
    """The first page. `own` has been let in."""
    plan, born = pages.going_plan(actor), birth(own)
    return Home(
        plan,
        pages.coming(actor, plan),
        pages.is_asked(actor),
        own.guardians,
        asking.reads_record(actor, own.child),
        turning.coming_turning(born, actor.today),
        turning.moves_to_adult_care(born, actor.today),
        posts.unread_count(actor, own.child.pk),
        pages.waits_for_the_child(actor, own.child, plan),
    )


def birth(own: Own) -> Birth:
    """When the child is born, as exactly as is known."""
    return Birth.of(own.child.birth_date, own.child.birth_precision)


def reads_record(actor: Actor, own: Own) -> bool:
    """Whether the young person reads its own record on the net today."""
    return asking.reads_record(actor, own.child)


def needs_welcome(actor: Actor) -> bool:
    """Whether the four cards about who sees what have not been shown yet."""
    return not asking.was_welcomed(actor)


@dataclass(frozen=True)
class ToldFirst:
    """What the four cards depend on; `first`: they have not been shown before."""

    reads_record: bool
    adult: bool
    first: bool


def told_first(actor: Actor, own: Own) -> ToldFirst:
    """For S03."""
    return ToldFirst(
        asking.reads_record(actor, own.child), age_of(actor, own.child).adult, needs_welcome(actor)
    )


@dataclass(frozen=True)
class UnitSees:
    """What a unit around the young person sees: `told` are the kinds disclosed to it, `keeps` the plan going,
    `asks` how one feels, `writes`: there is a thread between the two.
    """

    unit: Any
    told: Collection[str]
    keeps: bool
    asks: bool
    writes: bool = False


@dataclass(frozen=True)
class Others:
    """Everybody but the young person itself; `plan` is the one that is going on."""

    guardians: Sequence[GuardianSees]
    units: Sequence[UnitSees]
    plan: Any


def others(actor: Actor, own: Own) -> Others:
    """Who sees what: the guardians by 8.5 and the young person's own choice, the units by what they do."""
    plan = pages.going_plan(actor)
    return Others(own.guardians, _units(actor, own, plan), plan)


def _units(actor: Actor, own: Own, plan: Any) -> list[UnitSees]:
    asking_units = {row.unit_id for row in moods.askings_of(actor, own.child.pk)}
    open_now = Disclosure.holding(actor.today)
    rows = own.child.disclosures.filter(open_now, starts_at__lte=actor.now, ended_at__isnull=True)
    told: dict[UUID, set[str]] = {}
    for unit_id, category in rows.values_list("unit_id", "category"):
        told.setdefault(unit_id, set()).add(category)
    keeper = plan.unit_id if plan else None
    writing = {row.unit_id for row in posts.threads_for(actor, own.child.pk).filter(guardian__isnull=True)}
    return [
        UnitSees(
            unit, told.get(unit.pk, set()), unit.pk == keeper, unit.pk in asking_units, unit.pk in writing
        )
        for unit in pages.units_around(actor, own.child)
    ]


def cell_of(own: Own, guardian_id: UUID, thing: str) -> tuple[GuardianSees, Cell] | None:
    """One guardian and one kind of thing that the young person decides about; None when there is no such."""
    for one in own.guardians:
        cell = one.cell(thing)
        if one.guardian.pk == guardian_id and cell and cell.chosen_by_young:
            return one, cell
    return None


@dataclass(frozen=True)
class Asking:
    """Whether one reads one's record already, what one has asked, the answer, whom one may ask and the last
    day to answer.
    """

    reads: bool
    waiting: Any
    answer: Any
    units: Sequence[Any]
    answer_by: date


def asking_of(actor: Actor, own: Own) -> Asking:
    """«Jag vill läsa mer»."""
    return Asking(
        asking.reads_record(actor, own.child),
        asking.waiting_for_answer(actor, own.child),
        asking.latest_answer(actor, own.child),
        units_around(actor, own.child.pk),
        answer_by(actor.today),
    )


@dataclass(frozen=True)
class Blocks:
    """The blocks that hold, and the care units one may block when one is `mature` for it (8.4)."""

    mature: bool
    rows: Sequence[Any]
    units: Sequence[Any]

    def row(self, block_id: UUID) -> Any:
        """One of the blocks; None when it is not there."""
        return next((one for one in self.rows if one.pk == block_id), None)


def blocks_of(actor: Actor, *, what: str) -> tuple[Own, Blocks]:
    """«Mina spärrar», of any age: no lower one holds (ruling 15)."""
    own = pages.own(actor, what=what, permission=Permission.SET_BLOCK)
    judged = facts.maturities(actor, "block").filter(child=own.child).exists()
    rows = [one for one in own_blocks(actor, own.child.pk) if one.lifted_at is None]
    mature = judged or age_of(actor, own.child).adult
    return own, Blocks(mature, rows, units_around(actor, own.child.pk) if mature else [])


def turning_of(actor: Actor, *, what: str) -> tuple[Own, turning.Turning | None, Choosing | None]:
    """The age limit to come; of somebody who is soon 13 with what it chooses for afterwards (S76)."""
    own = pages.own(actor, what=what)
    found = turning.coming_turning(birth(own), actor.today)
    ahead = chosen_ahead(actor, own) if found and not is_young(actor, own) else None
    return own, found, ahead


def adult_care_of(actor: Actor) -> Own:
    """«Dags för vuxenvården».

    Raises:
        gate.NotAllowed: before the age for it.
    """
    own = young(actor, what="own.adult_care")
    if not turning.moves_to_adult_care(birth(own), actor.today):
        raise gate.not_allowed(actor, turning.ADULT_CARE[-1][1].id, what="own.adult_care")
    return own
