"""Interrupted time series against published series, against statsmodels, and against chance itself."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.statistics import interrupted, regression
from indicators.statistics.interrupted import change

SERIES = tomllib.loads((Path(__file__).parent / "interrupted_series.toml").read_text(encoding="utf-8"))
CASES = {one["name"]: one for one in SERIES["series"]}
exactly = {"rel": 1e-6, "abs": 1e-12}


def asked(case: dict[str, Any], **more: Any) -> interrupted.Change:
    given_case = {"season": case.get("season"), "exclude": case["exclude"], **more}
    return change(case["y"], case["start_index"], **given_case)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupted, "DRAWS", 199)


@pytest.mark.parametrize("name", CASES)
class TestPublishedSeries:
    def test_least_squares(self, name: str) -> None:
        case = CASES[name]
        found = list(asked(case).coefficients.values())
        assert [one.value for one in found] == pytest.approx(case["coef"], **exactly)
        assert [one.se for one in found] == pytest.approx(case["se_ols"], **exactly)
        assert [one.p for one in found] == pytest.approx(case["p_ols"], rel=1e-6, abs=1e-14)
        limits = [[one.lower95, one.upper95] for one in found]
        assert limits == [pytest.approx(pair, **exactly) for pair in case["ci_ols"]]

    def test_newey_west(self, name: str) -> None:
        case = CASES[name]
        found = asked(case, method="newey_west", lags=case["lags"]).coefficients.values()
        assert [one.value for one in found] == pytest.approx(case["coef"], **exactly)
        assert [one.se for one in found] == pytest.approx(case["se_newey_west"], **exactly)

    def test_first_order_autocorrelation(self, name: str) -> None:
        case = CASES[name]
        found = asked(case, method="ar1")
        assert found.autocorrelation == pytest.approx(case["phi"], abs=1e-6)
        assert [one.value for one in found.coefficients.values()] == pytest.approx(case["coef_ar1"], rel=1e-5)
        assert [one.se for one in found.coefficients.values()] == pytest.approx(case["se_ar1"], rel=1e-5)

    def test_what_is_beside_the_coefficients(self, name: str) -> None:
        case = CASES[name]
        found = asked(case)
        assert found.n_used == len(case["y"]) - len(case["exclude"])
        level, trend = (found.coefficients[key].value for key in ("level_change", "trend_change"))
        after = len(case["y"]) - 1 - case["start_index"]
        assert found.effect_at_last_point == pytest.approx(level + trend * after)


def test_the_published_errors_of_proposition_99() -> None:
    """Linden's table, Stata's newey with lag 1: that is ours times √(n/(n − k))."""
    found = asked(CASES["cigarettes"], method="newey_west", lags=1).coefficients
    factor = (31 / 27) ** 0.5
    published = {
        "trend": (-1.779474, 0.3834188),
        "level_change": (-20.0581, 4.724395),
        "trend_change": (-1.494652, 0.4368201),
    }
    for name, (value, se) in published.items():
        assert found[name].value == pytest.approx(value, rel=1e-6)
        assert found[name].se * factor == pytest.approx(se, rel=1e-6)


def test_the_nile_fell_by_a_quarter_and_the_verdict_says_so() -> None:
    """Cobb's means before and after 1898 are 1097.75 and 849.97."""
    y = CASES["nile"]["y"]
    assert sum(y[:28]) / 28 == pytest.approx(1097.75)
    assert sum(y[28:]) / 72 == pytest.approx(849.97, abs=0.005)
    assert asked(CASES["nile"]).verdict == "change"


def test_a_series_that_wanders_by_itself_is_not_called_changed() -> None:
    """Newey-West finds p = 0.0001 for the cigarettes; sales bend all the way, also before."""
    found = asked(CASES["cigarettes"], method="newey_west", lags=1)
    assert found.coefficients["level_change"].p < 0.001
    assert found.autocorrelation == pytest.approx(0.98)
    assert found.verdict == "no_change"


def straight(n: int, start: int, level: float, trend: float) -> list[float]:
    return [3 + 0.5 * t + (level + trend * (t - start) if t >= start else 0) for t in range(n)]


@given(
    st.integers(14, 40),
    st.floats(-20, 20, allow_nan=False),
    st.floats(-2, 2, allow_nan=False),
    st.sampled_from(interrupted.METHODS),
    st.sampled_from(interrupted.SEASONS),
)
@settings(max_examples=25)
def test_a_series_without_chance_is_found_exactly(
    n: int, level: float, trend: float, method: str, season: str | None
) -> None:
    found = change(straight(n, 6, level, trend), 6, method=method, season=season).coefficients
    assert found["intercept"].value == pytest.approx(3, abs=1e-6)
    assert found["trend"].value == pytest.approx(0.5, abs=1e-6)
    assert found["level_change"].value == pytest.approx(level, abs=1e-6)
    assert found["trend_change"].value == pytest.approx(trend, abs=1e-6)


