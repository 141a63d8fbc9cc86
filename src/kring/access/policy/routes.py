"""Which tables are asked about what: the locks on each door, in the order a refusal is looked for.

A route names the tables that must all say yes (`every`) and, where there are several ways in, those of which
one is enough (`any_of`). A question that no route names is closed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kring.access.policy.blocking import BLOCKING
from kring.access.policy.consents import SIGNERS
from kring.access.policy.decision import Decision, Outcome, Rule, Table, strictest
from kring.access.policy.extract import EXTRACT
from kring.access.policy.family import FAMILY
from kring.access.policy.lists import LISTS
from kring.access.policy.machine import MACHINE
from kring.access.policy.notices import NOTICES
from kring.access.policy.other_provider import OTHER_PROVIDER
from kring.access.policy.own_unit import OWN_UNIT
from kring.access.policy.plans import PLAN_ACTS, PLAN_VIEW
from kring.access.policy.programme import PROGRAMME
from kring.access.policy.protected import ACTS, FIELDS, REACH, STAFF_NAMES
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.search import SEARCH
from kring.access.policy.sharing import DRAFTS, MANDATE, REPORTS, SHARING, WRITING
from kring.access.policy.sources import law, ruling
from kring.access.policy.visibility import ITEMS

AnyTable = Table[Any]


class Asker(StrEnum):
    """Who asks, as far as it decides which tables speak."""

    CARE = "care"
    OUTSIDE_CARE = "outside_care"
    CLOSE = "close"
    OFFICE = "office"
    LOG_REVIEW = "log_review"
    PROGRAMME = "programme"
    EVERYONE = "everyone"


class Side(StrEnum):
    """Whose it is, seen from who asks."""

    OWN = "own"
    SAME_PROVIDER = "same_provider"
    OTHER = "other"


class Act(StrEnum):
    """What somebody wants to do."""

    READ = "read"
    LIST = "list"
    SEARCH = "search"
    WRITE = "write"
    SHARE = "share"
    CONSENT = "consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    BLOCK = "block"
    LIFT_BLOCK = "lift_block"
    REVEAL_BLOCK = "reveal_block"
    EMERGENCY_OPEN = "emergency_open"
    REQUEST_LIFT = "request_lift"
    PRINT = "print"
    EXPORT = "export"
    SEE_ACCESS_LOG = "see_access_log"
    READ_LOG_EXTRACT = "read_log_extract"
    SEND_NOTIFICATION = "send_notification"
    START_PLAN = "start_plan"
    REQUEST_PLAN = "request_plan"
    REFUSE_PLAN = "refuse_plan"
    ESTABLISH_PLAN = "establish_plan"
    SUMMON = "summon"


class Thing(StrEnum):
    """What it is done with."""

    CHILD = "child"
    RECORD_ENTRY = "record_entry"
    PLAN = "plan"
    PLAN_ITEM = "plan_item"
    MESSAGE = "message"
    MOOD_ANSWER = "mood_answer"
    PREM_ANSWER = "prem_answer"
    CONCERN_REPORT = "concern_report"
    APPOINTMENT = "appointment"
    CONTACT_DETAILS = "contact_details"
    INTERNAL_NOTE = "internal_note"
    EXTERNAL_NOTE = "external_note"
    STAFF_CARD = "staff_card"
    ACCESS_LOG = "access_log"
    LOG_EXTRACT = "log_extract"
    NOTIFICATION = "notification"
    INDICATOR = "indicator"
    SMALL_CELL = "small_cell"
    PSEUDONYMISED_ROW = "pseudonymised_row"
    PILOT = "pilot"
    DECISION = "decision"
    COUNCIL_OPINION = "council_opinion"
    COUNCIL_MEMBER = "council_member"
    NEWSLETTER = "newsletter"
    NEWSLETTER_SUBSCRIBERS = "newsletter_subscribers"


@dataclass(frozen=True)
class Route:
    """The locks for some askers, acts and things; an empty set of sides means any."""

    askers: frozenset[Asker]
    acts: frozenset[Act]
    things: frozenset[Thing]
    sides: frozenset[Side]
    every: tuple[AnyTable, ...] = ()
    any_of: tuple[AnyTable, ...] = ()
    closed: Rule | None = field(default=None)

    def leads(self, asker: Asker, act: Act, thing: Thing, side: Side) -> bool:
        """Whether this is the route of a question."""
        met = asker in self.askers and act in self.acts and thing in self.things
        return met and (not self.sides or side in self.sides)


def _route(
    askers: Iterable[Asker],
    acts: Iterable[Act],
    things: Iterable[Thing],
    *sides: Side,
    every: tuple[AnyTable, ...] = (),
    any_of: tuple[AnyTable, ...] = (),
    closed: Rule | None = None,
) -> Route:
    return Route(
        frozenset(askers), frozenset(acts), frozenset(things), frozenset(sides), every, any_of, closed
    )


NO_ROUTE = law("routes.none", "Det som ingen regel nämner är stängt.", "PDL 4:1")
ANSWERS_CLOSED = ruling("routes.survey", "Enskilda enkätsvar visas aldrig för personal.", 24)
NEVER_A_CHILD = law("routes.programme", "Programmet når aldrig ett enskilt barn.", "PDL 2:4 p 4–6")

CLOSED_DOORS = (NO_ROUTE, ANSWERS_CLOSED, NEVER_A_CHILD)

ANYONE = frozenset(Asker)
ANYTHING = frozenset(Thing)
WORKS_IN_CARE = {Asker.CARE}
AT_WORK = {Asker.CARE, Asker.OUTSIDE_CARE}
LOOK = {Act.READ, Act.LIST, Act.PRINT, Act.EXPORT}
LOOK_AND_SEARCH = LOOK | {Act.SEARCH}
OF_THE_PROGRAMME = {
    Thing.INDICATOR,
    Thing.SMALL_CELL,
    Thing.PSEUDONYMISED_ROW,
    Thing.PILOT,
    Thing.DECISION,
    Thing.COUNCIL_OPINION,
    Thing.COUNCIL_MEMBER,
    Thing.NEWSLETTER,
    Thing.NEWSLETTER_SUBSCRIBERS,
}
HELD_BY_A_UNIT = {
    Thing.RECORD_ENTRY,
    Thing.PLAN,
    Thing.PLAN_ITEM,
    Thing.MESSAGE,
    Thing.MOOD_ANSWER,
    Thing.CONCERN_REPORT,
    Thing.APPOINTMENT,
    Thing.CONTACT_DETAILS,
    Thing.INTERNAL_NOTE,
    Thing.EXTERNAL_NOTE,
}
"""Open in the unit that holds it; to another unit of the provider by choice and need (ruling 23)."""
SEARCHED = HELD_BY_A_UNIT | {Thing.CHILD}
"""Nobody searches in what another provider holds: it is asked for child by child."""
WRITTEN = SEARCHED | {Thing.STAFF_CARD}
"""By staff; never the log, and never an answer in the family's place."""
DISCLOSED = {Thing.PLAN_ITEM, Thing.APPOINTMENT, Thing.CONTACT_DETAILS}
CHILDS_OWN = HELD_BY_A_UNIT | {Thing.PREM_ANSWER, Thing.STAFF_CARD}
LOCKS = (REACH, DRAFTS, FIELDS, ACTS)
EMERGENCY = {Act.REVEAL_BLOCK, Act.EMERGENCY_OPEN, Act.REQUEST_LIFT}
PLAN_STEPS = {Act.START_PLAN, Act.REQUEST_PLAN, Act.REFUSE_PLAN, Act.ESTABLISH_PLAN, Act.SUMMON}
SIGNING = {Act.CONSENT, Act.WITHDRAW_CONSENT}
LOGS = {Thing.ACCESS_LOG, Thing.LOG_EXTRACT}

