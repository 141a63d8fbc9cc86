"""S26 as one page: what each reader sees of it, whose items lead somewhere, and what stands around them."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from kring.care.plans.models import Activity, Goal, Need, Plan
from kring.care.plans.presenters import plan as presenter
from kring.care.plans.presenters.child import plan_row
from kring.care.plans.rules import Ball, Gap, Reading, Step
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import (
    NAMES,
    OUR_UNIT,
    OURS,
    PLAN,
    THEIR_UNIT,
    THEIRS,
    TODAY,
    actor,
    person,
    plan,
)

TEXTS = {
    "what_matters": "Att orka", "situation": "Trött efter lunch", "early_signs": "Sover dåligt",
    "needed_efforts": "Stöd", "other_measures": "Morfar läser", "declined_reason": "Finns redan",
}  # fmt: skip


def page(of=None, who=None, **fields):
    return presenter.page(rows.content(of or plan(**TEXTS), **fields), who or actor(), NAMES)


def test_the_whole_plan_has_its_texts():
    shown = page()
    assert (shown.matters, shown.situation, shown.early_signs) == (
        "Att orka",
        "Trött efter lunch",
        "Sover dåligt",
    )
    assert (shown.needed_efforts, shown.other_measures, shown.declined_reason) == (
        "Stöd",
        "Morfar läser",
        "Finns redan",
    )


def test_a_former_party_reads_its_own_items_and_nothing_else_of_the_plan():
    """Ruling 30: what it wrote is its own, and the rest is closed to it."""
    mine = rows.activity()
    shown = page(
        whole=False, in_charge=False, goals=[rows.goal(mine)], needs=[rows.need()], activities=[mine],
        gaps=(Gap("each_party", "vad"),), clocks=(Reading("sip_start_3", "running", 1),),
        next_step=Step("sip_summon", Ball.OURS, TODAY), parties=[rows.party()],
    )  # fmt: skip
    for name in (
        "matters",
        "situation",
        "early_signs",
        "needed_efforts",
        "other_measures",
        "declined_reason",
    ):
        assert getattr(shown, name) == "", name
    for name in ("parties", "checks", "clocks", "responsible", "actions"):
        assert getattr(shown, name) == [], name
    assert (shown.step, shown.consent, shown.pdf_href, shown.open) == (None, None, "", False)
    assert ([goal.words for goal in shown.goals], len(shown.needs), len(shown.doing)) == (
        ["Jag vill läsa själv"],
        1,
        1,
    )


def test_what_stands_around_a_whole_plan():
    shown = page(
        gaps=(Gap("each_party", "vad"),), clocks=(Reading("sip_start_3", "running", 1),),
        next_step=Step("sip_summon", Ball.OURS, TODAY), parties=[rows.party()],
    )  # fmt: skip
    assert (len(shown.checks), len(shown.clocks), len(shown.parties)) == (4, 1, 1)
    assert shown.step.what == "Kalla till SIP-möte"
    assert shown.consent.title == "Samtycke finns"
    assert (shown.checks_missing, page().checks_missing) == (1, 0)
    assert shown.pdf_href == reverse("plan-pdf", args=[PLAN])


@pytest.mark.parametrize(
    ("fields", "mark", "status"),
    [
        ({}, "draft", "Utkast"),
        ({"started_at": None}, "draft", "Önskad, inte påbörjad"),
        ({"status": "established"}, "done", "Fastställd"),
        ({"status": "ended"}, "locked", "Avslutad"),
        ({"status": "declined"}, "blocked", "Görs inte"),
        # Asked for and declined without ever being begun: it is over, not waiting.
        ({"status": "declined", "started_at": None}, "blocked", "Görs inte"),
    ],
)
def test_how_the_plan_stands_in_mark_and_word(fields, mark, status):
    shown = page(plan(**fields))
    assert (shown.mark, shown.status, shown.title) == (mark, status, "Samordnad individuell plan (SIP)")


@pytest.mark.parametrize(
    ("fields", "whole", "who", "is_open"),
    [
        ({}, True, actor(), True),
        ({}, True, actor("see_plan"), False),
        ({}, False, actor(), False),
        ({"status": "ended"}, True, actor(), False),
        ({"status": "declined"}, True, actor(), False),
    ],
)
def test_who_may_write_in_it(fields, whole, who, is_open):
    assert page(plan(**fields), who, whole=whole).open is is_open


def test_what_is_done_stands_apart_from_what_is_to_be_done():
    shown = page(activities=[rows.activity(status=status) for status in Activity.Status.values])
    assert [row.status for row in shown.doing] == ["Planerad", "Pågår"]
    assert [row.status for row in shown.done] == ["Klar", "Avbruten"]


# Whose items lead somewhere


@pytest.mark.parametrize(
    ("of", "status", "who", "leads"),
    [
        (OUR_UNIT, "draft", actor(), True),
        (OUR_UNIT, "established", actor(), True),
        (OUR_UNIT, "ended", actor(), False),
        (THEIR_UNIT, "draft", actor(), False),
        # The family has no unit, and what the family wrote has none either: that is no likeness.
        (None, "draft", actor(unit_id=None), False),
        (None, "draft", actor(), False),
    ],
)
def test_an_own_item_leads_to_where_it_is_changed(of, status, who, leads):
    goal, need = rows.goal(unit=of), rows.need(unit=of)
    shown = page(plan(status=status), who, goals=[goal], needs=[need])
    assert shown.goals[0].href == (reverse("plan-goal", args=[goal.goal.pk]) if leads else "")
    assert shown.needs[0].href == (reverse("plan-need", args=[need.pk]) if leads else "")


@pytest.mark.parametrize(
    ("status", "whole", "who", "may"),
    [
        ("draft", True, actor(), True),
        ("draft", True, actor(unit_id=THEIRS), True),
        ("draft", False, actor(), False),
        ("ended", True, actor(), False),
        ("draft", True, actor(unit_id=None), False),
    ],
)
def test_every_party_may_add_what_it_does_for_a_goal(status, whole, who, may):
    goal = rows.goal(unit=THEIR_UNIT)
    (card,) = page(plan(status=status), who, whole=whole, goals=[goal]).goals
    address = reverse("plan-activity-add", args=[PLAN])
    assert card.add_href == (f"{address}?mal={goal.goal.pk}" if may else "")


def test_a_goal_has_the_child_s_words_first_and_what_is_done_for_it():
    one = rows.goal(
        rows.activity("Läsa högt"), explanation="Avkodning", term="long", status="on_the_way", unit=THEIR_UNIT
    )
    (card,) = page(goals=[one]).goals
    assert (card.words, card.explanation) == ("Jag vill läsa själv", "Avkodning")
    assert (card.term, card.mark, card.status) == ("Lång sikt", "running", "På väg")
    assert card.by == "Skrivet av Skolan (Skolans huvudman)"
    assert [row.what for row in card.doing] == ["Läsa högt"]


@pytest.mark.parametrize("area", Need.Area.values)
def test_a_need_has_its_area_in_words(area):
    (row,) = page(needs=[rows.need(area=area)]).needs
    assert (row.area, row.text) == (Need.Area(area).label, "Leka på rasten")


@pytest.mark.parametrize("status", Plan.Status.values)
def test_nothing_in_a_plan_that_is_over_leads_to_a_change(status):
    one, is_over = plan(status=status), status in ("ended", "declined")
    shown = page(
        one, goals=[rows.goal(rows.activity())], needs=[rows.need()], activities=[rows.activity()],
        parties=[rows.party()], gaps=(Gap("needed_efforts", "vilka"),),
    )  # fmt: skip
    hrefs = [row.href for row in [*shown.doing, *shown.goals, *shown.needs, *shown.actions, *shown.checks]]
    hrefs += [card.add_href for card in shown.goals] + [card.leave_href for card in shown.parties]
    hrefs += [href for _label, _value, href in shown.responsible]
    assert any(hrefs) is not is_over


# The parties


def card(of=None, *activities, **fields):
    return page(parties=[of or rows.party()], activities=activities, **fields).parties[0]


def test_a_party_has_its_contact_its_phone_and_its_controller():
    school = rows.unit(THEIRS, "Skolan", phone="033-12 34 56", phone_hours="vardagar 8–10")
    shown = card(rows.party(school, contact=person("Jonas Ek")))
    assert (shown.name, shown.controller, shown.contact) == ("Skolan", "Skolans huvudman", "Jonas Ek")
    assert (shown.phone, shown.hours) == ("033-12 34 56", "vardagar 8–10")
    assert card().contact == ""


@pytest.mark.parametrize(
    ("activities", "nothing_now", "does", "silent"),
    [
        ([], "", "Har inte skrivit vad de gör än", True),
        ([], "Avvaktar", "Avvaktar", False),
        ([("Lugn plats.", {})], "", "Lugn plats", False),
        ([("Lugn plats.", {}), ("Bildschema", {})], "Avvaktar", "Lugn plats; Bildschema", False),
        # What is done or stopped, and what others do, is not what it does now.
        ([("Utredning", {"status": "done"})], "", "Har inte skrivit vad de gör än", True),
        ([("Utredning", {"status": "stopped"})], "Avvaktar", "Avvaktar", False),
        ([("Vår sak", {"responsible_unit": OUR_UNIT})], "", "Har inte skrivit vad de gör än", True),
    ],
)
def test_what_a_party_does_now(activities, nothing_now, does, silent):
    made = [rows.activity(what, **({"responsible_unit": THEIR_UNIT} | more)) for what, more in activities]
    shown = card(rows.party(nothing_now=nothing_now), *made)
    assert (shown.does, shown.silent) == (does, silent)


@pytest.mark.parametrize(
    ("of", "cells", "mark", "words"),
    [
        (OUR_UNIT, [], "done", "Håller i planen"),
        (THEIR_UNIT, [(THEIRS, "plan")], "done", "Ser planen"),
        (THEIR_UNIT, [(OURS, "plan")], "waiting", "Ser inte planen än"),
    ],
)
def test_whether_each_party_sees_the_plan(of, cells, mark, words):
    shown = card(rows.party(of), consent=rows.consent(cells=cells))
    assert (shown.shared_mark, shown.shared) == (mark, words)


# When and who


def test_the_lead_of_an_established_plan_is_its_version_by_swedish_days():
    made = datetime(2026, 11, 11, 23, 30, tzinfo=rows.NOW.tzinfo)
    one = plan(status="established", version_number=2, version_at=made)
    assert page(one).lead == "Version 2 från 12 november 2026. BUM håller i planen."


@pytest.mark.parametrize("status", ["draft", "ended", "declined"])
def test_every_other_plan_is_told_by_its_need(status):
    one = plan(status=status, version_number=2, version_at=rows.NOW)
    assert page(one).lead == "Behovet upptäcktes 10 november 2026. BUM håller i planen."


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "(i dag)"), (1, "(i morgon)"), (14, "(om 14 dagar)"), (15, "2026"), (-1, "2026")],
)
def test_how_near_the_follow_up_is(days, words):
    one = plan(status="established", follow_up_on=TODAY + timedelta(days=days))
    assert page(one).responsible[2][1].endswith(words)


# The actions, permission by permission


@pytest.mark.parametrize(
    ("status", "permission", "label"),
    [
        ("draft", "establish_plan", "Fastställ planen"),
        ("draft", "start_plan", "Planen görs inte"),
        ("draft", "summon", "Kalla till SIP"),
        ("draft", "close_plan", "Avsluta planen"),
        ("established", "follow_up_plan", "Följ upp"),
        ("established", "establish_plan", "Ny version"),
        ("established", "summon", "Kalla till SIP"),
        ("established", "close_plan", "Avsluta planen"),
    ],
)
def test_each_permission_shows_its_own_action_and_no_more(status, permission, label):
    links = page(plan(status=status), actor(permission)).actions
    assert [link.label for link in links] == ["Lägg till insats", "Vi gör inget just nu", label]


def test_every_status_and_goal_status_has_a_mark():
    assert set(presenter.STATUS_MARKS) == set(Plan.Status.values)
    assert set(presenter.GOAL_MARKS) == set(Goal.Status.values)


def test_no_link_holds_a_name():
    shown = page(parties=[rows.party()], goals=[rows.goal()], needs=[rows.need()])
    hrefs = [link.href for link in shown.actions] + [shown.goals[0].href, shown.goals[0].add_href]
    assert all("alva" not in href.lower() and href.startswith("/") for href in hrefs)


def test_the_plan_row_in_a_list_of_plans():
    row = plan_row(plan(status="established"))
    assert (row.mark, row.status) == ("done", "Fastställd")
    assert row.since == "Behovet upptäcktes 10 november 2026"
    assert row.href == reverse("plan-page", args=[PLAN])
    assert {plan_row(plan(status=status)).mark for status in Plan.Status.values} == {
        "draft",
        "done",
        "locked",
        "blocked",
    }
