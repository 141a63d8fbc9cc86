"""What a unit answers by hand reaches whoever asked, on its own page, and nobody else in the family."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.access.permissions import Permission
from kring.children.commands import relate
from kring.notifications.models import Notice
from kring.portal.child_pages.presenters import said
from kring.portal.child_pages.words import words_for
from kring.portal.family.presenters.asked import asked_page
from kring.timeline.asked import Asked, asked_by, words_of
from kring.timeline.models import Event, Task
from tests.cast import NOW
from tests.own_pages import Scene, fields_of, sign_in

LONG = "Vi vill träffas på onsdagar. " + "Det är svårt för oss att komma på tisdagar. " * 20 + "Allra sist."
ANSWER = "Vi byter till onsdagar från januari."
SAY, WRONG, DONE = "/min-sida/saga-nagot/", "/min-sida/saga-nagot/nagot-ar-fel/", "/arbetslista/klart/"


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).whole()


def client_of(scene: Scene, who: str) -> Client:
    return sign_in(Client(), getattr(scene.cast, who))


def page_of(client: Client, name: str, *ids) -> str:
    answer = client.get(reverse(name, args=ids))
    assert answer.status_code == 200
    return answer.content.decode()


def propose(scene: Scene, who: str = "maria", message: str = LONG) -> Task:
    fields = {"message": message, "submission": str(uuid4())}
    assert (
        client_of(scene, who).post(reverse("family-propose", args=[scene.child.pk]), fields).status_code
        == 302
    )
    return Task.objects.get(kind="change_proposed", done_at=None)


def ask_time(scene: Scene) -> Task:
    path = reverse("family-change", args=[scene.child.pk, scene.visit.pk])
    fields = {"reason": "Tisdagar går bra", "seen": scene.visit.revision, "submission": str(uuid4())}
    assert client_of(scene, "maria").post(path, fields).status_code == 302
    return Task.objects.get(kind="visit_change_asked", done_at=None)


def say_wrong(scene: Scene) -> Task:
    client = client_of(scene, "alva")
    fields = fields_of(client.get(WRONG).content.decode()) | {"about": "adult", "own": "Ingen lyssnade."}
    assert client.post(WRONG, fields).status_code == 302
    return Task.objects.get(kind="child_wrong", done_at=None)


def finish(scene: Scene, who: str, task: Task, result: str = ANSWER) -> str:
    """Mark a task done as the one who has it does; the address of the result."""
    fields = {"task": str(task.pk), "result": result, "submission": str(uuid4())}
    answer = client_of(scene, who).post(DONE, fields)
    assert answer.status_code == 302
    return answer.headers["Location"]


def told() -> set[tuple[str, str]]:
    acts = ("proposal_answered", "time_answered", "said_answered")
    return set(Notice.objects.filter(act__in=acts).values_list("person__subject", "act"))


# What staff read of it


def test_all_that_the_family_wrote_is_read_where_the_task_is_done(scene):
    task = propose(scene)
    assert len(LONG) > 600
    karin = client_of(scene, "karin")
    assert LONG in page_of(karin, "child-events", scene.child.pk)
    assert LONG in karin.get(DONE, {"task": str(task.pk)}).content.decode()


def test_two_askings_in_one_task_are_both_read(scene):
    ask_time(scene)
    task = ask_time(scene)
    Event.objects.filter(kind="visit_change_asked").order_by("pk").update(data={"message": "Helst i maj"})
    page = client_of(scene, "sara").get(DONE, {"task": str(task.pk)}).content.decode()
    assert page.count("Helst i maj") == 2


def test_on_a_shared_screen_the_words_are_not_shown(scene):
    task = propose(scene)
    karin = client_of(scene, "karin")
    karin.post(reverse("hide-identity"))
    assert "onsdagar" not in karin.get(DONE, {"task": str(task.pk)}).content.decode()


def test_the_answer_is_in_the_child_s_events_for_colleagues(scene):
    finish(scene, "karin", propose(scene))
    page = page_of(client_of(scene, "eva"), "child-events", scene.child.pk)
    assert ANSWER in page
    assert "Svar på det familjen eller barnet sa" in page
    event = Event.objects.get(kind="asked_answered")
    assert (event.unit_id, event.recorded_by) == (scene.plan.unit_id, scene.cast.karin)


# What whoever asked reads


@pytest.mark.parametrize(
    ("asks", "who", "act"),
    [(propose, "karin", "proposal_answered"), (ask_time, "sara", "time_answered")],
)
def test_the_guardian_who_asked_reads_the_answer_and_is_told(scene, asks, who, act):
    task = asks(scene)
    maria = client_of(scene, "maria")
    before = page_of(maria, "family-asked", scene.child.pk)
    assert "Väntar på svar" in before
    assert ANSWER not in before
    finish(scene, who, task)
    after = page_of(maria, "family-asked", scene.child.pk)
    assert ANSWER in after
    assert "Väntar på svar" not in after
    assert told() == {("maria", act)}


def test_the_other_guardian_reads_neither_the_question_nor_the_answer(scene):
    finish(scene, "karin", propose(scene))
    page = page_of(client_of(scene, "johan"), "family-asked", scene.child.pk)
    assert ANSWER not in page
    assert "onsdagar" not in page
    assert "Du har inte frågat något än" in page


@pytest.mark.parametrize("name", ["family-plan", "family-times"])
def test_the_pages_where_one_asks_lead_to_the_answers(scene, name):
    page = page_of(client_of(scene, "maria"), name, scene.child.pk)
    assert reverse("family-asked", args=[scene.child.pk]) in page


def test_the_child_reads_the_answer_on_its_own_page_and_no_guardian_does(scene):
    task = say_wrong(scene)
    alva = client_of(scene, "alva")
    before = alva.get(SAY).content.decode()
    assert "Ingen lyssnade." in before
    assert ANSWER not in before
    finish(scene, "karin", task)
    assert ANSWER in alva.get(SAY).content.decode()
    for guardian in ("maria", "johan"):
        client = client_of(scene, guardian)
        for name in ("family-asked", "family-child", "family-plan"):
            page = page_of(client, name, scene.child.pk)
            assert ANSWER not in page
            assert "Ingen lyssnade" not in page
    # Alva is ten: small children have no bell, and her guardians are told nothing of what she said.
    assert told() == set()


CLEAR = SAY + "tydligt/"


def says_clear(client: Client, word: str):
    fields = fields_of(client.get(SAY).content.decode())
    return client.post(CLEAR, fields | {"clear": word})


def test_before_there_is_an_answer_nobody_asks_whether_it_was_clear(scene):
    say_wrong(scene)
    alva = client_of(scene, "alva")
    assert "Blev det tydligt?" not in alva.get(SAY).content.decode()
    alva.post(CLEAR, {"said": str(Event.objects.get(kind="child_wrong").pk), "clear": "no"})
    assert not Event.objects.filter(kind="answer_clear").exists()


def test_a_clear_answer_is_said_once_and_asks_no_more(scene):
    finish(scene, "karin", say_wrong(scene))
    alva, asked = client_of(scene, "alva"), Event.objects.get(kind="child_wrong")
    page = alva.get(SAY).content.decode()
    assert "Blev det tydligt?" in page
    assert re.findall(r'name="clear" value="(\w+)"', page) == ["yes", "little", "no"]
    assert says_clear(alva, "yes").headers["Location"] == SAY
    said = Event.objects.get(kind="answer_clear")
    assert (said.subject, said.data, said.unit_id) == (asked.pk, {"clear": "yes"}, asked.unit_id)
    page = alva.get(SAY).content.decode()
    assert "Bra!" in page and "Blev det tydligt?" not in page
    alva.post(CLEAR, {"said": str(asked.pk), "clear": "no", "submission": str(uuid4())})
    assert Event.objects.filter(kind="answer_clear").count() == 1
    assert not Task.objects.filter(kind="child_wrong", done_at=None).exists()


@pytest.mark.parametrize("word", ["little", "no"])
def test_what_was_not_clear_is_asked_anew_with_the_child_s_own_words(scene, word):
    first = say_wrong(scene)
    finish(scene, "karin", first)
    alva = client_of(scene, "alva")
    says_clear(alva, word)
    again = Task.objects.get(kind="child_wrong", done_at=None)
    assert again.unit_id == first.unit_id and again.subject != first.subject
    words = Event.objects.get(pk=again.subject).reason
    assert words == "Svaret blev inte tydligt: Något en vuxen gjorde. Ingen lyssnade."
    assert "En vuxen förklarar igen." in alva.get(SAY).content.decode()
    finish(scene, "karin", again, "Vi ses på tisdag.")
    assert "Vi ses på tisdag." in alva.get(SAY).content.decode()
    for guardian in ("maria", "johan"):
        assert "inte tydligt" not in page_of(client_of(scene, guardian), "family-asked", scene.child.pk)


@pytest.mark.parametrize("word", ["", "kanske"])
def test_another_word_or_another_child_s_question_says_nothing(scene, word):
    finish(scene, "karin", say_wrong(scene))
    says_clear(client_of(scene, "alva"), word)
    asked = Event.objects.get(kind="child_wrong")
    noa = client_of(scene, "noa")
    noa.post(CLEAR, {"said": str(asked.pk), "clear": "yes", "submission": str(uuid4())})
    assert not Event.objects.filter(kind="answer_clear").exists()


def test_a_young_person_is_told_that_there_is_an_answer_to_read(scene):
    """Noa is fifteen, and what was said waits at Karin's unit."""
    task = say_wrong(scene)
    noa = scene.cast.child("noa")
    Event.objects.filter(pk=task.subject).update(child=noa, recorded_by=scene.cast.noa)
    relate(child=noa, unit=task.unit, starts_on=date(2026, 1, 1))
    Task.objects.filter(pk=task.pk).update(child=noa)
    finish(scene, "karin", task)
    assert told() == {("noa", "said_answered")}


