"""Lists, search terms, connected systems and children of the own unit outside care (rulings 26-28)."""

from dataclasses import fields, replace
from typing import Any

import pytest

from kring.access.policy.decision import Need, Reveal, Table
from kring.access.policy.lists import LISTS, MINIMUM_FIELDS, ListFacts, Reader, Thing
from kring.access.policy.machine import MACHINE, MachineFacts
from kring.access.policy.own_unit import OWN_UNIT, OwnUnit
from kring.access.policy.search import SEARCH, SearchFacts, Term
from tests.access.policy_examples import TODAY, Example, allowed, masked, refused, unnoticed


def reading(reader: Reader, thing: Thing, **facts: Any) -> ListFacts:
    """Somebody at work, asking at their own unit unless said otherwise."""
    at_work = ListFacts(strong_auth=True, assignment_active=True, reader=reader, thing=thing, own_unit=True)
    return replace(at_work, **facts)


OFFICE = (Reader.RECEPTION, Reader.BILLING, Reader.ADMINISTRATION)

LISTED = (
    refused("weak login", reading(Reader.CARE, Thing.LIST, strong_auth=False), "staff.login"),
    refused(
        "the assignment has ended",
        reading(Reader.CARE, Thing.LIST, assignment_active=False),
        "staff.assignment",
    ),
    *(
        allowed(f"care and its own unit's {thing}", reading(Reader.CARE, thing), "lists.care")
        for thing in (Thing.LIST, Thing.BOOKINGS)
    ),
    refused("care and another unit's list", reading(Reader.CARE, Thing.LIST, own_unit=False), "lists.none"),
    refused("care reads content by its own tables", reading(Reader.CARE, Thing.CONTENT), "lists.none"),
    *(
        masked(f"{reader} and its own unit's {thing}: the least", reading(reader, thing), "lists.minimum")
        for reader in OFFICE
        for thing in (Thing.LIST, Thing.BOOKINGS)
    ),
    *(
        refused(
            f"{reader} and another unit's list",
            reading(reader, Thing.LIST, own_unit=False),
            "lists.no_content",
        )
        for reader in OFFICE
    ),
    *(
        refused(f"{reader} and content", reading(reader, Thing.CONTENT), "lists.no_content")
        for reader in OFFICE
    ),
    *(
        refused(f"{reader} and the log", reading(reader, Thing.ACCESS_LOG), "lists.no_log")
        for reader in OFFICE
    ),
    allowed(
        "log review is its own role",
        reading(Reader.LOG_REVIEW, Thing.ACCESS_LOG, own_provider=True),
        "lists.log_review",
    ),
    refused(
        "nor another role by working there",
        reading(Reader.CARE, Thing.ACCESS_LOG, own_provider=True),
        "lists.none",
    ),
    refused(
        "nor anything but the log", reading(Reader.LOG_REVIEW, Thing.CONTENT, own_provider=True), "lists.none"
    ),
    refused("another provider's log", reading(Reader.LOG_REVIEW, Thing.ACCESS_LOG), "lists.none"),
    refused("log review opens nothing else", reading(Reader.LOG_REVIEW, Thing.CONTENT), "lists.none"),
    refused("care does not read the log", reading(Reader.CARE, Thing.ACCESS_LOG), "lists.none"),
    refused("programme work has no lists", reading(Reader.OTHER, Thing.LIST), "lists.none"),
)

HEALTH = (Term.DIAGNOSIS, Term.ALLERGY)
NEVER = (Term.ETHNICITY, Term.RELIGION, Term.SEXUAL_LIFE, Term.POLITICAL_OPINION, Term.TRADE_UNION)

