"""Every no leaves one row in the log with its rule: at the door, at a form, at what is somebody else's."""

import ast
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from kring import clock
from kring.access import gate, session, submissions
from kring.access.actors import key_of
from kring.access.middleware import PermissionMiddleware
from kring.access.permissions import Permission as P
from kring.access.policy import catalogue
from kring.access.policy.doors import DOORS, LOG_INS
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow, Action
from kring.care.contacts.rules import refusals as contact_refusals
from kring.care.plans.rules import refusals as plan_refusals
from kring.care.record import commands as record_commands
from kring.care.record import jobs as record_jobs
from kring.care.record import queries as record_queries
from kring.portal.child_pages import queries as own_pages
from kring.portal.entrance.provider import Adapter
from kring.timeline import commands as timeline
from tests.architecture import source


def refused_rows() -> list[tuple[str, str, str]]:
    """(action, what, rule) of every refusal in the log."""
    rows = AccessLogRow.objects.filter(outcome="refused").order_by("pk")
    return list(rows.values_list("action", "what", "rule"))


def the_row() -> AccessLogRow:
    return AccessLogRow.objects.get(outcome="refused")


def answered(problem: Exception) -> None:
    """What the middleware does with a refusal that has come all the way up."""
    PermissionMiddleware(lambda request: HttpResponse()).process_exception(SimpleNamespace(), problem)


def asks_for_deliveries(by):
    list(record_queries.deliveries(by))


def asks_for_sources(by):
    list(record_queries.sources(by))


def asks_for_problems(by):
    record_queries.problems(by, [], at_most=5)


def takes_in_a_file(by):
    record_commands.take_in(by=by, source_id=1, file=None)


def starts_an_import(by):
    record_commands.start_import(by=by, source_id=1, upload=None)


def makes_a_source_known(by):
    record_commands.register_source(by=by, key="x", name="x", unit=None)


def hands_over_a_task(by):
    timeline.assign_tasks(by=by, task_ids=[], person_id=None)


def asks_for_own_pages(by):
    own_pages.own(by, what="own.start")


NOT_FOR_THE_ROLE = [
    (asks_for_deliveries, "karin", Action.READ, "record.deliveries"),
    (asks_for_sources, "karin", Action.READ, "record.deliveries"),
    (asks_for_problems, "karin", Action.READ, "record.deliveries"),
    (takes_in_a_file, "karin", Action.IMPORT, "record.delivery"),
    (starts_an_import, "karin", Action.IMPORT, "record.delivery"),
    (makes_a_source_known, "karin", Action.IMPORT, "record.delivery"),
    (hands_over_a_task, "dina", Action.WRITE, "task.assign"),
    (asks_for_own_pages, "karin", Action.READ, "own.pages"),
    (asks_for_own_pages, "maria", Action.READ, "own.pages"),
]


@pytest.mark.parametrize(
    ("ask", "who", "action", "what"), NOT_FOR_THE_ROLE, ids=lambda value: getattr(value, "__name__", value)
)
def test_what_the_role_does_not_do_is_refused_with_a_row(cast, ask, who, action, what):
    with pytest.raises(gate.NotAllowed) as refused:
        ask(cast.actor(who))
    assert refused_rows() == [], "nothing is written before the work has been rolled back"
    answered(refused.value)
    row = the_row()
    assert (row.action, row.what, row.rule) == (action, what, "role.permission")
    assert (row.person_id, row.child_id) == (cast.actor(who).person_id, None)


def test_what_the_role_does_leaves_no_refusal(cast):
    gate.demand(cast.actor("karin"), P.ASSIGN_TASKS, what="task.assign")
    assert refused_rows() == []


def test_somebody_else_s_form_is_refused_and_tells_nothing_of_its_work(cast):
    key = uuid4()
    submissions.once(key=key, by=cast.actor("karin"), work=lambda: "/secret/")
    with pytest.raises(gate.NotAllowed) as refused:
        submissions.once(key=key, by=cast.actor("sara"), work=lambda: "/mine/")
    answered(refused.value)
    row = the_row()
    assert (row.person_id, row.rule, row.object_id) == (
        cast.actor("sara").person_id,
        "submission.foreign",
        str(key),
    )
    assert "/secret/" not in str(vars(row))


@pytest.mark.parametrize("rule", ["owner.only", "plan.none"])
def test_a_refusal_because_of_who_asks_outlives_the_work_it_rolled_back(cast, rule):
    alva, karin = cast.child("alva"), cast.actor("karin")

    def work() -> str:
        gate.log(karin, Action.WRITE, [alva.pk], what="half.done")
        raise Refusal("not_yours", "Nej.", rule=rule, about=alva.pk)

    with pytest.raises(Refusal):
        submissions.once(key=uuid4(), by=karin, work=work)
    row = AccessLogRow.objects.get()
    assert (row.outcome, row.action, row.rule) == ("refused", "write", rule)
    assert (row.child_id, row.object_id, row.unit_id) == (alva.pk, "not_yours", karin.unit_id)


