"""What the child has prepared, in words for the unit that keeps the plan going."""

from datetime import UTC, datetime
from types import SimpleNamespace as Row

import pytest

from kring.care.plans.presenters.preparing import prepared

ANSWERS = {
    "takes_part": ("Så vill jag vara med", "Någon pratar för mig"),
    "good_at": ("Det här är jag bra på", "Jag är bra på Lego"),
    "hard": ("Det här är svårt", "Matsalen"),
    "wish": ("Det här vill jag", "Mer paus"),
    "not_talk_about": ("Det här vill jag inte prata om", "Pappas jobb"),
    "pause_sign": ("Pausa-tecken", "Handen upp"),
}


def sent(**without):
    fields = {name: words for name, (_label, words) in ANSWERS.items()} | without
    shown = fields["takes_part"]
    return Row(
        **fields,
        get_takes_part_display=lambda: shown,
        sent_at=datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    )


def test_how_the_child_wants_to_take_part_stands_first_and_the_rest_in_the_child_s_order():
    found = prepared([sent()])
    assert found.said == list(ANSWERS.values())
    assert found.when == "Skickat mån 16 nov 2026 kl. 10.00"


@pytest.mark.parametrize("empty", ANSWERS)
def test_what_the_child_left_empty_is_not_mentioned(empty):
    told = prepared([sent(**{empty: ""})])
    assert told.said == [words for name, words in ANSWERS.items() if name != empty]


def test_only_the_latest_counts_and_none_is_none():
    assert ("Det här vill jag", "Nytt") in prepared([sent(wish="Nytt"), sent()]).said
    assert prepared([]) is None
