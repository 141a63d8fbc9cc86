"""Writing organisations: loading a region from its data files, and giving people assignments."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from .models import Administration, Assignment, Controller, Grouping, Municipality, Person, Region, Unit
from .region_files import VGR, GroupingKind, RegionFile, RegionFileError, read_region

UNIT_FIELDS = ["name", "kind", "sector", "phone"]
OWNED: tuple[tuple[type[Model], str, str], ...] = (
    (Municipality, "region__code", "code"),
    (Administration, "region__code", "key"),
    (Controller, "region__code", "key"),
    (Unit, "controller__region__code", "key"),
)
"""Tables whose keys are one region's only: the way to its code, and the column with the key."""


@transaction.atomic
def load_region(*, path: Path = VGR) -> Region:
    """Make or refresh a region from its data file. Loading again changes nothing.

    Raises:
        RegionFileError: a row cannot be used; nothing is loaded.
    """
    facts = read_region(path)
    _check(facts)
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


def _check(facts: RegionFile) -> None:
    """Raises RegionFileError when a value has no room in its column, is none of its choices, or a key is
    another region's.
    """
    told: dict[type[Model], tuple[Any, ...]] = {
        Controller: facts.controllers,
        Unit: facts.units,
        Administration: facts.administrations,
    }
    for model, rows in (told | {Municipality: facts.municipalities, Region: (facts.region,)}).items():
        for row in rows:
            for name, value in vars(row).items():
                _check_value(model, row.name, name, value)
    for model, of_region, column in OWNED:
        keys = [getattr(row, column) for row in told.get(model, facts.municipalities)]
        held = model._default_manager.filter(**{f"{column}__in": keys})
        if other := held.exclude(**{of_region: facts.region.code}).first():
            raise RegionFileError(f"{getattr(other, column)} belongs to another region. Choose another key.")


def _check_value(model: type[Model], row: str, name: str, value: object) -> None:
    field = next((one for one in model._meta.fields if one.name == name), None)
    if field is None or field.is_relation or not isinstance(value, str):
        return
    if len(value) > (field.max_length or len(value)):
        raise RegionFileError(f"{row[:80]}: {name} is longer than {field.max_length} characters.")
    if field.choices and value not in dict(field.flatchoices):
        known = ", ".join(str(key) for key, _ in field.flatchoices)
        raise RegionFileError(f"{row[:80]}: {name} must be one of {known}.")


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
