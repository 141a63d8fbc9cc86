"""S27 «Vem ser vad»: what each guardian is shown is the gate's own answer, and why is told no further."""

from datetime import date, timedelta

import pytest

from kring.children.models import (
    Child,
    Disclosure,
    Guardian,
    GuardianDecision,
    MaturityAssessment,
    YoungShare,
)
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


def test_a_guardian_of_a_young_child_sees_all_of_it_and_the_record_too(cast, client):
    row = row_of(cast, "karin", "alva", "maria")
    assert cells(row) == [SEES] * 4
    assert row.rule == "Vårdnadshavaren ser sitt yngre barns sidor."
    journal = f"/mina-sidor/{cast.child('alva').pk}/journal/"
    assert cast.log_in(client, "maria").get(journal).status_code == 200


def the_child(cast, subject: str = "noa"):
    actor = cast.actor("karin")
    return presenters.rows(actor, queries.matrix(actor, cast.child(subject).pk))[-1]


@pytest.mark.parametrize(
    ("born", "mature", "reads", "rules"),
    [
        (date(2013, 11, 17), True, NOT, ["Det yngre barnet öppnar sina egna sidor."]),
        (date(2013, 11, 16), False, NOT, ["Den unga använder själv e-tjänsterna."]),
        (date(2013, 11, 16), True, SEES, ["Den unga använder själv e-tjänsterna.", "Från 13 år läser"]),
        (date(2010, 11, 17), False, NOT, ["Den unga använder själv e-tjänsterna."]),
        (date(2010, 11, 16), False, SEES, ["Den unga läser själv sin journal."]),
    ],
)
def test_the_child_reads_its_record_from_sixteen_or_as_decided_from_thirteen(
    cast, born, mature, reads, rules
):
    """ux.md 0.2: from 13 own e-services, the record from 16, and earlier after a judgement of maturity."""
    noa, eva = cast.child("noa"), cast.eva
    Child.objects.filter(pk=noa.pk).update(birth_date=born)
    if mature:
        how = {"unit": cast.unit("hh-habilitering-boras"), "assessed_by": eva, "assessed_at": NOW}
        MaturityAssessment.objects.create(child=noa, question="record", mature_from=NOW.date(), **how)
    row = the_child(cast)
    assert cells(row) == [SEES, reads, SEES, SEES]
    assert all(words in row.rule for words in rules)


def test_a_child_without_a_log_in_reads_nothing_by_itself(cast):
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(2010, 1, 1), person=None)
    actor = cast.actor("karin")
    child = Child.objects.get(given_name="Noa")
    assert queries.matrix(actor, child.pk).own_record is False


def test_extended_access_opens_the_record_alone_and_says_that_it_is_one_unit_s(cast):
    noa, anders = cast.child("noa"), cast.guardian("anders")
    GuardianDecision.objects.create(
        child=noa, guardian=anders, kind="extended", unit=cast.unit("hh-habilitering-boras"),
        reason="Noa vill ha hjälp", child_agreed=True, starts_on=NOW.date(), ends_on=date(2027, 5, 1),
        decided_by=cast.eva, decided_at=NOW,
    )  # fmt: skip
    row = row_of(cast, "karin", "noa", "anders")
    assert cells(row) == [NOT, SEES, NOT, NOT]
    assert row.rule.startswith("Förlängd tillgång till en enhets journal")
    YoungShare.objects.create(child=noa, guardian=anders, thing="plan", starts_at=NOW - timedelta(hours=1))
    both = row_of(cast, "karin", "noa", "anders")
    assert cells(both) == [SEES, SEES, NOT, NOT]
    assert "Vårdnadshavaren ser det som den unga har valt att dela." in both.rule


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((None,), "Gäller tills vidare"),
        ((date(2027, 6, 30),), "Gäller till 30 juni 2027"),
        ((date(2027, 6, 30), date(2027, 1, 1)), "Gäller till 30 juni 2027"),
        ((date(2027, 6, 30), None), "Gäller tills vidare"),
    ],
)
def test_what_goes_on_is_not_said_to_end(ends, words):
    assert presenters._until([Disclosure(ends_on=day) for day in ends]) == words


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
