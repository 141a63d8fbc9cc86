"""S86 «Så ser min sida ut», and «Säg till om något är fel»."""

import pytest
from django.test import Client
from django.utils import translation

from kring.audit.models import AccessLogRow
from kring.children.models import Child
from kring.portal.child_pages import commands, presenters
from kring.portal.child_pages.rules import MIDDLE
from kring.portal.child_pages.words import words_for
from kring.timeline.models import Event, Task
from tests.own_pages import Scene, fields_of, sign_in, texts_of

LOOK = "/min-sida/sa-ser-min-sida-ut/"
WRONG = "/min-sida/saga-nagot/nagot-ar-fel/"


def mode_of(subject: str) -> str:
    return Child.objects.get(person__subject=subject).page_mode


def doors(cast) -> dict[str, tuple[object, str]]:
    alva = cast.child("alva").pk
    return {
        "the child": (cast.alva, LOOK),
        "a guardian": (cast.maria, f"/mina-sidor/{alva}/barnets-sidor/"),
        "its unit": (cast.karin, f"/barn/{alva}/egna-sidor/"),
        "its school": (cast.jonas, f"/barn/{alva}/egna-sidor/"),
    }


@pytest.mark.parametrize("who", ["the child", "a guardian", "its unit", "its school"])
def test_the_child_a_guardian_and_its_units_choose(cast, who):
    person, path = doors(cast)[who]
    client = sign_in(Client(), person)
    assert client.get(path).status_code == 200
    assert client.post(path, {"look": "early"}).headers["Location"] == path
    assert mode_of("alva") == "early"
    assert "k-page--B1" in sign_in(Client(), cast.alva).get("/min-sida/").content.decode()


def test_it_is_kept_without_a_label_and_without_telling_anybody(cast):
    before = Event.objects.count()
    sign_in(Client(), cast.karin).post(doors(cast)["its unit"][1], {"look": "pictures"})
    row = AccessLogRow.objects.filter(what="child.look", action="write").get()
    assert row.reason == ""
    assert Event.objects.count() == before
    page = sign_in(Client(), cast.jonas).get(f"/barn/{cast.child('alva').pk}/").content.decode()
    assert "Mer bilder" not in page


@pytest.mark.parametrize("look", ["", "young", "middle", "huge"])
def test_a_look_that_is_not_among_them_changes_nothing(cast, look):
    assert not commands.choose_look(by=cast.actor("alva"), child_id=cast.child("alva").pk, look=look)
    assert mode_of("alva") == "by_age"


@pytest.mark.parametrize(("subject", "role"), [("ulla", None), ("lena", "guardian"), ("rune", None)])
def test_nobody_else_chooses(cast, subject, role):
    client = sign_in(Client(), getattr(cast, subject), role)
    alva = cast.child("alva").pk
    for path in (f"/barn/{alva}/egna-sidor/", f"/mina-sidor/{alva}/barnets-sidor/"):
        assert client.post(path, {"look": "early"}).status_code in (403, 404)
    assert mode_of("alva") == "by_age"


def test_a_guardian_does_not_choose_for_the_young(cast):
    noa = cast.child("noa").pk
    assert sign_in(Client(), cast.anders).get(f"/mina-sidor/{noa}/barnets-sidor/").status_code in (403, 404)


def test_adults_who_choose_nothing_are_asked_again(cast):
    answer = sign_in(Client(), cast.karin).post(doors(cast)["its unit"][1], {"look": "x"})
    assert answer.status_code == 200
    assert "Välj ett av svaren." in answer.content.decode()


def test_with_more_pictures_the_words_of_the_plan_have_theirs(cast, read):
    scene = Scene(cast).whole()
    client = sign_in(Client(), cast.alva)
    assert "k-support" not in read(client, "/min-sida/min-plan/")
    Child.objects.filter(pk=scene.child.pk).update(page_mode="pictures")
    for path in ("min-plan/", "bra-att-veta/", "det-har-bestamde-vi/"):
        page = read(client, f"/min-sida/{path}")
        assert 'class="k-body k-pictures"' in page
    assert read(client, "/min-sida/min-plan/").count('class="k-support"') > 3


