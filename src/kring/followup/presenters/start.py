"""S110 and S117: where everybody begins, and everything in one file."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kring.followup.models import Calculation
from kring.followup.queries import Indicator

from . import files, indicator

CHOSEN = (
    "detection_to_support",
    "child_psychiatry_first_visit",
    "usual_provider",
    "not_brought",
    "support_before_diagnosis",
    "self_harm_admissions",
)
"""What the start page says first: waiting, meeting the same person, coming, early support, ill-health."""


def headlines(found: Sequence[Indicator]) -> list[indicator.Headline]:
    """Six headline sentences, in the order of `CHOSEN`."""
    by_slug = {one.result.slug: one for one in found}
    return [indicator.headline(by_slug[slug]) for slug in CHOSEN if slug in by_slug]


def others(found: Sequence[Indicator]) -> list[indicator.Headline]:
    """The rest, by name."""
    return [indicator.headline(one) for one in found if one.result.slug not in CHOSEN]


def everything(found: Iterable[Indicator], places: dict[str, str], calculation: Calculation) -> bytes:
    """Every table as CSV, what it means as JSON, and a page of text to begin with."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        meanings = []
        for one in found:
            _add(package, f"{one.result.slug}.csv", files.as_csv(one, files.rows(one, places)))
            meanings.append(files.about(one))
        _add(package, "metadata.json", json.dumps(meanings, ensure_ascii=False, indent=1).encode())
        _add(package, "LÄSMIG.txt", read_me(calculation).encode())
    return made.getvalue()


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With the same time on every file, so that the same figures are the same bytes."""
    package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def read_me(calculation: Calculation) -> str:
    """What somebody who opens the files must know."""
    told = [
        _("Så mår barn och unga i Västra Götaland"),
        indicator.label(calculation),
        *(f"{row['label']}: {row['value']}" for row in indicator.source(calculation)),
        _("En fil per mått (CSV, UTF-8, komma). metadata.json har definitionerna."),
        _("Antal är avrundade till närmaste 5. Kolumnen status säger varför en cell är tom:"),
        *(f"  {name}: {meaning}" for name, meaning in files.STATUSES.items()),
    ]
    return "\n".join(line for line in told if line) + "\n"


def file_rows(found: Sequence[Indicator]) -> list[dict[str, Any]]:
    """Every indicator with its files."""
    return [
        {
            "name": one.result.definition["name"],
            "files": indicator.downloads(indicator.address_of(one.result.slug)),
        }
        for one in found
    ]
