"""Writing organisations: loading a region from its data files, and giving people assignments."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from .models import Administration, Assignment, Controller, Grouping, Municipality, Person, Region, Unit
from .region_files import VGR, GroupingKind, RegionFile, read_region

UNIT_FIELDS = ["name", "kind", "sector", "phone"]


@transaction.atomic
def load_region(*, path: Path = VGR) -> Region:
    """Make or refresh a region from its data file. Loading again changes nothing.

    Raises:
        RegionFileError: a row cannot be used; nothing is loaded.
    """
    facts = read_region(path)
    fields = {"name": facts.region.name, "org_number": facts.region.org_number}
    region, _ = Region.objects.update_or_create(
        code=facts.region.code, defaults=fields | {"hsa_prefix": facts.region.hsa_prefix}
    )
    _load_groupings(region, facts)
    _load_municipalities(region, facts)
    _load_administrations(region, facts)
    _load_controllers(region, facts)
    _load_units(region, facts)
    return region


def _load_groupings(region: Region, facts: RegionFile) -> None:
    for row in facts.groupings:
        Grouping.objects.update_or_create(
            region=region, kind=row.kind, key=row.key, defaults={"name": row.name}
        )


def _load_municipalities(region: Region, facts: RegionFile) -> None:
    groupings = {(g.kind, g.key): g for g in Grouping.objects.filter(region=region)}
    for row in facts.municipalities:
        groups = {kind.value: groupings.get((kind, getattr(row, kind))) for kind in GroupingKind}
        Municipality.objects.update_or_create(
            code=row.code, defaults={"region": region, "name": row.name} | groups
        )


def _load_administrations(region: Region, facts: RegionFile) -> None:
    for row in facts.administrations:
        Administration.objects.update_or_create(key=row.key, defaults={"region": region, "name": row.name})


def _load_controllers(region: Region, facts: RegionFile) -> None:
    municipalities = Municipality.objects.filter(region=region).in_bulk(field_name="code")
    for row in facts.controllers:
        fields = {
            "region": region,
            "name": row.name,
            "org_number": row.org_number,
            "municipality": municipalities.get(row.municipality),
            "shares_across_providers": row.shares_across_providers,
        }
        Controller.objects.update_or_create(key=row.key, defaults=fields)


def _load_units(region: Region, facts: RegionFile) -> None:
    municipalities = Municipality.objects.filter(region=region).in_bulk(field_name="code")
    administrations = Administration.objects.filter(region=region).in_bulk(field_name="key")
    controllers = Controller.objects.filter(region=region).in_bulk(field_name="key")
    units = [
        Unit(
            key=row.key,
            controller=controllers[row.controller],
            municipality=municipalities.get(row.municipality),
            administration=administrations.get(row.administration),
            **{name: getattr(row, name) for name in UNIT_FIELDS},
        )
        for row in facts.units
    ]
    changing = ["controller", "municipality", "administration", *UNIT_FIELDS]
    Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["key"], update_fields=changing)


def the_house() -> Person:
    """Kring itself, in whose name the day's own work is logged; nobody can log in as it."""
    return Person.objects.get_or_create(
        subject="kring", defaults={"given_name": "Kring", "title": "Kring", "is_active": False}
    )[0]


def assign(
    *, person: Person, unit: Unit, role: str, starts_on: date, ends_on: date | None = None
) -> Assignment:
    """Give a person a role at a unit from one day through another."""
    return Assignment.objects.get_or_create(
        person=person, unit=unit, role=role, starts_on=starts_on, defaults={"ends_on": ends_on}
    )[0]


def speak(*, person_id: UUID, language: str) -> None:
    """Keep the language that a person has chosen for the pages and for what is sent to them."""
    Person.objects.filter(pk=person_id).update(language=language)
