"""What each guardian of a young person sees, what the young person decides of it, and that nobody is told."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import Custody, Guardian, GuardianDecision, Placement, YoungShare
from kring.notifications.models import Notice
from kring.secrecy.commands.shares import start_sharing, stop_sharing
from kring.secrecy.queries.shares import OFFERED, RECORD, THINGS, anyone_sees, guardians_see
from kring.timeline.models import Event, Task
from kring.timeline.queries import events_of

TODAY = date(2026, 11, 16)
MEETS = {
    "plan": P.SEE_PLAN,
    "appointment": P.SEE_APPOINTMENTS,
    "mood_answer": P.SEE_MOOD,
    "message": P.SEE_MESSAGES,
    RECORD: P.SEE_OWN_RECORD,
}


def seen(cast, guardian="anders") -> dict[str, bool]:
    noa = cast.child("noa")
    found = {one.guardian.pk: one for one in guardians_see(cast.actor("noa"), noa)}
    return {cell.thing: cell.sees for cell in found[cast.guardian(guardian).pk].cells}


def share(cast, thing="plan", guardian="anders", act=start_sharing, **more):
    by = cast.actor("noa", **more)
    return act(by=by, child_id=cast.child("noa").pk, guardian_id=cast.guardian(guardian).pk, thing=thing)


def second_guardian(cast, name="maria"):
    return Custody.objects.create(
        child=cast.child("noa"), guardian=cast.guardian(name), starts_on=date(2020, 1, 1)
    )


def decide(cast, kind, guardian="anders"):
    GuardianDecision.objects.create(
        child=cast.child("noa"),
        guardian=cast.guardian(guardian),
        kind=kind,
        unit=cast.unit("sas-bup-boras"),
        reason="Invänta beslut",
        child_agreed=True,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=90),
        decided_by=cast.eva,
        decided_at=cast.now,
    )


def test_nothing_is_seen_until_it_is_shared(cast):
    assert seen(cast) == dict.fromkeys(THINGS, False)
    assert not anyone_sees(guardians_see(cast.actor("noa"), cast.child("noa")), "plan")


@pytest.mark.parametrize("thing", sorted(OFFERED))
def test_one_thing_is_shown_and_no_other(cast, thing):
    assert share(cast, thing) is True
    assert seen(cast) == dict.fromkeys(THINGS, False) | {thing: True}
    assert anyone_sees(guardians_see(cast.actor("noa"), cast.child("noa")), thing)


def test_one_guardian_is_shown_and_not_the_other(cast):
    second_guardian(cast)
    share(cast, "plan", "maria")
    assert seen(cast, "maria")["plan"] and not seen(cast, "anders")["plan"]


def test_turned_off_it_is_closed_in_the_very_next_request(cast):
    share(cast)
    anders, noa = cast.actor("anders"), cast.child("noa").pk
    assert gate.children_for(anders, P.SEE_PLAN, noa).exists()
    assert share(cast, act=stop_sharing) is True
    # The moment of asking is the same: no second has to pass.
    assert not gate.children_for(cast.actor("anders"), P.SEE_PLAN, noa).exists()
    with pytest.raises(gate.Invisible):
        gate.child_or_404(cast.actor("anders"), P.SEE_PLAN, noa, what="plan")


def test_nobody_is_told(cast):
    messages, tasks = Notice.objects.count(), Task.objects.count()
    share(cast)
    share(cast, act=stop_sharing)
    assert (Notice.objects.count(), Task.objects.count()) == (messages, tasks)


def test_the_event_is_seen_by_neither_guardian_nor_staff(cast):
    share(cast)
    noa = cast.child("noa")
    kinds = set(Event.objects.filter(child=noa).values_list("kind", flat=True))
    assert "young_share_started" in kinds
    for who in ("anders", "david", "karin", "lena", "noa"):
        assert not [one for one in events_of(cast.actor(who), noa) if one.kind.startswith("young_")], who


def test_the_rows_are_kept_with_their_beginning_and_end(cast):
    later = cast.now + timedelta(hours=2)
    share(cast)
    share(cast, act=stop_sharing, now=later)
    share(cast, now=later + timedelta(hours=1))
    rows = YoungShare.objects.order_by("starts_at").values_list("starts_at", "ended_at")
    assert list(rows) == [(cast.now, later), (later + timedelta(hours=1), None)]
    assert Event.objects.filter(kind="young_share_stopped").count() == 1


def test_twice_is_once(cast):
    assert share(cast) is True
    assert share(cast) is False
    assert share(cast, act=stop_sharing) is True
    assert share(cast, act=stop_sharing) is False
    assert YoungShare.objects.count() == 1
    assert Event.objects.filter(kind__startswith="young_share").count() == 2


def test_each_change_stands_in_the_log_by_its_rule(cast):
    before = AccessLogRow.objects.count()
    share(cast)
    rows = AccessLogRow.objects.order_by("-pk")[: AccessLogRow.objects.count() - before]
    written = [row for row in rows if row.action == "write"]
    assert [(row.what, row.rule, str(row.child_id)) for row in written] == [
        ("own.share", "8.5.guardian.shared", str(cast.child("noa").pk))
    ]


@pytest.mark.parametrize("thing", [RECORD, "nonsense"])
def test_what_is_not_offered_cannot_be_shared(cast, thing):
    with pytest.raises(Refusal):
        share(cast, thing)
    assert not YoungShare.objects.exists()


def test_only_a_guardian_of_today_can_be_shown_anything(cast):
    with pytest.raises(Refusal) as refused:
        share(cast, guardian="maria")
    assert refused.value.code == "guardian_unknown"


def test_what_was_shown_to_a_former_guardian_can_still_be_stopped(cast):
    share(cast)
    Custody.objects.filter(child=cast.child("noa")).update(ends_on=TODAY - timedelta(days=1))
    assert share(cast, act=stop_sharing) is True


@pytest.mark.parametrize("who", ["anders", "maria", "david", "karin", "alva"])
@pytest.mark.parametrize("act", [start_sharing, stop_sharing])
def test_nobody_but_the_young_person_decides(cast, who, act):
    by = cast.actor(who)
    with pytest.raises((gate.Invisible, gate.NotAllowed)):
        act(by=by, child_id=cast.child("noa").pk, guardian_id=cast.guardian("anders").pk, thing="plan")
    assert not YoungShare.objects.exists()


@pytest.mark.parametrize("why", ["blocked", "protected", "other", "child", "placed"])
def test_where_the_choice_would_open_nothing_it_is_not_offered(cast, why):
    closed_by(cast, why)
    cells = [cell for one in guardians_see(cast.actor("noa"), cast.child("noa")) for cell in one.cells]
    mine = cells[: len(THINGS)]
    assert not any(cell.sees or cell.chosen_by_young for cell in mine)
    with pytest.raises(Refusal) as refused:
        share(cast)
    assert refused.value.rule == mine[0].rule


def closed_by(cast, why):
    noa, anders = cast.child("noa"), cast.guardian("anders")
    if why == "blocked":
        decide(cast, "blocked")
    elif why == "protected":
        Guardian.objects.filter(pk=anders.pk).update(protected_identity=True)
    elif why == "other":
        second_guardian(cast)
        Guardian.objects.filter(pk=cast.guardian("maria").pk).update(protected_identity=True)
    elif why == "child":
        noa.protection = "flag"
        noa.save(update_fields=["protection"])
    elif why == "placed":
        Placement.objects.create(
            child=noa,
            kind="care_order",
            starts_on=TODAY,
            unit=cast.unit("socialtjanst-boras"),
            recorded_by=cast.fatima,
            recorded_at=cast.now,
        )


CONDITIONS = ("", "blocked", "protected", "other", "child", "placed", "kept", "extended")
BIRTHDAYS = (
    date(2013, 11, 17),
    date(2013, 11, 16),
    date(2010, 11, 16),
    date(2008, 11, 17),
    date(2008, 11, 16),
)


@pytest.mark.parametrize(("why", "born"), list(product(CONDITIONS, BIRTHDAYS)))
def test_the_table_says_what_the_gate_does(cast, why, born):
    """Each cell is the gate's own answer to that guardian, by the same rule: at 12 years and 364 days, on the
    13th, 16th and 18th birthdays and the day before.
    """
    noa = cast.child("noa")
    if why in ("kept", "extended"):
        decide(cast, why)
    else:
        closed_by(cast, why)
    YoungShare.objects.create(
        child=noa, guardian=cast.guardian("anders"), thing="appointment", starts_at=cast.now - timedelta(1)
    )
    noa.birth_date = born
    noa.save(update_fields=["birth_date"])
    noa.refresh_from_db()
    anders = cast.actor("anders")
    for one in guardians_see(cast.actor("noa"), noa):
        reader = replace(anders, guardian_id=one.guardian.pk, person_id=one.guardian.person_id)
        for thing, permission in MEETS.items():
            decision, cell = gate.explain(reader, permission, noa.pk), one.cell(thing)
            assert (cell.sees, cell.rule) == (decision.opens, decision.rule_id), (thing, one.guardian)
            assert gate.children_for(reader, permission, noa.pk).exists() == cell.sees


def test_four_questions_however_many_guardians(cast, django_assert_num_queries):
    second_guardian(cast)
    second_guardian(cast, "johan")
    by, noa = cast.actor("noa"), cast.child("noa")
    with django_assert_num_queries(4):
        guardians_see(by, noa)
