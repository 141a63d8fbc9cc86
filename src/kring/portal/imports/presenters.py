"""Words about deliveries and their jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

STEPS = ("waiting", "running", "saving", "done")
ENDED = ("done", "failed", "cancelled")
POLL_EVERY = ((5, "1s"), (60, "3s"))
SLOWEST = "10s"


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


def job_parts(job: Any, now: datetime) -> dict[str, Any]:
    """What the job macro shows: steps, share done, how long, and whether to ask again."""
    seconds = int(((job.finished_at or now) - job.created_at).total_seconds())
    return {
        "steps": _steps(job),
        "percent": _percent(job),
        "elapsed": _elapsed(job, seconds),
        "started": _("Startades %(when)s.") % {"when": when(job.created_at)},
        "failed": _failed(job),
        "poll_href": "" if job.state in ENDED else reverse("import-job", kwargs={"job_id": job.pk}),
        "poll_every": next((every for limit, every in POLL_EVERY if seconds < limit), SLOWEST),
        "ended": job.state in ENDED,
        "may_retry": job.state in ("failed", "cancelled"),
        "may_cancel": job.state not in ENDED and not job.cancel_asked,
        "stopping": job.state == "running" and job.cancel_asked,
    }


def _steps(job: Any) -> list[dict[str, str]]:
    labels = (_("Väntar"), _("Läser data"), _("Sparar"), _("Klar"))
    here = {"waiting": 0, "done": 4}.get(job.state, 2 if job.done else 1)
    states = ["done" if at < here else "now" if at == here else "todo" for at in range(len(labels))]
    if job.state in ("failed", "cancelled"):
        states[min(here, 3)] = "failed"
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def _percent(job: Any) -> int | None:
    if job.state == "done":
        return 100
    return min(100, job.done * 100 // job.total) if job.total and job.state == "running" else None


def _elapsed(job: Any, seconds: int) -> str:
    if seconds < 1:
        took = _("mindre än en sekund")
    elif seconds < 60:
        took = ngettext("%(n)s sekund", "%(n)s sekunder", seconds) % {"n": seconds}
    else:
        took = ngettext("%(n)s minut", "%(n)s minuter", seconds // 60) % {"n": seconds // 60}
    if job.state in ENDED:
        return _("Det tog %(time)s.") % {"time": took}
    if job.done:
        return _("%(n)s poster är klara efter %(time)s.") % {"n": job.done, "time": took}
    return _("Har pågått i %(time)s.") % {"time": took}


def _failed(job: Any) -> str:
    if job.state == "cancelled":
        return _("Inläsningen avbröts. Det som hann sparas är kvar. Du kan försöka igen när du vill.")
    if job.state == "failed" and job.error == "NoLongerAllowed":
        return _(
            "Ditt uppdrag gällde inte längre när inläsningen började. Logga in igen och läs in filen på nytt."
        )
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
