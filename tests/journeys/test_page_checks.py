"""The checks that every journey leans on: each must find what it is for, and leave a good page alone."""

import pytest

from tests.browser import (
    assert_axe_clean,
    assert_good_page,
    assert_no_overflow,
    assert_targets,
    axe_violations,
)

GOOD = """<!doctype html><html lang="sv"><head><title>Sida</title></head><body><main>
  <h1>Rubrik</h1><p>Läs mer i <a href="#x">vägledningen</a> om du vill.</p>
  <button style="min-width: 44px; min-height: 44px">Spara</button>
  <label style="display: inline-block; padding: 12px"><input type="checkbox"> Jag var med</label>
</main></body></html>"""


def shown(new_page, body: str, width: int = 390):
    page = new_page(width=width)
    page.set_content(GOOD.replace("</main>", body + "</main>"))
    return page


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_good_page_passes(new_page, width):
    assert_good_page(shown(new_page, "", width))


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<input type="text">', "label"),
        ('<p style="color: #bbb; background: #fff">svagt</p>', "color-contrast"),
        ("<button></button>", "button-name"),
        ("<h4>hoppar över</h4>", "heading-order"),
    ],
)
def test_axe_finds(new_page, body, rule):
    page = shown(new_page, body)
    assert [line.split(" ")[0] for line in axe_violations(page)] == [rule]
    with pytest.raises(AssertionError, match=rule):
        assert_axe_clean(page)


def test_what_is_wider_than_the_window_is_named(new_page):
    page = shown(new_page, '<div id="wide" style="width: 600px">brett</div>')
    with pytest.raises(AssertionError, match='id="wide"'):
        assert_no_overflow(page)


def test_a_wide_table_may_scroll_in_its_own_box(new_page):
    assert_no_overflow(
        shown(new_page, '<div style="overflow-x: auto"><div style="width: 900px">x</div></div>')
    )


def test_a_small_target_is_named_with_its_size(new_page):
    page = shown(new_page, '<button style="padding: 0; border: 0; width: 20px; height: 16px">x</button>')
    with pytest.raises(AssertionError, match="20 × 16 px"):
        assert_targets(page, 24)


def test_a_larger_minimum_finds_more(new_page):
    page = shown(new_page, '<button style="padding: 0; width: 30px; height: 30px">x</button>')
    assert_targets(page, 24)
    with pytest.raises(AssertionError, match="30 × 30 px"):
        assert_targets(page, 44)


def test_a_link_inside_a_sentence_is_let_be_and_a_link_alone_is_not(new_page):
    page = shown(new_page, '<p><a href="#y" style="font-size: 10px">ensam</a></p>')
    with pytest.raises(AssertionError, match="ensam"):
        assert_targets(page, 24)


def test_a_tick_box_is_as_large_as_its_label(new_page):
    page = shown(new_page, '<input type="checkbox" id="t"><label for="t" style="font-size: 8px">x</label>')
    with pytest.raises(AssertionError, match="checkbox"):
        assert_targets(page, 24)


def test_what_is_hidden_needs_no_size(new_page):
    assert_targets(shown(new_page, '<a href="#z" hidden>dold</a><input type="hidden" name="n">'), 24)


def test_a_page_speaks_swedish_and_keeps_swedish_time(new_page):
    page = shown(new_page, "")
    assert page.evaluate("navigator.language") == "sv-SE"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Stockholm"


def test_a_page_without_javascript_can_be_opened(new_page):
    page = new_page(javascript=False)
    page.set_content(GOOD + "<script>document.querySelector('h1').textContent = 'Ändrad'</script>")
    assert page.inner_text("h1") == "Rubrik"