SEARCHED = (
    *(
        allowed(f"by {term}, in care {in_care}", SearchFacts(term, in_care), "search.identity")
        for term in (Term.NAME, Term.PERSONAL_NUMBER)
        for in_care in (True, False)
    ),
    *(allowed(f"by {term} in care", SearchFacts(term, True), "search.health") for term in HEALTH),
    allowed(
        "by compulsory care", SearchFacts(Term.COMPULSORY_PSYCHIATRIC_CARE, True), "search.compulsory_care"
    ),
    *(
        refused(f"by {term} outside care", SearchFacts(term), "search.outside_care")
        for term in (*HEALTH, Term.COMPULSORY_PSYCHIATRIC_CARE)
    ),
    *(
        refused(
            f"by social services, in care {in_care}",
            SearchFacts(Term.RECEIVED_SOCIAL_SERVICES, in_care),
            "search.social",
        )
        for in_care in (True, False)
    ),
    *(
        refused(f"by {term}, in care {in_care}", SearchFacts(term, in_care), "search.sensitive")
        for term in NEVER
        for in_care in (True, False)
    ),
    *(
        refused(
            f"by a term nobody has judged, in care {in_care}",
            SearchFacts(Term.NOT_JUDGED, in_care),
            "search.none",
        )
        for in_care in (True, False)
    ),
)

CLIENT = MachineFacts(
    authenticated=True,
    valid_today=True,
    purpose_stated=True,
    scope_covers=True,
    needs_active_choice=False,
)

CONNECTED = (
    allowed("within its agreement", CLIENT, "machine.agreed"),
    refused("unknown system", replace(CLIENT, authenticated=False), "machine.authenticated"),
    refused("the period is over", replace(CLIENT, valid_today=False), "machine.period"),
    refused("no purpose", replace(CLIENT, purpose_stated=False), "machine.purpose"),
    refused("outside its scope", replace(CLIENT, scope_covers=False), "machine.scope"),
    refused(
        "what needs an active choice",
        replace(CLIENT, needs_active_choice=True),
        "machine.no_choice",
        Reveal.NOTHING,
        Need.ACTIVE_CHOICE,
    ),
)

TEACHER = OwnUnit(strong_auth=True, assignment_active=True, profile_covers=True, takes_part=True)

OWN = (
    allowed("a pupil of the own school", TEACHER, "8.1.own_unit"),
    refused("a pupil of another school", replace(TEACHER, takes_part=False), "8.1.own_unit.none"),
    refused("weak login", replace(TEACHER, strong_auth=False), "staff.login"),
    refused("the assignment has ended", replace(TEACHER, assignment_active=False), "staff.assignment"),
    refused("the profile leaves it out", replace(TEACHER, profile_covers=False), "staff.profile"),
)

TABLES: tuple[tuple[Table[Any], tuple[Example, ...], set[str]], ...] = (
    (LISTS, LISTED, set()),
    (SEARCH, SEARCHED, {"search.outside_care without in_health_care"}),
    (MACHINE, CONNECTED, {"machine.agreed without needs_active_choice"}),
    (OWN_UNIT, OWN, set()),
)
EXAMPLES = (*LISTED, *SEARCHED, *CONNECTED, *OWN)


@pytest.mark.parametrize(
    ("table", "example"),
    [(table, example) for table, examples, _ in TABLES for example in examples],
    ids=str,
)
def test_the_row_decides(table: Table[Any], example: Example) -> None:
    assert table.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize(("table", "examples", "spare"), TABLES, ids=lambda part: getattr(part, "name", ""))
def test_no_row_or_condition_is_untested(
    table: Table[Any], examples: tuple[Example, ...], spare: set[str]
) -> None:
    assert set(unnoticed(table, examples)) == spare


@pytest.mark.parametrize("table", [table for table, _, _ in TABLES], ids=lambda table: table.name)
def test_who_fills_in_nothing_opens_nothing(table: Table[Any]) -> None:
    assert not table.decide(table.facts(), on=TODAY).opens


def test_the_least_list_never_says_why_the_child_comes() -> None:
    assert not {"reason", "diagnosis", "question", "record", "plan"} & set(MINIMUM_FIELDS)


def test_a_lock_of_a_connected_system_stands_open_by_no_default() -> None:
    assert [field.default for field in fields(MachineFacts)] == [False, False, False, False, True]
