"""Reading the log: is it whole, and what does it say of one child."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from .chain import Fault, faults_in
from .key import audit_key
from .models import AccessLogRow, ChainHead


def faults() -> Iterator[Fault]:
    """Every place where the log is not what was written."""
    for head in ChainHead.objects.order_by("chain"):
        rows = AccessLogRow.objects.filter(chain=head.chain).order_by("position").iterator(2000)
        yield from faults_in(audit_key(), head.chain, rows, (head.position, head.digest))


def seal() -> dict[str, list[object]]:
    """Place and digest of every chain now: kept outside the database, it later proves that no tail was
    cut off.
    """
    heads = ChainHead.objects.order_by("chain").values_list("chain", "position", "digest")
    return {str(chain): [position, digest] for chain, position, digest in heads}


def seal_words(seal: dict[str, list[object]]) -> str:
    """A short fingerprint of a seal, to be read out or written on paper."""
    return sha256(json.dumps(seal, sort_keys=True).encode()).hexdigest()[:16]


def faults_against(path: Path) -> Iterator[Fault]:
    """Where the log no longer holds what an earlier seal says it held."""
    for chain, (position, digest) in json.loads(path.read_text()).items():
        row = AccessLogRow.objects.filter(chain=chain, position=position).first()
        if position and (row is None or row.digest != digest):
            yield Fault(int(chain), position, "not what the seal says")
