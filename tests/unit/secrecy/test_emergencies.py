"""Opening in an emergency: two steps, a reason, a time that ends by itself, and a review (8.2 row 5, 8.3 rows
4, 7 and 8).
"""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.gate import Invisible, NotAllowed
from kring.access.policy.blocking import BlockKind
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.commands import record_consent
from kring.children.models import Consent, EmergencyAccess, LiftRequest
from kring.organisations.models import Controller
from kring.secrecy.commands.emergencies import (
    ask_for_lift,
    close_emergency,
    open_in_emergency,
    reveal_in_emergency,
    review_emergency,
)
from kring.secrecy.queries.emergencies import emergencies_of, opened_now, to_review
from kring.secrecy.queries.urgent import revealed
from kring.secrecy.rules.choices import ActiveChoice
from kring.timeline.models import Task
from tests.cast import NOW
from tests.own_pages import fields_of, sign_in
from tests.unit.secrecy.world import BUM, BUP, HAB, PRIVATE, TODAY, connected, later

pytestmark = pytest.mark.django_db
INNER, OUTER = BlockKind.INNER, BlockKind.OUTER
STATED = {"danger": True, "indispensable": True, "consent_impossible": True, "reason": "Medvetslös på akuten"}
NOTHING, Verdict = ActiveChoice(), EmergencyAccess.Verdict


def reveal(world, actor, kind=INNER, **more):
    return reveal_in_emergency(by=actor, child_id=world.child.pk, kind=kind, **(STATED | more))


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


def logged(what: str) -> set[tuple[str, str]]:
    rows = AccessLogRow.objects.filter(what=what, outcome="allowed")
    return set(rows.values_list("rule", "reason"))


@pytest.fixture
def blocked(world):
    """BUP has blocked entries and the own unit of the officer has its own."""
    entry = world.wrote(BUP)
    world.wrote(BUM)
    world.blocked(BUP)
    return entry


@pytest.fixture
def mona(world, cast):
    """A physician at a private provider, connected to the region; the family has been told, and not asked."""
    ids = [cast.unit(key).controller_id for key in (BUP, PRIVATE)]
    Controller.objects.filter(pk__in=ids).update(shares_across_providers=True)
    record_consent(
        child=world.child, guardian=cast.guardian("anders"), purpose="across_providers", state="not_asked",
        form="oral", starts_on=TODAY, documented_by=cast.karin, recorded_at=NOW,
    )  # fmt: skip
    return connected(cast.actor("mona"))


# Inner: 8.2 row 5


def test_the_first_step_tells_the_unit_and_opens_nothing(world, cast, blocked):
    otto = cast.actor("otto")
    row = reveal(world, otto)
    assert (row.revealed_at, row.opened_at, row.reason) == (NOW, None, STATED["reason"])
    told = revealed(otto, world.child, row)
    assert [(one.name, one.opens, one.asks) for one in told] == [(cast.unit(BUP).name, True, False)]
    assert world.seen(otto, NOTHING).isdisjoint({blocked.pk})
    assert logged("emergency.reveal") == {("8.2.5.reveal", STATED["reason"])}


def test_the_second_step_opens_for_sixty_minutes_and_ends_by_itself(world, cast, blocked):
    otto = cast.actor("otto")
    row = reveal(world, otto)
    row = open_in_emergency(by=otto, emergency_id=row.pk, unit_ids=[blocked.unit_id])
    assert row.ends_at == NOW + timedelta(minutes=60)
    assert blocked.pk in world.seen(otto, NOTHING)
    assert blocked.pk in world.seen(later(otto, minutes=59, seconds=59), NOTHING)
    assert blocked.pk not in world.seen(later(otto, minutes=60), NOTHING)
    assert opened_now(later(otto, minutes=60), world.child.pk) == ()
    assert logged("emergency.open") == {("8.2.5.open", STATED["reason"])}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reason": "  "}, "staff.reason"),
        ({"indispensable": False}, "8.2.3"),
        ({"consent_impossible": False}, "8.2.3"),
    ],
    ids=str,
)
def test_without_reason_or_need_nothing_is_told(world, cast, blocked, change, rule):
    with refused("closed", rule):
        reveal(world, cast.actor("otto"), **change)
    assert not EmergencyAccess.objects.exists()
    assert not logged("emergency.reveal")


def test_a_treating_psychologist_is_not_the_competent_officer(world, cast, blocked):
    with refused("closed", "8.2.3"):
        reveal(world, cast.actor("karin"))


def test_where_nothing_is_closed_there_is_nothing_to_open(world, cast):
    world.wrote(BUM)
    with refused("nothing_there"):
        reveal(world, cast.actor("otto"))


def test_what_an_active_choice_opens_is_no_emergency(world, cast, blocked):
    world.wrote(HAB)
    otto = cast.actor("otto")
    told = revealed(otto, world.child, reveal(world, otto))
    assert [one.name for one in told] == [cast.unit(BUP).name]