def test_the_looks_in_the_child_s_and_in_adults_words():
    looks = ("by_age", "early", "pictures")
    with translation.override("sv"):
        mine = presenters.look_page(looks, "early", words_for(MIDDLE))
        theirs = presenters.other_look_page(looks, "early")
        words = [str(one.word) for one in mine]
        assert words == [str(one.word) for one in theirs] == ["Vanlig sida", "Enkel vy", "Mer bilder"]
        assert [one.now for one in mine] == [False, True, False]
        assert not any("funktion" in str(one.more).lower() for one in (*mine, *theirs))


@pytest.mark.parametrize("subject", ["hugo", "alva"])
def test_the_page_offers_three(cast, subject):
    page = sign_in(Client(), getattr(cast, subject)).get(LOOK).content.decode()
    assert ("1 av 3" in page) is (subject == "hugo")


class TestWrong:
    def test_it_reaches_those_who_keep_the_plan(self, cast):
        scene = Scene(cast).whole()
        client = sign_in(Client(), cast.alva)
        fields = fields_of(client.get(WRONG).content.decode()) | {"about": "adult", "own": "Ingen lyssnade."}
        assert client.post(WRONG, fields).headers["Location"] == "/min-sida/saga-nagot/"
        event = Event.objects.get(kind="child_wrong")
        assert event.reason == "Något en vuxen gjorde. Ingen lyssnade."
        task = Task.objects.get(kind="child_wrong")
        assert (task.unit_id, task.subject) == (scene.plan.unit_id, event.pk)
        assert "En vuxen läser" in client.get("/min-sida/saga-nagot/").content.decode()

    def test_sent_twice_it_is_one(self, cast):
        client = sign_in(Client(), cast.hugo)
        fields = fields_of(client.get(WRONG).content.decode()) | {"about": "place"}
        for _press in range(2):
            client.post(WRONG, fields)
        assert Event.objects.filter(kind="child_wrong").count() == 1

    def test_nothing_said_is_asked_again(self, cast):
        client = sign_in(Client(), cast.hugo)
        page = client.post(WRONG, {"own": "  "}).content.decode()
        assert "Välj en bild." in page
        assert not Event.objects.filter(kind="child_wrong").exists()

    def test_with_nobody_to_read_it_the_child_is_shown_to_people(self, cast):
        cast.child("hugo").care_relations.all().delete()
        client = sign_in(Client(), cast.hugo)
        assert client.post(WRONG, {"about": "page"}).headers["Location"] == "/min-sida/prata-nu/"
        assert not Event.objects.filter(kind="child_wrong").exists()

    def test_the_family_s_adults_do_not_see_it(self, cast):
        Scene(cast).whole()
        client = sign_in(Client(), cast.alva)
        client.post(WRONG, {"own": "Hemligt ord"})
        home = sign_in(Client(), cast.maria).get(f"/mina-sidor/{cast.child('alva').pk}/").content.decode()
        assert "Hemligt ord" not in home


def test_a_number_to_call_never_breaks_inside(cast, read):
    Scene(cast).whole()
    client = sign_in(Client(), cast.alva)
    for path in ("prata-nu/", "mina-vuxna/"):
        page = read(client, f"/min-sida/{path}")
        numbers = page.count('<span class="k-whole">')
        assert numbers == page[: page.index("</main>")].count('href="tel:')
        assert numbers > 1


def test_how_a_visit_goes_one_step_a_screen_for_the_smallest(cast, read):
    client = sign_in(Client(), cast.hugo)
    first = read(client, "/min-sida/bra-att-veta/besok/")
    last = read(client, "/min-sida/bra-att-veta/besok/?del=7")
    assert "Du åker dit." in texts_of(first)
    assert "Sedan åker du hem." in texts_of(last)
    assert 'value="7"' in last
    whole = texts_of(read(sign_in(Client(), cast.alva), "/min-sida/bra-att-veta/besok/"))
    assert {"Du åker dit med en vuxen.", "Du får säga stopp när du vill."} <= set(whole)