def test_missing_points_are_left_out_and_time_goes_on() -> None:
    whole = straight(20, 8, 5, 0.25)
    holed = [None if t in (3, 4, 12) else value for t, value in enumerate(whole)]
    found = change(holed, 8)
    assert found.n_used == 17
    assert found.coefficients["level_change"].value == pytest.approx(5)
    assert found.effect_at_last_point == pytest.approx(5 + 0.25 * 11)
    same = change(whole, 8, exclude=[3, 4, 12])
    assert same.coefficients == found.coefficients


def test_the_last_point_is_the_last_that_is_known() -> None:
    y = [*straight(20, 8, 5, 0.25)[:18], None, None]
    assert change(y, 8).effect_at_last_point == pytest.approx(5 + 0.25 * 9)


def test_lags_of_newey_west_by_themselves() -> None:
    case = CASES["births"]
    assert asked(case, method="newey_west") == asked(case, method="newey_west", lags=3)
    assert asked(case, method="newey_west", lags=0) != asked(case, method="newey_west", lags=3)
    assert asked(case, method="newey_west", lags=500).coefficients["trend"].se > 0


@pytest.mark.parametrize(
    ("y", "start", "more", "says"),
    [
        ([1, 2, 3, 4, 5, 6], 0, {}, "inne i serien"),
        ([1, 2, 3, 4, 5, 6], 6, {}, "inne i serien"),
        ([1, 2, 3], 1, {}, "för få mätpunkter"),
        ([None] * 5 + [1, 2, 3, 4, 5], 5, {}, "för få mätpunkter"),
        ([1, 2, 3, 4, 5, 6], 3, {"method": "magic"}, "method ska vara"),
        ([1, 2, 3, 4, 5, 6], 3, {"season": "harmonic4"}, "season"),
    ],
)
def test_what_is_no_series_to_judge(y: list, start: int, more: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        change(y, start, **more)


def test_no_verdict_from_too_few_points() -> None:
    short = change([1, 2, 4, 3, 9, 8, 9], 5)
    assert (short.verdict, short.p_verdict, short.autocorrelation) == (None, None, 0.0)
    exact = change([1, 2, 4, 5], 2)
    assert exact.coefficients["trend"].se is None
    assert exact.verdict is None


def test_the_verdict_is_the_same_every_time() -> None:
    assert asked(CASES["belts"]) == asked(CASES["belts"])


def test_the_verdict_does_not_depend_on_how_the_errors_were_asked_for() -> None:
    case = CASES["barium"]
    chances = {asked(case, method=method).p_verdict for method in interrupted.METHODS}
    assert len(chances) == 1


def wandering(rng: np.random.Generator, n: int, phi: float) -> np.ndarray:
    noise = rng.standard_normal(n + 40)
    for i in range(1, n + 40):
        noise[i] += phi * noise[i - 1]
    return noise[40:]


def false_alarms(n: int, phi: float, series: int, seed: int) -> tuple[int, int]:
    """How many series without effect the verdict, and Newey-West alone, call changed."""
    rng = np.random.default_rng(seed)
    verdicts = alone = 0
    for _ in range(series):
        start = int(rng.integers(n // 4, 3 * n // 4 + 1))
        found = change(wandering(rng, n, phi).tolist(), start, method="newey_west")
        verdicts += found.verdict == "change"
        alone += min(found.coefficients[name].p for name in ("level_change", "trend_change")) < 0.05
    return verdicts, alone


def test_the_verdict_cries_wolf_less_than_newey_west_alone() -> None:
    """100 series of 24 points: 5 expected; 12 or more has a chance of 0.4 % when the promise holds."""
    verdicts, alone = false_alarms(24, 0.4, 100, seed=7)
    assert verdicts < 12
    assert alone > 20


@pytest.mark.scale
@pytest.mark.parametrize("n", [24, 36, 48, 60])
def test_one_false_alarm_in_twenty(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 series: within 5 % ± three standard errors."""
    monkeypatch.setattr(interrupted, "DRAWS", 1999)
    verdicts, _ = false_alarms(n, 0.4, 500, seed=n)
    assert 0.02 < verdicts / 500 < 0.08


def test_a_real_change_is_found() -> None:
    """48 points, autocorrelation 0.4, a step of four standard deviations."""
    rng = np.random.default_rng(3)
    step = 4 * (np.arange(48) >= 24)
    found = [change((wandering(rng, 48, 0.4) + step).tolist(), 24).verdict for _ in range(12)]
    assert found.count("change") >= 9


class TestRegression:
    def test_too_many_columns(self) -> None:
        with pytest.raises(ValueError, match="för få mätpunkter"):
            regression.fit(np.ones((2, 3)), np.ones(2))

    def test_one_cluster_tells_nothing(self) -> None:
        done = regression.fit(np.array([[1.0], [1.0]]), np.array([1.0, 2.0]))
        assert regression.clustered(done, ["a", "a"]) is None

    def test_no_spread_is_certain(self) -> None:
        assert regression.coefficient(0.0, 0.0, 5).p == 1
        assert regression.coefficient(2.0, 0.0, 5).p == 0
