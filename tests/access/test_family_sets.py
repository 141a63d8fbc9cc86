"""What opens and closes the family's pages in the database: decisions, shares, placements, ages, midnights.

Each case says in words who may do what; the set and the explanation are asked together and must agree.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from kring import clock
from kring.access import facts, gate
from kring.access.permissions import Permission as P
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.staff import Block, WorkNeed
from kring.children.models import (
    Custody,
    Guardian,
    GuardianDecision,
    MaturityAssessment,
    Placement,
    YoungShare,
)

EACH = (
    P.SEE_OWN_FAMILY, P.SEE_PLAN, P.SEE_APPOINTMENTS, P.SEE_OWN_RECORD, P.ANSWER_AS_FAMILY, P.SEE_MESSAGES,
    P.SEE_ACCESS_MATRIX,
)  # fmt: skip
NOTHING = frozenset[P]()
TODAY = date(2026, 11, 16)


def opened(actor, child_id) -> frozenset[P]:
    """What opens of EACH; fails where set and explanation disagree."""
    found = set()
    for permission in EACH:
        reached = gate.children_for(actor, permission).filter(pk=child_id).exists()
        one = gate.children_for(actor, permission, child_id).exists()
        decision = gate.explain(actor, permission, child_id)
        assert reached == one == decision.opens, (permission, decision)
        found |= {permission} if reached else set()
    return frozenset(found)


def decide(cast, who, child, kind, **more):
    """A unit head's decision, in force today unless `more` says otherwise."""
    eva = cast.eva
    fields = {"starts_on": TODAY, "child_agreed": True, "ends_on": TODAY + timedelta(days=90)}
    return GuardianDecision.objects.create(
        child=cast.child(child),
        guardian=cast.guardian(who),
        kind=kind,
        unit=cast.unit("hh-habilitering-boras"),
        reason="Invänta beslut",
        decided_by=eva,
        decided_at=cast.now,
        **(fields | more),
    )


def share(cast, who, child, thing, **more):
    return YoungShare.objects.create(
        child=cast.child(child),
        guardian=cast.guardian(who),
        thing=thing,
        **({"starts_at": cast.now - timedelta(hours=1)} | more),
    )


def assess(cast, child, question, mature_from, at=None):
    return MaturityAssessment.objects.create(
        child=cast.child(child),
        question=question,
        mature_from=mature_from,
        grounds="Samtal",
        unit=cast.unit("hh-habilitering-boras"),
        assessed_by=cast.eva,
        assessed_at=at or cast.now,
    )


def born(cast, child, day: date):
    row = cast.child(child)
    row.birth_date = day
    row.save(update_fields=["birth_date"])
    return row


ALL = frozenset(EACH)
WITHOUT_RECORD = ALL - {P.SEE_OWN_RECORD}


def test_a_guardian_of_a_younger_child_opens_everything(cast):
    assert opened(cast.actor("maria"), cast.child("alva").pk) == ALL


@pytest.mark.parametrize(
    ("starts", "ends", "ended", "closed"),
    [
        (0, None, False, True),
        (0, 0, False, True),
        (1, None, False, False),
        (-9, -1, False, False),
        (-9, None, True, False),
    ],
)
def test_a_blocked_guardian_opens_nothing_while_the_decision_holds(cast, starts, ends, ended, closed):
    decide(
        cast,
        "maria",
        "alva",
        "blocked",
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
        ended_at=cast.now if ended else None,
    )
    assert opened(cast.actor("maria"), cast.child("alva").pk) == (NOTHING if closed else ALL)
    assert opened(cast.actor("johan"), cast.child("alva").pk) == ALL


def test_a_blocked_guardian_is_answered_as_for_a_child_that_does_not_exist(cast):
    decide(cast, "maria", "alva", "blocked")
    actor = cast.actor("maria")
    with pytest.raises(gate.Invisible):
        gate.child_or_404(actor, P.SEE_PLAN, cast.child("alva").pk, what="plan")


