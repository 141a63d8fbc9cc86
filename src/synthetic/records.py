"""What the synthetic region consists of. Named tuples: quick to make by the million, and never changed.

Words of kind, status and area are those of Swedish child health care as the product stores them; the texts
are Swedish, because families and staff write Swedish.
"""

from datetime import date, datetime
from typing import NamedTuple


class Place(NamedTuple):
    """A unit where children meet care, school or support. `serves`: codes of municipalities."""

    key: str
    kind: str
    municipality: str
    owner: str
    serves: tuple[str, ...]
    first_age: int
    last_age: int


class SyntheticGuardian(NamedTuple):
    """A person with custody of one or more children; the same key means the same person."""

    key: str
    given_name: str
    family_name: str
    phone: str
    language: str
    interpreter_language: str
    protected: bool


class SyntheticCustody(NamedTuple):
    """That a guardian has custody from one day through another (None: still)."""

    guardian: str
    starts_on: date
    ends_on: date | None


class SyntheticRelation(NamedTuple):
    """That a unit takes part around the child. `kind`: care, schooling or social_support."""

    unit: str
    kind: str
    starts_on: date
    ends_on: date | None


class SyntheticChild(NamedTuple):
    """A child or young person. `number` is an official test number of twelve digits, or None.

    `needs` are the profiles of a child with much need (empty for most). `birth_date` is the truth; the
    number is only a name for the child.
    """

    key: str
    given_name: str
    family_name: str
    birth_date: date
    sex: str
    municipality: str
    number: str | None
    number_kind: str | None
    protection: str
    language: str
    interpreter_language: str
    communication: str
    placed: bool
    needs: tuple[str, ...]
    guardians: tuple[SyntheticGuardian, ...]
    custodies: tuple[SyntheticCustody, ...]
    relations: tuple[SyntheticRelation, ...]


class SyntheticNeed(NamedTuple):
    """A need in a plan, contributed by a unit (None: the family)."""

    area: str
    text: str
    unit: str | None


class SyntheticActivity(NamedTuple):
    """Who does what by when. `responsible`: unit, family or third_party (then `words` names them)."""

    what: str
    responsible: str
    unit: str | None
    words: str
    due_on: date | None
    when_words: str
    status: str


class SyntheticGoal(NamedTuple):
    """A goal in the child's words, with what is done for it."""

    words: str
    explanation: str
    area: str
    term: str
    status: str
    unit: str
    activities: tuple[SyntheticActivity, ...]


class SyntheticFollowUp(NamedTuple):
    """A follow-up that was held, and the day it was due."""

    held_on: date
    was_due_on: date
    child_words: str


class SyntheticPlan(NamedTuple):
    """A coordinated individual plan (SIP). Dates are None until the step has been taken."""

    key: str
    child: str
    unit: str
    status: str
    requested_by: str
    need_identified_on: date
    started_on: date
    meeting_on: date | None
    established_on: date | None
    follow_up_on: date | None
    ended_on: date | None
    end_reason: str
    declined_reason: str
    what_matters: str
    situation: str
    needed_efforts: str
    other_measures: str
    early_signs: str
    takes_part: str
    takes_part_words: str
    parties: tuple[str, ...]
    needs: tuple[SyntheticNeed, ...]
    goals: tuple[SyntheticGoal, ...]
    follow_ups: tuple[SyntheticFollowUp, ...]


class SyntheticAppointment(NamedTuple):
    """A booked visit; times carry the zone of Stockholm."""

    key: str
    child: str
    unit: str
    starts_at: datetime
    ends_at: datetime
    what: str
    with_whom: str
    bring: str
    mode: str
    status: str


class SyntheticEvent(NamedTuple):
    """Something that happened around the child. `kind` is a word of the clocks' vocabulary."""

    child: str
    kind: str
    unit: str
    at: datetime
    plan: str | None


class Around(NamedTuple):
    """One child and all that is going on around it."""

    child: SyntheticChild
    plans: tuple[SyntheticPlan, ...]
    appointments: tuple[SyntheticAppointment, ...]
    events: tuple[SyntheticEvent, ...]
