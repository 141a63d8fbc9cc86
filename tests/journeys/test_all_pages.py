"""Every page that somebody of the cast can open, in three widths: axe, nothing wider than the window, nothing
too small to press.

The pages come from the map of addresses: people follow links from where their day begins, as many as it
takes. A new page is covered by itself when a link leads to it; one that nobody reaches fails here, unless
it only takes what is sent or says why in `ELSEWHERE`.
"""

import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import Page

from kring.access import gate
from kring.access.actors import possible_actors
from kring.access.checks import pages
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.demo import stories
from tests.access.test_every_address import address, person_in, real_keys, secrets_told
from tests.browser import WIDTHS, assert_axe_clean, assert_no_overflow, assert_targets
from tests.cast import NOW, Cast
from tests.journeys.all_rows import Ways, open_doors, rows_of_more_kinds
from tests.own_pages import sign_in

ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "leads on, or back": (
        "",
        "arbetslista/atgard/",
        "arbetslista/resultat/<uuid:bulk_action_id>/angra/",
        "arbetslista/vyer/",
        "arbetslista/vyer/<uuid:view_id>/",
        "aviseringar/<uuid:notice_id>/",
        "barn/<uuid:child_id>/plan/",
        "mina-sidor/",
        "min-sida/mina-moten/forbered/",
        "planer/ses-over/<uuid:row_id>/",
    ),
    "a file that needs something to be in it": (
        "barn/<uuid:child_id>/journal/<uuid:event_id>/json/",
        "lagesrapport/<int:year>/utgava-<int:edition>/lagesrapport.pdf",
        "lagesrapport/<int:year>/utgava-<int:edition>/tabeller.zip",
        "min-sida/mina-moten/mitt-papper/pdf/",
        "min-sida/vem-har-last/pdf/",
        "siffror/<slug:measure>/diagram.<slug:ending>",
        "siffror/<slug:measure>/fil.<slug:ending>",
        "siffror/ladda-ner/allt.zip",
        "symboler.svg",
        "uppfoljning/rapporter/<uuid:report_id>/lagesrapport.pdf",
        "uppfoljning/utforska/fil.<slug:ending>",
    ),
    "tests/identity/test_log_in.py": ("logga-in/<slug:provider_id>/svar/", "logga-in/e-legitimation/"),
    "tests/journeys/test_session.py": ("logga-in/fortsatt/", "logga-in/fortsatt/spara/"),
    "tests/journeys/test_coordinator.py": ("moten/<uuid:meeting_id>/",),
    "tests/journeys/test_jobs.py": ("korningar/<uuid:job_id>/",),
    "tests/journeys/test_reading_in.py": ("inlasning/<uuid:job_id>/",),
    "tests/journeys/test_record.py": (
        "barn/<uuid:child_id>/journal/<uuid:event_id>/",
        "barn/<uuid:child_id>/journal/andra-enheter/",
    ),
    "tests/journeys/test_secrecy.py": ("barn/<uuid:child_id>/vardnadshavare/<uuid:guardian_id>/blockera/",),
    "tests/journeys/test_family.py": ("mina-sidor/<uuid:child_id>/snart-13/",),
    "tests/journeys/test_figures.py": (
        "siffror/<slug:measure>/",
        "siffror/<slug:measure>/kommuner/",
        "siffror/<slug:measure>/kommuner/<slug:place>/",
        "siffror/kommuner/",
        "siffror/kommuner/<slug:place>/",
        "siffror/ladda-ner/",
        "siffror/styrdiagram/",
        "uppfoljning/matt/<slug:measure>/diagram/",
    ),
    "tests/journeys/test_report.py": (
        "lagesrapport/<int:year>/",
        "lagesrapport/<int:year>/utgava-<int:edition>/",
        "lagesrapport/<int:year>/utgava-<int:edition>/<slug:address>/",
        "lagesrapport/<int:year>/utgava-<int:edition>/<slug:address>/<slug:measure>/",
        "uppfoljning/rapporter/<uuid:report_id>/",
        "uppfoljning/rapporter/<uuid:report_id>/<slug:address>/",
        "uppfoljning/rapporter/<uuid:report_id>/<slug:address>/<slug:measure>/",
        "uppfoljning/rapporter/<uuid:report_id>/publicera/",
    ),
    "tests/journeys/test_child.py": (
        "min-sida/hur-mar-jag/<uuid:asking_id>/ord/",
        "min-sida/hur-mar-jag/<uuid:asking_id>/skicka/",
        "min-sida/hur-mar-jag/<uuid:asking_id>/var/",
        "min-sida/mina-moten/forbered/skicka/",
        "min-sida/mina-moten/mitt-papper/",
    ),
    "tests/journeys/test_young.py": (
        "aviseringar/installningar/<way_out:way>/",
        "min-sida/det-har-andras/",
        "min-sida/min-journal/",
        "min-sida/min-plan/vem-ser/<uuid:plan_id>/",
        "min-sida/min-plan/vem-ser/<uuid:plan_id>/sluta/",
        "min-sida/vad-andra-ser/andra/",
        "min-sida/vem-har-last/",
        "min-sida/vem-har-last/<uuid:reading_key>/fraga/",
        "min-sida/vuxenvarden/",
    ),
    "tests/journeys/test_who_has_read.py": (
        "loggranskning/<uuid:review_id>/",
        "loggranskning/<uuid:review_id>/sammanfattning/",
        "loggranskning/fragor/<uuid:reading_question_id>/",
        "loggranskning/rader/<uuid:sampled_row_id>/",
        "loggranskning/uppsikt/<uuid:watch_id>/avsluta/",
    ),
    "tests/unit/portal/staff/test_record.py": ("barn/<uuid:child_id>/journal/andra-vardgivare/",),
    "tests/unit/secrecy/test_emergencies.py": (
        "barn/<uuid:child_id>/nod/<uuid:emergency_access_id>/avsluta/",
        "barn/<uuid:child_id>/nod/<uuid:emergency_access_id>/be/<uuid:provider>/",
    ),
    "not yet: the story has no row of the kind": (
        "min-sida/min-journal/<uuid:event_id>/",
        "min-sida/min-journal/andra-vardgivare/sluta/",
        "mina-sidor/<uuid:child_id>/journal/<uuid:event_id>/",
        "mina-sidor/konto/<uuid:consent_id>/ta-tillbaka/",
    ),
}
"""Addresses that nobody opens here, by why: they are no page to read, or are held in a file of their own."""
TOLD = frozenset(pattern for patterns in ELSEWHERE.values() for pattern in patterns)
NEAR, TRIES = 2, 6
FIRST = ("karin", "eva", "maria", "alva", "noa", "omar")
"""They reach most; then somebody in each role."""


