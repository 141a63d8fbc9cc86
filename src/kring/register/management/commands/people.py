"""`./kring people`: take in people, custody and relations, and say what became of each line."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from kring import clock
from kring.register.commands import Outcome, Permit, operator, read_people
from kring.register.rules.faults import FileRefused
from kring.register.rules.rows import Kind

WORDS = {
    Kind.PERSON: "Personer",
    Kind.GUARDIAN: "Vårdnadshavare",
    Kind.CHILD: "Barn",
    Kind.ASSIGNMENT: "Uppdrag",
    Kind.CUSTODY: "Vårdnad",
    Kind.RELATION: "Relationer",
}


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("skriv dagen som ÅÅÅÅ-MM-DD") from None


class Command(BaseCommand):
    help = "Läs in personer, uppdrag, vårdnadshavare, vårdnad och barnens relationer (CSV eller NDJSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FIL|-")
        parser.add_argument(
            "--end-missing", type=day, metavar="DAG", help="avsluta det som inte längre står i filen"
        )
        parser.add_argument(
            "--lift-protection", action="store_true", help="ta bort skydd där filen säger det"
        )
        parser.add_argument(
            "--change-identity", action="store_true", help="byt number och hsa_id där filen säger det"
        )

    def handle(self, *, path: str, end_missing: date | None, **options: Any) -> None:
        permits = frozenset(permit for permit in Permit if options[permit.value])
        try:
            with _opened(path) as file:
                outcome = read_people(
                    by=operator(clock.now()), file=file, permits=permits, end_on=end_missing
                )
        except FileRefused as refused:
            raise CommandError(f"Ingenting lästes in. {refused}") from None
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        for line, sentence in outcome.faults:
            self.stderr.write(f"rad {line}: {sentence}")
        for kind, word in WORDS.items():
            new, changed, ended, same = (
                outcome.counts[kind, became] for became in ("new", "changed", "ended", "same")
            )
            if new or changed or ended or same:
                told = f"{new} nya, {changed} ändrade, {ended} avslutade, {same} oförändrade"
                self.stdout.write(f"{word + ':':<16}{told}")
        if outcome.ending_stopped:
            self.stderr.write("Inget avslutades, för det som saknas kan stå på en rad med fel.")
        if outcome.faults:
            raise CommandError(f"{len(outcome.faults)} rader lästes inte in. Se raderna ovan.")


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as file:
            yield file
    except OSError:
        raise FileRefused("Filen finns inte eller går inte att öppna.") from None
