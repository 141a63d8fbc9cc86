"""«Mina spärrar»: the young person sets and lifts its own block when judged mature for it (8.4)."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from django.test import Client

from kring.access.policy.blocking import BlockKind
from kring.children.models import AccessBlock, MaturityAssessment
from kring.portal.young import presenters
from kring.portal.young.presenters.to_you import to_you
from tests.own_pages import fields_of, sign_in, texts_of

BLOCKS = "/min-sida/mina-sparrar/"
UNIT = Row(pk=UUID(int=1), name="BUP Borås", controller=Row(name="Regionen"))


def block(kind="inner", **more):
    fields = {
        "documented_from": None,
        "documented_to": None,
        "created_at": datetime(2026, 11, 16, 9, tzinfo=UTC),
    }
    return Row(pk=UUID(int=2), kind=kind, unit=UNIT, controller=UNIT.controller, **(fields | more))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (block(), "Det som BUP Borås har skrivit ser ingen annan."),
        (block("outer"), "Det som Regionen har skrivit ser inga andra vårdgivare."),
        (
            block(documented_from=date(2026, 1, 2), documented_to=date(2026, 2, 3)),
            "Det som BUP Borås har skrivit ser ingen annan. "
            "Det gäller det som skrevs 2 januari 2026 till 3 februari 2026.",
        ),
        (
            block(documented_from=date(2026, 1, 2)),
            "Det som BUP Borås har skrivit ser ingen annan. "
            "Det gäller det som är skrivet från och med 2 januari 2026.",
        ),
        (
            block(documented_to=date(2026, 1, 2)),
            "Det som BUP Borås har skrivit ser ingen annan. "
            "Det gäller det som skrevs till och med 2 januari 2026.",
        ),
    ],
)
def test_what_a_block_closes_is_said_with_its_days(row, words):
    assert presenters.what(row) == words


@pytest.mark.parametrize(
    ("mature", "units", "blocks", "rule"),
    [
        (True, [UNIT], True, "8.4.child.block"),
        (True, [], False, "8.4.child.block"),
        (False, [], False, "8.4.child.not_mature"),
    ],
)
def test_the_form_is_for_whoever_is_mature_for_it(mature, units, blocks, rule):
    page = presenters.blocks_page(Row(mature=mature, rows=[], units=units))
    assert (page.blocks, page.rule) == (blocks, to_you(rule))
    assert bool(page.more) is not mature


@pytest.mark.parametrize("kind", list(BlockKind))
def test_before_it_is_set_it_says_what_a_block_cannot_do(kind):
    _heading, effects = presenters.block_check(kind, UNIT)
    assert "Mottagningen som har skrivit det ser det alltid." in effects
    assert any("fara" in text for text in effects)


@pytest.fixture
def mature(cast):
    def judge(who="noa"):
        MaturityAssessment.objects.create(
            child=cast.child(who),
            question="block",
            mature_from=date(2026, 11, 16),
            grounds="Samtal",
            unit=cast.unit("sas-bup-boras"),
            assessed_by=cast.eva,
            assessed_at=cast.now,
        )

    return judge


def said(cast, **more) -> dict[str, str]:
    return {"unit": str(cast.unit("sas-bup-boras").pk), "kind": "inner", "go": "check"} | more


def test_set_after_a_look_and_lifted_by_oneself(cast, noa, mature):
    mature()
    check = noa.post(BLOCKS, said(cast)).content.decode()
    assert not AccessBlock.objects.exists()
    answer = noa.post(BLOCKS, fields_of(check) | {"go": "send"}, follow=True)
    assert "Spärrat. Det gäller från och med nu." in " ".join(texts_of(answer.content.decode()))
    row = AccessBlock.objects.get()
    assert (row.kind, row.unit, row.documented_by) == ("inner", cast.unit("sas-bup-boras"), None)
    fields = fields_of(noa.get(f"{BLOCKS}{row.pk}/hav/").content.decode())
    for _time in range(2):
        assert noa.post(f"{BLOCKS}{row.pk}/hav/", fields).headers["Location"] == BLOCKS
    row.refresh_from_db()
    assert row.lifted_by_rule == "8.4.child.lift"
    assert "Du har inga spärrar." in texts_of(noa.get(BLOCKS).content.decode())


def test_not_mature_it_is_told_and_cannot_be_sent(cast, noa):
    texts = texts_of(noa.get(BLOCKS).content.decode())
    assert to_you("8.4.child.not_mature") in texts
    assert noa.post(BLOCKS, said(cast, go="send")).status_code == 200
    assert not AccessBlock.objects.exists()


def test_judged_not_mature_afterwards_one_s_own_block_is_still_one_s_to_lift(cast, noa):
    """Ruling 16."""
    unit = cast.unit("sas-bup-boras")
    row = AccessBlock.objects.create(
        child=cast.child("noa"), kind="inner", unit=unit, controller=unit.controller, created_at=cast.now
    )
    lift = f"{BLOCKS}{row.pk}/hav/"
    assert noa.post(lift, fields_of(noa.get(lift).content.decode())).status_code == 302
    row.refresh_from_db()
    assert row.lifted_at == cast.now


def test_no_lower_age_holds_for_a_child_that_is_mature(cast, mature):
    """Ruling 15: Alva is ten."""
    alva = sign_in(Client(), cast.alva)
    mature("alva")
    assert "Spärra något" in texts_of(alva.get(BLOCKS).content.decode())


@pytest.mark.parametrize("who", ["anders", "maria", "karin"])
def test_a_guardian_has_no_such_page_and_staff_another(cast, who):
    assert sign_in(Client(), getattr(cast, who)).get(BLOCKS).status_code in (403, 404)


@pytest.mark.parametrize("way", ["get", "post"])
def test_somebody_else_s_block_is_not_there(cast, noa, way):
    unit = cast.unit("sas-bup-boras")
    other = AccessBlock.objects.create(
        child=cast.child("alva"), kind="inner", unit=unit, controller=unit.controller, created_at=cast.now
    )
    for key in (other.pk, uuid4()):
        assert getattr(noa, way)(f"{BLOCKS}{key}/hav/").status_code == 404
    other.refresh_from_db()
    assert other.lifted_at is None


@pytest.mark.parametrize("missing", ["unit", "kind"])
def test_what_is_not_chosen_is_asked_for(cast, noa, mature, missing):
    mature()
    shown = noa.post(BLOCKS, said(cast) | {missing: ""}).content.decode()
    assert "<title>Fel:" in shown
    assert not AccessBlock.objects.exists()


def test_the_same_block_twice_is_said(cast, noa, mature):
    mature()
    for _time in range(2):
        shown = noa.post(BLOCKS, said(cast, go="send"))
    assert "Det finns redan en spärr" in shown.content.decode()
    assert AccessBlock.objects.count() == 1
