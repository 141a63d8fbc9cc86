"""Writing to the access log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from .chain import content_of, digest_of
from .key import audit_key
from .models import AccessLogRow, ChainHead

CHAINS = 64


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is to be logged: the fields of `AccessLogRow` without its place and digest."""

    at: datetime
    action: str
    outcome: str = "allowed"
    person_id: UUID | None
    role: str = ""
    unit_id: UUID | None = None
    child_id: UUID | None = None
    rule: str
    purpose: str = "care"
    what: str
    object_id: str = ""
    reason: str = ""


def record(acts: Sequence[Act]) -> None:
    """Append acts to the log, in the caller's transaction: the act and its log row stand or fall together."""
    if acts:
        _append(acts)


@transaction.atomic
def _append(acts: Sequence[Act]) -> None:
    head = _free_head()
    rows = [AccessLogRow(**vars(act)) for act in acts]
    for row in rows:
        _bind(row, head)
    AccessLogRow.objects.bulk_create(rows)
    head.save(update_fields=["position", "digest"])


def _bind(row: AccessLogRow, head: ChainHead) -> None:
    row.chain, row.position = head.chain, head.position + 1
    row.digest = digest_of(audit_key(), head.digest, row.chain, row.position, content_of(row))
    head.position, head.digest = row.position, row.digest


def _free_head() -> ChainHead:
    """A chain that no other writer holds; only when all are held does a writer wait."""
    heads = ChainHead.objects.select_for_update(skip_locked=True).order_by("position")
    return heads.first() or _any_head()


def _any_head() -> ChainHead:
    # An empty table is a new database; ignoring conflicts lets two first writers make the heads at once.
    ChainHead.objects.bulk_create([ChainHead(chain=chain) for chain in range(CHAINS)], ignore_conflicts=True)
    return ChainHead.objects.select_for_update().order_by("chain")[0]
