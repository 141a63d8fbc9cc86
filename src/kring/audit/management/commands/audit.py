"""`./kring audit verify`: is the access log whole?"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kring.audit import queries
from kring.audit.models import AccessLogRow


class Command(BaseCommand):
    help = "Verify the access log (finds altered, removed and reordered rows), or write a seal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--seal", type=Path, help="a seal file written earlier with `audit seal --seal FILE`"
        )

    def handle(self, *args: Any, what: str, seal: Path | None, **options: Any) -> None:
        self.write_seal(seal) if what == "seal" else self.verify(seal)

    def write_seal(self, path: Path | None) -> None:
        now = queries.seal()
        if path:
            path.write_text(json.dumps(now, indent=1))
        self.stdout.write(f"Seal: {queries.seal_words(now)}")

    def verify(self, path: Path | None) -> None:
        found = list(queries.faults()) + (list(queries.faults_against(path)) if path else [])
        for fault in found:
            self.stdout.write(str(fault))
        if found:
            raise CommandError(f"The access log is NOT whole: {len(found)} fault(s).")
        rows = AccessLogRow.objects.count()
        self.stdout.write(f"The access log is whole: {rows} rows. Seal: {queries.seal_words(queries.seal())}")
