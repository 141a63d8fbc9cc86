"""«Vem har läst» and what the child keeps to itself: that it has answered is told by no reading of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kring.access.actors import Actor
from kring.access.policy.staff import WorkNeed
from kring.audit.models import AccessLogRow
from kring.care.monitoring import commands, queries
from kring.log_review.presenters.extract import line
from kring.log_review.queries.extract import Wanted, extract_for
from tests.cast import NOW
from tests.own_pages import sign_in

WORD = "hur barnet mår"


def at(actor: Actor, minutes: int) -> Actor:
    return replace(actor, now=NOW + timedelta(minutes=minutes))


@pytest.fixture
def child(cast):
    return cast.child("alva")


@pytest.fixture
def asking(cast, child):
    karin = cast.actor("karin")
    asked = commands.ask(by=karin, child_id=child.pk, reader_id=karin.person_id)
    AccessLogRow.objects.all()._raw_delete("default")
    return asked


def answer(cast, asking, minutes: int, *, shown: bool) -> None:
    by = at(cast.actor("alva"), minutes)
    commands.answer(by=by, asking_id=asking.pk, face="sad")
    commands.send(by=by, asking_id=asking.pk, shown_to_guardians=shown)


def read(cast, child, minutes: int, *, who: str = "karin", noted: bool = False, chosen=WorkNeed.NONE) -> None:
    by = at(cast.actor(who), minutes)
    queries.mood_page(by, child.pk, chosen)
    if noted:
        commands.note_read(by=by, child_id=child.pk)


def told(cast, child, minutes: int = 600) -> list[int]:
    """The minutes at which, by Maria's extract, somebody at work has read how the child feels."""
    maria = at(cast.actor("maria"), minutes)
    found = extract_for(maria, child.pk, Wanted(lists=True), most=500)
    lines = [(one, line(maria, one)) for one in found.readings]
    return sorted((one.at - NOW) // timedelta(minutes=1) for one, words in lines if WORD in words.did)


STORIES = {
    "nothing answered": ([], [], [10]),
    "shown": ([(1, True)], [], [10]),
    "hidden": ([(1, False)], [], []),
    "hidden and noted as read": ([(1, False)], [5], []),
    "shown, read, then hidden": ([(1, True), (6, False)], [5], [5]),
    "shown, read, hidden, read, looked at again": ([(1, True), (6, False)], [5, 8], [5, 10]),
    "hidden, read, then shown": ([(1, False), (6, True)], [5], [10]),
    "both new": ([(1, False), (2, True)], [5], [5, 10]),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_guardian_is_told_of_readings_only_when_they_tell_nothing(cast, child, asking, story):
    """Each story: (when, shown) of the answers, when they were noted as read; at 10 somebody looks again."""
    answers, noted, expected = STORIES[story]
    for minutes in range(1, 10):
        for _when, shown in [one for one in answers if one[0] == minutes]:
            answer(cast, asking, minutes, shown=shown)
        if minutes in noted:
            read(cast, child, minutes, noted=True)
    read(cast, child, 10)
    assert told(cast, child) == expected


def test_every_reading_has_its_row_all_the_same_for_who_reviews_the_log(cast, child, asking):
    answer(cast, asking, 1, shown=False)
    read(cast, child, 5, noted=True)
    rows = AccessLogRow.objects.filter(person_id=cast.karin.pk, child_id=child.pk)
    assert set(rows.values_list("action", "what")) == {("read", queries.KEPT), ("write", queries.KEPT)}


def test_the_young_person_itself_is_told_of_all_of_them(cast, child, asking):
    answer(cast, asking, 1, shown=False)
    read(cast, child, 5)
    type(child).objects.filter(pk=child.pk).update(birth_date="2010-01-01")
    found = extract_for(at(cast.actor("alva"), 600), child.pk)
    assert [line(cast.actor("alva"), one).did for one in found.readings] == ["Läste: hur barnet mår."]


@pytest.mark.parametrize(("shown", "expected"), [(True, [20, 30]), (False, [])])
def test_other_units_that_choose_to_read_are_told_of_likewise(cast, child, asking, shown, expected):
    answer(cast, asking, 1, shown=shown)
    peter = at(cast.actor("peter"), 20)
    commands.choose_actively(by=peter, child_id=child.pk, purpose=WorkNeed.CARE)
    read(cast, child, 30, who="peter", chosen=WorkNeed.CARE)
    assert told(cast, child) == expected


def test_a_look_before_the_choice_touches_nothing_and_is_told(cast, child, asking):
    answer(cast, asking, 1, shown=False)
    read(cast, child, 20, who="peter")
    assert told(cast, child) == [20]


@pytest.mark.parametrize("shown", [True, False])
def test_the_page_and_the_paper_say_the_same(cast, child, asking, shown):
    """Checks 36 and 42 of ux.md for what a child says of how it feels."""
    answer(cast, asking, 0, shown=shown)
    queries.mood_page(replace(cast.actor("karin"), now=NOW - timedelta(minutes=1)), child.pk)
    maria = sign_in(Client(), cast.maria)
    page = maria.get(reverse("family-readings", args=[child.pk])).content.decode()
    paper = maria.get(reverse("family-readings-pdf", args=[child.pk]))
    from tests.access.leaking import text_of

    assert (WORD in page) is shown
    assert (WORD in " ".join(text_of(paper).split())) is shown
