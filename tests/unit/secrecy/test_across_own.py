"""Sharing across care providers: a child that decides answers itself, and a guardian takes its own yes back
when age has closed the pages; whoever is shut out for another reason finds nothing there.
"""

from datetime import timedelta

import pytest

from kring.access import gate
from kring.access.consents import across_of
from kring.access.policy.recording import Said
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.commands import record_consent
from kring.children.models import Child, Consent, Custody, Guardian, GuardianDecision, MaturityAssessment
from kring.notifications.models import Notice
from kring.secrecy.commands.across import (
    answer_for_oneself,
    record_across,
    take_back_behind_age,
    take_back_own,
)
from kring.secrecy.queries.across import yes_behind_age
from tests.cast import NOW

DAY = timedelta(days=1)
OURS, OTHERS = "bokskogen-boras", "sas-bup-boras"


def judged(cast, subject="noa", mature=True):
    MaturityAssessment.objects.create(
        child=cast.child(subject), question="consent", mature_from=NOW.date() if mature else None,
        grounds="Förstår", unit=cast.unit(OTHERS), assessed_by=cast.eva, assessed_at=NOW - DAY,
    )  # fmt: skip


def said_before(cast, who="anders", subject="noa", *, state="given", units=(OURS,), ago=400, **more):
    at = NOW - ago * DAY
    return record_consent(
        scope=[(cast.unit(key).pk, "record") for key in units],
        child=cast.child(subject), guardian=cast.guardian(who) if who else None, purpose="across_providers",
        state=state, form="portal", starts_on=at.date(), documented_by=cast.karin, recorded_at=at, **more,
    )  # fmt: skip


def answers(cast, said=Said.YES, units=(OURS,), subject="noa", now=NOW, **more):
    keys = [cast.unit(key).pk for key in units]
    by = cast.actor(subject, now=now)
    return answer_for_oneself(by=by, child_id=cast.child(subject).pk, said=said, unit_ids=keys, **more)


def stands(cast, subject="noa", after=1):
    child = cast.child(subject)
    return across_of(cast.actor(subject, now=NOW + timedelta(minutes=after)), child)


class TestTheChildItself:
    @pytest.mark.parametrize("subject", ["noa", "alva"])
    def test_whoever_is_mature_says_yes_to_certain_units_of_any_age(self, cast, subject):
        judged(cast, subject)
        row = answers(cast, subject=subject)
        assert (row.guardian_id, row.form, row.state) == (None, "portal", "given")
        assert stands(cast, subject).cells == {(cast.unit(OURS).pk, "record")}
        written = AccessLogRow.objects.filter(what="consent.across", action="write").get()
        assert (written.rule, written.object_id) == ("8.6.child", str(row.pk))
        assert not Notice.objects.exists()

    def test_the_grown_answer_without_being_judged(self, cast):
        Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=NOW.date().replace(year=2008))
        answers(cast)
        assert stands(cast).standing.is_valid

    def test_a_no_closes_what_a_guardian_opened_before(self, cast):
        said_before(cast)
        judged(cast)
        answers(cast, Said.NO, units=())
        assert stands(cast).cells == frozenset() and stands(cast).standing.state == "conflict"

    @pytest.mark.parametrize("said", [Said.YES, Said.NO])
    @pytest.mark.parametrize("mature", [None, False])
    def test_somebody_who_does_not_decide_is_told_so_by_the_rule(self, cast, said, mature):
        if mature is not None:
            judged(cast, mature=mature)
        with pytest.raises(Refusal) as refused:
            answers(cast, said)
        assert refused.value.rule == "8.6.child.not_mature"
        assert not Consent.objects.filter(purpose="across_providers").exists()

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [({"units": ()}, "choose_readers"), ({"ends_on": NOW.date() - DAY}, "consent_over")],
    )
    def test_a_yes_needs_a_reader_and_a_day_to_come(self, cast, wrong, code):
        judged(cast)
        with pytest.raises(Refusal) as refused:
            answers(cast, **wrong)
        assert refused.value.code == code

    def test_a_yes_written_in_and_judged_its_own_can_be_changed_without_being_lost(self, cast):
        """Nothing but the treating professional's word makes it the child's: it stays the child's."""
        said_before(cast, None, ago=3, judged_mature=True)
        assert stands(cast).standing.is_valid
        answers(cast, units=(OTHERS,))
        assert stands(cast).cells == {(cast.unit(OTHERS).pk, "record")}

    def test_it_is_taken_back_whoever_decides_now(self, cast):
        judged(cast)
        row = answers(cast)
        MaturityAssessment.objects.update(mature_from=None)
        take_back_own(by=cast.actor("noa", now=NOW + DAY), child_id=cast.child("noa").pk)
        row.refresh_from_db()
        assert row.withdrawn_at == NOW + DAY and not stands(cast, after=3000).cells
        with pytest.raises(Refusal) as refused:
            take_back_own(by=cast.actor("noa"), child_id=cast.child("noa").pk)
        assert refused.value.rule == "8.6.withdraw.own"

    @pytest.mark.parametrize("who", ["anders", "maria", "alva", "mona"])
    def test_nobody_answers_in_the_child_s_place(self, cast, who):
        judged(cast)
        about = {"by": cast.actor(who), "child_id": cast.child("noa").pk}
        for act in (lambda: answer_for_oneself(**about, said=Said.NO), lambda: take_back_own(**about)):
            with pytest.raises((gate.Invisible, gate.NotAllowed)):
                act()


