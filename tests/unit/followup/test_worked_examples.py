"""`./kring calc` against worked examples, each with its source: all of them through one run of the command.

A case of `worked_examples/<suite>.json` has `source` (who printed the numbers, and where) or `by_hand` (the
arithmetic, where nobody did); `expected` holds only what the source prints, `within` the rounding it prints
with, for all or by field. A list is held as a whole, or by place: {"1": …} is its first. docs/calc.md counts
the cases.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kring.followup import calc
from tests.architecture.source import ROOT

FILES = sorted((Path(__file__).parent / "worked_examples").glob("*.json"))
EVERY = [(path.stem, case) for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]
CASES = {f"{suite}: {case['id']}": (suite, case) for suite, case in EVERY}
FEWEST = 5
WHOLE_TABLE = ROOT.parent / "shared" / "data" / "ccc" / "pccc_icd10_codes.csv"
# The codes that the vignette of medicalcoder explains in words, and nothing else.
VIGNETTE = """\
dx,code,condition,tech_dep_flag,transplant_flag,pccc_v2.0,pccc_v2.1,pccc_v3.1
1,3432,neuromusc,0,0,1,1,1
0,8606,metabolic,1,0,1,1,1
1,Z4681,metabolic,1,0,1,1,1
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one run of the command says, by the id that each line carried."""
    vignette = tmp_path_factory.mktemp("ccc") / "vignette.csv"
    vignette.write_text(VIGNETTE, encoding="utf-8")
    tables = {"vignette": {"table": str(vignette)}, "whole": {"table": str(WHOLE_TABLE)}, None: {}}
    lines = [
        json.dumps({"id": key, "suite": suite, "input": given | tables[given.get("table")]})
        for key, (suite, case) in CASES.items()
        for given in [case["input"]]
    ]
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
        patch.setattr("sys.stdout", said)
        calc.main()
    return {one["id"]: one for one in map(json.loads, said.getvalue().splitlines())}


def inside(said: Any, name: str) -> Any:
    """A field by its name, a place of a list by its number; an exception says that it is not there."""
    try:
        return said[int(name) - 1] if isinstance(said, list) else said[name]
    except (KeyError, IndexError, TypeError) as missing:
        return missing


def differences(said: Any, expected: Any, within: Any, way: str = "") -> Iterator[str]:
    """What is said otherwise than expected, or not said at all."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            yield from differences(inside(said, name), value, within, f"{way}.{name}".lstrip("."))
    elif isinstance(expected, list):
        if not isinstance(said, list) or len(said) != len(expected):
            yield f"{way}: {said} has not the length of {expected}"
        else:
            for one, value in zip(said, expected, strict=True):
                yield from differences(one, value, within, way)
    elif not agrees(said, expected, within.get(way, 0) if isinstance(within, dict) else within):
        yield f"{way}: {said} is not {expected}"


def agrees(said: Any, expected: Any, within: float) -> bool:
    """Numbers to the rounding they are printed with, all else exactly; 1 is not yes, 0 is not unknown."""
    if is_number(said) and is_number(expected):
        return abs(said - expected) <= within * (1 + 1e-9)
    return type(said) is type(expected) and said == expected


def is_number(value: Any) -> bool:
    return type(value) in (int, float)


def wrong(answer: Any, case: dict[str, Any], expected: Any) -> list[str]:
    return list(differences(answer["output"], expected, case.get("within", 0)))


@pytest.mark.parametrize("key", CASES)
def test_worked_example(key: str, answers: dict[str, Any], request: pytest.FixtureRequest) -> None:
    _, case = CASES[key]
    if case["input"].get("table") == "whole":
        request.getfixturevalue("shared_data")
    assert "error" not in answers[key], answers[key]
    assert wrong(answers[key], case, case["expected"]) == []


def test_every_suite_has_its_examples_and_every_line_its_answer(answers: dict[str, Any]) -> None:
    number = Counter(suite for suite, _ in EVERY)
    assert set(number) == set(calc.SUITES)
    assert {suite: n for suite, n in number.items() if n < FEWEST} == {}
    assert answers.keys() == CASES.keys()
    assert len(CASES) == len(EVERY)


def test_a_case_says_who_printed_it_or_how_it_was_reckoned() -> None:
    for key, (_, case) in CASES.items():
        told = {"source", "by_hand"} & set(case)
        assert len(told) == 1, key
        assert set(case) - told - {"note", "within"} == {"id", "input", "expected"}, key
        assert len(case[told.pop()]) > 20, key
        assert case["expected"], key


def bent(expected: Any, by: float) -> Iterator[Any]:
    """What is expected, with a single value of it changed, or one more that nobody has heard of."""
    if isinstance(expected, dict):
        yield {**expected, "999": 0}
        for name, value in expected.items():
            yield from ({**expected, name: other} for other in bent(value, by))
    elif isinstance(expected, list):
        yield [*expected, 0]
        for place, value in enumerate(expected):
            yield from ([*expected[:place], other, *expected[place + 1 :]] for other in bent(value, by))
    elif is_number(expected):
        yield expected + by
    else:
        yield not expected if isinstance(expected, bool) else f"{expected}?"


def test_nothing_that_is_expected_goes_by_unasked(answers: dict[str, Any]) -> None:
    """Held against the real answers, any single expectation that is bent is found out."""
    bends = []
    for key, (_, case) in CASES.items():
        near = case.get("within", 0)
        widest = max(near.values()) if isinstance(near, dict) else near
        if "output" in answers[key]:
            bends += [(key, expected) for expected in bent(case["expected"], 2.1 * widest + 1e-6)]
    passed = [(key, expected) for key, expected in bends if not wrong(answers[key], CASES[key][1], expected)]
    assert passed == []
    assert len(bends) > 3 * len(CASES)


def test_the_document_counts_them_rightly() -> None:
    """The table of docs/calc.md: suite, published, by hand, sources."""
    text = (ROOT / "docs" / "calc.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", re.MULTILINE)
    told = {suite: (int(published), int(by_hand)) for suite, published, by_hand in row.findall(text)}
    published = Counter(suite for suite, case in EVERY if "source" in case)
    by_hand = Counter(suite for suite, case in EVERY if "by_hand" in case)
    assert told == {suite: (published[suite], by_hand[suite]) for suite in calc.SUITES}
