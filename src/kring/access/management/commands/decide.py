"""`./kring decide`: questions to the gate as JSON lines in, its answers as JSON lines out. No database."""

import json
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from kring.access.decide.answer import answers


class Command(BaseCommand):
    """Reads a file or standard input; answers on standard output, a line for a line."""

    help = "Put questions to the gate as JSON lines; its tables answer with allow, reveal, reason and rule."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the questions are."""
        parser.add_argument(
            "path", nargs="?", default="-", metavar="FILE|-", help="JSON lines; - is standard input"
        )

    def handle(self, *, path: str, **options: Any) -> None:
        """Answer every line."""
        with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
            for answer in answers(line.decode(errors="replace") for line in stream):
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
