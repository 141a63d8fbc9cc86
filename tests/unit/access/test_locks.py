"""The locks before any page: it must say whom it is for, or neither start nor answer; and nothing is kept."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLResolver, include, path, reverse
from django.urls.resolvers import RegexPattern

from kring.access import checks, gate
from kring.access.middleware import PermissionMiddleware, headers
from kring.access.models import Submission
from kring.access.permissions import Permission as P
from kring.access.views import open_page, requires
from kring.audit.models import AccessLogRow


def _page(request):
    return HttpResponse("page")


@requires(P.SEE_WORKLIST)
def _staff_page(request):
    return HttpResponse("staff")


@open_page
def _everyones_page(request):
    return HttpResponse("everyone")


def _addresses(*patterns):
    return URLResolver(RegexPattern(r"^/"), list(patterns))


def _request(actor=None, method="GET", post=None):
    return SimpleNamespace(actor=actor, method=method, POST=post or {}, path="/", GET={})


def _opened(view, actor=None):
    return PermissionMiddleware(_page).process_view(_request(actor), view, (), {})


def test_every_page_of_the_product_says_whom_it_is_for():
    assert checks.every_page_declares(None) == []


def test_a_page_that_says_nothing_is_named_and_stops_the_start(monkeypatch):
    inner = [path("hemlig/", _page), path("lista/", _staff_page)]
    resolver = _addresses(path("oppen/", _everyones_page), path("barn/", include(inner)))
    monkeypatch.setattr(checks, "get_resolver", lambda: resolver)
    (complaint,) = checks.every_page_declares(None)
    assert complaint.id == "access.E001"
    assert complaint.msg.startswith("barn/hemlig/:")
    assert complaint.is_serious()


def test_addresses_inside_addresses_are_walked_to_the_last():
    inner = [path("b/", include([path("c/", _page)])), path("d/", _page)]
    found = [place for place, _view in checks.pages(_addresses(path("a/", include(inner))))]
    assert found == ["a/b/c/", "a/d/"]


@pytest.mark.parametrize("who", [None, "karin", "maria", "alva", "agnes"])
def test_a_page_that_says_nothing_is_closed_to_everyone(cast, who):
    with pytest.raises(PermissionDenied):
        _opened(_page, cast.actor(who) if who else None)


def test_an_open_page_asks_nothing_of_anyone(cast):
    assert _opened(_everyones_page) is None
    assert _opened(_everyones_page, cast.actor("agnes")) is None


def test_whoever_has_not_chosen_how_to_act_is_sent_to_choose(cast):
    answer = _opened(_staff_page)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("choose-role"))


def test_the_right_role_passes_and_nothing_is_logged_as_refused(cast):
    assert _opened(_staff_page, cast.actor("karin")) is None
    assert not AccessLogRow.objects.filter(outcome="refused").exists()


@pytest.mark.parametrize("who", ["maria", "alva", "agnes"])
def test_the_wrong_role_is_refused_and_the_refusal_is_in_the_log(cast, who):
    with pytest.raises(PermissionDenied):
        _opened(_staff_page, cast.actor(who))
    row = AccessLogRow.objects.get(outcome="refused")
    assert (row.person_id, row.rule, row.child_id) == (
        cast.actor(who).person_id,
        gate.NOT_THE_ROLE.rule_id,
        None,
    )


def test_any_of_several_permissions_is_enough(cast):
    view = requires(P.SEE_OWN_PAGES, P.SEE_OWN_FAMILY)(lambda request: None)
    assert _opened(view, cast.actor("maria")) is None
    assert _opened(view, cast.actor("alva")) is None
    with pytest.raises(PermissionDenied):
        _opened(view, cast.actor("karin"))


@pytest.mark.parametrize("problem", [ValueError("x"), PermissionDenied()])
def test_an_ordinary_problem_is_left_to_those_who_know_it(cast, problem):
    rows = AccessLogRow.objects.count()
    assert PermissionMiddleware(_page).process_exception(_request(), problem) is None
    assert AccessLogRow.objects.count() == rows


@pytest.mark.parametrize("kind", [gate.Invisible, gate.NotAllowed])
def test_a_refusal_by_the_gate_is_written_afterwards_and_answered_by_those_who_answer(cast, kind):
    refused = gate.refusal(cast.actor("peter"), P.SEE_CHILD, cast.child("omar").pk, what="child")
    assert PermissionMiddleware(_page).process_exception(_request(), kind(refused.act)) is None
    assert AccessLogRow.objects.filter(outcome="refused", child_id=cast.child("omar").pk).count() == 1


def test_a_missing_reason_is_asked_for_and_the_way_back_is_kept(cast):
    child_id = cast.child("sigrid").pk
    answer = PermissionMiddleware(_page).process_exception(_request(), gate.ReasonNeeded(child_id))
    assert answer.status_code == 302
    assert str(child_id) in answer.headers["Location"]
    assert answer.headers["Location"].endswith("?next=%2F")


@pytest.mark.parametrize("place", ["/", "/barn/", "/logga-in/", "/statiskt/", "/x/static/"])
def test_no_page_is_kept_by_a_browser_or_a_proxy(place):
    answer = headers(_page)(SimpleNamespace(path=place))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_what_belongs_to_nobody_may_be_kept_and_is_guarded_like_the_rest():
    answer = headers(_page)(SimpleNamespace(path="/static/design/kring.css"))
    assert "Cache-Control" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_page_that_has_said_how_long_it_may_be_kept_is_not_contradicted():
    said = HttpResponse(headers={"Cache-Control": "private"})
    assert headers(lambda request: said)(SimpleNamespace(path="/")).headers["Cache-Control"] == "private"


def test_a_submission_is_called_by_its_key_and_tells_nothing_of_who_or_where(cast):
    key, sender = uuid4(), cast.actor("karin").person_id
    kept = Submission(key=key, person_id=sender, answer="/plan/hemlig/", at=cast.now)
    assert str(kept) == str(key)
