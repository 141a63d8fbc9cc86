"""The gallery shows every part, in sound HTML, with and without errors."""

import re
from collections import Counter
from typing import Any

import pytest

from kring.design import gallery
from kring.design.build import STATIC


@pytest.mark.parametrize("failed", [False, True])
def test_it_is_sound_html(failed: bool, page: Any) -> None:
    read = page("design/gallery.html", **gallery.context(failed=failed))
    ids = Counter(attrs["id"] for _tag, attrs in read.tags if "id" in attrs)
    assert [name for name, times in ids.items() if times > 1] == []
    assert len(read.all("h1")) == 1


@pytest.mark.parametrize("failed", [False, True])
def test_every_reference_leads_somewhere(failed: bool, page: Any) -> None:
    read = page("design/gallery.html", **gallery.context(failed=failed))
    ids = {attrs["id"] for _tag, attrs in read.tags if "id" in attrs}
    for _tag, attrs in read.tags:
        for key in ("for", "aria-describedby", "aria-labelledby"):
            assert set(attrs.get(key, "").split()) <= ids, attrs


@pytest.mark.parametrize("failed", [False, True])
def test_every_control_has_a_name(failed: bool, page: Any) -> None:
    read = page("design/gallery.html", **gallery.context(failed=failed))
    labelled = {label["for"] for label in read.all("label") if "for" in label}
    controls = [
        a for tag in ("input", "select", "textarea") for a in read.all(tag) if a.get("type") != "hidden"
    ]
    assert controls
    assert [a for a in controls if a.get("id") not in labelled and "aria-label" not in a] == []


def test_every_macro_is_shown(env: Any) -> None:
    source = env.loader.get_source(env, "design/gallery.html")[0]
    missing = {
        file: [name for name in macros(env, file) if f".{name}(" not in source]
        for file in ("parts", "forms", "child_parts")
    }
    assert missing == {
        "parts": ["facts"],
        "forms": ["submission", "hidden", "field"],
        "child_parts": ["listen", "nights"],
    }


def macros(env: Any, file: str) -> list[str]:
    """The macros named at the top of a file: those are the public ones."""
    text = env.loader.get_source(env, f"design/{file}.html")[0]
    head, body = text.split("-#}", 1)
    inner = {"picture"}
    return [name for name in re.findall(r"macro (\w+)\(", body) if f" {name}(" in head and name not in inner]


def test_classes_used_in_templates_are_drawn(env: Any) -> None:
    css = "".join(path.read_text("utf-8") for path in (STATIC / "source").glob("**/*.css"))
    used = set()
    for name in env.list_templates(filter_func=lambda name: name.startswith("design/")):
        used |= set(re.findall(r"\b(k-[a-z]+(?:__[a-z]+)?)\b(?!-)", env.loader.get_source(env, name)[0]))
    plain = (  # hooks for the script, for tests and for the parts of a block that need no rule of their own
        "page body small table mark mark__ring icon cell find leave form big faces job foot__help next__text "
        "timeline__body stepper__days weeks__words weeks tabs__n next__who date__part top field summary__do"
    )
    assert {name for name in used if f".{name}" not in css} <= {f"k-{name}" for name in plain.split()}


def test_weeks_count_what_they_say() -> None:
    data = gallery.weeks()
    visits = [count for row in data["rows"] for count, _words in row["cells"]]
    assert f"{sum(visits)} besök på 13 veckor" in str(data["summary"])
    assert {len(row["cells"]) for row in data["rows"]} == {len(data["heads"])} == {13}


def test_errors_tell_the_fix_and_no_two_are_alike() -> None:
    errors = [text for texts in gallery.SampleForm({}).errors.values() for text in texts]
    assert len(errors) == len(set(errors)) == 7
    assert all(text.startswith(("Skriv", "Ange", "Välj", "Läs")) for text in errors)
