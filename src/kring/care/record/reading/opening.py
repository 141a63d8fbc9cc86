"""Opening what was sent: plain or gzip (told by its first bytes, never by its name), with a limit on what it
unpacks to.
"""

import gzip
import hashlib
import io
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from kring.care.record.rules.faults import Fault, Refused

GZIP = b"\x1f\x8b"
STANDARD_INPUT = "-"
_MEGABYTE = 1024 * 1024
_BLOCK = 256 * 1024
_IN_MEMORY = 8 * _MEGABYTE


def files_of(named: str) -> list[tuple[str, Path]]:
    """(shown name, path) of a file or of every file in a folder, in the order of their names.

    Raises:
        Refused: nothing is there.
    """
    path = Path(named)
    if path.is_dir():
        found = sorted(
            below for below in path.rglob("*") if below.is_file() and not below.name.startswith(".")
        )
        files = [below for below in found if _looks_like_json(below.name)]
        if not files:
            raise Refused(Fault.NO_FILES)
        return [(str(file.relative_to(path)), file) for file in files]
    if not path.is_file():
        raise Refused(Fault.UNREADABLE_FILE)
    return [(path.name, path)]


def _looks_like_json(name: str) -> bool:
    bare = name.lower().removesuffix(".gz")
    return bare.endswith((".json", ".ndjson", ".jsonl")) or name.lower().endswith(".gz")


@contextmanager
def opened(named: Path | str) -> Iterator[IO[bytes]]:
    """A file that can be read from its start again; what is piped in is first written to a temporary file.

    Raises:
        Refused: it cannot be opened.
    """
    if named == STANDARD_INPUT:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
            while block := sys.stdin.buffer.read(_BLOCK):
                spooled.write(block)
            spooled.seek(0)
            yield spooled
        return
    try:
        file = open(named, "rb")  # noqa: SIM115
    except OSError as error:
        raise Refused(Fault.UNREADABLE_FILE) from error
    with file:
        yield file


def digest_of_bytes(file: IO[bytes]) -> str:
    """SHA-256 of the bytes as they came; leaves the file at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def unpacked(file: IO[bytes], limit: int) -> io.BufferedReader:
    """The content, unpacked when it is gzip. Reading raises Refused when it is broken or larger than `limit`
    bytes.
    """
    start = file.read(4)
    file.seek(0)
    if not start:
        raise Refused(Fault.EMPTY)
    if start.startswith(b"PK\x03\x04"):
        raise Refused(Fault.ZIP)
    inner: Any = gzip.GzipFile(fileobj=file, mode="rb") if start.startswith(GZIP) else file
    return io.BufferedReader(_Limited(inner, limit), _BLOCK)


class _Limited(io.RawIOBase):
    """Passes bytes on until there are too many of them: a small packed file can hold a very large one."""

    def __init__(self, inner: Any, limit: int) -> None:
        self._inner, self._limit, self._seen = inner, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._inner.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise Refused(Fault.BROKEN_GZIP) from error
        self._seen += len(block)
        if self._seen > self._limit:
            raise Refused(Fault.TOO_LARGE, limit=self._limit // _MEGABYTE)
        buffer[: len(block)] = block
        return len(block)