def test_what_was_not_chosen_stays_closed(world, cast, blocked):
    other = world.wrote(HAB)
    world.blocked(HAB)
    otto = cast.actor("otto")
    row = reveal(world, otto)
    with refused("choose_what"):
        open_in_emergency(by=otto, emergency_id=row.pk, unit_ids=[])
    with refused("choose_what"):
        open_in_emergency(by=otto, emergency_id=row.pk, unit_ids=[cast.unit(PRIVATE).pk])
    open_in_emergency(by=otto, emergency_id=row.pk, unit_ids=[blocked.unit_id])
    assert other.pk not in world.seen(otto, NOTHING)
    row = open_in_emergency(by=later(otto, minutes=9), emergency_id=row.pk, unit_ids=[other.unit_id])
    assert row.ends_at == NOW + timedelta(minutes=60), "opening more gives no more time"
    assert {blocked.pk, other.pk} <= world.seen(later(otto, minutes=9), NOTHING)


def test_what_was_stated_an_hour_ago_is_stated_anew(world, cast, blocked):
    otto = cast.actor("otto")
    row = reveal(world, otto)
    with refused("emergency_over"):
        open_in_emergency(by=later(otto, minutes=60), emergency_id=row.pk, unit_ids=[blocked.unit_id])


def test_somebody_elses_emergency_is_not_there(world, cast, blocked):
    row = reveal(world, cast.actor("otto"))
    for who in ("karin", "david", "mona", "anders", "noa", "ann"):
        with pytest.raises((Invisible, NotAllowed)):
            open_in_emergency(by=cast.actor(who), emergency_id=row.pk, unit_ids=[blocked.unit_id])


def test_it_can_be_ended_before_its_time(world, cast, blocked):
    otto = cast.actor("otto")
    row = open_in_emergency(by=otto, emergency_id=reveal(world, otto).pk, unit_ids=[blocked.unit_id])
    close_emergency(by=later(otto, minutes=5), emergency_id=row.pk)
    assert blocked.pk not in world.seen(later(otto, minutes=5), NOTHING)
    assert logged("emergency.close")


# Outer: 8.3 row 4, and rows 7 and 8 for what is blocked


def test_in_danger_another_providers_unblocked_texts_open(world, cast, mona):
    entry = world.wrote(BUP)
    row = reveal(world, mona, OUTER)
    told = revealed(mona, world.child, row)
    assert [(one.name, one.opens, one.asks) for one in told] == [
        (cast.unit(BUP).controller.name, True, False)
    ]
    open_in_emergency(by=mona, emergency_id=row.pk, unit_ids=told[0].unit_ids)
    assert world.seen(mona, NOTHING) == {entry.pk}
    assert logged("emergency.open") == {("8.3.4.open", STATED["reason"])}


def test_where_nobody_in_the_family_has_been_told_not_even_an_emergency_opens(world, mona):
    """The law makes being told a condition of the data being there at all (lag 2022:913 2:3)."""
    Consent.objects.all().delete()
    world.wrote(BUP)
    with pytest.raises(Refusal) as no:
        reveal(world, mona, OUTER)
    assert "8.3.informed" in no.value.rule


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reason": ""}, "8.3.choice"),
        ({"danger": False}, "8.3.3"),
        ({"indispensable": False}, "8.3.3"),
        ({"consent_impossible": False}, "8.3.3"),
    ],
    ids=str,
)
def test_outside_an_emergency_another_provider_is_not_named(world, mona, change, rule):
    world.wrote(BUP)
    rules = {rule, "staff.reason"} if "reason" in change else {rule}
    with pytest.raises(Refusal) as no:
        reveal(world, mona, OUTER, **change)
    assert no.value.rule in rules


def test_a_no_that_was_said_is_not_that_nobody_can_be_asked(world, mona):
    world.wrote(BUP)
    world.child.consents.update(state="refused")
    with refused("closed", "8.3.3"):
        reveal(world, mona, OUTER)


@pytest.mark.parametrize("kind", ["inner", "outer"])
def test_what_another_provider_has_blocked_is_never_opened_but_asked_for(world, cast, mona, kind):
    entry = world.wrote(BUP)
    made = world.blocked(BUP, kind)
    row = reveal(world, mona, OUTER)
    assert logged("emergency.reveal") == {("8.3.8.reveal", STATED["reason"])}
    told = revealed(mona, world.child, row)
    provider = cast.unit(BUP).controller
    assert [(one.name, one.opens, one.asks) for one in told] == [(provider.name, False, True)]
    with refused("closed", "8.3.8.closed"):
        open_in_emergency(by=mona, emergency_id=row.pk, unit_ids=[entry.unit_id])
    asked = ask_for_lift(by=mona, emergency_id=row.pk, controller_id=provider.pk)
    assert [(one.block, one.unit.key, one.answer) for one in asked] == [(made, PRIVATE, "waiting")]
    task = Task.objects.get(kind="lift_asked")
    assert (task.subject, task.unit.controller_id, task.due_on) == (made.pk, provider.pk, TODAY)
    assert world.seen(mona, NOTHING) == set()
    assert [one.asked for one in revealed(mona, world.child, row)] == [True]
    with refused("already_asked"):
        ask_for_lift(by=mona, emergency_id=row.pk, controller_id=provider.pk)


