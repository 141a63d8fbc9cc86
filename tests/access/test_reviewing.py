"""The door for those who review the log: only they, only their own provider, hardly anything of a child."""

from dataclasses import replace

import pytest

from kring.access import gate, reviewing
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.children.models import Child
from tests.cast import Cast

EVERYBODY = ["karin", "eva", "nils", "rune", "otto", "petra", "sten", "agnes", "jonas", "maria", "alva"]


@pytest.mark.parametrize("subject", EVERYBODY)
def test_nobody_else_reviews_the_log(cast: Cast, subject: str) -> None:
    with pytest.raises(gate.NotAllowed) as refused:
        reviewing.reviewer(cast.actor(subject), what="log_review.list")
    assert refused.value.act.outcome == "refused"
    assert refused.value.act.what == "log_review.list"


def test_the_reviewer_does_and_its_rows_say_for_what(cast: Cast) -> None:
    by = reviewing.reviewer(cast.actor("ann"), what="log_review.list")
    assert by.purpose == "log_review"
    assert reviewing.decision(by).rule_id == "lists.log_review"


CLOSED = [
    ({"strong_auth": False}, "staff.login"),
    ({"assignment_id": None}, "staff.assignment"),
    ({"controller_id": None}, "lists.none"),
    ({"role": "administrator"}, "lists.none"),
]


@pytest.mark.parametrize(("change", "rule"), CLOSED)
def test_each_lock_closes_by_itself(cast: Cast, change: dict[str, object], rule: str) -> None:
    answer = reviewing.decision(replace(cast.actor("ann"), **change))
    assert (answer.opens, answer.rule_id) == (False, rule)


def test_one_role_reviews_and_meets_no_child(cast: Cast) -> None:
    holders = {key for key, role in ROLES.items() if Permission.REVIEW_LOG in role.permissions}
    assert holders == {"log_reviewer"}
    ann = cast.actor("ann")
    assert not any(gate.children_for(ann, permission).exists() for permission in Permission)


def test_the_units_are_those_of_the_own_care_provider(cast: Cast) -> None:
    units = set(reviewing.own_units(cast.actor("ann")).values_list("key", flat=True))
    assert {"hh-habilitering-boras", "sas-bum-boras"} <= units
    assert not units & {"elevhalsa-boras", "skola-boras-1", "socialtjanst-boras", "bokskogen-boras"}


@pytest.mark.parametrize("protection", ["flag", "registration"])
def test_of_a_protected_child_no_name_is_learnt(cast: Cast, protection: str) -> None:
    alva, sigrid = cast.child("alva"), cast.child("sigrid")
    Child.objects.filter(pk=sigrid.pk).update(protection=protection)
    found = reviewing.children_named([alva.pk, sigrid.pk])
    assert (found[alva.pk].name, found[alva.pk].protected) == ("Alva Berg", False)
    assert (found[sigrid.pk].name, found[sigrid.pk].protected) == ("", True)
    assert "Sigrid" not in repr(found) and "Lind" not in repr(found)


def test_a_protected_child_is_not_found_by_number(cast: Cast) -> None:
    alva, sigrid = cast.child("alva"), cast.child("sigrid")
    number = {child: child.numbers.get(kind="personal").value for child in (alva, sigrid)}
    assert reviewing.child_with_number(number[alva]) == alva.pk
    assert reviewing.child_with_number(number[sigrid]) is None
    assert reviewing.child_with_number("201701012393") is None