def test_taken_back_it_is_as_if_nothing_had_been_said(scene):
    result = finish(scene, "karin", propose(scene))
    client_of(scene, "karin").post(result + "angra/")
    page = page_of(client_of(scene, "maria"), "family-asked", scene.child.pk)
    assert ANSWER not in page
    assert "Väntar på svar" in page
    assert told() == set()
    assert not Event.objects.filter(kind="asked_answered").exists()


def test_each_question_has_its_own_answer(scene, cast):
    finish(scene, "sara", ask_time(scene), "Den 3 mars går bra.")
    with clock.frozen(NOW + timedelta(days=1)):
        ask_time(scene)
        mine = asked_by(
            cast.actor("maria", now=clock.now()),
            scene.child.pk,
            ("visit_change_asked",),
            Permission.SEE_APPOINTMENTS,
        )
    assert [(one.answer, one.answered_at is None) for one in mine] == [
        ("", True),
        ("Den 3 mars går bra.", False),
    ]


def test_whoever_no_longer_reaches_the_plan_no_longer_reads_what_it_was_asked(scene, cast):
    finish(scene, "karin", propose(scene))
    old = {"birth_date": datetime(2012, 1, 1, tzinfo=UTC).date()}
    scene.child.__class__.objects.filter(pk=scene.child.pk).update(**old)
    kinds = ("change_proposed",)
    assert asked_by(cast.actor("maria"), scene.child.pk, kinds, Permission.SEE_PLAN) == []
    assert client_of(scene, "maria").get(reverse("family-asked", args=[scene.child.pk])).status_code == 404


