"""No path shows a hidden item to somebody it is hidden from: pages, papers, files, search, errors, time.

Every person walks every link from their first page and every address with real keys. In all of it, none of
the marks that are not theirs may stand; and those that are theirs must, or nothing was proved.
"""

from statistics import median
from time import perf_counter

import pytest
from django.db import transaction
from django.test import Client

from kring import clock
from kring.access.permissions import Permission
from tests import cast as people
from tests.access.leaking import FAMILY, PEOPLE, Walk, World

TRIES, MOST_MS = 20, 50


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        yield World(people.Cast())
        transaction.set_rollback(True)


@pytest.fixture
def client_of(world, db):
    def client(name: str) -> Client:
        return world.cast.log_in(Client(raise_request_exception=False), name, world.people[name].role)

    return client


def searches(world: World) -> list[dict[str, str]]:
    """By names and numbers of children of many kinds."""
    children = [world.cast.child(name) for name in ("alva", "noa", "sigrid", "tuva")]
    names = [{"number": "", "name": child.name} for child in children]
    numbers = [{"number": child.numbers.first().value, "name": ""} for child in children]
    return [*names, *numbers]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_meets_only_what_is_theirs(world, client_of, name, record_property):
    walk = Walk(client_of(name))
    if world.people[name].may(Permission.SEE_RECORD):
        walk.choose(world.scene.child.pk)
    walk.go(["/", *world.direct()])
    if name not in FAMILY:
        for form in searches(world):
            walk.search(form)
    pages = {told: text for told, text in walk.seen.items() if text}
    hidden = world.hidden_from(name)
    leaks = [f"{one.what} on {told}" for told, text in pages.items() for one in hidden if one.mark in text]
    if name in FAMILY:
        names = world.names_hidden_from(name)
        leaks += [f"{word} on {told}" for told, text in pages.items() for word in names if word in text]
    record_property("tried", len(pages) * len(hidden))
    assert not leaks, "\n".join(leaks[:20])
    missed = [one.what for one in world.secrets if name in one.must and not _met(one.mark, pages)]
    assert not missed, f"the walk never came to: {missed}"
    assert not walk.strange, f"no person writes like that: {walk.strange}"


def _met(mark: str, pages: dict[str, str]) -> bool:
    return any(mark in text for text in pages.values())


HIDDEN_OR_MISSING = {
    "a blocked guardian's child": ("johan", "/mina-sidor/{child_id}/planen/"),
    "times of another's child": ("leila", "/mina-sidor/{child_id}/tider/"),
    "a child of another unit": ("ulla", "/barn/{child_id}/"),
    "another child's record": ("mona", "/barn/{child_id}/journal/"),
    "a young person whose plan is not shared": ("anders", "/mina-sidor/{noa_id}/planen/"),
    "another's version": ("ulla", "/planer/version/{version_id}/"),
    "another unit's thread": ("sara", "/meddelanden/{thread_id}/"),
    "another guardian's thread": ("anders", "/mina-sidor/{noa_id}/meddelanden/{young_thread_id}/"),
    "a guardian's thread": ("noa", "/min-sida/meddelanden/{thread_id}/"),
}


@pytest.mark.parametrize("case", HIDDEN_OR_MISSING)
def test_hidden_answers_as_missing_in_words_and_in_time(world, client_of, case):
    """The same status and body, and a median within 50 ms of each other over 20 tries, taken in turns."""
    name, pattern = HIDDEN_OR_MISSING[case]
    real = {
        "child_id": world.scene.child.pk,
        "noa_id": world.noa.child.pk,
        "plan_id": world.scene.plan.pk,
        "version_id": world.scene.version.pk,
        "thread_id": world.threads[0].pk,
        "young_thread_id": world.threads[-1].pk,
    }
    nothing = dict.fromkeys(real, "00000000-0000-4000-8000-000000000000")
    client = client_of(name)
    took: dict[str, list[float]] = {"hidden": [], "missing": []}
    answers = {}
    for _try in range(TRIES):
        for kind, keys in (("hidden", real), ("missing", nothing)):
            began = perf_counter()
            answers[kind] = client.get(pattern.format(**keys))
            took[kind].append((perf_counter() - began) * 1000)
    assert answers["hidden"].status_code == answers["missing"].status_code == 404
    assert _plain(answers["hidden"]) == _plain(answers["missing"])
    assert abs(median(took["hidden"]) - median(took["missing"])) < MOST_MS


def _plain(response) -> str:
    """A page without what is drawn anew at each showing."""
    from tests.own_pages import texts_of

    return "\n".join(text for text in texts_of(response.content.decode()) if "Ärendekod" not in text)