def test_another_guardians_protection_closes_until_the_unit_head_decides(cast):
    Guardian.objects.filter(pk=cast.guardian("johan").pk).update(protected_identity=True)
    alva = cast.child("alva").pk
    assert opened(cast.actor("maria"), alva) == NOTHING
    decide(cast, "maria", "alva", "kept", ends_on=None)
    assert opened(cast.actor("maria"), alva) == ALL
    assert opened(cast.actor("johan"), alva) == NOTHING


@pytest.mark.parametrize(
    ("kind", "keep", "open_"),
    [("care_order", False, NOTHING), ("care_order", True, ALL), ("voluntary", False, ALL)],
)
def test_a_placed_child_stays_open_only_as_the_board_has_decided(cast, kind, keep, open_):
    Placement.objects.create(
        child=cast.child("alva"),
        kind=kind,
        starts_on=TODAY,
        guardians_keep_access=keep,
        unit=cast.unit("socialtjanst-boras"),
        recorded_by=cast.fatima,
        recorded_at=cast.now,
    )
    assert opened(cast.actor("maria"), cast.child("alva").pk) == open_


SHARED = {
    "plan": {P.SEE_OWN_FAMILY, P.SEE_PLAN, P.ANSWER_AS_FAMILY},
    "appointment": {P.SEE_OWN_FAMILY, P.SEE_APPOINTMENTS},
    "message": {P.SEE_OWN_FAMILY, P.SEE_MESSAGES},
    "mood_answer": {P.SEE_OWN_FAMILY},
}


@pytest.mark.parametrize("thing", SHARED)
def test_from_13_a_guardian_sees_the_kinds_that_the_young_person_shares(cast, thing):
    noa = cast.child("noa").pk
    assert opened(cast.actor("anders"), noa) == NOTHING
    row = share(cast, "anders", "noa", thing)
    assert opened(cast.actor("anders"), noa) == SHARED[thing]
    row.ended_at = cast.now
    row.save()
    assert opened(cast.actor("anders"), noa) == NOTHING


def test_a_share_does_not_begin_before_its_instant(cast):
    share(cast, "anders", "noa", "plan", starts_at=cast.now + timedelta(seconds=1))
    assert opened(cast.actor("anders"), cast.child("noa").pk) == NOTHING


def test_having_reached_one_kind_opens_no_other(cast):
    share(cast, "anders", "noa", "appointment")
    actor, noa = cast.actor("anders"), cast.child("noa")
    gate.child_or_404(actor, P.SEE_APPOINTMENTS, noa.pk, what="times")
    assert gate.rows_for(actor, P.SEE_APPOINTMENTS, Custody.objects.all(), noa.pk).exists()
    assert not gate.rows_for(actor, P.SEE_PLAN, Custody.objects.all(), noa.pk).exists()


@pytest.mark.parametrize("closed_by", ["blocked", "protected", "custody"])
def test_a_share_opens_nothing_through_a_link_that_is_broken(cast, closed_by):
    share(cast, "anders", "noa", "plan")
    if closed_by == "blocked":
        decide(cast, "anders", "noa", "blocked")
    elif closed_by == "protected":
        Guardian.objects.filter(pk=cast.guardian("anders").pk).update(protected_identity=True)
    else:
        Custody.objects.filter(child=cast.child("noa")).update(ends_on=TODAY - timedelta(days=1))
    assert opened(cast.actor("anders"), cast.child("noa").pk) == NOTHING


def test_extended_access_opens_the_record_and_nothing_else(cast):
    decide(cast, "anders", "noa", "extended")
    assert opened(cast.actor("anders"), cast.child("noa").pk) == {P.SEE_OWN_RECORD}


