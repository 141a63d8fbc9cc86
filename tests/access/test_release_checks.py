"""The reviewer's release checks 15, 19 and 34-44 (ux.md f): which test holds each, and those that stand here.

A check that is held by several tests is held by all of them together.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.access.policy.notices import Way
from kring.care.contacts import commands as contacts
from kring.care.plans import commands as plans
from kring.children.models import Child
from kring.children.personal_numbers import official_test_numbers
from kring.notifications import commands as notices
from kring.notifications import delivery
from kring.notifications.models import Delivery, Notice
from kring.notifications.rules import TELLINGS, Topic
from kring.organisations.models import Person, Unit
from kring.secrecy.commands.guardians import block_guardian
from tests.access.leaking import text_of
from tests.cast import NOW, Cast
from tests.conftest import ROOT
from tests.faults.addresses import NOBODY, addresses
from tests.own_pages import VISIT, Scene, texts_of
from tests.post import confirm

HELD_BY: dict[int, tuple[str, ...]] = {
    15: (
        "access/test_release_checks.py::test_15_a_protected_child_is_nowhere_and_answers_as_one_that_is_missing",
        "access/test_release_checks.py::test_15_a_protected_child_takes_the_time_of_a_missing_one",
        "access/test_release_checks.py::test_15_a_search_for_a_protected_child_takes_the_time_of_one_for_nobody",
        "access/test_release_checks.py::test_15_what_is_sent_about_a_protected_child_takes_the_time_of_a_missing_one",
    ),
    19: (
        "access/test_release_checks.py::test_19_one_of_two_yeses_opens_no_address_to_the_other_parties",
        "unit/portal/family/test_sharing.py::test_one_of_two_waits_for_the_other_and_opens_nothing",
        "unit/care/plans/test_consents.py::test_with_joint_custody_one_yes_opens_nothing",
    ),
    34: (
        "access/test_release_checks.py::test_34_a_blocked_guardian_meets_the_child_s_name_nowhere",
        "access/test_release_checks.py::test_34_a_blocked_guardian_s_files_are_as_those_of_nothing",
        "access/test_release_checks.py::test_34_no_letter_reaches_a_blocked_guardian",
        "access/test_nothing_leaks.py::test_a_person_meets_only_what_is_theirs",
        "faults/test_closed_meanwhile.py::test_between_two_requests_of_one_session_nothing_is_kept",
    ),
    35: (
        "access/test_family_sets.py::test_everything_turns_at_midnight_in_stockholm_on_the_birthday",
        "unit/care/record/test_family.py::test_it_opens_and_closes_on_the_very_day",
        "unit/portal/family/test_shared_pages.py::*",
        "unit/care/plans/test_new_decider.py::test_what_guardians_opened_closes_by_itself_the_day_the_child_is_grown",
    ),
    36: (
        "access/test_nothing_leaks.py::test_a_person_meets_only_what_is_theirs",
        "unit/care/plans/test_withheld.py::*",
        "unit/care/record/test_withheld.py::*",
        "unit/care/monitoring/test_hidden_readings.py::*",
    ),
    37: ("unit/portal/young/test_pages.py::test_show_and_stop_and_the_guardian_s_next_request",),
    38: ("journeys/test_young.py::test_leaving_quickly_by_button_and_by_shift_three_times",),
    39: (
        "unit/portal/child_pages/test_pages.py::test_few_choices_at_a_time_and_each_with_its_picture",
        "unit/portal/child_pages/test_preparing.py::test_every_choice_has_its_picture_and_there_are_at_most_six",
        "journeys/test_child.py::test_listening_never_uses_a_voice_from_elsewhere",
    ),
    40: (
        "unit/portal/child_pages/test_mood.py::test_who_sees_it_is_said_before_it_is_sent_and_after",
        "unit/portal/child_pages/test_mood.py::test_wanting_not_to_answer_keeps_nothing",
        "unit/portal/child_pages/test_mood.py::test_no_score_no_number_and_nothing_from_elsewhere",
    ),
    41: (
        "access/test_release_checks.py::test_41_after_a_whole_story_no_letter_says_anything",
        "unit/notifications/test_delivery.py::test_no_letter_of_any_act_holds_a_name_place_or_time",
        "unit/notifications/test_notify.py::test_a_sentence_has_no_place_for_a_name_unit_time_or_place",
    ),
    42: (
        "unit/portal/family/test_readings.py::*",
        "unit/log_review/test_extract.py::test_an_emergency_is_marked_and_its_written_reason_is_not_told",
    ),
    43: (
        "journeys/test_session.py::test_the_warning_comes_in_time_and_one_key_is_enough_to_stay",
        "journeys/test_session.py::test_what_was_half_written_waits_and_stands_in_its_form_again",
    ),
    44: (
        "journeys/test_session.py::test_after_logging_out_the_browser_s_back_shows_nothing",
        "unit/portal/entrance/test_session.py::test_a_second_tab_is_out_with_its_next_request",
        "access/test_every_address.py::test_every_address_carries_the_protecting_headers",
        "access/test_every_address.py::test_pages_of_the_logged_in_carry_them_too",
    ),
}


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return {name for name in found if name.startswith("test_")}


def test_every_check_is_held_by_tests_that_exist():
    assert set(HELD_BY) == {15, 19, *range(34, 45)}
    held = [one.split("::") for tests in HELD_BY.values() for one in tests]
    found = {file: names_in(file) for file, _name in held}
    missing = [(file, name) for file, name in held if name != "*" and name not in found[file]]
    assert all(found.values())
    assert not missing


def test_the_page_about_testing_has_the_same_table():
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", page, re.M))
    files = {str(check): {one.split("::")[0] for one in tests} for check, tests in HELD_BY.items()}
    assert {check: set(re.findall(r"`([^`]+)`", told)) for check, told in rows.items()} == files


def plain(answer: Any) -> str:
    """A page without what is drawn anew at each showing, a file as its words."""
    text = text_of(answer)
    if "<html" not in text:
        return text
    return "\n".join(one for one in texts_of(text) if "Ärendekod" not in one)


def paths(cast: Cast, who: str, ids: dict[str, Any]) -> Iterator[str]:
    """Every address that somebody's role opens and that is about one of these things."""
    actor = cast.actor(who)
    for one in addresses():
        if set(one.names) & set(ids) and any(map(actor.may, one.permissions)):
            yield one.path(ids)


