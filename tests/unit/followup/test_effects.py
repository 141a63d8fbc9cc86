"""The suites `its`, `did` and `benefit` of `./kring calc`: their fields, defaults and faults in words."""

import json
import subprocess
import sys
from typing import Any

import pytest

from kring.followup import calc

RANGE = {"low", "likely", "high"}


def answer(suite: str, **given_input: Any) -> Any:
    return calc.calculated(json.dumps({"id": 1, "suite": suite, "input": given_input}))


def output(suite: str, **given_input: Any) -> Any:
    told = answer(suite, **given_input)
    assert "error" not in told, told
    return told["output"]


Y = [3, 4, 4, 5, 6, 5, 7, 7, 12, 13, 12, 14, 15, 14, 16, 17]


class TestInterrupted:
    def test_its_fields(self) -> None:
        told = output("its", y=Y, start_index=8, method="newey_west", newey_west_lags=2)
        names = {"intercept", "trend", "level_change", "trend_change"}
        assert set(told["coef"]) == set(told["se"]) == set(told["ci95"]) == names
        assert set(told["p"]) == {"level_change", "trend_change"}
        assert told["n_used"] == 16
        assert told["verdict"] in {"change", "no_change"}
        low, high = told["ci95"]["level_change"]
        assert low < told["coef"]["level_change"] < high

    def test_a_wave_and_holes(self) -> None:
        told = output("its", y=[*Y, None], start_index=8, season="harmonic12", exclude_index=[2], method=None)
        assert list(told["coef"])[-2:] == ["sin12", "cos12"]
        assert told["n_used"] == 15

    def test_methods_share_coefficients_but_not_errors(self) -> None:
        ols, newey = (output("its", y=Y, start_index=8, method=name) for name in ("ols", "newey_west"))
        assert ols["coef"] == newey["coef"]
        assert ols["se"] != newey["se"]
        assert ols["verdict"] == newey["verdict"]

    @pytest.mark.parametrize(
        ("more", "says"),
        [({"start_index": 99}, "inne i serien"), ({}, "start_index"), ({"y": [1]}, "start_index")],
    )
    def test_faults(self, more: dict, says: str) -> None:
        assert says in answer("its", **{"y": Y, **more})["error"]


def rows(*starts: int, periods: int = 6) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit, "period": period, "treated": int(start < 99), "post": int(period >= min(start, 3)),
            "y": unit + period * 0.5 + 2 * (period >= start) + (unit * period % 3) * 0.1, "town": unit // 2,
        }
        for unit, start in enumerate(starts)
        for period in range(periods)
    ]  # fmt: skip


class TestDifference:
    def test_two_way(self) -> None:
        told = output("did", design="two_way_fixed_effects", rows=rows(3, 3, 3, 99, 99, 99), cluster="unit")
        assert set(told) == {
            "effect", "se", "ci95", "p", "n_used", "n_clusters", "p_verdict", "verdict",
        }  # fmt: skip
        assert told["effect"] == pytest.approx(2, abs=0.2)
        assert (told["n_clusters"], told["verdict"]) == (6, "change")
        assert output("did", design="two_way_fixed_effects", rows=rows(3, 3, 3, 99, 99, 99)) == told

    def test_two_by_two_is_classical_until_clusters_are_named(self) -> None:
        plain, by_unit, by_town = (
            output("did", design="2x2", rows=rows(3, 3, 3, 3, 99, 99, 99, 99), cluster=name)
            for name in (None, True, "town")
        )
        assert plain["effect"] == by_unit["effect"] == by_town["effect"]
        assert (plain["n_clusters"], by_unit["n_clusters"], by_town["n_clusters"]) == (None, 8, 4)

    def test_unknown_outcomes_are_left_out(self) -> None:
        with_hole = [*rows(3, 3, 99, 99), {"y": None}]
        assert output("did", design="2x2", rows=with_hole)["n_used"] == 24

    def test_staggered_starts_are_refused_in_words(self) -> None:
        told = answer("did", design="two_way_fixed_effects", rows=rows(2, 4, 99, 99))
        assert "börjar vid olika tid" in told["error"]

    def test_a_field_that_is_not_there(self) -> None:
        assert "county" in answer("did", design="2x2", rows=rows(3, 99), cluster="county")["error"]


BENEFITS = [
    {
        "name": "Färre dubbla besök", "category": "omfördelning", "stakeholder": "regionen",
        "value": {"low": 100, "likely": 200, "high": 300}, "years": 3, "ramp_up": [0.5, 1], "measured": True,
    },
    {"name": "Tryggare barn", "category": "kvalitet", "stakeholder": "barnet", "value": None},
    {"category": "finansiell", "stakeholder": "kommunen", "value": 50, "years": [2], "cashable": True},
]  # fmt: skip
COSTS = [{"name": "Start", "value": {"low": 90, "likely": 100, "high": 150}}]


class TestBenefit:
    def test_its_fields(self) -> None:
        told = output(
            "benefit", alternatives=[{"name": "pilot", "benefits": BENEFITS, "costs": COSTS}], discount=0
        )
        for name in (
            "benefit",
            "net",
            "cost",
            "net_cashable_only",
            "zero_alternative_cost",
            "net_against_zero",
        ):
            assert set(told[name]) == RANGE
        assert told["benefit"] == {"low": 300, "likely": 550, "high": 800}
        assert told["net"] == {"low": 150, "likely": 450, "high": 710}
        assert set(told["undiscounted"]) == {"benefit", "cost", "net"}
        assert set(told["by_category"]) == {"omfördelning", "finansiell"}
        assert told["not_money"] == ["Tryggare barn"]

    def test_benefits_fall_from_year_1_and_costs_in_year_0(self) -> None:
        told = output("benefit", benefits=[{"value": 110}], costs=[{"value": 7}], discount=0.1)
        assert told["benefit"]["likely"] == pytest.approx(100)
        assert told["cost"]["likely"] == 7

    def test_three_per_cent_when_nothing_is_said(self) -> None:
        assert output("benefit", benefits=[{"value": 103}])["benefit"]["likely"] == pytest.approx(100)

    def test_ramp_up_in_equal_steps(self) -> None:
        told = output("benefit", benefits=[{"value": 90, "years": 4, "ramp_up": 3}], discount=0)
        assert told["benefit"]["likely"] == pytest.approx(30 + 60 + 90 + 90)

    def test_against_doing_nothing(self) -> None:
        told = output("benefit", benefits=[], zero_alternative={"costs": [{"value": 9}]})
        assert told["net_against_zero"] == {"low": 9, "likely": 9, "high": 9}

    def test_several_alternatives_by_name(self) -> None:
        several = [{"name": "A", "benefits": [{"value": 1}]}, {"costs": [{"value": 2}]}]
        told = output("benefit", alternatives=several)
        assert set(told["net"]) == {"A", "2"}
        assert told["net"]["2"]["low"] == -2

    def test_values_out_of_order(self) -> None:
        wrong = [{"name": "Resor", "value": {"low": 3, "likely": 2, "high": 4}}]
        assert "Resor: lågt, troligt och högt" in answer("benefit", benefits=wrong)["error"]


def test_what_needs_no_regression_loads_no_numpy() -> None:
    """The other suites start as fast as before."""
    code = "import sys, kring.followup.calc; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}).returncode == 0
