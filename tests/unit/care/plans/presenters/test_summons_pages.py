"""S41 in words: the form, the check before sending, the summons itself, and answering or calling it off."""

from datetime import timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.care.plans.presenters import meetings, summons
from kring.care.plans.queries.unreached import Unreached
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import (
    MARIA,
    NAMES,
    NOW,
    OUR_UNIT,
    THEIR_UNIT,
    THEIRS,
    actor,
    plan,
)

EVERYBODY = Unreached()
"""Whom Kring cannot tell: nobody."""


def content(**fields):
    parties = [rows.party(OUR_UNIT), rows.party()]
    return rows.content(**({"parties": parties} | fields))


def page(one=None, who=None, **fields):
    return summons.page(one or rows.summons(), content(**fields), who or actor(), NAMES)


# Writing it


def test_the_form_s_page_shows_who_is_called_and_how_consent_stands():
    consent = rows.consent("waiting", waiting=[rows.signer()], signers=[rows.signer()])
    words = summons.form_page(content(consent=consent), NAMES, None, EVERYBODY)
    assert (words["title"], words["button"]) == ("Kalla till SIP-möte", "Gå vidare och kontrollera")
    assert [one.name for one in words["to_call"]] == ["Barnet", "Maria Berg", "BUM", "Skolan"]
    assert words["consent"].title == "Samtycke saknas"
    for key, name in (
        ("back", "plan-page"),
        ("consent_href", "plan-consent"),
        ("party_href", "plan-party-add"),
    ):
        assert words[key] == reverse(name, args=[rows.PLAN])


@pytest.mark.parametrize(
    ("wish", "own"),
    [
        (None, ""),
        (Row(takes_part="", get_takes_part_display=lambda: ""), ""),
        (Row(takes_part="before", get_takes_part_display=lambda: "Prata före mötet"), "Prata före mötet"),
    ],
)
def test_the_child_s_own_wish_is_said_to_be_its_own(wish, own):
    assert summons.form_page(content(), NAMES, wish, EVERYBODY)["own_wish"] == own


# Checking it


@pytest.mark.parametrize(
    ("itself", "first"), [(False, "child_takes_part_0"), (True, "child_takes_part_words")]
)
def test_each_row_of_the_check_leads_to_its_own_field(itself, first):
    """Where the child itself has answered there is nothing to choose, only what it has said since."""
    one = rows.summons(link="https://mote.example/1", child_said_itself=itself)
    words = summons.check_page(one, content(), NAMES, EVERYBODY)
    edit = reverse("summons-edit", args=[one.pk])
    fields = [first, "question", "day_0", "place", "link", "adaptations"]
    assert [row["href"] for row in words["rows"]] == [f"{edit}#{name}" for name in fields]
    assert [row["label"] for row in words["rows"]][4] == "Länk"


def test_without_a_link_every_row_still_leads_to_its_own_field():
    words = summons.check_page(rows.summons(), content(), NAMES, EVERYBODY)
    ways = {row["label"]: row["href"].rpartition("#")[2] for row in words["rows"]}
    assert ways == {
        "Så vill barnet vara med": "child_takes_part_0",
        "Mötet handlar om": "question",
        "När": "day_0",
        "Var": "place",
        "Anpassningar": "adaptations",
    }


def test_the_check_shows_what_will_be_sent_and_leads_back_to_the_form():
    one = rows.summons()
    words = summons.check_page(one, content(), NAMES, EVERYBODY)
    assert (words["title"], words["button"]) == ("Kontrollera kallelsen", "Skicka kallelsen")
    assert words["strip"] == meetings.strip(one)
    assert words["back"] == reverse("summons-edit", args=[one.pk])
    assert words["consent"].valid


# The summons itself


def test_the_page_of_a_summons_says_how_it_stands_and_who_is_called():
    one = rows.summons(rows.invitation(unit=THEIR_UNIT), rows.invitation(is_child=True, answer="comes"))
    shown = page(one)
    assert (shown.mark, shown.state) == ("waiting", "1 har inte svarat")
    assert shown.when == "tis 24 nov 2026 kl. 10.00, 60 minuter"
    assert shown.iso == "2026-11-24T09:00:00+00:00"
    assert [person.name for person in shown.invited] == ["Barnet", "Skolan"]
    assert shown.facts == meetings.facts(one)
    assert shown.strip == meetings.strip(one)


def test_a_draft_has_called_nobody_and_may_lack_a_time():
    shown = page(rows.summons(rows.invitation(unit=OUR_UNIT), sent_at=None, starts_at=None))
    assert (shown.invited, shown.iso, shown.strip, shown.answer_href) == ([], "", [], "")


@pytest.mark.parametrize(
    ("of", "answer", "asked"),
    [(OUR_UNIT, "none", True), (OUR_UNIT, "comes", False), (THEIR_UNIT, "none", False)],
)
def test_the_own_unit_s_missing_answer_is_asked_for(of, answer, asked):
    invitation = rows.invitation(unit=of, answer=answer)
    shown = page(rows.summons(invitation), in_charge=False)
    assert shown.answer_href == (reverse("summons-answer", args=[invitation.pk]) if asked else "")


def held(of, over=False):
    return Row(meeting=rows.meeting(of=of, ended_at=NOW + timedelta(hours=1) if over else None))


