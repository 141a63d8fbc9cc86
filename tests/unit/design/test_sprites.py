"""Icons and picture symbols: whole, small, used by names that exist, and never without a word."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kring
from kring.design import symbols
from kring.design.build import STATIC

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = Path(kring.__path__[0])
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
BUDGETS = {"icons.svg": 6_000, "symbols.svg": 40_000}


def ids(name: str) -> list[str]:
    root = ElementTree.fromstring((STATIC / name).read_text("utf-8"))
    return [symbol.attrib["id"] for symbol in root.findall(f"{SVG}symbol")]


ICONS, SYMBOLS = set(ids("icons.svg")), set(ids("symbols.svg"))


@pytest.mark.parametrize("name", BUDGETS)
def test_a_sprite_is_small(name: str) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= BUDGETS[name]


@pytest.mark.parametrize("name", BUDGETS)
def test_names_are_unique(name: str) -> None:
    assert len(ids(name)) == len(set(ids(name)))


@pytest.mark.parametrize("name", [*BUDGETS, "favicon.svg", "mask.svg", "logo.svg"])
def test_a_drawing_only_draws(name: str) -> None:
    text = (STATIC / name).read_text("utf-8")
    assert not re.search(r"<script|<style|\son\w+=|href=|style=", text)
    ElementTree.fromstring(text)


@pytest.mark.parametrize(("name", "box"), [("icons.svg", "0 0 24 24"), ("symbols.svg", "0 0 64 64")])
def test_all_share_one_grid(name: str, box: str) -> None:
    root = ElementTree.fromstring((STATIC / name).read_text("utf-8"))
    assert {symbol.attrib["viewBox"] for symbol in root.findall(f"{SVG}symbol")} == {box}


def test_there_are_enough_of_both() -> None:
    assert len(ICONS) >= 40
    assert len(SYMBOLS) >= 80


def test_every_symbol_has_a_word_and_every_word_a_symbol() -> None:
    assert set(symbols.WORDS) == SYMBOLS


@pytest.mark.parametrize("name", sorted(symbols.WORDS))
def test_a_word_is_short_and_plain(name: str) -> None:
    word = symbols.word(name)
    assert 0 < len(word.split()) <= 6
    assert word[0].isupper()


def test_an_unknown_symbol_is_an_error() -> None:
    with pytest.raises(KeyError):
        symbols.word("unicorn")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_templates_name_drawings_that_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    icons = re.findall(r"""\bicon\(["']([\w-]+)["'][,)]""", text)
    pictures = re.findall(r"""\b(?:picture|symbol)\(["']([\w-]+)["']""", text)
    cards = re.findall(r"""\bpicture_card\([^,]+, ["']([\w-]+)["']""", text)
    assert set(icons) <= ICONS
    assert {*pictures, *cards} <= SYMBOLS


def test_the_tables_inside_the_macros_name_drawings_that_exist(env) -> None:
    parts = env.get_template("design/parts.html").module
    named = [*parts.TAG_ICONS.values(), *(icon for _tone, icon in parts.STATUS.values())]
    named += [*parts.BALL.values(), *parts.NOTICE.values(), *parts.EMPTY.values()]
    assert {name for name in named if name} <= ICONS
    faces = env.get_template("design/child_parts.html").module.FACES
    assert set(faces.values()) <= SYMBOLS


def test_the_drawings_may_be_used_by_all() -> None:
    assert "CC0" in (STATIC / "LICENSE-drawings.txt").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_every_symbol_is_drawn_with_the_same_pen(name: str) -> None:
    """One line, one ink, round ends; nothing outside the square."""
    root = ElementTree.fromstring((STATIC / "symbols.svg").read_text("utf-8"))
    symbol = next(one for one in root.findall(f"{SVG}symbol") if one.attrib["id"] == name)
    pen = {"stroke": "#1f2933", "stroke-width": "2.5", "stroke-linecap": "round", "stroke-linejoin": "round"}
    assert pen.items() <= symbol.attrib.items()
    colours = {shape.attrib["fill"] for shape in symbol.iter() if "fill" in shape.attrib}
    assert colours - {"none"}, "a symbol has a colour, not lines alone"
    assert all(re.fullmatch(r"none|#[0-9a-f]{3}|#[0-9a-f]{6}", one) for one in colours)
    for circle in symbol.iter(f"{SVG}circle"):
        x, y, r = (float(circle.attrib[side]) for side in ("cx", "cy", "r"))
        assert min(x, y) - r >= 0 and max(x, y) + r <= 64, name


def test_the_gallery_shows_them_all() -> None:
    from kring.design import gallery

    assert {name for name, _word in gallery.context()["symbol_words"]} == SYMBOLS
