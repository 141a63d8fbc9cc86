"""Reading JSON twice over: exact slices, numbers as they were written, faults told and stepped over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.reading.exact import Reader, Unreadable, digest_of
from kring.care.record.rules.faults import Fault
from kring.care.record.rules.identity import NUMBER

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=5) | st.dictionaries(st.text(), below, max_size=5),
    max_leaves=30,
)


def marked(value):
    """What the reader makes of a value: numbers as marked text."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {name: marked(below) for name, below in value.items()}
    if isinstance(value, list):
        return [marked(below) for below in value]
    return NUMBER + json.dumps(value)


@given(value=values, before=st.text("x", max_size=3), after=st.text(" ,]}x", max_size=4))
def test_a_value_is_read_and_cut_out_to_the_letter(value, before, after):
    text = json.dumps(value)
    bare = after if not (text[-1].isdigit() and after[:1].isdigit()) else ""
    found, end = Reader(before + text + bare).value(len(before))
    assert (found.text, end) == (text, len(before) + len(text))
    assert found.tree == marked(value)
    assert found.fault is None


@given(value=st.dictionaries(st.text(), values, max_size=6), indent=st.sampled_from([None, 0, 2, "\t"]))
def test_the_fields_of_an_object_are_walked_in_order(value, indent):
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    reader, seen = Reader(text), []

    def note(name: str, at: int) -> int:
        found, end = reader.value(at)
        seen.append((name, json.loads(found.text)))
        return end

    assert reader.members(0, note) == len(text)
    assert seen == list(value.items())


@given(items=st.lists(values, max_size=6), indent=st.sampled_from([None, 1]))
def test_the_items_of_a_list_are_walked_in_order(items, indent):
    text = json.dumps(items, indent=indent)
    reader, seen = Reader(text), []

    def note(index: int, at: int) -> int:
        found, end = reader.value(at)
        seen.append((index, json.loads(found.text)))
        return end

    assert reader.items(0, note) == len(text)
    assert seen == list(enumerate(items))


@given(text=st.text(alphabet='{}[]",:\\ \n0123tfnaeE.-+x', max_size=60))
def test_whatever_the_text_it_is_read_or_refused_and_never_crashes(text):
    try:
        found, end = Reader(text).value(0)
    except Unreadable:
        return
    assert text[:end] == found.text
    if found.fault is None:
        json.loads(found.text)


@pytest.mark.parametrize(
    ("text", "fault", "field"),
    [
        ('{"a":1,"a":1}', Fault.DUPLICATE_FIELD, "a"),
        ('{"x":[{"b":1,"c":2,"b":3}]}', Fault.DUPLICATE_FIELD, "b"),
        ('{"<i>":1,"<i>":2}', Fault.DUPLICATE_FIELD, "…"),
        ('{"a":NaN}', Fault.NOT_A_NUMBER, None),
        ("[Infinity]", Fault.NOT_A_NUMBER, None),
        ('{"a":1,}', Fault.BROKEN_ENTRY, None),
        ('{"a" 1}', Fault.BROKEN_ENTRY, None),
        ("[1 2]", Fault.BROKEN_ENTRY, None),
        ('{"a":"}" "b"}', Fault.BROKEN_ENTRY, None),
        ("[" * 5000 + "]" * 5000, Fault.TOO_DEEP, None),
    ],
)
def test_a_fault_is_told_and_what_follows_is_read(text, fault, field):
    reader = Reader(f"[{text},7]")
    found = []

    def note(index: int, at: int) -> int:
        value, end = reader.value(at)
        found.append(value)
        return end

    reader.items(0, note)
    assert [one.fault for one in found] == [fault, None]
    assert found[0].words.get("field") == field
    assert found[1].tree == NUMBER + "7"


@pytest.mark.parametrize("text", ["", "x", '"open', '{"a":1', "[1,2", '{"a":"}', "}", "]", ",", "nul", "-"])
def test_what_has_no_end_cannot_be_stepped_over(text):
    with pytest.raises(Unreadable):
        Reader(text).value(0)


def test_a_place_is_told_by_line_and_column():
    error = Unreadable("abc\ndef\nghi", 9)
    assert (error.line, error.column) == (3, 2)
    assert (Unreadable("abc", 0).line, Unreadable("abc", 0).column) == (1, 1)


SAME = [
    ('{"a":1,"b":2}', '{ "b" : 2, "a" : 1 }'),
    ('"\\u00e5"', '"å"'),
    ("[ ]", "[]"),
]
DIFFERENT = [
    ("1.1", "1.10"),
    ("1", "1.0"),
    ("1", '"1"'),
    ("1e2", "100"),
    ("[1,2]", "[2,1]"),
    ("null", '""'),
    ("0", "-0"),
]


def digest(text: str) -> str:
    return digest_of(Reader(text).value(0)[0].tree)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spacing_order_and_escapes_say_the_same(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_precision_kind_and_order_of_lists_say_something_else(one, other):
    assert digest(one) != digest(other)
