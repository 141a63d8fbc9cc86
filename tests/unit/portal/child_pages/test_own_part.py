"""The child's own part of its plan, and «Hur gick det?»."""

from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kring.care.plans import commands as plans
from kring.care.plans.models import Activity, Evaluation, Goal, Need
from kring.portal.child_pages.own_forms import AREAS, ChildEvaluateForm
from kring.portal.child_pages.presenters.own import answered, own_parts
from kring.portal.child_pages.rules import MIDDLE
from kring.portal.child_pages.words import words_for
from tests.cast import NOW
from tests.own_pages import sign_in

HERE = "/min-sida/min-plan/mitt-eget/"
ALVA = Row(is_staff=False, unit_id=None, guardian_id=None, child_id=UUID(int=1))


def send(client: Client, path: str, key=None, **fields):
    return client.post(path, {"submission": str(key or uuid4()), **fields})


def activity(**fields) -> Row:
    whole = {"pk": uuid4(), "unit_id": None, "by_child": False, "responsible": "family", "status": "planned"}
    return Row(**(whole | {"revision": 1, "what": "Simma"} | fields))


class TestWords:
    @pytest.mark.parametrize(
        ("row", "shown", "changes", "ticks"),
        [
            (activity(by_child=True), True, True, True),
            (activity(), True, False, True),
            (activity(status="done"), True, False, False),
            (activity(unit_id=UUID(int=9)), True, False, True),
            (activity(unit_id=UUID(int=9), responsible="unit"), False, False, False),
            (activity(unit_id=UUID(int=9), responsible="third_party"), False, False, False),
            (activity(status="stopped"), False, False, False),
        ],
    )
    def test_what_stands_on_the_page_and_what_the_child_may_do_with_it(self, row, shown, changes, ticks):
        found = Row(goals=[], needs=[], activities=[row])
        parts = own_parts(found, ALVA, words_for(MIDDLE))
        assert parts[0].kind == "write"
        assert (parts[1].kind == "thing") is shown
        if shown:
            thing = parts[1].thing
            assert (bool(thing.change), bool(thing.remove), bool(thing.tick)) == (changes, changes, ticks)

    def test_faces_are_told_with_picture_and_word(self):
        row = Row(said_at=NOW, listened=5, helped=None, words="Bra")
        told = answered([row], words_for(MIDDLE))[0]
        assert told.faces == [("De lyssnade på mig", "feel-great", "Jättebra")]
        assert told.words == "Bra"

    def test_a_need_is_about_one_of_the_areas_that_staff_know(self):
        assert {one.value for one in AREAS} <= set(Need.Area.values)

    @pytest.mark.parametrize("sent", [{}, {"words": "  "}, {"listened": "", "helped": ""}, {"listened": "9"}])
    def test_nothing_said_is_nothing_sent(self, sent):
        form = ChildEvaluateForm(sent, empty="Välj en bild.")
        assert not form.is_valid()


def test_the_child_writes_itself_and_guardians_and_staff_see_that_it_did(scene, alva, read):
    key = uuid4()
    for _twice in range(2):
        send(alva, f"{HERE}mal/nytt/", key, text="Jag vill spela teater")
    send(alva, f"{HERE}behov/nytt/", text="Lugn på rasten", area="play")
    send(alva, f"{HERE}insats/nytt/", text="Öva repliker")
    goal = Goal.objects.get(words="Jag vill spela teater")
    done = Activity.objects.get(what="Öva repliker")
    assert (goal.unit_id, goal.by_child, done.responsible) == (None, True, "family")
    page = read(alva, HERE)
    for text in ("Jag vill spela teater", "Lugn på rasten", "Öva repliker", "Läsa tillsammans"):
        assert text in page
    staff = read(sign_in(Client(), scene.cast.karin), f"/planer/{scene.plan.pk}/")
    for text in ("Jag vill spela teater", "Skrivet av barnet", "Barnets eget"):
        assert text in staff
    assert "Skrivet av barnet" in read(
        sign_in(Client(), scene.cast.maria), f"/mina-sidor/{scene.child.pk}/planen/"
    )


def test_its_own_is_changed_and_taken_out_by_the_child_alone(scene, alva, read):
    goal = plans.contribute_goal(by=scene.act("alva"), plan_id=scene.plan.pk, words="Cykla")
    send(alva, f"{HERE}mal/{goal.pk}/", seen=1, text="Cykla fort")
    late = send(alva, f"{HERE}mal/{goal.pk}/", seen=1, text="Cykla långt").content.decode()
    assert "Cykla fort" in late
    assert "Cykla långt" in late
    assert "Någon hann ändra det." in late
    assert "Vill du ta bort det här?" in read(alva, f"{HERE}mal/{goal.pk}/ta-bort/")
    send(alva, f"{HERE}mal/{goal.pk}/ta-bort/", seen=2)
    goal.refresh_from_db()
    assert goal.removed_at is not None
    others = plans.contribute_goal(by=scene.act("maria"), plan_id=scene.plan.pk, words="Lugna mornar")
    for row in (others, scene.goal):
        assert send(alva, f"{HERE}mal/{row.pk}/", seen=row.revision, text="Mitt").status_code == 403


def test_what_is_done_at_home_is_ticked_off_once(scene, alva, read):
    home = Activity.objects.get(what="Läsa tillsammans")
    theirs = Activity.objects.filter(responsible="unit").first()
    send(alva, f"{HERE}klart/{home.pk}/", seen=home.revision)
    home.refresh_from_db()
    assert home.status == "done"
    again = alva.post(f"{HERE}klart/{home.pk}/", {"submission": str(uuid4()), "seen": 1}, follow=True)
    assert "Någon hann ändra det." in again.content.decode()
    send(alva, f"{HERE}klart/{theirs.pk}/", seen=theirs.revision)
    theirs.refresh_from_db()
    assert theirs.status == "planned"


def test_without_a_plan_there_is_nothing_to_write_in(cast, alva, read):
    assert "Du har ingen plan än." in read(alva, HERE)
    assert alva.get(f"{HERE}mal/nytt/").status_code == 302
    assert "Planen har inte börjat än." in read(alva, "/min-sida/min-plan/hur-gick-det/")


def test_the_child_says_itself_how_it_went_and_no_guardian_reads_it(scene, alva, read):
    path = "/min-sida/min-plan/hur-gick-det/"
    asked = read(alva, path)
    assert "Vuxna hemma ser det inte." in asked
    send(alva, path, listened="4", words="Ni frågade mig")
    send(alva, path, helped="1")
    assert list(Evaluation.objects.values_list("guardian", flat=True)) == [None, None]
    assert "Ni frågade mig" in read(alva, path)
    home = f"/mina-sidor/{scene.child.pk}/planen/"
    maria = sign_in(Client(), scene.cast.maria)
    for page in (home, f"{home}sip/", f"{home}{scene.plan.pk}/hur-gick-det/"):
        assert "Ni frågade mig" not in read(maria, page), page
