"""Versions: who made them and why, who has read them, what each says, and every kind of change in words."""

from datetime import UTC, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans import rules
from kring.care.plans.forms.choices import LABELS
from kring.care.plans.presenters import versions
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import MARIA, NAMES, NOW, person


def version(number=1, reason="established", read=(), made_at=NOW):
    one = Row(pk=uuid4(), number=number, made_at=made_at, made_by=person("Karin Lund"), reason=reason)
    return Row(version=one, acknowledgements=read)


def shown(*made):
    return versions.rows(rows.content(versions=made), NAMES)


def test_a_version_says_which_when_by_whom_and_why():
    one = version()
    (row,) = shown(one)
    assert (row.title, row.when, row.by) == ("Version 1", "mån 16 nov 2026 kl. 10.00", "Karin Lund")
    assert (row.iso, row.href) == (NOW.isoformat(), reverse("plan-version", args=[one.version.pk]))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("established", "Planen fastställdes"), ("SIP-möte 24 november", "SIP-möte 24 november"), ("", "")],
)
def test_why_is_in_words_and_what_somebody_wrote_stands_as_written(reason, words):
    assert shown(version(reason=reason))[0].reason == words


def test_the_latest_stands_first():
    assert [row.title for row in shown(version(1), version(2), version(3))] == [
        "Version 3",
        "Version 2",
        "Version 1",
    ]


def test_who_has_read_it_and_on_which_swedish_day():
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    read = (
        Row(guardian_id=MARIA.pk, at=late),
        Row(guardian_id=None, at=NOW),
        Row(guardian_id=uuid4(), at=NOW),
    )
    assert shown(version(read=read))[0].read_by == [
        "Maria Berg, tis 17 nov 2026",
        "Barnet, mån 16 nov 2026",
        "Tidigare vårdnadshavare, mån 16 nov 2026",
    ]
    assert shown(version())[0].read_by == []


# Values in words


@pytest.mark.parametrize(
    ("item", "name", "value", "words"),
    [
        ("plan", "kind", "sip", "Samordnad individuell plan (SIP)"),
        ("plan", "follow_up_on", "2026-12-01", "tis 1 dec 2026"),
        ("plan", "follow_up_on", "", ""),
        ("plan", "situation", "2026-12-01", "2026-12-01"),
        ("activities", "due_on", "2026-12-24", "tors 24 dec 2026"),
        ("activities", "due_on", None, ""),
        ("activities", "goal", "g1", "Läsa"),
        ("activities", "goal", "gone", ""),
        ("activities", "goal", "", ""),
        ("activities", "responsible", "third_party", "Någon annan"),
        # Both goals and activities have a status, each with its own words.
        ("activities", "status", "planned", "Planerad"),
        ("goals", "status", "changed", "Behöver ändras"),
        ("goals", "status", "planned", "planned"),
        ("goals", "term", "short", "Kort sikt"),
        ("needs", "area", "culture", "Kultur"),
        ("needs", "area", "of-tomorrow", "of-tomorrow"),
        ("parties", "contact", None, ""),
    ],
)
def test_a_stored_value_as_a_person_reads_it(item, name, value, words):
    assert versions.in_words(name, value, {"g1": "Läsa"}, item) == words


def test_every_coded_value_of_the_tables_has_words():
    for table, words in LABELS.items():
        item, name = ("goals", "status") if table == "goal_status" else ("activities", table)
        assert [versions.in_words(name, code, {}, item) for code in words] == [
            str(one) for one in words.values()
        ]


# Word by word

WORDS = st.lists(st.sampled_from(["vi", "ses", "varje", "tisdag", "fredag", "hemma"]), max_size=12)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_woven_one(before, after):
    found = versions.pieces(" ".join(before), " ".join(after))
    for mine, theirs in (("removed", before), ("added", after)):
        text = " ".join(words for kind, words in found if kind in ("same", mine))
        assert text.split() == theirs


@pytest.mark.parametrize(
    ("before", "after", "woven"),
    [
        # Exactly as alike as it takes (0.4): two of five words on each side.
        ("a b c d e", "a b x y z", True),
        ("a b c d e f", "a b x y z w", False),
        ("a", "", False),
        ("", "a", False),
    ],
)
def test_texts_that_are_unlike_are_shown_whole(before, after, woven):
    kinds = [kind for kind, _words in versions.pieces(before, after)]
    assert ("same" in kinds) is woven


