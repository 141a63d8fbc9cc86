"""The difference between two versions, word by word and item by item."""

import pytest

from kring.care.plans import rules
from kring.care.plans.presenters import versions


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "nytt", [("added", "nytt")]),
        ("gammalt", "", [("removed", "gammalt")]),
        ("samma", "samma", [("same", "samma")]),
        (
            "stöd varje månad till juni",
            "stöd varannan vecka till juni",
            [
                ("same", "stöd"),
                ("removed", "varje månad"),
                ("added", "varannan vecka"),
                ("same", "till juni"),
            ],
        ),
        (
            "vi träffas varje tisdag",
            "vi träffas varje tisdag i skolan",
            [("same", "vi träffas varje tisdag"), ("added", "i skolan")],
        ),
        (
            "helt annan text",
            "någonting nytt här",
            [("removed", "helt annan text"), ("added", "någonting nytt här")],
        ),
        ("", "", []),
    ],
)
def test_words_are_woven_together(before, after, expected):
    assert versions.pieces(before, after) == expected


def test_long_texts_are_shown_whole_and_quickly():
    before, after = "ord " * 2000, "ord " * 1999 + "nytt"
    assert [kind for kind, _ in versions.pieces(before, after)] == ["removed", "added"]


def content(**more):
    whole = {
        "plan": {"situation": "Lugnt", "follow_up_on": "2026-12-01"},
        "goals": [],
        "activities": [],
        "needs": [],
    }
    return whole | {"parties": []} | more


def goal(key="g1", **fields):
    row = {"id": key, "label": "Läsa", "words": "Läsa", "explanation": "", "term": "short", "by": "Hab"}
    return row | {"status": "not_started"} | fields


def activity(key="a1", **fields):
    row = {
        "id": key, "label": "Ringa", "what": "Ringa", "goal": "", "by": "Hab", "responsible": "unit",
        "responsible_unit": "BUM Borås", "responsible_person": "", "responsible_words": "",
        "due_on": "", "when_words": "", "status": "planned",
    }  # fmt: skip
    return row | fields


def changed(old, new):
    return versions.sections(rules.difference(old, new), old, new)


def test_the_same_content_has_no_sections():
    assert changed(content(), content()) == []


def test_a_new_activity_says_who_and_when():
    new = content(activities=[activity(responsible_person="Peter Holm", due_on="2026-12-09")])
    (section,) = changed(content(), new)
    (item,) = section.items
    assert (section.title, item.kind, item.label) == ("Vem gör vad till när", "added", "Ringa")
    assert item.who == "Peter Holm, ons 9 dec 2026"


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"responsible": "family", "responsible_unit": ""}, "Familjen"),
        (
            {"responsible": "third_party", "responsible_unit": "", "responsible_words": "Simklubben"},
            "Simklubben",
        ),
        ({"when_words": "varje dag"}, "BUM Borås, varje dag"),
    ],
)
def test_the_doer_of_a_removed_activity_is_named(fields, who):
    (section,) = changed(content(activities=[activity(**fields)]), content())
    assert (section.items[0].kind, section.items[0].who) == ("removed", who)


def test_changes_of_one_item_stand_together_with_their_labels():
    old = content(goals=[goal()])
    new = content(goals=[goal(status="reached", explanation="Nu själv")])
    (section,) = changed(old, new)
    (item,) = section.items
    assert [field.label for field in item.fields] == ["Förklaring", "Hur det går"]
    assert item.fields[1].pieces == [("removed", "Inte börjat"), ("added", "Uppnått")]


def test_coded_values_and_days_are_written_in_words():
    old = content(activities=[activity(due_on="2026-12-09", status="planned", goal="g1")], goals=[goal()])
    new = content(activities=[activity(due_on="2026-12-10", status="done", goal="")], goals=[goal()])
    fields = {field.label: field.pieces for field in changed(old, new)[0].items[0].fields}
    assert ("removed", "Planerad") in fields["Hur det går"]
    assert ("added", "Klar") in fields["Hur det går"]
    assert fields["Hör till målet"] == [("removed", "Läsa")]
    words = " ".join(text for _, text in fields["Klart senast"])
    assert "9" in words
    assert "10" in words


def test_the_plans_own_text_comes_first():
    old, new = content(), content(plan={"situation": "Stökigt", "follow_up_on": "2027-02-01"}, goals=[goal()])
    sections = changed(old, new)
    assert [section.title for section in sections] == ["Planen", "Mål"]
    assert {field.label for field in sections[0].items[0].fields} == {"Nuläget", "Nästa uppföljning"}


def test_every_stored_field_has_a_swedish_label():
    """A field that a version stores and this table does not know would be shown by its code."""
    stored = set(goal()) | set(activity()) | {"area", "text", "contact", "nothing_now"}
    assert stored - {"id", "label"} <= set(versions.FIELDS)


def test_a_version_is_told_in_plain_rows():
    parts = versions.told(
        content(
            goals=[goal()],
            activities=[activity(status="ongoing")],
            needs=[{"id": "n", "label": "Leka", "area": "play", "text": "Leka", "by": ""}],
            parties=[{"id": "u", "label": "Skolan", "contact": "", "nothing_now": "Väntar"}],
        )
    )
    told = {part.title: part.rows for part in parts}
    assert told["Planen"] == [("Nuläget", "Lugnt"), ("Nästa uppföljning", "tis 1 dec 2026")]
    assert told["Mål"] == [("Läsa", "Inte börjat")]
    assert told["Vem gör vad till när"] == [("Ringa", "BUM Borås · Pågår")]
    assert told["Behov"] == [("Lek", "Leka")]
    assert told["Verksamheter"] == [("Skolan", "Väntar")]


def test_empty_parts_are_left_out():
    assert [part.title for part in versions.told(content())] == ["Planen"]
    assert versions.told({}) == []
