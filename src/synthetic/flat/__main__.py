"""`./kring synthetic`: the region's flat tables into a folder."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from .parquet import Asked, write


def years(text: str) -> tuple[int, int]:
    """Two years with a dash between, the earlier first."""
    first, dash, last = text.partition("-")
    if not (dash and first.isdigit() and last.isdigit() and 1970 <= int(first) <= int(last) <= 2100):
        raise argparse.ArgumentTypeError("give two years, such as 2012-2024")
    return int(first), int(last)


def children(text: str) -> int:
    """A number from 100 up: with fewer, most municipalities would be empty."""
    if not text.isdigit() or int(text) < 100:
        raise argparse.ArgumentTypeError("give a number from 100 up")
    return int(text)


def say(where: TextIO, text: str) -> None:
    """One line, at once."""
    where.write(text + "\n")
    where.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, and say how far it has come."""
    parser = argparse.ArgumentParser(prog="./kring synthetic", description=__doc__)
    parser.add_argument("--children", type=children, default=37_132, metavar="N")
    parser.add_argument("--years", type=years, default=(2020, 2024), metavar="FIRST-LAST")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    first, last = asked.years
    rows = write(
        Asked(asked.children, first, last, asked.seed), asked.out, lambda text: say(sys.stderr, text)
    )
    say(sys.stdout, f"{rows:,} rows in {asked.out}; what is true of them stands in truth.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
