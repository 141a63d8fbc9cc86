"""`./kring region`: make or refresh a region from its files, and say what changed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kring import clock
from kring.organisations.region_files import RegionFileError
from kring.register.commands import Changes, operator, read_places

SHOWN = 20
WORDS = {
    "region": "Region",
    "grouping": "Grupperingar",
    "municipality": "Kommuner",
    "administration": "Förvaltningar",
    "controller": "Personuppgiftsansvariga",
    "unit": "Verksamheter",
}


class Command(BaseCommand):
    help = "Läs in en region: en mapp med en TOML-fil och CSV-filerna som den nämner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="MAPP")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            changes = read_places(by=operator(clock.now()), path=_described(folder))
        except RegionFileError as error:
            raise CommandError(f"Ingenting lästes in. / Nothing was read in. {error}") from None
        for one in changes:
            self._tell(one)
        if not any(changes):
            self.stdout.write("Ingenting har ändrats.")

    def _tell(self, one: Changes) -> None:
        if not one:
            return
        self.stdout.write(f"{WORDS[one.table]}: {len(one.new)} nya, {len(one.changed)} ändrade")
        for name, columns in list(one.changed.items())[:SHOWN]:
            self.stdout.write(f"  ändrad: {name} ({', '.join(columns)})")
        if len(one.changed) > SHOWN:
            self.stdout.write(f"  … och {len(one.changed) - SHOWN} till")


def _described(folder: Path) -> Path:
    """The one TOML file of a folder, or the file that was named itself."""
    if folder.is_file():
        return folder
    found = sorted(folder.glob("*.toml"))
    if len(found) != 1:
        raise CommandError(
            f"Mappen ska hålla en TOML-fil som beskriver regionen, men har {len(found)}. "
            "Ange filen själv om det finns flera."
        )
    return found[0]
