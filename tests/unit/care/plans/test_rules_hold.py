"""What the plan's pure rules promise for any input: every combination, or Hypothesis where they are many."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.answers import CHILD
from kring.access.policy.consents import Decider
from kring.care.plans import rules
from kring.care.plans.rules.steps import Ball, summon_by
from kring.timeline.limits import due_on, limit_for

DAYS = st.dates(min_value=date(2021, 1, 1), max_value=date(2035, 12, 31))
SHORT = st.integers(0, 60).map(lambda n: timedelta(days=n))

# The clocks: days are differences of Swedish dates (clocks.md 1, 2, 10, 19, 20)

STOPPED_BY = {
    "sip_start_3": (rules.sip_start_3, "started"),
    "sip_meeting_21": (rules.sip_meeting_21, "held"),
}
CLOCKS = pytest.mark.parametrize("name", STOPPED_BY)


def read(name, need, stop=None, closed=None, today=None):
    clock, stopped_by = STOPPED_BY[name]
    return clock(need=need, closed=closed, today=today or need, **{stopped_by: stop})


@CLOCKS
@given(need=DAYS, passed=SHORT)
def test_a_running_clock_shows_the_days_that_have_passed_and_is_over_the_day_after_its_limit(
    name, need, passed
):
    reading = read(name, need, today=need + passed)
    assert (reading.state, reading.days) == ("running", passed.days)
    assert reading.over == (passed.days > limit_for(name, need).days)


@CLOCKS
@given(need=DAYS, took=SHORT, since=SHORT)
def test_a_stopped_clock_stands_still_for_ever(name, need, took, since):
    stop = need + took
    assert read(name, need, stop, today=stop) == read(name, need, stop, today=stop + since)
    assert read(name, need, stop, closed=stop + since, today=stop + since).state == "stopped"


@CLOCKS
@given(need=DAYS, until=SHORT, since=SHORT)
def test_what_was_closed_before_it_stopped_is_never_held_against_anybody(name, need, until, since):
    reading = read(name, need, closed=need + until, today=need + until + since)
    assert (reading.state, reading.days, reading.over) == ("censored", until.days, False)


@CLOCKS
@given(need=DAYS, before=st.integers(1, 400), state=st.sampled_from(["stop", "closed", "today"]))
def test_days_are_never_below_nought(name, need, before, state):
    reading = read(name, need, **{state: need - timedelta(days=before)})
    assert (reading.days, reading.over) == (None, False)


YEAR_S_EDGES = [
    # (need, the day after the limit of three days): weekends, holidays and the change of clocks move nothing.
    (date(2026, 12, 23), date(2026, 12, 27)),
    (date(2026, 12, 30), date(2027, 1, 3)),
    (date(2026, 3, 27), date(2026, 3, 31)),
    (date(2026, 10, 23), date(2026, 10, 27)),
    (date(2028, 2, 27), date(2028, 3, 2)),
    (date(2027, 2, 27), date(2027, 3, 3)),
    (date(2026, 4, 3), date(2026, 4, 7)),
    (date(2026, 6, 18), date(2026, 6, 22)),
]


@pytest.mark.parametrize(("need", "late"), YEAR_S_EDGES)
def test_no_holiday_weekend_or_clock_change_moves_a_limit(need, late):
    assert not read("sip_start_3", need, today=late - timedelta(days=1)).over
    assert read("sip_start_3", need, today=late).over
    assert due_on("sip_start_3", need) == late - timedelta(days=1)


@given(due=DAYS, off=st.integers(-90, 90), late=SHORT)
def test_a_follow_up_counts_from_its_day_and_minus_is_early(due, off, late):
    held = due + timedelta(days=off)
    reading = rules.follow_up_due([(due - timedelta(days=90), due)], held=held, today=held + late)
    assert (reading.state, reading.days, reading.over) == ("stopped", off, off > 0)


@given(due=DAYS, moves=st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 90)), max_size=5))
def test_no_move_after_the_day_makes_a_late_follow_up_kept(due, moves):
    """Ruling 21: made in time it counts against the new day; made late it counts against the missed one."""
    planned, standing, missed = [(due - timedelta(days=50), due)], due, False
    for set_after, ahead in moves:
        set_on = planned[-1][1] + timedelta(days=set_after)
        planned.append((set_on, set_on + timedelta(days=ahead)))
        missed = missed or set_on > standing
        standing = standing if missed else planned[-1][1]
    reading = rules.follow_up_due(planned, held=None, today=standing + timedelta(days=1))
    assert (reading.days, reading.over, reading.moves) == (1, True, len(moves))


# The next step: an open plan has exactly one


NEED, TODAY = date(2026, 11, 2), date(2026, 11, 16)
SCHOOL, HEALTH = UUID(int=1), UUID(int=2)
STATES = [
    rules.State(status, kind, NEED, started, consent, asked, summons, times, met, follow_up)
    for status, kind, started, consent, asked, summons, times, met, follow_up in product(
        ("draft", "established"),
        ("sip", "discharge"),
        (None, date(2026, 11, 3)),
        ("valid", "waiting", "conflict", "no_signer"),
        (True, False),
        (
            None,
            rules.SummonsFacts(date(2026, 11, 10), date(2026, 11, 20)),
            rules.SummonsFacts(date(2026, 11, 10), date(2026, 11, 20), (HEALTH, SCHOOL)),
            rules.SummonsFacts(date(2026, 11, 10), date(2026, 11, 20), waiting_family=True),
            rules.SummonsFacts(date(2026, 11, 10), date(2026, 11, 20), (SCHOOL,), True, True),
            rules.SummonsFacts(date(2026, 11, 1), date(2026, 11, 5), (SCHOOL,)),
        ),
        (
            None,
            rules.TimesFacts(date(2026, 11, 10), date(2026, 11, 20), (SCHOOL,)),
            rules.TimesFacts(date(2026, 11, 10), date(2026, 11, 20)),
        ),
        (None, date(2026, 11, 12)),
        (None, date(2027, 2, 1)),
    )
]


def test_every_open_plan_has_one_step_with_a_day_and_a_holder():
    for state in STATES:
        step = rules.next_step(state, TODAY)
        assert step.due_on >= NEED
        assert step.ball_unit is None or step.ball == Ball.OTHER, state
        assert step.ball != Ball.FAMILY or step.kind in ("sip_consent", "sip_answers", "sip_times")


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_no_plan_that_is_over_has_any(status):
    assert {rules.next_step(replace(state, status=status), TODAY) for state in STATES} == {None}


def first_thing(state):
    """What comes first, said once more and otherwise: the order of the six moments."""
    if state.started_on is None:
        return {"sip_start"}
    if state.consent != "valid":
        return {"sip_consent", "sip_consent_conflict"}
    if state.summons:
        return {"sip_answers", "sip_meeting"}
    if state.times:
        return {"sip_times", "sip_pick_time"}
    if state.status == "established":
        return {"follow_up", "sip_close"}
    return {"sip_establish"} if state.met_on else {"sip_summon"}


def test_the_steps_come_in_the_order_of_the_moments():
    assert {(rules.next_step(state, TODAY).kind in first_thing(state)) for state in STATES} == {True}


def test_a_step_waits_for_the_family_only_when_somebody_has_asked_it():
    for state in STATES:
        step = rules.next_step(state, TODAY)
        if step.kind == "sip_consent":
            assert (step.ball == Ball.FAMILY) == state.asked


@given(need=DAYS, started=st.none() | SHORT, kind=st.sampled_from(["sip", "discharge"]))
def test_there_is_always_time_to_summon(need, started, kind):
    state = rules.State("draft", kind, need, need + started if started is not None else None)
    by = summon_by(state)
    assert by >= need
    if kind == "discharge":
        assert by == need + timedelta(days=3)
    else:
        assert by >= (state.started_on or need)
        assert by <= max(rules.meet_by(state), state.started_on or need)


# Consent: nobody's yes is enough alone, and nothing opens by taking a yes away


SIGNERS = [UUID(int=n) for n in (11, 12, 13)] + [CHILD]
CELLS = st.frozensets(
    st.tuples(st.sampled_from([SCHOOL, HEALTH]), st.sampled_from(["plan", "appointment", "record"])),
    max_size=4,
)
ANSWERS = st.lists(
    st.builds(
        rules.Answer,
        signer=st.sampled_from(SIGNERS),
        state=st.sampled_from(["given", "given", "refused", "not_asked"]),
        starts_on=st.sampled_from([TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]),
        ends_on=st.sampled_from([None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=9)]),
        withdrawn=st.booleans(),
        cells=CELLS,
    ),
    max_size=6,
)
REQUIRED = st.builds(
    rules.Requirement, st.just(Decider.GUARDIANS), st.frozensets(st.sampled_from(SIGNERS), max_size=3)
)


@given(REQUIRED, ANSWERS)
def test_what_is_open_every_required_signer_has_said_yes_to(requirement, answers):
    latest = {answer.signer: answer for answer in answers}
    for cell in rules.open_cells(requirement, answers, TODAY):
        assert requirement.signers, "nobody's yes is no yes"
        assert all(cell in latest[one].cells and latest[one].holds(TODAY) for one in requirement.signers)


@given(REQUIRED, ANSWERS)
def test_the_states_exclude_one_another_and_name_who_is_missing(requirement, answers):
    found = rules.standing(requirement, answers, TODAY)
    assert found.is_valid == (found.state == "valid")
    assert bool(found.missing) == (found.state == "waiting")
    assert found.missing <= requirement.signers
    assert (found.last_day is None) or found.is_valid
    if not found.is_valid:
        assert rules.open_cells(requirement, answers, TODAY) == frozenset()


@given(REQUIRED, ANSWERS, st.data())
def test_taking_a_yes_away_never_opens_anything(requirement, answers, data):
    if not answers:
        return
    at = data.draw(st.integers(0, len(answers) - 1))
    if answers[at].state != "given":
        return
    fewer = [*answers[:at], replace(answers[at], withdrawn=True), *answers[at + 1 :]]
    before, after = (rules.open_cells(requirement, rows, TODAY) for rows in (answers, fewer))
    assert after <= before


@given(REQUIRED, ANSWERS, st.sampled_from(SIGNERS))
def test_asking_one_more_never_opens_anything(requirement, answers, one):
    stricter = replace(requirement, signers=requirement.signers | {one})
    if requirement.signers:
        assert rules.open_cells(stricter, answers, TODAY) <= rules.open_cells(requirement, answers, TODAY)


@given(REQUIRED, ANSWERS)
def test_a_consent_holds_through_its_last_day_and_not_the_day_after(requirement, answers):
    last = rules.standing(requirement, answers, TODAY).last_day
    if last is None:
        return
    assert last >= TODAY
    later = [answer for answer in answers if answer.starts_on <= TODAY]
    assert rules.standing(requirement, later, last).is_valid or later != answers
    assert not rules.standing(requirement, answers, last + timedelta(days=1)).is_valid


@given(REQUIRED, ANSWERS, st.sampled_from(SIGNERS))
def test_anybody_s_outright_no_keeps_it_closed(requirement, answers, one):
    no = rules.Answer(one, "refused", TODAY)
    assert rules.standing(requirement, [*answers, no], TODAY).state == "conflict"
    assert rules.open_cells(requirement, [*answers, no], TODAY) == frozenset()


# The four items, and what may be sent: every combination


def test_a_plan_lacks_exactly_the_items_that_are_not_there():
    for efforts, activities, silent, measures, others, overall in product(
        ("", " ", "Stöd"), (0, 2), ((), ("Skolan",)), ("", "Inget"), (0, 1), (False, True)
    ):
        facts = rules.PlanFacts(efforts, activities, silent, measures, others, overall)
        missing = {gap.code for gap in rules.gaps(facts)}
        assert ("needed_efforts" in missing) == (not efforts.strip())
        assert ("each_party" in missing) == (not activities or bool(silent))
        assert ("other_measures" in missing) == (not measures and not others)
        assert ("overall_responsible" in missing) == (not overall)


NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
PARTS = {
    "child_takes_part": ("", "undecided"),
    "question": ("", " ", "Hur går det?"),
    "starts_at": (None, NOW, NOW + timedelta(seconds=1)),
    "place": ("", " ", "Skolan"),
    "link": ("", "https://mote.example/1"),
    "consent": ("valid", "waiting", "conflict", "no_signer"),
    "uninvitable": ((), ("Skolan",)),
}


def test_a_summons_leaves_only_when_nothing_at_all_stops_it():
    for values in product(*PARTS.values()):
        facts = rules.SendFacts(**dict(zip(PARTS, values, strict=True)))
        whole = (
            facts.child_takes_part and facts.question.strip() and facts.starts_at and facts.starts_at > NOW
            and (facts.place.strip() or facts.link) and facts.consent == "valid" and not facts.uninvitable
        )  # fmt: skip
        code = rules.may_send(facts, NOW)
        assert (code == "") == bool(whole)
        assert code == "" or code in rules.refusals.WORDS
