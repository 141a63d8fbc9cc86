"""A child's rows in the flat tables, from everything that is read of it. Pure: the same facts, the same rows.

Of a protected child nothing tells the place: its residence is one and the same code for all of them, and its
units and staff have words of its own, which nobody else's rows share.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from kring.access.policy.follow_up import COUNTED, CountedFacts

from . import record
from .deadlines import follow_ups
from .facts import Child, Coordinated, Happening, Terms
from .pseudonyms import Pseudonyms
from .steps import ISSUED, PLACEMENT, SIP, STEPS_OF_KRING, WITHDRAWALS, Step, table_on

Row = tuple[str, tuple[Any, ...]]
"""A table's name, and its columns in the order of the schema."""

SEXES = {"female": "girl", "male": "boy"}
LEVELS = {
    **dict.fromkeys(("primary_care", "youth_mental_health", "child_health_centre"), "primary"),
    **dict.fromkeys(
        ("hospital_ward", "paediatric_outpatient", "child_psychiatry", "habilitation", "speech_language"),
        "specialist",
    ),
    "dental": "dental",
    **dict.fromkeys(("pupil_health_medical", "school", "preschool"), "school"),
}
"""Level of care by kind of unit; social services and LSS are no care."""
CARE = frozenset(kind for kind, level in LEVELS.items() if kind not in ("school", "preschool"))
"""Units whose judgement that coordination is needed is a clinician's."""
PROCESSES = frozenset({"ndd", "bup", "first_line", "programme", "consultation", PLACEMENT})
BY_UNIT = {"child_psychiatry": "bup", "youth_mental_health": "first_line"}
OTHER = "other"
MODES = {"on_site": "visit", "home": "visit", "video": "video", "phone": "phone"}
OUTCOMES = {"done": "done", "missed": "no_show", "cancelled": "cancelled"}
BEST = (4, 5)
"""The two best of five faces."""


@lru_cache(maxsize=64)
def may_count(own: bool, agreed: bool, blocked: bool, on: date) -> bool:
    """Table 8.9 b, asked once for each kind of row."""
    return COUNTED.decide(CountedFacts(own_provider=own, agreed=agreed, blocked=blocked), on=on).opens


def rows_of(child: Child, terms: Terms, names: Pseudonyms) -> Iterator[Row]:
    """Every row of a child."""
    yield from _Rows(child, terms, names).all()


