"""Where an uploaded file waits until its job has read it: readable by the service only, under a name that
says nothing.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File


def folder() -> Path:
    """The folder, made when it is missing."""
    path = Path(settings.VAR) / "incoming"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(upload: "File[bytes]") -> UUID:
    """Put an upload aside; answers with the name to find it by."""
    name = uuid4()
    path = folder() / str(name)
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for block in upload.chunks():
            file.write(block)
    return name


def find(name: UUID) -> IO[bytes]:
    """Open what was put aside. Raises FileNotFoundError when it is gone."""
    return (folder() / str(name)).open("rb")


def remove(name: UUID) -> None:
    """Throw away what has been read in."""
    (folder() / str(name)).unlink(missing_ok=True)


def kept() -> dict[UUID, datetime]:
    """Every upload that stands here, and when it was put aside."""
    found = {}
    for path in folder().iterdir():
        try:
            found[UUID(path.name)] = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (ValueError, FileNotFoundError):
            continue  # not ours, or thrown away while we looked
    return found
