"""`./kring flatten`: a folder of FHIR R4 NDJSON made into a delivery of Parquet, with pseudonyms."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from indicators.__main__ import say
from indicators.loading import NotReadableError

from . import load, mapping
from .pseudonyms import Pseudonyms, WeakSecretError

SECRET = "KRING_PSEUDONYM_SECRET"  # noqa: S105 - the name of the variable
REASONS = {
    "line": "raden är ingen sådan resurs",
    "repeated": "samma resurs finns flera gånger; den sist lästa gäller",
    "wrong": "struken eller avskriven av den som sände den",
    "child": "barnet finns inte bland Patient",
    "status": "bokad men inte genomförd, eller en status som mappningen inte har",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Load, and say what was left out; 1 and a sentence when it cannot be done."""
    parser = argparse.ArgumentParser(prog="./kring flatten", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=f"else the variable {SECRET}")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what the region says otherwise")
    asked = parser.parse_args(arguments)
    try:
        pseudonyms = Pseudonyms(secret(asked.secret_file))
        told = load.load(
            asked.folder,
            asked.out,
            pseudonyms,
            mapping.load(asked.mapping),
            lambda text: say(sys.stderr, text),
        )
    except (NotReadableError, WeakSecretError) as fault:
        say(sys.stderr, str(fault))
        return 1
    for line in words(told):
        say(sys.stdout, line)
    return 0


def secret(path: Path | None) -> str:
    """From the file, or from the environment. NotReadableError when the file cannot be read."""
    if path is None:
        return os.environ.get(SECRET, "")
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise NotReadableError(f"{path.name} går inte att läsa: {fault.strerror}") from fault


def words(told: load.Told) -> Iterator[str]:
    """What was read, left out and assumed, a sentence a line."""
    for file in told.files:
        if file["unreadable"]:
            yield (
                f"{file['file']}: {file['unreadable']} av {file['lines']} rader är ingen {file['resource']} "
                f"(rad {file['where']}). De är inte med; resten är inläst."
            )
    for table, of in told.tables.items():
        yield f"{table}: {of['rows']} rader" + ("" if of["rows"] else "; tabellen är inte skriven")
        for reason, count in of["left_out"].items():
            said = REASONS.get(reason, f"{reason} saknas eller går inte att läsa")
            yield f"  {count} är inte med: {said}"
        for column, count in of["assumed"].items():
            yield f"  {count} saknar {column}, som då antas enligt mappningen"


if __name__ == "__main__":
    sys.exit(main())