# 15. A protected child, for who works at its unit and is not in its restricted group.


@pytest.fixture
def sigrid(cast) -> dict[str, Any]:
    """Her keys: a plan that is begun and has tasks, and a booked visit."""
    karin, child = cast.actor("karin"), cast.child("sigrid")
    plan = plans.start_plan(by=karin, child_id=child.pk, need_identified_on=NOW.date())
    visit = contacts.book(by=karin, child_id=child.pk, starts_at=VISIT, what="Träning")
    return {"child_id": child.pk, "plan_id": plan.pk, "visit_id": visit.pk}


LISTS = ("/arbetslista/", "/arbetslista/?vy=alla", "/arbetslista/utskrift/", "/moten/", "/barn/")


@pytest.mark.parametrize("who", ["maja", "lena"])
def test_15_a_protected_child_is_nowhere_and_answers_as_one_that_is_missing(cast, client, sigrid, who):
    role = "school_nurse" if who == "lena" else None
    cast.log_in(client, who, role)
    nothing = {name: uuid4() for name in sigrid}
    tried = list(zip(paths(cast, who, sigrid), paths(cast, who, nothing), strict=True))
    assert len(tried) > 30
    for path, missing in tried:
        hidden, absent = client.get(path), client.get(missing)
        assert hidden.status_code == absent.status_code, path
        assert plain(hidden).replace(path, "") == plain(absent).replace(missing, ""), path
    number = cast.child("sigrid").numbers.get(kind="personal").value
    for path in LISTS:
        assert "Sigrid" not in text_of(client.get(path))
    for form in ({"name": "Sigrid Lind", "number": ""}, {"name": "", "number": number}):
        answer = client.post("/barn/", form)
        assert "/barn/" + str(sigrid["child_id"]) not in text_of(answer) + answer.headers.get("Location", "")


TRIES, MOST_MS = 20, 50


