"""How the tests of the plan's pages ask: a browser of one person's, and what every answer must be."""

import gzip
import re
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.unit.care.plans.story import Story

HIDDEN = re.compile(r'name="(seen|saw|submission)" value="([^"]*)"')


class Browser:
    """A test client with a session as one of the cast. `open` and `send` take an address's name."""

    def __init__(self, story: Story, subject: str = "karin", role: str | None = None) -> None:
        self.client = story.cast.log_in(Client(), subject, role)

    def open(self, name: str, *ids: Any, **query: str) -> Any:
        return self.client.get(reverse(name, args=ids), query)

    def send(self, name: str, *ids: Any, follow: bool = False, **fields: Any) -> Any:
        """Send a page's form as it was shown, with these fields."""
        shown = dict(HIDDEN.findall(self.text("open", name, *ids)))
        return self.post(name, *ids, follow=follow, **(shown | fields))

    def post(self, name: str, *ids: Any, follow: bool = False, **fields: Any) -> Any:
        fields = {"submission": str(uuid4())} | fields
        return self.client.post(reverse(name, args=ids), fields, follow=follow)

    def text(self, how: str, *args: Any, **more: Any) -> str:
        return getattr(self, how)(*args, **more).content.decode()

    def questions(self, name: str, *ids: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert self.open(name, *ids).status_code == 200
        return len(asked)

    def size(self, name: str, *ids: Any) -> int:
        return len(gzip.compress(self.open(name, *ids).content))


def day(name: str, value: Any) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}


def title(answer: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
    return found[1].strip() if found else ""


def errors(answer: Any) -> list[tuple[str, str]]:
    """The summary's links: where each goes, and its words."""
    text = answer.content.decode()
    summary = re.search(r'<div class="ds-error-summary.*?</div>', text, re.DOTALL)
    return re.findall(r'<a href="#([^"]*)">(.*?)</a>', summary[0]) if summary else []


def targets_exist(answer: Any) -> bool:
    """Whether every link of the summary has something to go to."""
    text = answer.content.decode()
    return all(f'id="{place}"' in text for place, _words in errors(answer))
