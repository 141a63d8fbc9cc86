"""Plain rows for the words of the staff's pages: made in a line, never asked of a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OURS, THEIRS, CHILD = UUID(int=1), UUID(int=2), UUID(int=3)


def actor(*permissions: str, unit_id: UUID = OURS) -> Row:
    """Someone at our unit who may do everything, or only what is named."""
    return Row(today=TODAY, now=NOW, unit_id=unit_id, may=lambda one: not permissions or one in permissions)


def child(**fields: Any) -> Row:
    whole = {
        "pk": CHILD, "name": "Alva Berg", "birth_date": date(2016, 3, 12), "birth_precision": "day",
        "protection": "none", "communication": "Bildstöd", "municipality": Row(name="Borås"),
        "interpreter_language": "",
    }  # fmt: skip
    return Row(**(whole | fields))


def unit(name: str = "BUM Borås", pk: UUID = OURS, **fields: Any) -> Row:
    return Row(**({"pk": pk, "name": name, "phone": "", "phone_hours": ""} | fields))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