ROUTES = (
    # What anybody may ask of
    _route(
        ANYONE,
        LOOK_AND_SEARCH | {Act.WRITE, Act.SHARE},
        OF_THE_PROGRAMME - {Thing.PSEUDONYMISED_ROW},
        every=(PROGRAMME,),
    ),
    _route(ANYONE, LOOK | {Act.WRITE, Act.SHARE}, {Thing.PSEUDONYMISED_ROW}, every=(PROGRAMME,)),
    _route(ANYONE, {Act.SEARCH}, {Thing.PSEUDONYMISED_ROW}, every=(PROGRAMME, SEARCH)),
    _route(ANYONE, {Act.SEE_ACCESS_LOG}, ANYTHING, every=(LISTS,)),
    _route(ANYONE, LOOK_AND_SEARCH, {Thing.ACCESS_LOG}, every=(LISTS,)),
    _route(ANYONE - {Asker.CLOSE}, {Act.READ_LOG_EXTRACT}, ANYTHING, every=(EXTRACT,)),
    _route(ANYONE - {Asker.CLOSE}, LOOK, {Thing.LOG_EXTRACT}, every=(EXTRACT,)),
    _route(ANYONE, {Act.BLOCK, Act.LIFT_BLOCK}, ANYTHING, every=(BLOCKING,)),
    _route(ANYONE, SIGNING, ANYTHING, every=(SIGNERS,)),
    # The child and its guardians
    _route({Asker.CLOSE}, {Act.READ_LOG_EXTRACT}, ANYTHING, every=(FAMILY, EXTRACT)),
    _route({Asker.CLOSE}, LOOK, {Thing.LOG_EXTRACT}, every=(FAMILY, EXTRACT)),
    _route({Asker.CLOSE}, {Act.READ, Act.LIST}, {Thing.CHILD}, every=(FAMILY,)),
    _route({Asker.CLOSE}, LOOK, {Thing.STAFF_CARD}, every=(FAMILY, ITEMS, STAFF_NAMES, ACTS)),
    _route({Asker.CLOSE}, LOOK, CHILDS_OWN, every=(FAMILY, ITEMS, ACTS)),
    _route({Asker.CLOSE}, {Act.WRITE}, CHILDS_OWN, every=(WRITING,)),
    _route({Asker.CLOSE}, {Act.REQUEST_PLAN}, ANYTHING, every=(FAMILY, PLAN_ACTS)),
    # Those who work with the system or the log, and the programme
    _route(
        {Asker.OFFICE, Asker.LOG_REVIEW},
        {Act.SEARCH},
        {Thing.CHILD, Thing.APPOINTMENT},
        every=(SEARCH, REACH, LISTS, ACTS),
    ),
    _route(
        {Asker.OFFICE, Asker.LOG_REVIEW},
        LOOK,
        {Thing.CHILD, Thing.APPOINTMENT},
        every=(REACH, LISTS, ACTS),
    ),
    _route({Asker.OFFICE, Asker.LOG_REVIEW}, LOOK_AND_SEARCH, ANYTHING, every=(LISTS,)),
    _route({Asker.PROGRAMME}, frozenset(Act), ANYTHING, closed=NEVER_A_CHILD),
    # Staff: the child and its lists
    _route(
        WORKS_IN_CARE,
        {Act.READ, Act.LIST, Act.PRINT, Act.EXPORT},
        {Thing.CHILD},
        every=(REACH, SAME_PROVIDER, FIELDS, ACTS),
    ),
    _route(AT_WORK, LOOK_AND_SEARCH, {Thing.PREM_ANSWER}, closed=ANSWERS_CLOSED),
    _route(
        WORKS_IN_CARE,
        {Act.SEARCH},
        SEARCHED,
        Side.OWN,
        Side.SAME_PROVIDER,
        every=(SEARCH, *LOCKS, SAME_PROVIDER),
    ),
    _route({Asker.OUTSIDE_CARE}, LOOK, {Thing.CHILD}, every=(REACH, OWN_UNIT, FIELDS, ACTS)),
    _route({Asker.OUTSIDE_CARE}, {Act.SEARCH}, SEARCHED, Side.OWN, every=(SEARCH, *LOCKS, OWN_UNIT)),
    _route(
        AT_WORK,
        LOOK,
        {Thing.STAFF_CARD},
        Side.OWN,
        Side.SAME_PROVIDER,
        every=(REACH, OWN_UNIT, STAFF_NAMES, ACTS),
    ),
    _route(AT_WORK, LOOK, {Thing.STAFF_CARD}, every=(REACH, PLAN_VIEW, STAFF_NAMES, ACTS)),
    # Staff: what somebody has written
    _route(AT_WORK, LOOK, {Thing.PLAN_ITEM}, Side.OWN, every=(*LOCKS, PLAN_VIEW)),
    _route(WORKS_IN_CARE, LOOK, HELD_BY_A_UNIT, Side.OWN, Side.SAME_PROVIDER, every=(*LOCKS, SAME_PROVIDER)),
    _route({Asker.OUTSIDE_CARE}, LOOK, HELD_BY_A_UNIT, Side.OWN, every=(*LOCKS, OWN_UNIT)),
    _route(AT_WORK, LOOK, {Thing.CONCERN_REPORT}, every=(*LOCKS, REPORTS)),
    _route(AT_WORK, LOOK, {Thing.PLAN}, every=(*LOCKS, PLAN_VIEW)),
    _route(AT_WORK, LOOK, DISCLOSED, every=(*LOCKS, PLAN_VIEW)),
    _route(AT_WORK, LOOK, {Thing.RECORD_ENTRY}, every=LOCKS, any_of=(OTHER_PROVIDER, PLAN_VIEW)),
    # Staff: what they do
    _route(
        WORKS_IN_CARE, EMERGENCY, HELD_BY_A_UNIT, Side.OWN, Side.SAME_PROVIDER, every=(REACH, SAME_PROVIDER)
    ),
    _route(AT_WORK, EMERGENCY, {Thing.RECORD_ENTRY}, every=(REACH, OTHER_PROVIDER)),
    _route(AT_WORK, {Act.WRITE}, WRITTEN, every=(REACH, WRITING)),
    _route(AT_WORK, {Act.SHARE}, WRITTEN, every=(REACH, SHARING)),
    _route(AT_WORK, PLAN_STEPS, ANYTHING, every=(REACH, PLAN_ACTS, OWN_UNIT)),
    _route(AT_WORK, {Act.SEND_NOTIFICATION}, ANYTHING, every=(NOTICES, OWN_UNIT)),
)
"""Read from the top; the first that leads decides."""


