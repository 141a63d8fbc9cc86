"""Whole rows of any table, made of nothing but what the table itself asks for."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from tests.cast import NOW

DAY = date(2026, 11, 16)
ALSO: dict[str, Callable[[], dict[str, Any]]] = {
    "children.AccessBlock": lambda: {"kind": "outer"},
    "children.CloseRelation": lambda: {
        "unit": a_row(apps.get_model("organisations.Unit")),
        "may_contact": True,
    },
    "plans.Evaluation": lambda: {"words": "Bra"},
    "followup.Cell": lambda: {"status": "few"},
    "followup.ChartDecision": lambda: {"kind": "split", "year": 2020, "reason": "Nytt arbetssätt"},
    "reports.Publication": lambda: {"pdf": b"%PDF"},
    "reports.Tables": lambda: {"package": b"PK"},
    "family_messages.Thread": lambda: {"answer_by": DAY},
    "notifications.Delivery": lambda: {"code": a_row(apps.get_model("notifications.AddressCode"))},
}
"""What a table asks for by a constraint, beyond what its columns ask for."""
_NUMBER = count(1)


def own_models() -> list[type[models.Model]]:
    """Every table of Kring's own; not those of what it is built on."""
    return [one for one in apps.get_models() if one.__module__.startswith("kring.")]


def a_row(model: type[models.Model], **fields: Any) -> models.Model:
    """A row in the database with everything it must have; `fields` as they are given.

    Written past `save`, which a table may have closed: here it is the database that is asked.
    """
    (made,) = model._base_manager.bulk_create([_whole(model, fields)])
    return made


def _whole(model: type[models.Model], fields: dict[str, Any]) -> models.Model:
    needed = {
        one.name: _value(one)
        for one in model._meta.local_fields
        if not (one.null or one.has_default() or one.blank or isinstance(one, models.AutoField))
        and one.name not in fields
        and one.attname not in fields
    }
    also = ALSO.get(model._meta.label, dict)()
    return model(**(needed | also | fields))


def _word(longest: int) -> str:
    """A word that no other row has, as long as its column holds; only one database minds a longer one."""
    n, letters = next(_NUMBER), ""
    while len(letters) < min(longest, 6):
        n, rest = divmod(n, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _value(field: models.Field) -> Any:
    if field.is_relation:
        return a_row(field.related_model)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.CharField):
        return _word(field.max_length or 20)
    plain = {
        models.TextField: "x",
        models.DateTimeField: NOW,
        models.DateField: DAY,
        models.UUIDField: uuid4(),
        models.BooleanField: False,
        models.JSONField: {},
    }
    return next((value for kind, value in plain.items() if isinstance(field, kind)), 1)
