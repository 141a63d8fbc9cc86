"""What has been counted: a calculation of every indicator, its results, and their cells as they may be told.

Nothing here is about one child, and nothing unguarded is ever kept: what stands in these tables has been
through `indicators.disclosure`, and the tables refuse a hidden cell that still holds a figure, and a count
that is not rounded.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

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
