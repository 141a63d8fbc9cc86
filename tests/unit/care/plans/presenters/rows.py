"""Plain rows of a plan for the tests of its words: made in a line, without a database.

Everything takes keyword fields over a whole and likely default, so a test names only what it is about.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

from kring.care.plans.models import Activity, Goal, Invitation, Meeting, Need, Plan, Summons
from kring.care.plans.presenters.child import Names
from kring.care.plans.queries.content import GoalRow
from kring.organisations.models import Controller, Person, Unit

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS, THEIRS = UUID(int=1), UUID(int=2)
PLAN = UUID(int=9)
MARIA = Row(pk=UUID(int=11), name="Maria Berg")
NAMES = Names([MARIA], hidden=False)


class Many(list):
    """A list that answers as a related manager does."""

    def all(self) -> "Many":
        return self


def unit(pk: UUID = OURS, name: str = "BUM", **fields: Any) -> Unit:
    controller = fields.pop("controller", None) or Controller(name=f"{name}s huvudman")
    return Unit(pk=pk, name=name, controller=controller, **fields)


OUR_UNIT, THEIR_UNIT = unit(), unit(THEIRS, "Skolan")


def plan(**fields: Any) -> Plan:
    """A going draft that our unit keeps; `version_number` and `version_at` as the query gives them."""
    versions = {name: fields.pop(name, None) for name in ("version_number", "version_at")}
    whole = {
        "pk": PLAN, "unit": OUR_UNIT, "status": "draft", "started_at": NOW, "changed_at": NOW,
        "need_identified_on": date(2026, 11, 10),
    }  # fmt: skip
    made = Plan(**(whole | fields))
    for name, value in versions.items():
        setattr(made, name, value)
    return made


def actor(*permissions: str, unit_id: UUID | None = OURS) -> Row:
    """Someone at our unit who may do everything, or only what is named."""
    return Row(
        today=TODAY,
        unit_id=unit_id,
        is_staff=True,
        child_id=None,
        may=lambda asked: not permissions or asked in permissions,
    )


def goal(*activities: Activity, **fields: Any) -> GoalRow:
    whole = {"pk": uuid4(), "unit": OUR_UNIT, "words": "Jag vill läsa själv", "created_at": NOW}
    return GoalRow(Goal(**(whole | fields)), activities)


def need(**fields: Any) -> Need:
    return Need(**({"unit": OUR_UNIT, "area": "play", "text": "Leka på rasten"} | fields))


def activity(what: str = "Ringa", **fields: Any) -> Activity:
    whole = {"unit": OUR_UNIT, "responsible_unit": OUR_UNIT, "created_at": NOW}
    return Activity(what=what, **(whole | fields))


def party(of: Unit = THEIR_UNIT, **fields: Any) -> Row:
    return Row(**({"unit": of, "unit_id": of.pk, "contact": None, "nothing_now": ""} | fields))


def signer(guardian: Any = MARIA) -> Row:
    who = guardian.pk if guardian else "child"
    return Row(guardian=guardian, signer=who, is_child=guardian is None, latest=None, holds=False)


def consent(state: str = "valid", cells: Any = (), waiting: Any = (), signers: Any = ()) -> Row:
    return Row(standing=Row(state=state), cells=set(cells), waiting_for=waiting, signers=signers)


def content(of: Any = None, **fields: Any) -> Row:
    """What the pages are made of: the plan, its parts, and how it stands."""
    whole = {
        "plan": of or plan(), "whole": True, "in_charge": True, "parties": (), "needs": (), "goals": (),
        "activities": (), "consent": consent(), "summonses": (), "meetings": (), "follow_ups": (),
        "planned_follow_ups": (), "versions": (), "closure": None, "gaps": (), "next_step": None,
        "clocks": (), "waiting": {}, "asking": (), "close_people": (), "evaluations": (),
    }  # fmt: skip
    return Row(**(whole | fields))


def invitation(**fields: Any) -> Invitation:
    """An invitation; `guardian_id` may be anybody's, as nobody is looked up."""
    return Invitation(**({"pk": uuid4(), "answer": "none"} | fields))


def _plain(row: Any, **more: Any) -> Row:
    """A model's own columns as a plain row, so that what stands around it needs no database."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return Row(**columns | {"pk": row.pk} | more)


def summons(*invitations: Invitation, of: Any = None, **fields: Any) -> Row:
    """A sent summons to next week; `meeting` when one has begun from it."""
    more = {name: fields.pop(name) for name in ("meeting",) if name in fields}
    whole = {
        "pk": uuid4(), "question": "Hur går det i skolan?", "minutes": 60, "place": "Biblioteket",
        "starts_at": datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "child_takes_part": "a_while", "sent_at": NOW,
    }  # fmt: skip
    row = Summons(**(whole | fields))
    display = {"get_child_takes_part_display": row.get_child_takes_part_display, "is_asking": row.is_asking}
    return _plain(row, invitations=Many(invitations), plan=of or plan(), **display, **more)


def called(row: Row) -> Row:
    """A summons as a plan's content holds it."""
    return Row(summons=row, invitations=tuple(row.invitations))


def meeting(*there: Any, of: Any = None, around: Any = None, **fields: Any) -> Row:
    """A meeting going on, or ended when `ended_at` is given; `of` is its summons, `around` its plan."""
    row = Meeting(**({"pk": uuid4(), "started_at": NOW} | fields))
    display = {"get_child_took_part_display": row.get_child_took_part_display, "WITHHELD": row.WITHHELD}
    called_by = {"summons": of, "summons_id": of.pk if of else None, "plan": around or plan()}
    return _plain(row, attendances=Many(there), **called_by, **display)


def present(**fields: Any) -> Row:
    return Row(
        **({"unit": None, "unit_id": None, "guardian_id": None, "is_child": False, "name": ""} | fields)
    )


def person(name: str = "Peter Holm") -> Person:
    given, family = name.split()
    return Person(given_name=given, family_name=family)
