"""S74: what is shared stands in sentences, and giving, changing and stopping are as easy as each other."""

import re
from datetime import date, timedelta
from html import unescape
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring import clock
from kring.care.plans import queries as plans
from kring.children.models import Consent, Custody, Disclosure, GuardianDecision, MaturityAssessment
from kring.design import days
from tests.own_pages import Scene, fields_of

FORBIDDEN = r"ogiltig|felaktig|vänligen|tyvärr|oops"
SPEECH = "sas-logopedi"


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


SQL = 24
SECONDS = count(1)


def send(client, path, **fields):
    """Open the page and send its form, a second after whatever was sent before: the latest answer counts."""
    hidden = fields_of(client.get(path).content.decode())
    with clock.frozen(clock.now() + timedelta(seconds=next(SECONDS))):
        return client.post(path, hidden | fields)


@pytest.fixture
def path(scene) -> str:
    return f"/mina-sidor/{scene.child.pk}/delning/"


@pytest.fixture
def share(scene, cast, path) -> str:
    return f"{path}{scene.plan.pk}/{cast.unit(SPEECH).pk}/"


def seen_by(cast, scene, who="sara"):
    return plans.whole_plans(cast.actor(who)).filter(pk=scene.plan.pk).exists()


def test_each_receiver_is_one_sentence_with_its_own_controls(scene, cast, path, maria, read):
    page = read(maria, path)
    told = text_of(page)
    speech = cast.unit(SPEECH).name
    assert f"{speech} får se: planen. Gäller till lör 11 mar 2034." in told, (
        "the last day before she is grown"
    )
    assert page.count("Ändra<span") == page.count("Sluta dela<span") == 3
    assert "Väntar" not in told
    assert not re.search(FORBIDDEN, told, re.IGNORECASE)


def test_a_guardian_reads_that_nobody_but_the_child_can_block(path, maria, read):
    page = read(maria, path)
    assert "En vårdnadshavare kan inte spärra barnets journal." in page
    assert "spärra</a>" not in page


def test_stopping_for_one_closes_for_that_one_at_once(scene, cast, share, maria, read):
    stop = share + "sluta/"
    asked = text_of(read(maria, stop))
    assert "De ser inget nytt från och med nu." in asked
    assert "har de kvar som sin egen kopia" in asked
    assert seen_by(cast, scene)
    answer = send(maria, stop)
    assert answer.headers["Location"].endswith("/delning/")
    assert not seen_by(cast, scene)
    assert seen_by(cast, scene, "jonas")
    told = text_of(maria.get(answer.headers["Location"]).content.decode())
    assert f"{cast.unit(SPEECH).name} är med i planen, men får inte se något." in told


def test_stopping_for_the_last_takes_the_yes_back(scene, cast, path, maria):
    for key in (SPEECH, "skola-boras-1", "elevhalsa-boras"):
        assert send(maria, f"{path}{scene.plan.pk}/{cast.unit(key).pk}/sluta/").status_code == 302
    mine = Consent.objects.filter(guardian=cast.guardian("maria"), withdrawn_at__isnull=True)
    assert not mine.exists()
    assert not Disclosure.objects.filter(ended_at__isnull=True).exists()


def test_changing_is_checked_before_it_is_done(scene, share, maria):
    fields = {"what": ["plan", "appointment"], "ends_on_0": "30", "ends_on_1": "6", "ends_on_2": "2027"}
    before = Consent.objects.count()
    check = send(maria, share, **fields)
    told = text_of(check.content.decode())
    assert "Stämmer det här?" in told
    assert "får se: planen, bokade tider. Gäller till ons 30 jun 2027." in told
    assert Consent.objects.count() == before
    kept = fields_of(check.content.decode())
    again = maria.post(share, kept | fields | {"again": "1"})
    assert 'value="30"' in again.content.decode()
    assert Consent.objects.count() == before
    done = maria.post(share, kept | fields | {"sure": "1"})
    assert done.status_code == 302
    newest = Consent.objects.latest("recorded_at", "pk")
    assert Consent.objects.count() == before + 1
    mine = Consent.objects.filter(ends_on=date(2027, 6, 30)).get()
    assert {scope.category for scope in mine.scopes.filter(unit__key=SPEECH)} == {"plan", "appointment"}
    assert mine.scopes.exclude(unit__key=SPEECH).count() == 2, "the others stand as they were"
    assert newest.state == "given"


