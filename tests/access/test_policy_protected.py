"""Protected identity (8.8): who reaches the child, what is hidden, what is stopped."""

from typing import Any

import pytest

from kring.access.policy.decision import Need, Reveal, Table
from kring.access.policy.protected import (
    ACTS,
    FIELDS,
    REACH,
    STAFF_NAMES,
    Act,
    ActAllowed,
    Field,
    FieldShown,
    Grade,
    Reach,
    StaffName,
    Viewer,
)
from tests.access.policy_examples import TODAY, Example, allowed, masked, refused, unnoticed

GRADES = (Grade.FLAG, Grade.REGISTRATION)

REACHED = (
    allowed("an unprotected child goes by the ordinary rules", Reach(grade=Grade.NONE), "8.8.none"),
    *(
        allowed(f"in the restricted group: {grade}", Reach(grade, in_group=True), "8.8.group")
        for grade in GRADES
    ),
    *(refused(f"treating staff outside the group: {grade}", Reach(grade), "8.8.outside") for grade in GRADES),
)

FLAG, REGISTRATION = GRADES
WHY = Need.WRITTEN_REASON

SHOWN = (
    allowed("nothing is hidden for others", FieldShown(Grade.NONE, Field.ADDRESS), "8.8.none"),
    *(
        refused(
            f"protected registration keeps no {field}, whatever the reason",
            FieldShown(REGISTRATION, field, Viewer.UNIT_CONCERNED, reason=True),
            "8.8.address_not_kept",
        )
        for field in (Field.ADDRESS, Field.MUNICIPALITY)
    ),
    *(
        allowed(
            f"the unit's own {field}: {grade}",
            FieldShown(grade, field, Viewer.UNIT_CONCERNED),
            "8.8.unit_concerned",
        )
        for field in (Field.UNIT, Field.PLACE, Field.TIME)
        for grade in GRADES
    ),
    masked(
        "the unit concerned and the phone",
        FieldShown(FLAG, Field.PHONE, Viewer.UNIT_CONCERNED),
        "8.8.masked",
        WHY,
    ),
    *(
        masked(
            f"another unit and the place: {grade}",
            FieldShown(grade, Field.PLACE, Viewer.OTHER_CARE),
            "8.8.masked",
            WHY,
        )
        for grade in GRADES
    ),
    *(
        allowed(
            f"one field with a reason: {grade}, {viewer}",
            FieldShown(grade, Field.PHONE, viewer, reason=True),
            "8.8.reveal_one",
        )
        for grade in GRADES
        for viewer in (Viewer.UNIT_CONCERNED, Viewer.OTHER_CARE)
    ),
    allowed(
        "a flag's address, with a reason",
        FieldShown(FLAG, Field.ADDRESS, Viewer.OTHER_CARE, True),
        "8.8.reveal_one",
    ),
    *(
        masked(
            f"{viewer} and the place: {grade}",
            FieldShown(grade, Field.PLACE, viewer, reason),
            "8.8.outside_care",
        )
        for grade in GRADES
        for viewer in (Viewer.MUNICIPALITY, Viewer.GUARDIAN)
        for reason in (True, False)
    ),
    *(
        allowed(
            f"the child sees its own time: {grade}",
            FieldShown(grade, Field.TIME, Viewer.CHILD_ITSELF),
            "8.8.child_itself",
        )
        for grade in GRADES
    ),
    refused("anybody else", FieldShown(FLAG, Field.PLACE, Viewer.OTHER, reason=True), "8.8.hidden"),
)

STOPPED = {
    Act.PROXY: "8.8.proxy",
    Act.LETTER: "8.8.letter",
    Act.NOTICE: "8.8.carried_out",
    Act.CALENDAR_FILE: "8.8.carried_out",
    Act.PRINT: "8.8.carried_out",
    Act.EXPORT: "8.8.carried_out",
    Act.SMALL_AREA_STATISTICS: "8.8.statistics",
    Act.HOME_ROUTING: "8.8.routing",
}

DONE = (
    *(allowed(f"{act} of an unprotected child", ActAllowed(Grade.NONE, act), "8.8.none") for act in Act),
    *(
        refused(f"{act}, {grade}, also within the group", ActAllowed(grade, act, in_group=True), rule)
        for act, rule in STOPPED.items()
        for grade in GRADES
    ),
    *(
        allowed(f"{act} within the group: {grade}", ActAllowed(grade, act, in_group=True), "8.8.search")
        for act in (Act.SEARCH, Act.LIST)
        for grade in GRADES
    ),
    *(
        refused(f"{act} outside the group", ActAllowed(FLAG, act), "8.8.stopped")
        for act in (Act.SEARCH, Act.LIST)
    ),
)

NAMED = (
    allowed("an ordinary colleague is named", StaffName(staff_protected=False), "8.8.staff_named"),
    masked("a protected colleague is a role", StaffName(staff_protected=True), "8.8.staff_role"),
)

TABLES: tuple[tuple[Table[Any], tuple[Example, ...], set[str]], ...] = (
    (REACH, REACHED, {"8.8.group without grade"}),
    (
        FIELDS,
        SHOWN,
        {
            f"8.8.{row} without grade"
            for row in ("unit_concerned", "child_itself", "reveal_one", "masked", "outside_care")
        },
    ),
    (ACTS, DONE, {"8.8.search without act"}),
    (STAFF_NAMES, NAMED, {"8.8.staff_role without staff_protected"}),
)
EXAMPLES = (*REACHED, *SHOWN, *DONE, *NAMED)


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


@pytest.mark.parametrize(("table", "facts"), [(REACH, Reach()), (FIELDS, FieldShown()), (ACTS, ActAllowed())])
def test_who_fills_in_nothing_opens_nothing(table: Table[Any], facts: Any) -> None:
    assert not table.decide(facts, on=TODAY).opens


def test_a_name_nobody_has_judged_is_not_shown() -> None:
    assert STAFF_NAMES.decide(StaffName(), on=TODAY).outcome == "masked"
    unjudged: Any = None
    assert STAFF_NAMES.decide(StaffName(staff_protected=unjudged), on=TODAY).rule_id == "8.8.staff_closed"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.answer.opens], ids=str)
def test_a_refusal_tells_nothing_about_a_protected_child(example: Example) -> None:
    assert example.answer.reveal is Reveal.NOTHING
    assert not example.answer.needs
