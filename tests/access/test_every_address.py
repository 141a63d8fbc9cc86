"""Every address × every role: who is turned away, what a stranger's child looks like, that nothing breaks.

The people act in the demo's stories (Alva's plan has come to its first follow-up), so that every address can
be asked for with real keys, with keys of nothing, and with keys of what the role must not see.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import get_converters

from kring import clock
from kring.access import gate
from kring.access.actors import Actor, possible_actors
from kring.access.checks import pages
from kring.access.policy.blocking import BlockKind
from kring.access.roles import ROLES
from kring.care.concerns.commands import write_concern
from kring.children.models import AccessBlock, Child, Guardian, LiftRequest
from kring.demo import blocking, stories
from kring.organisations.models import Assignment, Person, Unit
from kring.secrecy.commands.emergencies import reveal_in_emergency
from kring.secrecy.commands.guardians import block_guardian
from tests import cast as people
from tests.own_pages import sign_in

HOME_UNIT = "hh-habilitering-boras"
MISSING = UUID("00000000-0000-4000-8000-000000000000")
# What an address calls a row, where that is not the model's own name.
MODELS = {
    "version": "PlanVersion",
    "visit": "Appointment",
    "view": "SavedView",
    "asking": "MoodAsking",
    "row": "Goal",
}
# Taking away or stopping what is already gone leads back to where one was, and tells nothing of a child.
LEADS_BACK = {
    "arbetslista/vyer/<uuid:view_id>/",
}
any_database = pytest.mark.any_database
KEY = re.compile(r"<(\w+):(\w+)>")

ADDRESSES = sorted(pages(), key=lambda page: page[0])
CLOSED = [(path, view) for path, view in ADDRESSES if view.permissions]
OPEN = [path for path, view in ADDRESSES if not view.permissions]


@pytest.fixture(scope="module")
def stories_told(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The stories are told once for this file, and taken back after it."""
    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        stories.tell(people.NOW)
        secrets_told(people.NOW)
        yield
        transaction.set_rollback(True)


def secrets_told(now) -> None:
    """A row of each kind of secrecy, so that their pages can be asked for with real keys."""
    at = stories.Teller(now).at
    blocking.tell(at, now)
    noa, karin = Child.objects.get(person__subject="noa"), at("karin", 0)
    stated = {"indispensable": True, "consent_impossible": True, "reason": "Medvetslös"}
    reveal_in_emergency(by=at("otto", 0), child_id=noa.pk, kind=BlockKind.INNER, **stated)
    asked = {"unit_id": karin.unit_id, "asked_by_id": karin.person_id, "asked_at": now, "reason": "Fara"}
    LiftRequest.objects.create(block=AccessBlock.objects.get(child=noa), **asked)
    alva, anders = Child.objects.get(person__subject="alva"), Guardian.objects.get(person__subject="anders")
    block_guardian(by=at("eva", 0), child_id=noa.pk, guardian_id=anders.pk, reason="Prov", acute=True)
    write_concern(by=karin, child_id=alva.pk, text="Hon vågar inte gå hem.")


@pytest.fixture
def client(stories_told, db) -> Client:
    return Client(raise_request_exception=False)


def person_in(role: str) -> Person:
    """Somebody of the cast in this role, else somebody new at Karin's unit."""
    if role == "guardian":
        return Person.objects.get(subject="maria")
    if role == "child":
        return Person.objects.get(subject="alva")
    held = Assignment.objects.filter(role=role).order_by("person__subject").first()
    return held.person if held else _new_person(role)


def _new_person(role: str) -> Person:
    person = Person.objects.create(subject=f"new-{role}", given_name="Ny", family_name="Person")
    since = clock.day_of(people.NOW) - timedelta(days=30)
    Assignment.objects.create(person=person, unit=Unit.objects.get(key=HOME_UNIT), role=role, starts_on=since)
    return person