@pytest.mark.parametrize(
    ("record_from", "then_not", "open_"),
    [
        (None, False, False),
        (TODAY, False, True),
        (TODAY + timedelta(days=1), False, False),
        (TODAY, True, False),
    ],
)
def test_from_13_the_young_person_reads_its_record_if_judged_mature(cast, record_from, then_not, open_):
    assess(cast, "noa", "record", record_from)
    assess(cast, "noa", "consent", TODAY)
    if then_not:
        assess(cast, "noa", "record", None, at=cast.now + timedelta(seconds=1))
    noa = cast.child("noa").pk
    assert (P.SEE_OWN_RECORD in opened(cast.actor("noa"), noa)) is open_


def test_maturity_before_13_opens_no_record(cast):
    assess(cast, "alva", "record", TODAY)
    assert opened(cast.actor("alva"), cast.child("alva").pk) == SMALL_CHILD


SMALL_CHILD = {P.SEE_PLAN, P.SEE_APPOINTMENTS, P.ANSWER_AS_FAMILY, P.SEE_ACCESS_MATRIX}
YOUNG = SMALL_CHILD | {P.SEE_MESSAGES}
# (who, years) -> what opens the day before the birthday, and on it. Shares and agreements stand all along.
BIRTHDAYS = {
    ("guardian", 13): (ALL, SHARED["plan"] | {P.SEE_OWN_RECORD}),
    ("guardian", 16): (SHARED["plan"] | {P.SEE_OWN_RECORD}, SHARED["plan"]),
    ("guardian", 18): (SHARED["plan"], set()),
    ("child", 13): (SMALL_CHILD, YOUNG),
    ("child", 16): (YOUNG, ALL - {P.SEE_OWN_FAMILY}),
    ("child", 18): (ALL - {P.SEE_OWN_FAMILY},) * 2,
}
LEAP, DST_SPRING, DST_AUTUMN = date(2012, 2, 29), date(2012, 3, 29), date(2012, 10, 25)


def turns(day: date, years: int) -> date:
    """The birthday as the ruling has it, worked out by hand: 28 February in years without a 29th."""
    year = day.year + years
    leap = year % 4 == 0
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not leap else day.replace(year=year)


@pytest.mark.parametrize(
    ("case", "birth"), list(product(BIRTHDAYS, (date(2012, 6, 15), LEAP, DST_SPRING, DST_AUTUMN)))
)
def test_everything_turns_at_midnight_in_stockholm_on_the_birthday(cast, case, birth):
    """A second before and the very second, also for leap-day births and on days next to the clock changes."""
    (kind, years), (before, after) = case, BIRTHDAYS[case]
    row = born(cast, "noa", birth)
    midnight = datetime.combine(turns(birth, years), datetime.min.time(), clock.STOCKHOLM).astimezone(UTC)
    share(cast, "anders", "noa", "plan", starts_at=datetime(2020, 1, 1, tzinfo=UTC))
    decide(cast, "anders", "noa", "extended", starts_on=date(2020, 1, 1), ends_on=date(2040, 1, 1))
    Custody.objects.filter(child=row).update(starts_on=birth, ends_on=None)
    who = cast.actor("anders" if kind == "guardian" else "noa", kind)
    assert opened(replace(who, now=midnight - timedelta(seconds=1)), row.pk) == before
    assert opened(replace(who, now=midnight), row.pk) == after


@pytest.mark.parametrize(
    ("last_day", "utc_hour"),
    [(date(2026, 3, 28), 23), (date(2026, 3, 29), 22), (date(2026, 10, 24), 22), (date(2026, 10, 25), 23)],
)
def test_a_block_ends_with_its_last_swedish_day_on_both_nights_of_the_clock(cast, last_day, utc_hour):
    """The nights into and out of 29 March and 25 October 2026: midnight is 23 UTC in winter, 22 in summer."""
    born(cast, "alva", date(2018, 1, 1))
    decide(cast, "maria", "alva", "blocked", starts_on=date(2026, 1, 1), ends_on=last_day)
    over = datetime(last_day.year, last_day.month, last_day.day, utc_hour, tzinfo=UTC)
    maria, alva = cast.actor("maria"), cast.child("alva").pk
    assert opened(replace(maria, now=over - timedelta(seconds=1)), alva) == NOTHING
    assert opened(replace(maria, now=over), alva) == ALL


