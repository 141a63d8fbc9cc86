"""Setting, lifting and being asked to lift: row by row of table 8.4 on real rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.refusals import Refusal
from kring.access.roles import ROLES
from kring.audit.models import AccessLogRow
from kring.children.models import AccessBlock, Child, LiftRequest
from kring.secrecy.commands.blocks import lift_as_officer, lift_own_block, refuse_lift, set_block
from kring.secrecy.queries import lifting
from kring.secrecy.queries.around import units_around
from kring.secrecy.queries.lifting import (
    officers_block_or_404,
    own_blocks,
    requests_to_answer,
    standing_at_provider,
)
from kring.timeline.models import Task
from tests.cast import NOW
from tests.unit.secrecy.world import BUP, HAB, PRIVATE, TODAY, later

pytestmark = pytest.mark.django_db
INNER, OUTER = BlockKind.INNER, BlockKind.OUTER
DAY = timedelta(days=1)


def block(world, actor, key=BUP, kind=INNER, **days):
    return set_block(by=actor, child_id=world.child.pk, kind=kind, unit_id=world.cast.unit(key).pk, **days)


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


def logged(what: str) -> list[tuple[str, str]]:
    return list(AccessLogRow.objects.filter(what=what).values_list("rule", "outcome"))


@pytest.mark.parametrize("who", ["noa", "david"])
def test_the_child_judged_mature_blocks_and_staff_write_it_down_for_it(world, cast, who):
    judged = world.judged()
    made = block(world, cast.actor(who), documented_from=TODAY - DAY, documented_to=TODAY)
    assert (made.kind, made.unit, made.controller) == ("inner", cast.unit(BUP), cast.unit(BUP).controller)
    assert (made.maturity, made.created_at, made.lifted_at) == (judged, NOW, None)
    assert made.documented_by == (cast.david if who == "david" else None)
    assert logged("block.set")[-1] == ("8.4.child.block", "allowed")


def test_without_a_judgement_there_is_no_block_whoever_writes_it(world, cast):
    for who in ("noa", "david"):
        with refused("closed", "8.4.child.not_mature"):
            block(world, cast.actor(who))
    world.judged(mature=False)
    with refused("closed", "8.4.child.not_mature"):
        block(world, cast.actor("noa"))
    assert not AccessBlock.objects.exists()


def test_from_18_no_judgement_is_needed(world, cast):
    day = TODAY.replace(year=TODAY.year - 18)
    Child.objects.filter(pk=world.child.pk).update(birth_date=day + DAY)
    with refused("closed", "8.4.child.not_mature"):
        block(world, cast.actor("noa"))
    assert block(world, later(cast.actor("noa"), days=1)).maturity is None


def test_no_way_of_acting_as_guardian_reaches_a_block(world, cast):
    world.judged()
    made = world.blocked(BUP)
    for permission in (Permission.SET_BLOCK, Permission.DOCUMENT_BLOCK, Permission.LIFT_BLOCK):
        assert permission not in ROLES["guardian"].permissions
    anders = cast.actor("anders")
    with pytest.raises((Invisible, NotAllowed)):
        block(world, anders)
    for command in (lift_own_block, lambda **one: lift_as_officer(consents=True, **one)):
        with pytest.raises((Invisible, NotAllowed)):
            command(by=anders, block_id=made.pk)
    assert not own_blocks(anders, world.child.pk).exists()


@pytest.mark.parametrize("who", ["jonas", "fatima", "otto", "ann", "nils", "rune", "ulla"])
def test_whoever_does_not_meet_the_child_in_care_blocks_nothing(world, cast, who):
    world.judged()
    with pytest.raises((Invisible, NotAllowed)):
        block(world, cast.actor(who))


def test_staff_write_it_down_for_their_own_unit_and_the_child_for_any_that_meets_it(world, cast):
    world.judged()
    with refused("unit_unknown"):
        block(world, cast.actor("david"), HAB)
    with refused("unit_unknown"):
        block(world, cast.actor("noa"), "sas-logopedi")
    assert block(world, cast.actor("noa"), PRIVATE).unit.key == PRIVATE
    keys = {unit.key for unit in units_around(cast.actor("noa"), world.child.pk)}
    assert {BUP, HAB, PRIVATE} <= keys
    assert not keys & {"skola-boras-1", "socialtjanst-boras"}


def test_days_that_turn_and_the_same_again_are_refused_with_words(world, cast):
    world.judged()
    david = cast.actor("david")
    with refused("days_turned"):
        block(world, david, documented_from=TODAY, documented_to=TODAY - DAY)
    made = block(world, david)
    with refused("block_exists"):
        block(world, david)
    assert block(world, david, documented_from=TODAY).pk != made.pk
    outer = block(world, david, kind=OUTER)
    assert (outer.unit, outer.controller) == (None, cast.unit(BUP).controller)


@pytest.mark.parametrize("who", ["noa", "david"])
def test_the_child_lifts_its_own_also_when_it_was_later_judged_not_mature(world, cast, who):
    made = world.blocked(BUP)
    world.judged(mature=False)
    lifted = lift_own_block(by=cast.actor(who), block_id=made.pk)
    assert (lifted.lifted_at, lifted.lifted_by_rule) == (NOW, "8.4.child.lift")
    with refused("already_lifted"):
        lift_own_block(by=cast.actor(who), block_id=made.pk)
    assert logged("block.lift") == [("8.4.child.lift", "allowed")]


def test_another_units_block_is_not_there(world, cast):
    made = world.blocked(BUP)
    with pytest.raises(Invisible):
        lift_own_block(by=cast.actor("karin"), block_id=made.pk)
    assert list(own_blocks(cast.actor("karin"), world.child.pk)) == []
    assert list(own_blocks(cast.actor("david"), world.child.pk)) == [made]
    outer = world.blocked(BUP, "outer")
    assert list(own_blocks(cast.actor("karin"), world.child.pk)) == [outer]


def ask(world, made, key=PRIVATE, who="mona"):
    return LiftRequest.objects.create(
        block=made, unit=world.cast.unit(key), asked_by=getattr(world.cast, who), asked_at=NOW, reason="Fara"
    )


def test_the_officer_lifts_an_inner_block_when_the_child_agrees_now(world, cast):
    made, otto = world.blocked(BUP), cast.actor("otto")
    with refused("closed", "8.4.officer.consent"):
        lift_as_officer(by=otto, block_id=made.pk, consents=False)
    lifted = lift_as_officer(by=otto, block_id=made.pk, consents=True)
    assert (lifted.lifted_by, lifted.lifted_by_rule) == (cast.otto, "8.4.officer.inner")


def test_the_officer_lifts_an_outer_block_only_after_a_recorded_request(world, cast):
    made, otto = world.blocked(BUP, "outer"), cast.actor("otto")
    with refused("closed", "8.4.officer.request"):
        lift_as_officer(by=otto, block_id=made.pk, consents=True)
    asked = ask(world, made)
    lifted = lift_as_officer(by=otto, block_id=made.pk, consents=False)
    asked.refresh_from_db()
    assert lifted.lifted_by_rule == "8.4.officer.outer"
    assert (asked.answer, asked.answered_by, asked.answered_at) == ("lifted", cast.otto, NOW)


def test_another_care_providers_block_is_not_the_officers(world, cast):
    made = world.blocked(PRIVATE)
    with pytest.raises(Invisible):
        lift_as_officer(by=cast.actor("otto"), block_id=made.pk, consents=True)
    ask(world, made)
    assert requests_to_answer(cast.actor("otto")) == []


def test_a_no_leaves_the_block_and_closes_the_question(world, cast):
    made, otto = world.blocked(BUP, "outer"), cast.actor("otto")
    asked = ask(world, made)
    task = Task.objects.create(
        child=world.child,
        unit=cast.unit(BUP),
        kind="lift_asked",
        subject=made.pk,
        due_on=TODAY,
        opened_at=NOW,
    )
    answered = refuse_lift(by=otto, request_id=asked.pk, reason=" Ingen fara längre ")
    assert (answered.answer, answered.answer_reason) == ("refused", "Ingen fara längre")
    made.refresh_from_db()
    task.refresh_from_db()
    assert (made.lifted_at, task.done_at) == (None, NOW)
    with refused("already_answered"):
        refuse_lift(by=otto, request_id=asked.pk, reason="igen")


def test_a_request_to_another_officer_is_not_there_and_waiting_ones_come_first(world, cast):
    first, second = world.blocked(BUP), world.blocked(HAB)
    answered, waiting = ask(world, first), ask(world, second)
    refuse_lift(by=cast.actor("otto"), request_id=answered.pk, reason="nej")
    assert [one.pk for one in requests_to_answer(cast.actor("otto"))] == [waiting.pk, answered.pk]
    for who in ("mona", "karin", "eva"):
        with pytest.raises((Invisible, NotAllowed)):
            refuse_lift(by=cast.actor(who), request_id=waiting.pk, reason="nej")


def test_of_many_requests_it_is_never_a_waiting_one_that_is_left_out(world, cast, monkeypatch):
    answered, waiting = ask(world, world.blocked(BUP)), ask(world, world.blocked(HAB))
    refuse_lift(by=cast.actor("otto"), request_id=answered.pk, reason="nej")
    monkeypatch.setattr(lifting, "LISTED", 1)
    assert [one.pk for one in requests_to_answer(cast.actor("otto"))] == [waiting.pk]


def test_a_protected_childs_blocks_are_for_its_group_alone(world, cast):
    made, otto = world.blocked(BUP), cast.actor("otto")
    assert standing_at_provider(otto, world.child.pk) == [made]
    Child.objects.filter(pk=world.child.pk).update(protection="flag")
    assert standing_at_provider(otto, world.child.pk) == []
    with pytest.raises(Invisible):
        officers_block_or_404(otto, made.pk, what="block.lift.officer")


def test_a_weak_log_in_neither_sets_nor_lifts(world, cast):
    world.judged()
    made = world.blocked(BUP)
    weak = replace(cast.actor("david"), strong_auth=False)
    with pytest.raises((Invisible, NotAllowed)):
        block(world, weak)
    with pytest.raises((Invisible, NotAllowed)):
        lift_own_block(by=weak, block_id=made.pk)
