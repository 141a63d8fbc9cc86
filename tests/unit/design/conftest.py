"""The Jinja environment of the product, and a reader of the HTML it makes."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import engines

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "circle", "path", "rect"}


class Reader(HTMLParser):
    """Keeps every start tag with its attributes, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def with_class(self, name: str) -> list[dict[str, str]]:
        return [attrs for _tag, attrs in self.tags if name in attrs.get("class", "").split()]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [], f"left open: {reader.open}"
    return reader


@pytest.fixture
def env() -> Any:
    return engines["jinja2"].env


@pytest.fixture
def render(env: Any) -> Callable[..., Reader]:
    """Renders a line of template with the macros of one file as `m`."""

    def rendered(source: str, file: str = "parts", **context: Any) -> Reader:
        start = f'{{% import "design/{file}.html" as m %}}'
        return read(env.from_string(start + source).render(**context))

    return rendered


@pytest.fixture
def page(env: Any) -> Callable[..., Reader]:
    """Renders a whole page by its template's name."""

    def rendered(name: str, **context: Any) -> Reader:
        return read(env.get_template(name).render(**context))

    return rendered
