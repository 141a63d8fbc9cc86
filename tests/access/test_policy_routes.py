"""Which tables are asked about what: the way of each question, and how several answers become one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.catalogue import TABLES
from kring.access.policy.decision import Decision, Need, Outcome, Reveal
from kring.access.policy.lists import LISTS
from kring.access.policy.lists import Reader as ListReader
from kring.access.policy.routes import (
    CLOSED_DOORS,
    FIRST,
    ONLY_CLOSE,
    ROUTES,
    Act,
    AnyTable,
    Asker,
    Route,
    Side,
    Thing,
    route_of,
    verdict,
    widest,
)
from tests.access.policy_examples import TODAY, facts_of

CARE, OUTSIDE, CLOSE, OFFICE, LOG_REVIEW, PROGRAMME, EVERYONE = Asker
OWN, NEAR, OTHER = Side

NO_WAY = "routes.none"
LOCKS = "8.8 a, drafts, 8.8 b, 8.8 c"


def told(route: Route) -> str:
    """A route as it is read aloud: every table, then those of which one is enough, or the closed door."""
    if route.closed:
        return route.closed.id
    every, any_of = (", ".join(table.name for table in tables) for tables in (route.every, route.any_of))
    return f"{every}, one of {any_of}" if any_of else every


WAYS = (
    # Care
    (CARE, Act.READ, Thing.CHILD, OWN, "8.8 a, 8.2, 8.8 b, 8.8 c"),
    (CARE, Act.SEARCH, Thing.CHILD, OWN, f"search, {LOCKS}, 8.2"),
    (CARE, Act.READ, Thing.RECORD_ENTRY, OWN, f"{LOCKS}, 8.2"),
    (CARE, Act.READ, Thing.RECORD_ENTRY, NEAR, f"{LOCKS}, 8.2"),
    (CARE, Act.READ, Thing.RECORD_ENTRY, OTHER, f"{LOCKS}, one of 8.3, plan a"),
    (CARE, Act.SEARCH, Thing.RECORD_ENTRY, OTHER, NO_WAY),
    (CARE, Act.EXPORT, Thing.PLAN_ITEM, OWN, f"{LOCKS}, plan a"),
    (CARE, Act.READ, Thing.PLAN_ITEM, NEAR, f"{LOCKS}, 8.2"),
    (CARE, Act.READ, Thing.PLAN_ITEM, OTHER, f"{LOCKS}, plan a"),
    (CARE, Act.READ, Thing.PLAN, OTHER, f"{LOCKS}, plan a"),
    (CARE, Act.READ, Thing.MESSAGE, NEAR, f"{LOCKS}, 8.2"),
    (CARE, Act.READ, Thing.INTERNAL_NOTE, OTHER, NO_WAY),
    (CARE, Act.EMERGENCY_OPEN, Thing.RECORD_ENTRY, NEAR, "8.8 a, 8.2"),
    (CARE, Act.EMERGENCY_OPEN, Thing.RECORD_ENTRY, OTHER, "8.8 a, 8.3"),
    (CARE, Act.EMERGENCY_OPEN, Thing.MESSAGE, OTHER, NO_WAY),
    (CARE, Act.READ, Thing.PREM_ANSWER, OWN, "routes.survey"),
    (CARE, Act.READ, Thing.STAFF_CARD, NEAR, "8.8 a, 8.1 b, 8.8 d, 8.8 c"),
    (CARE, Act.READ, Thing.STAFF_CARD, OTHER, "8.8 a, plan a, 8.8 d, 8.8 c"),
    (CARE, Act.READ, Thing.ACCESS_LOG, OWN, "lists"),
    (CARE, Act.READ, Thing.LOG_EXTRACT, OWN, "8.7 b"),
    (CARE, Act.READ_LOG_EXTRACT, Thing.CHILD, OWN, "8.7 b"),
    (CARE, Act.WRITE, Thing.RECORD_ENTRY, OWN, "8.8 a, writing"),
    (CARE, Act.WRITE, Thing.ACCESS_LOG, OWN, NO_WAY),
    (CARE, Act.SHARE, Thing.PLAN_ITEM, OWN, "8.8 a, sharing"),
    (CARE, Act.START_PLAN, Thing.PLAN, OWN, "8.8 a, plan b, 8.1 b"),
    (CARE, Act.SEND_NOTIFICATION, Thing.NOTIFICATION, OWN, "notices, 8.1 b"),
    (CARE, Act.LIFT_BLOCK, Thing.RECORD_ENTRY, OWN, "8.4"),
    # School, social services, disability services
    (OUTSIDE, Act.READ, Thing.CHILD, OWN, "8.8 a, 8.1 b, 8.8 b, 8.8 c"),
    (OUTSIDE, Act.READ, Thing.RECORD_ENTRY, OWN, f"{LOCKS}, 8.1 b"),
    (OUTSIDE, Act.READ, Thing.RECORD_ENTRY, OTHER, f"{LOCKS}, one of 8.3, plan a"),
    (OUTSIDE, Act.READ, Thing.MESSAGE, NEAR, NO_WAY),
    (OUTSIDE, Act.READ, Thing.CONCERN_REPORT, OTHER, f"{LOCKS}, reports"),
    (OUTSIDE, Act.READ, Thing.PLAN_ITEM, OWN, f"{LOCKS}, plan a"),
    (OUTSIDE, Act.SEARCH, Thing.CHILD, OWN, f"search, {LOCKS}, 8.1 b"),
    (OUTSIDE, Act.SEARCH, Thing.RECORD_ENTRY, NEAR, NO_WAY),
    # The family
    (CLOSE, Act.READ, Thing.CHILD, OWN, "8.5"),
    (CLOSE, Act.READ, Thing.RECORD_ENTRY, OTHER, "8.5, 8.5 b, 8.8 c"),
    (CLOSE, Act.PRINT, Thing.CONCERN_REPORT, OTHER, "8.5, 8.5 b, 8.8 c"),
    (CLOSE, Act.READ, Thing.STAFF_CARD, OTHER, "8.5, 8.5 b, 8.8 d, 8.8 c"),
    (CLOSE, Act.READ_LOG_EXTRACT, Thing.LOG_EXTRACT, OTHER, "8.5, 8.7 b"),
    (CLOSE, Act.PRINT, Thing.LOG_EXTRACT, OTHER, "8.5, 8.7 b"),
    (CLOSE, Act.WRITE, Thing.MOOD_ANSWER, OTHER, "writing"),
    (CLOSE, Act.CONSENT, Thing.PLAN, OTHER, "8.6 a"),
    (CLOSE, Act.BLOCK, Thing.RECORD_ENTRY, OTHER, "8.4"),
    (CLOSE, Act.REQUEST_PLAN, Thing.PLAN, OTHER, "8.5, plan b"),
    (CLOSE, Act.SEARCH, Thing.CHILD, OWN, NO_WAY),
    (CLOSE, Act.SHARE, Thing.RECORD_ENTRY, OWN, NO_WAY),
    (CLOSE, Act.EMERGENCY_OPEN, Thing.RECORD_ENTRY, OTHER, NO_WAY),
    # Who works with the system, the log or the programme; and everybody
    (OFFICE, Act.LIST, Thing.CHILD, OWN, "8.8 a, lists, 8.8 c"),
    (OFFICE, Act.SEARCH, Thing.CHILD, OWN, "search, 8.8 a, lists, 8.8 c"),
    (OFFICE, Act.READ, Thing.RECORD_ENTRY, OWN, "lists"),
    (OFFICE, Act.WRITE, Thing.RECORD_ENTRY, OWN, NO_WAY),
    (LOG_REVIEW, Act.SEE_ACCESS_LOG, Thing.ACCESS_LOG, OWN, "lists"),
    (PROGRAMME, Act.READ, Thing.CHILD, OWN, "routes.programme"),
    (PROGRAMME, Act.READ, Thing.RECORD_ENTRY, OWN, "routes.programme"),
    (PROGRAMME, Act.READ, Thing.INDICATOR, OWN, "programme"),
    (PROGRAMME, Act.EXPORT, Thing.PSEUDONYMISED_ROW, OWN, "programme"),
    (PROGRAMME, Act.SEARCH, Thing.PSEUDONYMISED_ROW, OWN, "programme, search"),
    (EVERYONE, Act.READ, Thing.NEWSLETTER, OTHER, "programme"),
    (EVERYONE, Act.READ, Thing.CHILD, OWN, NO_WAY),
    (EVERYONE, Act.WRITE, Thing.RECORD_ENTRY, OWN, NO_WAY),
)


@pytest.mark.parametrize(("asker", "act", "thing", "side", "way"), WAYS)
def test_the_way_of_a_question(asker: Asker, act: Act, thing: Thing, side: Side, way: str) -> None:
    assert told(route_of(asker, act, thing, side)) == way


def test_no_route_is_untried() -> None:
    tried = [route_of(*question) for *question, _ in WAYS]
    assert [told(route) for route in ROUTES if not any(route is one for one in tried)] == []


QUESTIONS = tuple(product(Asker, Act, Thing, Side))
TAKEN = {question: route_of(*question) for question in QUESTIONS}


def tables_of(*askers: Asker) -> set[str]:
    """The names of every table that some question of theirs leads to."""
    routes = [route for (asker, *_), route in TAKEN.items() if asker in askers]
    return {table.name for route in routes for table in (*route.every, *route.any_of)}


def test_every_question_leads_to_tables_or_to_a_closed_door_and_never_to_both_or_neither() -> None:
    for question, route in TAKEN.items():
        assert bool(route.every) is (route.closed is None), question
        assert not (route.closed and route.any_of), question
        assert route.closed is None or route.closed in CLOSED_DOORS, question


def test_a_question_takes_the_first_route_that_leads_and_is_closed_when_none_does() -> None:
    for question, route in TAKEN.items():
        leading = [one for one in ROUTES if one.leads(*question)]
        assert told(route) == (told(leading[0]) if leading else NO_WAY), question


def test_no_route_stands_behind_another_that_takes_all_its_questions() -> None:
    taken = {id(route) for route in TAKEN.values()}
    assert [told(route) for route in ROUTES if id(route) not in taken] == []


FOR_STAFF = {
    "8.1 b",
    "8.2",
    "8.3",
    "8.8 a",
    "8.8 b",
    "plan a",
    "sharing",
    "drafts",
    "reports",
    "mandate",
    "machine",
    "notices, 8.1 b",
}
"""The tables that open a child's data to somebody at work."""


