"""A real Chromium for the journeys, and what every page must pass: axe, no overflow, big enough targets."""

import functools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE_MS = 5_000

WIDTHS = {"desktop": 1280, "phone": 390, "narrow": 320}


def chromium_path() -> str | None:
    """Debian's Chromium, or the one named in KRING_CHROMIUM."""
    return os.environ.get("KRING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail("Chromium is missing; ./kring test installs it or says how")
    browser = playwright_driver.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server: Any, transactional_db: None) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own, as one person at one machine: `new_page(width=390, javascript=False)`.

    Paths are relative to the live server. A script error or a refusal by the content security policy
    fails the test that caused it.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(
        *, width: int = 1280, height: int = 900, javascript: bool = True, locale: str = "sv-SE"
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: _keep_csp_refusals(message.text, complaints))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def _keep_csp_refusals(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text:
        complaints.append(text)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@functools.cache
def _axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and best practice: one line each, with the elements."""
    # Evaluated by the browser itself and not as a script of the page, so our strict policy stays on.
    page.evaluate(_axe_source())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{problem['id']} ({problem['impact']}): {problem['help']} – "
        + "; ".join(node["html"][:160] for node in problem["nodes"][:3])
        for problem in found
    ]


def assert_axe_clean(page: Page) -> None:
    problems = axe_violations(page)
    assert not problems, f"axe on {page.url}:\n" + "\n".join(problems)


_OVERFLOWING = """() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > limit + 1)
        .map(e => e.outerHTML.slice(0, 140)).slice(0, 5);
}"""


def assert_no_overflow(page: Page) -> None:
    """Nothing needs sideways scrolling (a table may scroll inside its own box)."""
    wide = page.evaluate(_OVERFLOWING)
    assert not wide, f"wider than the window on {page.url}:\n" + "\n".join(wide)


# WCAG 2.5.8 leaves out links inside a sentence; a tick box is as large as its label makes it.
_SMALL_TARGETS = """minimum => {
    const targets = 'a[href], button, input:not([type=hidden]), select, textarea, summary, '
        + '[role=button], [tabindex="0"]';
    const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
        && e.parentElement.innerText.trim() !== e.innerText.trim();
    const shown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: false});
    const size = e => {
        const boxes = [e, ...(e.labels ?? [])].map(x => x.getBoundingClientRect());
        return [Math.max(...boxes.map(b => b.width)), Math.max(...boxes.map(b => b.height))];
    };
    return [...document.querySelectorAll(targets)]
        .filter(e => shown(e) && !inSentence(e))
        .map(e => [e, ...size(e)])
        .filter(([e, width, height]) => width > 1 && height > 1 && (width < minimum || height < minimum))
        .map(([e, width, height]) =>
            `${Math.round(width)} × ${Math.round(height)} px: ` + e.outerHTML.slice(0, 140));
}"""


def assert_targets(page: Page, minimum: int = 24) -> None:
    """Everything that can be pressed is at least `minimum` CSS pixels each way."""
    small = page.evaluate(_SMALL_TARGETS, minimum)
    assert not small, f"targets under {minimum} px on {page.url}:\n" + "\n".join(small)


def assert_good_page(page: Page, minimum: int = 24) -> None:
    """The three checks at the page's present width."""
    assert_axe_clean(page)
    assert_no_overflow(page)
    assert_targets(page, minimum)


def sign_in(page: Page, person: Any, live_server: Any) -> None:
    """Give the browser a session for `person` without passing the login pages."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def focused(page: Page) -> str:
    """The element the keyboard is on, as short text for a test to read."""
    return json.loads(page.evaluate("() => JSON.stringify(document.activeElement.outerHTML.slice(0, 200))"))


def arrow_to(page: Page, words: str, most: int = 12) -> None:
    """Where one is to be chosen among several, Tab comes to the first and arrows to the rest."""
    for _step in range(most):
        if page.get_by_label(words, exact=True).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow led to {words!r} on {page.url}")
