"""From the content of a file to parcels of entries: a Bundle, a single resource, or NDJSON with one of them
on each line.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from kring.care.record.rules.faults import Fault, Problem, Refused
from kring.care.record.rules.identity import clean
from kring.care.record.rules.structure import (
    BUNDLE_TYPES,
    WITH_REQUEST,
    address_fault,
    fault_of,
    request_fault,
)

from .exact import Reader, Unreadable, Value, digest_of
from .opening import GZIP

PARCEL = 1000
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Entry:
    """One resource as it was sent, and where it stood."""

    place: str
    tree: dict[str, Any]
    text: str
    digest: str
    full_url: str = ""
    request: dict[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass
class Parcel:
    """What is taken in together, in one database transaction; a `whole` one is taken in completely or not at
    all.

    `scope` names the fullUrls of the bundle that the entries come from, for the references between them.
    """

    entries: list[Entry]
    problems: list[Problem]
    whole: bool = False
    neighbours: list[Entry] = field(default_factory=list)
    total: int = 0

    @property
    def size(self) -> int:
        return len(self.entries) + len({problem.place for problem in self.problems})


def parcels(content: io.BufferedReader) -> Iterator[Parcel]:
    """Read a file to its end.

    Raises:
        Refused: it cannot be read any further; what was given before that stands by itself.
    """
    first = _through_next_text(content).removeprefix(_BOM)
    if not first.strip():
        raise Refused(Fault.EMPTY)
    _refuse_other_formats(first)
    second = _through_next_text(content)
    if second.strip() and _is_ndjson(first, second):
        yield from _lines(chain(first.splitlines(True), second.splitlines(True), content))
    else:
        yield from _document(_decoded(first + second + content.read()), prefix="")


def _is_ndjson(first: bytes, second: bytes) -> bool:
    """NDJSON has an object on its first line, or another at the start of its second; an indented document has
    neither.
    """
    if second.lstrip(b"\r\n").startswith(b"{"):
        return True
    line = first.decode("utf-8", "replace").strip()
    try:
        return line.endswith("}") and Reader(line).value(0)[1] == len(line)
    except Unreadable:
        return False


def _through_next_text(content: io.BufferedReader) -> bytes:
    """The next line that is not blank, with the blank ones before it, so that places told are those of the
    file.
    """
    found = b""
    while line := content.readline():
        found += line
        if line.strip(b" \t\r\n" + _BOM):
            break
    return found


def _refuse_other_formats(start: bytes) -> None:
    bare = start.lstrip()
    if start.startswith(GZIP):
        raise Refused(Fault.NOT_JSON)
    if b"\x00" in start[:4] or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(Fault.NOT_UTF8)
    if bare.startswith(b"<"):
        raise Refused(Fault.XML)
    if not bare.startswith(b"{"):
        raise Refused(Fault.NOT_JSON)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Fault.NOT_UTF8) from error


def _lines(lines: Iterator[bytes]) -> Iterator[Parcel]:
    """NDJSON: a line that cannot be read is told of, and the next one is tried."""
    waiting = Parcel([], [])
    for number, line in enumerate(lines, 1):
        for found in _line(line, f"rad {number}") if line.strip() else ():
            if found.neighbours:
                yield found
            else:
                waiting.entries += found.entries
                waiting.problems += found.problems
        if waiting.size >= PARCEL:
            yield waiting
            waiting = Parcel([], [])
    if waiting.size:
        yield waiting


def _line(line: bytes, place: str) -> Iterator[Parcel]:
    try:
        yield from _document(_decoded(line), prefix=place)
    except Refused as refused:
        told = refused.problem
        fault = {Fault.BROKEN_FILE: Fault.BROKEN_ENTRY, Fault.NOT_JSON: Fault.NOT_AN_OBJECT}.get(
            told.fault, told.fault
        )
        yield Parcel([], [Problem(place, fault, told.words)])


def _document(text: str, prefix: str) -> Iterator[Parcel]:
    """One JSON text: a Bundle or a single resource."""
    reader = Reader(text)
    start = reader.after_space(0)
    if text[start : start + 1] != "{":
        raise Refused(Fault.NOT_JSON)
    shape = _Shape(reader)
    try:
        # Most lines of NDJSON are no bundles, and need not be walked through to know it.
        single, end = (None, shape.walk(start)) if '"Bundle"' in text else reader.value(start)
        if reader.after_space(end) != len(text):
            raise Unreadable(text, reader.after_space(end))
        if single and single.fault is Fault.BROKEN_ENTRY:
            raise Unreadable(text, single.broken_at)
    except Unreadable as error:
        raise Refused(Fault.BROKEN_FILE, prefix, line=error.line, column=error.column) from error
    if shape.top.get("resourceType") == "Bundle":
        yield from _bundle(shape, prefix)
    else:
        yield _single(single or reader.value(start)[0], prefix)


def _single(value: Value, prefix: str) -> Parcel:
    entry, problem = _checked(value, _place(prefix, "", value.tree))
    return Parcel([entry] if entry else [], [problem] if problem else [], total=1)


class _Shape:
    """A walk through the top of a document: its own fields, and its entries with their exact resources."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.top: dict[str, Any] = {}
        self.entries: list[dict[str, Value]] | None = None

    def walk(self, at: int) -> int:
        return self.reader.members(at, self._field)

    def _field(self, name: str, at: int) -> int:
        if name == "entry" and self.reader.text[at : at + 1] == "[":
            self.entries = []
            return self.reader.items(at, self._entry)
        value, end = self.reader.value(at)
        self.top[name] = value.tree
        return end

    def _entry(self, index: int, at: int) -> int:
        found: dict[str, Value] = {}
        self.entries.append(found)  # type: ignore[union-attr]
        if self.reader.text[at : at + 1] != "{":
            found[""], end = self.reader.value(at)
            return end

        def member(name: str, at: int) -> int:
            value, end = self.reader.value(at)
            if name in found:
                value = Value(value.tree, value.text, Fault.DUPLICATE_FIELD, {"field": "resource"})
            found[name] = value
            return end

        return self.reader.members(at, member)


