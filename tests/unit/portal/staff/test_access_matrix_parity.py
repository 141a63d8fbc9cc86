"""«Vem ser vad» and the gate say the same, cell by cell: all ages, every share, every decision."""

from datetime import date, timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.children.models import (
    Child,
    ConsentScope,
    Custody,
    Guardian,
    GuardianDecision,
    MaturityAssessment,
    Placement,
    YoungShare,
)
from kring.portal.staff.access_matrix import presenters, queries
from tests.cast import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ASKS = {
    "plan": P.SEE_PLAN,
    "record": P.SEE_OWN_RECORD,
    "appointment": P.SEE_APPOINTMENTS,
    "contact_details": P.SEE_ACCESS_MATRIX,
}
"""What the page of each kind of information asks for: written by hand, apart from what the matrix asks."""
YEARS = (0, 6, 12, 13, 15, 16, 17, 18)
EVES = [TODAY.replace(year=TODAY.year - years) for years in YEARS] + [
    TODAY.replace(year=TODAY.year - years) + timedelta(days=1) for years in (13, 16, 18)
]


def nothing(cast):
    """As it stands before anything is shared or decided."""


def share(thing):
    def done(cast):
        about = {"child": cast.child("noa"), "guardian": cast.guardian("anders")}
        YoungShare.objects.create(thing=thing, starts_at=NOW - timedelta(hours=1), **about)

    return done


def decide(kind, **more):
    def done(cast):
        GuardianDecision.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("anders"), kind=kind, starts_on=TODAY,
            unit=cast.unit("hh-habilitering-boras"), reason="Behövs", decided_by=cast.eva, decided_at=NOW,
            child_agreed=True, ends_on=TODAY + timedelta(days=90), **more,
        )  # fmt: skip

    return done


def place(keeps):
    def done(cast):
        Placement.objects.create(
            child=cast.child("noa"), kind="care_order", starts_on=TODAY, guardians_keep_access=keeps,
            unit=cast.unit("socialtjanst-boras"), recorded_by=cast.fatima, recorded_at=NOW,
        )  # fmt: skip

    return done


def mature(cast):
    """The unit head has decided that the child reads its record."""
    MaturityAssessment.objects.create(
        child=cast.child("noa"), question="record", mature_from=TODAY, grounds="Samtal",
        unit=cast.unit("hh-habilitering-boras"), assessed_by=cast.eva, assessed_at=NOW,
    )  # fmt: skip


def other_protected(cast):
    """Another guardian has protected identity: nobody sees the pages until it is decided anew."""
    other = Guardian.objects.exclude(pk=cast.guardian("anders").pk).first()
    Guardian.objects.filter(pk=other.pk).update(protected_identity=True)
    Custody.objects.get_or_create(
        child=cast.child("noa"), guardian=other, defaults={"starts_on": date(2008, 1, 1)}
    )


HAPPENED = {
    "nothing": (nothing,),
    **{f"shares {thing}": (share(thing),) for thing in YoungShare.Thing.values},
    "shares plan and times": (share("plan"), share("appointment")),
    "extended": (decide("extended"),),
    "extended and shares plan": (decide("extended"), share("plan")),
    "blocked": (decide("blocked"), share("plan")),
    "placed, closed": (place(False), share("plan")),
    "placed, kept": (place(True), share("plan")),
    "judged mature": (mature,),
    "another guardian protected": (other_protected, share("plan")),
    "another protected, decided anew": (other_protected, decide("kept"), share("plan")),
}


def opens(actor, child) -> list[bool]:
    return [
        gate.children_for(actor, ASKS[kind], child.pk).exists()
        and gate.explain(actor, ASKS[kind], child.pk).opens
        for kind in ConsentScope.Category.values
    ]


@pytest.mark.parametrize("case", HAPPENED)
def test_every_cell_of_the_family_is_the_gate_s_answer(cast, case):
    karin, pk = cast.actor("karin"), cast.child("noa").pk
    for act in HAPPENED[case]:
        act(cast)
    for birth in EVES:
        Child.objects.filter(pk=pk).update(birth_date=birth)
        rows = presenters.rows(karin, queries.matrix(karin, pk))
        told = {row.name: [cell.word == "Ser" for cell in row.cells] for row in rows}
        child = Child.objects.get(pk=pk)
        anders = cast.guardian("anders")
        expected = opens(cast.actor("anders", "guardian"), child)
        assert told.get(anders.name, expected) == expected, (case, birth)
        assert told["Barnet"] == opens(cast.actor("noa", "child"), child), (case, birth)


def test_the_cases_open_and_close_every_kind_for_the_guardian(cast):
    """Or the parity above would hold of a matrix that says one thing of everybody."""
    met = set()
    for birth in EVES:
        Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=birth)
        met |= set(enumerate(opens(cast.actor("anders", "guardian"), cast.child("noa"))))
    assert met == {(at, way) for at in range(len(ASKS)) for way in (True, False)}
    assert set(ASKS) == set(ConsentScope.Category.values)
