"""What a kept version of a protected child's plan says, and what differs, with other units hidden."""

import copy

import pytest

from kring.care.plans.rules.differences import Change, difference
from kring.care.plans.rules.hidden import Words, hidden_change, hidden_row, hidden_snapshot

WORDS = Words(frozenset({"Habiliteringen", "Karin Ek"}), "Dolt")
SAID = {
    "plan": {
        "what_matters": "Att få vara med",
        "coordinator": "Karin Ek",
        "overall_responsible": "Borås Stad",
        "follow_up_on": "2027-01-11",
    },
    "parties": [
        {"id": "1", "label": "Habiliteringen", "contact": "Sara Ek", "nothing_now": ""},
        {"id": "2", "label": "Skolan", "contact": "Jonas Berg", "nothing_now": ""},
        {"id": "3", "label": "BUP", "contact": "", "nothing_now": ""},
    ],
    "needs": [{"id": "4", "by": "Skolan", "label": "Sova", "text": "Sova"}],
    "goals": [{"id": "5", "by": "", "label": "Cykla", "words": "Cykla"}],
    "activities": [
        {"id": "6", "by": "Skolan", "label": "Träna",
         "responsible_unit": "Habiliteringen", "responsible_person": "Sara Ek"},
        {"id": "7", "by": "Habiliteringen", "label": "Läsa",
         "responsible_unit": "Skolan", "responsible_person": "Jonas Berg"},
    ],
}  # fmt: skip
SECRET = ("Borås Stad", "Skolan", "Jonas Berg", "BUP")


def hidden():
    return hidden_snapshot(SAID, WORDS)


@pytest.mark.parametrize("name", SECRET)
def test_no_other_unit_and_nobody_there_is_named(name):
    assert name in str(SAID)
    assert name not in str(hidden())


def test_the_own_unit_its_people_and_what_is_said_stand():
    told = hidden()
    assert told["parties"][0] == SAID["parties"][0]
    assert told["activities"][0]["responsible_person"] == "Sara Ek"
    assert told["plan"]["coordinator"] == "Karin Ek"
    assert (told["plan"]["what_matters"], told["plan"]["follow_up_on"]) == ("Att få vara med", "2027-01-11")


def test_nobody_is_not_hidden_but_absent():
    told = hidden()
    assert told["parties"][2]["contact"] == ""
    assert told["goals"][0]["by"] == ""


def test_the_version_itself_is_untouched():
    before = copy.deepcopy(SAID)
    hidden()
    assert before == SAID


@pytest.mark.parametrize("said", [{}, {"plan": {}}, {"parties": []}])
def test_an_old_or_empty_version_is_no_trouble(said):
    assert hidden_snapshot(said, WORDS)["parties"] == []


def changed(item="activities", field="responsible_unit", before="Skolan", after="BUP", label="Läsa"):
    return hidden_change(Change("changed", item, "7", label, field, before, after), WORDS)


def test_that_something_differs_is_told_though_both_are_hidden():
    told = changed()
    assert (told.kind, told.before, told.after) == ("changed", "Dolt", "Dolt")


@pytest.mark.parametrize(
    ("field", "before", "after", "told"),
    [
        ("responsible_unit", "Habiliteringen", "Skolan", ("Habiliteringen", "Dolt")),
        ("responsible_person", "", "Jonas Berg", ("", "Dolt")),
        ("coordinator", "Karin Ek", "Jonas Berg", ("Karin Ek", "Dolt")),
        ("what", "Träna", "Skolan", ("Träna", "Skolan")),
        ("due_on", "2027-01-11", None, ("2027-01-11", None)),
    ],
)
def test_each_side_is_judged_by_itself(field, before, after, told):
    change = changed(field=field, before=before, after=after)
    assert (change.before, change.after) == told


def test_a_party_that_has_come_or_gone_is_not_named():
    for kind, side in (("added", "after"), ("removed", "before")):
        told = hidden_change(Change(kind, "parties", "2", "Skolan", **{side: SAID["parties"][1]}), WORDS)
        assert told.label == "Dolt"
        assert not [name for name in SECRET if name in str(told)]


def test_an_item_s_own_words_are_its_label():
    assert changed(label="Läsa").label == "Läsa"


def test_every_difference_between_two_versions_can_be_told_without_a_secret():
    later = copy.deepcopy(SAID)
    later["plan"]["overall_responsible"] = "Regionen"
    later["parties"] = later["parties"][:1] + [
        {"id": "9", "label": "Logopeden", "contact": "Lo", "nothing_now": ""}
    ]
    later["activities"][1] |= {"responsible_unit": "BUP", "responsible_person": "Ulla Ask"}
    changes = [hidden_change(one, WORDS) for one in difference(SAID, later)]
    assert len(changes) == len(difference(SAID, later)) == 6
    assert not [name for name in (*SECRET, "Regionen", "Logopeden", "Ulla Ask") if name in str(changes)]


def test_a_row_of_an_unknown_kind_keeps_its_words():
    assert hidden_row("needs", {"id": "1", "label": "Sova", "text": "Sova"}, WORDS)["text"] == "Sova"
