"""A unit invited to a plan reaches the child as long as the plan is disclosed to it, and not a day longer."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kring.children import commands
from kring.children.models import CareRelation, Disclosure
from tests.cast import NOW

TODAY = NOW.date()
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
LONG_AGO, NEXT_YEAR = date(2020, 1, 1), date(2027, 6, 30)
COORDINATION, SUPPORT = CareRelation.Kind.COORDINATION, CareRelation.Kind.SOCIAL_SUPPORT


@pytest.fixture
def alva(cast):
    """Alva, and a unit that has had nothing to do with her."""
    child, unit = cast.child("alva"), cast.unit("socialtjanst-boras")
    assert not CareRelation.objects.filter(child=child, unit=unit).exists()

    class Case:
        def relate(self, kind, starts_on, ends_on=None, person=None):
            commands.relate(
                child=child, unit=unit, kind=kind, starts_on=starts_on, ends_on=ends_on, person=person
            )

        def disclose(self, ends_on=None, category="plan"):
            return commands.disclose(
                child_id=child.pk,
                unit_id=unit.pk,
                category=category,
                subject=uuid4(),
                now=NOW,
                ends_on=ends_on,
            )

        def take_part(self, today=TODAY):
            commands.take_part(child_id=child.pk, unit_id=unit.pk, today=today)
            return self.relations()

        def no_longer(self, today=TODAY):
            commands.no_longer_take_part(child_id=child.pk, unit_id=unit.pk, today=today)
            return self.relations()

        def relations(self):
            rows = CareRelation.objects.filter(child=child, unit=unit).order_by("pk")
            return [(row.kind, row.starts_on, row.ends_on) for row in rows]

    return Case()


@pytest.mark.parametrize(
    ("plans", "last_day"),
    [
        ([None], None),
        ([NEXT_YEAR], NEXT_YEAR),
        ([TOMORROW, NEXT_YEAR], NEXT_YEAR),
        ([NEXT_YEAR, None], None),  # one plan without an end holds the door open
        ([TODAY], TODAY),
        ([], None),
    ],
)
def test_it_reaches_the_child_through_the_last_day_of_its_plans(alva, plans, last_day):
    for ends_on in plans:
        alva.disclose(ends_on)
    assert alva.take_part() == [(COORDINATION, TODAY, last_day)]


def test_only_plans_that_are_still_disclosed_count(alva):
    ended, going = alva.disclose(None), alva.disclose(NEXT_YEAR)
    Disclosure.objects.filter(pk=ended.pk).update(ended_at=NOW)
    alva.disclose(None, category="record")
    assert going.ends_on == NEXT_YEAR
    assert alva.take_part() == [(COORDINATION, TODAY, NEXT_YEAR)]


@pytest.mark.parametrize(
    ("already", "made"),
    [
        # Something else already reaches the child today: nothing is added.
        ((SUPPORT, LONG_AGO, None), False),
        ((SUPPORT, TODAY, None), False),
        ((SUPPORT, LONG_AGO, TODAY), False),
        # It did once, or will: it does not today.
        ((SUPPORT, LONG_AGO, YESTERDAY), True),
        ((SUPPORT, TOMORROW, None), True),
        ((COORDINATION, LONG_AGO, YESTERDAY), True),
    ],
)
def test_a_way_in_is_made_only_when_there_is_none(alva, already, made):
    alva.relate(*already)
    alva.disclose(NEXT_YEAR)
    new = [(COORDINATION, TODAY, NEXT_YEAR)] if made else []
    assert alva.take_part() == [already, *new]


def test_one_person_s_relation_is_not_the_unit_s(alva, cast):
    alva.relate(SUPPORT, LONG_AGO, person=cast.fatima)
    alva.disclose()
    assert alva.take_part()[1:] == [(COORDINATION, TODAY, None)]


@pytest.mark.parametrize("again", [NEXT_YEAR, TOMORROW, None])
def test_a_second_plan_moves_the_last_day_and_makes_no_second_way_in(alva, again):
    alva.disclose(TOMORROW)
    alva.take_part()
    alva.disclose(again)
    assert alva.take_part(TOMORROW) == [(COORDINATION, TODAY, again)]


# And then no longer


@pytest.mark.parametrize(
    ("begun", "left"),
    [
        # The last day counts, so it is yesterday; one begun today has had no day of its own.
        (LONG_AGO, [(COORDINATION, LONG_AGO, YESTERDAY)]),
        (YESTERDAY, [(COORDINATION, YESTERDAY, YESTERDAY)]),
        (TODAY, []),
    ],
)
def test_what_was_opened_is_closed_at_once(alva, begun, left):
    alva.relate(COORDINATION, begun, NEXT_YEAR)
    assert alva.no_longer() == left


@pytest.mark.parametrize(
    ("others", "last_day"),
    [([NEXT_YEAR], NEXT_YEAR), ([None], None), ([TODAY], TODAY), ([TOMORROW, NEXT_YEAR], NEXT_YEAR)],
)
def test_another_plan_keeps_the_way_open_through_its_own_last_day(alva, others, last_day):
    alva.relate(COORDINATION, LONG_AGO, date(2030, 1, 1))
    for ends_on in others:
        alva.disclose(ends_on)
    assert alva.no_longer() == [(COORDINATION, LONG_AGO, last_day)]


def test_a_plan_that_ran_out_yesterday_keeps_nothing_open(alva):
    alva.relate(COORDINATION, LONG_AGO, NEXT_YEAR)
    alva.disclose(YESTERDAY)
    assert alva.no_longer() == [(COORDINATION, LONG_AGO, YESTERDAY)]


def test_what_reaches_the_child_for_other_reasons_stays(alva):
    alva.relate(SUPPORT, LONG_AGO)
    alva.relate(COORDINATION, LONG_AGO)
    assert alva.no_longer() == [(SUPPORT, LONG_AGO, None), (COORDINATION, LONG_AGO, YESTERDAY)]


def test_what_ended_before_is_not_told_to_have_ended_again(alva):
    alva.relate(COORDINATION, LONG_AGO, date(2021, 1, 1))
    assert alva.no_longer() == [(COORDINATION, LONG_AGO, date(2021, 1, 1))]


def test_another_child_s_and_another_unit_s_ways_in_are_left_alone(alva, cast):
    omar, school = cast.child("omar"), cast.unit("skola-boras-1")
    before = list(CareRelation.objects.order_by("pk").values_list("pk", "ends_on"))
    for child, unit in ((omar, cast.unit("socialtjanst-boras")), (cast.child("alva"), school)):
        commands.relate(child=child, unit=unit, kind=COORDINATION, starts_on=LONG_AGO)
    alva.relate(COORDINATION, LONG_AGO)
    alva.no_longer()
    still = CareRelation.objects.filter(kind=COORDINATION, ends_on=None, starts_on=LONG_AGO)
    assert {row.child_id for row in still} == {omar.pk, cast.child("alva").pk}
    assert (
        list(
            CareRelation.objects.filter(pk__in=[pk for pk, _ in before])
            .order_by("pk")
            .values_list("pk", "ends_on")
        )
        == before
    )


# The last day of a disclosure, and which are ended


@pytest.mark.parametrize(
    ("units", "category", "ended"),
    [
        (None, "", 3),
        (None, "plan", 2),
        (None, "record", 1),
        (["skola-boras-1"], "", 2),
        (["skola-boras-1"], "record", 1),
        (["elevhalsa-boras"], "record", 0),
        ([], "", 0),
    ],
)
def test_disclosures_are_ended_for_some_units_or_kinds_or_for_all(cast, units, category, ended):
    child, subject = cast.child("alva"), uuid4()
    for key, kind in (("skola-boras-1", "plan"), ("skola-boras-1", "record"), ("elevhalsa-boras", "plan")):
        commands.disclose(
            child_id=child.pk, unit_id=cast.unit(key).pk, category=kind, subject=subject, now=NOW
        )
    unit_ids = None if units is None else [cast.unit(key).pk for key in units]
    later = NOW + timedelta(hours=1)
    assert commands.end_disclosures(subject=subject, now=later, unit_ids=unit_ids, category=category) == ended
    assert Disclosure.objects.filter(subject=subject, ended_at=later).count() == ended
    assert commands.end_disclosures(subject=uuid4(), now=later) == 0


def test_a_last_day_can_be_taken_away_again(cast):
    child, unit, subject = cast.child("alva"), cast.unit("skola-boras-1"), uuid4()
    about = {"child_id": child.pk, "unit_id": unit.pk, "category": "plan", "subject": subject}
    first = commands.disclose(**about, now=NOW, ends_on=NEXT_YEAR)
    again = commands.disclose(**about, now=NOW + DAY)
    assert (again.pk, again.ends_on, again.starts_at) == (first.pk, None, NOW)


def test_custody_relation_and_group_are_recorded_once_and_as_they_were(cast):
    alva, maria, unit = cast.child("alva"), cast.guardian("maria"), cast.unit("lss-boras")
    custody = commands.give_custody(child=alva, guardian=maria, starts_on=alva.birth_date, ends_on=NEXT_YEAR)
    assert custody.ends_on is None, "the same period again changes nothing"
    later = commands.give_custody(child=alva, guardian=maria, starts_on=TODAY, ends_on=NEXT_YEAR)
    assert (later.starts_on, later.ends_on) == (TODAY, NEXT_YEAR)
    first = commands.relate(child=alva, unit=unit, starts_on=TODAY, kind=SUPPORT, ends_on=NEXT_YEAR)
    again = commands.relate(child=alva, unit=unit, starts_on=LONG_AGO, kind=SUPPORT)
    assert (again.pk, again.starts_on, again.ends_on) == (first.pk, TODAY, NEXT_YEAR)
    assert commands.relate(child=alva, unit=unit, starts_on=TODAY).kind == "care"
    told = {"child": cast.child("sigrid"), "person": cast.sara, "added_by": cast.eva, "now": NOW}
    member = commands.add_to_restricted_group(**told, reason="Vikarie")
    same = commands.add_to_restricted_group(**told, reason="Annat")
    assert (same.pk, same.reason, same.added_by, same.added_at) == (member.pk, "Vikarie", cast.eva, NOW)
