"""All tables of a report in one file: CSV, XLSX and JSON, with what they mean and how to refer to them."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kring.followup.presenters import files
from kring.followup.queries import Indicator
from kring.reports.models import Report

from . import front

EPOCH = (1980, 1, 1, 0, 0, 0)
Table = list[list[Any]]


def _as_json(one: Indicator, table: Table) -> bytes:
    """As `files.as_json`, on one line: so many of them take a tenth of the time so."""
    cells = [dict(zip(files.columns(one), row, strict=True)) for row in table]
    return json.dumps(files.about(one) | {"cells": cells}, ensure_ascii=False).encode()


KINDS: Mapping[str, Callable[[Indicator, Table], bytes]] = {
    "csv": files.as_csv,
    "xlsx": files.as_xlsx,
    "json": _as_json,
}


def package(report: Report, found: Iterable[Indicator], places: dict[str, str]) -> bytes:
    """The same report is the same bytes."""
    made, meanings = io.BytesIO(), list[dict[str, Any]]()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for one in found:
            table = list(files.rows(one, places))
            for kind, written in KINDS.items():
                _add(into, f"{kind}/{one.result.slug}.{kind}", written(one, table))
            meanings.append(files.about(one))
        about = metadata(report) | {"indicators": meanings}
        _add(into, "metadata.json", json.dumps(about, ensure_ascii=False, indent=1).encode())
        _add(into, "LÄSMIG.txt", read_me(report).encode())
    return made.getvalue()


def _add(into: zipfile.ZipFile, name: str, content: bytes) -> None:
    into.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def metadata(report: Report) -> dict[str, Any]:
    """What was reported, from what, and by which definitions."""
    return {
        "title": front.title(report),
        "year": report.year,
        "edition": report.edition,
        "correction": report.correction,
        "citation": front.citation_of_tables(report),
        "label": front.label(report),
        "calculation": str(report.calculation_id),
        "data_version": report.calculation.data_version,
        "definition_versions": report.versions,
    }


def read_me(report: Report) -> str:
    """What somebody who opens the files must know."""
    statuses: Mapping[str, str] = files.STATUSES
    told = [
        front.title(report),
        front.label(report),
        front.citation_of_tables(report),
        _("Ett mått per fil, i tre format (csv, xlsx, json). metadata.json har definitionerna."),
        _("Antal är avrundade till närmaste 5. Kolumnen status säger varför en cell är tom:"),
        *(f"  {name}: {meaning}" for name, meaning in statuses.items()),
    ]
    return "\n".join(line for line in told if line) + "\n"