@pytest.mark.parametrize(
    ("fields", "more", "who", "starts"),
    [
        ({}, {}, actor(), True),
        ({"sent_at": None}, {}, actor(), False),
        ({"cancelled_at": NOW}, {}, actor(), False),
        ({}, {"in_charge": False}, actor(), False),
        ({}, {}, actor("summon"), False),
        ({}, {"plan": plan(status="ended")}, actor(), False),
        ({}, {"begun": True}, actor(), False),
        # Another summons' meeting does not stand in the way.
        ({}, {"meetings": [held(rows.summons())]}, actor(), True),
    ],
)
def test_the_meeting_can_be_begun_by_those_who_lead_it_and_only_once(fields, more, who, starts):
    one = rows.summons(**{"starts_at": NOW} | fields)
    more = dict(more)
    if more.pop("begun", False):
        more["meetings"] = [held(one)]
    shown = page(one, who, **more)
    assert shown.start_href == (reverse("meeting-start", args=[one.pk]) if starts else "")


@pytest.mark.parametrize(
    ("days", "who", "opens", "says"),
    [
        (0, actor(), True, ""),
        (-3, actor(), True, ""),
        (1, actor(), False, "Mötet kan börjas 17 november 2026. Ska det bli tidigare: flytta mötet först."),
        (8, actor(), False, "Mötet kan börjas 24 november 2026. Ska det bli tidigare: flytta mötet först."),
        (8, actor("summon"), False, ""),
    ],
)
def test_before_its_day_the_page_says_when_the_meeting_can_begin(days, who, opens, says):
    shown = page(rows.summons(starts_at=NOW + timedelta(days=days)), who)
    assert (bool(shown.start_href), shown.opens) == (opens, says)


SENT = (("Flytta mötet", "summons-move"), ("Ställ in mötet", "summons-cancel"))


@pytest.mark.parametrize(
    ("fields", "more", "who", "offered"),
    [
        ({}, {}, actor(), SENT),
        ({"sent_at": None}, {}, actor(), (("Fortsätt med kallelsen", "summons-check"),)),
        ({"cancelled_at": NOW}, {}, actor(), ()),
        ({}, {"in_charge": False}, actor(), ()),
        ({"sent_at": None}, {"in_charge": False}, actor(), ()),
        ({}, {}, actor("hold_meeting"), ()),
        ({}, {"plan": plan(status="ended")}, actor(), ()),
        ({"sent_at": None}, {"plan": plan(status="declined")}, actor(), ()),
    ],
)
def test_what_can_be_done_with_a_summons_before_its_meeting(fields, more, who, offered):
    one = rows.summons(**fields)
    links = page(one, who, **more).actions
    assert [(link.label, link.href) for link in links] == [
        (label, reverse(name, args=[one.pk])) for label, name in offered
    ]


@pytest.mark.parametrize(
    ("over", "label", "name"),
    [(False, "Till mötet", "meeting"), (True, "Vad som bestämdes", "meeting-after")],
)
@pytest.mark.parametrize("in_charge", [True, False])
def test_once_it_has_begun_everyone_is_led_to_the_meeting(over, label, name, in_charge):
    one = rows.summons()
    row = held(one, over)
    (link,) = page(one, actor("see_plan"), meetings=[row], in_charge=in_charge).actions
    assert (link.label, link.href, link.icon) == (label, reverse(name, args=[row.meeting.pk]), "together")


def test_why_it_was_called_off_is_told():
    shown = page(rows.summons(cancelled_at=NOW, cancelled_reason="Alva är sjuk"))
    assert (shown.mark, shown.state, shown.cancelled) == ("blocked", "Inställt", "Alva är sjuk")


# Answering and calling off


@pytest.mark.parametrize(
    ("of", "title", "button"),
    [
        ({"unit": OUR_UNIT, "unit_id": OUR_UNIT.pk}, "Svara på kallelsen", "Skicka svaret"),
        ({"guardian_id": MARIA.pk}, "Skriv in familjens svar", "Spara svaret"),
    ],
)
def test_whose_answer_it_is_and_that_the_child_s_wish_stands_first(of, title, button):
    one = rows.summons()
    words = summons.answer_page(Row(**({"unit_id": None} | of), summons=one))
    assert (words["title"], words["button"]) == (title, button)
    assert words["lead"] == "tis 24 nov 2026 kl. 10.00, 60 minuter. Barnet vill vara med så här: en stund."
    assert words["back"] == reverse("summons", args=[one.pk])


def test_calling_off_asks_first_and_looks_like_what_it_is():
    words = summons.cancel_page(rows.summons())
    assert (words["title"], words["button"], words["danger"]) == ("Ställ in mötet?", "Ställ in mötet", True)
    assert words["lead"] == "Mötet var planerat till tis 24 nov 2026 kl. 10.00, 60 minuter."


# Who can be ticked


@pytest.mark.parametrize(
    ("cells", "units"), [([], []), ([(THEIRS, "plan")], [str(THEIRS)]), ([(THEIRS, "appointment")], [])]
)
def test_a_unit_is_ticked_by_its_id_and_never_the_one_that_calls(cells, units):
    found = summons.units_to_call(content(consent=rows.consent(cells=[*cells, (OUR_UNIT.pk, "plan")])))
    assert [value for value, _name in found] == units


def test_a_guardian_without_a_place_among_the_signers_is_not_called():
    consent = rows.consent(signers=[rows.signer(None), rows.signer(Row(pk=uuid4(), name="Okänd"))])
    assert [one.name for one in summons.to_call(content(consent=consent), NAMES, EVERYBODY)][:2] == [
        "Barnet",
        "Tidigare vårdnadshavare",
    ]
