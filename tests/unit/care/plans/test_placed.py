"""A child placed by order: the board's decision names who signs, and then the plan can be established."""

from datetime import timedelta

import pytest

from kring.access.policy.answers import BOARD, CHILD, Answer, open_cells, required_signers, standing
from kring.access.policy.consents import Decider, Named, decider
from kring.access.policy.recording import Said
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, jobs, queries
from kring.children.models import Child, Consent, Disclosure, MaturityAssessment, Placement
from kring.organisations.models import Unit
from tests.unit.care.plans.pages import Browser, day

WHO = {"": "board", "board": "waiting", "guardians": "waiting"}


def social(story):
    """The social services of Alva's municipality."""
    return Unit.objects.filter(sector="social_services").first() or story.plan.unit


def placed(story, signer="board", kind="care_order", **more):
    fields = {"starts_on": story.today - timedelta(days=30), "unit_id": social(story).pk} | more
    return Placement.objects.create(
        child_id=story.child_id, kind=kind, signer=signer,
        recorded_by_id=story.karin.person_id, recorded_at=story.now, **fields,
    )  # fmt: skip


def consent(story, who="karin"):
    return queries.consent_of(getattr(story, who), story.plan)


def board_says(story, state="given", form="written", by=None, **more):
    cells = [(story.pupil_health, "plan"), (story.school, "plan")]
    return commands.record_consent(
        by=by or story.karin, plan_id=story.plan_id, guardian_id=None, board=True, state=state, form=form,
        **({"cells": cells} | more),
    )  # fmt: skip


def open_to(story):
    going = Disclosure.objects.filter(subject=story.plan_id, ended_at=None)
    return set(going.values_list("unit_id", flat=True))


def filled(story):
    """The four statutory items, by those who reach the plan: the guardians do not."""
    story.describe(needed_efforts="Stöd i klassrummet")
    story.describe(overall_responsible_id=story.plan.unit.controller_id)
    for by in (story.karin, story.lena):
        commands.contribute_activity(by=by, plan_id=story.plan_id, what="Samtal varje vecka")
    home = {"responsible": "third_party", "responsible_words": "Familjehemmet"}
    commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Läsa tillsammans", **home)
    commands.state_nothing_now(by=story.jonas, plan_id=story.plan_id, words="Vi anpassar redan schemat")


# The rules

DECIDERS = [
    # (adult, mature, placed by order, whom the decision names) -> who decides
    (True, False, True, Named.BOARD, Decider.CHILD),
    (False, True, True, Named.BOARD, Decider.CHILD),
    (False, True, True, Named.NOBODY, Decider.CHILD),
    (False, False, True, Named.NOBODY, Decider.BOARD),
    (False, False, True, Named.BOARD, Decider.BOARD),
    (False, False, True, Named.GUARDIANS, Decider.GUARDIANS),
    (False, False, False, Named.NOBODY, Decider.GUARDIANS),
    (False, False, False, Named.BOARD, Decider.GUARDIANS),
]


@pytest.mark.parametrize(("adult", "mature", "order", "named", "decides"), DECIDERS)
def test_who_decides(adult, mature, order, named, decides):
    assert decider(adult=adult, child_mature=mature, placed_by_order=order, named=named) is decides


@pytest.mark.parametrize(
    ("named", "signers"),
    [(Named.NOBODY, set()), (Named.BOARD, {BOARD}), (Named.GUARDIANS, {"maria", "johan"})],
)
def test_whose_yes_is_asked_for(named, signers):
    found = required_signers(guardians={"maria", "johan"}, adult=False, placed_by_order=True, named=named)
    assert found.signers == signers


@pytest.mark.parametrize("named", Named)
def test_nobody_else_s_yes_opens_anything(story, named):
    """Everybody but those who are named says yes, the child too."""
    needed = required_signers(guardians={"maria", "johan"}, adult=False, placed_by_order=True, named=named)
    cells = frozenset({(story.school, "plan")})
    others = {"maria", "johan", CHILD, BOARD} - needed.signers
    answers = [Answer(one, "given", story.today, cells=cells) for one in others]
    assert not standing(needed, answers, story.today).is_valid
    assert open_cells(needed, answers, story.today) == frozenset()
    if needed.signers:
        answers += [Answer(one, "given", story.today, cells=cells) for one in needed.signers]
        assert open_cells(needed, answers, story.today) == cells


# On real requests


@pytest.mark.parametrize("signer", WHO)
def test_the_decision_says_how_it_stands(story, signer):
    story.started().joined()
    placed(story, signer)
    assert consent(story).standing.state == WHO[signer]


def test_the_board_s_written_yes_opens_the_plan_and_it_is_established(story):
    story.started().joined()
    placed(story)
    assert consent(story).standing.missing == {BOARD}
    row = board_says(story)
    assert (row.guardian_id, row.board_unit_id) == (None, social(story).pk)
    found = consent(story)
    assert (found.standing.state, found.standing.rule) == ("valid", "8.6.signatures.board_yes")
    assert open_to(story) == {story.pupil_health, story.school}
    filled(story)
    assert story.establish().number == 1
    assert story.plan.status == "established"


