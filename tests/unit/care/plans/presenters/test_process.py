"""The checklist, the clocks and the next step in words."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest

from kring.care.plans.presenters import process
from kring.care.plans.rules import Ball, Gap, Reading, Step
from kring.timeline.limits import LIMITS

TODAY = date(2026, 11, 16)
NEED = date(2026, 11, 10)


def content(**fields):
    plan = Row(
        pk=uuid4(), is_over=False, needed_efforts="Stöd", other_measures="", overall_responsible=None,
        need_identified_on=NEED, unit=Row(name="Hab"),
    )  # fmt: skip
    whole = {"plan": plan, "gaps": (), "in_charge": True, "activities": (), "parties": (), "summonses": ()}
    return Row(**(whole | fields))


def test_the_four_items_in_the_order_of_the_law():
    labels = [check.label for check in process.checklist(content())]
    assert labels == [
        "Vilka insatser som behövs",
        "Vad varje verksamhet ansvarar för",
        "Vad någon annan gör, eller att inget behövs",
        "Vem som har det övergripande ansvaret",
    ]


def test_a_missing_item_says_so_and_where_to_fill_it_in():
    gap = Gap("overall_responsible", "vem")
    check = process.checklist(content(gaps=(gap,)))[3]
    assert (check.done, check.text, check.action) == (False, "Saknas", "Fyll i")
    assert check.href.endswith("/skriv/ansvar/")


def test_silent_parties_are_named():
    gap = Gap("each_party", "vad", ("BUP Borås", "Skolan"))
    check = process.checklist(content(gaps=(gap,)))[1]
    assert check.text == "Väntar på: BUP Borås, Skolan"
    assert check.href.endswith("/insatser/ny/")


def test_a_reader_who_may_not_change_it_gets_no_links():
    gaps = (Gap("needed_efforts", "vad"), Gap("overall_responsible", "vem"))
    checks = process.checklist(content(gaps=gaps, in_charge=False))
    assert [check.href for check in checks] == ["", "", "", ""]


def test_what_the_family_does_fills_the_third_item():
    family = Row(responsible="family")
    assert process.checklist(content(activities=(family, family)))[2].text == "2 insatser"


@pytest.mark.parametrize(
    ("reading", "text", "tone"),
    [
        (Reading("sip_start_3", "running", 1), "2 dagar kvar", "neutral"),
        (Reading("sip_start_3", "running", 2), "1 dag kvar", "neutral"),
        (Reading("sip_start_3", "running", 3), "Sista dagen är i dag", "neutral"),
        (Reading("sip_start_3", "running", 5, over=True), "2 dagar över", "late"),
        (Reading("sip_start_3", "stopped", 2), "Tog 2 dagar", "good"),
        (Reading("sip_start_3", "stopped", 9, over=True), "Tog 9 dagar", "late"),
        (Reading("sip_start_3", "censored", 9), "Planen avslutades innan dess", "neutral"),
        (Reading("sip_start_3", "running"), "Går inte att räkna", "neutral"),
        (Reading("follow_up_due", "running", -8), "8 dagar kvar", "neutral"),
        (Reading("follow_up_due", "running", 0), "I dag", "neutral"),
        (Reading("follow_up_due", "running", 1, over=True), "1 dag över", "late"),
        (Reading("follow_up_due", "running", -3, moves=2), "3 dagar kvar, flyttad 2 gånger", "neutral"),
    ],
)
def test_clocks_in_words(reading, text, tone):
    (clock,) = process.clocks([reading], content().plan, TODAY)
    assert (clock.text, clock.tone) == (text, tone)


def test_a_clock_says_its_limit_and_of_which_kind():
    readings = [Reading("sip_start_3", "running", 1), Reading("sip_meeting_21", "running", 1)]
    shown = [(clock.label, clock.kind) for clock in process.clocks(readings, content().plan, TODAY)]
    assert shown == [("Start inom 3 dagar", "Påminnelse"), ("Möte inom 21 dagar", "Överenskommelse")]


def test_a_clock_that_has_not_started_is_not_shown():
    assert process.clocks([Reading("sip_meeting_21", "not_started")], content().plan, TODAY) == []


def test_every_kind_of_limit_has_a_word():
    assert {limit.kind for limit in LIMITS if limit.clock in process.LABELS} <= set(process.KINDS)


def step(kind="sip_summon", ball=Ball.OURS, days=3, unit=None):
    return Step(kind, ball, TODAY + timedelta(days=days), unit)


def test_the_next_step_says_what_by_when_and_how_near():
    words = process.next_step(content(next_step=step()), TODAY)
    assert (words.what, words.action) == ("Kalla till SIP-möte", "Kalla till SIP")
    assert words.when.startswith("Senast tors 19 nov 2026") or words.when.startswith("Senast tor")
    assert words.when.endswith("Om 3 dagar")
    assert words.href.endswith("/kalla/")
    assert not words.late


def test_a_late_step_says_how_late():
    words = process.next_step(content(next_step=step(days=-2)), TODAY)
    assert words.late
    assert words.when.endswith("Försenad 2 dagar")


def test_who_has_the_ball():
    other = uuid4()
    parties = (Row(unit_id=other, unit=Row(name="Skolan")),)
    shown = [
        process.next_step(content(next_step=one, parties=parties), TODAY)
        for one in (step(), step(ball=Ball.FAMILY), step(ball=Ball.OTHER, unit=other), step(ball=Ball.OTHER))
    ]
    assert [(one.ball, one.ball_words) for one in shown] == [
        ("me", "Ni"),
        ("family", "Familjen"),
        ("other", "Skolan"),
        ("other", "Flera som är kallade"),
    ]


def test_another_party_reads_whose_turn_it_is_without_a_button():
    words = process.next_step(content(next_step=step(), in_charge=False), TODAY)
    assert (words.ball_words, words.href) == ("Hab", "")


def test_a_plan_that_is_over_has_no_next_step():
    assert process.next_step(content(next_step=None), TODAY) is None


def test_every_step_of_the_rules_has_its_words():
    from pathlib import Path

    from kring.care.plans.rules import steps

    source = Path(steps.__file__).read_text(encoding="utf-8")
    kinds = {word for word in source.split('"') if word.startswith("sip_") or word == "follow_up"}
    named = {kind for kind in kinds if f'Step("{kind}"' in source}
    assert named <= set(process.STEPS)
