"""Every no leaves one row in the log with its rule: at the door, at a form, at what is somebody else's."""

import ast
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.access import gate, session, submissions
from kring.access.actors import key_of
from kring.access.middleware import PermissionMiddleware
from kring.access.permissions import Permission as P
from kring.access.policy import catalogue
from kring.access.policy.doors import DOORS, LOG_INS, MISSING, NOT_IN_LIST
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow, Action
from kring.care.contacts.rules import refusals as contact_refusals
from kring.care.plans.rules import refusals as plan_refusals
from kring.care.record import commands as record_commands
from kring.care.record import jobs as record_jobs
from kring.care.record import queries as record_queries
from kring.log_review.models import Review
from kring.portal.child_pages import queries as own_pages
from kring.portal.entrance.provider import Adapter
from kring.timeline import commands as timeline
from kring.timeline.models import SavedView, Task
from tests.architecture import source
from tests.cast import NOW


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


def test_what_is_passed_over_while_the_rest_is_done_leaves_a_row_each(cast):
    """A bulk action is not stopped by what is somebody else's, or nobody's; each such task has its row."""
    task = Task.objects.create(
        child=cast.child("omar"), unit=cast.unit("skola-boras-1"), kind="x", due_on=NOW.date(), opened_at=NOW
    )
    never = uuid4()
    assert timeline.remind(by=cast.actor("karin"), task_ids=[task.pk, never]) == []
    rows = AccessLogRow.objects.filter(rule=NOT_IN_LIST.id)
    assert set(rows.values_list("object_id", "child_id", "action", "outcome", "what")) == {
        (str(task.pk), task.child_id, "write", "refused", "task.remind"),
        (str(never), None, "write", "refused", "task.remind"),
    }
    assert timeline.remind(by=cast.actor("jonas"), task_ids=[task.pk]) == []
    assert rows.count() == 2, "it is in the list of Jonas: nobody to remind, and nothing refused"


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


# What is refused before it comes to any child: the row says who and which rule, and nothing of what was sent.

FORMS = {
    "no key": {},
    "a forged key": {"csrfmiddlewaretoken": "x" * 64},
    "nonsense": {"csrfmiddlewaretoken": "å\x00"},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("who", "role"), [("karin", "coordinator"), ("maria", "guardian"), (None, "")])
def test_a_form_that_cannot_show_where_it_comes_from_leaves_a_row(cast, form, who, role):
    client = Client(enforce_csrf_checks=True)
    if who:
        cast.log_in(client, who)
    path = reverse("child-wrong") if who is None else reverse("log-out")
    answer = client.post(path, FORMS[form] | {"words": "Alva mår dåligt", "child": str(uuid4())})
    assert answer.status_code == 403
    row = the_row()
    assert (row.action, row.what, row.rule) == ("write", "form", "form.key")
    assert (row.person_id, row.role) == (cast.actor(who).person_id if who else None, role)
    assert (row.child_id, row.object_id, row.reason) == (None, "", "")
    assert not {"Alva", "dåligt"} & set(str(vars(row)).replace("'", " ").split())


