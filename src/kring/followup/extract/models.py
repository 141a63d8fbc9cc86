"""How far the extract has come."""

from uuid import uuid4

from django.db import models


class Extract(models.Model):
    """One extract: what was read through which moment, and what came of it. No row is about a child.

    `data_version` names the files it left: the next extract goes on from the one whose files stand there.
    When nobody's do, or the `terms` (the key, the rules and whose rows go out, as a digest) have changed, it
    reads everything from the start.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_at = models.DateTimeField(help_text="Everything recorded before this moment has been read.")
    data_version = models.CharField(max_length=64)
    terms = models.CharField(max_length=64)
    from_start = models.BooleanField(help_text="Everything was read, not only what was new.")
    children = models.PositiveIntegerField()
    touched = models.PositiveIntegerField(help_text="Children whose rows were read again.")
    rows = models.JSONField(default=dict, help_text="Rows by table, in the files as they stand now.")
    written = models.PositiveIntegerField(help_text="Files written; the others stayed as they were.")
    started_by = models.UUIDField(null=True, blank=True, help_text="Who asked for it; no foreign key.")

    class Meta:
        indexes = [models.Index(fields=["-made_at"])]

    def __str__(self) -> str:
        return f"extract of {self.made_at:%Y-%m-%d}"