def test_both_choices_of_a_check_are_buttons_of_the_same_size(share, maria, read):
    page = read(maria, share + "sluta/")
    actions = page[page.index('class="k-actions"') :]
    actions = actions[: actions.index("</div>")]
    assert "Ja, sluta dela" in actions
    assert actions.count("ds-button") == 2
    assert "data-size" not in actions


def test_nothing_is_chosen_beforehand_for_who_has_not_said_yes(cast, maria, read):
    scene = Scene(cast).begun()
    page = read(maria, f"/mina-sidor/{scene.child.pk}/delning/{scene.plan.pk}/{cast.unit(SPEECH).pk}/")
    assert "checked" not in page[page.index("<main") :]


def test_the_form_says_what_to_do_when_nothing_is_chosen(share, maria):
    page = send(maria, share, what=[]).content.decode()
    assert "Välj minst en sak" in page
    assert re.search(r"<title>\s*Fel:", page)


def test_one_of_two_waits_for_the_other_and_opens_nothing(cast, maria, read):
    """Check 19 of ux.md."""
    scene = Scene(cast).begun().consented("maria")
    path = f"/mina-sidor/{scene.child.pk}/delning/"
    told = text_of(read(maria, path))
    assert "Du har sagt ja till att" in told
    assert "Väntar på den andra vårdnadshavaren" in told
    assert not seen_by(cast, scene)
    scene.consented("johan")
    assert seen_by(cast, scene)


@pytest.mark.parametrize("hidden", ["blocked", "protected"])
def test_of_a_blocked_or_protected_guardian_the_other_is_told_nothing(cast, maria, read, hidden):
    scene = Scene(cast).begun().consented("maria", "johan")
    plans_path = f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/"
    consent = Consent.objects.get(guardian=cast.guardian("johan"))
    Consent.objects.filter(pk=consent.pk).update(state="refused")
    johan, karin = cast.guardian("johan"), cast.actor("karin")
    decided = {
        "child": scene.child, "unit_id": karin.unit_id, "reason": "Hot", "starts_on": karin.today,
        "decided_by_id": karin.person_id, "decided_at": karin.now,
    }  # fmt: skip
    if hidden == "blocked":
        GuardianDecision.objects.create(guardian=johan, kind="blocked", **decided)
    else:
        type(johan).objects.filter(pk=johan.pk).update(protected_identity=True)
        GuardianDecision.objects.create(guardian=cast.guardian("maria"), kind="kept", **decided)
    for page in (f"/mina-sidor/{scene.child.pk}/delning/", plans_path):
        told = text_of(read(maria, page))
        assert "Ingen annan ser planen än. Samordnaren hör av sig när det är klart." in told
        for word in ("Johan", "sagt nej", "andra vårdnadshavaren", "tycker olika"):
            assert word not in told, (page, word)