@pytest.mark.parametrize("asker", [CLOSE, PROGRAMME, EVERYONE])
def test_no_way_of_the_familys_the_programmes_or_the_publics_leads_to_a_table_for_staff(asker: Asker) -> None:
    assert not tables_of(asker) & FOR_STAFF


@given(facts_of(LISTS))
def test_the_lists_that_anybody_may_ask_of_open_to_nobody_without_such_work(facts: object) -> None:
    answer = LISTS.decide(LISTS.facts(**{**vars(facts), "reader": ListReader.OTHER}), on=TODAY)
    assert not answer.opens


@pytest.mark.parametrize("asker", [PROGRAMME, EVERYONE])
def test_what_the_programme_and_the_public_reach_is_their_own_table_and_refusals(asker: Asker) -> None:
    assert tables_of(asker) <= {"programme", "search", "lists", "8.4", "8.6 a", "8.7 b"}


def test_the_tables_for_the_family_are_asked_of_the_family_alone() -> None:
    assert not tables_of(*(asker for asker in Asker if asker is not CLOSE)) & {"8.5", "8.5 b"}


def test_who_works_outside_care_never_comes_by_the_door_inside_the_provider() -> None:
    """Only care has the inner secrecy of 8.2: a school or social services see no other unit's data by it."""
    assert "8.2" not in tables_of(*(asker for asker in Asker if asker is not CARE))


