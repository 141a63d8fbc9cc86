"""Reads in picture symbols that the organisation has its own licence for, or takes them away again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from kring.design import symbols
from kring.design.local import importing, showing
from kring.design.local.cleaning import NotADrawing


class Command(BaseCommand):
    """`import_symbols FOLDER`, where the folder holds SVG files and `ord.csv` with rows `fil;ord`."""

    help = "Read in SVG symbols with a word list; they replace Kring's own where the word is the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A folder, or the wish to have none."""
        parser.add_argument("folder", nargs="?", help=f"a folder with SVG files and {importing.WORD_LIST}")
        parser.add_argument("--remove", action="store_true", help="use Kring's own symbols again")

    def handle(self, *, folder: str | None, remove: bool, **options: Any) -> None:
        """Say what was taken and what was not, and why."""
        if remove:
            gone = importing.forget(showing.folder())
            self.stdout.write("Kring's own symbols are used again." if gone else "There was no local set.")
            return
        if not folder:
            raise CommandError("Name the folder, or --remove.")
        try:
            found = importing.read_folder(Path(folder))
        except NotADrawing as fault:
            raise CommandError(str(fault)) from None
        for sentence in found.faults:
            self.stderr.write(sentence)
        if not found.drawings:
            raise CommandError("Nothing was read in.")
        importing.keep(found.drawings, showing.folder())
        with translation.override("sv"):
            words = {name: str(word) for name, word in symbols.WORDS.items()}
        used = importing.matching(found.drawings, words)
        self.stdout.write(
            f"{len(found.drawings)} words read in, {len(used)} of them are used instead of Kring's."
        )
