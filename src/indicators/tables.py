"""The flat tables that every indicator is counted from: one written schema, whoever fills it.

A region's warehouse, the synthetic region and Kring's own extract all deliver these. A table is a column a
name, all equally long; unknown is None. Children and staff are pseudonyms: numbers without meaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

Data = Mapping[str, Mapping[str, Sequence[Any]]]


class Kind(Enum):
    """What a column holds, as Python has it."""

    KEY = int
    DAY = date
    CODE = str
    YES = bool


@dataclass(frozen=True)
class Column:
    """A column: its meaning, whether it may be unknown, and the values it is limited to, if any."""

    name: str
    kind: Kind
    meaning: str
    may_lack: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: what one row of it is. What may lack needs not be delivered: what is counted from it is then
    missing, never nought.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    may_lack: bool = False

    def column(self, name: str) -> Column:
        """A column by name. KeyError when there is none."""
        return {one.name: one for one in self.columns}[name]


SEXES = ("girl", "boy", "unknown")
CHILD = Column("child", Kind.KEY, "The child's pseudonym.")
STEPS = (
    "concern_raised", "first_contact", "referral_sent", "referral_received", "referral_accepted",
    "referral_returned", "referral_redirected", "first_visit_offered", "first_visit_done",
    "assessment_decided", "assessment_started", "assessment_completed", "diagnosis_recorded",
    "diagnosis_feedback_given", "intervention_offered", "first_intervention_started",
    "plan_established", "followed_up", "transition_planned", "transferred_adult",
    "plan_need_noted", "plan_summons_sent", "meeting_with_child", "meeting_without_child",
    "consultation_asked", "consultation_solved", "consultation_referred",
    "programme_started", "programme_completed",
    "symptoms_improved", "symptoms_unchanged", "symptoms_worse",
    "placed", "health_examined",
)  # fmt: skip
"""First the way to a diagnosis and support (domain: lead times), then a coordinated plan, a consultation, a
treatment programme with what it changed, and a placement.
"""
ARRANGEMENTS = ("coordination_need", "care_contact", "plan", "municipal_support")
"""A clinician's judgement that the child needs coordination; a named contact; a coordinated plan; support
from the municipality.
"""

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "child",
            "A child that has ever been in the data; once each.",
            (
                CHILD,
                Column("born", Kind.DAY, "Day of birth. Who is born on 29 February ages on 1 March."),
                Column("sex", Kind.CODE, "As registered.", values=SEXES),
                Column("ended", Kind.DAY, "The last day it is followed: death or out of the register.", True),
                Column("protected", Kind.YES, "Protected identity: counted, but never by place."),
            ),
        ),
        Table(
            "residence",
            "A time that a child was registered in a municipality. The spell that began last holds; when it "
            "has ended, the child lives outside the region.",
            (
                CHILD,
                Column("municipality", Kind.CODE, "Four digits."),
                Column("first", Kind.DAY, "The first day."),
                Column("last", Kind.DAY, "The last day; unknown while it goes on.", True),
            ),
        ),
        Table(
            "contact",
            "A contact with care that was booked or sought.",
            (
                CHILD,
                Column("day", Kind.DAY, "When it took place, or should have."),
                Column("unit", Kind.CODE, "The unit."),
                Column("staff", Kind.CODE, "Whom the child met, a pseudonym.", True),
                Column(
                    "level", Kind.CODE, "Level of care.", values=("primary", "specialist", "dental", "school")
                ),
                Column(
                    "form",
                    Kind.CODE,
                    "How.",
                    values=("visit", "video", "phone", "letter", "admission", "emergency"),
                ),
                Column("status", Kind.CODE, "What came of it.", values=("done", "no_show", "cancelled")),
                Column("planned", Kind.YES, "Booked beforehand."),
            ),
        ),
        Table(
            "diagnosis",
            "A diagnosis recorded at a contact or an admission.",
            (
                CHILD,
                Column("day", Kind.DAY, "When it was recorded."),
                Column("code", Kind.CODE, "ICD-10-SE, without dot."),
                Column("unit", Kind.CODE, "Where."),
                Column("admitted", Kind.YES, "Recorded at an admission to hospital."),
                Column("main", Kind.YES, "The main diagnosis of that contact."),
            ),
            may_lack=True,
        ),
        Table(
            "step",
            "A step of a child's way through a care process: what happened, never a position in a line.",
            (
                CHILD,
                Column("day", Kind.DAY, "When it happened. A referral counts from the day it was issued."),
                Column("case", Kind.KEY, "What belongs together, such as all from one concern."),
                Column("process", Kind.CODE, "The care process, such as ndd or bup."),
                Column("kind", Kind.CODE, "The step.", values=STEPS),
                Column("unit", Kind.CODE, "Where.", True),
            ),
            may_lack=True,
        ),
        Table(
            "arrangement",
            "Something that holds around a child from one day to another.",
            (
                CHILD,
                Column("day", Kind.DAY, "The first day."),
                Column("last", Kind.DAY, "The last day; unknown while it goes on.", True),
                Column("kind", Kind.CODE, "What.", values=ARRANGEMENTS),
            ),
            may_lack=True,
        ),
        Table(
            "deadline",
            "Something that was promised to a day; delivered when that day has passed.",
            (
                CHILD,
                Column("day", Kind.DAY, "The last day it could be done in time."),
                Column(
                    "kind",
                    Kind.CODE,
                    "A plan's follow-up, an answer to a consultation, a flag from a child's own readings.",
                    values=("plan_follow_up", "consultation_answer", "monitoring_flag"),
                ),
                Column("kept", Kind.YES, "Done on that day or before."),
            ),
            may_lack=True,
        ),
        Table(
            "answer",
            "A question of a questionnaire that was answered; one left empty has no row.",
            (
                CHILD,
                Column("day", Kind.DAY, "When it was answered."),
                Column("item", Kind.CODE, "The question."),
                Column("by", Kind.CODE, "Who answered.", values=("child", "guardian", "staff")),
                Column("positive", Kind.YES, "One of the two best answers."),
            ),
            may_lack=True,
        ),
        Table(
            "hospital",
            "A day on which a child came to or left hospital; who is moved between wards has not left.",
            (
                CHILD,
                Column("day", Kind.DAY, "The day."),
                Column("kind", Kind.CODE, "Which of the two.", values=("admitted", "discharged")),
                Column("planned", Kind.YES, "The admission was booked beforehand."),
                Column("reason", Kind.CODE, "What for.", values=("newborn", "cancer", "other")),
            ),
            may_lack=True,
        ),
        Table(
            "emergency_visit",
            "A visit to an emergency department.",
            (
                CHILD,
                Column("day", Kind.DAY, "When."),
                Column("code", Kind.CODE, "The main diagnosis, ICD-10-SE without dot.", True),
            ),
            may_lack=True,
        ),
        Table(
            "death",
            "A death, from the register of causes.",
            (
                CHILD,
                Column("day", Kind.DAY, "When; the last day the child is followed."),
                Column("cause", Kind.CODE, "The underlying cause, ICD-10 without dot."),
            ),
            may_lack=True,
        ),
    )
}


def faults(data: Data) -> Iterator[str]:
    """What in the data breaks the schema, in words; nothing when all is well."""
    for name, table in TABLES.items():
        given = data.get(name)
        if given is None:
            if not table.may_lack:
                yield f"tabellen {name} saknas"
            continue
        lengths = {len(values) for values in given.values()}
        if len(lengths) > 1:
            yield f"{name}: kolumnerna är olika långa"
        if name == "child" and len(set(given.get("child", ()))) < max(lengths, default=0):
            yield "child: samma barn står flera gånger"
        for column in table.columns:
            if column.name not in given:
                yield f"{name}: kolumnen {column.name} saknas"
            else:
                yield from _faults_in(table, column, given[column.name])


def _faults_in(table: Table, column: Column, values: Sequence[Any]) -> Iterator[str]:
    for place, value in enumerate(values, 1):
        where = f"{table.name}.{column.name}, rad {place}"
        if value is None:
            if not column.may_lack:
                yield f"{where}: värde saknas"
        elif type(value) is not column.kind.value:
            yield f"{where}: {value!r} är inte {column.kind.name.lower()}"
        elif column.values and value not in column.values:
            yield f"{where}: {value!r} är inget av {', '.join(column.values)}"


def empty() -> dict[str, dict[str, list[Any]]]:
    """Every table, without rows."""
    return {name: {column.name: [] for column in table.columns} for name, table in TABLES.items()}


def rows(data: Data, table: str) -> Iterator[dict[str, Any]]:
    """A table row by row."""
    columns = data.get(table, {})
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))
