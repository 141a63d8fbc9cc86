"""`./kring report situation --year 2024`: the situation report made, or made again, by one command."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kring import clock
from kring.access.refusals import Refusal
from kring.reports import making, publishing, queries
from kring.reports.models import Report


class Command(BaseCommand):
    help = "Gör lägesrapporten för ett år av de senast räknade siffrorna, eller gör om utkastet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["situation"])
        parser.add_argument("--year", type=int, required=True, metavar="ÅR")
        parser.add_argument("--out", type=Path, metavar="MAPP", help="lägg papperet och tabellerna här")
        parser.add_argument("--correction", default="", metavar="TEXT", help="vad en ny utgåva rättar")

    def handle(self, *, year: int, out: Path | None, correction: str, **options: Any) -> None:
        if not queries.years_to_make():
            raise CommandError("Inga siffror är räknade. Räkna alla mått först, under Datastatus.")
        try:
            made = making.make(year=year, correction=correction, by_id=None, now=clock.now())
        except Refusal as refused:
            raise CommandError(refused.message) from refused
        hidden = sum(row["few"] + row["protected"] for row in made.review)
        self.stdout.write(
            f"Lägesrapport {made.year}, utgåva {made.edition}: ett utkast, gjort av data"
            f" {made.calculation.data_version[:12]}.\n{hidden} celler är dolda,"
            f" {made.recovered} av dem går att räkna fram.\nTvå personer publicerar den: Lägesrapporter."
        )
        if out:
            self._write(made, out)

    def _write(self, made: Report, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        paper, tables = out / f"lagesrapport-{made.year}.pdf", out / f"lagesrapport-{made.year}-tabeller.zip"
        paper.write_bytes(publishing.pdf(queries.opened(made.pk), clock.today()))
        tables.write_bytes(queries.tables(made))
        self.stdout.write(f"{paper}\n{tables}")