class _Rows:
    """One child's rows being made."""

    def __init__(self, child: Child, terms: Terms, names: Pseudonyms) -> None:
        self.child, self.person, self.terms, self.names = child, child.person, terms, names
        self.key = names.number("child", self.person.id)
        self.events = standing(child.events)
        self.plans = {one.id: one for one in child.plans}

    def all(self) -> Iterator[Row]:
        ended = self.person.ended
        sex = SEXES.get(self.person.sex, "unknown")
        yield "child", (self.key, self.person.born, sex, ended, self.person.protected)
        yield from self.homes()
        for make in (
            self.contacts,
            self.diagnoses,
            self.steps,
            self.arrangements,
            self.promises,
            self.answers,
        ):
            yield from make()

    # What may be told, and in which words.

    def counts(self, unit: UUID | None, documented: date) -> bool:
        place = self.terms.places.get(unit) if unit else None
        if unit is None or place is None:
            return False
        blocked = any(one.covers(unit, place.controller, documented) for one in self.child.blocks)
        own, agreed = place.controller == self.terms.own, place.controller in self.terms.agreed
        return may_count(own, agreed, blocked, self.terms.today)

    def word(self, kind: str, one: object) -> str:
        """A unit or somebody at it; of a protected child a word that is used of nobody else."""
        return self.names.word(kind, f"{self.person.id} {one}" if self.person.protected else one)

    def kind_of(self, unit: UUID | None) -> str:
        place = self.terms.places.get(unit) if unit else None
        return place.kind if place else ""

    def case(self, one: object) -> int:
        return self.names.number("case", f"{self.person.id} {one}")

    # The tables.

    def homes(self) -> Iterator[Row]:
        """From the first day that anything is known, by what has been told of moves."""
        first = max(self.person.born, min(self.known_days(), default=self.terms.today))
        moves = sorted((one for one in self.events if one.kind == "moved"), key=lambda one: one.day)
        codes = [self.person.municipality]
        if moves:
            codes = [str(moves[0].data.get("from_municipality", ""))]
            codes += [str(one.data.get("to_municipality", "")) for one in moves]
        begins = [first, *(max(one.day, first) for one in moves)]
        spells = merged(list(zip(map(self.place, codes), begins, strict=True)))
        for place, (code, begin) in enumerate(spells):
            end = spells[place + 1][1] - timedelta(days=1) if place + 1 < len(spells) else None
            if code and (end is None or begin <= end):
                yield "residence", (self.key, code, begin, end)

    def known_days(self) -> Iterator[date]:
        yield from (one.first for one in self.person.relations)
        yield from (one.day for one in self.events if self.counts(one.unit, one.documented))

    def place(self, code: str) -> str:
        """The code, if it is one of the region's; of who is protected the one that stands for no place."""
        if self.person.protected:
            return self.terms.nowhere if code in self.terms.municipalities or not code else ""
        return code if code in self.terms.municipalities else ""

    def contacts(self) -> Iterator[Row]:
        missed = {one.subject for one in self.events if one.kind == "visit_missed"}
        met = set()
        for event in self.told("encounter"):
            text = self.text(event)
            form, level = record.form_of(text), LEVELS.get(self.kind_of(event.unit))
            if form and level:
                met.add((event.unit, event.day))
                staff = record.staff_of(text)
                who = self.word("staff", f"{event.unit} {staff}") if staff else None
                row = (
                    event.day,
                    self.word("unit", event.unit),
                    who,
                    level,
                    form,
                    "done",
                    record.is_planned(text),
                )
                yield "contact", (self.key, *row)
        for visit in self.child.visits:
            status = "no_show" if visit.id in missed else OUTCOMES.get(visit.status)
            level = LEVELS.get(self.kind_of(visit.unit))
            again = status == "done" and (visit.unit, visit.day) in met
            if status and level and not again and self.counts(visit.unit, visit.day):
                where, form = self.word("unit", visit.unit), MODES[visit.mode]
                yield "contact", (self.key, visit.day, where, None, level, form, status, True)

    def diagnoses(self) -> Iterator[Row]:
        for event in self.told("condition"):
            text = self.text(event)
            admitted = event.data.get("resource") in self.child.admissions
            for code in record.codes_of(text):
                row = (event.day, code, self.word("unit", event.unit), admitted, record.is_main(text))
                yield "diagnosis", (self.key, *row)

    def told(self, kind: str) -> Iterator[Happening]:
        return (one for one in self.events if one.kind == kind and self.counts(one.unit, one.documented))

    def text(self, event: Happening) -> Mapping[str, Any]:
        return self.child.texts.get(event.data.get("resource", 0), {})

    def steps(self) -> Iterator[Row]:
        for event in self.events:
            found = _table(event.day).get(event.kind)
            if found and found.step != "placed":
                yield from self.step(event, found)
        placed = _table(self.terms.today).get("placement_recorded")
        if placed and self.terms.examined:
            for one in self.child.placements:
                if self.counts(one.unit, one.first):
                    yield self.step_row(one.first, one.id, placed.process, placed.step, one.unit)

    def step(self, event: Happening, found: Step) -> Iterator[Row]:
        plan = self.plans.get(event.subject) if event.subject and found.process == SIP else None
        unit = plan.unit if plan else event.unit
        if (found.process == SIP and plan is None) or not self.counts(unit, event.documented):
            return
        process = "discharge" if plan and plan.kind == "discharge" else found.process or self.process(event)
        case: object = event.subject if found.process else event.data.get("pathway") or process
        yield self.step_row(_day(event), case, process, found.of(event.data), unit)

    def step_row(self, day: date, case: object, process: str, step: str, unit: UUID | None) -> Row:
        return "step", (self.key, day, self.case(case), process, step, self.word("unit", unit))

    def process(self, event: Happening) -> str:
        """As the event says, if it is one that is known; else by where it happened. Never free words."""
        told = str(event.data.get("process", ""))
        return told if told in PROCESSES else BY_UNIT.get(self.kind_of(event.unit), OTHER)

    def arrangements(self) -> Iterator[Row]:
        for first, last, kind in (*self.of_plans(), *self.of_contacts(), *self.of_relations()):
            if first <= self.terms.today:
                yield "arrangement", (self.key, first, last, kind)

    def of_plans(self) -> Iterator[tuple[date, date | None, str]]:
        begun = {one.subject: one for one in reversed(self.events) if one.kind == "plan_established"}
        for plan in self.child.plans:
            if plan.id in begun and self.counts(plan.unit, begun[plan.id].documented):
                yield begun[plan.id].day, plan.over, "plan"
            judged = plan.by_staff and not plan.declined and self.kind_of(plan.unit) in CARE
            if judged and self.counts(plan.unit, plan.need):
                yield plan.need, plan.over, "coordination_need"

    def of_contacts(self) -> Iterator[tuple[date, date | None, str]]:
        for one in self.child.contacts:
            if one.kind == "named_care_contact" and self.counts(one.unit, one.first):
                yield one.first, one.last, "care_contact"

    def of_relations(self) -> Iterator[tuple[date, date | None, str]]:
        for one in self.person.relations:
            if one.kind == "social_support" and self.counts(one.unit, one.first):
                yield one.first, one.last, "municipal_support"

    def promises(self) -> Iterator[Row]:
        ended = self.person.ended or date.max
        for plan in self.child.plans:
            if self.counts(plan.unit, plan.need):
                for due, kept in follow_ups(plan.planned, plan.held, plan.over, self.terms.today):
                    if due <= ended:
                        yield "deadline", (self.key, due, "plan_follow_up", kept)
        for flag in self.child.flags:
            if flag.due < self.terms.today and self.counts(flag.unit, flag.due):
                kept = flag.read is not None and flag.read <= flag.due
                yield "deadline", (self.key, flag.due, "monitoring_flag", kept)

    def answers(self) -> Iterator[Row]:
        for plan in self.child.plans:
            yield from self.said_of(plan)
        for event in self.told("answer_clear"):
            yield "answer", (self.key, event.day, "understood", "child", event.data.get("clear") == "yes")

    def said_of(self, plan: Coordinated) -> Iterator[Row]:
        for one in plan.said:
            if self.counts(plan.unit, one.day):
                for item, face in (("listened", one.listened), ("helped", one.helped)):
                    if face is not None:
                        yield "answer", (self.key, one.day, item, one.by, face in BEST)


@lru_cache(maxsize=4096)
def _table(day: date) -> Mapping[str, Step]:
    return table_on(day, STEPS_OF_KRING)


def _day(event: Happening) -> date:
    """When it happened; of a referral when it was issued, if that is told."""
    told = event.data.get(ISSUED.get(event.kind, ""))
    try:
        return min(date.fromisoformat(str(told)), event.day) if told else event.day
    except ValueError:
        return event.day


def standing(events: list[Happening]) -> list[Happening]:
    """What still holds, in the order it happened: less what has been corrected, withdrawn or struck out."""
    gone = {str(one.corrects) for one in events if one.corrects}
    gone |= {str(one.data.get("voids")) for one in events if one.kind == "voided"}
    kept = (one for one in events if str(one.id) not in gone and one.kind not in WITHDRAWALS)
    return sorted(kept, key=lambda one: (one.at, one.id.int))


def merged(spells: list[tuple[str, date]]) -> list[tuple[str, date]]:
    """Spells in order, where the same place twice in a row is one."""
    return [one for place, one in enumerate(spells) if place == 0 or spells[place - 1][0] != one[0]]
