"""Hand-made children, places and plans, for rules that are tried case by case."""

from datetime import date

from synthetic.families import Home
from synthetic.records import (
    Place,
    SyntheticChild,
    SyntheticFollowUp,
    SyntheticGuardian,
    SyntheticPlan,
    SyntheticRelation,
)

TODAY = date(2026, 11, 21)
HERE, ELSEWHERE = "1490", "1480"


def guardian(key: str = "g1", **changes: object) -> SyntheticGuardian:
    one = SyntheticGuardian(key, "Kim", "Ek", "070-174 06 05", "sv", "", False)
    return one._replace(**changes)


def child(born: date = date(2016, 3, 12), **changes: object) -> SyntheticChild:
    """A child without much need, whom nothing is around yet."""
    one = SyntheticChild(
        key="c1",
        given_name="Bo",
        family_name="Ek",
        birth_date=born,
        sex="male",
        municipality=HERE,
        number=None,
        number_kind=None,
        protection="none",
        language="sv",
        interpreter_language="",
        communication="",
        placed=False,
        needs=(),
        guardians=(guardian(),),
        custodies=(),
        relations=(),
    )
    return one._replace(**changes)


def whole_years(born: date, today: date = TODAY) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def home(born: date = date(2016, 3, 12), today: date = TODAY, **changes: object) -> Home:
    return Home(child(born, **changes), HERE, whole_years(born, today))


def place(kind: str, key: str = "", **changes: object) -> Place:
    """A unit in the child's own municipality that takes children of every age."""
    one = Place(key or kind, kind, HERE, "owner", (HERE,), 0, 20)
    return one._replace(**changes)


def around(unit: str, starts_on: date, ends_on: date | None = None, kind: str = "care") -> SyntheticRelation:
    return SyntheticRelation(unit, kind, starts_on, ends_on)


def follow_up(held_on: date, was_due_on: date) -> SyntheticFollowUp:
    return SyntheticFollowUp(held_on, was_due_on, "Bra.")


def plan(status: str = "draft", **changes: object) -> SyntheticPlan:
    """A plan that has only just been started."""
    one = SyntheticPlan(
        key="c1-p1",
        child="c1",
        unit="school",
        status=status,
        requested_by="guardian",
        need_identified_on=date(2026, 9, 1),
        started_on=date(2026, 9, 3),
        meeting_on=None,
        established_on=None,
        follow_up_on=None,
        ended_on=None,
        end_reason="",
        declined_reason="",
        what_matters="Att det är lugnt.",
        situation="",
        needed_efforts="",
        other_measures="",
        early_signs="",
        takes_part="",
        takes_part_words="",
        parties=("school",),
        needs=(),
        goals=(),
        follow_ups=(),
    )
    return one._replace(**changes)