FIRST: Mapping[str, tuple[AnyTable, ...]] = MappingProxyType(
    {"coordinator": (MANDATE,), "machine": (MACHINE,)}
)
"""Who asks -> what is asked before the route: after a yes they are judged like any staff of their party."""


def route_of(asker: Asker, act: Act, thing: Thing, side: Side) -> Route:
    """The route of a question; a closed one when no route names it."""
    closed = _route((), (), (), closed=NO_ROUTE)
    return next((one for one in ROUTES if one.leads(asker, act, thing, side)), closed)


ONLY_CLOSE = (REACH, DRAFTS, FIELDS, ACTS, STAFF_NAMES, ITEMS, MANDATE, MACHINE)
"""Locks beside the door: what they let through, another table of the route has opened."""


def verdict(asked: Sequence[tuple[AnyTable, Decision]]) -> Decision:
    """All must say yes: the first refusal, else the first masked answer, else the yes that opened."""
    closing = [one for _, one in asked if one.outcome is not Outcome.ALLOW]
    opening = [one for table, one in asked if table not in ONLY_CLOSE] or [one for _, one in asked]
    return strictest(*closing) if closing else opening[0]


def widest(asked: Sequence[tuple[AnyTable, Decision]]) -> tuple[AnyTable, Decision]:
    """Several ways in: the first yes, else the first masked answer, else the first refusal."""
    order = (Outcome.ALLOW, Outcome.MASKED, Outcome.DENY)
    return min(asked, key=lambda one: order.index(one[1].outcome))
