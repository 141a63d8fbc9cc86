"""`./kring quality`: what looks odd in a folder of tables, told and written beside them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from indicators.__main__ import say
from indicators.loading import written_on

from . import report
from .findings import NOTE, STOP, WARN, Finding

CALLED = {STOP: "ALLVARLIGT", WARN: "VARNING", NOTE: "UPPLYSNING"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Report; 1 when the figures cannot be counted, 0 else."""
    parser = argparse.ArgumentParser(prog="./kring quality", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    if not asked.folder.is_dir():
        say(sys.stderr, f"mappen {asked.folder.name} finns inte")
        return 1
    found = report.report(asked.folder, written_on(asked.folder, report.NAMES))
    report.write(asked.folder, found)
    for one in found:
        say(sys.stdout, sentence(one))
    say(sys.stdout, f"{len(found)} saker att titta på; quality.csv och quality.json ligger i {asked.folder}")
    return int(any(one.severity == STOP for one in found))


def sentence(one: Finding) -> str:
    """A finding on a line."""
    where = ".".join(filter(None, (one.table, one.column)))
    when = one.what or (str(one.year) if one.year else "")
    number = "färre än 5" if one.few else "" if one.count is None else f"cirka {one.count}"
    less = f"{one.percent} procent färre" if one.percent is not None else ""
    of = ", ".join(filter(None, (when, number, less)))
    row = one.as_row()
    return f"{CALLED[one.severity]} {where}{f' ({of})' if of else ''}: {row['text']} {row['advice']}"


if __name__ == "__main__":
    sys.exit(main())
