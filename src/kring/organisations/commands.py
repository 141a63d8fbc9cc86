"""Writing organisations: loading a region from its data files."""

import csv
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from .models import Administration, Assignment, Controller, Grouping, Municipality, Person, Region, Unit

GROUPINGS = ("subregional_board", "collaboration_area", "municipal_federation")
UNIT_FIELDS = ("name", "kind", "sector", "phone", "phone_hours", "hsa_id")


@transaction.atomic
def load_region(*, path: Path) -> Region:
    """Make or refresh a region from a TOML file (large tables may lie beside it as CSV). Loading again
    changes nothing.

    Raises:
        KeyError: a row names a municipality, controller, administration or grouping the file lacks.
    """
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    facts |= {name: _rows(path.parent / file) for name, file in facts.get("files", {}).items()}
    region = _region(facts["region"])
    groupings = _load_groupings(region, facts.get("grouping", []))
    municipalities = _load_municipalities(region, facts["municipality"], groupings)
    administrations = _load_administrations(region, facts.get("administration", []))
    controllers = _load_controllers(region, facts["controller"], municipalities)
    _load_units(facts["unit"], municipalities, administrations, controllers)
    return region


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _region(row: dict[str, Any]) -> Region:
    names = ("name", "org_number", "hsa_prefix")
    return Region.objects.update_or_create(code=row["code"], defaults={n: row.get(n, "") for n in names})[0]


def _load_groupings(region: Region, rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Grouping]:
    for row in rows:
        Grouping.objects.update_or_create(
            region=region, kind=row["kind"], key=row["key"], defaults={"name": row["name"]}
        )
    return {(g.kind, g.key): g for g in Grouping.objects.filter(region=region)}


def _load_municipalities(
    region: Region, rows: Iterable[dict[str, Any]], groupings: dict[tuple[str, str], Grouping]
) -> dict[str, Municipality]:
    for row in rows:
        groups = {kind: groupings[kind, row[kind]] for kind in GROUPINGS if row.get(kind)}
        named = {"region": region, "name": row["name"]}
        Municipality.objects.update_or_create(code=row["code"], defaults=named | groups)
    return {m.code: m for m in Municipality.objects.filter(region=region)}


def _load_administrations(region: Region, rows: Iterable[dict[str, Any]]) -> dict[str, Administration]:
    for row in rows:
        Administration.objects.update_or_create(
            key=row["key"], defaults={"region": region, "name": row["name"]}
        )
    return {a.key: a for a in Administration.objects.filter(region=region)}


def _load_controllers(
    region: Region, rows: Iterable[dict[str, Any]], municipalities: dict[str, Municipality]
) -> dict[str, Controller]:
    for row in rows:
        shares = str(row.get("shares_across_providers", "")).lower() == "true"
        home = municipalities[row["municipality"]] if row.get("municipality") else None
        fields = {"region": region, "name": row["name"], "org_number": row.get("org_number", "")}
        more = {"municipality": home, "shares_across_providers": shares}
        Controller.objects.update_or_create(key=row["key"], defaults=fields | more)
    return {c.key: c for c in Controller.objects.filter(region=region)}


def _load_units(
    rows: Iterable[dict[str, Any]],
    municipalities: dict[str, Municipality],
    administrations: dict[str, Administration],
    controllers: dict[str, Controller],
) -> None:
    units = [
        Unit(
            key=row["key"],
            controller=controllers[row["controller"]],
            municipality=municipalities[row["municipality"]] if row.get("municipality") else None,
            administration=administrations[row["administration"]] if row.get("administration") else None,
            **{name: row.get(name) or "" for name in UNIT_FIELDS},
        )
        for row in rows
    ]
    changing = ["controller", "municipality", "administration", *UNIT_FIELDS]
    Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["key"], update_fields=changing)


def assign(
    *, person: Person, unit: Unit, role: str, starts_on: date, ends_on: date | None = None
) -> Assignment:
    """Give a person a role at a unit from one day through another."""
    return Assignment.objects.get_or_create(
        person=person, unit=unit, role=role, starts_on=starts_on, defaults={"ends_on": ends_on}
    )[0]
