"""A unit head's decisions about a guardian: at once, without a trace for the family, and never for others."""

from datetime import date, timedelta

import pytest

from kring.access import gate
from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission as P
from kring.access.policy.extract import ExtractReader
from kring.access.policy.notices import Way
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import Child, Guardian, GuardianDecision
from kring.log_review.rules.hidden import touches_hidden
from kring.notifications.commands import choose_ways, tell
from kring.notifications.models import Delivery, Notice
from kring.notifications.rules import Topic
from kring.secrecy.commands.guardians import (
    block_guardian,
    confirm_decision,
    end_decision,
    extend_guardian,
    keep_guardian,
    last_day_of_extension,
)
from kring.secrecy.queries.guardians import decisions_of
from kring.timeline.models import Event, Task
from kring.timeline.queries import tasks_of
from tests.cast import NOW
from tests.post import confirm
from tests.unit.secrecy.world import TODAY, later

pytestmark = pytest.mark.django_db
WHY = "Barnet kan komma till skada"


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


def block(cast, guardian="maria", child="alva", who="eva", **more):
    about = {"child_id": cast.child(child).pk, "guardian_id": cast.guardian(guardian).pk}
    return block_guardian(by=cast.actor(who), reason=WHY, **about, **more)


def sees(cast, who, child="alva", permission=P.SEE_OWN_FAMILY, now=NOW) -> bool:
    actor = cast.actor(who, "guardian", now)
    return gate.children_for(actor, permission, cast.child(child).pk).exists()


def test_a_blocked_guardian_is_out_at_the_next_request_and_the_other_is_not(cast):
    assert sees(cast, "maria")
    block(cast)
    assert not sees(cast, "maria")
    assert sees(cast, "johan")
    for permission in (P.SEE_PLAN, P.SEE_APPOINTMENTS, P.SEE_OWN_RECORD, P.ANSWER_AS_FAMILY, P.SEE_MOOD):
        assert not sees(cast, "maria", permission=permission)


def test_the_answer_is_the_one_for_a_child_that_is_not_there(cast):
    block(cast)
    with pytest.raises(Invisible):
        gate.child_or_404(cast.actor("maria"), P.SEE_OWN_FAMILY, cast.child("alva").pk, what="family.home")


def told(cast, who: str) -> int:
    return Notice.objects.filter(person=getattr(cast, who), unit__isnull=True).count()


def test_what_was_on_its_way_is_taken_back_and_nothing_new_is_told(cast):
    for who in ("maria", "johan"):
        choose_ways(by=cast.actor(who), chosen={Way.EMAIL: ("namn@exempel.se", list(Topic))})
        confirm(cast.actor(who))
    alva, about = cast.child("alva").pk, cast.child("omar").pk
    tell(by=cast.actor("karin"), act="meeting_cancelled", child_id=alva, about=about, family=True)
    assert (told(cast, "maria"), told(cast, "johan"), Delivery.objects.count()) == (1, 1, 2)
    block(cast)
    assert (told(cast, "maria"), told(cast, "johan"), Delivery.objects.count()) == (0, 1, 1)
    tell(by=cast.actor("karin"), act="plan_version", child_id=alva, about=about, family=True)
    assert (told(cast, "maria"), told(cast, "johan")) == (0, 2)


def test_nobody_in_the_family_can_read_that_it_was_decided(cast):
    made = block(cast, acute=True)
    assert not Event.objects.filter(child=cast.child("alva")).exists()
    row = AccessLogRow.objects.filter(what="guardian.decision", object_id=str(made.pk)).get()
    assert row.reason == "", "the reason stands in the decision, which no extract reads"
    assert touches_hidden(row.what, row.object_id, ExtractReader.GUARDIAN)
    assert not Notice.objects.exists()
    assert decisions_of(cast.actor("johan"), made.child_id) == []


def test_in_haste_it_is_tried_again_within_three_days(cast):
    made = block(cast, acute=True)
    assert made.review_on == TODAY + timedelta(days=3)
    (task,) = tasks_of(cast.actor("eva"), made.child)
    assert (task.kind, task.subject, task.due_on) == ("guardian_review", made.pk, made.review_on)
    assert tasks_of(cast.actor("sara"), made.child) == []
    confirm_decision(by=later(cast.actor("eva"), days=2), decision_id=made.pk)
    assert not Task.objects.filter(done_at__isnull=True).exists()
    assert not sees(cast, "maria", now=NOW + timedelta(days=30)), "it holds until somebody ends it"


