"""Jobs as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.design import days

from .queries import JobPage, OneJob

STEPS = (gettext_lazy("Väntar"), gettext_lazy("Läser data"), gettext_lazy("Sparar"), gettext_lazy("Klar"))
ENDED = ("done", "failed", "cancelled")
ENDED_BADLY = ("failed", "cancelled")
TONES = {"waiting": "neutral", "running": "info", "done": "good", "failed": "late", "cancelled": "warn"}
STATES = {
    "running": gettext_lazy("Pågår"),
    "waiting": gettext_lazy("Väntar"),
    "failed": gettext_lazy("Det gick inte"),
    "cancelled": gettext_lazy("Avbrutna"),
    "done": gettext_lazy("Klara"),
}
"""The tabs, what needs somebody first."""
ADDRESSES = {
    "running": "pagar",
    "waiting": "vantar",
    "failed": "stannade",
    "cancelled": "avbrutna",
    "done": "klara",
}
POLL_EVERY = ((5, "1s"), (60, "3s"))
SLOWEST = "10s"


@dataclass(frozen=True)
class JobRow:
    """One job as a row."""

    title: str
    href: str
    state: str
    tone: str
    step: str
    when: str
    iso: str
    by: str
    took: str


def rows(found: JobPage, person_id: UUID, now: datetime) -> list[JobRow]:
    """The page's jobs."""
    return [
        JobRow(
            title=one.title,
            href=page_of(one, mine=one.started_by == person_id),
            state=one.get_state_display(),
            tone=TONES[one.state],
            step=_how_far(one),
            when=days.day_and_time(one.created_at),
            iso=one.created_at.isoformat(),
            by=found.names.get(one.started_by, ""),
            took=duration(_seconds(one, now)) if one.started_at else "",
        )
        for one in found.rows
    ]


def page_of(row: Any, *, mine: bool) -> str:
    """Where a job is followed: one's own reading-in on the page that also says what became of it."""
    name = "import-job" if mine and row.kind == "import_record" else "job"
    return reverse(name, kwargs={"job_id": row.pk})


def tabs(found: JobPage, state: str) -> list[dict[str, Any]]:
    """One tab for all and one for each state, with the number of jobs in it."""
    here = reverse("jobs")
    every = {"label": _("Alla"), "href": here, "current": not state, "count": sum(found.counts.values())}
    return [every] + [
        {
            "label": str(label),
            "href": f"{here}?lage={ADDRESSES[key]}",
            "current": key == state,
            "count": found.counts.get(key, 0),
        }
        for key, label in STATES.items()
    ]


def state_from(word: str) -> str:
    """The state that an address names; one that is not known shows everything."""
    return next((key for key, address in ADDRESSES.items() if address == word), "")


def pages(found: JobPage, state: str) -> dict[str, str]:
    """For the pager: what is shown, and the addresses beside it."""
    query = f"?lage={ADDRESSES[state]}&sida=" if state else "?sida="
    text = ngettext("%(n)s körning.", "%(n)s körningar.", found.total) % {"n": found.total}
    return {
        "text": text,
        "previous": f"{query}{found.page - 1}" if found.page > 1 else "",
        "next": f"{query}{found.page + 1}" if found.page < found.pages else "",
    }


def parts(row: Any, now: datetime, *, href: str, failed: str) -> dict[str, Any]:
    """What the job macro shows: steps, share done, how long, and whether to ask again at `href`."""
    seconds = int((now - row.created_at).total_seconds())
    return {
        "steps": steps(row),
        "percent": percent(row),
        "elapsed": elapsed(row, _seconds(row, now)),
        "started": _("Startades %(when)s.") % {"when": days.day_and_time(row.created_at)},
        "failed": failed,
        "poll_href": "" if row.state in ENDED else href,
        "poll_every": next((every for limit, every in POLL_EVERY if seconds < limit), SLOWEST),
        "ended": row.state in ENDED,
        "stopping": row.state == "running" and row.cancel_asked,
    }


def steps(row: Any) -> list[dict[str, str]]:
    """Each step and whether it is done, going on, still to come, or where it stopped."""
    here = {"waiting": 0, "done": 4}.get(row.state, 2 if row.done else 1)
    states = ["done" if at < here else "now" if at == here else "todo" for at in range(len(STEPS))]
    if row.state in ENDED_BADLY:
        states[min(here, 3)] = "failed"
    return [{"label": str(label), "state": state} for label, state in zip(STEPS, states, strict=True)]


def percent(row: Any) -> int | None:
    """The share done, when the whole is known."""
    if row.state == "done":
        return 100
    return min(100, row.done * 100 // row.total) if row.total and row.state == "running" else None


def _how_far(row: Any) -> str:
    share = percent(row)
    if row.state != "running" or not row.step:
        return ""
    if share is None:
        return row.step
    return _("%(step)s, %(n)s procent") % {"step": row.step, "n": share}


def _seconds(row: Any, now: datetime) -> int:
    return max(0, int(((row.finished_at or now) - row.created_at).total_seconds()))


def duration(seconds: int) -> str:
    """«3 minuter»."""
    if seconds < 1:
        return _("mindre än en sekund")
    if seconds < 60:
        return ngettext("%(n)s sekund", "%(n)s sekunder", seconds) % {"n": seconds}
    return ngettext("%(n)s minut", "%(n)s minuter", seconds // 60) % {"n": seconds // 60}


def elapsed(row: Any, seconds: int) -> str:
    """How long it took, or has gone on."""
    took = duration(seconds)
    if row.state in ENDED:
        return _("Det tog %(time)s.") % {"time": took}
    if row.done:
        return _("%(n)s poster är klara efter %(time)s.") % {"n": row.done, "time": took}
    return _("Har pågått i %(time)s.") % {"time": took}


def usual(time: timedelta | None) -> str:
    """How long it usually takes."""
    return _("Brukar ta %(time)s.") % {"time": duration(int(time.total_seconds()))} if time else ""


def failed(row: Any) -> str:
    """What to do about a job that ended without being done; "" for another."""
    if row.state == "cancelled":
        return _("Körningen avbröts. Det som hann sparas är kvar.")
    if row.state == "failed" and row.error == "WorkerLost":
        return _(
            "Körningen stannade flera gånger utan att bli klar. Kontakta förvaltningen innan du försöker "
            "igen."
        )
    if row.state == "failed":
        return _("Körningen gick inte att slutföra. Det som hann sparas är kvar.")
    return ""


def facts(found: OneJob) -> list[dict[str, str]]:
    """Who started the job, when, and what is kept for another try."""
    row = found.row
    told: Iterable[tuple[str, str]] = (
        (_("Läge"), row.get_state_display()),
        (_("Startades av"), found.by),
        (_("Startades"), days.day_and_time(row.created_at)),
        (_("Steg"), _how_far(row)),
        (_("Försök"), str(row.attempt) if row.attempt else ""),
        (_("Filen sparas till"), days.day(found.file_until) if found.file_until else ""),
    )
    return [{"label": label, "value": value} for label, value in told if value]


def may_retry(found: OneJob) -> bool:
    """One's own, ended badly, and with what it needs still there."""
    needs_file = found.row.kind == "import_record"
    return found.mine and found.row.state in ENDED_BADLY and (not needs_file or found.file_until is not None)


def may_cancel(found: OneJob) -> bool:
    """One's own that has not ended and has not been asked to stop already."""
    return found.mine and found.row.state not in ENDED and not found.row.cancel_asked
