"""What opens another care provider's record is what the family's pages say stands (8.3 row 1 and 8.6).

Two places once read the answers in two ways: one took the newest row, whoever had given it. Here every case
is put both to the pages' law and to the gate's, and the hand-written answer says what both must be.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from kring.access.consents import across_of
from kring.access.policy.other_provider import SharingConsent
from kring.children.commands import record_consent
from kring.children.models import Child, Consent, Custody, MaturityAssessment, Placement
from kring.secrecy.queries.standings import answer_of, sharing_consent
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
GIVEN, NONE, REFUSED = SharingConsent.GIVEN, SharingConsent.NONE, SharingConsent.REFUSED
DAY = timedelta(days=1)
MINE, OTHER = "bokskogen-boras", "sas-bup-boras"


@dataclass(frozen=True)
class Said:
    """One answer: by whom («» the child itself), how many days ago, through how many days from now."""

    who: str = "maria"
    state: str = "given"
    units: tuple[str, ...] = (MINE,)
    ago: int = 2
    through: int | None = None
    taken_back: bool = False
    judged: bool = False


def tell(cast: Cast, child: Child, said: Said) -> Consent:
    at = NOW - said.ago * DAY
    row = record_consent(
        scope=[(cast.unit(key).pk, "record") for key in said.units if said.state == "given"],
        child=child, guardian=cast.guardian(said.who) if said.who else None,
        purpose="across_providers", state=said.state, form="portal", starts_on=at.date(),
        ends_on=None if said.through is None else NOW.date() + said.through * DAY,
        documented_by=cast.karin, recorded_at=at, judged_mature=said.judged,
    )  # fmt: skip
    if said.taken_back:
        Consent.objects.filter(pk=row.pk).update(withdrawn_at=NOW)
    return row


CASES = [
    ("nobody has been asked", (), 0, None),
    ("one guardian's yes is enough", (Said(),), 0, GIVEN),
    ("to another unit it is no yes", (Said(units=(OTHER,)),), 0, NONE),
    ("for another unit as well", (Said(units=(MINE, OTHER)),), 0, GIVEN),
    ("through its last day", (Said(through=1),), 1, GIVEN),
    ("not the day after", (Said(through=1),), 2, NONE),
    ("a later, narrower yes takes over", (Said(ago=3), Said(units=(OTHER,), ago=2)), 0, NONE),
    ("and still does when it has run out", (Said(ago=3), Said(units=(OTHER,), through=0)), 1, NONE),
    ("a no closes", (Said(state="refused"),), 0, REFUSED),
    ("a no after a yes closes", (Said(ago=3), Said(state="refused", ago=2)), 0, REFUSED),
    ("a yes after a no opens", (Said(state="refused", ago=3), Said(ago=2)), 0, GIVEN),
    ("the other guardian's no is a conflict", (Said(), Said("johan", "refused")), 0, REFUSED),
    ("whichever was said last", (Said("johan", "refused", ago=3), Said(ago=2)), 0, REFUSED),
    ("what is taken back is a no", (Said(taken_back=True),), 0, REFUSED),
    ("the other's yes stands when one is taken back", (Said(taken_back=True), Said("johan")), 0, GIVEN),
    ("a stranger's yes is nothing", (Said("leila"),), 0, None),
    ("the child's own yes, judged its own to give", (Said("", judged=True),), 0, GIVEN),
    ("the child's own yes, not judged", (Said(""),), 0, NONE),
    ("the child's own no beside a guardian's yes", (Said(), Said("", "refused")), 0, REFUSED),
]


@pytest.mark.parametrize(
    ("said", "days", "counts"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_the_gate_reads_the_answers_as_the_pages_tell_them(cast, said, days, counts):
    alva, mona = cast.child("alva"), cast.actor("mona")
    for one in said:
        tell(cast, alva, one)
    then = replace(mona, now=NOW + days * DAY)
    told = across_of(then, alva)
    assert sharing_consent(then, alva) == counts
    assert ((mona.unit_id, "record") in told.cells) is (counts is GIVEN)
    assert told.standing.is_valid or counts is not GIVEN


def test_a_former_guardian_s_yes_opens_nothing(cast):
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    Custody.objects.filter(child=alva, guardian=cast.guardian("maria")).update(ends_on=NOW.date() - DAY)
    assert sharing_consent(mona, alva) is None


@pytest.mark.parametrize(
    ("own", "counts"), [(None, None), (Said(""), GIVEN), (Said("", "refused"), REFUSED)], ids=str
)
def test_a_grown_child_answers_alone(cast, own, counts):
    """The guardians' old yes says nothing from the 18th birthday on, and the young adult's own says all."""
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    Child.objects.filter(pk=alva.pk).update(birth_date=date(NOW.year - 18, NOW.month, NOW.day))
    alva.refresh_from_db()
    if own:
        tell(cast, alva, own)
    assert sharing_consent(mona, alva) is counts
    assert answer_of(mona, alva).adult


@pytest.mark.parametrize(("mature", "counts"), [(True, NONE), (False, GIVEN)])
def test_a_child_judged_mature_decides_itself(cast, mature, counts):
    """The guardians have answered, so somebody has been told; their yes no longer opens."""
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    MaturityAssessment.objects.create(
        child=alva, question="consent", mature_from=NOW.date() if mature else None, grounds="Förstår",
        unit=cast.unit("sas-bum-boras"), assessed_by=cast.karin, assessed_at=NOW,
    )  # fmt: skip
    assert sharing_consent(mona, alva) is counts
    assert answer_of(mona, alva).cannot_consent is not mature


@pytest.mark.parametrize(("hours", "open_"), [(-1, True), (1, False)])
def test_a_yes_ends_at_midnight_in_stockholm(cast, hours, open_):
    """23:00 UTC is midnight in Sweden in winter."""
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said(through=0))
    midnight = NOW.replace(hour=23, minute=0)
    then = replace(mona, now=midnight + timedelta(hours=hours))
    assert (sharing_consent(then, alva) is GIVEN) is open_


def test_where_nobody_has_custody_there_is_nobody_to_ask(cast):
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    Custody.objects.filter(child=alva).delete()
    told = across_of(mona, alva)
    assert (told.standing.state, told.signers, told.cells) == ("no_signer", (), frozenset())
    assert sharing_consent(mona, alva) is None


def test_a_placed_child_s_board_is_said_to_decide_and_no_guardian_s_yes_opens(cast):
    """Ruling 14: what the board's decision does not leave to the guardians is closed to them."""
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    Placement.objects.create(
        child=alva, kind="care_order", unit=cast.unit("socialtjanst-boras"), starts_on=NOW.date(),
        recorded_by=cast.karin, recorded_at=NOW,
    )  # fmt: skip
    told = across_of(mona, alva)
    assert (told.standing.state, told.requirement.signers) == ("board", frozenset())
    assert sharing_consent(mona, alva) is NONE


@pytest.mark.parametrize(
    ("signer", "kind", "last"),
    [
        ("board", "care_order", 4),
        ("", "care_order", 4),
        ("board", "voluntary", None),
    ],
)
def test_a_decided_order_says_through_which_day_the_guardians_decide(cast, signer, kind, last):
    """Of what they have opened the last day is the one before; the day that is told says nothing of it."""
    alva, mona = cast.child("alva"), cast.actor("mona")
    tell(cast, alva, Said())
    Placement.objects.create(
        child=alva, kind=kind, signer=signer, starts_on=NOW.date() + 5 * DAY, recorded_by=cast.fatima,
        unit=cast.unit("socialtjanst-boras"), recorded_at=NOW,
    )  # fmt: skip
    told = across_of(mona, alva)
    assert told.closes_on == (None if last is None else NOW.date() + last * DAY)
    assert told.standing.last_day == date(2034, 3, 11), "the day before the 18th birthday, as before"
    then = across_of(replace(mona, now=NOW + 5 * DAY), alva)
    assert then.standing.is_valid is (last is None)
