"""The sentences of «Delning och samtycke», row by row and without a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import translation

from kring.access.policy.consents import Decider
from kring.portal.family import forms
from kring.portal.family.disclosed import SharedPlan, Sharing, answer_of, newest_across, other_units, unit_in
from kring.portal.family.presenters import sharing as words

ME, OTHER = uuid4(), uuid4()
CHILD = Row(pk=uuid4(), given_name="Alva")
ACTOR = Row(guardian_id=ME)
LAST = date(2027, 6, 30)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def unit(name):
    return Row(pk=uuid4(), name=name)


BUM, SCHOOL, KEEPER = unit("BUM"), unit("Skolan"), unit("Habiliteringen")


def yes(who, *cells, ends_on=None, hour=10, state="given", purpose="Samordnad individuell plan"):
    scopes = [Row(unit=one, unit_id=one.pk, category=name) for one, name in cells]
    return Row(
        pk=uuid4(), guardian_id=who, guardian=Row(name="Johan Berg"), state=state, withdrawn_at=None,
        ends_on=ends_on, recorded_at=datetime(2026, 11, 16, hour, tzinfo=UTC),
        scopes=Row(all=lambda: scopes), get_purpose_display=lambda: purpose,
        get_state_display=lambda: {"given": "Ja", "refused": "Nej"}[state],
    )  # fmt: skip


def signer(who, latest):
    holds = latest is not None and latest.state == "given" and latest.withdrawn_at is None
    return Row(signer=who, guardian=Row(name="x"), latest=latest, holds=holds)


def view(state, *signers, missing=(), required=(ME, OTHER), decider=Decider.GUARDIANS):
    standing = Row(state=state, missing=frozenset(missing))
    return Row(
        standing=standing, signers=signers, requirement=Row(signers=frozenset(required), decider=decider)
    )


def shared(consent, opened=None):
    parties = [Row(unit=one, unit_id=one.pk, left_at=None) for one in (BUM, SCHOOL)]
    plan = Row(pk=uuid4(), unit=KEEPER, unit_id=KEEPER.pk, parties=Row(all=lambda: parties))
    return SharedPlan(plan, consent, other_units(plan), opened or {})


def page(*plans, across=None, units=(), untold=(), answers=()):
    nothing = view("waiting", missing=(ME, OTHER))
    found = Sharing(list(plans), across or nothing, list(units), frozenset(untold), True, list(answers))
    return words.sharing_page(found, CHILD, ACTOR)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["plan"], "planen"),
        (["appointment", "plan"], "planen, bokade tider"),
        (["contact_details", "record"], "journaluppgifter, kontaktuppgifter"),
        (["plan", "plan"], "planen"),
    ],
)
def test_kinds_of_information_are_named_in_one_order(names, said):
    assert words.kinds(names) == said


def test_an_open_unit_says_what_until_when_and_can_be_changed_and_stopped():
    mine = yes(ME, (BUM, "plan"), ends_on=LAST)
    one = shared(view("valid", signer(ME, mine)), {(BUM.pk, "plan"): LAST})
    line = page(one).plans[0].lines[0]
    assert (line.sentence, line.until) == ("BUM får se: planen.", "Gäller till ons 30 jun 2027.")
    assert (line.state, line.give, line.who) == ("", "", "BUM")
    assert line.change.endswith(f"/{BUM.pk}/")
    assert line.stop.endswith(f"/{BUM.pk}/sluta/")


def test_a_unit_without_anything_can_be_given_something():
    line = page(shared(view("valid", signer(ME, yes(ME, (BUM, "plan")))))).plans[0].lines[1]
    assert line.sentence == "Skolan är med i planen, men får inte se något."
    assert (bool(line.give), line.change, line.stop) == (True, "", "")


@pytest.mark.parametrize(
    ("state", "missing", "other", "untold", "said"),
    [
        ("waiting", (OTHER,), None, (), "Väntar på den andra vårdnadshavaren"),
        ("conflict", (), "refused", (), "Svaren går isär"),
        ("waiting", (OTHER,), None, (OTHER,), "Delas inte än"),
        ("conflict", (), "refused", (OTHER,), "Delas inte än"),
        ("board", (), None, (), "Delas inte än"),
    ],
)
def test_a_yes_that_opens_nothing_yet_says_why_as_far_as_it_may(state, missing, other, untold, said):
    theirs = yes(OTHER, state=other) if other else None
    rows = (signer(ME, yes(ME, (BUM, "plan"))), signer(OTHER, theirs))
    one = page(shared(view(state, *rows, missing=missing)), untold=untold).plans[0]
    assert one.lines[0].sentence == "Du har sagt ja till att BUM får se: planen."
    assert one.lines[0].state == said
    assert bool(one.disagree) == (said == "Svaren går isär")


def test_who_does_not_decide_has_no_controls():
    rows = (signer(ME, yes(ME, (BUM, "plan"))), signer("child", None))
    consent = view("waiting", *rows, missing=("child",), required=("child",))
    block = page(shared(consent)).plans[0]
    assert not any(line.give or line.change or line.stop for line in block.lines)
    assert block.answer == ""
    assert block.standing.startswith("Barnet bestämmer själv")


def test_the_keeper_of_the_plan_is_named_and_sees_it_anyway():
    assert page(shared(view("valid"))).plans[0].keeper == "Habiliteringen håller i planen och ser den."


@pytest.mark.parametrize(
    ("latest", "lines"),
    [
        ([], []),
        ([yes(ME, (BUM, "record"))], ["BUM får läsa det som andra vårdgivare har skrivit om barnet."]),
        ([yes(ME, (BUM, "record")), yes(OTHER, state="refused", hour=11)], []),
        (
            [yes(ME, state="refused", hour=9), yes(OTHER, (SCHOOL, "record"), hour=11)],
            ["Skolan får läsa det som andra vårdgivare har skrivit om barnet."],
        ),
    ],
)
def test_across_providers_the_newest_answer_counts(latest, lines):
    consent = view("valid", *(signer(one.guardian_id, one) for one in latest))
    block = page(across=consent, units=[BUM]).across
    assert [line.sentence for line in block.lines] == lines
    assert bool(block.standing) is not bool(lines)
    assert bool(block.answer) is not bool(lines), "with a yes, changing stands at each line"


@pytest.mark.parametrize(
    ("decider", "said"),
    [
        (Decider.GUARDIANS, "Ni som är vårdnadshavare bestämmer. Ett ja räcker, och ett nej stoppar."),
        (Decider.CHILD, "Alva bestämmer själv om det här. Ditt ja behövs inte."),
        (Decider.BOARD, "Socialnämnden bestämmer för Alva. Här går det inte att svara."),
    ],
)
def test_across_providers_it_is_said_who_decides_and_one_s_own_yes_can_always_be_taken_back(decider, said):
    signs = (ME,) if decider is Decider.GUARDIANS else ()
    mine = signer(ME, yes(ME, (BUM, "record")))
    consent = view("valid", mine, required=signs, decider=decider)
    block = page(across=consent, units=[BUM]).across
    assert block.decides == said
    assert [(bool(one.change), bool(one.stop)) for one in block.lines] == [(bool(signs), True)]


def test_where_age_has_closed_it_the_page_says_who_decides_and_where_a_yes_is_taken_back():
    found = Sharing([], None, [], frozenset(), False, [])
    told = words.sharing_page(found, CHILD, ACTOR)
    assert told.across is None and told.older == words.older_decides("Alva")
    assert "svarar tills Alva är mogen för frågan" in told.older
    assert page().older == ""


def test_across_providers_there_is_no_way_in_where_nobody_is_connected():
    assert page(units=[]).across.answer == ""


def test_a_withdrawn_answer_is_no_yes_across_providers():
    mine = yes(ME, (BUM, "record"))
    mine.withdrawn_at = mine.recorded_at
    assert newest_across(view("waiting", signer(ME, mine))) is None
    assert answer_of(view("waiting", signer(ME, mine)), ACTOR) is None


def test_earlier_answers_are_sentences_with_who_and_when():
    mine, theirs = yes(ME, hour=9), yes(OTHER, state="refused")
    theirs.withdrawn_at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    childs = yes(None)
    childs.guardian, childs.board_unit_id = None, None
    boards = yes(None)
    boards.guardian, boards.board_unit_id = None, uuid4()
    assert page(answers=[mine, theirs, childs, boards]).answers == [
        "mån 16 nov 2026: Du svarade «Ja» om Samordnad individuell plan.",
        "mån 16 nov 2026: Johan Berg svarade «Nej» om Samordnad individuell plan. Återtaget tis 17 nov 2026.",
        "mån 16 nov 2026: Alva svarade «Ja» om Samordnad individuell plan.",
        "mån 16 nov 2026: Socialnämnden svarade «Ja» om Samordnad individuell plan.",
    ]


def test_every_check_says_what_happens_and_stopping_what_stays():
    stays = "Det de redan har fått har de kvar som sin egen kopia, med datum. Det går inte att ta tillbaka."
    for check in (words.stop_check(BUM, "/"), words.across_stop_check("/"), words.withdraw_check("/")):
        assert stays in check.lines
        assert check.sure.startswith("Ja, ")
        assert check.title.endswith("?")
    share = words.share_check(BUM, {"what": ["plan"], "ends_on": LAST}, "/")
    assert list(share.lines) == ["BUM får se: planen.", "Gäller till ons 30 jun 2027."]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            {"state": "given", "units": ["1", "2"], "ends_on": None},
            [
                "De här får läsa det som andra vårdgivare har skrivit om barnet: BUM, Skolan.",
                "Gäller tills ni säger stopp.",
            ],
        ),
        (
            {"state": "given", "units": ["2"], "ends_on": LAST},
            [
                "De här får läsa det som andra vårdgivare har skrivit om barnet: Skolan.",
                "Gäller till ons 30 jun 2027.",
            ],
        ),
    ],
)
def test_the_check_of_sharing_across_providers(said, lines):
    assert list(words.across_check({"1": "BUM", "2": "Skolan"}, said, "/").lines) == lines


def test_a_no_across_providers_says_what_it_means():
    check = words.across_check({}, {"state": "refused", "units": [], "ends_on": None}, "/")
    assert list(check.lines)[0] == "Du svarar nej."
    assert len(check.lines) == 3


UNITS = [(str(BUM.pk), "BUM"), (str(SCHOOL.pk), "Skolan")]


def whole(**more):
    form = forms.ConsentForm({"state": "given", **more}, units=UNITS)
    assert form.is_valid(), form.errors
    return form


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        ({"state": "refused"}, ["Du svarar nej.", "Planen delas inte."]),
        (
            {"plan": [UNITS[0][0]]},
            ["Du svarar ja.", "De här får se planen: BUM.", "Gäller så länge planen pågår."],
        ),
        (
            {"plan": [UNITS[0][0], UNITS[1][0]], "appointment": [UNITS[1][0]],
             "ends_on_0": "30", "ends_on_1": "6", "ends_on_2": "2027"},
            ["Du svarar ja.", "De här får se planen: BUM, Skolan.", "De här får se bokade tider: Skolan.",
             "Gäller till ons 30 jun 2027."],
        ),
    ],
)  # fmt: skip
def test_the_check_of_a_whole_answer(sent, lines):
    assert list(words.consent_check(whole(**sent), "/").lines) == lines


def test_what_is_changed_begins_with_what_holds_and_nothing_else_is_chosen():
    mine = yes(ME, (BUM, "plan"), (BUM, "appointment"), (SCHOOL, "plan"), ends_on=LAST)
    assert words.shared_now(mine, BUM.pk) == {"what": ["plan", "appointment"], "ends_on": LAST}
    assert words.shared_now(mine, KEEPER.pk)["what"] == []
    assert words.shared_now(None, BUM.pk) == {}
    assert words.across_now(None) == {}
    assert words.across_now(yes(ME, (BUM, "record")))["units"] == [str(BUM.pk)]
    assert "state" not in words.across_now(yes(ME, (BUM, "record"))), "an answer is never chosen beforehand"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "what"),
        ({"what": ["record"]}, "what"),
        ({"what": ["plan"], "ends_on_0": "31", "ends_on_1": "2", "ends_on_2": "2027"}, "ends_on"),
    ],
)
def test_what_lacks_in_sharing_is_said_at_its_field(data, field):
    assert list(forms.ShareForm(data).errors) == [field]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, ["state"]),
        ({"state": "given"}, ["units"]),
        ({"state": "refused"}, []),
        ({"state": "given", "units": ["nobody"]}, ["units"]),
        ({"state": "given", "units": [UNITS[0][0]]}, []),
    ],
)
def test_what_lacks_across_providers_is_said_at_its_field(data, fields):
    assert list(forms.AcrossForm(data, units=UNITS).errors) == fields


def test_units_of_a_plan_are_those_that_are_in_it_now():
    gone = Row(unit=unit("Borta"), unit_id=uuid4(), left_at=datetime(2026, 1, 1, tzinfo=UTC))
    own = Row(unit=KEEPER, unit_id=KEEPER.pk, left_at=None)
    parties = [gone, own, Row(unit=SCHOOL, unit_id=SCHOOL.pk, left_at=None)]
    plan = Row(unit_id=KEEPER.pk, parties=Row(all=lambda: parties))
    assert other_units(plan) == [SCHOOL]
    assert unit_in(plan, SCHOOL.pk) is SCHOOL
    for other in (KEEPER.pk, gone.unit.pk, uuid4()):
        with pytest.raises(Http404):
            unit_in(plan, other)
