"""What the database itself refuses, whoever writes and by whichever way.

Each constraint of each table has an example that it refuses beside the nearest one that it lets through, so
that neither a constraint that has gone nor one that has become too strict passes here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.cast import NOW
from tests.unit.rows import a_row, own_models

pytestmark = pytest.mark.django_db

FIRST, BEFORE = date(2026, 11, 16), date(2026, 11, 15)
LATER = NOW + timedelta(minutes=1)
ABOUT = UUID(int=7)

Made = dict[str, Any] | Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Wrong:
    """A row that is refused for what it says, and others that say something very like it and are not."""

    table: str
    refused: Made
    right: tuple[Made, ...]


@dataclass(frozen=True)
class Once:
    """What there may be one of; `besides`: what beside the first is another one and no second."""

    table: str
    first: Made
    besides: tuple[Made, ...]
    shared: tuple[str, ...] = field(default=())
    """Names of what both rows stand under: made once, and the same for both."""


def somebody() -> models.Model:
    return a_row(apps.get_model("organisations.Person"))


def a_unit() -> models.Model:
    return a_row(apps.get_model("organisations.Unit"))


def a_guardian() -> models.Model:
    return a_row(apps.get_model("children.Guardian"))


def period(table: str) -> Wrong:
    """A period whose last day is before its first; one day, and no last day, are both periods."""
    days = {"starts_on": FIRST}
    return Wrong(table, days | {"ends_on": BEFORE}, (days | {"ends_on": FIRST}, days | {"ends_on": None}))


def hidden_until(table: str) -> Wrong:
    """A text that the child is to see later, without the day; with it, and one that is shown now."""
    chosen = {"visibility": "not_child_until"}
    return Wrong(table, chosen, (chosen | {"visible_to_child_from": FIRST}, {"visibility": "all"}))


CASES: dict[str, Wrong | Once] = {
    # Children, guardians and who is around them
    "child_number_once": Once(
        "children.ChildNumber",
        {"kind": "personal", "system": "", "value": "prov-1"},
        ({"kind": "temporary"}, {"system": "urn:oid:1"}, {"value": "prov-2"}),
    ),
    "child_number_ends_after_start": period("children.ChildNumber"),
    "custody_ends_after_start": period("children.Custody"),
    "custody_once": Once(
        "children.Custody",
        {"starts_on": FIRST},
        ({"starts_on": BEFORE}, lambda: {"guardian": a_guardian()}),
        ("child", "guardian"),
    ),
    "care_relation_ends_after_start": period("children.CareRelation"),
    "close_relation_ends_after_start": period("children.CloseRelation"),
    "close_relation_called_with_a_yes": Wrong(
        "children.CloseRelation",
        {"phone": "010-441 20 10", "may_contact": False},
        ({"phone": "010-441 20 10", "may_contact": True}, {"phone": "", "may_contact": False}),
    ),
    "close_relation_written_by_one": Wrong(
        "children.CloseRelation",
        lambda: {"unit": a_unit(), "guardian": a_guardian()},
        (lambda: {"unit": a_unit(), "guardian": None}, lambda: {"unit": None, "guardian": a_guardian()}),
    ),
    "protected_group_once": Once(
        "children.ProtectedGroupMember", {}, (lambda: {"person": somebody()},), ("child", "person")
    ),
    "guardian_decision_ends_after_start": period("children.GuardianDecision"),
    "extended_access_agreed_and_ends": Wrong(
        "children.GuardianDecision",
        {"kind": "extended", "child_agreed": True, "ends_on": None},
        ({"kind": "extended", "child_agreed": True, "ends_on": FIRST}, {"kind": "kept", "ends_on": None}),
    ),
    "placement_ends_after_start": period("children.Placement"),
    "young_share_open_once": Once(
        "children.YoungShare",
        {"thing": "plan"},
        ({"thing": "appointment"}, {"ended_at": NOW}, lambda: {"guardian": a_guardian()}),
        ("child", "guardian"),
    ),
    "share_wish_open_once": Once(
        "children.ShareWish",
        {"thing": "plan"},
        ({"thing": "appointment"}, {"ended_at": NOW}, lambda: {"guardian": a_guardian()}),
        ("child", "guardian"),
    ),
    "block_inner_of_unit_outer_of_provider": Wrong(
        "children.AccessBlock",
        {"kind": "inner", "unit": None},
        (lambda: {"kind": "inner", "unit": a_unit()}, {"kind": "outer", "unit": None}),
    ),
    "block_days_in_order": Wrong(
        "children.AccessBlock",
        {"kind": "outer", "documented_from": FIRST, "documented_to": BEFORE},
        (
            {"kind": "outer", "documented_from": FIRST, "documented_to": FIRST},
            {"kind": "outer", "documented_from": None, "documented_to": BEFORE},
            {"kind": "outer", "documented_from": FIRST, "documented_to": None},
        ),
    ),
    "lift_asked_once_at_a_time": Once(
        "children.LiftRequest",
        {"answer": "waiting"},
        ({"answer": "refused"}, lambda: {"unit": a_unit()}),
        ("block", "unit"),
    ),
    "emergency_opened_for_a_time": Wrong(
        "children.EmergencyAccess",
        {"kind": "outer", "opened_at": NOW, "ends_at": NOW},
        (
            {"kind": "outer", "opened_at": NOW, "ends_at": LATER},
            {"kind": "outer", "opened_at": None, "ends_at": None},
        ),
    ),
    "emergency_has_a_reason": Wrong("children.EmergencyAccess", {"reason": ""}, ({"reason": "Fara"},)),
    "consent_ends_after_start": period("children.Consent"),
    "consent_of_one_signer": Wrong(
        "children.Consent",
        lambda: {"guardian": a_guardian(), "board_unit": a_unit()},
        (lambda: {"guardian": a_guardian()}, lambda: {"board_unit": a_unit()}, {}),
    ),
    "consent_scope_once": Once(
        "children.ConsentScope",
        {"category": "plan"},
        ({"category": "record"}, lambda: {"unit": a_unit()}),
        ("consent", "unit"),
    ),
    "disclosure_open_once": Once(
        "children.Disclosure",
        {"category": "plan", "subject": ABOUT},
        ({"ended_at": NOW}, {"subject": UUID(int=8)}, {"category": "appointment"}),
        ("unit",),
    ),
    # Places and people
    "grouping_once": Once(
        "organisations.Grouping",
        {"kind": "subregional_board", "key": "norra"},
        ({"kind": "collaboration_area"}, {"key": "sodra"}),
        ("region",),
    ),
    "assignment_ends_after_start": period("organisations.Assignment"),
    "access_log_place_once": Once(
        "audit.AccessLogRow", {"chain": 70, "position": 1}, ({"chain": 71}, {"position": 2})
    ),
    # What happened and what comes next
    "task_done_by_someone": Wrong(
        "timeline.Task",
        {"done_at": NOW, "done_by": None},
        (lambda: {"done_at": NOW, "done_by": somebody()}, {"done_at": None, "done_by": None}),
    ),
    "task_open_once": Once(
        "timeline.Task",
        {"kind": "follow_up", "subject": ABOUT},
        (
            {"kind": "sip_close"},
            {"subject": UUID(int=8)},
            lambda: {"done_at": NOW, "done_by": somebody()},
            lambda: {"unit": a_unit()},
        ),
        ("unit",),
    ),
    "saved_view_once": Once(
        "timeline.SavedView", {"name": "Försenade"}, ({"name": "I dag"},), ("person", "unit")
    ),
    # Notices and what is on its way
    "notice_unread_once_at_work": Once(
        "notifications.Notice",
        {"act": "sip_summoned", "about": ABOUT},
        ({"read_at": NOW}, {"unit": None}, {"about": UUID(int=8)}),
        ("person", "unit", "child"),
    ),
    "notice_unread_once_in_family": Once(
        "notifications.Notice",
        {"act": "sip_summoned", "about": ABOUT, "unit": None},
        ({"read_at": NOW}, {"act": "visit_moved"}, lambda: {"unit": a_unit()}),
        ("person", "child"),
    ),
    "contact_way_once": Once("notifications.ContactWay", {"way": "sms"}, ({"way": "email"},), ("person",)),
    "delivery_once": Once(
        "notifications.Delivery", {"way": "sms", "code": None}, ({"way": "email"},), ("notice",)
    ),
    "delivery_of_one_thing": Wrong(
        "notifications.Delivery",
        {"notice": None, "code": None},
        (
            lambda: {"notice": a_row(apps.get_model("notifications.Notice")), "code": None},
            {},
        ),
    ),
    # The plan
    "plan_declined_with_reason": Wrong(
        "plans.Plan",
        {"status": "declined", "declined_reason": ""},
        ({"status": "declined", "declined_reason": "Familjen vill inte"}, {"status": "ended"}),
    ),
    "plan_party_once": Once("plans.PlanParty", {}, (lambda: {"unit": a_unit()},), ("plan", "unit")),
    "plan_version_once": Once("plans.PlanVersion", {"number": 1}, ({"number": 2},), ("plan",)),
    "acknowledged_once_by_guardian": Once(
        "plans.Acknowledgement",
        {},
        ({"guardian": None}, lambda: {"guardian": a_guardian()}),
        ("version", "guardian"),
    ),
    "acknowledged_once_by_child": Once(
        "plans.Acknowledgement", {"guardian": None}, (lambda: {"guardian": a_guardian()},), ("version",)
    ),
    "unit_invited_once": Once(
        "plans.Invitation", {}, ({"unit": None}, lambda: {"unit": a_unit()}), ("summons", "unit")
    ),
    "guardian_invited_once": Once(
        "plans.Invitation", {}, ({"guardian": None}, lambda: {"guardian": a_guardian()}),
        ("summons", "guardian"),
    ),
    "evaluation_says_something": Wrong(
        "plans.Evaluation",
        {"words": "", "listened": None, "helped": None},
        ({"words": "Bra", "listened": None}, {"words": "", "listened": 5}, {"words": "", "helped": 1}),
    ),
    "child_invited_once": Once("plans.Invitation", {"is_child": True}, ({"is_child": False},), ("summons",)),
    "time_proposed_once": Once(
        "plans.ProposedTime", {"starts_at": NOW}, ({"starts_at": NOW + timedelta(hours=1)},), ("summons",)
    ),
    "time_answered_once": Once(
        "plans.TimeAnswer",
        {"can": True},
        (lambda: {"time": a_row(apps.get_model("plans.ProposedTime"))},),
        ("invitation", "time"),
    ),
    "need_hidden_from_child_until_a_day": hidden_until("plans.Need"),
    "goal_hidden_from_child_until_a_day": hidden_until("plans.Goal"),
    "activity_hidden_from_child_until_a_day": hidden_until("plans.Activity"),
    "meeting_hidden_from_child_until_a_day": hidden_until("plans.Meeting"),
    "followup_hidden_from_child_until_a_day": hidden_until("plans.FollowUp"),
    "closure_hidden_from_child_until_a_day": hidden_until("plans.Closure"),
    # Contacts, visits and how the child feels
    "care_contact_open_once": Once(
        "contacts.CareContact",
        {"role": "coordinator", "starts_on": FIRST},
        ({"role": "named_physician"}, {"ends_on": FIRST}, lambda: {"unit": a_unit()}),
        ("child", "unit"),
    ),
    "care_contact_ends_after_start": period("contacts.CareContact"),
    "appointment_hidden_from_child_until_a_day": hidden_until("contacts.Appointment"),
    "appointment_once_per_source": Once(
        "contacts.Appointment",
        {"source": "cosmic", "external_id": "7"},
        ({"source": "pmo"}, {"external_id": "8"}, {"external_id": ""}, {"external_id": ""}),
    ),
    "same_day_visit_once": Once(
        "contacts.SameDayVisit",
        {},
        (lambda: {"appointment": a_row(apps.get_model("contacts.Appointment"))},),
        ("request", "appointment"),
    ),
    "mood_asked_once_by_a_unit": Once(
        "monitoring.MoodAsking",
        {"starts_on": FIRST},
        ({"ends_on": FIRST}, lambda: {"unit": a_unit()}),
        ("child", "unit"),
    ),
    "mood_asking_ends_after_start": period("monitoring.MoodAsking"),
    "mood_answer_one_draft": Once(
        "monitoring.MoodAnswer", {}, ({"sent_at": NOW, "face": "good"},), ("asking",)
    ),
    "mood_answer_sent_has_a_face": Wrong(
        "monitoring.MoodAnswer",
        {"sent_at": NOW, "face": ""},
        ({"sent_at": NOW, "face": "dont_know"}, {"sent_at": None, "face": ""}),
    ),
    "concern_handed_by_someone_to_someone": Wrong(
        "concerns.ConcernReport",
        lambda: {"handed_to": a_unit(), "handed_at": NOW},
        (lambda: {"handed_to": a_unit(), "handed_at": NOW, "handed_by": somebody()}, {}),
    ),
    # Messages
    "thread_promises_while_the_unit_has_the_ball": Wrong(
        "family_messages.Thread",
        {"visibility": "default", "ball": "unit", "answer_by": None},
        (
            {"visibility": "default", "ball": "unit", "answer_by": FIRST},
            {"visibility": "default", "ball": "family", "answer_by": None},
        ),
    ),
    "thread_is_shown_as_its_writer_may_choose": Wrong(
        "family_messages.Thread",
        {"visibility": "care_only", "answer_by": FIRST},
        (
            {"visibility": "not_guardian", "answer_by": FIRST},
            lambda: {"guardian": a_guardian(), "visibility": "care_only", "answer_by": FIRST},
        ),
    ),
    "message_number_once": Once("family_messages.Message", {"number": 1}, ({"number": 2},), ("thread",)),
    "message_says_something": Wrong("family_messages.Message", {"text": ""}, ({"text": "Hej"},)),
    "thread_reading_once": Once(
        "family_messages.Reading", {"side": "family"}, ({"side": "unit"},), ("thread", "person")
    ),
    "answer_time_once_a_day": Once(
        "family_messages.AnswerTime", {"starts_on": FIRST}, ({"starts_on": BEFORE},), ("unit",)
    ),
    "answer_time_is_reasonable": Wrong(
        "family_messages.AnswerTime", {"weekdays": 11}, ({"weekdays": 10}, {"weekdays": 1})
    ),
    # What other systems sent
    "resource_once_per_source": Once(
        "record.Resource",
        {"kind": "Encounter", "key": "1"},
        ({"kind": "Condition"}, {"key": "2"}),
        ("source",),
    ),
    "resource_version_once": Once("record.ResourceVersion", {"number": 1}, ({"number": 2},), ("resource",)),
    # Review of the log
    "review_period_in_order": Wrong(
        "log_review.Review",
        {"covers": "provider", "starts_on": FIRST, "ends_on": BEFORE},
        ({"covers": "provider", "starts_on": FIRST, "ends_on": FIRST},),
    ),
    "review_covers_something": Wrong(
        "log_review.Review",
        {"covers": "unit", "unit": None},
        (lambda: {"covers": "unit", "unit": a_unit()}, {"covers": "provider"}),
    ),
    "log_row_drawn_once": Once("log_review.SampledRow", {"row_id": 7}, ({"row_id": 8},), ("review",)),
    "outcome_has_a_reason": Wrong(
        "log_review.SampledRow",
        {"outcome": "right", "reason": ""},
        ({"outcome": "right", "reason": "Besök samma dag"}, {"outcome": "waiting", "reason": ""}),
    ),
    "watch_period_in_order": Wrong(
        "log_review.Watch",
        {"starts_on": FIRST, "ends_on": BEFORE},
        ({"starts_on": FIRST, "ends_on": FIRST},),
    ),
    "watch_has_a_reason": Wrong("log_review.Watch", {"reason": ""}, ({"reason": "Känd familj"},)),
    "reading_asked_about_once": Once(
        "log_review.ReadingQuestion",
        {"row_id": 7},
        ({"row_id": 8}, lambda: {"asked_by": somebody()}),
        ("asked_by",),
    ),
    "reading_answer_has_words": Wrong(
        "log_review.ReadingQuestion",
        {"status": "answered", "answer": "", "answered_at": NOW},
        (
            {"status": "answered", "answer": "Läkaren hade jour.", "answered_at": NOW},
            {"status": "looking", "answer": ""},
        ),
    ),
    # Figures
    "calculation_years_in_order": Wrong(
        "followup.Calculation",
        {"first_year": 2026, "last_year": 2025},
        ({"first_year": 2026, "last_year": 2026},),
    ),
    "result_once_in_a_calculation": Once(
        "followup.Result", {"slug": "vantan"}, ({"slug": "kontakter"},), ("calculation",)
    ),
    "cell_once_in_a_result": Once(
        "followup.Cell",
        {"status": "few", "year": 2025, "municipality": "1490", "sex": "", "age_band": ""},
        ({"year": 2024}, {"municipality": ""}, {"sex": "female"}, {"age_band": "0-5"}),
        ("result",),
    ),
    "hidden_cell_holds_nothing": Wrong(
        "followup.Cell",
        {"status": "few", "n": None, "value": 0.4},
        ({"status": "few", "n": None, "value": None}, {"status": "shown", "n": 40, "value": 0.4}),
    ),
    "cell_n_is_rounded": Wrong(
        "followup.Cell", {"status": "shown", "n": 41}, ({"status": "shown", "n": 45}, {"status": "missing"})
    ),
    "cell_x_is_rounded": Wrong(
        "followup.Cell",
        {"status": "shown", "n": 40, "x": 3},
        ({"status": "shown", "n": 40, "x": 0}, {"status": "shown", "n": 40, "x": 5}),
    ),
    "chart_decision_number_once": Once(
        "followup.ChartDecision",
        {"slug": "vantan", "place": "", "number": 1},
        ({"number": 2}, {"place": "1490"}, {"slug": "kontakter"}),
    ),
    "chart_decision_says_what": Wrong(
        "followup.ChartDecision",
        {"kind": "split", "year": None},
        (
            {"kind": "split", "year": 2020},
            {"kind": "target", "year": 2020, "value": 4.0},
            {"kind": "note", "on": FIRST, "words": "Start"},
        ),
    ),
    "chart_decision_says_why": Wrong(
        "followup.ChartDecision",
        {"kind": "fix", "year": 2020, "reason": ""},
        ({"kind": "fix", "year": 2020}, {"kind": "note", "on": FIRST, "words": "Start", "reason": ""}),
    ),
    # Reports
    "report_edition_once": Once(
        "reports.Report", {"year": 2024}, ({"year": 2023}, {"edition": 2, "correction": "Ett tal var fel."})
    ),
    "report_later_edition_says_why": Wrong(
        "reports.Report",
        {"year": 2024, "edition": 2},
        ({"year": 2024, "edition": 2, "correction": "Ett tal var fel."}, {"year": 2024, "edition": 1}),
    ),
    "report_asked_by_somebody": Wrong(
        "reports.Report",
        {"year": 2024, "asked_at": NOW},
        ({"year": 2024, "asked_at": NOW, "asked_by": ABOUT}, {"year": 2023}),
    ),
    "chapter_once_in_a_report": Once("reports.Chapter", {"key": "needs"}, ({"key": "access"},), ("report",)),
    "part_once_in_a_chapter": Once(
        "reports.Part",
        {"chapter": "needs", "slug": "ett_matt"},
        ({"slug": "ett_annat"}, {"chapter": "equality"}),
        ("report",),
    ),
    "publication_takes_two_people": Wrong(
        "reports.Publication",
        {"asked_by": ABOUT, "published_by": ABOUT},
        ({"asked_by": ABOUT, "published_by": UUID(int=8)},),
    ),
}  # fmt: skip


def made(said: Made) -> dict[str, Any]:
    return said() if callable(said) else said


def test_every_constraint_has_its_example():
    found = {one.name for model in own_models() for one in model._meta.constraints}
    assert found == set(CASES)


WRONG = {name: case for name, case in CASES.items() if isinstance(case, Wrong)}
ONCE = {name: case for name, case in CASES.items() if isinstance(case, Once)}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_row_may_not_say(name):
    case = WRONG[name]
    model = apps.get_model(case.table)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        a_row(model, **made(case.refused))
    for right in case.right:
        a_row(model, **made(right))


@pytest.mark.parametrize("name", ONCE)
def test_what_there_is_one_of(name):
    case = ONCE[name]
    model = apps.get_model(case.table)
    above = {one: a_row(model._meta.get_field(one).related_model) for one in case.shared}
    first = above | made(case.first)
    a_row(model, **first)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(model, **first)
    for other in case.besides:
        a_row(model, **(first | made(other)))


ALONE = [
    (model, one.name)
    for model in own_models()
    for one in model._meta.local_fields
    if one.unique and not one.primary_key
]


@pytest.mark.parametrize(("model", "name"), ALONE, ids=[f"{one.__name__}.{name}" for one, name in ALONE])
def test_what_nobody_shares(model, name):
    """Keys by which something is found, and what belongs to one other thing alone."""
    field = model._meta.get_field(name)
    value = a_row(field.related_model) if field.is_relation else uuid4().hex[: field.max_length]
    a_row(model, **{name: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        a_row(model, **{name: value})
