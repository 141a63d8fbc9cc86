"""`./kring extract UNIT`: take out what is new, for the care provider that a unit belongs to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kring import clock
from kring.access.actors import Actor
from kring.followup.extract import commands, files
from kring.organisations.commands import the_house
from kring.organisations.models import Unit


class Command(BaseCommand):
    help = "Take out what has happened in Kring as tables without names, for the indicators."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="key of a unit of the care provider that follows up")
        parser.add_argument("--from-start", action="store_true", help="read everything again")

    def handle(self, *args: Any, unit: str, from_start: bool, **options: Any) -> None:
        place = Unit.objects.filter(key=unit).first()
        if place is None:
            raise CommandError("Det finns ingen enhet med den nyckeln. / There is no such unit.")
        try:
            made = commands.make_extract(by=_house(place), tells=self, from_start=from_start)
        except files.InUseError:
            raise CommandError("Ett uttag görs redan. / An extract is being made already.") from None
        except ValueError:
            raise CommandError("Sätt KRING_EXTRACT_KEY. / Set KRING_EXTRACT_KEY.") from None
        told = ", ".join(f"{name} {number}" for name, number in made.rows.items())
        self.stdout.write(f"{made.children} barn / children ({made.touched} nya / new): {told}")

    def step(self, name: str, total: int = 0) -> None:
        """A step begins."""
        self.stdout.write(f"{name} {total or ''}".rstrip())

    def at(self, done: int) -> None:
        """So many children are read."""
        self.stdout.write(f"  {done}")


def _house(unit: Unit) -> Actor:
    """Kring itself, as the analyst of the unit's care provider; the log says that it was Kring."""
    return Actor(
        person_id=the_house().pk,
        role="analyst",
        now=clock.now(),
        unit_id=unit.pk,
        controller_id=unit.controller_id,
        sector=unit.sector,
        strong_auth=True,
    )
