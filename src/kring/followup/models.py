"""What has been counted: a calculation of every indicator, its results, and their cells as they may be told.

Nothing here is about one child, and nothing unguarded is ever kept: what stands in these tables has been
through `indicators.disclosure`, and the tables refuse a hidden cell that still holds a figure, and a count
that is not rounded.
"""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from .rules.decisions import Kind
from .rules.statuses import HIDDEN, ROUNDING, SHOWN


class Calculation(models.Model):
    """Every indicator counted once from one delivery of data, frozen: never changed, only followed by others.

    `data_version`: the checksum of the files it was counted from. `tables`: what the delivery held, in
    numbers that say nothing of anybody (rows a year). `quality`: what looked odd in it, counts guarded.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    data_version = models.CharField(max_length=64)
    source = models.CharField(max_length=120, help_text="Where the data came from, in words.")
    synthetic = models.BooleanField(help_text="Made-up data: every page and file must say so.")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    tables = models.JSONField(default=list)
    quality = models.JSONField(default=list)
    made_at = models.DateTimeField()
    started_by = models.UUIDField(null=True, blank=True, help_text="Who asked for it; no foreign key.")

    class Meta:
        indexes = [models.Index(fields=["-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="calculation_years_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year}-{self.last_year} {self.data_version[:8]}"


class Result(models.Model):
    """An indicator in a calculation, with the definition that it was counted by, as it read then."""

    calculation = models.ForeignKey(Calculation, models.CASCADE, related_name="results")
    slug = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calculation", "slug"], name="result_once_in_a_calculation")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Cell(models.Model):
    """One figure of one table, or why it is not told.

    `municipality`, `sex` and `age_band` are empty where the cell is not broken down by them; the municipality
    is `protected` for children whose place is told to nobody. `more`: what else stands beside the figure.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="cells")
    year = models.PositiveSmallIntegerField()
    municipality = models.CharField(max_length=9, blank=True)
    sex = models.CharField(max_length=7, blank=True)
    age_band = models.CharField(max_length=9, blank=True)
    status = models.CharField(max_length=14)
    n = models.PositiveBigIntegerField(null=True, blank=True)
    x = models.PositiveIntegerField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    more = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result", "municipality", "sex", "age_band", "year"], name="cell_once_in_a_result"
            ),
            models.CheckConstraint(
                condition=Q(status=SHOWN, n__isnull=False)
                | Q(
                    status__in=HIDDEN,
                    n__isnull=True,
                    x__isnull=True,
                    value__isnull=True,
                    lower__isnull=True,
                    upper__isnull=True,
                ),
                name="hidden_cell_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(n__isnull=True) | Q(n=F("n") / ROUNDING * ROUNDING), name="cell_n_is_rounded"
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True) | Q(x=F("x") / ROUNDING * ROUNDING), name="cell_x_is_rounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.municipality} {self.sex} {self.age_band}".strip()


class ChartDecision(models.Model):
    """What somebody has decided about an indicator's chart, with why. Taken back by another row, not removed.

    `place`: whose chart it is, a municipality's code or empty for the region. `number` counts the rows of a
    chart: two people who decide at once cannot both have the next. `year`: where new limits begin (split),
    the last year that they are counted from (fix), or from when a target holds. A note has its day and words,
    and the pilot that it came from where there is one. Who: role and unit as they were that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80)
    place = models.CharField(max_length=4, blank=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Kind])
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    words = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    pilot = models.UUIDField(null=True, blank=True, help_text="The pilot it came from; no foreign key.")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    by_id = models.UUIDField(help_text="The person; no foreign key, as it outlives people.")
    role = models.CharField(max_length=32)
    unit = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "place", "number"], name="chart_decision_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[Kind.SPLIT, Kind.FIX], year__isnull=False, value__isnull=True)
                | Q(kind=Kind.TARGET, year__isnull=False, value__isnull=False)
                | (Q(kind=Kind.NOTE, on__isnull=False) & ~Q(words=""))
                | Q(kind=Kind.UNDO, undoes__isnull=False),
                name="chart_decision_says_what",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.NOTE) | ~Q(reason=""), name="chart_decision_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.place} {self.number} {self.kind}".replace("  ", " ")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A decision about a chart is never changed: it is taken back by another.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A decision about a chart is never removed: it is taken back by another.")
