"""S71: the family's own part of the plan, and how a guardian says that the plan went."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kring.audit.models import AccessLogRow
from kring.care.plans import commands as plans
from kring.care.plans.models import Activity, Evaluation, Goal, Need
from kring.portal.family.own_forms import EvaluateForm, OwnActivityForm
from kring.portal.family.presenters.deeds import own_line
from kring.portal.family.presenters.own import evaluate_page, standing
from tests.cast import NOW
from tests.own_pages import sign_in

CHILD = UUID(int=3)
MARIA = Row(is_staff=False, unit_id=None, guardian_id=UUID(int=4), child_id=None)


def of(scene, rest: str = "") -> str:
    return f"/mina-sidor/{scene.child.pk}/planen/{rest}"


def send(client: Client, path: str, key=None, **fields):
    return client.post(path, {"submission": str(key or uuid4()), **fields})


def item(**fields) -> Row:
    whole = {"pk": uuid4(), "unit_id": None, "by_child": False, "responsible": "family", "status": "planned"}
    return Row(**(whole | {"revision": 2} | fields))


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "row", "by", "says", "changes"),
        [
            ("activity", item(), "Skrivet av er", True, True),
            ("activity", item(by_child=True), "Skrivet av barnet", True, False),
            ("activity", item(unit_id=UUID(int=9)), "", True, False),
            ("goal", item(), "Skrivet av er", False, True),
            ("need", item(by_child=True), "Skrivet av barnet", False, False),
        ],
    )
    def test_what_a_guardian_may_do_with_a_line(self, kind, row, by, says, changes):
        line = own_line(row, MARIA, CHILD, kind)
        assert (line.by, bool(line.status_href), bool(line.change_href)) == (by, says, changes)
        assert line.seen == 2

    @pytest.mark.parametrize("kind", ["need", "goal"])
    def test_what_others_have_written_and_do_has_no_ways(self, kind):
        assert own_line(item(unit_id=UUID(int=9), responsible="unit"), MARIA, CHILD, kind) is None

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"what": "", "responsible": "family"}, "what"),
            ({"what": "Läsa", "responsible": ""}, "responsible"),
            ({"what": "Läsa", "responsible": "unit"}, "responsible"),
            ({"what": "Läsa", "responsible": "third_party"}, "responsible_words"),
            ({"what": "Läsa", "responsible": "family", "goal_id": str(uuid4())}, "goal_id"),
        ],
    )
    def test_what_is_missing_is_asked_for_at_its_field(self, sent, field):
        form = OwnActivityForm(sent)
        assert not form.is_valid()
        assert set(form.errors) == {field}

    @pytest.mark.parametrize(
        ("sent", "given"),
        [
            ({"listened": "5", "helped": "", "words": ""}, {"listened": 5, "helped": None, "words": ""}),
            ({"words": "Bra"}, {"listened": None, "helped": None, "words": "Bra"}),
            ({}, None),
            ({"listened": "6"}, None),
            ({"words": "   "}, None),
        ],
    )
    def test_an_answer_says_something_and_no_more_than_five(self, sent, given):
        form = EvaluateForm(sent)
        assert form.is_valid() is (given is not None)
        assert given is None or form.given() == given

    def test_what_stands_now_is_told_with_what_somebody_else_has_said(self):
        row = Row(
            what="Läsa", when_words="", due_on=date(2026, 12, 1), get_status_display=lambda: "Klar",
            removed_at=None,
        )  # fmt: skip
        assert [one.value for one in standing("activity", row)] == ["Läsa", "tis 1 dec 2026", "Klar"]

    @pytest.mark.parametrize(("over", "lead"), [(True, "avslutad"), (False, "pågår")])
    def test_the_question_says_whether_the_plan_goes_on(self, over, lead):
        page = evaluate_page(Row(is_over=over, child_id=CHILD), [], EvaluateForm.FACES)
        assert lead in page.lead
        assert not page.said


def test_a_guardian_writes_in_own_words_and_staff_see_whose_they_are(scene, maria, read):
    activity = {"what": "Packa väskan", "responsible": "family", "when_words": "varje kväll"}
    key = uuid4()
    for _twice in range(2):
        answer = send(maria, of(scene, "eget/insats/nytt/"), key, **activity, goal_id=str(scene.goal.pk))
        assert answer.headers["Location"] == of(scene)
    send(maria, of(scene, "eget/mal/nytt/"), words="Lugna mornar")
    send(maria, of(scene, "eget/behov/nytt/"), area="leisure", text="Ett eget intresse")
    mine = Activity.objects.get(what="Packa väskan")
    assert (mine.unit_id, mine.by_child, mine.goal_id, mine.responsible) == (
        None, False, scene.goal.pk, "family",
    )  # fmt: skip
    page = read(maria, of(scene))
    for text in ("Packa väskan", "«Lugna mornar»", "Ett eget intresse", "Skrivet av er"):
        assert text in page
    staff = read(sign_in(Client(), scene.cast.karin), f"/planer/{scene.plan.pk}/")
    for text in ("Packa väskan", "Familjens eget", "Skrivet av familjen", "Ett eget intresse"):
        assert text in staff
    assert AccessLogRow.objects.filter(what="plan.activity.add", person_id=scene.cast.maria.pk).count() == 1


def test_whatever_is_missing_is_asked_for_and_nothing_is_written(scene, maria):
    before = [model.objects.count() for model in (Need, Goal, Activity, Evaluation)]
    for rest in ("eget/insats/nytt/", "eget/mal/nytt/", "eget/behov/nytt/"):
        answer = send(maria, of(scene, rest), words=" ", text=" ", what=" ")
        assert 'class="ds-error-summary' in answer.content.decode(), rest
    answer = send(maria, of(scene, f"{scene.plan.pk}/hur-gick-det/"))
    assert "Svara på minst en fråga" in answer.content.decode()
    assert [model.objects.count() for model in (Need, Goal, Activity, Evaluation)] == before


def test_one_s_own_is_changed_ticked_off_and_taken_out(scene, maria, johan, read):
    mine = plans.contribute_activity(by=scene.act("maria"), plan_id=scene.plan.pk, what="Packa väskan")
    path = of(scene, f"eget/insats/{mine.pk}/")
    assert 'value="Packa väskan"' in read(johan, path)
    fields = {"what": "Packa väskan ihop", "responsible": "family"}
    send(johan, path, seen=1, **fields)
    mine.refresh_from_db()
    assert (mine.what, mine.revision) == ("Packa väskan ihop", 2)
    late = send(maria, path, seen=1, what="Mitt", responsible="family").content.decode()
    assert "Någon har ändrat medan du skrev" in late
    assert "Packa väskan ihop" in late
    assert 'value="Mitt"' in late
    assert 'name="seen" value="2"' in late
    send(maria, of(scene, f"eget/hur-gar-det/{mine.pk}/"), seen=2, status="done")
    mine.refresh_from_db()
    assert mine.status == "done"
    assert "Ta bort det ni gör?" in read(maria, f"{path}ta-bort/")
    send(maria, f"{path}ta-bort/", seen=3)
    assert "Packa väskan" not in read(maria, of(scene))


def test_what_others_wrote_is_not_the_family_s_to_change(scene, maria):
    theirs = Activity.objects.filter(unit__isnull=False, responsible="unit").first()
    childs = plans.contribute_goal(by=scene.act("alva"), plan_id=scene.plan.pk, words="Spela teater")
    for path in (
        f"eget/mal/{scene.goal.pk}/", f"eget/insats/{theirs.pk}/", f"eget/insats/{theirs.pk}/ta-bort/",
        f"eget/hur-gar-det/{theirs.pk}/", f"eget/mal/{childs.pk}/", f"eget/mal/{childs.pk}/ta-bort/",
    ):  # fmt: skip
        answer = send(maria, of(scene, path), seen=1, words="Mitt", what="Mitt", status="done")
        assert answer.status_code == 403, path
    childs.refresh_from_db()
    assert (childs.words, childs.removed_at) == ("Spela teater", None)


def test_other_families_and_strangers_find_nothing(scene, cast):
    mine = plans.contribute_goal(by=scene.act("maria"), plan_id=scene.plan.pk, words="Lugna mornar")
    leila = sign_in(Client(), cast.leila)
    for rest in (f"eget/mal/{mine.pk}/", "eget/mal/nytt/", f"{scene.plan.pk}/hur-gick-det/"):
        assert leila.get(of(scene, rest)).status_code == 404, rest


def test_each_says_for_itself_how_it_went_and_nothing_is_overwritten(scene, maria, johan, read):
    path = of(scene, f"{scene.plan.pk}/hur-gick-det/")
    send(maria, path, listened="5", helped="2", words="Bra möten")
    Evaluation.objects.update(said_at=NOW - timedelta(days=1))
    send(maria, path, words="Nu går det bättre")
    send(johan, path, helped="4")
    assert Evaluation.objects.count() == 3
    page = read(maria, path)
    assert page.index("Nu går det bättre") < page.index("Bra möten")
    assert "Bra möten" not in read(johan, path)


def test_when_the_plan_is_over_the_page_asks_how_it_went(scene, maria, read):
    scene.plan.refresh_from_db()
    plans.close_plan(
        by=scene.act("karin"), plan_id=scene.plan.pk, seen=scene.plan.revision, reason="goals_reached"
    )
    page = read(maria, of(scene))
    assert "Säg hur det gick" in page
    send(maria, of(scene, f"{scene.plan.pk}/hur-gick-det/"), words="Det hjälpte")
    assert Evaluation.objects.get().words == "Det hjälpte"
    assert maria.get(of(scene, "eget/mal/nytt/")).status_code == 302
