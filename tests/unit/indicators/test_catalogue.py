"""Every indicator's folder is whole, and a definition that lacks something is refused in words."""

import tomllib
from datetime import date
from typing import Any

import pytest

from indicators import catalogue
from indicators.engines import fast, plain
from indicators.engines.sql import statements
from indicators.measures import ShareOfChildren, rows

MEASURE = ShareOfChildren(rows("diagnosis"))
SLUGS = catalogue.slugs()


def fields(**changed: Any) -> dict[str, Any]:
    usual = {
        **dict.fromkeys(catalogue.TEXTS, "text"),
        "direction": "up",
        "stratifiers": [[], ["sex"]],
        "minimum_n": 5,
        "version": 1,
        "valid_from": date(2026, 1, 1),
        "next_review": date(2027, 1, 1),
    }
    return {name: value for name, value in {**usual, **changed}.items() if value != "absent"}


def test_a_whole_definition() -> None:
    made = catalogue.read("x", fields(), MEASURE)
    assert made.stratifiers == ((), ("sex",))
    assert made.texts["name"] == "text"
    assert [made.is_due(date(year, 1, 1)) for year in (2026, 2027)] == [False, True]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"why": "absent"}, "why saknas"),
        ({"owner": " "}, "owner saknas"),
        ({"version": "1"}, "version saknas"),
        ({"valid_from": "2026-01-01"}, "valid_from saknas"),
        ({"colour": "red"}, "colour är okänt"),
        ({"direction": "sideways"}, "direction ska vara up, down, none"),
        ({"stratifiers": [["sex"]]}, "hela regionen"),
        ({"stratifiers": [[], ["sex"], ["sex"]]}, "varje tabell en gång"),
        ({"stratifiers": [[], ["shoe_size"]]}, "delar bara upp efter"),
        ({"minimum_n": 4}, "minimum_n är minst 5"),
        ({"minimum_n": "absent"}, "minimum_n saknas"),
    ],
)
def test_what_a_definition_must_have(changed: dict, says: str) -> None:
    with pytest.raises(ValueError, match=f"^x: .*{says}"):
        catalogue.read("x", fields(**changed), MEASURE)


@pytest.mark.parametrize("slug", SLUGS)
class TestEveryIndicator:
    def test_it_is_read(self, slug: str) -> None:
        made = catalogue.load(slug)
        assert made.slug == slug
        assert made.next_review > made.valid_from
        assert type(made.measure) in plain.OBSERVERS
        assert type(made.measure) in fast.OBSERVERS
        assert type(made.measure) in statements.STATEMENTS

    def test_its_texts_are_sentences_for_people(self, slug: str) -> None:
        texts = catalogue.load(slug).texts
        assert texts["how"].rstrip()[-1] in "?."
        for name in ("why", "caveat", "exclusions"):
            assert texts[name].endswith("."), name
        assert all(len(texts[name]) >= 20 for name in ("why", "how", "denominator", "exclusions"))

    def test_it_has_a_specification(self, slug: str) -> None:
        specs = catalogue.FOLDER.parents[2] / "tests" / "spec"
        assert any(f'"{slug}"' in path.read_text(encoding="utf-8") for path in specs.glob("test_*.py"))


def test_no_two_have_one_name() -> None:
    names = [catalogue.load(slug).texts["name"] for slug in SLUGS]
    assert len(set(names)) == len(names)


def test_a_folder_without_measure_is_no_indicator() -> None:
    for slug in SLUGS:
        assert (catalogue.FOLDER / slug / "measure.py").exists()
        assert tomllib.loads((catalogue.FOLDER / slug / "definition.toml").read_text(encoding="utf-8"))


def test_prevalence_says_in_care_and_never_how_many_have_it() -> None:
    """What is registered is not what is there (domain: say treated)."""
    for slug in SLUGS:
        made = catalogue.load(slug)
        if isinstance(made.measure, ShareOfChildren):
            assert "fått vård" in made.texts["name"]
            assert made.direction == "none"
