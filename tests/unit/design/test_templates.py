"""What no template of any package may hold: inline code or style, order tricks, words that blame."""

import re
from pathlib import Path

import pytest

import kring

SOURCE = Path(kring.__path__[0])
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
OF_THE_DESIGN = [path for path in TEMPLATES if (SOURCE / "design") in path.parents]
EVERY = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
BY_NAME = pytest.mark.parametrize("path", OF_THE_DESIGN, ids=lambda path: path.name)


def markup(path: Path) -> str:
    """The template without its comments."""
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)


@EVERY
def test_no_inline_style_or_script(path: Path) -> None:
    text = markup(path)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@EVERY
def test_order_and_zoom_are_left_to_the_reader(path: Path) -> None:
    text = markup(path)
    assert not re.search(r'tabindex="[1-9]', text)
    assert "user-scalable" not in text
    assert "autofocus" not in text


@EVERY
def test_no_words_that_blame(path: Path) -> None:
    assert not re.search(r"ogiltig|felaktig|vänligen|tyvärr|oops", markup(path), re.IGNORECASE)


@EVERY
def test_escaping_is_never_switched_off(path: Path) -> None:
    text = markup(path)
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text


@EVERY
def test_swedish_words_go_through_translation(path: Path) -> None:
    outside = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", markup(path), flags=re.DOTALL)
    words = set(re.findall(r"\b\w*[A-ZÅÄÖåäö]\w+", outside))
    both_languages_at_once = {"Språk", "Language", "Svenska", "English"}
    assert words <= {"Kring", *both_languages_at_once}, words


@BY_NAME
def test_a_file_of_macros_says_what_it_holds(path: Path) -> None:
    text = path.read_text("utf-8")
    if "{%- macro" in text:
        head = text[: text.index("-#}")]
        public = re.findall(r"macro (\w+)\(", text)
        assert len([name for name in public if f"{name}(" in head]) >= len(public) * 0.6


def test_the_script_is_small_and_keeps_to_itself() -> None:
    import gzip

    import django_htmx

    own = (SOURCE / "design" / "static" / "design" / "kring.js").read_bytes()
    htmx = Path(django_htmx.__path__[0]) / "static" / "django_htmx" / "htmx-4.min.js"
    assert len(gzip.compress(own, 9)) + len(gzip.compress(htmx.read_bytes(), 9)) <= 20_000
    text = own.decode()
    assert not re.search(r"innerHTML|eval\(|new Function|localStorage|sessionStorage|https?://", text)


def test_read_aloud_never_leaves_the_device() -> None:
    text = (SOURCE / "design" / "static" / "design" / "kring.js").read_text("utf-8")
    assert "localService === true" in text
    assert re.search(r"/\^sv", text)
