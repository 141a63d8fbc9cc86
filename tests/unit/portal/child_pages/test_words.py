"""The child's sentences, counted and read as a speech therapist would."""

import re

import pytest
from django.utils import translation

from kring.portal.child_pages.rules import EARLY, MIDDLE, YOUNG
from kring.portal.child_pages.steps import STEPS
from kring.portal.child_pages.words import words_for

MOST_WORDS = {EARLY: 6, MIDDLE: 8, YOUNG: 14}
HARD_WORDS = (
    r"\b(vårdnadshavare|samordnad|individuell|insats|huvudman|samtycke|uppföljning|remiss|utredning|patient"
    r"|SIP)"
)
PASSIVE = r"\b(?!finns|hjälps|träffas|minns|känns|hoppas|sparas)\w+(?:as|eras|ades|its|ats)\b"
FORBIDDEN = r"ogiltig|felaktig|vänligen|tyvärr|oops"


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def sentences(mode: str) -> list[str]:
    texts = [str(text) for text in words_for(mode).values()]
    texts += [step.heading_for(mode) for step in STEPS]
    texts += [str(choice.word) for step in STEPS for choice in step.choices]
    return [part.strip() for text in texts for part in re.split(r"(?<=[.!?:])\s|\n", text) if part.strip()]


@pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
def test_no_line_is_longer_than_the_set_allows(mode):
    long = [line for line in sentences(mode) if len(line.split()) > MOST_WORDS[mode]]
    assert not long, long


@pytest.mark.parametrize("mode", [EARLY, MIDDLE])
def test_small_children_meet_no_office_words(mode):
    hard = [line for line in sentences(mode) if re.search(HARD_WORDS, line, re.IGNORECASE)]
    assert not hard, hard


@pytest.mark.parametrize("mode", [EARLY, MIDDLE])
def test_small_children_meet_no_passive_verbs(mode):
    passive = [line for line in sentences(mode) if re.search(PASSIVE, line)]
    assert not passive, passive


@pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
def test_nobody_is_blamed(mode):
    assert not [line for line in sentences(mode) if re.search(FORBIDDEN, line, re.IGNORECASE)]


@pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
def test_nothing_is_won_or_counted(mode):
    prizes = r"poäng|nivå|rekord|i rad|belöning|medalj|vinn"
    assert not [line for line in sentences(mode) if re.search(prizes, line, re.IGNORECASE)]


@pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
def test_every_key_has_words_in_every_set(mode):
    assert all(str(text).strip() for text in words_for(mode).values())


def test_the_three_sets_have_the_same_keys():
    assert words_for(EARLY).keys() == words_for(MIDDLE).keys() == words_for(YOUNG).keys()


def test_no_guardian_is_called_by_kinship():
    everything = " ".join(sentences(EARLY) + sentences(MIDDLE) + sentences(YOUNG))
    assert not re.search(r"\b(mamma|pappa|förälder|föräldrar)\b", everything, re.IGNORECASE)


def test_the_law_is_told_honestly_in_every_set():
    for mode in (EARLY, MIDDLE, YOUNG):
        said = str(words_for(mode)["honest"]).replace("\n", " ")
        assert said == "Om du är i fara måste vi berätta för en vuxen som kan hjälpa."


@pytest.mark.parametrize("mode", [EARLY, MIDDLE, YOUNG])
def test_what_is_said_of_guardians_follows_what_they_see_and_never_the_look(mode):
    sees, does_not = words_for(mode, True), words_for(mode, False)
    for key in ("home_seen", "plan_seen"):
        assert " inte " not in str(sees[key])
        assert str(sees[key]) != str(does_not[key])
    assert {key for key in sees if sees[key] != does_not[key]} == {"home_seen", "own_seen", "plan_seen"}
