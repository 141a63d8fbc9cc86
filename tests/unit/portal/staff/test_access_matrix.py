"""S27 «Vem ser vad»: what each guardian is shown is the gate's own answer, and why is told no further."""

from datetime import timedelta

import pytest

from kring.children.models import Guardian, YoungShare
from kring.portal.staff.access_matrix import presenters, queries
from kring.secrecy.commands.guardians import block_guardian
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SEES, NOT = "Ser", "Ser inte"


def row_of(cast, who: str, child: str, guardian: str):
    actor = cast.actor(who)
    found = queries.matrix(actor, cast.child(child).pk)
    name = cast.guardian(guardian).name
    return next(row for row in presenters.rows(actor, found) if row.name == name)


def cells(row) -> list[str]:
    return [cell.word for cell in row.cells]


def test_a_guardian_of_a_young_child_sees_all_but_the_record(cast):
    row = row_of(cast, "karin", "alva", "maria")
    assert cells(row) == [SEES, NOT, SEES, SEES]
    assert row.rule == "Vårdnadshavaren ser sitt yngre barns sidor."


@pytest.mark.parametrize("who", ["karin", "sara", "jonas"])
def test_a_blocked_guardian_sees_nothing_and_no_reader_is_told_why(cast, who):
    about = {"child_id": cast.child("alva").pk, "guardian_id": cast.guardian("maria").pk}
    block_guardian(by=cast.actor("eva"), reason="Våld hemma", **about)
    row = row_of(cast, who, "alva", "maria")
    assert cells(row) == [NOT] * 4
    assert row.rule.startswith("Barnets sidor är stängda för vårdnadshavaren på nätet.")
    assert "Våld" not in row.rule
    assert cells(row_of(cast, who, "alva", "johan"))[0] == SEES


def test_what_the_young_share_is_shown_thing_by_thing(cast):
    assert cells(row_of(cast, "karin", "noa", "anders")) == [NOT] * 4
    YoungShare.objects.create(
        child=cast.child("noa"),
        guardian=cast.guardian("anders"),
        thing="appointment",
        starts_at=NOW - timedelta(hours=1),
    )
    row = row_of(cast, "karin", "noa", "anders")
    assert cells(row) == [NOT, NOT, SEES, NOT]
    assert row.rule == "Vårdnadshavaren ser det som den unga har valt att dela."


def test_protected_details_close_it_and_say_so(cast):
    found = queries.matrix(cast.actor("karin"), cast.child("sigrid").pk)
    (hidden,) = (
        row for row in presenters.rows(cast.actor("karin"), found) if row.relation.startswith("Vård")
    )
    assert (cells(hidden), "Skyddade uppgifter" in hidden.rule) == ([NOT] * 4, True)
    assert hidden.name != cast.guardian("vera").name
    Guardian.objects.filter(pk=cast.guardian("johan").pk).update(protected_identity=True)
    assert cells(row_of(cast, "karin", "alva", "maria")) == [NOT] * 4
    assert "Skyddade uppgifter" in row_of(cast, "karin", "alva", "johan").rule


def test_the_own_units_blocks_and_emergencies_are_told_with_the_rule(cast):
    from kring.children.models import EmergencyAccess
    from kring.demo import blocking, stories

    blocking.tell(stories.Teller(NOW).at, NOW)
    noa = cast.child("noa")
    told = presenters.secrecy(queries.matrix(cast.actor("david"), noa.pk))
    assert told == [
        "1 spärr gäller för det ni har antecknat.",
        "Spärrade uppgifter visas inte, bara att de finns.",
    ]
    assert presenters.secrecy(queries.matrix(cast.actor("karin"), noa.pk)) == []
    who = {"person": cast.karin, "unit": cast.unit("hh-habilitering-boras")}
    EmergencyAccess.objects.create(child=noa, kind="outer", reason="Fara", revealed_at=NOW, **who)
    told = presenters.secrecy(queries.matrix(cast.actor("karin"), noa.pk))
    assert told == ["1 nödöppning har gjorts på er enhet."]
