"""«Vem får se min plan?»: who is judged mature, or grown, gives, changes and takes back its own answer."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kring import clock
from kring.access.policy.deciding import Question
from kring.care.plans import queries as plans
from kring.children.models import Child, Consent, MaturityAssessment, YoungShare
from kring.notifications.models import Notice
from kring.portal.young.presenters import consent as words
from kring.portal.young.presenters.to_you import to_you
from tests.cast import NOW
from tests.own_pages import Scene, fields_of, sign_in, texts_of

TODAY = NOW.date()
HERE = "/min-sida/min-plan/vem-ser/"
SPEECH = "sas-logopedi"
SPEECH_UNIT = Row(pk=UUID(int=1), name="Logopeden")
SCHOOL = Row(pk=UUID(int=2), name="Skolan")


def judged(cast, subject="noa", mature_from=TODAY):
    MaturityAssessment.objects.create(
        child=cast.child(subject), question=Question.CONSENT, mature_from=mature_from, grounds="Förstår",
        unit=cast.unit("hh-habilitering-boras"), assessed_by=cast.eva, assessed_at=NOW - timedelta(hours=1),
    )  # fmt: skip


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast, "noa").begun()


@pytest.fixture
def path(scene) -> str:
    return f"{HERE}{scene.plan.pk}/"


@pytest.fixture
def speech(cast):
    return cast.unit(SPEECH)


def text_of(answer) -> str:
    return " ".join(texts_of(answer.content.decode()))


def seen_by(cast, scene, who="sara") -> bool:
    return (
        plans.whole_plans(cast.actor(who, now=NOW + timedelta(minutes=1))).filter(pk=scene.plan.pk).exists()
    )


def send(client, path, seconds=0, **fields):
    hidden = fields_of(client.get(path).content.decode())
    with clock.frozen(clock.now() + timedelta(seconds=seconds)):
        return client.post(path, hidden | fields)


def says_yes(client, path, unit, seconds=0, **more):
    return send(client, path, seconds, state="given", plan=[str(unit.pk)], go="send", **more)


class TestWhoDecides:
    def test_somebody_judged_mature_has_it_to_do_on_its_home_and_comes_to_the_form(self, cast, noa, path):
        judged(cast)
        home = noa.get("/min-sida/")
        assert "Du bestämmer vilka som får se din plan" in text_of(home)
        assert f'href="{HERE}"' in home.content.decode()
        listed = noa.get(HERE)
        assert "Väntar på ditt svar" in text_of(listed)
        assert f'href="{path}"' in listed.content.decode()
        assert noa.get(path).status_code == 200

    @pytest.mark.parametrize("mature_from", [None, NOW.date() + timedelta(days=1)])
    def test_who_is_not_judged_mature_is_told_why_and_has_no_form(self, cast, noa, path, mature_from):
        judged(cast, mature_from=mature_from)
        assert "Du bestämmer vilka" not in text_of(noa.get("/min-sida/"))
        told = text_of(noa.get(HERE))
        assert to_you("8.6.child.not_mature") in told
        assert "Prata med någon som behandlar dig" in told
        for rest in ("", "sluta/"):
            assert noa.get(path + rest).status_code == 404
            answer = noa.post(path + rest, {"submission": uuid4(), "state": "refused", "go": "send"})
            assert answer.status_code == 404
        assert not Consent.objects.filter(child=cast.child("noa")).exists()

    @pytest.mark.parametrize(("years", "decides"), [(17, False), (18, True), (20, True)])
    def test_the_grown_decide_without_being_judged(self, cast, noa, path, years, decides):
        born = NOW.date().replace(year=NOW.year - years)
        Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=born)
        assert ("Du bestämmer vilka" in text_of(noa.get("/min-sida/"))) is decides
        assert noa.get(path).status_code == (200 if decides else 404)

    def test_maturity_has_no_lower_age_and_the_pages_with_pictures_lead_there(self, cast):
        scene = Scene(cast).begun()
        alva = sign_in(Client(), cast.alva)
        assert HERE not in alva.get("/min-sida/").content.decode()
        judged(cast, "alva")
        assert f'href="{HERE}"' in alva.get("/min-sida/").content.decode()
        assert alva.get(f"{HERE}{scene.plan.pk}/").status_code == 200

    def test_it_is_only_one_s_own_plan(self, cast, noa):
        judged(cast)
        other = Scene(cast).begun()
        assert noa.get(f"{HERE}{other.plan.pk}/").status_code == 404
        assert noa.get(f"{HERE}{uuid4()}/").status_code == 404

    def test_a_guardian_does_not_come_to_these_pages(self, cast, scene, path):
        judged(cast)
        anders = sign_in(Client(), cast.anders, "guardian")
        assert anders.get(HERE).status_code == anders.get(path).status_code == 403

    def test_without_a_plan_there_is_nothing_to_answer(self, cast, noa):
        assert "Det finns ingen plan att svara om just nu." in text_of(noa.get(HERE))


class TestAnswering:
    def test_what_it_opens_is_told_before_and_nothing_is_done(self, cast, noa, scene, path, speech):
        judged(cast)
        check = send(
            noa, path, state="given", plan=[str(speech.pk)], appointment=[str(speech.pk)], go="check"
        )
        told = text_of(check)
        assert f"{speech.name} får se din plan och dina bokade tider." in told
        assert f"{cast.unit('skola-boras-1').name} får inte se något." in told
        assert "Det gäller så länge planen pågår." in told
        assert "Ingen vårdnadshavare får veta det här." in told
        assert not Consent.objects.filter(child=scene.child).exists()
        assert not seen_by(cast, scene)

    def test_a_yes_opens_to_those_chosen_and_to_nobody_else_and_tells_no_guardian(
        self, cast, noa, scene, path, speech
    ):
        judged(cast)
        before = set(Notice.objects.values_list("pk", flat=True))
        answer = says_yes(noa, path, speech)
        assert answer.headers["Location"] == path
        assert seen_by(cast, scene)
        assert not seen_by(cast, scene, "jonas")
        assert "Du har sagt ja" in text_of(noa.get(path))
        assert "Du bestämmer vilka" not in text_of(noa.get("/min-sida/")), "nothing is left to do"
        told = Notice.objects.exclude(pk__in=before)
        assert not told.filter(person=cast.anders).exists()
        row = Consent.objects.get(child=scene.child)
        assert (row.guardian_id, row.state, row.form) == (None, "given", "portal")

    def test_sent_twice_it_is_one_answer(self, cast, noa, scene, path, speech):
        judged(cast)
        fields = fields_of(noa.get(path).content.decode())
        fields |= {"state": "given", "plan": [str(speech.pk)], "go": "send"}
        assert noa.post(path, fields).headers["Location"] == noa.post(path, fields).headers["Location"]
        assert Consent.objects.filter(child=scene.child).count() == 1

    def test_it_can_be_changed_at_any_time(self, cast, noa, scene, path, speech):
        judged(cast)
        says_yes(noa, path, speech)
        shown = noa.get(path).content.decode()
        assert shown.count("checked") == 2, "the yes and the one chosen, as they stand"
        says_yes(noa, path, cast.unit("skola-boras-1"), seconds=5)
        assert seen_by(cast, scene, "jonas")
        assert not seen_by(cast, scene)

    def test_it_is_taken_back_by_one_press_and_closes_at_once(self, cast, noa, scene, path, speech):
        judged(cast)
        says_yes(noa, path, speech)
        told = text_of(noa.get(path + "sluta/"))
        assert "De som fick se den ser inget nytt från och med nu." in told
        assert "Det de redan har fått har de kvar." in told
        assert seen_by(cast, scene)
        fields = fields_of(noa.get(path + "sluta/").content.decode())
        first = noa.post(path + "sluta/", fields)
        assert not seen_by(cast, scene)
        assert "Du har tagit tillbaka ditt ja" in text_of(noa.get(path))
        again = noa.post(path + "sluta/", fields)
        assert first.headers["Location"] == again.headers["Location"] == path
        assert noa.get(path + "sluta/").status_code == 404, "there is no yes left to take back"

    def test_a_no_is_as_easy_and_opens_nothing(self, cast, noa, scene, path):
        judged(cast)
        told = text_of(send(noa, path, state="refused", go="check"))
        assert "Du svarar nej." in told
        assert "Planen delas inte med någon annan." in told
        send(noa, path, state="refused", go="send")
        assert "Du har sagt nej" in text_of(noa.get(path))
        assert not seen_by(cast, scene)
        assert noa.get(path + "sluta/").status_code == 404

    def test_nothing_is_chosen_beforehand(self, cast, noa, path):
        judged(cast)
        page = noa.get(path).content.decode()
        assert "checked" not in page[page.index("<main") :]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Välj ja eller nej."),
            ({"state": "given"}, "Välj minst en som får se planen, eller svara nej."),
            ({"state": "given", "plan": ["x"]}, "Välj bland dem som är med i planen."),
        ],
    )
    @pytest.mark.parametrize("go", ["check", "send"])
    def test_what_is_missing_is_said_in_the_form(self, cast, noa, path, fields, said, go):
        judged(cast)
        assert said in text_of(send(noa, path, go=go, **fields))
        assert not Consent.objects.exists()

    def test_going_back_from_the_preview_keeps_what_was_chosen(self, cast, noa, path, speech):
        judged(cast)
        check = send(noa, path, state="given", plan=[str(speech.pk)], go="check")
        kept = fields_of(check.content.decode())
        assert kept["state"] == "given"
        back = noa.post(path, kept | {"go": "change"}).content.decode()
        assert back.count("checked") == 2
        assert not Consent.objects.exists()

    def test_a_guardian_whom_the_plan_is_shown_to_sees_the_answer_and_the_young_is_told_so(
        self, cast, noa, scene, path, speech
    ):
        judged(cast)
        assert "Ingen vårdnadshavare får veta det här." in text_of(noa.get(path))
        YoungShare.objects.create(
            child=scene.child,
            guardian=cast.guardian("anders"),
            thing="plan",
            starts_at=NOW - timedelta(hours=1),
        )
        assert "Vårdnadshavare som ser din plan ser också ditt svar." in text_of(noa.get(path))


def decided(mine=None, *, holds=False, opened=(), units=(SPEECH_UNIT, SCHOOL)):
    plan = Row(pk=UUID(int=9), unit=Row(name="Habiliteringen"))
    shared = Row(units=units, open={(SPEECH_UNIT.pk, name): None for name in opened}, plan=plan)
    return Row(plan=plan, shared=shared, mine=mine, holds=holds)


def answer(state="given", withdrawn=None, cells=()):
    scopes = [Row(category=category, unit_id=unit.pk) for unit, category in cells]
    return Row(state=state, withdrawn_at=withdrawn, ends_on=None, scopes=Row(all=lambda: scopes))


class TestWords:
    @pytest.mark.parametrize(
        ("mine", "holds", "said"),
        [
            (None, False, "Väntar på ditt svar"),
            (answer("not_asked"), False, "Väntar på ditt svar"),
            (answer(), True, "Du har sagt ja"),
            (answer(), False, "Ditt ja har gått ut"),
            (answer("refused"), False, "Du har sagt nej"),
            (answer(withdrawn=NOW), False, "Du har tagit tillbaka ditt ja"),
        ],
    )
    def test_how_it_stands(self, mine, holds, said):
        page = words.consent_page(decided(mine, holds=holds), Row(guardians_see=False))
        assert page.said == said
        assert bool(page.stop) is holds
        assert (
            words.deciding_page(Row(decides=[decided(mine, holds=holds)], others=False)).plans[0].said == said
        )

    @pytest.mark.parametrize(
        "opened", [(), ("plan",), ("appointment",), ("plan", "appointment"), ("plan", "record")]
    )
    def test_each_one_in_the_plan_has_a_sentence(self, opened):
        page = words.consent_page(decided(opened=opened), Row(guardians_see=False))
        assert page.sees[0] == "Habiliteringen håller i planen och ser den."
        seen = {
            (): "Logopeden är med i planen, men får inte se något.",
            ("plan",): "Logopeden får se din plan.",
            ("appointment",): "Logopeden får se dina bokade tider.",
            ("plan", "record"): "Logopeden får se din plan, journaluppgifter.",
            ("plan", "appointment"): "Logopeden får se din plan och dina bokade tider.",
        }
        assert page.sees[1:] == [seen[opened], "Skolan är med i planen, men får inte se något."]

    @pytest.mark.parametrize(
        ("ends_on", "said"),
        [
            (None, "Det gäller så länge planen pågår."),
            (date(2027, 6, 30), "Det gäller till och med ons 30 jun 2027."),
        ],
    )
    def test_how_long_a_yes_holds(self, ends_on, said):
        given = {"state": "given", "plan": [str(SCHOOL.pk)], "appointment": [], "ends_on": ends_on}
        check = words.consent_check(given, decided(), Row(guardians_see=True))
        assert said in check.lines
        assert check.lines[1:3] == ["Skolan får se din plan.", "Logopeden får inte se något."]

    def test_without_others_in_the_plan_there_is_nothing_to_choose(self):
        assert not words.consent_page(decided(units=()), Row(guardians_see=False)).may_choose

    def test_what_was_answered_is_there_to_change_and_nothing_of_what_is_taken_back(self):
        cells = [(SCHOOL, "plan"), (SPEECH_UNIT, "appointment")]
        assert words.answer_now(decided(answer(cells=cells))) == {
            "state": "given",
            "ends_on": None,
            "plan": [str(SCHOOL.pk)],
            "appointment": [str(SPEECH_UNIT.pk)],
        }
        for mine in (None, answer("not_asked"), answer(withdrawn=NOW, cells=cells)):
            assert words.answer_now(decided(mine)) == {}

    @pytest.mark.parametrize(
        ("decides", "others", "rule", "nothing"),
        [
            ([], True, "8.6.child.not_mature", False),
            ([], False, "8.6.child", True),
            ([decided()], True, "8.6.child", False),
        ],
    )
    def test_the_list_says_why(self, decides, others, rule, nothing):
        page = words.deciding_page(Row(decides=decides, others=others))
        assert (page.rule, page.nothing.startswith("Det finns ingen")) == (to_you(rule), nothing)
