"""People of the cast act in Kring, an extract is made, the indicators are counted from it: the numbers are
those that one counts by hand, and nothing has been typed in twice.
"""

from datetime import date, datetime
from typing import Any

from kring.care.contacts.commands import appoint
from kring.care.contacts.models import Appointment
from kring.care.plans import commands as plans
from kring.clock import STOCKHOLM
from kring.timeline.commands import record_event
from tests.unit.care.plans.story import Story
from tests.unit.followup.extract.taking import figures


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)


def happen(cast, child: str, kind: str, day: date, **data: Any) -> None:
    about = {"child_id": cast.child(child).pk, "effective_at": noon(day)}
    record_event(by=cast.actor("karin"), kind=kind, data={"process": "ndd"} | data, **about)


def visit(cast, child: str, day: date, status: str, mode: str = "on_site") -> None:
    about = {"child": cast.child(child), "unit": cast.unit("hh-habilitering-boras"), "starts_at": noon(day)}
    Appointment.objects.create(status=status, mode=mode, **about)


def act(cast) -> None:
    """A year around Alva, a concern about Omar that nobody has met yet, and visits."""
    story = Story(cast).started()
    story.later(2).joined().consented()
    story.held(story.meeting(story.summoned()))
    story.filled().establish(follow_up_on=date(2026, 12, 20))
    appoint(
        by=story.karin, child_id=story.child_id, role="named_care_contact", person_id=story.karin.person_id
    )
    story.now = noon(date(2026, 12, 18))
    by = {"by": story.karin, "plan_id": story.plan_id}
    said = {"statuses": {}, "child_words": "Bra", "summary": "Går bra", "visibility": "all"}
    plans.hold_follow_up(seen=story.plan.revision, next_on=date(2027, 2, 1), **by, **said)
    plans.evaluate_plan(by=story.alva, plan_id=story.plan_id, listened=4, helped=2)
    plans.evaluate_plan(by=story.maria, plan_id=story.plan_id, listened=3, words="Lång väntan")
    happen(cast, "alva", "concern_raised", date(2026, 1, 10))
    happen(cast, "alva", "first_intervention_started", date(2026, 2, 19))
    happen(cast, "noa", "concern_raised", date(2026, 5, 1))
    happen(cast, "noa", "first_intervention_started", date(2026, 7, 2))
    happen(cast, "omar", "concern_raised", date(2026, 5, 1))
    for day, status, mode in ((3, "done", "on_site"), (4, "done", "video"), (5, "missed", "on_site")):
        visit(cast, "alva", date(2026, 3, day), status, mode)
    visit(cast, "noa", date(2026, 3, 6), "cancelled")
    visit(cast, "noa", date(2026, 3, 7), "booked")


COUNTED = {
    # A summons two days after the need, a meeting the same day, Alva with for a while.
    "plan_summons_in_time": (1, 1),
    "plan_meeting_in_time": (1, 1),
    "child_at_plan_meeting": (1, 1),
    # The follow-up of 20 December was held on the 18th.
    "plan_follow_up_kept": (1, 1),
    # Three children with a concern, two of whom have been helped.
    "detection_to_support": (3, 2),
    # Three visits that came to something or did not, one missed; two done, one of them by video.
    "not_brought": (3, 1),
    "digital_visits": (2, 1),
    # Alva is ten: she answers for herself. Face four of five is one of the two best.
    "child_listened_to": (1, 1),
    # Karin's judgement that Alva needs coordination, among the children that her provider knows.
    "complex_needs_judged": (5, 1),
}


def test_what_is_done_in_kring_is_what_the_indicators_count(cast, taking, tmp_path):
    act(cast)
    made = taking.take(now=noon(date(2027, 3, 1)))
    seen = figures(taking.newest, tmp_path / "out", range(2026, 2028), date(2027, 3, 1))
    told = {slug: (seen[slug][2026].figure.n, seen[slug][2026].figure.x) for slug in COUNTED}
    assert told == COUNTED
    waited = seen["detection_to_support"][2026].figure
    # Alva waited 40 days and Noa 62; Omar still does. The second of three is in the middle.
    assert waited.value == (date(2026, 7, 2) - date(2026, 5, 1)).days == 62
    late = seen["plan_follow_up_kept"][2027].figure
    assert (late.n, late.x) == (1, 0), "the follow-up of 1 February was not held by 1 March"
    assert made.from_start
    assert made.rows["step"] == 10
    assert made.rows["answer"] == 3
    assert taking.rows("arrangement", "day, last, kind") == [
        (date(2026, 11, 16), None, "coordination_need"),
        (date(2026, 11, 18), None, "care_contact"),
        (date(2026, 11, 18), None, "plan"),
    ]
    # Every year is told, and what is hidden is hidden by the indicators' own control.
    assert (tmp_path / "out" / "plan_follow_up_kept.csv").read_text().count("few") > 0
