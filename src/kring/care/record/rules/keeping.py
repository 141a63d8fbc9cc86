"""How long an uploaded file stays on the disk: it holds whole records, so no longer than it is needed."""

from dataclasses import dataclass
from datetime import date

from kring.timeline.limits import due_on

ENDED_BADLY = ("failed", "cancelled")
CLOCK = "upload_kept"


@dataclass(frozen=True)
class Upload:
    """An uploaded file: its job's state ("" when it has none), and the day of its end, else of the upload."""

    state: str
    on: date


def last_day(ended_on: date) -> date:
    """The last day on which a job that failed or was cancelled can be tried again with its file."""
    return due_on(CLOCK, ended_on)


def may_go(upload: Upload, today: date) -> bool:
    """Whether nothing needs the file any more.

    One without a job may belong to a request that is not finished yet, and so stays as long as one to retry.
    """
    if upload.state == "done":
        return True
    return upload.state in ("", *ENDED_BADLY) and today > last_day(upload.on)
