"""Reads a region from data files: who governs, who answers for data, and where children meet care and school.

Pure: files in, frozen records out, no database. One TOML file describes a region; its large tables may lie
beside it as CSV. Every row says where it comes from and how sure we are, so that general knowledge and
made-up demo units are never taken for facts.
"""

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).parent / "data"
VGR = DATA / "vgr.toml"
EXAMPLE = DATA / "example_region.toml"
AGES = re.compile(r"\d{1,2}-\d{1,2}", re.ASCII)


class Confidence(StrEnum):
    """How sure we are of a row."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    INVENTED = "invented"


TRUTHS: dict[object, bool] = {True: True, False: False, "true": True, "false": False, "": False}


class GroupingKind(StrEnum):
    """The three independent groupings of municipalities; also the column names on a municipality."""

    SUBREGIONAL_BOARD = "subregional_board"
    COLLABORATION_AREA = "collaboration_area"
    MUNICIPAL_FEDERATION = "municipal_federation"


class RegionFileError(ValueError):
    """A row cannot be used. The message says which file, which row and what to change."""


@dataclass(frozen=True)
class RegionRow:
    """The region itself."""

    code: str
    name: str
    org_number: str
    hsa_prefix: str
    source: str
    confidence: str


@dataclass(frozen=True)
class GroupingRow:
    """A subregional board, collaboration area or municipal federation."""

    kind: str
    key: str
    name: str
    source: str
    confidence: str


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality and its three memberships: keys of groupings, empty where there is none."""

    code: str
    name: str
    source: str
    subregional_board: str = ""
    subregional_board_confidence: str = ""
    collaboration_area: str = ""
    collaboration_area_confidence: str = ""
    collaboration_area_source: str = ""
    municipal_federation: str = ""
    municipal_federation_confidence: str = ""


@dataclass(frozen=True)
class AdministrationRow:
    """A regional administration (förvaltning)."""

    key: str
    name: str
    source: str
    confidence: str


@dataclass(frozen=True)
class ControllerRow:
    """Who answers for the data (personuppgiftsansvarig): the region, a provider or a municipal board."""

    key: str
    name: str
    source: str
    confidence: str
    municipality: str = ""
    org_number: str = ""
    shares_across_providers: bool = False


@dataclass(frozen=True)
class UnitRow:
    """A unit. `serves`: collaboration areas it takes children from, empty = its own municipality only."""

    key: str
    name: str
    kind: str
    sector: str
    municipality: str
    controller: str
    source: str
    confidence: str
    administration: str = ""
    serves: str = ""
    ages: str = "0-20"
    phone: str = ""

    @property
    def age_range(self) -> tuple[int, int]:
        """First and last whole year of age that the unit meets."""
        first, _, last = self.ages.partition("-")
        return int(first), int(last)


@dataclass(frozen=True)
class RegionFile:
    """Everything that one region's files say, checked: every reference leads somewhere."""

    region: RegionRow
    groupings: tuple[GroupingRow, ...]
    municipalities: tuple[MunicipalityRow, ...]
    administrations: tuple[AdministrationRow, ...]
    controllers: tuple[ControllerRow, ...]
    units: tuple[UnitRow, ...]

    def served_by(self, unit: UnitRow) -> tuple[str, ...]:
        """Codes of the municipalities whose children the unit takes."""
        areas = unit.serves.split()
        if not areas:
            return (unit.municipality,)
        return tuple(m.code for m in self.municipalities if m.collaboration_area in areas)


Row = TypeVar("Row")


