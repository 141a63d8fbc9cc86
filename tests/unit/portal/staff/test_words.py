"""Due days, milestones and addresses: the small pure parts of the staff pages."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans.rules.steps import State, next_step
from kring.portal.staff.child.presenters import milestone_on
from kring.portal.staff.child.steps import MILESTONES, steps_of
from kring.portal.staff.due import due
from kring.portal.staff.words import TASKS, event_word, task_word
from kring.portal.staff.worklist.filters import Choice, choice_from

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("days", "status", "words"),
    [
        (-400, "overdue", "Försenad 400 dagar"),
        (-1, "overdue", "Försenad 1 dag"),
        (0, "today", "I dag"),
        (1, "soon", "I morgon"),
        (2, "soon", "Om 2 dagar"),
        (14, "soon", "Om 14 dagar"),
        (15, "soon", "2026-12-01"),
    ],
)
def test_due_days_in_words(days, status, words):
    found = due(TODAY + timedelta(days=days), TODAY)
    assert (found.status, found.words) == (status, words)
    assert found.iso == (TODAY + timedelta(days=days)).isoformat()


class TestMilestones:
    def test_nothing_has_happened(self):
        assert steps_of([], TODAY) == []
        assert steps_of([("visit_booked", TODAY)], TODAY) == []

    def test_the_first_of_each_kind_counts_and_days_run_from_the_first(self):
        happened = [
            ("sip_started", date(2026, 3, 15)),
            ("concern_raised", date(2026, 3, 3)),
            ("sip_started", date(2026, 3, 9)),
        ]
        steps = steps_of(happened, date(2026, 3, 24))
        assert [(one.label, one.state, one.days) for one in steps] == [
            ("Upptäckt", "done", 0),
            ("SIP påbörjad", "done", 6),
            ("Möte", "now", None),
            ("Plan", "todo", None),
            ("Uppföljning", "todo", None),
        ]
        assert steps[2].day == date(2026, 3, 24)

    def test_what_was_skipped_is_left_out(self):
        steps = steps_of([("concern_raised", date(2026, 1, 1)), ("plan_established", date(2026, 2, 1))], None)
        assert [one.label for one in steps] == ["Upptäckt", "Plan", "Uppföljning"]

    def test_the_follow_up_has_its_own_day(self):
        happened = [("sip_need_identified", date(2026, 1, 1)), ("plan_established", date(2026, 2, 1))]
        assert steps_of(happened, date(2026, 3, 1), date(2026, 5, 1))[-1].day == date(2026, 5, 1)

    def test_when_all_is_done_nothing_is_next(self):
        happened = [(kinds[0], TODAY) for _label, kinds in MILESTONES]
        assert {one.state for one in steps_of(happened, None)} == {"done"}

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([kind for _label, kinds in MILESTONES for kind in kinds]),
                st.dates(date(2020, 1, 1), date(2026, 12, 31)),
            )
        )
    )
    def test_at_most_one_is_next_and_days_are_never_negative(self, happened):
        steps = steps_of(happened, TODAY)
        assert sum(one.state == "now" for one in steps) <= 1
        assert all(one.days is None or one.days >= 0 for one in steps)


@pytest.mark.parametrize(
    ("tasks", "day"),
    [
        ([], None),
        ([("sip_consent", date(2026, 11, 1))], None),
        ([("sip_consent", date(2026, 11, 1)), ("sip_meeting", date(2026, 11, 20))], date(2026, 11, 20)),
        ([("follow_up", date(2026, 11, 1)), ("activity", date(2026, 11, 2))], None),
        ([("sip_start", date(2026, 11, 5)), ("sip_meeting", date(2026, 11, 20))], date(2026, 11, 5)),
    ],
)
def test_a_milestone_has_the_day_of_its_own_task_and_of_no_other(tasks, day):
    assert milestone_on([SimpleNamespace(kind=kind, due_on=due_on) for kind, due_on in tasks]) == day


class TestWords:
    def test_every_next_step_of_a_plan_has_its_word(self):
        states = [
            State(status, "sip", TODAY, started, consent, asked, met_on=met)
            for status in ("draft", "established")
            for started in (None, TODAY)
            for consent in ("valid", "waiting", "conflict", "no_signer")
            for asked in (False, True)
            for met in (None, TODAY)
        ]
        kinds = {step.kind for state in states if (step := next_step(state, TODAY))}
        assert kinds <= set(TASKS)

    def test_what_has_no_word_is_still_something(self):
        assert task_word("unheard_of") == "Uppgift"
        assert event_word("unheard_of") == "Händelse"


class TestAddresses:
    def test_what_is_asked_for_comes_back(self):
        choice = Choice(view="utan", due="idag", kind="follow_up", municipality="1490", sort="-namn", page=3)
        asked = dict(part.split("=") for part in choice.query(page=3).removeprefix("?").split("&"))
        assert choice_from(asked) == choice

    def test_a_change_goes_back_to_the_first_page(self):
        assert "sida" not in Choice(page=4).query(due="idag")

    @given(
        st.dictionaries(
            st.sampled_from(["vy", "forfaller", "uppgift", "kommun", "ordning", "sida"]), st.text()
        )
    )
    def test_anything_can_be_read(self, parameters):
        choice = choice_from(parameters)
        assert choice_from(parameters).page >= 1
        assert choice.filters.view in ("mine", "team", "waiting", "unassigned")
        assert choice.query().startswith("?")