# The words


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            {"kind": "change_proposed", "title": "Bör", "data": {"message": "Början och slutet"}},
            "Början och slutet",
        ),
        ({"kind": "child_wrong", "title": "", "reason": "Ingen lyssnade"}, "Ingen lyssnade"),
        ({"kind": "encounter", "title": "Besök", "data": {"message": "annan källas ord"}}, "Besök"),
        ({"kind": "moved", "title": "", "reason": "Flytt", "data": None}, "Flytt"),
    ],
)
def test_all_the_words_of_an_event(event, words):
    assert words_of(Row(**({"reason": "", "data": {}} | event))) == words


def asked(result: str | None, **event) -> Asked:
    fields = {
        "kind": "change_proposed",
        "title": "Onsdagar",
        "reason": "",
        "data": {},
        "recorded_at": datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
        "unit": Row(name="Habiliteringen"),
    }
    done = None if result is None else datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    return Asked(Row(**(fields | event)), Row(done_at=done, result=result or ""))


@pytest.mark.parametrize(
    ("result", "state", "tone", "answer"),
    [
        (None, "Väntar på svar", "wait", ""),
        ("Det går bra.", "Svar ons 18 nov 2026", "good", "Det går bra."),
        ("", "Svar ons 18 nov 2026", "good", ""),
    ],
)
def test_the_guardian_s_row(result, state, tone, answer):
    [row] = asked_page([asked(result)])
    assert (row.what, row.when, row.unit) == ("Förslag till ändring", "mån 16 nov 2026", "Habiliteringen")
    assert (row.words, row.state, row.tone, row.answer) == ("Onsdagar", state, tone, answer)


@pytest.mark.parametrize(
    ("result", "state"), [(None, "En vuxen läser och svarar."), ("", "En vuxen har läst det.")]
)
@pytest.mark.parametrize("mode", ["B1", "B2", "U"])
def test_the_child_s_row(mode, result, state):
    [row] = said([asked(result, kind="child_wrong", title="", reason="Fel dag")], words_for(mode, True))
    assert (row.words, row.answer, row.state) == ("Fel dag", "", state)