@pytest.mark.parametrize(("words", "woven"), [(600, True), (601, False)])
def test_texts_up_to_a_length_are_woven(words, woven):
    text = " ".join(["ord"] * words)
    assert ("same" in [kind for kind, _words in versions.pieces(text, text)]) is woven


# Every kind of change, told whole


ROW = {
    "goals": {"words": "Läsa", "explanation": "", "term": "short", "by": "Hab", "status": "not_started"},
    "needs": {"area": "play", "text": "Lek", "by": ""},
    "parties": {"contact": "", "nothing_now": ""},
    "activities": {
        "what": "Ringa", "goal": "", "by": "Hab", "responsible": "unit", "responsible_unit": "BUM",
        "responsible_person": "", "responsible_words": "", "due_on": "", "when_words": "",
        "status": "planned",
    },
}  # fmt: skip
TITLES = {"goals": "Mål", "needs": "Behov", "parties": "Verksamheter", "activities": "Vem gör vad till när"}


def content(**more):
    return {"plan": {"situation": "Lugnt"}, **{name: [] for name in ROW}} | more


def item(name, **fields):
    return {"id": "1", "label": "Den"} | ROW[name] | fields


def told(old, new):
    return versions.sections(rules.difference(old, new), old, new)


@pytest.mark.parametrize("name", ROW)
@pytest.mark.parametrize("kind", ["added", "removed"])
def test_what_has_come_or_gone_stands_under_its_own_title(name, kind):
    there, gone = content(**{name: [item(name)]}), content()
    (section,) = told(gone, there) if kind == "added" else told(there, gone)
    assert section.title == TITLES[name]
    assert [(one.kind, one.label, one.fields) for one in section.items] == [(kind, "Den", [])]
    assert section.items[0].who == ("BUM" if name == "activities" else "")


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, row in ROW.items() for field in row])
def test_every_field_that_changes_is_told_under_a_swedish_label(name, field):
    old = content(**{name: [item(name)]})
    new = content(**{name: [item(name, **{field: "2026-12-01"})]})
    (section,) = told(old, new)
    (change,) = section.items[0].fields
    assert change.label == str(versions.FIELDS[field])
    assert section.items[0].kind == "changed"


@pytest.mark.parametrize("field", versions.FIELDS)
def test_no_label_is_a_code(field):
    assert str(versions.FIELDS[field])[0].isupper()
    assert "_" not in str(versions.FIELDS[field])


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({}, "BUM"),
        ({"responsible_person": "Peter Holm"}, "Peter Holm"),
        ({"responsible": "family", "responsible_unit": ""}, "Familjen"),
        ({"responsible": "family", "responsible_unit": "", "responsible_words": "morfar"}, "morfar"),
        ({"due_on": "2026-12-09"}, "BUM, ons 9 dec 2026"),
        ({"when_words": "varje dag"}, "BUM, varje dag"),
        # The day comes before how often.
        ({"due_on": "2026-12-09", "when_words": "varje dag"}, "BUM, ons 9 dec 2026"),
    ],
)
def test_who_does_a_new_activity_and_when(fields, who):
    (section,) = told(content(), content(activities=[item("activities", **fields)]))
    assert section.items[0].who == who


# A version told as a page


@pytest.mark.parametrize(
    ("party", "words"),
    [
        ({}, "Ingen namngiven"),
        ({"contact": "Jonas Ek"}, "Jonas Ek"),
        ({"nothing_now": "Avvaktar"}, "Avvaktar"),
        ({"contact": "Jonas Ek", "nothing_now": "Avvaktar"}, "Jonas Ek"),
    ],
)
def test_each_party_of_a_version(party, words):
    part = versions.told(content(parties=[item("parties", **party)]))[-1]
    assert (part.title, part.rows) == ("Verksamheter", [("Den", words)])


def test_empty_texts_and_the_kind_of_plan_are_not_told():
    fields = {"kind": "sip", "situation": "", "what_matters": "Att orka", "follow_up_on": ""}
    assert versions.told({"plan": fields})[0].rows == [("Det som är viktigt för barnet", "Att orka")]


def test_a_version_is_told_in_the_order_of_the_page():
    whole = content(**{name: [item(name)] for name in ROW})
    assert [part.title for part in versions.told(whole)] == [
        "Planen",
        "Mål",
        "Vem gör vad till när",
        "Behov",
        "Verksamheter",
    ]


def test_an_activity_without_anybody_is_told_by_its_status_alone():
    alone = item("activities", responsible="of-tomorrow", responsible_unit="")
    assert versions.told(content(activities=[alone]))[1].rows == [("Ringa", "Planerad")]
