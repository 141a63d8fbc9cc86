"""How a row of the access log is bound to the row before it: a keyed digest, pure and without a database."""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

BOUND_FIELDS = [
    "at",
    "action",
    "outcome",
    "person_id",
    "role",
    "unit_id",
    "child_id",
    "rule",
    "purpose",
    "what",
    "object_id",
    "reason",
]  # everything but the place, which is bound by name below


def digest_of(key: bytes, previous: str, chain: int, position: int, content: dict[str, str]) -> str:
    """The digest that a row must carry, given the digest before it (empty for a chain's first row)."""
    message = json.dumps([previous, chain, position, content], sort_keys=True, ensure_ascii=False)
    return hmac.new(key, message.encode(), sha256).hexdigest()


def content_of(row: Any) -> dict[str, str]:
    """The words that are bound. Moments are bound to the microsecond, in UTC."""
    values = {name: getattr(row, name) for name in BOUND_FIELDS}
    moment = values.pop("at")
    return {"at": f"{moment.timestamp():.6f}"} | {
        name: "" if v is None else str(v) for name, v in values.items()
    }


@dataclass(frozen=True)
class Fault:
    """A place in the log where what stands there is not what was written."""

    chain: int
    position: int
    kind: str

    def __str__(self) -> str:
        return f"chain {self.chain}, row {self.position}: {self.kind}"


def faults_in(key: bytes, chain: int, rows: Iterable[Any], head: tuple[int, str]) -> Iterator[Fault]:
    """Every altered, removed or reordered row of one chain, given its rows by position and its recorded head.

    After a fault the check goes on from the digest that stands in the row, so that one fault is told once.
    """
    previous, expected = "", 1
    for row in rows:
        if row.position != expected:
            yield from (Fault(chain, gone, "removed") for gone in range(expected, row.position))
        if not _fits(key, previous, chain, row, after_gap=row.position != expected):
            yield Fault(chain, row.position, "altered or moved")
        previous, expected = row.digest, row.position + 1
    yield from (Fault(chain, gone, "removed") for gone in range(expected, head[0] + 1))
    if expected == head[0] + 1 and previous != head[1]:
        yield Fault(chain, head[0], "altered or moved")


def _fits(key: bytes, previous: str, chain: int, row: Any, *, after_gap: bool) -> bool:
    # After a gap the digest before is unknown, so the row itself cannot be judged: the gap is already told.
    if after_gap:
        return True
    wanted = digest_of(key, previous, chain, row.position, content_of(row))
    return hmac.compare_digest(wanted, row.digest)
