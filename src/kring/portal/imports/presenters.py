"""Words about deliveries and their jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kring.design import days
from kring.portal.jobs import presenters as jobs
from kring.portal.jobs.queries import OneJob


@dataclass(frozen=True)
class DeliveryRow:
    """One delivery as a row of the list."""

    when: str
    iso: str
    source: str
    state: str
    tone: str
    entries: int
    added: int
    refused: int


@dataclass(frozen=True)
class Place:
    """One problem: where, and what to do."""

    place: str
    message: str
    is_note: bool


TONES = {"done": "good", "running": "info", "interrupted": "warn", "refused": "late"}


def when(moment: datetime) -> str:
    """«22 november 2026 kl. 10.02», in Swedish time."""
    return date_format(localtime(moment), r"j F Y \k\l. H.i")


def rows(deliveries: Iterable[Any]) -> list[DeliveryRow]:
    """Deliveries as rows."""
    return [
        DeliveryRow(
            when=when(one.received_at),
            iso=one.received_at.isoformat(),
            source=one.source.name,
            state=one.get_state_display(),
            tone=TONES[one.state],
            entries=one.entries,
            added=one.added,
            refused=one.refused,
        )
        for one in deliveries
    ]


def job_parts(found: OneJob, now: datetime) -> dict[str, Any]:
    """What the job macro shows of a reading-in, and what can be done about it."""
    href = reverse("import-job", kwargs={"job_id": found.row.pk})
    return jobs.parts(found.row, now, href=href, failed=_failed(found.row)) | {
        "may_retry": jobs.may_retry(found),
        "may_cancel": jobs.may_cancel(found),
        "may_discard": found.file_until is not None,
        "kept": _kept(found),
    }


def _kept(found: OneJob) -> str:
    if found.file_until is None:
        return ""
    return _("Filen sparas till %(day)s, så att du kan försöka igen.") % {"day": days.day(found.file_until)}


def _failed(job: Any) -> str:
    if job.state == "cancelled":
        return _("Inläsningen avbröts. Det som hann sparas är kvar. Du kan försöka igen när du vill.")
    if job.state == "failed" and job.error == "NoLongerAllowed":
        return _(
            "Ditt uppdrag gällde inte längre när inläsningen började. Logga in igen och läs in filen på nytt."
        )
    if job.state == "failed" and job.error == "WorkerLost":
        return jobs.failed(job)
    if job.state == "failed" and job.error == "FileNotFoundError":
        return _("Filen finns inte kvar. Läs in den på nytt.")
    if job.state == "failed":
        return _(
            "Inläsningen gick inte att slutföra. Det som hann sparas är kvar. Försök igen. "
            "Går det inte, kontakta förvaltningen."
        )
    return ""


def outcome(delivery: Any) -> list[dict[str, Any]]:
    """What became of a delivery, as label and value."""
    return [
        {"label": _("Poster i filen"), "value": delivery.entries},
        {"label": _("Nya"), "value": delivery.added},
        {"label": _("Ersatte en äldre version"), "value": delivery.replaced},
        {"label": _("Äldre än den som fanns"), "value": delivery.older},
        {"label": _("Fanns redan"), "value": delivery.unchanged},
        {"label": _("Inte inlästa"), "value": delivery.refused},
    ]


def verdict(delivery: Any) -> tuple[str, str]:
    """(kind of notice, sentence) for a delivery that has ended."""
    if delivery.state == "refused":
        return "error", _("Inget lästes in. Rätta det som står nedan och läs in filen igen.")
    if delivery.state == "interrupted":
        return "warning", _(
            "Filen lästes in till en del. Det som är sparat är kvar. Läs in filen igen när den är rättad."
        )
    if delivery.refused:
        return "warning", _("Filen är inläst, utom de platser som står nedan.")
    if not delivery.added + delivery.replaced + delivery.older:
        return "success", _("Allt i filen fanns redan. Inget ändrades.")
    return "success", _("Allt i filen är inläst.")


def places(problems: Iterable[Any]) -> list[Place]:
    """Problems by place; one without a place is about the whole file."""
    return [Place(one.place or _("Hela filen"), one.message, one.is_note) for one in problems]