def test_the_guardians_sign_when_the_decision_says_so(story):
    story.started().joined()
    placed(story, "guardians")
    story.answer("maria")
    assert consent(story).standing.rule == "8.6.one_of_two"
    story.answer("johan")
    assert consent(story).standing.rule == "8.6.signatures.placed"
    assert open_to(story) == {story.pupil_health, story.school}


def test_a_mature_child_decides_itself_wherever_it_lives(story, refused):
    story.started().joined()
    placed(story)
    MaturityAssessment.objects.create(
        child_id=story.child_id, question="consent", grounds="Samtal", mature_from=story.today,
        unit_id=story.karin.unit_id, assessed_by_id=story.karin.person_id, assessed_at=story.now,
    )  # fmt: skip
    assert consent(story).standing.missing == {CHILD}
    with refused("board_unnamed"):
        board_says(story)


def test_placed_with_consent_the_guardians_sign_as_before(story):
    story.started().joined()
    placed(story, "board", kind="voluntary")
    story.answer("maria")
    story.answer("johan")
    assert consent(story).standing.rule == "8.6.both"


@pytest.mark.parametrize(
    ("signers", "state"), [(("board", ""), "board"), (("guardians", "board"), "waiting")]
)
def test_of_several_orders_the_one_that_says_least_counts(story, signers, state):
    story.started().joined()
    for signer in signers:
        placed(story, signer)
    found = consent(story)
    assert found.standing.state == state
    if state == "waiting":
        assert found.standing.missing == {BOARD}


def test_when_the_placement_has_ended_the_board_s_yes_is_no_longer_one(story):
    story.started().joined()
    order = placed(story)
    board_says(story)
    Placement.objects.filter(pk=order.pk).update(ends_on=story.today)
    assert consent(story).standing.is_valid, "the last day counts"
    story.later(1)
    found = consent(story)
    assert found.standing.state == "waiting"
    assert found.standing.missing == {story.cast.guardian(name).pk for name in ("maria", "johan")}


def test_a_guardian_s_no_is_heard_and_stops_it(story):
    story.started().joined()
    placed(story)
    board_says(story)
    story.answer("johan", "refused")
    assert consent(story).standing.state == "conflict"
    assert open_to(story) == set()


def test_the_board_can_say_no_and_take_its_yes_back(story):
    story.started().joined()
    placed(story)
    row = board_says(story)
    commands.withdraw_consent(by=story.karin, consent_id=row.pk)
    assert consent(story).standing.state == "waiting"
    assert open_to(story) == set()
    board_says(story, "refused", "oral")
    assert consent(story).standing.state == "conflict"


@pytest.mark.parametrize("who", ["alva", "maria", "johan"])
def test_nobody_of_the_family_takes_the_board_s_yes_back_or_gives_it(story, who, refused):
    story.started().joined()
    placed(story, guardians_keep_access=True)
    row = board_says(story)
    with refused("someone_else_s_answer"):
        commands.withdraw_consent(by=getattr(story, who), consent_id=row.pk)
    with refused("someone_else_s_answer"):
        board_says(story, by=getattr(story, who), form="portal")
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_the_child_s_own_answer_is_not_the_board_s(story):
    story.started().joined()
    placed(story)
    story.answer("", cells=[(story.school, "plan")])
    assert consent(story).standing.missing == {BOARD}
    board_says(story)
    own = Consent.objects.get(guardian=None, board_unit=None)
    commands.withdraw_consent(by=story.karin, consent_id=own.pk)
    assert consent(story).standing.is_valid
    assert Consent.objects.get(board_unit__isnull=False).withdrawn_at is None


