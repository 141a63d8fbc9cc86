"""`./kring import`: take in what care givers sent, and say what became of it."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kring import clock
from kring.access.actors import Actor
from kring.care.record import commands, readback
from kring.care.record.importer import importer
from kring.care.record.models import Delivery, Source
from kring.care.record.reading.opening import STANDARD_INPUT, files_of, opened
from kring.care.record.rules.faults import Refused
from kring.organisations.models import Unit

DEFAULT_SOURCE = "fil"
SHOWN = 20


class Command(BaseCommand):
    help = "Läs in FHIR R4 från en fil, en mapp eller standard in (-)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FIL|MAPP|-")
        parser.add_argument(
            "--source", default=DEFAULT_SOURCE, metavar="NYCKEL", help="systemet som har skickat"
        )
        parser.add_argument("--name", default="", help="systemets namn, första gången")
        parser.add_argument("--unit", metavar="NYCKEL", help="enheten som dokumenterar, första gången")
        parser.add_argument(
            "--verify", action="store_true", help="läs tillbaka varje post och jämför med filen"
        )

    def handle(self, *, path: str, verify: bool, **options: Any) -> None:
        source, by = self._source(options["source"], options["name"], options["unit"])
        deliveries, compared, began = [], readback.Comparison(), time.monotonic()
        try:
            files = [("-", Path(STANDARD_INPUT))] if path == STANDARD_INPUT else files_of(path)
            for shown, file in files:
                with opened(STANDARD_INPUT if path == STANDARD_INPUT else file) as content:
                    deliveries.append(self._take_in(by, source, shown, content))
                    if verify:
                        self._add(compared, readback.compare(source, content, by.today))
        except Refused as refused:
            raise CommandError(refused.problem.message) from refused
        self._summarise(deliveries, time.monotonic() - began, compared if verify else None)

    def _source(self, key: str, name: str, unit_key: str | None) -> tuple[Source, Actor]:
        known = Source.objects.filter(key=key).select_related("unit").first()
        unit = known.unit if known else self._unit(key, unit_key)
        by = importer(unit, clock.now())
        return known or commands.register_source(by=by, key=key, name=name or key, unit=unit), by

    def _unit(self, key: str, unit_key: str | None) -> Unit:
        units = Unit.objects.all()
        if unit_key:
            found = units.filter(key=unit_key).first()
        else:
            found = (
                units.filter(kind=Unit.Kind.PAEDIATRIC_OUTPATIENT).order_by("key").first()
                if settings.DEMO
                else None
            )
        if found is None:
            raise CommandError(f"Säg vilken enhet som dokumenterar det som kommer från {key}: --unit NYCKEL")
        return found

    def _take_in(self, by: Actor, source: Source, shown: str, content: Any) -> Delivery:
        delivery = Delivery.objects.get(pk=commands.take_in(by=by, source_id=source.pk, file=content))
        told = list(delivery.problems.order_by("is_note", "pk")[: SHOWN + 1])
        for problem in told[:SHOWN]:
            place = f"{shown}: {problem.place}".rstrip(": ")
            self.stderr.write(f"{place}: {problem.message}")
        if len(told) > SHOWN:
            self.stderr.write(
                f"{shown}: … {delivery.problems.count() - SHOWN} till, se leveransen {delivery.pk}"
            )
        return delivery

    def _add(self, total: readback.Comparison, one: readback.Comparison) -> None:
        total.sent += one.sent
        total.same_data += one.same_data
        total.same_text += one.same_text

    def _summarise(
        self, deliveries: list[Delivery], seconds: float, compared: readback.Comparison | None
    ) -> None:
        kinds: Counter[str] = sum((Counter(delivery.kinds) for delivery in deliveries), Counter())
        for kind, count in sorted(kinds.items()):
            proof = f"  lika vid återläsning {compared.same_data[kind]:>7}" if compared else ""
            self.stdout.write(f"{kind:<28} {count:>7}{proof}")
        total = {
            name: sum(getattr(d, name) for d in deliveries)
            for name in (*commands.COUNTED, "refused", "entries")
        }
        self.stdout.write(
            f"{len(deliveries)} filer, {total['entries']} poster på {seconds:.1f} s "
            f"({total['entries'] / max(seconds, 0.001):.0f} i sekunden)"
        )
        self.stdout.write(
            f"Nya {total['added']}, ersatta {total['replaced']}, äldre {total['older']}, "
            f"oförändrade {total['unchanged']}, inte inlästa {total['refused']}"
        )
        if compared and not compared.is_complete:
            raise CommandError("Allt lästes inte tillbaka lika. Se tabellen.")
        if total["refused"]:
            raise CommandError("Något lästes inte in. Se raderna ovan.")
