"""Every address of the product made into real ones, and the forms that a page shows."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.urls import get_resolver

from kring.access.checks import pages

PARAMETER = re.compile(r"<(\w+):(\w+)>")
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
WORDS = {
    "item_kind": "behov",
    "way_out": "mejl",
    "paper": "barn",
    "slug": "x",
    "str": "x",
    "path": "x",
    "int": "1",
}


@dataclass(frozen=True)
class Address:
    """One address pattern and the permissions its page asks for; none is open to everybody."""

    pattern: str
    permissions: tuple[str, ...]

    def __str__(self) -> str:
        return self.pattern

    @property
    def names(self) -> list[str]:
        return [name for _converter, name in PARAMETER.findall(self.pattern)]

    def path(self, ids: dict[str, Any]) -> str:
        """A real path. What `ids` does not hold becomes something that looks right and is nothing."""

        def value(found: re.Match[str]) -> str:
            converter, name = found.groups()
            return str(ids.get(name, NOBODY if converter == "uuid" else WORDS[converter]))

        return "/" + PARAMETER.sub(value, self.pattern)


def addresses() -> list[Address]:
    """Every address there is; static files are none."""
    return [
        Address(pattern, tuple(str(one) for one in view.permissions))
        for pattern, view in pages(get_resolver("kring.config.urls"))
    ]


@dataclass
class Shown:
    """What a page offers to send: the fields of its posted forms with a likely value, and its GET names."""

    posted: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown, self.posts, self.select = Shown(), False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.posts = at.get("method", "").lower() == "post"
        elif tag == "a" and "?" in at.get("href", ""):
            self.shown.asked |= {part.partition("=")[0] for part in at["href"].partition("?")[2].split("&")}
        elif tag == "option":
            self._offer(self.select, at.get("value", ""))
        elif tag in ("input", "textarea", "select", "button") and at.get("name"):
            self.select = at["name"]
            self._field(tag, at)

    def _field(self, tag: str, at: dict[str, str]) -> None:
        if not self.posts:
            self.shown.asked.add(at["name"])
            return
        if at.get("type") == "hidden":
            self.shown.hidden.add(at["name"])
        self._offer(at["name"], at.get("value", "" if tag == "select" else "Text"))

    def _offer(self, name: str, value: str) -> None:
        if self.posts and name and not self.shown.posted.get(name):
            self.shown.posted[name] = value


def forms_of(html: str) -> Shown:
    parser = _Forms()
    parser.feed(html)
    # A preview is another button than the one that saves.
    for name in ("csrfmiddlewaretoken", "preview"):
        parser.shown.posted.pop(name, None)
    return parser.shown
