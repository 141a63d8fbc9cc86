"""`./kring serve` and `./kring demo` run this beside the pages: work the queue off, and watch over it."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django_tasks_db.management.commands import db_worker

from kring.jobs.commands import SILENT_FOR
from kring.jobs.watch import watching

LOOK_EVERY = 30.0


class Command(db_worker.Command):
    help = "Arbeta av kön av körningar, och ta upp dem som har tappat sin arbetare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        told = "sekunder mellan två tittar efter tappade körningar"
        parser.add_argument("--look-every", type=float, default=LOOK_EVERY, metavar="SEK", help=told)
        silent = "så många sekunders tystnad betyder att arbetaren är borta"
        seconds = SILENT_FOR.total_seconds()
        parser.add_argument("--silent-for", type=float, default=seconds, metavar="SEK", help=silent)

    def handle(self, *, look_every: float, silent_for: float, **options: Any) -> None:
        with watching(look_every, timedelta(seconds=silent_for)):
            super().handle(**options)