def test_when_answers_differ_there_is_a_page_about_it(scene, path, maria, johan, read):
    refuse = f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/"
    send(johan, refuse, state="refused", sure="1")
    page = read(maria, path)
    assert "Ni tycker olika: vad gäller?" in page
    told = text_of(read(maria, f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/ni-tycker-olika/"))
    for words in ("Planen delas inte.", "Klockan för planen räknar vidare", "Nämnden får ibland besluta"):
        assert words in told


def test_a_child_that_decides_itself_is_no_longer_answered_for(scene, cast, path, maria, read):
    karin = cast.actor("karin")
    MaturityAssessment.objects.create(
        child=scene.child, question="consent", mature_from=karin.today, grounds="Samtal",
        unit_id=karin.unit_id, assessed_by_id=karin.person_id, assessed_at=karin.now,
    )  # fmt: skip
    page = read(maria, path)
    assert "Barnet bestämmer själv om delningen." in page
    assert "Sluta dela<span" not in page
    consent = read(maria, f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/")
    assert 'name="state"' not in consent


def test_a_sole_guardian_is_not_told_of_another(scene, cast, maria, read):
    Custody.objects.filter(guardian=cast.guardian("johan")).delete()
    page = read(maria, f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/")
    assert "Samordnaren ser ditt svar." in page
    assert "den andra vårdnadshavaren" not in page


class TestAcross:
    @pytest.fixture
    def across(self, path) -> str:
        return path + "andra-vardgivare/"

    @pytest.fixture
    def unit(self, scene, cast):
        unit = cast.unit(SPEECH)
        type(unit.controller).objects.filter(pk=unit.controller_id).update(shares_across_providers=True)
        return unit

    def test_a_yes_a_change_and_a_stop(self, path, across, unit, maria, read):
        assert "Ni har inte sagt ja" in read(maria, path)
        fields = {"state": "given", "units": [str(unit.pk)]}
        check = send(maria, across, **fields)
        assert f"andra vårdgivare har skrivit om barnet: {unit.name}." in text_of(check.content.decode())
        assert not Consent.objects.filter(purpose="across_providers").exists()
        assert send(maria, across, sure="1", **fields).status_code == 302
        given = Consent.objects.get(purpose="across_providers")
        assert {(row.unit_id, row.category) for row in given.scopes.all()} == {(unit.pk, "record")}
        told = text_of(read(maria, path))
        assert f"{unit.name} får läsa det som andra vårdgivare har skrivit om barnet." in told
        assert "Gäller tills ni säger stopp." in told
        assert send(maria, across + "sluta/").status_code == 302
        given.refresh_from_db()
        assert given.withdrawn_at is not None
        assert "Ni har inte sagt ja" in read(maria, path)

    def test_the_other_guardian_stops_it_with_a_no_and_the_first_cannot_override_it(
        self, across, unit, maria, johan
    ):
        fields = {"state": "given", "units": [str(unit.pk)], "sure": "1"}
        send(maria, across, **fields)
        assert send(johan, across + "sluta/").status_code == 302
        newest = Consent.objects.filter(purpose="across_providers").latest("recorded_at", "state")
        assert (newest.guardian.given_name, newest.state) == ("Johan", "refused")
        page = send(maria, across, **fields).content.decode()
        assert "Det går inte att svara ja här just nu." in page

    @pytest.mark.parametrize("fields", [{}, {"state": "given"}, {"state": "kanske"}])
    def test_an_answer_that_lacks_something_is_asked_again(self, across, unit, maria, fields):
        assert send(maria, across, sure="1", **fields).status_code == 200
        assert not Consent.objects.filter(purpose="across_providers").exists()

    def test_with_nobody_connected_there_is_nothing_to_answer(self, scene, cast, across, maria, read):
        for relation in scene.child.care_relations.select_related("unit__controller"):
            controller = relation.unit.controller
            type(controller).objects.filter(pk=controller.pk).update(shares_across_providers=False)
        assert "Ingen av dem som ni möter är ansluten" in read(maria, across)


def test_a_stranger_s_unit_or_child_is_not_there(scene, cast, path, maria):
    other = f"/mina-sidor/{cast.child('hugo').pk}/delning/"
    wrong = (other, f"{path}{scene.plan.pk}/{uuid4()}/", f"{path}{uuid4()}/{cast.unit(SPEECH).pk}/sluta/")
    for address in wrong:
        assert maria.get(address).status_code == 404, address


def test_earlier_answers_are_kept_in_words(scene, share, path, maria, read):
    send(maria, share + "sluta/")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        told = text_of(read(maria, path))
    assert told.count("Du svarade «Ja» om Samordnad individuell plan.") == 2
    assert "Johan" in told


def test_the_page_asks_as_often_for_much_as_for_little(scene, cast, path, maria):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert maria.get(path).status_code == 200
        return len(caught)

    maria.get(path)
    little = asked()
    assert little <= SQL
    for _number in range(5):
        send(maria, f"{path}{scene.plan.pk}/{cast.unit(SPEECH).pk}/", what=["plan"], sure="1")
    maria.get(path)
    assert asked() <= little


def test_a_consent_s_last_day_is_the_sentence_s(scene, path, share, maria, johan, read):
    on = clock.today() + timedelta(days=30)
    parts = {"ends_on_0": str(on.day), "ends_on_1": str(on.month), "ends_on_2": str(on.year)}
    assert send(maria, share, what=["plan"], sure="1", **parts).status_code == 302
    assert f"Gäller till {days.day(on)}." in text_of(read(johan, path))
