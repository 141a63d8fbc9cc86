"""`manage fill_demo`: fills an empty database with the demo's region and people."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kring import clock
from kring.demo.figures import ask_for_figures
from kring.demo.fill import fill


class Command(BaseCommand):
    help = "Fill an empty database with the made-up region and the cast."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, children: int, seed: int, **options: Any) -> None:
        started = time.monotonic()
        fill(count=children, seed=seed, now=clock.now(), told=lambda done: self._tell(done, children))
        ask_for_figures()
        self.stdout.write(f"{children} children in {time.monotonic() - started:.1f} s")

    def _tell(self, done: int, children: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {children}", ending="")
