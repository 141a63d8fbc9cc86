"""Check 35 by page: from the 13th birthday a guardian's pages hold what the young person shares, and no more.

Every link on them is followed: none leads to a closed door, and what is closed is told in the same words
whether or not there is anything behind it.
"""

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from kring.access.permissions import Permission
from kring.access.permissions import Permission as P
from kring.care.contacts import commands as contacts
from kring.care.messages import commands as posts
from kring.care.monitoring import commands as moods
from kring.children.models import CareRelation, Child, YoungShare
from kring.portal.family.opened import PAGES, opened
from tests.cast import NOW
from tests.own_pages import VISIT, Scene, sign_in

THINGS = tuple(YoungShare.Thing.values)
BORN = date(2013, 11, 16)
"""Thirteen years old today."""
PLACES = {"plan": "Planen", "appointment": "Tider", "message": "Meddelanden"}
AWAY = ("/logga-", "/sprak", "/lamna", "/byt-", "/hjalp")
CLOSED = "Planen visas inte för dig. Noa bestämmer själv vad du ser."


@pytest.fixture
def noa(cast) -> Child:
    """With a visit, an answer of how it feels and a thread: something of every kind but the plan."""
    child = cast.child("noa")
    Child.objects.filter(pk=child.pk).update(birth_date=BORN)
    child.refresh_from_db()
    karin, by = cast.actor("karin"), cast.actor("noa")
    contacts.book(by=karin, child_id=child.pk, starts_at=VISIT, what="Samtal")
    asking = moods.ask(by=karin, child_id=child.pk, reader_id=karin.person_id)
    moods.answer(by=by, asking_id=asking.pk, face="sad", words="Trött")
    moods.send(by=by, asking_id=asking.pk, shown_to_guardians=True)
    unit = cast.unit("hh-habilitering-boras")
    posts.begin_thread(
        by=by, child_id=child.pk, unit_id=unit.pk, title="En sak", text="Hej", visibility="default"
    )
    return child


@pytest.fixture
def anders(cast) -> Client:
    return sign_in(Client(), cast.anders, "guardian")


@pytest.fixture
def show(cast, noa):
    def share(*things):
        for thing in things:
            YoungShare.objects.create(
                child=noa, guardian=cast.guardian("anders"), thing=thing, starts_at=NOW - timedelta(hours=1)
            )

    return share


def words_of(answer) -> str:
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def links_of(answer, path: str) -> list[str]:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = re.findall(r'<a[^>]*href="([^"#]*)', answer.content.decode())
    split = (urlsplit(unescape(one)) for one in found)
    return [(one.path or path) + (f"?{one.query}" if one.query else "") for one in split if not one.netloc]


def walked(client: Client, start: str) -> dict[str, object]:
    """Every page that can be reached by links, by its address."""
    seen, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(AWAY) or not path.startswith("/"):
            continue
        seen[path] = client.get(path, follow=True)
        waiting += links_of(seen[path], path)
    return seen


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("with_plan", [True, False])
def test_at_13_no_link_leads_to_a_closed_door(cast, noa, anders, show, thing, with_plan):
    if with_plan:
        Scene(cast, "noa").begun()
    show(thing)
    seen = walked(anders, f"/mina-sidor/{noa.pk}/")
    assert {path: one.status_code for path, one in seen.items() if one.status_code != 200} == {}
    assert len(seen) > 3


@pytest.mark.parametrize("thing", THINGS)
def test_the_bar_of_places_holds_what_is_shared(noa, anders, show, thing):
    show(thing)
    page = anders.get(f"/mina-sidor/{noa.pk}/").content.decode()
    bar = unescape(re.sub(r"<[^>]+>", " ", re.search(r'<nav class="k-nav.*?</nav>', page, re.S)[0])).split()
    assert bar == ["Hem", *([PLACES[thing]] if thing in PLACES else [])]


@pytest.mark.parametrize("thing", [one for one in THINGS if one != "plan"])
def test_a_plan_that_is_not_shared_is_not_told_of_either_way(cast, noa, anders, show, thing):
    show(thing)
    path = f"/mina-sidor/{noa.pk}/"
    without = words_of(anders.get(path))
    scene = Scene(cast, "noa").begun()
    assert words_of(anders.get(path)) == without
    assert CLOSED in without
    assert "Det finns ingen plan" not in without
    for rest in ("planen/", "planen/be-om/", f"planen/{scene.plan.pk}/samtycke/", "delning/"):
        assert anders.get(path + rest).status_code == 404, rest


def test_a_shared_plan_that_is_not_there_is_said_so_without_naming_whom_the_child_meets(noa, anders, show):
    show("plan")
    told = words_of(anders.get(f"/mina-sidor/{noa.pk}/planen/"))
    assert "Det finns ingen plan ännu. Vill du be om en, ring en mottagning" in told
    assert anders.get(f"/mina-sidor/{noa.pk}/planen/be-om/").status_code == 404


