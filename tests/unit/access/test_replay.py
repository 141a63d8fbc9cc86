"""The same form sent again after its answer was lost: the same answer, even when the page has moved on."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access import submissions
from kring.access.models import Submission
from kring.audit.models import AccessLogRow
from kring.children.models import Consent
from tests.own_pages import Scene


@pytest.fixture
def taken_back(cast, client):
    """Maria takes her consent back; the answer is lost on the way."""
    scene = Scene(cast).begun().consented("maria")
    consent = Consent.objects.get(guardian=cast.guardian("maria"), subject=scene.plan.pk)
    path = reverse("family-withdraw", args=[scene.child.pk, scene.plan.pk])
    fields = {"submission": str(uuid4()), "consent": str(consent.pk)}
    cast.log_in(client, "maria")
    return path, fields, client.post(path, fields)


def test_a_retry_gets_the_answer_that_was_lost(taken_back, client):
    path, fields, first = taken_back
    again = client.post(path, fields)
    assert (first.status_code, again.status_code) == (302, 302)
    assert again.headers["Location"] == first.headers["Location"]
    assert AccessLogRow.objects.filter(what="plan.consent.withdraw", outcome="allowed").count() == 1


def test_somebody_else_with_the_key_is_told_nothing(taken_back, client, cast):
    path, fields, first = taken_back
    cast.log_in(client, "johan")
    assert client.post(path, fields).headers.get("Location") != first.headers["Location"]


def test_showing_a_page_is_never_a_retry(taken_back, client):
    path, fields, _first = taken_back
    assert client.get(path, fields).status_code == 200


@pytest.mark.parametrize("text", ["", "nonsense", "\x00", "x" * 100_000, str(uuid4())])
def test_a_key_that_nothing_was_done_with_has_no_answer(text, cast):
    assert submissions.answer_to(text, cast.actor("karin")) == ""


def test_the_answer_is_only_its_senders(cast):
    key = uuid4()
    submissions.once(key=key, by=cast.actor("karin"), work=lambda: "/plan/")
    assert submissions.answer_to(str(key), cast.actor("karin")) == "/plan/"
    assert submissions.answer_to(str(key), cast.actor("sara")) == ""
    assert Submission.objects.count() == 1
