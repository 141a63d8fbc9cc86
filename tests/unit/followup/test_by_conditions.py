"""Figures by living conditions: right about chance, and nothing is told of what is not there."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kring.followup import reading
from kring.followup.presenters.equality import by_conditions

KEPT: dict[str, Any] = {
    "year": 2024, "municipalities": 41, "index_source": "påhittat", "index_year": "2023",
    "gap": 4.0, "gap_lower": 1.5, "gap_upper": 6.5, "slope": 4.0, "slope_lower": 1.5, "slope_upper": 6.5,
    "ratio_of_gap": 1.25, "ratio_of_gap_lower": 1.1, "ratio_of_gap_upper": 1.4,
    "relative": 1.25, "relative_lower": 1.1, "relative_upper": 1.4,
}  # fmt: skip


def told(unit: str = "procent", **changed: Any) -> Any:
    definition = {"unit": unit, "equality": {**KEPT, **changed}}
    return by_conditions(SimpleNamespace(result=SimpleNamespace(definition=definition), years=[2023, 2024]))


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (4.0, 1.5, 6.5, "Värdet är högre där levnadsvillkoren är svårast. Skillnaden är större än slumpen"),
        (
            -4.0,
            -6.5,
            -1.5,
            "Värdet är lägre där levnadsvillkoren är svårast. Skillnaden är större än slumpen",
        ),
        (4.0, -1.0, 9.0, "Skillnaden kan vara slump"),
        (-4.0, -9.0, 0.0, "Skillnaden kan vara slump"),
        (None, None, None, "Skillnaden går inte att räkna ut."),
    ],
)
def test_the_sentence_says_no_more_than_the_limits_do(value: Any, low: Any, high: Any, said: str) -> None:
    assert told(gap=value, gap_lower=low, gap_upper=high).sentence.startswith(said)


def test_each_measure_with_its_limits_and_unit() -> None:
    found = told()
    assert [one["value"] for one in found.measures] == [
        "4,0 procentenheter (95 % osäkerhet: 1,5 till 6,5)",
        "1,25 gånger (95 % osäkerhet: 1,10 till 1,40)",
    ] * 2
    assert found.about == "41 kommuner, de vars värde visas. Index: påhittat, 2023."
    assert "dagar" in told("dagar").measures[0]["value"]
    none = told(relative=None, relative_lower=None, relative_upper=None)
    assert none.measures[3]["value"] == "Går inte att räkna ut"


@pytest.mark.parametrize("kept", [None, {**KEPT, "year": 2023}])
def test_nothing_is_told_of_another_year_or_without_an_index(kept: Any) -> None:
    one = SimpleNamespace(
        result=SimpleNamespace(definition={"unit": "procent", "equality": kept}), years=[2023, 2024]
    )
    assert by_conditions(one) is None


def test_it_is_read_for_the_year_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    assert reading.equality(path, 2024) is None
    names = [one for one in KEPT if not one.startswith(("year", "municipalities", "index"))]
    rows = [",".join(["year", "municipalities", *names, "index_source", "index_year"])]
    for year in (2023, 2024):
        figures = ["" if name.startswith("relative") else str(KEPT[name]) for name in names]
        rows.append(",".join([str(year), "41", *figures, "påhittat", "2023"]))
    path.write_text("\n".join(rows), encoding="utf-8")
    empty = dict.fromkeys(one for one in names if one.startswith("relative"))
    assert reading.equality(path, 2024) == {**KEPT, **empty}
    assert reading.equality(path, 2025) is None