@pytest.mark.parametrize("pattern", ["/barn/{child_id}/", "/planer/{plan_id}/", "/planer/{plan_id}/pdf/"])
def test_15_a_protected_child_takes_the_time_of_a_missing_one(cast, client, sigrid, pattern):
    cast.log_in(client, "maja")
    took: dict[bool, list[float]] = {True: [], False: []}
    for _try in range(TRIES):
        for real in (True, False):
            path = pattern.format(**(sigrid if real else dict.fromkeys(sigrid, NOBODY)))
            began = perf_counter()
            assert client.get(path).status_code == 404
            took[real].append((perf_counter() - began) * 1000)
    assert abs(median(took[True]) - median(took[False])) < MOST_MS


UNKNOWN = {"name": "Sigrun Lundin", "number": next(official_test_numbers(date(2014, 3, 2))).digits12}
"""Nobody in the cast is called so or has this number."""


@pytest.mark.parametrize("by", ["name", "number"])
def test_15_a_search_for_a_protected_child_takes_the_time_of_one_for_nobody(cast, client, by):
    child = cast.child("sigrid")
    hidden = {"name": child.name, "number": child.numbers.get(kind="personal").value}
    cast.log_in(client, "maja")

    def search(words):
        return client.post("/barn/", {"name": "", "number": "", by: words[by]})

    took: dict[bool, list[float]] = {True: [], False: []}
    for _try in range(TRIES):
        for real in (True, False):
            began = perf_counter()
            answer = search(hidden if real else UNKNOWN)
            took[real].append((perf_counter() - began) * 1000)
            assert answer.status_code == 200
            assert f"/barn/{child.pk}" not in text_of(answer)
    assert abs(median(took[True]) - median(took[False])) < MOST_MS


@pytest.mark.parametrize("pattern", ["/planer/{plan_id}/besluta/", "/planer/{plan_id}/verksamheter/ny/"])
def test_15_what_is_sent_about_a_protected_child_takes_the_time_of_a_missing_one(
    cast, client, sigrid, pattern
):
    cast.log_in(client, "maja")
    took: dict[bool, list[float]] = {True: [], False: []}
    for _try in range(TRIES):
        for real in (True, False):
            path = pattern.format(**(sigrid if real else dict.fromkeys(sigrid, NOBODY)))
            began = perf_counter()
            assert client.post(path, {"submission": uuid4()}).status_code == 404
            took[real].append((perf_counter() - began) * 1000)
    assert abs(median(took[True]) - median(took[False])) < MOST_MS


# 19. Consent of one of two guardians.


@pytest.mark.parametrize("who", ["sara", "jonas"])
def test_19_one_of_two_yeses_opens_no_address_to_the_other_parties(cast, client, who):
    scene = Scene(cast).begun().consented("maria")
    cast.log_in(client, who)
    ids = {"plan_id": scene.plan.pk}
    closed = {path: client.get(path).status_code for path in paths(cast, who, ids)}
    assert len(closed) > 10
    assert set(closed.values()) <= {403, 404, 405}, closed
    scene.consented("johan")
    assert client.get(reverse("plan-page", args=[scene.plan.pk])).status_code == 200


# 34. A blocked guardian.


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).whole()


def keys_of(scene: Scene) -> dict[str, Any]:
    return {
        "child_id": scene.child.pk, "plan_id": scene.plan.pk, "visit_id": scene.visit.pk,
        "summons_id": scene.summons.pk, "version_id": scene.version.pk,
        "invitation_id": scene.invitation("johan").pk,
    }  # fmt: skip


def block(scene: Scene) -> None:
    johan = scene.cast.guardian("johan")
    block_guardian(by=scene.act("eva"), child_id=scene.child.pk, guardian_id=johan.pk, reason="Hot")


def named(client: Client, found: list[str]) -> list[str]:
    """Those whose status line, headers, title, words or file hold the child's name or number."""
    child = Child.objects.get(person__subject="alva")
    marks = [child.given_name, *(one.value for one in child.numbers.all())]
    told = {}
    for path in found:
        answer = client.get(path, follow=True)
        told[path] = " ".join([text_of(answer), str(dict(answer.headers)), str(answer.redirect_chain)])
    return [path for path, text in told.items() if any(mark in text for mark in marks)]