@pytest.fixture
def actor(request, client) -> Actor:
    """Logged in, in the role that the test names."""
    role = request.param
    person = person_in(role)
    sign_in(client, person, role)
    return next(way for way in possible_actors(person, now=people.NOW, strong_auth=True) if way.role == role)


def roles_that_open_every_page() -> list[str]:
    """A few roles that together may open every closed page."""
    chosen: list[str] = []
    shut = [set(view.permissions) for _, view in CLOSED]
    while shut:
        best = max(sorted(ROLES), key=lambda role: sum(bool(ROLES[role].permissions & page) for page in shut))
        chosen.append(best)
        left = [page for page in shut if not ROLES[best].permissions & page]
        assert len(left) < len(shut), f"no role may open a page that asks for {left[0]}"
        shut = left
    return chosen


ENOUGH = roles_that_open_every_page()
each_role = pytest.mark.parametrize("actor", sorted(ROLES), indirect=True)
enough_roles = pytest.mark.parametrize("actor", ENOUGH, indirect=True)
# On the second database every page is opened too, but not again by each role that may.
each_role_once = pytest.mark.parametrize(
    "actor",
    [pytest.param(role, marks=() if role in ENOUGH else any_database) for role in sorted(ROLES)],
    indirect=True,
)


def address(path: str, keys: dict[str, object]) -> str:
    """The pattern with its places filled: from `keys`, else with something of the right form."""

    def fill(found: re.Match) -> str:
        kind, name = found.groups()
        return str(keys[name] if name in keys else example_of(kind))

    return "/" + KEY.sub(fill, path)


def example_of(kind: str) -> object:
    if kind in ("uuid", "int", "slug"):
        return {"uuid": MISSING, "int": 1, "slug": "finns-inte"}[kind]
    return get_converters()[kind].regex.split("|")[0]


def real_keys() -> dict[str, object]:
    """A row that exists for every key in any address: Alva's where it is hers, else the first of its kind."""
    by_name = {model.__name__.lower(): model for model in apps.get_models()}
    alva = Child.objects.get(person__subject="alva")
    keys: dict[str, object] = {"child_id": alva.pk}
    for name in {name for path, _ in ADDRESSES for kind, name in KEY.findall(path) if kind == "uuid"}:
        word = name.removesuffix("_id").replace("_", "")
        model = by_name.get(MODELS.get(word, word).lower())
        if model is None or name in keys:
            continue
        fields = {field.name for field in model._meta.get_fields()}
        rows = model.objects.filter(child=alva) if "child" in fields else model.objects.all()
        if "plan" in fields:
            rows = rows.filter(plan__child=alva)
        if row := rows.first() or model.objects.first():
            keys[name] = row.pk
    return keys


def allowed(actor: Actor, view) -> bool:
    return any(actor.may(permission) for permission in view.permissions)


def both_ways(client: Client, url: str) -> dict[str, HttpResponse]:
    return {"GET": client.get(url), "POST": client.post(url, {})}


def wrong(answers: dict[str, HttpResponse], url: str, expected: set[int]) -> list[str]:
    return [f"{way} {url}: {a.status_code}" for way, a in answers.items() if a.status_code not in expected]


def told(problems: list[str]) -> None:
    assert not problems, "\n" + "\n".join(problems)


@any_database
@each_role
def test_a_role_is_turned_away_from_every_page_that_is_not_its_own(actor, client):
    keys = real_keys()
    told(
        [
            problem
            for path, view in CLOSED
            if not allowed(actor, view)
            for problem in wrong({"GET": client.get(address(path, keys))}, path, {403})
        ]
    )


@enough_roles
def test_what_does_not_exist_is_not_there(actor, client):
    """Keys of nothing: not there, never a fault."""
    told(
        [
            problem
            for path, view in CLOSED
            if allowed(actor, view) and "<uuid:" in path
            for problem in wrong(
                both_ways(client, address(path, {})),
                path,
                {404, 405} | ({302} if path in LEADS_BACK else set()),
            )
        ]
    )


