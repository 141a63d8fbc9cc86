"""The one reader of everybody: whoever makes figures, and nobody who meets a child."""

import pytest

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.catalogue import rules
from kring.access.population import ROWS_WITHOUT_NAMES, WHAT, everybody, log_extract
from kring.access.roles import ROLES
from kring.audit.models import AccessLogRow, Action
from kring.children.models import Child

MAKES_FIGURES = {key for key, role in ROLES.items() if Permission.MAKE_FIGURES in role.permissions}


def test_those_who_make_figures_meet_no_child():
    assert {"analyst"} == MAKES_FIGURES
    assert not ROLES["analyst"].meets_children


@pytest.mark.django_db
def test_everybody_is_read_by_those_alone_and_each_reading_is_one_row(cast):
    """Every role that there is, as somebody strongly logged in at a unit."""
    agnes = cast.actor("agnes")
    seen = {}
    for role in ROLES:
        who = {"person_id": agnes.person_id, "unit_id": agnes.unit_id, "controller_id": agnes.controller_id}
        seen[role] = everybody(Actor(role=role, now=agnes.now, strong_auth=True, **who)).count()
    assert {role for role, number in seen.items() if number} == MAKES_FIGURES
    assert seen["analyst"] == Child.objects.count() > 3
    assert Child.objects.filter(protection="none").count() < seen["analyst"], "protected children are counted"

    before = AccessLogRow.objects.count()
    log_extract(agnes, version="0" * 64, children=seen["analyst"])
    assert AccessLogRow.objects.count() == before + 1
    row = AccessLogRow.objects.order_by("-pk")[0]
    assert (row.action, row.what, row.rule, row.child_id) == (Action.EXPORT, WHAT, ROWS_WITHOUT_NAMES, None)
    assert (row.person_id, row.unit_id, row.object_id) == (agnes.person_id, agnes.unit_id, "0" * 64)
    assert ROWS_WITHOUT_NAMES in rules()
