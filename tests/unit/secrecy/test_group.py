"""The restricted group of a protected child: the unit head decides, and a stranger learns nothing."""

import pytest

from kring.access import gate
from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission as P
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import ChildNumber, ProtectedGroupMember
from kring.secrecy.commands.group import add_by_number, add_to_group, remove_from_group
from kring.secrecy.queries.group import colleagues, group_of

pytestmark = pytest.mark.django_db
WHY = "Tar över behandlingen"


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


def sees(cast, who: str) -> bool:
    return gate.children_for(cast.actor(who), P.SEE_CHILD, cast.child("sigrid").pk).exists()


def test_whom_the_head_lets_in_reaches_the_child_and_no_longer_when_let_out(cast):
    sigrid, eva = cast.child("sigrid"), cast.actor("eva")
    assert not sees(cast, "maja")
    add_to_group(by=eva, child_id=sigrid.pk, person_id=cast.maja.pk, reason=WHY)
    assert sees(cast, "maja")
    assert [one.person for one in group_of(eva, sigrid.pk)[1]] == [cast.eva, cast.karin, cast.maja]
    remove_from_group(by=eva, child_id=sigrid.pk, person_id=cast.maja.pk)
    assert not sees(cast, "maja")
    rows = AccessLogRow.objects.filter(what="protected.group", action="write", outcome="allowed")
    assert [(row.rule, row.reason, row.object_id) for row in rows] == [
        ("8.8.group.head", WHY, str(cast.maja.pk)),
        ("8.8.group.head", "", str(cast.maja.pk)),
    ]


@pytest.mark.parametrize("who", ["karin", "maja", "lena", "vera", "sigrid", "nils", "otto"])
def test_nobody_else_decides_and_outside_the_group_the_child_is_not_there(cast, who):
    with pytest.raises((Invisible, NotAllowed)):
        about = {"child_id": cast.child("sigrid").pk, "person_id": cast.maja.pk}
        add_to_group(by=cast.actor(who), reason=WHY, **about)


def test_only_colleagues_a_reason_and_never_the_last_one_out(cast):
    sigrid, eva = cast.child("sigrid").pk, cast.actor("eva")
    with refused("colleague_unknown"):
        add_to_group(by=eva, child_id=sigrid, person_id=cast.lena.pk, reason=WHY)
    with refused("closed", "8.8.group.none"):
        add_to_group(by=eva, child_id=sigrid, person_id=cast.maja.pk, reason=" ")
    with refused("not_protected"):
        add_to_group(by=eva, child_id=cast.child("alva").pk, person_id=cast.maja.pk, reason=WHY)
    remove_from_group(by=eva, child_id=sigrid, person_id=cast.karin.pk)
    with refused("last_in_group"):
        remove_from_group(by=eva, child_id=sigrid, person_id=cast.eva.pk)
    with refused("colleague_unknown"):
        remove_from_group(by=eva, child_id=sigrid, person_id=cast.karin.pk)
    assert cast.maja in colleagues(eva)


def number_of(cast, child: str) -> str:
    return ChildNumber.objects.get(child=cast.child(child)).value


def test_a_head_outside_the_group_lets_somebody_in_by_number(cast, django_assert_num_queries):
    ProtectedGroupMember.objects.filter(person=cast.eva).delete()
    assert not sees(cast, "eva")
    add_by_number(by=cast.actor("eva"), number=number_of(cast, "sigrid"), person_id=cast.eva.pk, reason=WHY)
    assert sees(cast, "eva")


@pytest.mark.parametrize("child", ["tuva", "alva", ""])
def test_the_acute_route_answers_nothing_about_a_number(cast, child):
    """A child elsewhere, one that is not protected, and none at all: nothing is said and nobody is let in."""
    before = ProtectedGroupMember.objects.count()
    number = number_of(cast, child) if child else "201701012393"
    assert add_by_number(by=cast.actor("eva"), number=number, person_id=cast.maja.pk, reason=WHY) is None
    assert ProtectedGroupMember.objects.count() == before
    row = AccessLogRow.objects.filter(what="protected.group").latest("pk")
    assert (row.outcome, row.child_id, row.reason) == ("refused", None, WHY)


def test_the_acute_route_is_the_heads(cast):
    with pytest.raises(NotAllowed):
        number = number_of(cast, "sigrid")
        add_by_number(by=cast.actor("karin"), number=number, person_id=cast.maja.pk, reason=WHY)
    with refused("colleague_unknown"):
        add_by_number(by=cast.actor("eva"), number="x", person_id=cast.lena.pk, reason=WHY)
