"""`./kring indicators`: every indicator of a folder of tables, guarded, into CSV files."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from . import runs
from .loading import NotReadableError


def years(text: str) -> list[int]:
    """Two years with a dash between, or one."""
    first, _, last = text.partition("-")
    if not (first.isdigit() and (last or first).isdigit() and int(first) <= int(last or first)):
        raise argparse.ArgumentTypeError("give a year or two, such as 2020-2024")
    return list(range(int(first), int(last or first) + 1))


def say(where: TextIO, text: str) -> None:
    """One line, at once."""
    where.write(text + "\n")
    where.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, and say how far it has come; 1 and a sentence when the delivery does not fit."""
    parser = argparse.ArgumentParser(prog="./kring indicators", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--years", type=years, required=True, metavar="FIRST-LAST")
    parser.add_argument("--kept", type=Path, metavar="FOLDER", help="keep counts, and read only what is new")
    asked = parser.parse_args(arguments)
    try:
        shown = runs.run(asked.data, asked.out, asked.years, lambda text: say(sys.stderr, text), asked.kept)
    except NotReadableError as fault:
        say(sys.stderr, str(fault))
        return 1
    say(sys.stdout, f"{shown} celler visas; filerna ligger i {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
