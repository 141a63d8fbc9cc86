"""A child under extra watch: who decides, for how long, who sees the list, and that it ends."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access import gate
from kring.access.policy.review import WATCH
from kring.audit.models import AccessLogRow
from kring.children.models import Child
from kring.log_review import watching
from kring.log_review.models import Watch
from kring.log_review.queries.watches import watch_or_404, watches
from kring.log_review.rules.refusals import ReviewRefused
from kring.organisations.models import Controller
from tests.cast import Cast
from tests.own_pages import sign_in

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
ALL = {"starts_on": TODAY, "ends_on": TODAY + 90 * DAY, "reason": "Känd familj"}


def watch(cast: Cast, child: str = "hugo", **more: Any) -> Watch:
    return watching.set_watch(by=cast.actor("ann"), child_id=cast.child(child).pk, **ALL | more)


@pytest.fixture
def ann(cast: Cast) -> Client:
    return sign_in(Client(), cast.ann)


def test_a_watch_is_of_the_reviewer_s_own_care_provider_with_who_when_and_why(cast):
    made = watch(cast, reason="  Känd familj ")
    assert made.controller_id == cast.actor("ann").controller_id
    assert (made.starts_on, made.ends_on, made.reason) == (TODAY, TODAY + 90 * DAY, "Känd familj")
    assert (made.set_by_id, made.set_at, made.ended_at) == (cast.ann.pk, cast.now, None)
    row = AccessLogRow.objects.get(what="log_review.watch")
    assert (row.child_id, row.purpose, row.object_id) == (made.child_id, "log_review", str(made.pk))


REFUSED = [
    ("from tomorrow", {"starts_on": TODAY + DAY}, "watch_starts_late"),
    ("until yesterday", {"starts_on": TODAY - 9 * DAY, "ends_on": TODAY - DAY}, "watch_over"),
    ("for more than a year", {"ends_on": TODAY + (WATCH.days + 1) * DAY}, "watch_too_long"),
    ("without a reason", {"reason": " "}, "watch_reason"),
]
ALLOWED = [
    ("for today alone", {"ends_on": TODAY}),
    ("for a year", {"ends_on": TODAY + WATCH.days * DAY}),
    ("for readings that have been", {"starts_on": TODAY - 400 * DAY}),
]


@pytest.mark.parametrize(("says", "given", "code"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_is_not_decided(cast, says, given, code):
    with pytest.raises(ReviewRefused) as refused:
        watch(cast, **given)
    assert refused.value.code == code
    assert not Watch.objects.exists()


@pytest.mark.parametrize(("says", "given"), ALLOWED, ids=[one[0] for one in ALLOWED])
def test_what_is_decided_at_the_edges(cast, says, given):
    assert watch(cast, **given).pk


def test_a_child_is_watched_once_at_a_time_and_again_when_that_is_over(cast):
    first = watch(cast)
    with pytest.raises(ReviewRefused, match="redan"):
        watch(cast)
    watching.end_watch(by=cast.actor("ann"), watch_id=first.pk)
    assert watch(cast).pk != first.pk


def test_an_ended_watch_ends_today_and_is_ended_once(cast):
    made = watch(cast, starts_on=TODAY - 5 * DAY)
    ended = watching.end_watch(by=cast.actor("ann"), watch_id=made.pk)
    assert (ended.ends_on, ended.ended_by_id, ended.ended_at) == (TODAY, cast.ann.pk, cast.now)
    with pytest.raises(ReviewRefused) as refused:
        watching.end_watch(by=cast.actor("ann"), watch_id=made.pk)
    assert refused.value.code == "watch_ended"


def test_another_care_provider_s_watch_is_missing(cast):
    made = watch(cast)
    Watch.objects.update(controller=Controller.objects.exclude(pk=made.controller_id).first())
    assert watches(cast.actor("ann")) == []
    for ask in (
        lambda: watch_or_404(cast.actor("ann"), made.pk),
        lambda: watching.end_watch(by=cast.actor("ann"), watch_id=made.pk),
        lambda: watching.end_watch(by=cast.actor("ann"), watch_id=uuid4()),
    ):
        with pytest.raises(Http404):
            ask()


@pytest.mark.parametrize("who", ["karin", "eva", "nils", "otto", "maria", "noa"])
def test_nobody_else_sees_or_decides_it(cast, who):
    made = watch(cast)
    by = cast.actor(who)
    for ask in (
        lambda: watches(by),
        lambda: watch_or_404(by, made.pk),
        lambda: watching.set_watch(by=by, child_id=cast.child("alva").pk, **ALL),
        lambda: watching.end_watch(by=by, watch_id=made.pk),
    ):
        with pytest.raises(gate.NotAllowed):
            ask()
    assert Watch.objects.count() == 1


@pytest.mark.parametrize("given", [{"ends_on": TODAY - DAY}, {"reason": ""}])
def test_the_table_itself_holds_its_rules(cast, given):
    made = watch(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.filter(pk=made.pk).update(**given)


def sent(client: Client, **more: str) -> Any:
    days = {
        "starts_on_0": "1", "starts_on_1": "11", "starts_on_2": "2026",
        "ends_on_0": "1", "ends_on_1": "4", "ends_on_2": "2027",
    }  # fmt: skip
    return client.post(reverse("log-watch-start"), days | {"reason": "Känd familj"} | more)


def number_of(cast: Cast, child: str) -> str:
    return cast.child(child).numbers.get(kind="personal").value


def test_on_the_page_a_child_is_found_by_number_and_stands_in_the_list(cast, ann):
    answer = sent(ann, number=number_of(cast, "hugo"))
    assert answer.headers["Location"] == reverse("log-watches")
    page = ann.get(reverse("log-watches")).content.decode()
    assert cast.child("hugo").name in page
    assert "1 november 2026 till 1 april 2027" in page and "Känd familj" in page and "Pågår" in page


@pytest.mark.parametrize("child", ["sigrid", "omar"])
def test_a_protected_child_cannot_be_told_from_a_missing_one(cast, ann, child):
    number = number_of(cast, child)
    cast.child("omar").numbers.all().delete()
    answer = sent(ann, number=number)
    assert answer.status_code == 200
    assert "Inget barn har det numret." in answer.content.decode()
    assert not Watch.objects.exists()


def test_a_child_protected_since_has_no_name_and_no_reason_in_the_list(cast, ann):
    made = watch(cast, reason="Hugos släkting")
    Child.objects.filter(pk=made.child_id).update(protection="flag")
    for path in (reverse("log-watches"), reverse("log-watch-end", args=[made.pk])):
        page = ann.get(path).content.decode()
        assert "Hugo" not in page and "[Skyddade uppgifter]" in page


EMPTY = {"number": "Skriv barnets personnummer.", "reason": "Skriv varför, till exempel"}


@pytest.mark.parametrize("field", EMPTY)
def test_what_is_not_filled_in_is_asked_for(cast, ann, field):
    page = sent(ann, **{"number": number_of(cast, "hugo"), field: ""}).content.decode()
    assert EMPTY[field] in page and "Fel:" in page


def test_it_is_ended_on_its_page_after_a_question(cast, ann):
    made = watch(cast)
    at = reverse("log-watch-end", args=[made.pk])
    assert "Avsluta uppsikten?" in ann.get(at).content.decode()
    assert Watch.objects.get(pk=made.pk).ended_at is None
    assert ann.post(at).headers["Location"] == reverse("log-watches")
    assert "Avslutad" in ann.get(reverse("log-watches")).content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long(cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            watches(cast.actor("ann"))
        return len(questions)

    watch(cast)
    few = asked()
    for child in ("alva", "omar", "noa", "tuva"):
        watch(cast, child)
    assert asked() == few
