"""Notes of concern: who writes and reads them, and that nobody in the family ever learns of one."""

import pytest

from kring.access import gate
from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission as P
from kring.access.policy.extract import ExtractReader
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.care.concerns import commands
from kring.care.concerns.commands import hand_over, write_concern
from kring.care.concerns.models import ConcernReport
from kring.care.concerns.queries import concern_of, received, received_or_404
from kring.children.commands import hold
from kring.children.models import Child
from kring.log_review.rules.hidden import touches_hidden
from kring.notifications.models import Notice
from kring.timeline.models import Event, Task
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SOCIAL = "socialtjanst-boras"
STAFF = ["karin", "lena", "jonas", "sara", "peter", "eva", "maja"]


def write(cast, who="karin", child="alva", text="Hon vågar inte gå hem."):
    return write_concern(by=cast.actor(who, role(who)), child_id=cast.child(child).pk, text=text)


def role(who: str) -> str | None:
    return "school_nurse" if who == "lena" else None


def hand(cast, report, who="karin", unit=SOCIAL):
    return hand_over(by=cast.actor(who), report_id=report.pk, unit_id=cast.unit(unit).pk, how="phone")


def refused(code: str):
    return pytest.raises(Refusal, check=lambda one: one.code == code)


@pytest.mark.parametrize("who", STAFF)
def test_whoever_meets_the_child_at_work_writes_and_its_own_unit_reads(cast, who):
    report = write(cast, who, text="  Hon vågar inte gå hem. ")
    actor = cast.actor(who, role(who))
    assert (report.text, report.written_at, report.unit_id) == ("Hon vågar inte gå hem.", NOW, actor.unit_id)
    assert concern_of(actor, report.child_id).reports == (report,)


def test_another_unit_reads_nothing_of_it(cast):
    report = write(cast)
    for who in set(STAFF) - {"karin", "eva", "maja"}:
        actor = cast.actor(who, role(who))
        assert concern_of(actor, report.child_id).reports == ()


@pytest.mark.parametrize("who", ["maria", "johan", "alva"])
def test_nobody_in_the_family_reads_writes_or_learns_of_it(cast, who):
    report = hand(cast, write(cast))
    actor = cast.actor(who)
    assert not actor.may(P.REPORT_CONCERN)
    assert not gate.children_for(actor, P.REPORT_CONCERN).exists()
    for attempt in (
        lambda: concern_of(actor, report.child_id),
        lambda: write_concern(by=actor, child_id=report.child_id, text="x"),
        lambda: received_or_404(actor, report.pk),
    ):
        with pytest.raises((Invisible, NotAllowed)):
            attempt()
    assert received(actor) == []


def test_it_leaves_no_event_task_or_notice_and_no_row_in_the_familys_extract(cast):
    before = Event.objects.count(), Task.objects.count(), Notice.objects.count()
    report = hand(cast, write(cast))
    concern_of(cast.actor("karin"), report.child_id)
    received_or_404(cast.actor("fatima"), report.pk)
    assert (Event.objects.count(), Task.objects.count(), Notice.objects.count()) == before
    rows = list(AccessLogRow.objects.filter(child_id=report.child_id))
    assert {row.what for row in rows} == {"concern.write", "concern.handed", "concern.page", "concern.read"}
    for reader in ExtractReader:
        hides = reader in {ExtractReader.GUARDIAN, ExtractReader.CHILD}
        assert all(touches_hidden(row.what, row.object_id, reader) is hides for row in rows)
    assert not any(report.text in row.reason for row in rows)


def test_social_services_read_it_from_when_it_was_handed_over(cast):
    report, fatima = write(cast), cast.actor("fatima")
    assert received(fatima) == []
    with pytest.raises(Invisible):
        received_or_404(fatima, report.pk)
    done = hand(cast, report)
    assert (done.handed_to.key, done.handed_how, done.handed_by, done.handed_at) == (
        SOCIAL,
        "phone",
        cast.karin,
        NOW,
    )
    assert received(fatima) == [report]
    assert received_or_404(fatima, report.pk).text == report.text
    assert not gate.children_for(fatima, P.SEE_CHILD, report.child_id).exists(), "and nothing else of Alva"
    row = AccessLogRow.objects.get(what="concern.read", action="read", outcome="allowed")
    assert row.rule == "reports.handles"


@pytest.mark.parametrize("who", ["tove", "karin", "jonas", "ann", "otto", "nils"])
def test_nobody_but_those_who_handle_it_receives_it(cast, who):
    report = hand(cast, write(cast))
    ConcernReport.objects.update(handed_to=cast.actor(who).unit_id)
    assert received(cast.actor(who)) == []
    with pytest.raises((Invisible, NotAllowed)):
        received_or_404(cast.actor(who), report.pk)


def test_it_is_handed_over_once_and_only_to_social_services(cast):
    report = write(cast)
    with refused("not_social_services"):
        hand(cast, report, unit="skola-boras-1")
    hand(cast, report)
    with refused("already_handed"):
        hand(cast, report)
    with pytest.raises(Invisible):
        hand(cast, report, who="sara")


def test_of_two_colleagues_at_the_same_moment_one_hands_it_over_and_the_other_is_told(cast, monkeypatch):
    report = write(cast)
    first = {"handed_to": cast.unit(SOCIAL), "handed_by": cast.eva, "handed_at": NOW, "handed_how": "letter"}

    def meanwhile(**about):
        hold(**about)
        ConcernReport.objects.filter(pk=report.pk).update(**first)

    monkeypatch.setattr(commands, "hold", meanwhile)
    with refused("already_handed"):
        hand(cast, report)


def test_words_are_asked_for_and_kept_as_they_were(cast):
    with refused("words_missing"):
        write(cast, text="  ")
    write(cast, text="Första")
    write(cast, text="Andra")
    assert {one.text for one in ConcernReport.objects.all()} == {"Första", "Andra"}


def test_whom_to_call_is_told_by_the_childs_municipality_and_never_of_a_protected_child(cast):
    near = concern_of(cast.actor("karin"), cast.child("alva").pk).near
    assert [one.key for one in near] == [SOCIAL]
    assert all(one.phone for one in near)
    assert concern_of(cast.actor("karin"), cast.child("sigrid").pk).near == ()
    Child.objects.filter(pk=cast.child("alva").pk).update(municipality=None)
    assert concern_of(cast.actor("karin"), cast.child("alva").pk).near == ()


def test_of_a_protected_child_social_services_outside_the_group_read_nothing(cast):
    report = hand(cast, write(cast, child="sigrid"))
    assert received(cast.actor("fatima")) == []
    with pytest.raises(Invisible):
        received_or_404(cast.actor("fatima"), report.pk)
