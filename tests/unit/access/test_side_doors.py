"""The smaller doors of the gate: own rows, logging in, active choices, reviewing, of whom nothing is told."""

from datetime import UTC, datetime

import pytest

from kring.access import gate, identity, reviewing, session, signing
from kring.access.permissions import Permission as P
from kring.access.policy.review import HOURS, hours_of
from kring.access.policy.sessions import ACTIVE_CHOICE
from kring.children.models import CareRelation, Guardian
from tests.cast import NOW

TODAY = NOW.date()
LEVEL = "http://id.elegnamnden.se/loa/1.0/loa3"


# Own rows


@pytest.mark.parametrize(
    ("who", "permission", "opens"),
    [("karin", P.SEE_CHILD, True), ("maria", P.SEE_CHILD, False), ("karin", P.REVIEW_LOG, False)],
)
def test_own_rows_are_for_staff_whose_role_holds_the_permission(cast, who, permission, opens):
    actor, alva = cast.actor(who), cast.child("alva")
    rows = CareRelation.objects.all()
    assert gate.own_rows_for(actor, permission, rows, alva.pk).exists() is opens
    assert set(gate.own_rows_for(actor, permission, rows).values_list("child", flat=True)) >= (
        {alva.pk} if opens else set()
    )


def test_own_rows_of_a_protected_child_are_for_its_group(cast):
    sigrid, rows = cast.child("sigrid"), CareRelation.objects.all()
    assert CareRelation.objects.filter(child=sigrid).exists()
    outside = cast.actor("peter")
    assert not sigrid.protected_group.filter(person_id=outside.person_id).exists()
    assert not gate.own_rows_for(outside, P.SEE_CHILD, rows, sigrid.pk).exists()


@pytest.mark.parametrize(("who", "permission"), [("maria", P.SEE_CHILD), ("karin", P.REVIEW_LOG)])
def test_why_one_s_own_is_shut_is_said_by_the_role(cast, who, permission):
    answer = gate.explain_own(cast.actor(who), permission, cast.child("alva").pk)
    assert answer == gate.NOT_THE_ROLE


def test_why_one_s_own_is_open_is_said_by_the_reach(cast):
    answer = gate.explain_own(cast.actor("karin"), P.SEE_CHILD, cast.child("alva").pk)
    assert answer != gate.NOT_THE_ROLE


# Who may log in


def vouched(**claims) -> dict[str, str]:
    return {"acr": LEVEL, "sub": "one", **claims}


def test_a_person_is_known_by_their_number_at_a_strong_level(cast):
    alva = cast.alva
    token = vouched(**{identity.PERSONAL_NUMBER: alva.identity_number})
    assert identity.person_from(token, {}, frozenset({LEVEL})) == alva
    assert identity.person_from(token, {"sub": "one"}, frozenset({LEVEL})) == alva


@pytest.mark.parametrize(
    ("token", "told", "code"),
    [
        (vouched(acr="loa2"), {}, "level"),
        (vouched(), {"sub": "other"}, "subject"),
        (vouched(), {}, "unknown"),
        (vouched(hsaid="SE-nobody"), {}, "unknown"),
    ],
)
def test_anyone_else_is_refused_and_why(cast, token, told, code):
    with pytest.raises(identity.Refused) as refused:
        identity.person_from(token, told, frozenset({LEVEL}))
    assert refused.value.code == code


# What is chosen actively


class Asked:
    """A request, as far as its session."""

    def __init__(self) -> None:
        self.session: dict[str, object] = {}


def test_an_active_choice_counts_for_its_child_and_for_its_time(cast):
    request, alva, noa = Asked(), cast.child("alva").pk, cast.child("noa").pk
    session.choose_actively(request, alva, "record", "care", NOW)
    session.choose_actively(request, alva, "plan", "care", NOW)
    assert session.active_choices(request, alva, NOW) == {"record": "care", "plan": "care"}
    assert session.active_choices(request, noa, NOW) == {}
    assert session.active_choices(request, alva, NOW + ACTIVE_CHOICE.lasts * 1.01) == {}


# What a reviewer compares with


def test_a_reviewer_compares_family_names_and_counts_every_child(cast):
    alva, sigrid = cast.child("alva"), cast.child("sigrid")
    assert reviewing.family_names([alva.pk]) == {alva.pk: alva.family_name}
    assert {alva, sigrid} <= set(reviewing.all_children())


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (datetime(2026, 11, 16, 5, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 16, 19, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 16, 4, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 16, 20, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 10, 0, tzinfo=UTC), False),
    ],
)
def test_a_unit_s_hours_are_swedish_and_of_weekdays(moment, works):
    assert hours_of("habilitation", TODAY).covers(moment) is works


def test_a_kind_that_is_not_named_works_round_the_clock():
    assert hours_of("hospital_ward", TODAY) is None
    assert all(hours_of(kind, TODAY) == hours for hours in HOURS for kind in hours.kinds)


# Who signs, and of whom a guardian is told nothing


def test_what_is_decided_is_asked_for_many_children_at_once_and_for_none_not_at_all(
    cast, django_assert_num_queries
):
    karin, ids = cast.actor("karin"), [cast.child(name).pk for name in ("alva", "noa")]
    with django_assert_num_queries(1):
        assert signing.decisions_about(karin, ids) == dict.fromkeys(ids, signing.Decided())
    with django_assert_num_queries(0):
        assert signing.decisions_about(karin, []) == {}


def test_every_other_guardian_is_told_of_unless_protected(cast):
    maria, alva, johan = cast.actor("maria"), cast.child("alva").pk, cast.guardian("johan")
    assert signing.untold_guardians(maria, alva) == set()
    Guardian.objects.filter(pk=johan.pk).update(protected_identity=True)
    assert signing.untold_guardians(maria, alva) == {johan.pk}