def test_a_form_with_its_key_leaves_no_refusal(cast):
    client = cast.log_in(Client(enforce_csrf_checks=True), "karin")
    client.get(reverse("language"))
    client.post(reverse("log-out"), {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert refused_rows() == []


@pytest.mark.parametrize("door", ["", "nobody", "region", "alva'--", "x" * 5000])
def test_a_door_of_the_demo_that_is_not_there_leaves_a_row(client, cast, door):
    answer = client.post(reverse("log-in"), {"person": door})
    assert answer.status_code == 200
    assert refused_rows() == [("log_in", "session", "login.unknown")]
    row = the_row()
    assert (row.person_id, row.object_id, row.reason) == (None, "", "")
    assert "_auth_user_id" not in client.session


def test_a_door_that_is_there_leaves_no_refusal(client, cast):
    client.post(reverse("log-in"), {"person": "karin"})
    assert refused_rows() == []


def saved_view(cast, whose: str, *, for_team: bool) -> SavedView:
    return timeline.save_view(by=cast.actor(whose), name="Mina", query="?vy=mina", for_team=for_team)


@pytest.mark.parametrize("for_team", [True, False])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_else_s_saved_view_leaves_a_row_and_stays(client, cast, method, for_team):
    view = saved_view(cast, "eva", for_team=for_team)
    cast.log_in(client, "karin")
    assert getattr(client, method)(reverse("worklist-forget-view", args=[view.pk])).status_code == 404
    row = the_row()
    assert (row.person_id, row.rule, row.what) == (cast.karin.pk, "page.missing", "page.worklist-forget-view")
    assert (row.object_id, row.child_id) == (str(view.pk), None)
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_one_s_own_saved_view_leaves_no_refusal(client, cast):
    view = saved_view(cast, "karin", for_team=True)
    cast.log_in(client, "karin")
    client.post(reverse("worklist-forget-view", args=[view.pk]))
    assert refused_rows() == []


def a_review(cast):
    elsewhere = cast.unit("elevhalsa-boras").controller
    days = {"starts_on": cast.now.date(), "ends_on": cast.now.date()}
    by = {"started_by": cast.ann, "started_at": cast.now, "drawn_before": cast.now}
    return Review.objects.create(controller=elsewhere, size=5, seed=1, **days, **by).pk


SOMEBODY_ELSES = [
    ("karin", "worklist-forget-view", lambda cast: saved_view(cast, "eva", for_team=False).pk),
    ("nils", "job", lambda cast: uuid4()),
    ("eva", "worklist-result", lambda cast: uuid4()),
    ("ann", "log-review", a_review),
    ("ann", "log-review-row", lambda cast: uuid4()),
    ("ann", "log-question", lambda cast: uuid4()),
    ("ann", "log-watch-end", lambda cast: uuid4()),
]


@pytest.mark.parametrize(("who", "name", "key"), SOMEBODY_ELSES, ids=[one[1] for one in SOMEBODY_ELSES])
def test_what_is_somebody_else_s_and_what_is_missing_leave_the_same_row(client, cast, who, name, key):
    cast.log_in(client, who)
    asked = [key(cast), uuid4()]
    for one in asked:
        assert client.get(reverse(name, args=[one])).status_code == 404
    assert refused_rows() == [("read", f"page.{name}"[:60], "page.missing")] * 2
    rows = AccessLogRow.objects.filter(outcome="refused").order_by("pk")
    assert list(rows.values_list("object_id", flat=True)) == [str(one) for one in asked]


def test_a_hidden_child_leaves_one_row_and_not_two(client, cast):
    cast.log_in(client, "ulla")
    assert client.get(reverse("child", args=[cast.child("alva").pk])).status_code == 404
    (row,) = AccessLogRow.objects.filter(outcome="refused")
    assert (row.child_id, row.rule) == (cast.child("alva").pk, "8.2.need")


def test_nobody_s_request_for_what_is_not_there_is_no_matter_for_the_log(client, cast):
    """A visitor's mistyped address is no refusal: nobody has been kept from anything."""
    assert client.get("/finns-inte/").status_code == 404
    assert refused_rows() == []
    cast.log_in(client, "karin")
    assert client.get("/finns-inte/").status_code == 404
    assert refused_rows() == [], "no page was asked for, so none was refused"


@pytest.mark.parametrize("who", [None, "karin"])
def test_what_is_not_there_leaves_a_row_only_with_somebody_who_asks_and_a_page_that_was_asked(cast, who):
    match = SimpleNamespace(url_name="child", kwargs={"child_id": uuid4()})
    middleware = PermissionMiddleware(lambda request: HttpResponse())
    actor = cast.actor(who) if who else None
    for asked in (match, None):
        assert (
            middleware.process_exception(SimpleNamespace(actor=actor, resolver_match=asked), Http404())
            is None
        )
    assert refused_rows() == ([("read", "page.child", MISSING.id)] if who else [])


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