def test_a_refusal_because_of_what_was_written_is_no_matter_for_the_log(cast):
    def work() -> str:
        raise Refusal("words_missing", "Skriv något.")

    with pytest.raises(Refusal):
        submissions.once(key=uuid4(), by=cast.actor("karin"), work=work)
    assert refused_rows() == []


@pytest.mark.parametrize(
    ("package", "code"),
    [(plan_refusals, code) for code in plan_refusals.RULES]
    + [(contact_refusals, code) for code in contact_refusals.RULES],
)
def test_what_is_another_unit_s_carries_its_rule(package, code):
    refused = package.Refusal(code)
    assert catalogue.sentence(refused.rule) != refused.rule
    assert refused.about is None
    assert code in package.WORDS


def test_what_is_wrong_with_the_words_carries_no_rule():
    assert plan_refusals.Refusal("words_missing").rule == ""
    assert contact_refusals.Refusal("time_missing").rule == ""


@pytest.mark.parametrize("who", ["karin", None])
def test_a_page_that_says_nothing_leaves_a_row_whoever_asks(cast, who):
    actor = cast.actor(who) if who else None
    with pytest.raises(PermissionDenied):
        PermissionMiddleware(None).process_view(SimpleNamespace(actor=actor), lambda request: None, (), {})
    row = the_row()
    assert (row.rule, row.what, row.role) == ("page.undeclared", "page", "coordinator" if who else "")
    assert row.person_id == (actor.person_id if actor else None)


def test_a_way_of_acting_that_is_not_one_s_own_leaves_a_row(client, cast):
    cast.log_in(client, "karin")
    client.post("/logga-in/som/", {"way": key_of(cast.actor("jonas"))})
    assert refused_rows() == [("log_in", "session", "session.way")]
    assert the_row().person_id == cast.karin.pk
    client.post("/logga-in/som/", {"way": key_of(cast.actor("karin"))})
    assert len(refused_rows()) == 1


def test_a_request_after_the_session_s_end_leaves_a_row(client, cast):
    cast.log_in(client, "karin")
    with clock.frozen(cast.now + timedelta(minutes=16)):
        client.get("/arbetslista/")
        client.get("/arbetslista/")
    assert refused_rows() == [("log_out", "session", "session.over")]
    assert the_row().person_id == cast.karin.pk


def _sent_back(work) -> str:
    with pytest.raises(ImmediateHttpResponse) as stopped:
        work()
    return stopped.value.response.url


LEVEL_3 = "http://id.elegnamnden.se/loa/1.0/loa3"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"id_token": {"sub": "a"}}, "level"),
        ({"id_token": {"sub": "a", "acr": LEVEL_3}, "userinfo": {"sub": "b"}}, "subject"),
        ({"id_token": {"sub": "a", "acr": LEVEL_3}}, "unknown"),
    ],
)
def test_a_provider_s_answer_that_lets_nobody_in_leaves_a_row(db, rf, claims, code):
    log_in = SimpleNamespace(account=SimpleNamespace(extra_data=claims))
    where = _sent_back(lambda: Adapter().pre_social_login(rf.get("/"), log_in))
    assert where.endswith(f"fel={code}")
    row = the_row()
    assert (row.action, row.rule, row.person_id) == ("log_in", LOG_INS[code].id, None)


def test_a_broken_answer_leaves_a_row_and_a_person_who_changed_their_mind_none(db, rf):
    _sent_back(lambda: Adapter().on_authentication_error(rf.get("/"), None, error="cancelled"))
    assert refused_rows() == []
    _sent_back(lambda: Adapter().on_authentication_error(rf.get("/"), None, error="denied"))
    assert refused_rows() == [("log_in", "session", "login.answer")]


def test_a_job_whose_starter_s_work_has_ended_leaves_a_row(cast):
    with pytest.raises(record_jobs.NoLongerAllowed):
        record_jobs._actor(cast.karin.pk, "administrator:" + str(uuid4()))
    assert refused_rows() == [("import", "record.delivery", "session.way")]


def test_every_reason_not_to_let_somebody_in_has_its_row(db):
    for why in LOG_INS:
        session.refuse_log_in(why)
    assert [rule for _action, _what, rule in refused_rows()] == [rule.id for rule in LOG_INS.values()]


def test_the_rules_of_the_door_are_in_the_catalogue_with_their_words():
    assert {rule.id for rule in DOORS} <= catalogue.rules().keys()
    assert len({rule.id for rule in DOORS}) == len(DOORS)
    assert all(len(rule.id) <= 40 for rule in catalogue.rules().values()), "longer than the log's column"


def _bare_refusals(path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    names = [(one.func if isinstance(one, ast.Call) else one, one.lineno) for one in raised]
    return [
        source.place(path, line)
        for name, line in names
        if isinstance(name, ast.Name) and name.id in ("PermissionDenied", "SuspiciousOperation")
    ]


def test_nobody_refuses_without_saying_by_which_rule():
    """A bare refusal has no act for the log: gate.not_allowed, gate.demand and gate.refusal have."""
    found = [place for path in source.code_files() for place in _bare_refusals(path)]
    assert not found, "refuse through the gate:\n" + "\n".join(found)
