"""The one door: content-free, never doubled, and nothing about or to people with protected identity."""

import re
from datetime import timedelta

import pytest

from kring.children.models import Guardian
from kring.notifications import commands, queries
from kring.notifications.models import Notice
from kring.notifications.rules import SENTENCES
from kring.organisations.models import Person, Unit


def notify(cast, *people, child="alva", kind="summons"):
    child = cast.child(child)
    return commands.notify(
        child_id=child.pk, person_ids=[p.pk for p in people], kind=kind, about=child.pk, now=cast.now
    )


def test_each_person_is_told_once_until_it_is_read(cast):
    assert notify(cast, cast.maria, cast.johan) == 2
    notify(cast, cast.maria)
    assert Notice.objects.count() == 2
    commands.mark_read(
        person_id=cast.maria.pk, about=cast.child("alva").pk, now=cast.now + timedelta(hours=1)
    )
    assert list(queries.unread(cast.maria.pk)) == []
    assert queries.unread(cast.johan.pk).count() == 1
    notify(cast, cast.maria)
    assert queries.unread(cast.maria.pk).count() == 1


def test_nobody_is_told_about_a_child_with_protected_identity(cast):
    assert notify(cast, cast.vera, cast.karin, child="sigrid") == 0
    assert not Notice.objects.exists()


def test_a_protected_guardian_or_member_of_staff_is_told_nothing(cast):
    Guardian.objects.filter(person=cast.maria).update(protected_identity=True)
    Person.objects.filter(subject="karin").update(protected_identity=True)
    assert notify(cast, cast.maria, cast.karin, cast.johan) == 1
    assert Notice.objects.get().person == cast.johan


def test_who_cannot_log_in_is_told_nothing(cast):
    Person.objects.filter(subject="maria").update(is_active=False)
    assert notify(cast, cast.maria) == 0


def test_an_unknown_kind_is_a_fault_of_ours(cast):
    with pytest.raises(KeyError):
        notify(cast, cast.maria, kind="diagnosis")


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_sentence_has_no_place_for_a_name_unit_time_or_place(cast, kind):
    sentence = str(SENTENCES[kind])
    assert not re.search(r"[%{}0-9]", sentence)
    names = {name for person in Person.objects.all() for name in (person.given_name, person.family_name)}
    assert not names & set(re.findall(r"\w+", sentence))
    assert not any(unit.name in sentence for unit in Unit.objects.all())