def read_region(path: Path = VGR) -> RegionFile:
    """The region described by the TOML file at `path`. Raises RegionFileError with the row in words."""
    document = _document(path)
    if "region" not in document:
        raise RegionFileError(f"{path.name}: the table [region] is missing.")
    region = RegionFile(
        region=_row(RegionRow, document["region"], path.name, 1),
        groupings=_rows(GroupingRow, document, "grouping", path),
        municipalities=_rows(MunicipalityRow, document, "municipality", path),
        administrations=_rows(AdministrationRow, document, "administration", path),
        controllers=_rows(ControllerRow, document, "controller", path),
        units=_rows(UnitRow, document, "unit", path),
    )
    _check(region, path.name)
    return region


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise RegionFileError(f"{path.name}: save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise RegionFileError(f"{path.name}: {error}.") from None


def _rows(kind: type[Row], document: Mapping[str, Any], table: str, path: Path) -> tuple[Row, ...]:
    """Inline rows of the TOML file, then those of the CSV file it names for this table."""
    rows = [_row(kind, values, path.name, place) for place, values in enumerate(document.get(table, []), 1)]
    if name := document.get("files", {}).get(table):
        rows += [_row(kind, values, name, place) for place, values in enumerate(_lines(path, name), 2)]
    return tuple(rows)


def _lines(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file beside the TOML file; a cell that is not there is no empty cell."""
    beside = path.parent / name
    if not beside.is_file():
        raise RegionFileError(f"{path.name}: the file {name} is not there.")
    try:
        with beside.open(encoding="utf-8-sig", newline="") as lines:
            return [
                {column: cell for column, cell in row.items() if cell is not None}
                for row in csv.DictReader(lines, strict=True)
            ]
    except UnicodeDecodeError:
        raise RegionFileError(f"{name}: save the file as UTF-8.") from None
    except csv.Error as error:
        raise RegionFileError(f"{name}: {error}.") from None


def _row(kind: type[Row], values: object, name: str, place: int) -> Row:
    if not isinstance(values, Mapping):
        raise RegionFileError(f"{name}, row {place}: this is no table of columns.")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(values) - set(known):
        raise RegionFileError(f"{name}, row {place}: no column is called {sorted(map(str, unknown))[0]}.")
    if missing := [key for key in known if key not in values and known[key].default is MISSING]:
        raise RegionFileError(f"{name}, row {place}: {', '.join(missing)} is missing.")
    return kind(**{key: _cell(known[key], value, name, place) for key, value in values.items()})


def _cell(column: "Field[Any]", value: object, name: str, place: int) -> str | bool:
    """Text as it stands; what is asked to be true or false is one of the two."""
    if column.type is bool and value in list(TRUTHS):
        return TRUTHS[value]
    if column.type is bool or not isinstance(value, str):
        wanted = "true or false" if column.type is bool else "text in quotes"
        raise RegionFileError(f"{name}, row {place}: {column.name} must be {wanted}.")
    return value


def _check(region: RegionFile, name: str) -> None:
    """Every key is used once, every reference leads somewhere, every row says how sure it is."""
    groupings = {(row.kind, row.key) for row in region.groupings}
    _unique((f"{row.kind} {row.key}" for row in region.groupings), f"{name}: grouping")
    for row in region.groupings:
        _known(row.kind in list(GroupingKind), f"{name}: {row.key} kind {row.kind}")
    for label, keys in _keys(region).items():
        _unique(keys, f"{name}: {label}")
    for municipality in region.municipalities:
        for kind in GroupingKind:
            key = getattr(municipality, kind)
            _known(not key or (kind, key) in groupings, f"{name}: {municipality.code} {kind} {key}")
    _check_units(region, name)
    told: list[RegionRow | GroupingRow | AdministrationRow | ControllerRow | UnitRow] = [region.region]
    told += [*region.groupings, *region.administrations, *region.controllers, *region.units]
    for one in told:
        _known(one.source and one.confidence in list(Confidence), f"{name}: source or confidence of {one}")


def _check_units(region: RegionFile, name: str) -> None:
    keys = {label: set(values) for label, values in _keys(region).items()}
    areas = {row.key for row in region.groupings if row.kind == GroupingKind.COLLABORATION_AREA}
    for controller in region.controllers:
        place = controller.municipality
        _known(not place or place in keys["municipality"], f"{name}: {controller.key} municipality {place}")
    for unit in region.units:
        for label in ("municipality", "controller"):
            _known(getattr(unit, label) in keys[label], f"{name}: {unit.key} {label} {getattr(unit, label)}")
        administration = unit.administration
        _known(
            not administration or administration in keys["administration"],
            f"{name}: {unit.key} administration {administration}",
        )
        _known(set(unit.serves.split()) <= areas, f"{name}: {unit.key} serves {unit.serves}")
        _known(AGES.fullmatch(unit.ages), f"{name}: {unit.key} ages {unit.ages}")
        _known(unit.age_range[0] <= unit.age_range[1], f"{name}: {unit.key} ages {unit.ages}")


def _keys(region: RegionFile) -> dict[str, list[str]]:
    return {
        "municipality": [row.code for row in region.municipalities],
        "administration": [row.key for row in region.administrations],
        "controller": [row.key for row in region.controllers],
        "unit": [row.key for row in region.units],
    }


def _unique(keys: Iterable[str], label: str) -> None:
    seen: set[str] = set()
    for key in keys:
        _known(key not in seen, f"{label} {key} (it occurs twice)")
        seen.add(key)


def _known(holds: object, what: str) -> None:
    if not holds:
        raise RegionFileError(f"Cannot use {what}. Check the key.")