class TestAGuardianBehindTheAgeLimit:
    def test_its_own_yes_stands_there_and_is_taken_back_at_once(self, cast):
        given = said_before(cast, units=(OURS, OTHERS))
        anders = cast.actor("anders")
        assert [row.pk for row in yes_behind_age(anders)] == [given.pk]
        assert len(stands(cast).cells) == 2
        take_back_behind_age(by=anders, consent_id=given.pk)
        assert not stands(cast).cells and yes_behind_age(anders) == []
        written = AccessLogRow.objects.filter(what="consent.across", action="write").get()
        assert (written.rule, written.child_id) == ("8.6.withdraw", cast.child("noa").pk)

    @pytest.mark.parametrize(
        "earlier",
        [
            {"state": "refused", "units": ()},
            {"state": "not_asked", "units": ()},
            {"withdrawn_at": NOW - DAY},
            {"ends_on": NOW.date() - DAY},
            {"who": "maria"},
            {"subject": "alva", "who": "maria"},
        ],
    )
    def test_only_a_yes_of_its_own_that_holds(self, cast, earlier):
        row = said_before(cast, **earlier)
        for who in ("anders", "maria"):
            assert yes_behind_age(cast.actor(who)) == []
            with pytest.raises(gate.Invisible):
                take_back_behind_age(by=cast.actor(who), consent_id=row.pk)

    def test_the_newest_of_several_is_the_one_that_counts(self, cast):
        said_before(cast, ago=500)
        newest = said_before(cast, ago=450)
        assert [row.pk for row in yes_behind_age(cast.actor("anders"))] == [newest.pk]

    @pytest.mark.parametrize("why", ["blocked", "guardian", "child", "custody", "adult"])
    def test_shut_out_for_another_reason_it_finds_nothing(self, cast, why):
        given, noa = said_before(cast), cast.child("noa")
        if why == "blocked":
            GuardianDecision.objects.create(
                child=noa, guardian=cast.guardian("anders"), kind="blocked", unit=cast.unit(OTHERS),
                reason="Invänta", starts_on=NOW.date(), decided_by=cast.eva, decided_at=NOW,
            )  # fmt: skip
        elif why == "guardian":
            Guardian.objects.filter(pk=cast.guardian("anders").pk).update(protected_identity=True)
        elif why == "child":
            Child.objects.filter(pk=noa.pk).update(protection="flag")
        elif why == "custody":
            Custody.objects.filter(child=noa).update(ends_on=NOW.date() - DAY)
        else:
            Child.objects.filter(pk=noa.pk).update(birth_date=NOW.date().replace(year=2008))
        anders = cast.actor("anders")
        assert yes_behind_age(anders) == []
        with pytest.raises(gate.Invisible):
            take_back_behind_age(by=anders, consent_id=given.pk)
        given.refresh_from_db()
        assert given.withdrawn_at is None

    def test_what_staff_wrote_in_after_the_birthday_is_its_own_to_take_back_too(self, cast):
        mona, noa = cast.actor("mona"), cast.child("noa")
        if not gate.children_for(mona, gate.Permission.SEE_RECORD, noa.pk).exists():
            from kring.children.commands import relate

            relate(child=noa, unit=cast.unit(OURS), starts_on=NOW.date() - DAY)
        key = cast.guardian("anders").pk
        row = record_across(by=mona, child_id=noa.pk, signer=key, said=Said.YES, form="oral")
        assert [one.pk for one in yes_behind_age(cast.actor("anders"))] == [row.pk]