@pytest.mark.parametrize("thing", THINGS)
def test_no_share_tells_whom_the_young_person_meets(cast, noa, anders, show, thing):
    """A unit that has nothing to do with what is shared stands on no page, nor opens its address."""
    unit = cast.unit("sas-bup-boras")
    unit.name = "Märkesmottagningen"
    unit.save()
    unit.controller.shares_across_providers = True
    unit.controller.save()
    CareRelation.objects.get_or_create(child=noa, unit=unit, defaults={"starts_on": BORN})
    Scene(cast, "noa").begun()
    show(thing)
    path = f"/mina-sidor/{noa.pk}/"
    pages = {rest: anders.get(path + rest) for rest in ("delning/andra-vardgivare/", "planen/be-om/")}
    pages["delning/andra-vardgivare/sluta/"] = anders.get(path + "delning/andra-vardgivare/sluta/")
    assert {one.status_code for one in pages.values()} == {404}
    seen = walked(anders, path) | {"new": anders.get(path + "meddelanden/nytt/")}
    told = [at for at, one in seen.items() if "Märkesmottagningen" in one.content.decode("utf-8", "ignore")]
    assert told == []


@pytest.mark.parametrize("share", THINGS)
def test_the_day_before_everything_is_open(cast, noa, anders, show, share):
    Child.objects.filter(pk=noa.pk).update(birth_date=BORN + timedelta(days=1))
    show(share)
    page = anders.get(f"/mina-sidor/{noa.pk}/")
    told = page.content.decode()
    for word in ("Planen", "Tider", "Meddelanden", "Journal", "Vem har läst", "Hur barnet mår"):
        assert word in told, word
    assert "visas inte för dig" not in words_of(page)
    assert opened(cast.actor("anders"), noa.pk) == PAGES


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_drawn_is_what_the_gate_opens(cast, noa, show, thing):
    """The shortcut for a younger child answers as permission by permission would."""
    from kring.access import gate

    show(thing)
    for birth in (BORN, BORN + timedelta(days=1), BORN.replace(year=2009), BORN.replace(year=2008)):
        Child.objects.filter(pk=noa.pk).update(birth_date=birth)
        by = cast.actor("anders", "guardian")
        asked = {one for one in PAGES if gate.children_for(by, one, noa.pk).exists()}
        assert opened(by, noa.pk) == asked, birth


def test_times_alone_are_read_and_not_changed(noa, anders, show):
    """Answering for the child goes with its plan: a form that could not be sent is not offered."""
    show("appointment")
    path = f"/mina-sidor/{noa.pk}/tider/"
    told = words_of(anders.get(path))
    assert "Vill du ändra en tid, ring mottagningen." in told
    assert "Avboka" not in told
    visit = contacts_visit(noa)
    for rest in ("passar", "andra", "avboka"):
        assert anders.get(f"{path}{visit}/{rest}/").status_code == 404
        assert anders.post(f"{path}{visit}/{rest}/", {"submission": uuid4(), "seen": 1}).status_code == 404
    assert anders.get(f"{path}{visit}/kalender.ics").status_code == 200


def contacts_visit(child) -> object:
    from kring.care.contacts.models import Appointment

    return Appointment.objects.filter(child=child).latest("starts_at").pk


def test_times_and_plan_together_can_be_changed(noa, anders, show):
    show("appointment", "plan")
    path = f"/mina-sidor/{noa.pk}/tider/"
    assert "Avboka" in words_of(anders.get(path))
    assert anders.get(f"{path}{contacts_visit(noa)}/avboka/").status_code == 200


def test_the_record_alone_of_an_extended_access_has_no_other_links(cast, noa, anders):
    from kring.children.models import GuardianDecision

    GuardianDecision.objects.create(
        child=noa, guardian=cast.guardian("anders"), kind="extended", child_agreed=True, starts_on=BORN,
        ends_on=NOW.date() + timedelta(days=30), unit=cast.unit("hh-habilitering-boras"), reason="Behövs",
        decided_by=cast.eva, decided_at=NOW,
    )  # fmt: skip
    seen = walked(anders, f"/mina-sidor/{noa.pk}/journal/")
    assert {path for path, one in seen.items() if one.status_code != 200} == set()
    assert P.SEE_OWN_RECORD not in opened(cast.actor("anders", "guardian"), noa.pk)


def test_who_is_around_the_child_is_no_kind_that_can_be_shared():
    from kring.access.permissions import INFORMATION

    assert INFORMATION[Permission.SEE_ACCESS_MATRIX].value not in THINGS
