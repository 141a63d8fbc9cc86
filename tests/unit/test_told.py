"""What is laid in is what was told, and only where it would have been told the same (tests/told.py)."""

from datetime import timedelta

import pytest
from django.db import transaction

from kring import clock
from kring.care.plans.models import Plan, Summons
from kring.children.models import Child
from kring.timeline.models import Event
from tests import told
from tests.cast import NOW
from tests.own_pages import Scene


class Teller:
    """Tells how often it has told."""

    times = 0

    def __init__(self, cast) -> None:
        self.cast, self.child, self.plan = cast, cast.child("alva"), None

    @told.once
    def begun(self, *said, **named) -> "Teller":
        Teller.times += 1
        self.plan = Scene(self.cast).begun().plan
        return self

    @told.once
    def counted(self) -> int:
        Teller.times += 1
        Child.objects.filter(pk=self.child.pk).update(language="fi")
        return Event.objects.count()


@pytest.fixture(autouse=True)
def from_the_beginning(cast):
    """A memory of its own for each test."""
    kept, told.MEMORY.left, Teller.times = told.MEMORY.left, {}, 0
    yield
    told.MEMORY.left = kept


@pytest.fixture
def rolled_back(cast):
    """What a test's end does: everything written is taken back, and the next one begins."""

    def take_back(work):
        stand = told.MEMORY.stand
        with transaction.atomic():
            answer = work()
            transaction.set_rollback(True)
        told.MEMORY.stand = stand
        return answer

    return take_back


def test_what_is_laid_in_is_every_row_that_was_told(cast, rolled_back):
    def whole():
        scene = Scene(cast).whole()
        return vars(scene), told.rows()

    (first, told_rows), (second, laid_rows) = rolled_back(whole), rolled_back(whole)
    assert laid_rows == told_rows
    assert told_rows != told.rows()
    assert {name: value for name, value in first.items() if name != "cast"} == {
        name: value for name, value in second.items() if name != "cast"
    }


def test_it_is_told_once_and_the_teller_knows_as_much(cast, rolled_back):
    first = rolled_back(lambda: Teller(cast).begun())
    second = rolled_back(lambda: Teller(cast).begun())
    assert Teller.times == 1
    assert second is not first
    assert second.plan == first.plan
    assert second.plan is not first.plan, "what one test does to its plan is not seen by the next"


def test_an_answer_is_given_again(cast, rolled_back):
    tell = lambda: (Teller(cast).counted(), Child.objects.get(pk=cast.child("alva").pk).language)  # noqa: E731
    assert rolled_back(tell) == rolled_back(tell) == (0, "fi")
    assert Teller.times == 1


def test_a_story_goes_on_from_where_it_was_laid_in(cast, rolled_back):
    def called():
        scene = Scene(cast).begun().consented()
        scene.established().called()
        return scene.summons.pk, Summons.objects.count(), Plan.objects.get().status

    assert rolled_back(called) == rolled_back(called)


def taken_back() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)


@pytest.mark.parametrize("otherwise", ["write", "taken back", "patch", "moment", "words", "who", "unknown"])
def test_from_any_other_beginning_it_is_told_in_full(cast, rolled_back, monkeypatch, otherwise):
    rolled_back(lambda: Teller(cast).begun())
    told.MEMORY.stand = ()

    def again():
        teller, said = Teller(cast), ()
        if otherwise == "write":
            Child.objects.update(language="fi")
        if otherwise == "taken back":
            taken_back()
        if otherwise == "patch":
            monkeypatch.setenv("KRING_NOTHING", "1")
        if otherwise == "words":
            said = ("other",)
        if otherwise == "who":
            teller.child = cast.child("noa")
        if otherwise == "unknown":
            said = (object(),)
        with clock.frozen(NOW + timedelta(days=otherwise == "moment")):
            teller.begun(*said)

    rolled_back(again)
    assert Teller.times == 2


def test_nothing_is_laid_in_within_somebody_s_outer_transaction(cast, request):
    memory = told.Memory()
    with memory.watched(request):
        assert memory.stand == ()
    with transaction.atomic(), memory.watched(request):
        assert memory.stand is None


def test_nothing_is_laid_in_where_settings_may_be_replaced(cast, request, settings):
    memory = told.Memory()
    with memory.watched(request):
        assert memory.stand is None


def test_a_story_that_fails_is_not_remembered(cast, rolled_back):
    class Broken(Teller):
        @told.once
        def begun(self) -> None:
            Teller.times += 1
            raise ValueError(Teller.times)

    for time in (1, 2):
        with pytest.raises(ValueError, match=str(time)):
            rolled_back(lambda: Broken(cast).begun())
    assert told.MEMORY.left == {}
