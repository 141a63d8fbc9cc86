"""Mående: what the unit and the guardians read."""

from datetime import timedelta

import pytest
from django.test import Client

from kring import clock
from kring.audit.models import AccessLogRow
from kring.care.monitoring import commands
from kring.care.monitoring.models import MoodAsking
from kring.timeline.models import Task
from tests.own_pages import Scene, sign_in, texts_of


@pytest.fixture
def scene(cast) -> Scene:
    """Two answers, the later kept from guardians."""
    scene = Scene(cast).asked()
    for hours, words, shown in ((0, "Skolan", True), (1, "Bara till Karin", False)):
        by = scene.act("alva", clock.now() + timedelta(hours=hours))
        commands.answer(by=by, asking_id=scene.asking.pk, face="sad", places=["tummy"], words=words)
        commands.send(by=by, asking_id=scene.asking.pk, shown_to_guardians=shown)
    return scene


def staff(scene: Scene, rest: str = "") -> str:
    return f"/barn/{scene.child.pk}/maende/{rest}"


def family(scene: Scene) -> str:
    return f"/mina-sidor/{scene.child.pk}/hur-barnet-mar/"


def page_of(person, path: str) -> str:
    answer = sign_in(Client(), person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_unit_reads_faces_with_their_words_and_never_a_number(scene, cast):
    page = page_of(cast.karin, staff(scene))
    texts = texts_of(page)
    assert texts.count("Inte bra") == 2
    assert {"Känns i: Magen", "Skolan", "Bara till Karin", "2 svar är inte lästa."} <= set(texts)
    assert page.count("feel-sad") == 2


def test_what_the_child_keeps_from_guardians_is_marked(scene, cast):
    assert page_of(cast.karin, staff(scene)).count("Barnet visar inte det här för vårdnadshavarna.") == 1


def test_read_is_one_press(scene, cast):
    client = sign_in(Client(), cast.karin)
    assert client.post(staff(scene, "last/")).headers["Location"] == staff(scene)
    page = client.get(staff(scene)).content.decode()
    assert "Jag har läst svaren" not in page
    assert page.count("Läst av Karin Lund") == 2
    assert not Task.objects.filter(kind="mood_read", done_at__isnull=True).exists()


def test_a_guardian_reads_what_is_shown_and_who_reads(scene, cast):
    texts = texts_of(page_of(cast.maria, family(scene)))
    assert "Skolan" in texts
    assert any(text.startswith("Karin Lund på") for text in texts)


def test_of_what_is_kept_no_trace_reaches_a_guardian(scene, cast):
    page = page_of(cast.maria, family(scene))
    assert "Bara till Karin" not in page
    assert page.count('class="k-card k-mood"') == 1
    for word in ("inte lästa", "visar inte det", "Läst av"):
        assert word not in page


@pytest.mark.parametrize("subject", ["jonas", "rune", "fatima", "maria", "alva"])
def test_the_unit_s_page_is_not_for_others(scene, cast, subject):
    assert sign_in(Client(), getattr(cast, subject)).get(staff(scene)).status_code in (403, 404)


@pytest.mark.parametrize("subject", ["karin", "alva", "leila"])
def test_the_guardian_s_page_is_not_for_others(scene, cast, subject):
    assert sign_in(Client(), getattr(cast, subject)).get(family(scene)).status_code in (403, 404)


def test_another_unit_of_the_provider_makes_an_active_choice_first(scene, cast):
    page = page_of(cast.peter, staff(scene))
    assert "Det finns svar hos den här enheten." in page
    assert "Bara till Karin" not in page
    assert staff(scene, "andra-enheter/") in page


def test_after_the_choice_it_is_shown(scene, cast):
    client = sign_in(Client(), cast.peter)
    assert client.get(staff(scene, "andra-enheter/")).status_code == 200
    assert "Välj vad du behöver" in client.post(staff(scene, "andra-enheter/"), {"x": ""}).content.decode()
    client.post(staff(scene, "andra-enheter/"), {"purpose": "care"})
    assert "Bara till Karin" in client.get(staff(scene)).content.decode()
    row = AccessLogRow.objects.get(what="mood.choice")
    assert (row.rule, row.purpose, row.child_id) == ("8.2.2", "care", scene.child.pk)
    record = client.get(f"/barn/{scene.child.pk}/journal/").content.decode()
    assert "Valt:" not in record


def test_a_unit_begins_and_ends(cast):
    scene, client = Scene(cast), sign_in(Client(), cast.karin)
    assert "Ni frågar inte barnet hur det mår." in client.get(staff(scene)).content.decode()
    client.post(staff(scene, "fraga/"), {"reader": cast.maja.pk})
    assert MoodAsking.objects.get().reader_id == cast.maja.pk
    assert "Maja Rask läser svaren på vardagar." in client.get(staff(scene)).content.decode()
    client.post(staff(scene, "sluta/"))
    assert not MoodAsking.objects.exists()


@pytest.mark.parametrize("reader", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_without_one_who_reads_nothing_begins(cast, reader):
    scene, client = Scene(cast), sign_in(Client(), cast.karin)
    answer = client.post(staff(scene, "fraga/"), {"reader": reader})
    assert answer.status_code == 200
    assert "Välj vem som läser svaren." in answer.content.decode()
    assert not MoodAsking.objects.exists()


def test_the_child_s_side_list_and_the_guardian_s_home_lead_there(scene, cast):
    assert staff(scene) in page_of(cast.karin, f"/barn/{scene.child.pk}/")
    assert staff(scene) not in page_of(cast.jonas, f"/barn/{scene.child.pk}/")
    home = page_of(cast.maria, f"/mina-sidor/{scene.child.pk}/")
    assert family(scene) in home
    assert f"/mina-sidor/{scene.child.pk}/barnets-sidor/" in home


def test_the_worklist_has_it_for_the_one_who_reads(scene, cast):
    assert "Läs hur barnet säger att det mår" in page_of(cast.karin, "/arbetslista/")
