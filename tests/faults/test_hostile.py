"""Hostile, broken and oversized requests to every address: never a 5xx, a trace, or somebody else's child."""

import os
from zlib import crc32

import pytest

from tests.faults import hostile
from tests.faults.addresses import Address, Shown, addresses, forms_of
from tests.faults.hostile import FORM
from tests.faults.scenery import Faults, World

EVERYWHERE = addresses()
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TURNS, FIELDS, PEOPLE = (40, 40, 8) if LONG else (1, 2, 1)
ABOUT_A_CHILD = {
    "child_id", "plan_id", "need_id", "goal_id", "activity_id", "item_id", "version_id", "consent_id",
    "summons_id", "invitation_id", "meeting_id", "follow_up_id", "visit_id", "thread_id",
}  # fmt: skip
ASKED = ["next", "sida", "q", "vy", "sort", "mal", "vecka"]

any_database = pytest.mark.any_database
pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("address", EVERYWHERE, ids=str)]


@pytest.fixture
def faults(world) -> Faults:
    with Faults(world) as found:
        yield found
    assert not found.found, "\n".join(found.found[:8])


def shown(faults: Faults, name: str, path: str) -> Shown:
    """What the page offers, asked once, and really: somebody who is not logged in would test nothing."""
    known = faults.world.shown
    if (name, path) not in known:
        response = faults.send(name, "GET", path)
        to = response.headers.get("Location", "")
        assert not (name and to.startswith("/logga-in/?")), f"{name} is not logged in at {path}"
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        known[name, path] = forms_of(response.content.decode()) if is_page else Shown()
    return known[name, path]


def foreign(world: World) -> list[bytes]:
    tuva, omar = world.cast.child("tuva"), world.cast.child("omar")
    return hostile.as_bytes([tuva.pk, omar.pk, world.wish.pk, world.draft.pk, world.cast.ulla.pk])


def test_forms_filled_in_with_anything(address: Address, faults: Faults, world: World):
    path = world.path(address)
    for name in world.attackers(address, PEOPLE):
        page = shown(faults, name, path)
        names = [*page.posted, "submission", "seen", "person"]
        for pairs in hostile.rotations(names, address.pattern, TURNS, foreign(world)):
            faults.send(name, "POST", path, hostile.encoded(pairs), FORM)
        for pairs in hostile.one_at_a_time(page.posted, address.pattern, foreign(world), FIELDS):
            faults.send(name, "POST", path, hostile.encoded(pairs), FORM)


@any_database
def test_bodies_methods_and_headers_of_any_kind(address: Address, faults: Faults, world: World):
    path, turn = world.path(address), crc32(address.pattern.encode())
    bodies = hostile.bodies({"submission": "x", "text": "Text"})
    for name in world.attackers(address, 1):
        for at, (kind, body) in enumerate(bodies):
            if LONG or (at + turn) % 5 == 0:
                faults.send(name, "POST", path, body, kind)
        for at, method in enumerate(hostile.METHODS):
            if LONG or (at + turn) % 4 == 0:
                faults.send(name, method, path)
        faults.send(name, "GET", path, headers=hostile.HEADERS[turn % len(hostile.HEADERS)])


def test_questions_of_any_kind_in_the_address(address: Address, faults: Faults, world: World):
    path, turn = world.path(address), crc32(address.pattern.encode())
    for name in world.attackers(address, PEOPLE):
        names = list(dict.fromkeys([*shown(faults, name, path).asked, *ASKED]))
        for pairs in hostile.rotations([one for one in names if one], address.pattern, TURNS, foreign(world)):
            faults.send(name, "GET", path, QUERY_STRING=hostile.encoded(pairs)[:60_000].decode())
        faults.send(name, "GET", path, QUERY_STRING=hostile.QUERIES[turn % len(hostile.QUERIES)].decode())


def test_ids_of_others_and_of_nothing(address: Address, faults: Faults, world: World):
    paths = {world.path_of_others(address), address.path({}), address.path({"number": 10**30, "slug": "å"})}
    for name in world.attackers(address, 1):
        for path in paths if address.names else ():
            for method in ("GET", "POST"):
                faults.send(name, method, path, b"submission=x&seen=1", FORM)


@any_database
def test_people_outside_are_told_nothing_of_the_child(address: Address, world: World):
    """Alva's own addresses, asked for by staff elsewhere, another child's guardian and another child."""
    path = world.path(address)
    with Faults(world) as faults:
        for name in (
            ("ulla", "leila", "noa") if "child_id" in address.names or "_id" in address.pattern else ()
        ):
            world.hidden[name] = [*world.hidden["karin"], "Alva Berg", "Alva"]
            for method in ("GET", "POST"):
                response = faults.send(name, method, path, b"submission=x&seen=1&consent=1", FORM)
                assert response.status_code in (302, 303, 403, 404, 405), (
                    f"{name} {method} {response.status_code}"
                )
    assert not faults.found, "\n".join(faults.found[:8])
