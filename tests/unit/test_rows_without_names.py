"""What a row says of itself stands in logs, error pages and tracebacks: never a name, a number or a word
that somebody has written about a child (architecture, «no personal number or name in logs»)."""

import pytest
from django.db import models

from tests.unit.rows import a_row, own_models

pytestmark = pytest.mark.django_db

SECRET = "Zq"
OPEN_TO_ALL = {
    "organisations.Region",
    "organisations.Grouping",
    "organisations.Municipality",
    "organisations.Administration",
    "organisations.Controller",
    "organisations.Unit",
    "record.Source",
}
"""Places and systems: their names are on every sign."""
WORDS_OF_THE_HOUSE = {
    *("kind", "act", "way", "role", "rule", "what", "action", "source", "picked_by", "purpose", "category"),
    *("data_version", "slug", "status", "municipality", "sex", "age_band"),
    *("key", "chapter", "place", "checksum"),
}
"""Columns that hold a word of the code's own, never one that somebody has written."""

BESIDE = {"reports.Report": {"edition": 2}}
"""What must stand beside what is written: only a later edition corrects."""


def written(model: type[models.Model]) -> dict[str, str]:
    """Every column that people or other systems fill, each with something that must not be told."""
    return {
        one.name: f"{SECRET}{place}"[: one.max_length]
        for place, one in enumerate(model._meta.local_fields)
        if isinstance(one, (models.CharField, models.TextField))
        and not one.choices
        and not one.primary_key
        and one.name not in WORDS_OF_THE_HOUSE
    }


@pytest.mark.parametrize("model", own_models(), ids=lambda one: one.__name__)
def test_a_row_tells_nothing_that_somebody_has_written(model):
    row = a_row(model, **written(model), **BESIDE.get(model._meta.label, {}))
    assert str(row)
    assert (SECRET in str(row) or SECRET in repr(row)) is (model._meta.label in OPEN_TO_ALL)
