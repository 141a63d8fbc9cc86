"""Nothing about a protected child leaves on paper, in a file or in a calendar (8.8 c)."""

from dataclasses import replace
from uuid import UUID

import pytest

from kring.access import gate, leaving
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.protected import ACTS, Act, ActAllowed, Grade
from kring.audit.models import AccessLogRow, Action
from kring.care.plans.models import Plan, Preparation
from kring.children.models import Child
from kring.portal.family import queries as family
from tests.cast import NOW

GRADES = [grade for grade in Grade if grade is not Grade.NONE]
OUT = (Act.PRINT, Act.EXPORT, Act.CALENDAR_FILE, Act.LETTER, Act.NOTICE, Act.PROXY)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("who", ["karin", "maria", "alva"])
def test_every_way_out_is_the_table_s_to_open(cast, who, grade, act):
    actor, child = cast.actor(who), Child(protection=grade.value)
    asked = ActAllowed(grade=grade, act=act, in_group=actor.is_staff)
    decision = ACTS.decide(asked, on=actor.today)
    assert leaving.stopped_by(actor, child, act) == ("" if decision.opens else decision.rule_id)


@pytest.mark.parametrize("act", OUT)
@pytest.mark.parametrize("who", ["karin", "maria", "alva"])
def test_of_a_protected_child_nothing_leaves_and_of_others_all_may(cast, who, act):
    for grade in GRADES:
        assert leaving.stopped_by(cast.actor(who), Child(protection=grade.value), act)
    assert leaving.stopped_by(cast.actor(who), Child(protection="none"), act) == ""


def test_what_is_stopped_is_refused_with_the_table_s_rule(cast):
    sigrid, actor = cast.child("sigrid"), cast.actor("sigrid")
    with pytest.raises(gate.NotAllowed) as refused:
        leaving.stop(actor, sigrid, Act.PRINT, Permission.SEE_OWN_PAGES, what="x", action=Action.PRINT)
    act = refused.value.act
    assert (act.rule, act.action, act.outcome, act.child_id) == (
        "8.8.carried_out", "print", "refused", sigrid.pk,
    )  # fmt: skip
    leaving.stop(
        cast.actor("alva"), cast.child("alva"), Act.PRINT, Permission.SEE_OWN_PAGES, what="x", action="print"
    )


def prepared(cast, subject: str) -> None:
    karin, child = cast.actor("karin"), cast.child(subject)
    stamp = {"changed_at": cast.now, "changed_by_id": karin.person_id}
    plan = Plan.objects.create(
        child=child, unit_id=karin.unit_id, need_identified_on=karin.today, started_at=cast.now, **stamp
    )
    Preparation.objects.create(plan=plan, good_at="Jag ritar bra", sent_at=cast.now, **stamp)


FILE, PAPER = "/min-sida/mina-moten/mitt-papper/pdf/", "/min-sida/mina-moten/mitt-papper/"


def test_a_protected_child_s_own_paper_is_no_file_and_its_page_offers_none(client, cast):
    prepared(cast, "sigrid")
    cast.log_in(client, "sigrid")
    page = client.get(PAPER)
    assert "Jag ritar bra" in page.content.decode()
    assert FILE not in page.content.decode()
    assert client.get(FILE).status_code == 403
    row = AccessLogRow.objects.get(outcome="refused")
    assert (row.rule, row.action, row.what) == ("8.8.carried_out", "print", "own.paper.file")
    assert row.child_id == cast.child("sigrid").pk
    assert not AccessLogRow.objects.filter(action="print", outcome="allowed").exists()


def test_another_child_gets_its_paper_and_the_log_says_so(client, cast):
    prepared(cast, "omar")
    if not hasattr(cast.omar, "as_child"):
        pytest.skip("Omar does not log in")
    cast.log_in(client, "omar")
    assert FILE in client.get(PAPER).content.decode()
    answer = client.get(FILE)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    row = AccessLogRow.objects.get(action="print")
    assert (row.outcome, row.what, row.child_id) == ("allowed", "own.paper.file", cast.child("omar").pk)


def test_a_child_that_becomes_protected_has_its_file_stopped_at_once(client, cast):
    prepared(cast, "alva")
    cast.log_in(client, "alva")
    assert client.get(FILE).status_code == 200
    Child.objects.filter(pk=cast.child("alva").pk).update(protection="flag")
    assert client.get(FILE).status_code == 403


def test_a_visit_becomes_no_calendar_file_even_where_a_page_would_let_it(cast, monkeypatch):
    from kring.care.contacts.models import Appointment

    alva, maria = cast.child("alva"), cast.actor("maria")
    visit = Appointment.objects.create(child=alva, unit_id=cast.actor("karin").unit_id, starts_at=cast.now)
    assert family.visit_for_calendar(maria, alva.pk, visit.pk).pk == visit.pk
    monkeypatch.setattr(family, "visit_of", lambda *asked: visit)
    visit.child.protection = "flag"
    with pytest.raises(gate.NotAllowed) as refused:
        family.visit_for_calendar(replace(maria), alva.pk, visit.pk)
    assert (refused.value.act.rule, refused.value.act.action) == ("8.8.carried_out", "export")


# What takes time to make is asked for again when it is made.


class Door:
    """Answers one thing after the other; an exception among them is raised."""

    def __init__(self, *answers: object) -> None:
        self.answers, self.asked, self.made = list(answers), list[Actor](), list[object]()

    def ask(self, actor: Actor) -> object:
        self.asked.append(actor)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def make(self, said: object) -> str:
        self.made.append(said)
        return f"made of {said}"


NOBODY = Actor(person_id=UUID(int=1), role="coordinator", now=NOW)


@pytest.mark.parametrize(
    ("answers", "left", "made"),
    [
        (["a"], "made of a", ["a"]),
        (["b", "b"], "made of b", ["a", "b"]),
        (["b", "a", "a"], "made of a", ["a", "b", "a"]),
        (["b", "c", "d", "d"], "made of d", ["a", "b", "c", "d"]),
    ],
)
def test_what_leaves_is_what_is_open_when_it_has_been_made(answers, left, made):
    door = Door(*answers)
    assert leaving.still_open(NOBODY, "a", door.ask, door.make) == left
    assert door.made == made
    assert door.answers == [], "asked no more than it takes"


@pytest.mark.parametrize("after", range(leaving.TRIES))
def test_what_is_closed_meanwhile_does_not_leave_at_all(after):
    door = Door(*range(after), gate.Invisible(None))
    with pytest.raises(gate.Invisible):
        leaving.still_open(NOBODY, "a", door.ask, door.make)


def test_what_never_stands_still_is_given_up():
    door = Door(*range(leaving.TRIES + 1))
    with pytest.raises(leaving.NeverStill):
        leaving.still_open(NOBODY, "a", door.ask, door.make)
    assert len(door.made) == leaving.TRIES


def test_the_gate_is_asked_as_if_it_had_never_answered():
    actor = replace(NOBODY)
    actor.reached[UUID(int=2), ""] = "8.2.1"
    door = Door("a")
    leaving.still_open(actor, "a", door.ask, door.make)
    (asked,) = door.asked
    assert asked == actor and asked.reached == {}
    assert actor.reached, "the request's own note stays"