def test_the_address_of_asking_tells_nobody_who_has_blocked_what(world, cast, mona, client):
    world.wrote(BUP)
    world.blocked(BUP, "outer")
    one, other = reveal(world, mona, OUTER), reveal(world, mona, OUTER)
    keys = [told.key for row in (one, other) for told in revealed(mona, world.child, row)]
    assert len(set(keys)) == 2, "the same provider has another key in another emergency"
    sign_in(client, cast.mona)
    addresses = [
        reverse("ask-for-lift", args=[world.child.pk, row.pk, key])
        for row, key in [(one, keys[0]), (one, keys[1]), (one, uuid4())]
    ]
    pages = [client.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200, 404, 404]
    assert cast.unit(BUP).controller.name in pages[0].content.decode()
    assert not LiftRequest.objects.exists()
    client.post(addresses[0], fields_of(pages[0].content.decode()))
    assert LiftRequest.objects.get().block.controller_id == cast.unit(BUP).controller_id


def test_who_can_ask_for_a_lift_itself_is_to_do_so(world, mona):
    world.wrote(BUP)
    world.blocked(BUP, "outer")
    with refused("closed", "8.3.7"):
        reveal(world, mona, OUTER, consent_impossible=False)


def test_of_a_provider_partly_blocked_only_the_rest_opens(world, cast, mona):
    closed, open_ = world.wrote(BUP, TODAY), world.wrote(BUP, TODAY - timedelta(days=9))
    world.blocked(BUP, "outer", documented_from=TODAY)
    row = reveal(world, mona, OUTER)
    (told,) = revealed(mona, world.child, row)
    assert (told.opens, told.asks) == (True, True)
    open_in_emergency(by=mona, emergency_id=row.pk, unit_ids=told.unit_ids)
    assert world.seen(mona, NOTHING) == {open_.pk}
    assert closed.pk not in world.seen(mona, NOTHING)


def test_a_provider_that_takes_no_part_in_sharing_is_not_named(world, cast, mona):
    world.wrote(BUP)
    with pytest.raises(Refusal) as no:
        reveal(world, replace(mona, shares_across_providers=False), OUTER)
    assert no.value.rule == "8.3.connected"


# The review


def test_a_reviewer_judges_it_once_and_never_the_own(world, cast, blocked):
    row, ann = reveal(world, cast.actor("otto")), cast.actor("ann")
    assert to_review(ann) == [row]
    done = review_emergency(by=ann, emergency_id=row.pk, verdict=Verdict.RIGHT, words="Riktigt")
    assert (done.verdict, done.reviewed_by, done.reviewed_at) == ("right", cast.ann, NOW)
    with refused("already_reviewed"):
        review_emergency(by=ann, emergency_id=row.pk, verdict=Verdict.WRONG, words="Fel")
    EmergencyAccess.objects.update(person=cast.ann, verdict="waiting")
    with refused("own_opening"):
        review_emergency(by=ann, emergency_id=row.pk, verdict=Verdict.RIGHT, words="Rätt")


def test_only_reviewers_of_the_own_provider_see_them(world, cast, blocked, mona):
    row = reveal(world, cast.actor("otto"))
    for who in ("otto", "karin", "eva", "nils", "anders"):
        with pytest.raises(NotAllowed):
            to_review(cast.actor(who))
    elsewhere = replace(cast.actor("ann"), controller_id=cast.unit(PRIVATE).controller_id)
    assert to_review(elsewhere) == []
    with pytest.raises((Invisible, NotAllowed)):
        review_emergency(by=elsewhere, emergency_id=row.pk, verdict="right", words="Rätt")


def test_the_own_units_openings_are_listed_for_it_and_for_nobody_else(world, cast, blocked):
    row = reveal(world, cast.actor("otto"))
    assert emergencies_of(cast.actor("otto"), world.child.pk) == [row]
    assert emergencies_of(cast.actor("karin"), world.child.pk) == []
    assert emergencies_of(cast.actor("anders"), world.child.pk) == []


def test_the_request_reaches_the_officer_of_the_provider_that_has_the_block(world, cast, mona):
    world.wrote(BUP)
    world.blocked(BUP, "outer")
    row = reveal(world, mona, OUTER)
    (asked,) = ask_for_lift(by=mona, emergency_id=row.pk, controller_id=cast.unit(BUP).controller_id)
    from kring.secrecy.queries.lifting import requests_to_answer

    assert requests_to_answer(cast.actor("otto")) == [asked]
    assert LiftRequest.objects.get().reason == STATED["reason"]
