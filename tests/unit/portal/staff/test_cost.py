"""What the pages that staff live in cost: statements in all, with the session's and the log's (ux d2)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

PAGES = {"worklist": 12, "my-week": 12, "meetings": 12, "plans-closed": 12, "child": 21, "access": 26}


@pytest.fixture
def karin(cast):
    return cast.log_in(Client(), "karin")


def statements(client: Client, path: str) -> int:
    client.get(path)  # what is kept between requests is made by the first
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def test_no_page_asks_more_than_its_budget(karin, cast):
    child = cast.child("alva").pk
    paths = {
        "worklist": reverse("worklist"),
        "my-week": reverse("my-week"),
        "meetings": reverse("meetings"),
        "plans-closed": reverse("plans-closed"),
        "child": reverse("child", args=[child]),
        "access": f"/barn/{child}/atkomst/",
    }
    asked = {name: statements(karin, path) for name, path in paths.items()}
    assert {name: n for name, n in asked.items() if n > PAGES[name]} == {}
