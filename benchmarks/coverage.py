"""`./kring bench coverage [--seeds N] [--children N]`: does the truth lie inside the 95 % intervals?

A small region is made for each seed, every indicator counted, and each interval held against the truth that
the region was drawn from (truth.json), before anything is rounded or hidden. Of whole numbers a little more
than 95 % hold the truth, of medians of few units nearly all; fewer than chance allows would be a fault: the
bound is that fewer would be seen once in a thousand times. Cells of fewer than ten are left out.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from math import comb
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MADE, TOLD = (2016, 2024), range(2020, 2025)
FEW = 10
ONCE_IN = 0.001
Held = Mapping[tuple[str, str], list[bool]]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench coverage", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--children", type=int, default=4000)
    asked = parser.parse_args(arguments)
    held: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for seed in range(1, asked.seeds + 1):
        for slug, where, inside in cells(seed, asked.children):
            held[slug, where].append(inside)
        print(f"\rseed {seed} of {asked.seeds}", end="", file=sys.stderr, flush=True)
    print_table(held)


def cells(seed: int, children: int) -> Iterator[tuple[str, str, bool]]:
    """Each indicator and cell of one region that the truth knows: of the region or of a part, and whether the
    interval holds the truth.
    """
    from indicators import catalogue, code_lists, cubes, loading, runs
    from indicators.engines import fast
    from synthetic.flat.parquet import Asked, write

    with TemporaryDirectory(prefix="kring-coverage-") as made:
        write(Asked(children, *MADE, seed), Path(made))
        true = json.loads((Path(made) / "truth.json").read_text(encoding="utf-8"))["true"]
        delivery, stems = loading.Delivery(Path(made)), code_lists.found(Path(made))
        every = [runs.with_lists(catalogue.load(slug), stems) for slug in catalogue.slugs()]
        asked = {one.measure: cubes.years_needed(one, years_told(one.measure)) for one in every}
        counted = fast.tally_all(asked, delivery, date(MADE[1], 12, 31))
    for one in every:
        for cell in cubes.cells(one, counted[one.measure], years_told(one.measure)):
            told = true[one.slug].get(str(cell.year), {}).get(name_of(cell.by)) if len(cell.by) < 2 else None
            figure = cell.figure
            if told is not None and figure.n >= FEW and figure.upper is not None:
                # No cases have no lower limit: the interval goes down to nought.
                inside = (figure.lower or 0.0) - 1e-9 <= told <= figure.upper + 1e-9
                yield one.slug, "part" if cell.by else "region", inside


def years_told(measure: Any) -> range:
    """Pooled years overlap: only the last of those is a new observation."""
    return TOLD[-1:] if getattr(measure, "years", 1) > 1 else TOLD


def name_of(by: Any) -> str | None:
    """As the truth names it."""
    return by[0][1] if by else "region"


def print_table(held: Held) -> None:
    """A line an indicator; last the whole, and which fall below what chance allows."""
    below = []
    print(f"\n{'indicator':42}{'region %':>9}{'cells':>7}{'allowed':>9}{'parts %':>9}{'cells':>8}")
    for slug in sorted({slug for slug, _ in held}):
        region, part = held.get((slug, "region"), []), held.get((slug, "part"), [])
        least = 100 * fewest(len(region)) / len(region) if region else None
        below += [slug] if region and share(region) < least else []
        print(f"{slug:42}{told(share(region))}{len(region):7}{told(least)}{told(share(part))}{len(part):8}")
    for where in ("region", "part"):
        every = [one for (_, place), some in held.items() if place == where for one in some]
        print(f"all, {where}: {share(every):.2f} % of {len(every)}")
    print(f"below what chance allows: {', '.join(below) or 'none'}")


def share(held: list[bool]) -> float | None:
    """In per cent."""
    return 100 * sum(held) / len(held) if held else None


def told(value: float | None) -> str:
    return f"{'':>9}" if value is None else f"{value:9.1f}"


def fewest(cells: int) -> int:
    """So few of the cells may hold the truth when each does nineteen times in twenty."""
    chance = partial(_binomial, cells)
    at, below = 0, chance(0)
    while below < ONCE_IN:
        at += 1
        below += chance(at)
    return at


def _binomial(cells: int, inside: int) -> float:
    return comb(cells, inside) * 0.95**inside * 0.05 ** (cells - inside)
