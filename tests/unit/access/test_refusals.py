"""How a no is carried, and what a rule is called."""

import pytest

from kring.access import submissions
from kring.access.policy import catalogue
from kring.access.refusals import EditConflict, Refusal


def test_a_refusal_carries_words_for_people_a_code_for_code_and_a_field_for_the_form():
    no = Refusal("too_early", "Välj en senare dag.", field="day")
    assert (no.code, no.message, no.field, str(no)) == (
        "too_early",
        "Välj en senare dag.",
        "day",
        "Välj en senare dag.",
    )


def test_a_refusal_of_the_whole_form_has_no_field():
    assert Refusal("closed", "Planen är avslutad.").field == ""


def test_a_conflict_hands_over_the_row_as_it_stands():
    current = object()
    assert EditConflict(current).current is current


def test_a_rule_has_its_sentence_and_one_that_has_left_the_tables_is_called_by_its_id():
    for rule_id, rule in catalogue.rules().items():
        assert rule.says
        assert catalogue.sentence(rule_id) != rule_id
    assert catalogue.sentence("1.gone") == "1.gone"


@pytest.mark.parametrize("text", ["", " ", "12", "not-a-key"])
def test_what_is_no_key_is_never_an_answer_to_a_form(text, cast):
    assert submissions.answer_to(text, cast.actor("karin")) == ""