PERMISSIONS = {pattern: set(view.permissions) for pattern, view in pages()}


@dataclass(frozen=True, eq=False)
class Visitor:
    """Somebody in one of their roles, with a session; `role` empty is nobody."""

    role: str
    client: Client
    children: tuple[UUID, ...] = ()
    starts: tuple[str, ...] = ()

    def may_open(self, pattern: str) -> bool:
        asked = PERMISSIONS[pattern]
        return not asked or (self.role != "" and bool(asked & ROLES[self.role].permissions))


@dataclass
class Found:
    """The way to each pattern: whose session opens it, and at which address."""

    ways: dict[str, tuple[Visitor, str]] = field(default_factory=dict)
    answered: dict[str, list[int]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Links(HTMLParser):
    """Where a page leads, by a link or by what it sends."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "form": "action"}.get(tag)
        self.found += [value for key, value in attrs if key == name and value]


def pattern_of(path: str) -> str | None:
    """The pattern of one of our own pages; None for what is none of ours."""
    if re.match(r"[a-z]+:|//", path):
        return None
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return None


def follow(found: Found, visitor: Visitor, starts: Iterable[str], begin: int = 0) -> None:
    """Open pages by their links: near where somebody begins all of them, further away (`begin`: how far away
    the first ones are) only what nobody has opened yet.
    """
    waiting, seen = deque((path, begin) for path in starts), set[str]()
    while waiting:
        path, depth = waiting.popleft()
        pattern = pattern_of(path)
        if pattern is None or pattern in seen or not worth_trying(found, visitor, pattern, depth):
            continue
        answer = visitor.client.get(path)
        if answer.status_code == 200 or pattern == "":
            seen.add(pattern)
        found.answered.setdefault(pattern, []).append(answer.status_code)
        if "Location" in answer.headers:
            waiting.appendleft((answer.headers["Location"], depth))
        if answer.status_code == 200:
            waiting.extend((link, depth + 1) for link in read(found, visitor, pattern, path, answer))


def worth_trying(found: Found, visitor: Visitor, pattern: str, depth: int) -> bool:
    if pattern == "":  # where everybody's own first page is told
        return True
    if pattern in found.files or not visitor.may_open(pattern):
        return False
    if pattern in found.ways:
        return depth < NEAR
    return depth == 0 or len(found.answered.get(pattern, ())) < TRIES


def read(found: Found, visitor: Visitor, pattern: str, path: str, answer: Any) -> list[str]:
    """Keep the way to a page; where it leads. A file is no page."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        found.files.add(pattern)
        return []
    found.ways.setdefault(pattern, (visitor, path))
    links = _Links()
    links.feed(answer.content.decode())
    return [_absolute(link, path) for link in links.found if link and not link.startswith("#")]


def _absolute(link: str, path: str) -> str:
    return urlsplit(path).path + link if link.startswith("?") else link


def visitors(cast: Cast, more: Ways) -> Iterator[Visitor]:
    """The people who walk, each with a session; first somebody who is not logged in."""
    yield Visitor("", Client(raise_request_exception=False))
    people = [(getattr(cast, name), None) for name in FIRST]
    people += [(person_in(role), role) for role in sorted(ROLES) if role != "machine"]
    walking = {person.subject for person, _role in people}
    people += [(getattr(cast, name), None) for name in sorted(more.keys() - walking)]
    for person, role in people:
        ways = possible_actors(person, now=NOW, strong_auth=True)
        way = next(way for way in ways if role in (None, way.role))
        client = Client(raise_request_exception=False)
        sign_in(client, person, way.role)
        open_doors(client, person.subject)
        sees = Permission.SEE_CHILD if way.is_staff else Permission.SEE_OWN_FAMILY
        children = gate.children_for(way, sees).order_by("pk").values_list("pk", flat=True)
        yield Visitor(way.role, client, tuple(children[:2]), tuple(more.get(person.subject, ())))


def find_pages(cast: Cast, more: Ways) -> Found:
    """Everybody walks; what no link leads to is asked for with real keys, Alva's and one's own children's."""
    found, everybody = Found(), list(visitors(cast, more))
    for place, visitor in enumerate(everybody):
        begin = 0 if place <= len(FIRST) else NEAR - 1
        follow(found, visitor, ["/", "/logga-in/", *pressed(visitor)], begin)
        # Each is opened, whoever has been to such a page: what it leads to is this very row's.
        follow(found, visitor, visitor.starts, NEAR - 1)
    found.answered.clear()
    keys = real_keys()
    for pattern in sorted(PERMISSIONS.keys() - found.ways.keys() - TOLD):
        for visitor in everybody:
            for child_id in (keys["child_id"], *visitor.children) if "child_id" in pattern else (None,):
                own = {"child_id": child_id} if child_id else {}
                follow(found, visitor, [address(pattern, keys | own)], NEAR)
                found.answered.get(pattern, [])[TRIES - 1 :] = []  # everybody is to have tried
    return found


def pressed(visitor: Visitor) -> list[str]:
    """Pages that only a button leads to: what becomes of two rows of the worklist."""
    if visitor.role != "coordinator":
        return []
    page = visitor.client.get("/arbetslista/").content.decode()
    rows = "&".join(f"task={key}" for key in re.findall(r'name="task" value="([0-9a-f-]{36})"', page)[:2])
    asked = {"action": "remind", "submission": str(uuid4()), "task": re.findall("task=([^&]*)", rows)}
    result = visitor.client.post("/arbetslista/atgard/", asked).headers["Location"]
    return [f"/arbetslista/{place}/?{rows}" for place in ("ansvarig", "klart", "utskrift")] + [result]


@pytest.fixture
def found(transactional_db: None, cast: Cast, caplog: pytest.LogCaptureFixture) -> Found:
    caplog.set_level(logging.CRITICAL)
    stories.tell(NOW)
    secrets_told(NOW)
    return find_pages(cast, rows_of_more_kinds(NOW))


CHECKS = {
    "desktop": (assert_axe_clean, assert_no_overflow, assert_targets),
    "phone": (assert_no_overflow, assert_targets),
    "narrow": (assert_axe_clean, assert_no_overflow, assert_targets),
}
"""axe takes most of the time, and a page between two widths shows it nothing that neither of them does."""


def faults_of(page: Page) -> Iterator[str]:
    """What is wrong at each width; the page is loaded once and the window made narrower."""
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for check in CHECKS[name]:
            try:
                check(page)
            except AssertionError as wrong:
                yield f"{width} px: {wrong}"


def unreached(found: Found) -> set[str]:
    """Addresses that are neither a page somebody opened, nor a file, nor only there to be sent to."""
    sent_to = {pattern for pattern, answers in found.answered.items() if set(answers) == {405}}
    return set(PERMISSIONS) - set(found.ways) - found.files - sent_to


def test_the_list_of_exceptions_names_addresses_that_are_there():
    assert set(PERMISSIONS) >= TOLD


def test_every_page_is_good_at_every_width(found, new_page, live_server):
    """One test, as the walk there costs as much as a hundred pages."""
    assert not (new := unreached(found) - TOLD), f"nobody comes there; lead there, or say why not: {new}"
    browsers: dict[Visitor, Page] = {}
    faults = []
    for visitor, path in found.ways.values():
        page = browsers.get(visitor) or browsers.setdefault(
            visitor, entered(new_page(), visitor, live_server)
        )
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            faults.append(f"{path}: not open in the browser")
        faults += faults_of(page)
    assert not faults, f"{len(faults)} faults on {len(found.ways)} pages:\n" + "\n".join(faults)


def entered(page: Page, visitor: Visitor, live_server: Any) -> Page:
    """A page of the visitor's own browser."""
    if cookie := visitor.client.cookies.get("kring"):
        page.context.add_cookies([{"name": "kring", "value": cookie.value, "url": live_server.url}])
    return page
