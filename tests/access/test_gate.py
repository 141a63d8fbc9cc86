"""The gate's set and the gate's explanation are one answer, and the answers are the right ones."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Exists, OuterRef
from django.http import Http404

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation, Child, Custody, Guardian, ProtectedGroupMember
from kring.organisations.models import Person

CHILDREN = ("alva", "omar", "noa", "hugo", "sigrid", "tuva")

# Who sees whose page: every member of the cast, every child. What is not named here is not seen.
SEES = {
    "karin": {"alva", "omar", "noa", "sigrid"},
    "eva": {"alva", "omar", "noa", "sigrid"},
    "lena": {"alva", "omar", "noa"},  # also in the school of Sigrid, but not in her restricted group
    "jonas": {"alva", "omar"},
    "sara": {"alva"},
    "peter": {"alva", "hugo"},
    "fatima": {"omar"},
    "tove": set(),
    "birgitta": set(),
    "david": {"noa"},
    "mona": {"hugo"},
    "ulla": {"tuva"},
    "dina": set(),
    "nils": set(),
    "ann": set(),
    "petra": set(),
    "sten": set(),
    "agnes": set(),
}
FAMILY = {
    "maria": {"alva"},
    "johan": {"alva"},
    "leila": {"omar"},
    "anders": set(),  # Noa is 15
    "petter": {"hugo"},
    "vera": set(),  # Sigrid has protected identity
}


def seen(cast, actor, permission=P.SEE_CHILD) -> set[str]:
    return {child.person.subject for child in gate.children_for(actor, permission).select_related("person")}


@pytest.mark.parametrize("who", SEES)
def test_staff_see_the_children_their_unit_takes_part_in_and_no_other(cast, who):
    role = "school_nurse" if who == "lena" else None
    assert seen(cast, cast.actor(who, role)) == SEES[who]


@pytest.mark.parametrize("who", [*SEES, *FAMILY])
def test_among_a_few_children_are_those_of_the_set_and_no_other(cast, who, django_assert_num_queries):
    actor = cast.actor(who, "school_nurse" if who == "lena" else None)
    keys = {child: cast.child(child).pk for child in CHILDREN}
    everyone = gate.children_for(actor, P.SEE_PLAN).values_list("pk", flat=True)
    few = gate.among(actor, P.SEE_PLAN, [*keys.values(), uuid4()])
    assert few == set(keys.values()) & set(everyone)
    with django_assert_num_queries(0):
        assert gate.among(actor, P.SEE_PLAN, []) == set()


def test_whom_the_page_has_handed_out_is_not_asked_about_again(cast, django_assert_num_queries):
    karin, alva, tuva = cast.actor("karin"), cast.child("alva").pk, cast.child("tuva").pk
    gate.child_or_404(karin, P.SEE_PLAN, alva, what="test")
    with django_assert_num_queries(0):
        assert gate.among(karin, P.SEE_PLAN, [alva, alva]) == {alva}
    with django_assert_num_queries(1):
        assert gate.among(karin, P.SEE_PLAN, [alva, tuva]) == {alva}


def test_among_them_is_nobody_for_what_the_role_does_not_do(cast, django_assert_num_queries):
    petra, alva = cast.actor("petra"), cast.child("alva").pk
    with django_assert_num_queries(0):
        assert gate.among(petra, P.SEE_PLAN, [alva]) == set()


@pytest.mark.parametrize("who", FAMILY)
def test_guardians_see_their_own_younger_unprotected_children(cast, who):
    assert seen(cast, cast.actor(who), P.SEE_OWN_FAMILY) == FAMILY[who]


@pytest.mark.parametrize("who", CHILDREN)
def test_a_child_sees_itself_and_nobody_else(cast, who):
    assert seen(cast, cast.actor(who), P.SEE_OWN_PAGES) == {who}


def test_a_nurse_who_is_also_a_guardian_is_one_at_a_time(cast):
    assert seen(cast, cast.actor("lena", "guardian"), P.SEE_OWN_FAMILY) == {"tuva"}
    assert "tuva" not in seen(cast, cast.actor("lena", "school_nurse"))


def everyone(cast):
    for person in Person.objects.all():
        for role in {way.role for way in gate_actors(cast, person)}:
            yield cast.actor(person.subject, role)


def gate_actors(cast, person):
    from kring.access.actors import possible_actors

    return possible_actors(person, now=cast.now, strong_auth=True)


@pytest.mark.parametrize(
    "permission", [P.SEE_CHILD, P.SEE_PLAN, P.SEE_OWN_FAMILY, P.SEE_OWN_PAGES, P.SEE_RECORD]
)
def test_set_and_explanation_agree_for_everyone_and_every_child(cast, permission):
    children = {child.pk: child.person.subject for child in Child.objects.select_related("person")}
    for actor in everyone(cast):
        reached = set(gate.children_for(actor, permission).values_list("pk", flat=True))
        for child_id, name in children.items():
            decision = gate.explain(actor, permission, child_id)
            assert decision.opens == (child_id in reached), (actor.name, actor.role, name, decision)


def one_child(actor, permission, child) -> list[set]:
    tables = Custody.objects.all(), CareRelation.objects.all()
    return [set(gate.rows_for(actor, permission, rows, child.pk)) for rows in tables]


@pytest.mark.parametrize("permission", [P.SEE_CHILD, P.SEE_PLAN, P.SEE_OWN_FAMILY, P.SEE_OWN_PAGES])
def test_rows_about_one_child_are_the_sets_rows_for_everyone_and_every_child(cast, permission):
    custodies, relations = Custody.objects.all(), CareRelation.objects.all()
    for actor in everyone(cast):
        found = [set(gate.rows_for(actor, permission, rows)) for rows in (custodies, relations)]
        each = Exists(gate.children_for(actor, permission, OuterRef("child")))
        assert set(relations.filter(each)) == found[1]
        for child in Child.objects.all():
            about = [{row for row in rows if row.child_id == child.pk} for rows in found]
            asked = replace(actor, opened=None)
            assert one_child(asked, permission, child) == about
            if gate.children_for(actor, P.SEE_CHILD, child.pk).exists():
                gate.child_or_404(asked, P.SEE_CHILD, child.pk, what="child")
            assert one_child(asked, permission, child) == about


def test_weak_login_opens_nothing(cast):
    for who in ("karin", "maria", "alva"):
        weak = replace(cast.actor(who), strong_auth=False)
        permission = {"karin": P.SEE_CHILD, "maria": P.SEE_OWN_FAMILY, "alva": P.SEE_OWN_PAGES}[who]
        assert not gate.children_for(weak, permission).exists()
        assert not gate.explain(weak, permission, cast.child("alva").pk).opens


@pytest.mark.parametrize(
    ("starts", "ends", "open_"),
    [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False), (-9, 5, True)],
)
def test_a_relation_holds_from_its_first_day_through_its_last(cast, starts, ends, open_):
    today = cast.now.date()
    CareRelation.objects.filter(child=cast.child("alva"), unit=cast.unit("sas-logopedi")).update(
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert (seen(cast, cast.actor("sara")) == {"alva"}) is open_
    assert gate.explain(cast.actor("sara"), P.SEE_CHILD, cast.child("alva").pk).opens is open_


def test_a_relation_in_person_opens_for_that_person_only(cast):
    relation = CareRelation.objects.filter(child=cast.child("alva"), unit=cast.unit("hh-habilitering-boras"))
    relation.update(person=cast.karin)
    assert "alva" in seen(cast, cast.actor("karin"))
    assert "alva" not in seen(cast, cast.actor("eva"))


def test_an_ended_assignment_is_no_way_of_acting(cast):
    cast.karin.assignments.update(ends_on=cast.now.date() - timedelta(days=1))
    assert gate_actors(cast, cast.karin) == []


@pytest.mark.parametrize(("days", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_guardians_access_ends_on_the_thirteenth_birthday(cast, days, open_):
    alva = cast.child("alva")
    turns_13 = alva.birth_date.replace(year=alva.birth_date.year + 13)
    noon = cast.now.replace(year=turns_13.year, month=turns_13.month, day=turns_13.day) + timedelta(days=days)
    actor = cast.actor("maria", now=noon)
    assert gate.children_for(actor, P.SEE_OWN_FAMILY).exists() is open_
    assert gate.explain(actor, P.SEE_OWN_FAMILY, alva.pk).opens is open_


def test_the_birthday_begins_at_midnight_in_stockholm(cast):
    alva = cast.child("alva")
    born = alva.birth_date
    # 23:30 UTC the day before is 00:30 on the birthday in Stockholm in winter.
    before = cast.now.replace(year=born.year + 13, month=born.month, day=born.day - 1, hour=22, minute=59)
    assert gate.children_for(cast.actor("maria", now=before), P.SEE_OWN_FAMILY).exists()
    after = before.replace(hour=23, minute=0)
    assert not gate.children_for(cast.actor("maria", now=after), P.SEE_OWN_FAMILY).exists()


@pytest.mark.parametrize(
    ("precision", "born", "open_"),
    [
        ("month", "2013-11-30", False),
        ("month", "2013-12-31", True),
        ("year", "2013-12-31", False),
        ("year", "2014-12-31", True),
    ],
)
def test_a_partly_known_birth_date_opens_only_what_it_surely_opens(cast, precision, born, open_):
    Child.objects.filter(pk=cast.child("alva").pk).update(birth_date=born, birth_precision=precision)
    actor = cast.actor("maria")
    assert gate.children_for(actor, P.SEE_OWN_FAMILY).exists() is open_
    assert gate.explain(actor, P.SEE_OWN_FAMILY, cast.child("alva").pk).opens is open_


def test_lost_custody_closes_the_childs_pages(cast):
    Custody.objects.filter(guardian=cast.guardian("johan")).update(
        ends_on=cast.now.date() - timedelta(days=1)
    )
    assert seen(cast, cast.actor("johan"), P.SEE_OWN_FAMILY) == set()
    assert seen(cast, cast.actor("maria"), P.SEE_OWN_FAMILY) == {"alva"}


def test_a_protected_guardian_closes_for_both_guardians(cast):
    Guardian.objects.filter(person__subject="johan").update(protected_identity=True)
    for who in ("maria", "johan"):
        assert seen(cast, cast.actor(who), P.SEE_OWN_FAMILY) == set()
        assert not gate.explain(cast.actor(who), P.SEE_OWN_FAMILY, cast.child("alva").pk).opens


@pytest.mark.parametrize("grade", ["flag", "registration"])
def test_both_grades_of_protection_close_at_once(cast, grade):
    Child.objects.filter(pk=cast.child("alva").pk).update(protection=grade)
    for who in ("karin", "sara", "peter", "jonas"):
        assert "alva" not in seen(cast, cast.actor(who))
    assert seen(cast, cast.actor("maria"), P.SEE_OWN_FAMILY) == set()
    assert seen(cast, cast.actor("alva"), P.SEE_OWN_PAGES) == {"alva"}


def test_the_restricted_group_needs_the_care_relation_too(cast):
    ProtectedGroupMember.objects.create(
        child=cast.child("sigrid"), person=cast.sara, added_by=cast.eva, added_at=cast.now, reason="prov"
    )
    assert "sigrid" not in seen(cast, cast.actor("sara"))


REFUSALS = [
    ("ulla", "alva", "8.2.need"),
    ("tove", "alva", "8.1.own_unit.none"),
    ("lena", "sigrid", "8.8.outside"),
    ("agnes", "alva", "role.permission"),
    ("nils", "alva", "role.permission"),
]


@pytest.mark.parametrize(("who", "child", "rule"), REFUSALS)
def test_a_refusal_carries_the_rule_that_refused(cast, who, child, rule):
    role = "school_nurse" if who == "lena" else None
    with pytest.raises(gate.Invisible) as refused:
        gate.child_or_404(cast.actor(who, role), P.SEE_CHILD, cast.child(child).pk, what="child page")
    assert refused.value.act.rule == rule
    assert refused.value.act.outcome == "refused"
    assert not AccessLogRow.objects.exists()


def test_missing_and_invisible_ask_the_database_the_same(cast, django_assert_num_queries):
    actor = cast.actor("ulla")
    for child_id in (cast.child("alva").pk, cast.child("sigrid").pk, uuid4()):
        with django_assert_num_queries(5), pytest.raises(Http404):
            gate.child_or_404(actor, P.SEE_CHILD, child_id, what="child page")


def test_visible_but_not_for_this_purpose_is_refused_openly(cast):
    with pytest.raises(gate.NotAllowed) as refused:
        gate.child_or_404(cast.actor("jonas"), P.SEE_RECORD, cast.child("alva").pk, what="record")
    assert refused.value.act.rule == "role.permission"


def test_a_reading_is_logged_with_its_rule(cast):
    alva = cast.child("alva")
    assert gate.child_or_404(cast.actor("karin"), P.SEE_CHILD, alva.pk, what="child page") == alva
    row = AccessLogRow.objects.get()
    assert (row.child_id, row.person_id, row.action, row.rule) == (alva.pk, cast.karin.pk, "read", "8.2.1")
    assert (row.role, row.unit_id, row.purpose) == (
        "coordinator",
        cast.unit("hh-habilitering-boras").pk,
        "care",
    )


@pytest.mark.parametrize(
    ("who", "permission", "rule"),
    [
        ("jonas", P.SEE_CHILD, "8.1.own_unit"),
        ("maria", P.SEE_OWN_FAMILY, "8.5.guardian.pages"),
        ("alva", P.SEE_OWN_PAGES, "8.5.child.own_pages"),
    ],
)
def test_each_kind_of_reader_is_logged_by_its_own_rule(cast, who, permission, rule):
    gate.child_or_404(cast.actor(who), permission, cast.child("alva").pk, what="page")
    assert AccessLogRow.objects.get().rule == rule


def test_the_rule_on_the_log_is_one_that_the_tables_have(cast):
    for who, role in (("karin", None), ("jonas", None), ("maria", None), ("alva", None)):
        actor = cast.actor(who, role)
        permission = {"maria": P.SEE_OWN_FAMILY, "alva": P.SEE_OWN_PAGES}.get(who, P.SEE_CHILD)
        decision = gate.explain(actor, permission, cast.child("alva").pk)
        assert decision.opens
        assert decision.rule_id in {gate.rule_of(actor), "8.8.none"}


def test_several_acts_about_rows_of_their_own_are_one_append_and_a_row_each(
    cast, django_assert_max_num_queries
):
    karin, alva = cast.actor("karin"), cast.child("alva")
    gate.log(karin, "read", [None], what="before")
    with django_assert_max_num_queries(5):
        gate.log_rows(karin, "write", [(alva.pk, "a", "1"), (None, "b", "2")], rule="some.rule")
    rows = AccessLogRow.objects.filter(rule="some.rule").order_by("position")
    assert list(rows.values_list("child_id", "what", "object_id", "action", "unit_id")) == [
        (alva.pk, "a", "1", "write", karin.unit_id),
        (None, "b", "2", "write", karin.unit_id),
    ]
