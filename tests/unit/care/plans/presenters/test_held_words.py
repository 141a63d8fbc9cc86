"""During and after the meeting: the child's words first, who is there, what was decided, what comes next."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.care.plans.models import TookPart
from kring.care.plans.presenters import held
from kring.care.plans.presenters.child import Names
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import MARIA, NAMES, NOW, THEIR_UNIT, actor, plan

ENDED = NOW + timedelta(minutes=65)


def test_the_meeting_is_begun_after_one_question_that_says_when():
    summons = rows.summons()
    words = held.start_page(summons)
    assert words["lead"] == "tis 24 nov 2026 kl. 10.00, 60 minuter. Du leder mötet. Barnets ord kommer först."
    assert (words["title"], words["button"]) == ("Börja mötet?", "Börja mötet")
    assert words["back"] == reverse("summons", args=[summons.pk])


def during(of=None, content=None):
    meeting = rows.meeting(of=of, around=plan(what_matters="Att orka hela dagen"))
    return held.page(meeting, content or rows.content(), actor(), NAMES)


def test_the_page_holds_what_the_meeting_is_about_and_how_the_child_takes_part():
    words = during(rows.summons(question="Hur orkar Alva?", adaptations="Paus efter halva tiden"))
    assert (words["question"], words["wish"]) == ("Hur orkar Alva?", "En stund")
    assert (words["adaptations"], words["matters"]) == ("Paus efter halva tiden", "Att orka hela dagen")
    assert words["when"] == "mån 16 nov 2026 kl. 10.00"
    assert words["agenda"][0] == ("#barnet", "Barnets ord")
    assert set(words["pictures"]) == set(TookPart.values)


def test_a_meeting_without_a_summons_has_nothing_to_say_of_one():
    words = during()
    assert (words["question"], words["wish"], words["adaptations"]) == ("", "", "")


def test_the_meeting_shows_the_goals_and_only_what_is_still_to_be_done():
    going, over = rows.activity("Bildschema"), rows.activity("Utredning", status="done")
    words = during(content=rows.content(goals=[rows.goal(going)], activities=[going, over]))
    assert [card.words for card in words["goals"]] == ["Jag vill läsa själv"]
    assert [row.what for row in words["doing"]] == ["Bildschema"]
    assert {row.href for row in words["doing"]} == {""}, (
        "nothing leads away from the form that is being written"
    )
    assert [label for label, _value, _href in words["responsible"]] == [
        "Övergripande ansvar",
        "Samordnare",
        "Nästa uppföljning",
    ]


# Who is there


CHILD = rows.invitation(is_child=True, answer="comes")
GUARDIAN = rows.invitation(guardian_id=MARIA.pk)
SCHOOL = rows.invitation(unit=THEIR_UNIT, answer="substitute", substitute="Mia Ro")
HEALTH = rows.invitation(unit=rows.unit(uuid4(), "Elevhälsan"), answer="declines")


def choices(*there, invited=(SCHOOL, GUARDIAN, CHILD, HEALTH), hidden=False):
    summons = rows.summons(*invited)
    meeting = rows.meeting(*there, of=summons)
    names = Names([MARIA], hidden)
    return held.choices(meeting, rows.content(summonses=[rows.called(summons)]), names, hidden)


def test_the_child_stands_first_then_the_family_then_the_units_with_their_answers():
    assert [name for _value, name in choices()["invited"]] == [
        "Barnet",
        "Maria Berg",
        "Skolan (Mia Ro)",
        "Elevhälsan (kunde inte komma)",
    ]


def test_on_a_shared_screen_the_guardian_has_a_number():
    assert choices(hidden=True)["invited"][1][1] == "Vårdnadshavare 1"


@pytest.mark.parametrize(
    ("there", "ticked"),
    [
        ([], []),
        ([rows.present(is_child=True)], [CHILD]),
        ([rows.present(guardian_id=MARIA.pk)], [GUARDIAN]),
        ([rows.present(unit_id=THEIR_UNIT.pk, unit=THEIR_UNIT)], [SCHOOL]),
        ([rows.present(guardian_id=uuid4())], []),
        (
            [rows.present(is_child=True), rows.present(unit_id=THEIR_UNIT.pk), rows.present(name="Tolken")],
            [SCHOOL, CHILD],
        ),
    ],
)
def test_those_who_were_noted_are_ticked_and_nobody_else(there, ticked):
    assert choices(*there)["stored"]["present"] == [str(one.pk) for one in ticked]


def test_others_who_were_there_stand_one_on_each_line():
    there = [rows.present(name="Tolken"), rows.present(name="Farmor"), rows.present(is_child=True)]
    assert choices(*there)["stored"]["names"] == "Tolken\nFarmor"


def test_the_invitations_are_those_of_this_meeting_s_summons():
    other = rows.summons(SCHOOL)
    meeting = rows.meeting(of=rows.summons(CHILD))
    content = rows.content(summonses=[rows.called(other)])
    assert held.choices(meeting, content, NAMES, False)["invited"] == []


# Afterwards


@pytest.mark.parametrize(
    ("who", "in_charge", "fields", "linked"),
    [
        (actor(), True, {}, True),
        (actor("hold_meeting"), True, {}, True),
        (actor("edit_plan"), True, {}, False),
        (actor(), False, {}, False),
        (actor(), True, {"ended_at": None}, False),
        (actor(), True, {"notes": ""}, False),
        (actor(), True, {"notes": "", "no_child_words_reason": "Ville inte"}, True),
    ],
)
def test_readers_are_chosen_anew_by_whoever_wrote_when_the_meeting_has_ended(who, in_charge, fields, linked):
    said = {"pk": uuid4(), "notes": "Vi talade om skolan", "ended_at": ENDED} | fields
    href = after(rows.content(in_charge=in_charge), who, **said)["readers_href"]
    assert href == (reverse("meeting-readers", args=[said["pk"]]) if linked else "")


def after(content=None, who=None, **fields):
    fields = {"ended_at": ENDED, "started_at": NOW} | fields
    return held.after(rows.meeting(**fields), content or rows.content(), who or actor(), NAMES)


def test_the_page_afterwards_has_the_child_s_words_and_how_it_took_part():
    words = after(
        child_words="Jag vill ha paus", no_child_words_reason="", child_took_part="a_while",
        child_took_part_words="Gick efter fikat", notes="Vi ses igen",
    )  # fmt: skip
    assert (words["child_words_said"], words["took_part"]) == ("Jag vill ha paus", "En stund")
    assert (words["took_part_words"], words["notes"]) == ("Gick efter fikat", "Vi ses igen")
    assert words["when"] == "mån 16 nov 2026 kl. 10.00–11.05"
    assert words["ended"]


def test_a_meeting_that_goes_on_is_not_said_to_be_over():
    words = after(ended_at=None, no_child_words_reason="Ville inte i dag")
    assert (words["ended"], words["no_words"], words["took_part"]) == (False, "Ville inte i dag", "")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("yes", "Ja, det blev som barnet ville"), ("partly", "Lite"), ("no", "Nej"), ("", ""), ("x", "")],
)
def test_whether_it_became_as_the_child_wanted(verdict, words):
    assert after(child_verdict=verdict)["verdict"] == words


@pytest.mark.parametrize(
    ("minutes", "decided"), [(-1, []), (0, ["Ringa"]), (30, ["Ringa"]), (60 * 24, ["Ringa"])]
)
def test_what_was_decided_is_what_was_written_since_the_meeting_began(minutes, decided):
    written = rows.activity(created_at=NOW + timedelta(minutes=minutes))
    assert [row.what for row in after(rows.content(activities=[written]))["decided"]] == decided


def version(minutes):
    return Row(version=Row(pk=uuid4(), made_at=NOW + timedelta(minutes=minutes), number=1))


def test_the_version_made_of_the_meeting_is_the_latest_since_it_began():
    first, second = version(5), version(90)
    words = after(rows.content(versions=[version(-60), first, second]))
    assert words["version"] is second.version
    assert words["version_href"] == reverse("plan-version", args=[second.version.pk])
    assert words["next"] is None, "nothing is left to agree on"


@pytest.mark.parametrize("minutes", [-60, 0])
def test_an_earlier_version_is_not_the_meeting_s(minutes):
    words = after(rows.content(versions=[version(minutes)]))
    assert (words["version"], words["version_href"]) == (None, "")
    assert words["next"]


@pytest.mark.parametrize(
    ("status", "name", "label"),
    [
        ("draft", "plan-establish", "Kontrollera och fastställ planen"),
        ("established", "plan-version-new", "Gör en ny version"),
    ],
)
def test_a_first_meeting_ends_in_an_established_plan_and_a_later_one_in_a_version(status, name, label):
    one = plan(status=status)
    coming = after(rows.content(one), around=one)["next"]
    assert (coming["label"], coming["href"]) == (label, reverse(name, args=[one.pk]))
    assert coming["text"].endswith(".")


@pytest.mark.parametrize(
    ("in_charge", "who", "status"),
    [
        (False, actor(), "draft"),
        (True, actor("hold_meeting"), "draft"),
        (True, actor(), "ended"),
        (True, actor(), "declined"),
    ],
)
def test_the_way_on_is_shown_to_those_alone_who_may_go_it(in_charge, who, status):
    one = plan(status=status)
    assert after(rows.content(one, in_charge=in_charge), who, around=one)["next"] is None


def test_those_who_were_there_are_named():
    meeting = rows.meeting(rows.present(is_child=True), rows.present(name="Tolken"), ended_at=ENDED)
    assert held.after(meeting, rows.content(), actor(), NAMES)["there"] == ["Barnet", "Tolken"]


def test_links_to_what_was_decided_go_to_the_reader_s_own_unit():
    mine = rows.activity(created_at=NOW)
    theirs = rows.activity("Skolans", unit=THEIR_UNIT, responsible_unit=THEIR_UNIT, created_at=NOW)
    words = after(rows.content(activities=[mine, theirs]))
    assert [(row.what, bool(row.href)) for row in words["decided"]] == [("Ringa", True), ("Skolans", False)]


def test_the_way_back_is_the_plan():
    for words in (during(), after()):
        assert words["back"] == reverse("plan-page", args=[rows.PLAN])
        assert words["back_words"] == "Tillbaka till planen"


def test_midnight_is_another_day_in_sweden():
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert after(started_at=late, ended_at=late + timedelta(hours=1))["when"] == (
        "tis 17 nov 2026 kl. 00.30–01.30"
    )