def test_a_decision_that_was_ended_opens_again(cast):
    made = block(cast, acute=True)
    end_decision(by=cast.actor("eva"), decision_id=made.pk)
    assert sees(cast, "maria")
    assert not Task.objects.filter(done_at__isnull=True).exists()
    with refused("already_ended"):
        end_decision(by=cast.actor("eva"), decision_id=made.pk)
    with refused("already_ended"):
        confirm_decision(by=cast.actor("eva"), decision_id=made.pk)
    assert block(cast).pk != made.pk


@pytest.mark.parametrize("who", ["karin", "sara", "maja", "jonas", "peter", "ann", "maria", "alva", "nils"])
def test_only_a_unit_head_decides(cast, who):
    with pytest.raises((Invisible, NotAllowed)):
        block(cast, who=who)
    made = block(cast)
    for command in (end_decision, confirm_decision):
        with pytest.raises((Invisible, NotAllowed)):
            command(by=cast.actor(who), decision_id=made.pk)
    assert decisions_of(cast.actor(who), made.child_id) == []


def test_it_is_about_somebody_with_custody_and_once(cast):
    with refused("guardian_unknown"):
        block(cast, guardian="leila")
    with refused("closed", "8.5.decide.reason"):
        about = {"child_id": cast.child("alva").pk, "guardian_id": cast.guardian("maria").pk}
        block_guardian(by=cast.actor("eva"), reason=" ", **about)
    block(cast)
    with refused("same_decision"):
        block(cast)
    assert not sees(cast, "maria")


def test_another_unit_reads_nothing_of_it(cast):
    made = block(cast)
    GuardianDecision.objects.update(unit=cast.unit("sas-bum-boras"))
    assert decisions_of(cast.actor("eva"), made.child_id) == []
    with pytest.raises(Invisible):
        end_decision(by=cast.actor("eva"), decision_id=made.pk)
    assert not sees(cast, "maria"), "it closes whichever unit has decided"


def test_a_guardian_keeps_the_access_beside_one_with_protected_identity(cast):
    about = {"child_id": cast.child("alva").pk, "guardian_id": cast.guardian("maria").pk}
    with refused("closed", "8.5.decide.none"):
        keep_guardian(by=cast.actor("eva"), reason=WHY, **about)
    Guardian.objects.filter(pk=cast.guardian("johan").pk).update(protected_identity=True)
    assert not sees(cast, "maria")
    made = keep_guardian(by=cast.actor("eva"), reason=WHY, **about)
    assert sees(cast, "maria")
    assert not sees(cast, "johan")
    block(cast)
    assert not sees(cast, "maria"), "a block is the stricter of the two"
    end_decision(by=cast.actor("eva"), decision_id=made.pk)


def extend(cast, ends_on, agreed=True, **more):
    about = {"child_id": cast.child("noa").pk, "guardian_id": cast.guardian("anders").pk}
    return extend_guardian(
        by=cast.actor("eva"), reason="Barnet vill det", child_agreed=agreed, ends_on=ends_on, **about
    )


def test_extended_access_is_for_the_record_until_the_day_before_16(cast):
    noa = cast.child("noa")
    last = last_day_of_extension(noa, TODAY)
    assert last == date(noa.birth_date.year + 16, 6, 1)
    with refused("closed", "8.5.decide.agreed"):
        extend(cast, last, agreed=False)
    with refused("closed", "8.5.decide.none"):
        extend(cast, last + timedelta(days=1))
    with refused("closed", "8.5.decide.none"):
        extend(cast, TODAY - timedelta(days=1))
    extend(cast, last)
    assert sees(cast, "anders", "noa", P.SEE_OWN_RECORD)
    assert not sees(cast, "anders", "noa", P.SEE_PLAN)
    end = later(cast.actor("anders"), days=(last - TODAY).days)
    assert gate.children_for(end, P.SEE_OWN_RECORD, noa.pk).exists()
    assert not gate.children_for(later(end, days=1), P.SEE_OWN_RECORD, noa.pk).exists()


@pytest.mark.parametrize(
    ("born", "precision", "last"),
    [
        (date(2012, 2, 29), "day", date(2028, 2, 28)),
        (date(2011, 2, 28), "day", date(2027, 2, 27)),
        (date(2011, 6, 30), "month", date(2027, 5, 31)),
        (date(2011, 12, 31), "year", date(2026, 12, 31)),
    ],
)
def test_the_last_day_is_before_the_child_can_have_turned_16(born, precision, last):
    child = Child(birth_date=born, birth_precision=precision)
    assert last_day_of_extension(child, TODAY) == last


@pytest.mark.parametrize("years", [12, 16])
def test_there_is_nothing_to_extend_before_13_or_from_16(cast, years):
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(TODAY.year - years, 1, 1))
    with refused("closed", "8.5.decide.none"):
        extend(cast, TODAY)
