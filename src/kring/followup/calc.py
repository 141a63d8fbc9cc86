"""`./kring calc`: each statistic of the product as a command, JSON lines in and out.

An analyst can hold Kring's figures against R, Excel or Python: these are the very functions the product uses.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import Any

from indicators import complex_conditions
from indicators.statistics import funnel, intervals, making_data_count, shewhart, standardisation
from indicators.statistics.continuity import continuity
from kring import clock
from kring.children.personal_numbers import KIND_WORDS, PersonalNumberError, parse

Input = Mapping[str, Any]


def _spc(given: Input) -> Any:
    if given.get("rules") == "nhs_mdc" or given.get("chart") == "xmr":
        return _making_data_count(given)
    return _shewhart(given)


def _making_data_count(given: Input) -> Any:
    screen = given.get("screen_outliers")
    made = making_data_count.chart(
        given["x"],
        given["y"],
        improvement_direction=given.get("improvement_direction") or "increase",
        target=given.get("target"),
        rebase_dates=_listed(given.get("rebase_dates")),
        fix_after_n_points=given.get("fix_after_n_points"),
        screen_outliers=True if screen is None else bool(screen),
    )
    return {
        "mean": [point.mean for point in made.points],
        "lpl": [point.lower for point in made.points],
        "upl": [point.upper for point in made.points],
        "rebase_group": [point.group for point in made.points],
        "special_cause_type": [point.cause for point in made.points],
        "point_type": [point.kind for point in made.points],
        "variation_type": made.variation if len(made.variation) > 1 else made.variation[0],
        "assurance_type": made.assurance,
    }


def _shewhart(given: Input) -> Any:
    screen = given.get("screened_mr")
    points = shewhart.chart(
        given["chart"],
        given["y"],
        given.get("n"),
        freeze=given.get("freeze"),
        part=_listed(given.get("part")),
        exclude=_listed(given.get("exclude")),
        multiply=given.get("multiply") or 1,
        screened_mr=True if screen is None else bool(screen),
    )
    return {
        "y": [point.y for point in points],
        "cl": [point.cl for point in points],
        "lcl": [point.lcl for point in points],
        "ucl": [point.ucl for point in points],
        "sigma_signal": [point.sigma_signal for point in points],
        "runs_signal": [point.runs.signal for point in points],
        "longest_run": [point.runs.longest for point in points],
        "longest_run_max": [point.runs.longest_max for point in points],
        "n_crossings": [point.runs.crossings for point in points],
        "n_crossings_min": [point.runs.crossings_min for point in points],
        "n_useful": [point.runs.useful for point in points],
    }


def _listed(given: Any) -> list[Any]:
    """A list, also of a single value or of nothing."""
    if given is None:
        return []
    return given if isinstance(given, list) else [given]


def _wilson(given: Input) -> Any:
    return _two_limits(lambda confidence: intervals.wilson(given["x"], given["n"], confidence))


def _byars(given: Input) -> Any:
    return _two_limits(lambda confidence: intervals.byars(given["x"], confidence))


def _two_limits(limits: Callable[[float], intervals.Interval]) -> Any:
    usual, strict = limits(0.95), limits(0.998)
    return {
        "lower95": usual.lower,
        "upper95": usual.upper,
        "lower998": strict.lower,
        "upper998": strict.upper,
    }


def _dsr(given: Input) -> Any:
    multiplier = given.get("multiplier", 1)
    return asdict(standardisation.direct(given["count"], given["pop"], given["stdpop"], multiplier))


def _isr(given: Input) -> Any:
    reference = given["refcount"], given["refpop"]
    multiplier = given.get("multiplier", 1)
    return asdict(standardisation.indirect(given["count"], given["pop"], *reference, multiplier))


def _mean(given: Input) -> Any:
    return asdict(intervals.mean([value for value in given["values"] if value is not None]))


def _funnel(given: Input) -> Any:
    if given["kind"] == "proportion":
        points = [(one["numerator"], one["denominator"]) for one in given["points"]]
        return {"significance": funnel.proportions(points)}
    if given["kind"] == "ratio":
        points = [(one["observed"], one["expected"]) for one in given["points"]]
        return {"significance": funnel.ratios(points)}
    raise ValueError("kind ska vara proportion eller ratio")


def _coc(given: Input) -> Any:
    return {name.upper(): value for name, value in asdict(continuity(given["visits"])).items()}


def _ccc(given: Input) -> Any:
    table = _table(given["table"], given["version"])
    return complex_conditions.flags(table, _listed(given.get("dx")), _listed(given.get("pr")))


def _ccc_code(given: Input) -> Any:
    code = [given["code"]]
    said = complex_conditions.said_of(_table(given["table"], given["version"]), code, code)
    return {
        "conditions": sorted({one.condition for one in said}),
        "tech_dep": int(any(one.tech_dep for one in said)),
        "transplant": int(any(one.transplant for one in said)),
    }


@cache
def _table(path: str, version: str) -> complex_conditions.Table:
    return complex_conditions.load(Path(path), version)


def _personnummer(given: Input) -> Any:
    try:
        number = parse(given["text"], clock.today())
    except PersonalNumberError:
        return {"valid": False, "kind": None}
    return {"valid": True, "kind": KIND_WORDS[number.kind]}


def _later(module: str, name: str) -> Callable[[Input], Any]:
    """Loaded when first asked for: what needs NumPy shall not slow down what does not."""

    def asked(given: Input) -> Any:
        return getattr(import_module(f"kring.followup.{module}"), name)(given)

    return asked


SUITES: Mapping[str, Callable[[Input], Any]] = {
    "spc": _spc,
    "wilson": _wilson,
    "byars": _byars,
    "dsr": _dsr,
    "isr": _isr,
    "mean": _mean,
    "funnel": _funnel,
    "km": _later("waits", "km"),
    "coc": _coc,
    "ccc": _ccc,
    "ccc_code": _ccc_code,
    "personnummer": _personnummer,
    "its": _later("effects", "its"),
    "did": _later("effects", "did"),
    "benefit": _later("effects", "benefits"),
}


def calculated(text: str) -> dict[str, Any]:
    """One JSON line in, one result out: `{"id", "output"}`, or `{"id", "error"}` in words."""
    key = None
    try:
        given = json.loads(text)
        key = given.get("id")
        if given.get("suite") not in SUITES:
            raise ValueError(f"okänd suite; de som finns är {', '.join(SUITES)}")
        return {"id": key, "output": _without_nan(SUITES[given["suite"]](given["input"]))}
    except KeyError as fault:
        return {"id": key, "error": f"fältet {fault} saknas"}
    except (ArithmeticError, AttributeError, IndexError, OSError, TypeError, ValueError) as fault:
        return {"id": key, "error": str(fault)}


def _without_nan(value: Any) -> Any:
    """Unknown is null."""
    if isinstance(value, dict):
        return {name: _without_nan(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def results(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """A result for each line that is not empty."""
    return (calculated(text) for text in lines if text.strip())


def main() -> None:
    """Standard input to standard output."""
    for result in results(line.decode(errors="replace") for line in sys.stdin.buffer):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