def _bundle(shape: _Shape, prefix: str) -> Iterator[Parcel]:
    kind = shape.top.get("type")
    if not isinstance(kind, str) or kind not in BUNDLE_TYPES:
        raise Refused(Fault.BUNDLE_TYPE, prefix)
    if "entry" in shape.top:
        raise Refused(Fault.BUNDLE_ENTRY, prefix)
    entries, problems = [], []
    for index, parts in enumerate(shape.entries or []):
        entry, problem = _of_bundle(parts, f"entry[{index}]", kind, prefix)
        if entry:
            entries.append(entry)
        if problem:
            problems.append(problem)
    total = len(shape.entries or [])
    if kind == "transaction":
        yield Parcel(entries, problems, whole=True, neighbours=entries, total=total)
        return
    for start in range(0, max(len(entries), 1), PARCEL):
        told = problems if start == 0 else []
        yield Parcel(entries[start : start + PARCEL], told, neighbours=entries or [], total=total)


def _of_bundle(
    parts: dict[str, Value], spot: str, kind: str, prefix: str
) -> tuple[Entry | None, Problem | None]:
    if "" in parts:
        return None, Problem(_place(prefix, spot, None), Fault.NOT_AN_OBJECT)
    resource, request = parts.get("resource"), parts.get("request")
    asked: Any = request.tree if request else None
    place = _place(prefix, f"{spot}.resource" if resource else spot, resource.tree if resource else None)
    if kind in WITH_REQUEST and (fault := request_fault(asked)):
        return None, Problem(place, fault)
    if resource is None:
        fault = (
            Fault.DELETES
            if isinstance(asked, dict) and asked.get("method") == "DELETE"
            else Fault.NO_RESOURCE
        )
        return None, Problem(place, fault)
    entry, problem = _checked(resource, place)
    if entry is None:
        return None, problem
    if kind in WITH_REQUEST and (fault := address_fault(asked, entry.tree)):
        return None, Problem(place, fault)
    entry.full_url = clean(parts["fullUrl"].tree, 4000) if "fullUrl" in parts else ""
    entry.request = asked if isinstance(asked, dict) and kind in WITH_REQUEST else {}
    return entry, None


def _checked(value: Value, place: str) -> tuple[Entry | None, Problem | None]:
    fault = value.fault or fault_of(value.tree)
    if fault:
        return None, Problem(place, fault, tuple(value.words.items()))
    try:
        return Entry(place, value.tree, value.text, digest_of(value.tree)), None
    except RecursionError:
        return None, Problem(place, Fault.TOO_DEEP)


def _place(prefix: str, spot: str, tree: Any) -> str:
    """Where something stood: `rad 3: entry[17].resource (Observation)`; only known words, as input may be
    hostile.
    """
    kind = tree.get("resourceType") if isinstance(tree, dict) else None
    named = f" ({kind})" if fault_of({"resourceType": kind}) is None else ""
    return ": ".join(part for part in (prefix, f"{spot}{named}".strip()) if part)
