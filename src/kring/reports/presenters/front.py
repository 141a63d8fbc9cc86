"""A report as a whole: its name, where it comes from, its chapters, and how to refer to it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days
from kring.followup.presenters import indicator
from kring.reports.models import Report
from kring.reports.queries import Opened, publication_of
from kring.reports.rules.contents import contents


def title(report: Report) -> str:
    """«Lägesrapport 2024», with its edition when it is not the first."""
    if report.edition == 1:
        return _("Lägesrapport %(year)s") % {"year": report.year}
    return _("Lägesrapport %(year)s, utgåva %(n)s") % {"year": report.year, "n": report.edition}


def label(report: Report) -> str:
    """What stands on every page of made-up data."""
    return indicator.label(report.calculation)


def keys(report: Report) -> dict[str, int]:
    """What names a published report in an address."""
    return {"year": report.year, "edition": report.edition}


def facts(found: Opened) -> list[dict[str, str]]:
    """What the report was made from, when, and by which data."""
    report, publication = found.report, found.publication
    when = days.day_and_time(publication.published_at) if publication else _("Inte publicerad")
    rows = [
        {"label": _("Utgåva"), "value": str(report.edition)},
        {"label": _("Publicerad"), "value": when},
        *indicator.source(report.calculation),
    ]
    if publication:
        rows.append({"label": _("Kontrollsumma"), "value": publication.checksum[:16]})
    return rows


def citation(report: Report) -> str:
    """How to refer to the report."""
    publication = publication_of(report)
    told = {
        "title": title(report),
        "data": report.calculation.data_version[:12],
        "synthetic": label(report),
    }
    if publication is None:
        return _("Kring: %(title)s, utkast, data %(data)s. %(synthetic)s") % told
    day = days.local(publication.published_at).date().isoformat()
    return _("Kring: %(title)s, publicerad %(day)s, data %(data)s. %(synthetic)s") % (told | {"day": day})


def citation_of_tables(report: Report) -> str:
    """How to refer to the tables, which are made with the report and before it is published."""
    return _("Kring: tabeller till %(title)s, data %(data)s. %(synthetic)s") % {
        "title": title(report),
        "data": report.calculation.data_version[:12],
        "synthetic": label(report),
    }


def chapters(found: Opened) -> list[dict[str, Any]]:
    """The contents: every chapter with its address in the published report."""
    return [
        {
            "title": one.title,
            "lead": one.lead,
            "href": reverse("situation-report-chapter", kwargs=keys(found.report) | {"address": one.address}),
            "current": found.declared is one,
        }
        for one in contents().chapters
    ]


def around(found: Opened) -> dict[str, Any]:
    """What every page of a report shows around its content."""
    report = found.report
    newer = found.newest is not None and found.newest > report.edition
    return {
        "title": title(report),
        "label": label(report),
        "correction": report.correction,
        "front_href": reverse("situation-report", kwargs=keys(report)),
        "newer_href": reverse("situation-report-year", kwargs={"year": report.year}) if newer else "",
        "chapters": chapters(found),
    }


def texts(found: Opened) -> dict[str, list[str]]:
    """What people have written in the chapter, a paragraph each."""
    chapter = found.chapters.get(found.declared.key) if found.declared else None
    told = {"introduction": "", "comment": ""}
    if chapter:
        told = {"introduction": chapter.introduction, "comment": chapter.comment}
    return {name: paragraphs(text) for name, text in told.items()}


def paragraphs(text: str) -> list[str]:
    """Lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def rows(found: list[Report]) -> list[dict[str, str]]:
    """Published reports as links, the newest first."""
    return [
        {
            "title": title(one),
            "href": reverse("situation-report", kwargs=keys(one)),
            "when": days.plain_day(days.local(publication.published_at).date()),
            "correction": one.correction,
        }
        for one in found
        if (publication := publication_of(one))
    ]


def chapter_href(found: Opened) -> str:
    """Where the chapter is read in the published report."""
    address = found.declared.address if found.declared else ""
    return reverse("situation-report-chapter", kwargs=keys(found.report) | {"address": address})


def published_href(found: Opened) -> str:
    """Where everybody reads it; nothing while it is not published."""
    return reverse("situation-report", kwargs=keys(found.report)) if found.publication else ""
