"""Symbols with somebody else's licence: cleaned, kept with the data, used where the word is the same."""

from contextlib import suppress
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from kring.design.local import cleaning, importing, showing
from kring.design.local.cleaning import NotADrawing, clean

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"'
CIRCLE = '<circle cx="50" cy="50" r="40" fill="#ffcc00"/>'


def svg(inside: str = CIRCLE, head: str = HEAD) -> bytes:
    return f"{head}>{inside}</svg>".encode()


def test_shapes_and_colours_stay():
    drawing = clean(svg('<g transform="scale(2)"><path d="M1 1L2 2" stroke="black"/></g>'))
    assert drawing.box == "0 0 100 100"
    assert drawing.shapes == '<g transform="scale(2)"><path d="M1 1L2 2" stroke="black"></path></g>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<script href="https://evil.example/x.js"/>',
        "<style>circle{fill:url(https://evil.example/x)}</style>",
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>x</script></body></foreignObject>",
        '<a href="javascript:alert(1)"><circle r="3"/></a>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<text>Anna Andersson</text>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        "<metadata>Ritad av någon</metadata>",
    ],
)
def test_what_does_not_draw_is_left_out_with_all_it_holds(inside):
    assert clean(svg(CIRCLE + inside)).shapes == clean(svg()).shapes


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'onclick="alert(1)"',
        'href="https://evil.example"',
        'fill="url(https://evil.example/x)"',
        'fill="URL(#a)"',
        'style="fill:url(//evil.example)"',
        'style="background:red;behavior:url(x)"',
        'class="a"',
        'id="main"',
        'stroke="&quot;&gt;&lt;script&gt;"',
    ],
)
def test_attributes_that_do_more_than_draw_are_left_out(attribute):
    shapes = clean(svg(f'<circle r="3" {attribute}/>')).shapes
    assert shapes == '<circle r="3"></circle>'


def test_colours_in_a_style_become_attributes():
    assert clean(svg('<circle r="3" style="fill: #f00; stroke:none"/>')).shapes == (
        '<circle fill="#f00" r="3" stroke="none"></circle>'
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not well formed"),
        (b"<svg", "not well formed"),
        (b"<html/>", "not an SVG"),
        (b'<svg viewBox="0 0 1 1"><path/></svg>', "not an SVG"),
        (svg(""), "no shapes"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg"'), "no viewBox"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 &quot;"'), "no viewBox"),
        (svg("x" * cleaning.MOST_BYTES), "larger than"),
        (svg('<path d=""/>' * (cleaning.MOST_ELEMENTS + 1)), "more than"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + svg(), "document type"),
        (b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("&b;"), "document type"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data, says):
    with pytest.raises(NotADrawing, match=says):
        clean(data)


def test_width_and_height_will_do_for_a_box():
    assert (
        clean(svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="30"')).box == "0 0 40 30"
    )


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data):
    with suppress(NotADrawing):
        clean(data)


@given(name=st.text(max_size=20), value=st.text(max_size=60))
def test_nothing_but_what_is_named_is_ever_written(name, value):
    kept = dict(cleaning._harmless({name: value}))
    assert set(kept) <= cleaning.ATTRIBUTES
    assert not any(sign in word for word in kept.values() for sign in "<>&\"'")


@pytest.fixture
def folder(tmp_path) -> Path:
    where = tmp_path / "set"
    where.mkdir()
    (where / "bok.svg").write_bytes(svg())
    (where / "ond.svg").write_bytes(b"<!DOCTYPE svg>" + svg())
    rows = (
        "fil;ord",
        "bok.svg;Läsa",
        "bok.svg;Bok",
        "borta.svg;Hus",
        "ond.svg;Ond",
        "../bok.svg;Ut",
        "halv",
        "",
    )
    (where / "ord.csv").write_text("\n".join(rows), encoding="utf-8")
    return where


@pytest.fixture
def kept(tmp_path, settings) -> Path:
    settings.VAR = tmp_path / "var"
    return settings.VAR / "symbols"


def test_every_row_that_cannot_be_used_is_named(folder):
    found = importing.read_folder(folder)
    assert sorted(found.drawings) == ["bok", "läsa"]
    assert [fault.partition(":")[0] for fault in found.faults] == ["row 4", "row 5", "row 6", "row 7"]


def test_without_a_word_list_nothing_is_read(tmp_path):
    with pytest.raises(NotADrawing, match=r"ord\.csv"):
        importing.read_folder(tmp_path)


def test_the_sprite_is_one_well_formed_file_with_a_symbol_a_word(folder):
    sprite = importing.sprite_of(importing.read_folder(folder).drawings)
    root = ElementTree.fromstring(sprite)
    ids = [symbol.attrib["id"] for symbol in root]
    assert len(set(ids)) == 2
    assert "Läsa" not in sprite
    assert importing.key_of("läsa") in ids


def run(*arguments: str) -> tuple[str, str]:
    said, faults = StringIO(), StringIO()
    call_command("import_symbols", *arguments, stdout=said, stderr=faults)
    return said.getvalue(), faults.getvalue()


def test_a_set_is_used_where_the_word_is_the_same(folder, kept):
    assert showing.address_of("book") == ""
    said, faults = run(str(folder))
    assert "2 words read in, 1 of them" in said
    assert "borta.svg" in faults
    assert showing.address_of("book") == f"/symboler.svg#{importing.key_of('läsa')}"
    assert showing.address_of("plan") == ""


def test_pages_show_it_and_only_where_it_is(folder, kept, render):
    run(str(folder))
    own, theirs = render("{{ m.picture('plan') }}", "parts"), render("{{ m.picture('book') }}", "parts")
    assert own.all("use")[0]["href"].endswith("symbols.svg#plan")
    assert theirs.all("use")[0]["href"].startswith("/symboler.svg#s")


def test_it_is_for_those_who_log_in(folder, kept, cast, client):
    run(str(folder))
    assert client.get("/symboler.svg").status_code == 302
    answer = cast.log_in(client, "alva").get("/symboler.svg")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert "private" in answer.headers["Cache-Control"]
    ElementTree.fromstring(answer.content)


def test_taken_away_our_own_are_shown_again(folder, kept, cast, client):
    run(str(folder))
    assert "used again" in run("--remove")[0]
    assert "no local set" in run("--remove")[0]
    assert showing.address_of("book") == ""
    assert cast.log_in(client, "alva").get("/symboler.svg").status_code == 404


@pytest.mark.parametrize("words", ["{", "[]", ""])
def test_a_spoilt_word_list_shows_our_own(kept, words):
    kept.mkdir(parents=True)
    (kept / importing.WORDS).write_text(words)
    assert showing.address_of("book") == ""


def test_a_folder_with_nothing_to_use_changes_nothing(folder, kept, tmp_path):
    run(str(folder))
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "ord.csv").write_text("fil;ord\nx.svg;Läsa\n")
    for arguments in ((str(empty),), (str(tmp_path / "none"),), ()):
        with pytest.raises(CommandError):
            run(*arguments)
    assert showing.address_of("book")


def test_what_is_kept_is_never_committed():
    ignored = (Path(__file__).parents[3] / ".gitignore").read_text()
    assert "/var/" in ignored or "var/" in ignored