@any_database
@pytest.mark.parametrize("actor", ["coordinator", "guardian", "child"], indirect=True)
def test_nothing_can_be_sent_to_a_page_that_is_not_one_s_own(actor, client):
    keys = real_keys()
    told(
        [
            problem
            for path, view in CLOSED
            if not allowed(actor, view)
            for problem in wrong({"POST": client.post(address(path, keys), {})}, path, {403})
        ]
    )


@each_role_once
def test_no_page_breaks(actor, client):
    """Every page of one's own with real keys, read and sent empty: an answer, never a fault of ours."""
    keys = real_keys()
    fine = {200, 302, 303, 400, 403, 404, 405, 409, 422}
    told(
        [
            problem
            for path, view in CLOSED
            if allowed(actor, view)
            for problem in wrong(both_ways(client, address(path, keys)), path, fine)
        ]
    )


@each_role_once
def test_an_invisible_child_looks_like_a_missing_one(actor, client):
    """The same status and the same body, to the last byte, on every page about a child."""
    problems = []
    for path, view in CLOSED:
        if "<uuid:child_id>" not in path or not allowed(actor, view):
            continue
        seen = {
            pk for p in view.permissions for pk in gate.children_for(actor, p).values_list("pk", flat=True)
        }
        missing = client.get(address(path, {"child_id": uuid4()}))
        for child in Child.objects.exclude(pk__in=seen).filter(protection="none")[:3]:
            invisible = client.get(address(path, {"child_id": child.pk}))
            if (invisible.status_code, invisible.content) != (missing.status_code, missing.content):
                problems.append(f"{path}: {invisible.status_code} and {missing.status_code}")
    told(problems)


@any_database
def test_without_logging_in_every_closed_page_leads_to_the_door(client):
    told(
        [
            f"{path}: {answer.status_code} {answer.headers.get('Location', '')}"
            for path, _ in CLOSED
            for answer in both_ways(client, address(path, {})).values()
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/logga-in/")
        ]
    )


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_answers_anyone(client, path):
    told(wrong(both_ways(client, address(path, {})), path, {200, 302, 400, 403, 404, 405}))


HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def lacking(answer: HttpResponse) -> list[str]:
    return [name for name, value in HEADERS.items() if value not in answer.headers.get(name, "")]


@any_database
def test_every_address_carries_the_protecting_headers(client):
    answers = [(path, client.get(address(path, {}))) for path, _ in ADDRESSES]
    told([f"{path}: {missing}" for path, answer in answers if (missing := lacking(answer))])


@any_database
@pytest.mark.parametrize("subject", ["karin", "maria", "alva"])
def test_pages_of_the_logged_in_carry_them_too(client, subject):
    sign_in(client, Person.objects.get(subject=subject))
    answers = [
        (path, client.get(address(path, real_keys()))) for path, _ in ADDRESSES if "logga-ut" not in path
    ]
    told([f"{path}: {missing}" for path, answer in answers if (missing := lacking(answer))])


@any_database
def test_no_policy_lets_in_inline_scripts_or_styles(client):
    policies = {client.get(address(path, {})).headers["Content-Security-Policy"] for path, _ in ADDRESSES}
    assert not [policy for policy in policies if "unsafe" in policy or "*" in policy or "data:" in policy]


def test_no_address_can_carry_a_number_or_a_name():
    """Keys in addresses are random; whoever reads a log of addresses learns nothing of a person."""
    kinds = {(kind, name) for path, _ in ADDRESSES for kind, name in KEY.findall(path)}
    # A version's number counts, it names nothing.
    assert {name for kind, name in kinds if kind == "int"} <= {"number", "year", "edition"}
    assert not [name for _, name in kinds if re.search(r"personal|name|birth", name)]


def test_every_address_declares_its_permission():
    assert len(ADDRESSES) > 50
    assert all(hasattr(view, "permissions") for _, view in ADDRESSES)
    assert get_resolver().url_patterns
