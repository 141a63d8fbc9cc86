"""The suites of `./kring calc` that ask whether something had an effect, and what it was worth."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from indicators.statistics import benefit, differences, interrupted
from indicators.statistics.regression import Coefficient

Input = Mapping[str, Any]
JUDGED = ("level_change", "trend_change")


def its(given: Input) -> dict[str, Any]:
    """Interrupted time series; the conventions stand in indicators/statistics/interrupted.py."""
    found = interrupted.change(
        given["y"],
        given["start_index"],
        method=given.get("method") or "ols",
        lags=given.get("newey_west_lags"),
        season=given.get("season"),
        exclude=given.get("exclude_index") or (),
    )
    by_name = found.coefficients
    return {
        "coef": {name: one.value for name, one in by_name.items()},
        "se": {name: one.se for name, one in by_name.items()},
        "ci95": {name: _limits(one) for name, one in by_name.items()},
        "p": {name: by_name[name].p for name in JUDGED},
        "n_used": found.n_used,
        "effect_at_last_point": found.effect_at_last_point,
        "autocorrelation": found.autocorrelation,
        "p_verdict": found.p_verdict,
        "verdict": found.verdict,
    }


def _limits(one: Coefficient) -> list[float | None]:
    return [one.lower95, one.upper95]


def did(given: Input) -> dict[str, Any]:
    """Difference in differences. `cluster` names the field of the rows that errors hang together within."""
    field = given.get("cluster")
    rows = [_row(row, field) for row in given["rows"] if row.get("y") is not None]
    found = differences.difference(rows, given["design"])
    effect = found.effect
    return {
        "effect": effect.value,
        "se": effect.se,
        "ci95": _limits(effect),
        "p": effect.p,
        "n_used": found.n,
        "n_clusters": found.clusters,
        "p_verdict": found.p_verdict,
        "verdict": found.verdict,
    }


def _row(row: Input, field: Any) -> differences.Row:
    cluster = row[field] if isinstance(field, str) else row.get("unit") if field else None
    treated, post = bool(row["treated"]), bool(row["post"])
    return differences.Row(row.get("unit"), row.get("period"), treated, post, float(row["y"]), cluster)


def benefits(given: Input) -> dict[str, Any]:
    """Benefit and cost of each alternative. With several, each field is given by the alternative's name."""
    discount = benefit.DISCOUNT if given.get("discount") is None else given["discount"]
    alternatives = given.get("alternatives") or [given]
    zero = _items((given.get("zero_alternative") or {}).get("costs"), first_year=0)
    done = [
        _told(
            benefit.calculation(
                _items(one.get("benefits"), first_year=1),
                _items(one.get("costs"), first_year=0),
                discount=discount,
                zero_costs=zero,
            )
        )
        for one in alternatives
    ]
    if len(done) == 1:
        return done[0]
    names = [str(one.get("name", place)) for place, one in enumerate(alternatives, 1)]
    return {field: {name: told[field] for name, told in zip(names, done, strict=True)} for field in done[0]}


def _told(one: benefit.Calculation) -> dict[str, Any]:
    return {**asdict(one), "not_money": list(one.not_money)}


def _items(given: Sequence[Input] | None, first_year: int) -> list[benefit.Item]:
    return [_item(one, first_year) for one in given or ()]


def _item(one: Input, first_year: int) -> benefit.Item:
    return benefit.item(
        str(one.get("name") or one.get("category") or ""),
        _range(one.get("value")),
        years=_years(one.get("years"), first_year),
        ramp_up=_shares(one.get("ramp_up")),
        category=str(one.get("category") or ""),
        stakeholder=str(one.get("stakeholder") or ""),
        cashable=bool(one.get("cashable")),
        measured=bool(one.get("measured")),
    )


def _range(value: Any) -> benefit.Range | None:
    """Three values, or one that is all three; null is not in money."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return benefit.Range(float(value["low"]), float(value["likely"]), float(value["high"]))
    return benefit.Range(float(value), float(value), float(value))


def _years(years: Any, first: int) -> list[int]:
    """A list as it stands; a number n is n years from the first; nothing is the first alone.

    A benefit first falls at the end of year 1, a cost in year 0.
    """
    if isinstance(years, list):
        return years
    return list(range(first, first + (1 if years is None else years)))


def _shares(ramp_up: Any) -> list[float]:
    """A list as it stands; a number n reaches all of it in n equal steps."""
    if ramp_up is None or isinstance(ramp_up, list):
        return ramp_up or []
    return [(step + 1) / ramp_up for step in range(ramp_up)]
