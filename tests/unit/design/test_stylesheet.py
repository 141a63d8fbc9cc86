"""The one stylesheet: fresh, small, and nothing in it that the content security policy would refuse."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.design.build import (
    CHILD,
    FIGURES,
    STATIC,
    TARGET,
    blocks,
    child_stylesheet,
    figures_stylesheet,
    smaller,
    stylesheet,
)

CSS = TARGET.read_text("utf-8")
SOURCES = sorted((STATIC / "source").glob("**/*.css"))
CSS_BUDGET = 15_000


def test_the_committed_file_is_what_the_build_makes() -> None:
    assert stylesheet() == CSS, "run: python -m kring.design.build"


def test_the_child_s_own_file_is_too() -> None:
    assert child_stylesheet() == CHILD.read_text("utf-8"), "run: python -m kring.design.build"


def test_the_figures_own_file_is_too() -> None:
    assert figures_stylesheet() == FIGURES.read_text("utf-8"), "run: python -m kring.design.build"
    assert len(gzip.compress(FIGURES.read_bytes(), 9)) <= 1_500
    assert ".k-chart" not in CSS


def test_it_is_small() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= CSS_BUDGET


def test_what_only_children_need_is_not_sent_to_others() -> None:
    assert len(gzip.compress(CHILD.read_bytes(), 9)) <= 2_500
    assert ".k-place__" not in CSS
    assert ".k-turn" not in CSS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_own_sources_fetch_nothing(path) -> None:
    text = path.read_text("utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text


def test_nothing_is_fetched_from_elsewhere() -> None:
    addresses = re.findall(r"url\(([^)]{0,40})", CSS)
    # Designsystemet's own padlock for read-only fields: declared, never used by our parts.
    assert [a for a in addresses if not a.startswith(('"data:', "'data:"))] == []
    assert "ds-readonly-icon" not in "".join(p.read_text("utf-8") for p in SOURCES)


def test_braces_balance() -> None:
    assert CSS.count("{") == CSS.count("}")


@pytest.mark.parametrize(
    "query",
    [
        "prefers-color-scheme: dark",
        "prefers-reduced-motion: no-preference",
        "forced-colors: active",
        "@media print",
    ],
)
def test_it_answers_to_what_the_reader_asks_for(query: str) -> None:
    assert query in CSS


def test_motion_only_where_it_is_welcome_and_short() -> None:
    own = "".join(path.read_text("utf-8") for path in SOURCES)
    calm, _, after = own.partition("@media (prefers-reduced-motion: no-preference)")
    assert "transition" not in calm
    assert "animation" not in own
    assert all(float(seconds) <= 0.15 for seconds in re.findall(r"transition:[^;]* ([\d.]+)s", after))


def test_own_rules_come_after_the_design_system() -> None:
    order = re.search(r"@layer ([\w.,]+);", CSS)
    assert order is not None
    assert order.group(1).split(",") == ["ds.theme", "ds.elements", "ds.components"]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("a {  color : red;\n}", "a{color : red}"),
        ("a { color: red; }", "a{color:red}"),
        ("/* why */ a { top: calc(1px + 2px); }", "a{top:calc(1px + 2px)}"),
        ("a { --x: var(--y,); }", "a{--x:var(--y,)}"),
        ("a:hover b { inset: 0 auto; }", "a:hover b{inset:0 auto}"),
        (
            "@media (min-width: 1rem) and (print) { a { b: c } }",
            "@media (min-width: 1rem) and (print){a{b:c}}",
        ),
    ],
)
def test_smaller_keeps_the_meaning(long: str, short: str) -> None:
    assert smaller(long) == short


def test_blocks_are_found_whole() -> None:
    css = "@layer one.two {\n:root { a: b; }\n@supports (x) { c { d: e } }\n}\n\n@layer three {\n}\n"
    found = list(blocks(css))
    assert [name for name, _text in found] == ["one.two", "three"]
    assert found[0][1].endswith("c { d: e } }\n}")
    assert found[1][1] == "@layer three {\n}"


# Making it smaller, whatever the source


NAMES = st.sampled_from(["a", "k-page", "margin", "inline-size", "b"])
RULES = st.lists(st.tuples(NAMES, st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=3)), max_size=5)


def written(rules: list, gap: str) -> str:
    return gap.join(
        f"{gap}.{name}{gap}{{{gap}"
        + gap.join(f"{key}:{gap or ' '}{value};{gap}" for key, value in pairs)
        + f"}}{gap}"
        for name, pairs in rules
    )


@given(RULES, st.sampled_from([" ", "\n", "\n\n    ", "\t"]))
def test_how_the_source_is_spaced_makes_no_difference(rules: list, gap: str) -> None:
    assert smaller(written(rules, gap)) == smaller(written(rules, " "))


@given(RULES)
def test_smaller_again_changes_nothing(rules: list) -> None:
    once = smaller(written(rules, "\n  "))
    assert smaller(once) == once
    assert once.count("{") == once.count("}") == len(rules)


@pytest.mark.parametrize(
    "comment", ["/* why */", "/**/", "/* a { b: c } */", "/* two\nlines */", "/* a *//* b */", "/***/"]
)
def test_comments_are_gone_and_nothing_else(comment: str) -> None:
    assert smaller(f"a {{ {comment} b: c; }} {comment} d {{ e: f; }}") == "a{b:c}d{e:f}"


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("", []),
        ("a { b: c }", []),
        ("@layer one { a { b: c } }", ["one"]),
        ("@layer one { }\n@layer two { }\n@layer one { x { y: z } }", ["one", "two", "one"]),
        # Only what begins a line is a block of its own; a list of names is none.
        ("@layer one, two;\n@layer three {\n  @layer four { }\n}", ["three"]),
    ],
)
def test_which_blocks_a_file_has(css: str, names: list[str]) -> None:
    found = list(blocks(css))
    assert [name for name, _text in found] == names
    assert all(text.startswith(f"@layer {name} {{") and text.endswith("}") for name, text in found)


def test_everything_of_our_own_is_in_it() -> None:
    every = CSS + CHILD.read_text("utf-8") + FIGURES.read_text("utf-8")
    for path in SOURCES:
        assert smaller(path.read_text("utf-8")) in every or len(smaller(path.read_text("utf-8"))) == 0, (
            path.name
        )


def test_it_says_who_made_what_it_holds() -> None:
    head = CSS.splitlines()[0]
    assert "do not edit here" in head
    assert "Designsystemet" in head and "MIT" in head
    assert CSS.endswith("}\n") and CSS.count("\n") == 2