def test_34_a_blocked_guardian_meets_the_child_s_name_nowhere(client, scene):
    cast = scene.cast
    cast.log_in(client, "johan")
    every = [
        *paths(cast, "johan", keys_of(scene)),
        "/",
        "/mina-barn/",
        "/aviseringar/",
        "/aviseringar/installningar/",
    ]
    assert len(named(client, every)) > 8, "or nothing is proved"
    block(scene)
    assert len(every) > 25
    assert named(client, every) == []


ICS = b"BEGIN:VCALENDAR"
FILES = {
    "the calendar file of a visit": ("family-calendar", ("child_id", "visit_id"), ICS),
    "the calendar file of a meeting": (
        "family-summons-calendar",
        ("child_id", "summons_id"),
        b"BEGIN:VCALENDAR",
    ),
    "the plan as PDF": ("plan-pdf", ("plan_id",), b"%PDF"),
    "who has read as PDF": ("family-readings-pdf", ("child_id",), b"%PDF"),
}


@pytest.mark.parametrize("file", FILES)
def test_34_a_blocked_guardian_s_files_are_as_those_of_nothing(client, scene, file):
    name, keys, begins = FILES[file]
    real = [keys_of(scene)[key] for key in keys]
    path, missing = reverse(name, args=real), reverse(name, args=[uuid4() for _key in keys])
    scene.cast.log_in(client, "johan")
    assert client.get(path).content.startswith(begins)
    assert b"Alva" not in client.get(path).content or begins == b"%PDF"
    block(scene)
    hidden, absent = client.get(path), client.get(missing)
    assert hidden.status_code == absent.status_code == 404
    assert plain(hidden) == plain(absent)
    assert hidden.headers["Content-Type"] == absent.headers["Content-Type"]


def reached_by_mail(cast: Cast, *subjects: str) -> None:
    for subject in subjects:
        chosen = {Way.EMAIL: (f"{subject}@exempel.se", tuple(Topic))}
        notices.choose_ways(by=cast.actor(subject), chosen=chosen)
        confirm(cast.actor(subject))
    mail.outbox.clear()


def test_34_no_letter_reaches_a_blocked_guardian(scene, settings):
    """Neither one that waited when the access was closed, nor of anything that is told after."""
    settings.NOTICE_MAIL = True
    reached_by_mail(scene.cast, "maria", "johan")
    about = {"child_id": scene.child.pk, "about": uuid4(), "family": True}
    acts = [row.act for row in TELLINGS.values() if "guardian" in row.to]
    assert notices.tell(by=scene.act("karin"), act=acts[0], **about) == 2
    block(scene)
    for act in acts:
        notices.tell(by=scene.act("karin"), act=act, **about)
    sent = delivery.send_due(lambda: NOW)
    assert {address for letter in mail.outbox for address in letter.to} == {"maria@exempel.se"}
    assert sent == len(acts)
    assert not Notice.objects.filter(person=scene.cast.johan).exists()


# 41. The outbox after a whole story.

STORY = ("karin", "eva", "sara", "jonas", "lena", "maria", "johan")


def test_41_after_a_whole_story_no_letter_says_anything(cast, settings):
    """From need to meeting and booked visits, with everybody wanting mail about everything."""
    settings.NOTICE_MAIL = True
    reached_by_mail(cast, *STORY)
    scene = Scene(cast).begun().consented().established().called().booked()
    sara = scene.act("sara")
    contacts.move_appointment(
        by=sara, appointment_id=scene.visit.pk, seen=scene.visit.revision, starts_at=VISIT.replace(hour=15)
    )
    plans.cancel_summons(by=scene.act("karin"), summons_id=scene.summons.pk, reason="Alva är sjuk")
    with clock.frozen(NOW):
        delivery.send_due(lambda: NOW)
    assert len(mail.outbox) >= 10
    assert not Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=NOW).exists()
    text = " ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    people = [*Child.objects.all(), *Person.objects.all()]
    names = {word for one in people for word in (one.given_name, one.family_name) if len(word) > 2}
    places = {unit.name for unit in Unit.objects.all()} | {"Fjällskolan", "rum 12", "Borås"}
    assert not names & set(re.findall(r"\w+", text))
    assert not [place for place in places if place in text]
    assert not re.search(r"\d", text), "neither a day nor a time"
