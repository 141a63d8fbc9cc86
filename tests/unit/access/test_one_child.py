"""Asking the gate about one child is asking it about them all: a shorter question, the same answer."""

from dataclasses import replace

import pytest

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.children.models import CareRelation, Child

STAFF = ("karin", "jonas", "sara", "peter", "fatima", "tove", "david", "mona", "ann", "agnes")
CHILDREN = ("alva", "omar", "noa", "hugo", "sigrid", "tuva")


@pytest.mark.parametrize("who", STAFF)
def test_one_child_at_a_time_gives_the_very_set(cast, who):
    actor = cast.actor(who)
    every = set(gate.children_for(actor, P.SEE_CHILD).values_list("pk", flat=True))
    one_by_one = {
        child.pk for child in Child.objects.all() if gate.children_for(actor, P.SEE_CHILD, child.pk).exists()
    }
    assert one_by_one == every


@pytest.mark.parametrize("who", ["maria", "anders", "vera"])
def test_so_it_does_for_a_guardian(cast, who):
    actor = cast.actor(who)
    every = set(gate.children_for(actor, P.SEE_OWN_FAMILY).values_list("pk", flat=True))
    found = {cast.child(name).pk for name in CHILDREN if _sees(cast, actor, name)}
    assert found == every


def _sees(cast, actor, name):
    return gate.children_for(actor, P.SEE_OWN_FAMILY, cast.child(name).pk).exists()


def _relations(actor, child, permission=P.SEE_CHILD):
    return gate.rows_for(actor, permission, CareRelation.objects.all(), child.pk)


@pytest.mark.parametrize("name", CHILDREN)
def test_rows_about_a_child_are_the_same_before_and_after_it_has_been_opened(cast, name):
    actor, child = cast.actor("sara"), cast.child(name)
    before = set(_relations(actor, child))
    if gate.children_for(actor, P.SEE_CHILD, child.pk).exists():
        gate.child_or_404(actor, P.SEE_CHILD, child.pk, what="child")
    assert set(_relations(actor, child)) == before
    assert {row.child_id for row in before} <= {child.pk}


def test_an_opened_child_opens_neither_another_child_nor_another_purpose(cast):
    actor = cast.actor("sara")
    gate.child_or_404(actor, P.SEE_CHILD, cast.child("alva").pk, what="child")
    assert _relations(actor, cast.child("alva")).exists()
    assert not _relations(actor, cast.child("omar")).exists()
    assert not _relations(actor, cast.child("alva"), P.SEE_OWN_FAMILY).exists()


def test_what_one_has_opened_is_not_open_to_the_one_made_from_it(cast):
    sara = cast.actor("sara")
    gate.child_or_404(sara, P.SEE_CHILD, cast.child("alva").pk, what="child")
    elsewhere = replace(sara, unit_id=None)
    assert not _relations(elsewhere, cast.child("alva")).exists()


def test_somebody_at_no_unit_sees_no_child_at_work(cast):
    nowhere = replace(cast.actor("karin"), unit_id=None)
    assert not gate.children_for(nowhere, P.SEE_CHILD).exists()
    assert not gate.children_for(nowhere, P.SEE_CHILD, cast.child("alva").pk).exists()


def test_a_weak_log_in_sees_nobody_whatever_the_role(cast):
    for who, permission in (("karin", P.SEE_CHILD), ("maria", P.SEE_OWN_FAMILY), ("alva", P.SEE_OWN_PAGES)):
        weak = replace(cast.actor(who), strong_auth=False)
        assert not gate.children_for(weak, permission).exists()


def test_a_protected_child_is_not_handed_out_before_a_reason_has_been_written(cast):
    sigrid = cast.child("sigrid").pk
    with pytest.raises(gate.ReasonNeeded) as asked:
        gate.child_or_404(replace(cast.actor("karin"), opened=frozenset()), P.SEE_CHILD, sigrid, what="child")
    assert asked.value.child_id == sigrid
    opened = replace(cast.actor("karin"), opened=frozenset({sigrid}))
    assert gate.child_or_404(opened, P.SEE_CHILD, sigrid, what="child").pk == sigrid