RULES = {
    ("maria", "alva", P.SEE_PLAN): "8.5.guardian.pages",
    ("maria", "alva", P.SEE_OWN_RECORD): "8.5.guardian.record",
    ("anders", "noa", P.SEE_PLAN): "8.5.guardian.shared",
    ("anders", "noa", P.SEE_OWN_RECORD): "8.5.guardian.extended",
    ("alva", "alva", P.SEE_PLAN): "8.5.child.own_pages",
    ("noa", "noa", P.SEE_PLAN): "8.5.child.e_services",
    ("noa", "noa", P.SEE_OWN_RECORD): "8.5.child.mature",
}


@pytest.mark.parametrize("case", RULES, ids=lambda case: f"{case[0]}-{case[2]}")
def test_the_log_says_by_which_rule_it_was_opened(cast, case):
    from kring.audit.models import AccessLogRow

    who, child, permission = case
    share(cast, "anders", "noa", "plan")
    decide(cast, "anders", "noa", "extended")
    assess(cast, "noa", "record", TODAY)
    actor = cast.actor(who)
    gate.child_or_404(actor, permission, cast.child(child).pk, what="here")
    assert AccessLogRow.objects.latest("pk").rule == RULES[case]
    assert gate.explain(actor, permission, cast.child(child).pk).rule_id == RULES[case]


def test_a_younger_child_is_asked_about_once_for_all_of_its_pages(cast):
    actor, alva = cast.actor("maria"), cast.child("alva").pk
    gate.child_or_404(actor, P.SEE_OWN_FAMILY, alva, what="home")
    for permission in (P.SEE_PLAN, P.SEE_APPOINTMENTS, P.SEE_MOOD):
        rows = gate.rows_for(actor, permission, Custody.objects.all(), alva)
        assert "EXISTS" not in str(rows.query), permission
        assert rows.exists()
    assert "EXISTS" in str(gate.rows_for(actor, P.SEE_OWN_RECORD, Custody.objects.all(), alva).query)


@pytest.mark.parametrize(("born", "opens"), [(date(2013, 11, 17), False), (date(2013, 11, 16), True)])
def test_the_smaller_child_s_own_pages_open_no_messages(cast, born, opens):
    """What the gate notes when it lets a child in to its pages is not messages before its 13th birthday."""
    alva = cast.child("alva")
    alva.birth_date = born
    alva.save()
    actor = cast.actor("alva")
    gate.child_or_404(actor, P.SEE_OWN_PAGES, alva.pk, what="own.home")
    for permission in (P.SEE_MESSAGES, P.WRITE_MESSAGE):
        assert gate.rows_for(actor, permission, alva.care_relations.all(), alva.pk).exists() == opens
        assert gate.explain(actor, permission, alva.pk).opens == opens
    assert gate.rows_for(actor, P.SEE_PLAN, alva.care_relations.all(), alva.pk).exists()
    rule = "8.5.child.e_services" if opens else "8.5.child.own_only"
    assert gate.explain(actor, P.SEE_MESSAGES, alva.pk).rule_id == rule


@pytest.mark.parametrize("who", ["sara", "jonas", "fatima"])
@pytest.mark.parametrize("block", list(Block))
def test_what_another_unit_holds_takes_a_choice_whatever_covers_it(cast, who, block):
    """The facts of ruling 23, as every package that shows other units' texts asks with them."""
    before, after = (
        facts.another_unit(cast.actor(who), P.SEE_MESSAGES, block=block, chosen=chosen)
        for chosen in (WorkNeed.NONE, WorkNeed.CARE)
    )
    assert not SAME_PROVIDER.decide(before, on=TODAY).opens
    assert SAME_PROVIDER.decide(after, on=TODAY).opens == (block in (Block.NONE, Block.OUTER))
    assert (before.same_unit, before.active_choice, after.active_choice) == (False, False, True)