REFUSED = {
    "spoken": ({"form": "oral"}, {}, "board_in_writing"),
    "no party": ({"cells": ()}, {}, "cells_missing"),
    "not named": ({}, {"signer": "guardians"}, "board_unnamed"),
    "unnamed": ({}, {"signer": ""}, "board_unnamed"),
    "not placed": ({}, None, "board_unnamed"),
    "with consent": ({}, {"kind": "voluntary"}, "board_unnamed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_yes_of_the_board_is_refused(story, case, refused):
    said, order, code = REFUSED[case]
    story.started().joined()
    if order is not None:
        placed(story, **order)
    with refused(code):
        board_says(story, **said)
    assert not Consent.objects.exists()
    assert open_to(story) == set()


def test_the_social_services_write_in_their_own_board_s_decision(story):
    story.started().joined()
    own = placed(story, unit_id=story.pupil_health)
    found = queries.board_unit_of(story.karin, story.plan)
    assert found == own.unit_id
    rules = {
        who: queries.may_record(getattr(story, who), story.plan, BOARD, Said.YES, board_unit=found).rule_id
        for who in ("karin", "lena", "jonas")
    }
    assert rules == {
        "karin": "8.6.record.keeper",
        "lena": "8.6.record.own_board",
        "jonas": "8.6.record.yes_elsewhere",
    }


def test_it_is_logged_as_any_answer(story):
    story.started().joined()
    placed(story)
    row = board_says(story)
    (logged,) = AccessLogRow.objects.filter(what="plan.consent", object_id=str(row.pk))
    assert (logged.outcome, logged.action) == ("allowed", "write")


def test_sharing_across_providers_stays_closed_for_a_placed_child(story):
    story.started()
    placed(story)
    found = queries.across_of(story.karin, Child.objects.get(pk=story.child_id))
    assert (found.standing.state, found.requirement.signers) == ("board", frozenset())


# The pages


@pytest.fixture
def karin(story):
    story.started().joined()
    placed(story)
    return Browser(story)


def test_the_page_of_consent_waits_for_the_board_and_leads_to_its_answer(story, karin):
    page = karin.text("open", "plan-consent", story.plan_id)
    assert "Svar väntas från: Socialnämnden" in page
    assert f"/planer/{story.plan_id}/samtycke/namnden/" in page


def test_the_board_s_answer_is_written_in_on_its_page(story, karin):
    page = karin.text("open", "plan-consent-answer", story.plan_id, "namnden")
    assert "Beslutet om placeringen säger att socialnämnden samtycker." in page
    assert "Är barnet moget för frågan?" not in page
    fields = {
        "state": "given",
        "cells": [f"{story.school}:plan"],
        **day("ends_on", story.today + timedelta(90)),
    }
    spoken = karin.send("plan-consent-answer", story.plan_id, "namnden", form="oral", **fields)
    assert spoken.status_code == 422
    assert "Nämndens ja är ett skriftligt beslut." in spoken.content.decode()
    written = karin.send("plan-consent-answer", story.plan_id, "namnden", form="written", **fields)
    assert written.status_code == 302
    page = karin.text("open", "plan-consent", story.plan_id)
    assert "Samtycke finns" in page
    assert "Socialnämnden" in page


def test_the_page_is_not_there_for_a_child_that_is_not_placed(story):
    story.started().joined()
    assert Browser(story).open("plan-consent-answer", story.plan_id, "namnden").status_code == 404


def test_a_guardian_who_keeps_access_reads_who_answers(story):
    story.started().joined()
    placed(story, guardians_keep_access=True)
    maria = Browser(story, "maria")
    page = maria.text("open", "family-consent", story.child_id, story.plan_id)
    assert "Socialnämnden svarar för barnet. Ingen annan ser planen förrän den har sagt ja." in page
    assert 'name="state"' not in page
    board_says(story)
    page = maria.text("open", "family-consent", story.child_id, story.plan_id)
    assert "Socialnämnden" in page


def test_the_cost_is_the_same_whoever_signs(story):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    story.started().joined()

    def cost():
        plan, karin = story.plan, story.karin
        with CaptureQueriesContext(connection) as asked:
            queries.consent_of(karin, plan)
        return len(asked)

    before = cost()
    placed(story)
    assert cost() == before


# The days on which it turns


def turn(story) -> None:
    jobs.work_through(story.now)


def test_on_the_first_day_the_house_closes_what_the_guardians_opened(story):
    story.started().joined().consented()
    assert open_to(story)
    placed(story, "", starts_on=story.today + timedelta(days=3))
    turn(story.later(2))
    assert open_to(story)
    turn(story.later(1))
    assert open_to(story) == set()


def test_what_the_guardians_opened_for_a_placed_child_lasts_as_long_as_the_order_and_opens_anew(story):
    story.started().joined()
    last = story.today + timedelta(days=4)
    placed(story, "guardians", ends_on=last)
    story.consented()
    going = Disclosure.objects.filter(subject=story.plan_id, ended_at=None, category="plan")
    before = open_to(story)
    assert before and set(going.values_list("ends_on", flat=True)) == {last}
    turn(story.later(5))
    assert open_to(story) == before, "their yes is theirs as before"
    assert grown_up_in_years(story, going)


def grown_up_in_years(story, going) -> bool:
    """No day is told but the last before the child turns 18."""
    days = going.values_list("ends_on", flat=True)
    return all(day is None or day > story.today + timedelta(days=5 * 365) for day in days)


def test_a_day_to_come_is_not_told_by_what_is_open(story):
    """A guardian would read from «Gäller till …» that a placement is coming."""
    story.started().joined().consented()
    placed(story, "", starts_on=story.today + timedelta(days=3))
    jobs.follow_new_decider(story.child_id, story.now)
    going = Disclosure.objects.filter(subject=story.plan_id, ended_at=None)
    assert going.exists() and grown_up_in_years(story, going)
