"""Which happening on Kring's timeline is which step of a care process: the one table, dated.

Every kind stands either here or among those that are left out, with why; a test holds both to the timeline's
own vocabulary. A change of meaning is a new row with a later `since`, never a quiet edit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

FROM_THE_START = date(2012, 1, 1)
"""Earlier than any year that is counted."""
SIP, PLACEMENT = "sip", "placement"


@dataclass(frozen=True)
class Step:
    """What a kind of event is counted as. `process`: the only one it belongs to; empty: the event's own.

    `unless`: instead when the event's data say so, as (name, values that keep it, the other step).
    """

    kind: str
    step: str
    process: str = ""
    since: date = FROM_THE_START
    unless: tuple[str, tuple[str, ...], str] | None = None

    def of(self, data: Mapping[str, object]) -> str:
        """The step of one event."""
        if self.unless is None or data.get(self.unless[0]) in self.unless[1]:
            return self.step
        return self.unless[2]


WITH_CHILD = ("child_took_part", ("whole", "a_while", "before", "picture"), "meeting_without_child")
"""The child was there, or spoke or sent something beforehand; somebody else speaking for it is not that."""
SAME_WORD = (
    "concern_raised", "first_contact", "referral_sent", "referral_received", "referral_accepted",
    "referral_returned", "referral_redirected", "first_visit_offered", "first_visit_done",
    "assessment_decided", "assessment_started", "assessment_completed", "diagnosis_recorded",
    "diagnosis_feedback_given", "intervention_offered", "first_intervention_started", "transition_planned",
    "transferred_adult", "consultation_asked", "consultation_solved", "consultation_referred",
    "programme_started", "programme_completed", "symptoms_improved", "symptoms_unchanged", "symptoms_worse",
)  # fmt: skip
STEPS_OF_KRING = (
    *(Step(kind, kind) for kind in SAME_WORD),
    Step("sip_need_identified", "plan_need_noted", SIP),
    Step("sip_summons_sent", "plan_summons_sent", SIP),
    Step("sip_meeting_held", "meeting_with_child", SIP, unless=WITH_CHILD),
    Step("plan_established", "plan_established", SIP),
    Step("followed_up", "followed_up", SIP),
    Step("placement_recorded", "placed", PLACEMENT),
    Step("health_examined", "health_examined", PLACEMENT),
)
ISSUED = {"referral_sent": "issued_on"}
"""A referral counts from the day it was issued, when the event tells it apart (ruling 5)."""

WITHDRAWALS = ("voided", "record_withdrawn", "placement_withdrawn")
"""What strikes out what it corrects, or is about."""

ELSEWHERE = {
    "follow_up_planned": "deadline: from the plan's own days",
    "sip_closed": "arrangement: the plan's last day",
    "plan_evaluated": "answer: from the evaluation",
    "answer_clear": "answer: understood",
    "mood_answered": "deadline: from the answer and when it was read",
    "care_contact_appointed": "arrangement: from the contact's own days",
    "care_contact_ended": "arrangement: from the contact's own days",
    "visit_missed": "contact: the visit did not take place",
    "visit_cancelled": "contact: from the visit's own state",
    "encounter": "contact: from the record's own text",
    "condition": "diagnosis: from the record's own text",
    "moved": "residence",
    "placement_changed": "step: from the placement's own first day",
    "died": "child: the last day it is followed",
}
"""Kinds that are counted in another table than `step`."""
LEFT_OUT = {
    **dict.fromkeys(
        (
            "message_written", "message_answered", "message_from_unit", "message_thread_closed",
            "child_unclear", "child_wrong", "maturity_asked", "change_proposed", "visit_change_asked",
            "promise_reminded", "asked_answered", "young_welcomed", "young_share_started",
            "young_share_stopped", "mood_asked", "mood_asking_ended",
        ),
        "what the family and the young write, ask or choose is theirs, and no indicator counts it",
    ),
    **dict.fromkeys(
        ("consent_recorded", "consent_withdrawn", "consent_ended", "plan_readers_changed"),
        "who may read what is not counted",
    ),
    **dict.fromkeys(
        (
            "sip_started", "sip_declined", "sip_times_asked", "sip_times_answered", "sip_times_withdrawn",
            "sip_summons_answered", "sip_meeting_moved", "sip_meeting_cancelled", "plan_version",
            "same_day_requested", "same_day_answered", "same_day_withdrawn", "visit_booked", "visit_moved",
            "visit_agreed", "placement_ended",
        ),
        "a turn on the way; what came of it is counted",
    ),
    **dict.fromkeys(
        (
            "contact_sought", "contact_obtained", "assessment_need_judged", "medical_assessment_done",
            "self_referral_made", "treatment_decided", "treatment_started", "wait_exception",
        ),
        "the guarantees' clocks have no step in the tables yet",
    ),
    **dict.fromkeys(
        (
            "procedure", "observation", "appointment", "care_plan", "immunization", "allergy", "medication",
            "diagnostic_report",
        ),
        "what other systems recorded, of which no indicator asks",
    ),
    **dict.fromkeys(WITHDRAWALS, "strikes out another"),
}  # fmt: skip
"""Kinds that no table holds, and why."""


def table_on(day: date, rows: Iterable[Step] = STEPS_OF_KRING) -> dict[str, Step]:
    """Kind -> the row in force for what happened on a day."""
    return {one.kind: one for one in sorted(rows, key=lambda one: one.since) if one.since <= day}