def test_another_providers_data_never_opens_by_the_door_inside_the_provider() -> None:
    for (_, _, thing, side), route in TAKEN.items():
        if side is OTHER and thing is not Thing.CHILD:
            assert "8.2" not in {table.name for table in (*route.every, *route.any_of)}


def test_staff_meet_the_lock_on_protected_children_first_whatever_they_want_with_a_child() -> None:
    acts = set(Act) - {Act.CONSENT, Act.WITHDRAW_CONSENT, Act.BLOCK, Act.LIFT_BLOCK, Act.SEND_NOTIFICATION}
    elsewhere = {"lists", "programme", "8.7 b"}
    for (asker, act, _, _), route in TAKEN.items():
        if asker in (CARE, OUTSIDE) and act in acts and route.every:
            first = next(table.name for table in route.every if table.name != "search")
            assert first == "8.8 a" or first in elsewhere


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("asker", [CARE, OUTSIDE])
def test_staff_have_no_way_to_a_single_answer_of_a_survey_nor_to_write_the_log(
    asker: Asker, side: Side
) -> None:
    for act in (Act.READ, Act.LIST, Act.SEARCH, Act.PRINT, Act.EXPORT):
        assert told(route_of(asker, act, Thing.PREM_ANSWER, side)) == "routes.survey"
    for act, thing in product(
        (Act.WRITE, Act.SHARE), (Thing.PREM_ANSWER, Thing.ACCESS_LOG, Thing.LOG_EXTRACT)
    ):
        assert told(route_of(asker, act, thing, side)) == NO_WAY


