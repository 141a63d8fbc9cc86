"""`./kring bench NAME …`: runs one of the measurements in the folder `benchmarks`."""

import pkgutil
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

INSIDE = {"worlds", "killing", "peers"}


class Command(BaseCommand):
    help = "Measure Kring and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("arguments", nargs="...")

    def handle(self, *args: Any, name: str, arguments: list[str], **options: Any) -> None:
        found = {module.name for module in pkgutil.iter_modules([str(settings.ROOT / "benchmarks")])} - INSIDE
        if name not in found:
            raise CommandError(f"There is no measurement {name}. Choose one of: {', '.join(sorted(found))}.")
        import_module(f"benchmarks.{name}").main(arguments)
