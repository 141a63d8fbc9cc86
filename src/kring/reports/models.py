"""A report of a year in an edition: what it was made from, its texts, its frozen parts, its publishing.

Parts are kept as they are shown, in words and figures, so that a later version of the code says nothing else.
None of it is about one child, and all of it was guarded before it came here.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from kring.followup.models import Calculation


class Report(models.Model):
    """One edition of one year's report.

    `versions`: the version of each definition that it was counted by. `review`: by table, how many cells are
    hidden and why, and how many of them could be worked out. `correction`: what a later edition puts right.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    correction = models.TextField(blank=True)
    calculation = models.ForeignKey(Calculation, models.PROTECT, related_name="+")
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    versions = models.JSONField(default=dict)
    review = models.JSONField(default=list)
    recovered = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, blank=True, help_text="Empty from the command line.")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="report_edition_once"),
            models.CheckConstraint(
                condition=Q(edition=1, correction="") | (Q(edition__gt=1) & ~Q(correction="")),
                name="report_later_edition_says_why",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by__isnull=True)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="report_asked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}:{self.edition}"


class Chapter(models.Model):
    """What people have written in a chapter. `writers`: everybody who has, by id."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="chapters")
    key = models.SlugField(max_length=30)
    introduction = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    writers = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="chapter_once_in_a_report")]

    def __str__(self) -> str:
        return self.key


class Part(models.Model):
    """A frozen piece of a chapter, as it is shown: most often one indicator. `facts`: what the next report
    compares itself with.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts")
    chapter = models.SlugField(max_length=30)
    slug = models.SlugField(max_length=80)
    place = models.PositiveSmallIntegerField()
    content = models.JSONField()
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "chapter", "slug"], name="part_once_in_a_chapter")
        ]

    def __str__(self) -> str:
        return f"{self.chapter} {self.slug}"


class Tables(models.Model):
    """All tables that a report rests on, as one file, made with the report."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="tables")
    package = models.BinaryField()

    def __str__(self) -> str:
        return str(self.report_id)


class Publication(models.Model):
    """That a report was published: by whom, at whose asking, and the paper as it was handed out then.

    `checksum`: of everything that the report says, so that a change can be shown.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="publication")
    asked_by = models.UUIDField()
    published_by = models.UUIDField()
    published_at = models.DateTimeField()
    checksum = models.CharField(max_length=64)
    pdf = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(published_by=F("asked_by")), name="publication_takes_two_people"
            )
        ]

    def __str__(self) -> str:
        return self.checksum[:12]