def test_what_cannot_be_read_cannot_be_searched() -> None:
    for asker, thing, side in product(Asker, Thing, Side):
        if route_of(asker, Act.READ, thing, side).closed:
            assert route_of(asker, Act.SEARCH, thing, side).closed, (asker, thing, side)


def test_every_way_has_a_table_that_opens_not_locks_alone() -> None:
    for question, route in TAKEN.items():
        if not route.closed:
            assert [table for table in (*route.every, *route.any_of) if table not in ONLY_CLOSE], question


BESIDE = {
    *("8.6 b", "8.6 c", "8.6 d", "8.6 e", "8.6 f"),
    *("8.5 c", "8.5 d", "8.8 e", "8.9 b", "notices.code", "notices.untold", "publishing"),
}
"""Asked by the facts of sharing and of plans, when staff write in what was said, when somebody decides about
a guardian's access, a child's maturity, a placement or the restricted group, and about addresses and those
who are not reached, and of a report to be published; by no question to `decide`. 8.6 f is what the social
services' own law says: it is told to readers and opens nothing in Kring. 8.9 b is asked row by row when
everybody is counted.
"""


def test_every_table_of_the_catalogue_is_met_on_some_way() -> None:
    met = {table.name for route in ROUTES for table in (*route.every, *route.any_of)}
    met |= {table.name for first in FIRST.values() for table in first}
    names = {table.name for table in TABLES}
    assert met <= names
    assert names - met <= BESIDE


# Several answers become one

ANSWERS = st.builds(
    Decision,
    outcome=st.sampled_from(Outcome),
    rule_id=st.sampled_from(["a", "b", "c"]),
    reveal=st.sampled_from(Reveal),
    needs=st.frozensets(st.sampled_from(Need), max_size=1),
)
ASKED = st.lists(st.tuples(st.sampled_from(TABLES), ANSWERS), min_size=1, max_size=5)
Asked = list[tuple[AnyTable, Decision]]


def outcomes(asked: Asked) -> set[Outcome]:
    return {answer.outcome for _, answer in asked}


@given(ASKED)
def test_a_verdict_is_one_of_the_answers_as_it_was_given(asked: Asked) -> None:
    assert verdict(asked) in [answer for _, answer in asked]
    assert widest(asked) in asked


@given(ASKED)
def test_one_refusal_is_enough_to_refuse_and_it_is_the_first(asked: Asked) -> None:
    refusals = [answer for _, answer in asked if answer.outcome is Outcome.DENY]
    assert verdict(asked).opens is (not refusals)
    if refusals:
        assert verdict(asked) == refusals[0]


@given(ASKED)
def test_a_verdict_is_whole_only_when_every_answer_is(asked: Asked) -> None:
    assert (verdict(asked).outcome is Outcome.ALLOW) is (outcomes(asked) == {Outcome.ALLOW})


@given(ASKED)
def test_a_yes_names_the_door_and_not_a_lock_beside_it(asked: Asked) -> None:
    yes = [(table, Decision(Outcome.ALLOW, answer.rule_id)) for table, answer in asked]
    doors = [answer.rule_id for table, answer in yes if table not in ONLY_CLOSE]
    assert verdict(yes).rule_id == (doors or [yes[0][1].rule_id])[0]


@given(ASKED, ASKED)
def test_one_more_lock_never_opens_and_one_more_way_in_never_closes(asked: Asked, more: Asked) -> None:
    assert verdict(asked).opens or not verdict([*asked, *more]).opens
    assert widest([*asked, *more])[1].opens or not widest(asked)[1].opens


@given(ASKED)
def test_of_several_ways_in_the_most_open_counts_and_it_is_the_first_of_them(asked: Asked) -> None:
    order = [Outcome.ALLOW, Outcome.MASKED, Outcome.DENY]
    best = min(outcomes(asked), key=order.index)
    assert widest(asked) == next(one for one in asked if one[1].outcome is best)


@given(st.sampled_from(TABLES), ANSWERS)
def test_one_answer_alone_is_the_verdict(table: AnyTable, answer: Decision) -> None:
    assert verdict([(table, answer)]) == widest([(table, answer)])[1] == answer
