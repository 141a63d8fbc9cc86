"""What a child chooses and writes is kept as text and found again, whatever it is."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kring.portal.child_pages import steps
from kring.portal.child_pages.rules import EARLY, MIDDLE


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def test_there_are_eight_small_steps():
    assert steps.LAST == 8
    assert [step.number for step in steps.STEPS] == list(range(1, 9))


def test_six_of_them_ask_something():
    fields = ["good_at", "hard", "wish", "not_talk_about", "takes_part", "pause_sign"]
    assert [step.field for step in steps.ANSWERED] == fields


@pytest.mark.parametrize("step", steps.STEPS, ids=lambda step: step.key)
def test_never_more_than_six_choices_and_each_has_its_picture(step):
    assert len(step.choices) <= 6
    assert all(choice.picture and str(choice.word) for choice in step.choices)
    assert len({choice.value for choice in step.choices}) == len(step.choices)


def test_every_picture_is_drawn():
    from kring.design.build import STATIC

    drawn = (STATIC / "symbols.svg").read_text(encoding="utf-8")
    wanted = {choice.picture for step in steps.STEPS for choice in step.choices}
    wanted |= {step.picture for step in steps.STEPS}
    assert not [name for name in wanted if f'id="{name}"' not in drawn]


def test_the_youngest_get_the_shorter_question():
    step = steps.step_numbered(7)
    assert step.heading_for(EARLY) == "Hur vill du vara med?"
    assert step.heading_for(MIDDLE) == "Hur vill du vara med på mötet?"


@pytest.mark.parametrize("number", [0, 9, -1, 1000])
def test_there_is_no_other_step(number):
    assert steps.step_numbered(number) is None


def test_choices_and_own_words_become_lines():
    step = steps.step_numbered(3)
    assert steps.as_text(step, ["animals", "draw"], "  Jag kan simma. ") == "Rita\nDjur\nJag kan simma."


def test_lines_become_choices_and_own_words_again():
    step = steps.step_numbered(3)
    assert steps.from_text(step, "Rita\nDjur\nJag kan simma.") == (["draw", "animals"], "Jag kan simma.")


def test_how_to_take_part_is_kept_as_its_value():
    step = steps.step_numbered(7)
    assert steps.as_text(step, ["a_while"], "") == "a_while"
    assert steps.from_text(step, "a_while") == (["a_while"], "")
    assert steps.spoken(step, "a_while") == [("a-while", "En stund")]


def test_nothing_answered_is_nothing_kept():
    for step in steps.ANSWERED:
        assert steps.as_text(step, [], "") == ""
        assert steps.from_text(step, "") == ([], "")
        assert steps.spoken(step, "") == []


def test_the_paper_has_pictures_where_there_are_any():
    step = steps.step_numbered(4)
    assert steps.spoken(step, "Prata\nNär det är högt ljud") == [
        ("speech", "Prata"),
        ("", "När det är högt ljud"),
    ]


@given(
    number=st.integers(3, 6),
    picked=st.sets(st.integers(0, 5)),
    own=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=60),
)
def test_nothing_a_child_says_is_lost(number, picked, own):
    step = steps.step_numbered(number)
    chosen = [choice.value for at, choice in enumerate(step.choices) if at in picked]
    if own in {str(choice.word) for choice in step.choices}:
        return  # writing the word of a picture is choosing it
    with translation.override("sv"):
        assert steps.from_text(step, steps.as_text(step, chosen, own)) == (chosen, own)


@pytest.mark.parametrize("step", steps.ANSWERED, ids=lambda step: step.key)
def test_the_youngest_choose_among_at_most_four(step):
    few = step.choices_for(EARLY)
    assert 2 <= len(few) <= 4
    assert len(step.choices_for(MIDDLE)) == len(step.choices)
    assert set(step.small) <= {choice.value for choice in step.choices}


def test_what_is_chosen_already_stays_among_the_few():
    step = steps.step_numbered(3)
    last = step.choices[-1].value
    assert last not in [choice.value for choice in step.choices_for(EARLY)]
    assert last in [choice.value for choice in step.choices_for(EARLY, [last])]


def test_the_youngest_may_always_say_that_they_do_not_know():
    assert "undecided" in [choice.value for choice in steps.step_numbered(7).choices_for(EARLY)]
