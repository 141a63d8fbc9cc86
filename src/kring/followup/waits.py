"""The suite of `./kring calc` that asks how long it took, with those who still wait."""

from collections.abc import Mapping, Sequence
from typing import Any

from indicators.statistics import survival

QUANTILES = (0.25, 0.5, 0.75, 0.9)
TOLD = ("quantile", "lower95", "upper95", "surv")


def km(given: Mapping[str, Any]) -> dict[str, Any]:
    """The curve of all, or one for each group and whether chance makes them differ so much."""
    time, status, group = given["time"], given["status"], given.get("group")
    at = given.get("at")
    moments = at if isinstance(at, list) else [] if at is None else [at]
    if group is None:
        return {**_curve(time, status, moments), "logrank_p": None}
    apart = {one: [i for i, other in enumerate(group) if other == one] for one in dict.fromkeys(group)}
    curves = {
        str(one): _curve([time[i] for i in rows], [status[i] for i in rows], moments)
        for one, rows in apart.items()
    }
    told = {name: {one: made[name] for one, made in curves.items()} for name in TOLD}
    return {**told, "logrank_p": survival.logrank(time, status, group)}


def _curve(
    time: Sequence[float], status: Sequence[int], at: Sequence[float]
) -> dict[str, list[float | None]]:
    steps = survival.curve(time, status)
    found = [survival.quantile(steps, p) for p in QUANTILES]
    return {
        "quantile": [one.value for one in found],
        "lower95": [one.lower for one in found],
        "upper95": [one.upper for one in found],
        "surv": [survival.share_at(steps, moment) for moment in at],
    }
