"""«Andra vårdgivares journal» on the young person's own pages; a guardian's earlier yes under «Konto»."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from kring.access.policy.answers import CHILD
from kring.access.policy.consents import Decider
from kring.children.commands import relate
from kring.children.models import Consent
from kring.portal.young.deciding import Across
from kring.portal.young.presenters import across as words
from tests.own_pages import fields_of, sign_in, texts_of
from tests.unit.secrecy.test_across_own import OURS, judged, said_before

HERE = "/min-sida/min-journal/andra-vardgivare/"
OWN = Row(guardians_see=False)
MONA = Row(pk=uuid4(), name="Bokskogen")


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(texts_of(answer.content.decode()))


def connected(cast):
    unit = cast.unit(OURS)
    type(unit.controller).objects.filter(pk=unit.controller_id).update(shares_across_providers=True)
    relate(child=cast.child("noa"), unit=unit, starts_on=date(2026, 1, 1))
    return unit


def test_who_decides_gives_looks_through_and_takes_back(cast, noa):
    unit, _mature = connected(cast), judged(cast)
    page = noa.get(HERE)
    assert "Du bestämmer själv" in text_of(page) and "checked" not in page.content.decode()
    asked = fields_of(page.content.decode()) | {"state": "given", "units": [str(unit.pk)], "go": "check"}
    check = text_of(noa.post(HERE, asked))
    assert f"{unit.name} får läsa." in check and "Ingen vårdnadshavare får veta det här." in check
    assert not Consent.objects.exists()
    assert noa.post(HERE, asked | {"go": "send"}).headers["Location"] == HERE
    told = text_of(noa.get(HERE))
    assert "Du har sagt ja" in told and f"{unit.name} får läsa det som andra" in told
    stop = noa.get(HERE + "sluta/")
    assert noa.post(HERE + "sluta/", fields_of(stop.content.decode())).headers["Location"] == HERE
    told = text_of(noa.get(HERE))
    assert "Du har tagit tillbaka ditt ja" in told and "Ingen har fått ett ja" in told
    assert noa.get(HERE + "sluta/").status_code == 404


def test_who_does_not_decide_reads_how_it_stands_and_gets_no_form(cast, noa):
    unit = connected(cast)
    said_before(cast)
    page = noa.get(HERE)
    assert "Dina vårdnadshavare svarar." in text_of(page) and f"{unit.name} får läsa" in text_of(page)
    assert 'name="state"' not in page.content.decode()
    noa.post(HERE, {"state": "refused", "go": "send", "submission": str(uuid4())})
    assert Consent.objects.filter(guardian__isnull=True).count() == 0
    for place in ("/min-sida/vad-andra-ser/", "/min-sida/min-plan/vem-ser/"):
        assert f'href="{HERE}"' in noa.get(place).content.decode()


def test_a_guardian_takes_its_yes_back_under_its_account(cast):
    unit, given = cast.unit(OURS), said_before(cast)
    anders, maria = sign_in(Client(), cast.anders), sign_in(Client(), cast.maria)
    account, back = "/mina-sidor/konto/", f"/mina-sidor/konto/{given.pk}/ta-tillbaka/"
    told = text_of(anders.get(account))
    assert f"det som andra vårdgivare har skrivit: {unit.name}." in told
    assert "vårdnadshavarna svarar tills Noa är mogen för frågan, och sedan svarar Noa." in told
    assert "Noa" not in text_of(maria.get(account))
    assert maria.get(back).content == maria.get(back.replace(str(given.pk), str(uuid4()))).content
    page = anders.get(back)
    assert "Du tar tillbaka ditt ja för Noa." in text_of(page)
    sent = fields_of(page.content.decode()) | {"sure": "1"}
    assert anders.post(back, sent).headers["Location"] == account
    assert anders.post(back, sent).headers["Location"] == account, "sent twice it is once"
    assert "Journal mellan vårdgivare" not in text_of(anders.get(account))
    assert anders.get(back).status_code == 404


class TestWords:
    @pytest.fixture(autouse=True)
    def _swedish(self):
        with translation.override("sv"):
            yield

    def found(self, decider=Decider.CHILD, state="waiting", cells=(), mine=None, holds=False, units=(MONA,)):
        scopes = [Row(unit_id=MONA.pk, unit=MONA)]
        theirs = Row(latest=Row(scopes=Row(all=lambda: scopes)))
        signers = frozenset({CHILD} if decider is Decider.CHILD else {uuid4()})
        consent = Row(
            requirement=Row(decider=decider, signers=signers), standing=Row(state=state), cells=set(cells),
            signers=[theirs, Row(latest=None)],
        )  # fmt: skip
        return Across(consent, list(units), mine, holds)

    @pytest.mark.parametrize(
        ("decider", "first", "said"),
        [
            (Decider.CHILD, "Du bestämmer själv", "Väntar på ditt svar"),
            (Decider.GUARDIANS, "Dina vårdnadshavare svarar.", ""),
            (Decider.BOARD, "Socialnämnden bestämmer.", ""),
        ],
    )
    def test_who_decides_stands_first_and_only_that_one_answers(self, decider, first, said):
        page = words.across_page(self.found(decider), OWN)
        assert page.rule.startswith(first) and page.said == said
        assert page.answers is page.decides is (decider is Decider.CHILD)

    def test_with_nobody_connected_there_is_nothing_to_answer(self):
        page = words.across_page(self.found(units=()), OWN)
        assert (page.decides, page.answers) == (True, False)

    @pytest.mark.parametrize(
        ("state", "cells", "line"),
        [
            ("valid", [(MONA.pk, "record")], "Bokskogen får läsa det som andra vårdgivare har skrivit."),
            ("waiting", [], "Ingen har fått ett ja till att läsa det som andra vårdgivare har skrivit."),
            ("conflict", [], "Någon har sagt nej. Då är det stängt. Prata med din mottagning."),
        ],
    )
    def test_who_reads_now(self, state, cells, line):
        assert words.across_page(self.found(state=state, cells=cells), OWN).reads == [line]

    def test_a_no_says_that_it_holds_in_an_emergency_too(self):
        check = words.across_check({"state": "refused", "units": [], "ends_on": None}, {}, OWN)
        assert (
            "Ditt nej gäller också om det är bråttom." in check.lines and check.sure == "Ja, spara mitt nej"
        )

    @pytest.mark.parametrize(
        ("ends_on", "until"),
        [(None, "Det gäller tills du säger stopp."), (date(2027, 6, 30), "Det gäller till och med")],
    )
    def test_a_yes_names_each_reader_and_how_long(self, ends_on, until):
        said = {"state": "given", "units": ["1"], "ends_on": ends_on}
        lines = words.across_check(said, {"1": "Bokskogen", "2": "Skolan"}, OWN).lines
        assert lines[:2] == ["Du svarar ja.", "Bokskogen får läsa."] and lines[2].startswith(until)
        assert not any("Skolan" in line for line in lines)

    @pytest.mark.parametrize(("see", "told"), [(True, "ser också ditt svar"), (False, "får veta det här")])
    def test_who_is_told_depends_on_what_guardians_see(self, see, told):
        assert told in words.who_is_told(Row(guardians_see=see))
        assert told in words.stop_check(Row(guardians_see=see)).lines[2]

    def test_what_one_has_opened_is_there_to_change_and_the_answer_is_not_chosen(self):
        scopes = Row(all=lambda: [Row(unit_id=MONA.pk)])
        mine = Row(scopes=scopes, ends_on=None, state="given", withdrawn_at=None)
        assert words.across_now(self.found(mine=mine, holds=True)) == {
            "units": [str(MONA.pk)],
            "ends_on": None,
        }
        assert words.across_now(self.found(mine=mine)) == {}
