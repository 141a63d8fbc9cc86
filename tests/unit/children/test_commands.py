"""What is stored about a child and its people: once, whole, and never overwriting what was."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kring.children import commands
from kring.children.models import Child, ChildNumber, Consent, Custody, Disclosure


def test_a_number_names_one_child(cast):
    number = ChildNumber.objects.filter(kind="personal").first()
    before = Child.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.register_child(
            numbers=[("personal", "", number.value)],
            given_name="En",
            family_name="Annan",
            birth_date=date(2020, 1, 1),
        )
    assert Child.objects.count() == before


def test_a_child_may_have_had_several_numbers(cast):
    child = commands.register_child(
        numbers=[("temporary", "", "T-1"), ("reserve", "vgr", "R-1")],
        given_name="Ny",
        family_name="Född",
        birth_date=date(2026, 11, 15),
    )
    assert set(child.numbers.values_list("kind", flat=True)) == {"temporary", "reserve"}


def test_custody_of_the_same_period_is_recorded_once(cast):
    alva, maria = cast.child("alva"), cast.guardian("maria")
    commands.give_custody(child=alva, guardian=maria, starts_on=alva.birth_date)
    assert Custody.objects.filter(child=alva, guardian=maria).count() == 1


def test_a_period_cannot_end_before_it_starts(cast):
    alva = cast.child("alva")
    with pytest.raises(IntegrityError), transaction.atomic():
        Custody.objects.filter(child=alva).update(ends_on=alva.birth_date - timedelta(days=1))


def consent(cast, **changes) -> Consent:
    fields = {
        "child": cast.child("alva"),
        "purpose": "plan",
        "guardian": cast.guardian("maria"),
        "state": "given",
        "form": "oral",
        "starts_on": cast.now.date(),
        "documented_by": cast.karin,
        "recorded_at": cast.now,
    }
    return commands.record_consent(scope=[(cast.unit("skola-boras-1").pk, "plan")], **fields | changes)


def test_a_new_answer_stands_beside_the_old_one(cast):
    consent(cast)
    consent(cast, state="refused")
    assert sorted(Consent.objects.values_list("state", flat=True)) == ["given", "refused"]
    assert [scope.category for scope in Consent.objects.first().scopes.all()] == ["plan"]


def test_a_withdrawal_is_dated_once(cast):
    given = consent(cast)
    commands.withdraw_consent(consent=given, now=cast.now)
    commands.withdraw_consent(consent=given, now=cast.now + timedelta(days=1))
    given.refresh_from_db()
    assert given.withdrawn_at == cast.now


def disclose(cast, unit="skola-boras-1", **more) -> Disclosure:
    alva = cast.child("alva")
    return commands.disclose(
        child_id=alva.pk, unit_id=cast.unit(unit).pk, category="plan", subject=alva.pk, now=cast.now, **more
    )


def test_a_disclosure_is_open_once_and_its_last_day_can_move(cast):
    first = disclose(cast)
    again = disclose(cast, ends_on=date(2027, 6, 30))
    assert first.pk == again.pk
    assert again.starts_at == cast.now
    assert again.ends_on == date(2027, 6, 30)


def test_ending_closes_for_the_named_units_or_for_all(cast):
    disclose(cast)
    disclose(cast, "elevhalsa-boras")
    subject = cast.child("alva").pk
    assert (
        commands.end_disclosures(subject=subject, now=cast.now, unit_ids=[cast.unit("skola-boras-1").pk]) == 1
    )
    assert commands.end_disclosures(subject=subject, now=cast.now) == 1
    assert commands.end_disclosures(subject=subject, now=cast.now) == 0


def test_what_was_ended_can_be_opened_anew_and_the_old_row_stays(cast):
    disclose(cast)
    commands.end_disclosures(subject=cast.child("alva").pk, now=cast.now)
    disclose(cast)
    assert Disclosure.objects.count() == 2
    assert Disclosure.objects.filter(ended_at__isnull=True).count() == 1


def test_nothing_about_a_child_says_its_name_by_itself(cast):
    alva = cast.child("alva")
    rows = [
        alva,
        *alva.numbers.all(),
        *alva.custodies.all(),
        *alva.care_relations.all(),
        cast.guardian("maria"),
    ]
    rows += [consent(cast), disclose(cast), *cast.child("sigrid").protected_group.all()]
    for row in rows:
        assert "Alva" not in str(row)
        assert "Berg" not in str(row)
        assert alva.numbers.first().value not in str(row)
