"""Consent in words: who has said what, what it opens, and that no answer is chosen for anybody."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest

from kring.care.plans.forms.consent import CATEGORIES
from kring.care.plans.presenters import consent
from kring.care.plans.presenters.child import Names

TODAY = date(2026, 11, 16)
OURS, THEIRS = UUID(int=1), UUID(int=2)
MARIA = Row(pk=UUID(int=11), name="Maria Berg")
JOHAN = Row(pk=UUID(int=12), name="Johan Åberg")
NAMES = Names([MARIA, JOHAN], hidden=False)
KINDS = [value for value, _label in CATEGORIES]


def answer(**fields):
    whole = {
        "pk": uuid4(), "state": "given", "withdrawn_at": None, "starts_on": date(2026, 9, 1), "ends_on": None,
        "get_form_display": lambda: "På plats", "cells": (), "form": "oral", "judged_mature": False,
        "documented_by": Row(name="Karin Lund"), "recorded_at": datetime(2026, 9, 1, 8, tzinfo=UTC),
    }  # fmt: skip
    row = Row(**(whole | fields))
    row.scopes = Row(all=lambda: [Row(unit_id=unit, category=kind) for unit, kind in row.cells])
    return row


def signer(guardian=MARIA, latest=None, holds=False):
    who = guardian.pk if guardian else "child"
    return Row(guardian=guardian, signer=who, is_child=guardian is None, latest=latest, holds=holds)


def party(unit_id, name):
    return Row(unit_id=unit_id, unit=Row(name=name, controller=Row(name=f"{name} AB")))


def content(state="waiting", signers=(), cells=(), waiting=()):
    standing = Row(standing=Row(state=state), waiting_for=waiting, signers=signers, cells=set(cells))
    plan = Row(pk=uuid4(), unit_id=OURS)
    parties = [party(OURS, "BUM"), party(THEIRS, "Skolan")]
    return Row(plan=plan, consent=standing, parties=parties, in_charge=True)


def page(names=NAMES, may=True, **fields):
    return consent.page(content(**fields), names, may, TODAY)


@pytest.mark.parametrize(
    ("state", "mark", "title", "valid"),
    [
        ("valid", "done", "Samtycke finns", True),
        ("waiting", "waiting", "Samtycke saknas", False),
        ("conflict", "blocked", "Någon har sagt nej", False),
        ("no_signer", "nobody", "Ingen känd vårdnadshavare", False),
    ],
)
def test_how_consent_stands_has_a_mark_a_title_and_a_sentence(state, mark, title, valid):
    shown = page(state=state)
    assert (shown.mark, shown.title, shown.valid) == (mark, title, valid)
    assert shown.text.endswith(".")
    assert "delas" in shown.text or state == "no_signer"


def test_only_a_full_yes_says_that_the_plan_is_shared():
    shared = [
        state for state in ("valid", "waiting", "conflict", "no_signer") if page(state=state).valid is True
    ]
    assert shared == ["valid"]


def test_those_who_are_waited_for_are_named_and_the_child_is_called_the_child():
    shown = page(waiting=[signer(JOHAN), signer(None)])
    assert shown.text == "Planen delas inte än. Svar väntas från: Johan Åberg, Barnet."


def test_on_a_shared_screen_nobody_is_named():
    hidden = Names([MARIA, JOHAN], hidden=True)
    shown = page(names=hidden, waiting=[signer(JOHAN)], signers=[signer(MARIA), signer(JOHAN)])
    assert shown.text.endswith("Vårdnadshavare 2.")
    assert [one.name for one in shown.signers] == ["Vårdnadshavare 1", "Vårdnadshavare 2"]


@pytest.mark.parametrize(
    ("latest", "holds", "mark", "word"),
    [
        (None, False, "waiting", "Ej tillfrågad"),
        (answer(state="not_asked"), False, "waiting", "Har fått veta, inte svarat"),
        (answer(), True, "done", "Ja"),
        (answer(), False, "waiting", "Har gått ut"),
        (answer(state="refused"), False, "blocked", "Nej"),
        (answer(withdrawn_at=datetime(2026, 11, 1, tzinfo=UTC)), False, "blocked", "Återtaget"),
        (
            answer(state="refused", withdrawn_at=datetime(2026, 11, 1, tzinfo=UTC)),
            False,
            "blocked",
            "Återtaget",
        ),
    ],
)
def test_each_answer_has_its_word_and_never_colour_alone(latest, holds, mark, word):
    assert consent.state_of(latest, holds, TODAY) == (mark, word)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Från tis 1 sep 2026, så länge planen pågår"),
        ({"ends_on": date(2026, 12, 24)}, "Från tis 1 sep 2026 till och med tors 24 dec 2026"),
        (
            {"withdrawn_at": datetime(2026, 11, 1, 9, 30, tzinfo=UTC), "ends_on": date(2026, 12, 24)},
            "Från tis 1 sep 2026, återtaget sön 1 nov 2026 kl. 10.30",
        ),
    ],
)
def test_from_when_and_through_when(fields, words):
    assert consent.period(answer(**fields)) == words


def test_a_yes_can_be_taken_back_and_nothing_else_can():
    rows = [
        signer(MARIA, answer(), holds=True),
        signer(JOHAN, answer(state="refused")),
        signer(None, answer(withdrawn_at=datetime(2026, 11, 1, tzinfo=UTC))),
    ]
    shown = page(signers=rows).signers
    assert [bool(one.withdraw_href) for one in shown] == [True, False, False]
    assert all(one.record_href for one in shown)
    assert shown[2].record_href.endswith("/barnet/")


def test_who_may_not_write_answers_gets_no_way_to():
    (shown,) = page(may=False, signers=[signer(MARIA, answer(), holds=True)]).signers
    assert (shown.record_href, shown.withdraw_href) == ("", "")
    assert (shown.state, shown.how) == ("Ja", "På plats")


def test_who_has_not_answered_has_neither_form_nor_period():
    (shown,) = page(signers=[signer(MARIA)]).signers
    assert (shown.state, shown.how, shown.period, shown.withdraw_href) == ("Ej tillfrågad", "", "", "")


def test_the_unit_that_holds_the_plan_sees_it_all():
    ours = page().parties[0]
    assert ours.own
    assert all(is_open for _label, is_open, _said in ours.cells)


@pytest.mark.parametrize("kind", KINDS)
def test_a_yes_opens_one_kind_of_information_for_one_party(kind):
    theirs = page(cells=[(THEIRS, kind)]).parties[1]
    assert [is_open for _label, is_open, _said in theirs.cells] == [one == kind for one in KINDS]


def test_one_yes_of_two_is_shown_and_opens_nothing():
    yes = signer(MARIA, answer(cells=[(THEIRS, "plan")]), holds=True)
    cells = dict(zip(KINDS, page(signers=[yes, signer(JOHAN)]).parties[1].cells, strict=True))
    assert cells["plan"][1:] == (False, "Ja från Maria Berg. Väntar på fler.")
    assert {said for kind, (_label, _open, said) in cells.items() if kind != "plan"} == {""}


def test_a_yes_that_no_longer_holds_is_not_counted():
    old = signer(MARIA, answer(cells=[(THEIRS, "plan")]), holds=False)
    assert {said for _label, _open, said in page(signers=[old]).parties[1].cells} == {""}


def test_the_boxes_are_the_other_parties_times_the_kinds():
    (group,) = consent.choices(content().parties, OURS)
    assert group[0] == "Skolan"
    assert [value for value, _label in group[1]] == [f"{THEIRS}:{kind}" for kind in KINDS]


def test_the_columns_are_the_party_and_the_kinds():
    heads = consent.heads_and_rows(page())
    assert [one["label"] for one in heads] == ["Verksamhet", *(str(label) for _value, label in CATEGORIES)]


def test_the_form_shows_the_cells_of_a_standing_answer_and_never_an_answer():
    holding = signer(MARIA, answer(cells=[(THEIRS, "plan")]), holds=True)
    assert consent.first(holding) == {"cells": [f"{THEIRS}:plan"]}
    assert consent.first(signer(MARIA, answer(cells=[(THEIRS, "plan")]))) == {}
    assert consent.first(signer(MARIA)) == {}


@pytest.mark.parametrize(
    ("guardian", "name"), [(MARIA, "Maria Berg"), (JOHAN, "Johan Åberg"), (None, "Barnet")]
)
def test_the_page_says_whose_answer_and_that_both_are_as_good(guardian, name):
    words = consent.answer_page(content(), signer(guardian), NAMES)
    assert words["lead"].startswith(f"{name} svarar. Båda svaren är lika bra")
    assert words["parties"] == 1
    assert words["party_href"]


def test_only_the_unit_in_charge_is_offered_to_invite_more():
    plan = content()
    plan.in_charge = False
    assert consent.answer_page(plan, signer(), NAMES)["party_href"] == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Inskrivet av Karin Lund tis 1 sep 2026"),
        ({"documented_by": Row(name="Kurator")}, "Inskrivet av Kurator tis 1 sep 2026"),
        ({"recorded_at": datetime(2026, 9, 1, 22, 30, tzinfo=UTC)}, "Inskrivet av Karin Lund ons 2 sep 2026"),
        ({"form": "portal"}, ""),
    ],
)
def test_who_wrote_it_in_and_when_is_told_unless_it_was_answered_on_the_own_pages(fields, words):
    assert consent.recorded(answer(**fields)) == words


def test_a_child_judged_mature_is_said_to_decide_itself():
    shown = page(
        signers=[signer(MARIA, answer(judged_mature=True)), signer(None, answer(judged_mature=True))]
    )
    assert [bool(one.mature) for one in shown.signers] == [False, True]
    assert page(signers=[signer(None, answer())]).signers[0].mature == ""


def test_the_child_s_own_place_stands_last_when_nobody_has_asked_it():
    shown = consent.page(content(signers=[signer(MARIA)]), NAMES, True, TODAY, signer(None))
    assert [one.name for one in shown.signers][-1] == "Barnet"
    assert shown.signers[-1].record_href.endswith("/barnet/")
