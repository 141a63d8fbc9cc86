"""A file is read line by line: a fault in one of them never eats the next, and nothing in it is repeated."""

import io
import json

import pytest

from kring.register.reading import LONGEST, lines_of
from kring.register.rules.faults import Fault, FileRefused, Wrong

NUMBER = "201001012382"


def read(content: bytes) -> list[tuple[int, object]]:
    """Each line's number with its cells, or the name of its fault."""
    return [
        (line, given.fault.name if isinstance(given, Wrong) else given)
        for line, given in lines_of(io.BytesIO(content))
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("begins", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_way_of_saving_a_table_says_the_same(mark, begins, ends):
    text = ends.join(mark.join(cells) for cells in (("kind", "KEY", " role "), ("person", "anna", "å")))
    assert read(begins + text.encode()) == [(2, {"kind": "person", "key": "anna", "role": "å"})]


def test_blank_lines_are_passed_over_and_keep_their_numbers():
    assert [line for line, _ in read(b"\n\nkind,key\n\nperson,a\n   \nperson,b\n")] == [5, 7]


def test_a_line_may_have_fewer_cells_than_the_heading_and_empty_ones_after_it():
    assert read(b"kind,key,role\nperson,a\nperson,b,,,,\n") == [
        (2, {"kind": "person", "key": "a"}),
        (3, {"kind": "person", "key": "b", "role": ""}),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'person,"a', "NOT_CSV"),
        (b'person,"a"b', "NOT_CSV"),
        (b"person,a,extra", "CELLS"),
        (b"person,\xe5sa", "NOT_UTF8"),
        (b"person," + b"a" * LONGEST, "TOO_LONG"),
        (b"person," + b"a" * (5 * LONGEST), "TOO_LONG"),
    ],
)
def test_a_broken_line_is_one_fault_and_the_next_is_read(line, fault):
    found = read(b"kind,key\nperson,before\n" + line + b"\nperson,after\n")
    assert found == [
        (2, {"kind": "person", "key": "before"}),
        (3, fault),
        (4, {"kind": "person", "key": "after"}),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[1, 2]", "NOT_JSON"),
        ('"text"', "NOT_JSON"),
        ("{", "NOT_JSON"),
        ('{"kind": ["person"]}', "NOT_JSON"),
        ('{"kind": {"a": 1}}', "NOT_JSON"),
        ('{"kind": 1.5}', "NOT_JSON"),
        ('{"kind": NaN}', "NOT_JSON"),
        ('{"a":' * 4000 + "1" + "}" * 4000, "TOO_LONG"),
        ('{"a":' * 3000 + "1" + "}" * 3000, "NOT_JSON"),
        ('{"number": ' + "1" * 5000 + "}", "NOT_JSON"),
    ],
)
def test_a_broken_object_is_one_fault_and_the_next_is_read(line, fault):
    before, after = '{"kind": "person"}', '{"kind": "child"}'
    found = read("\n".join((before, line, after)).encode())
    assert found == [(1, {"kind": "person"}), (2, fault), (3, {"kind": "child"})]


def test_what_a_program_writes_for_text_is_text():
    given = {"kind": "guardian", "number": int(NUMBER), "protected": True, "phone": None, "key": "a"}
    told = {"kind": "guardian", "number": NUMBER, "protected": "true", "phone": "", "key": "a"}
    assert read(json.dumps(given).encode()) == [(1, told)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b"\n \n\t\n", "tom"),
        (b"kind,kind\n", "kolumn 2 står två gånger"),
        (b"kind,sort\n", "kolumn 2 finns inte"),
        (NUMBER.encode() + b",Anna\n", "kolumn 1 finns inte"),
        (b"\xff\xfe\x00k\n", "UTF-8"),
        (b'"kind,key\n', "Citattecknen"),
        (b"\x00\x00\n", "kolumn 1 finns inte"),
    ],
)
def test_a_file_without_a_usable_heading_is_refused_without_repeating_it(content, says):
    with pytest.raises(FileRefused) as refused:
        list(lines_of(io.BytesIO(content)))
    assert says in str(refused.value)
    assert NUMBER not in str(refused.value)


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_says_what_to_do(fault):
    """Two sentences at least: what is wrong, and what to do; none of the words that blame."""
    sentence = Wrong(fault, column="unit", line=7).sentence
    assert sentence.count(".") >= 1
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert not {"ogiltig", "felaktig", "vänligen", "tyvärr"} & set(sentence.lower().replace(".", "").split())
