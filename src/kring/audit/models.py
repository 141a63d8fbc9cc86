"""The log's rows and the heads of its chains."""

from typing import Any

from django.db import models


class Action(models.TextChoices):
    """What was done (HSLF-FS 2016:40 4 kap. 9 §: reading counts as much as writing)."""

    READ = "read"
    LIST = "list"
    SEARCH = "search"
    WRITE = "write"
    PRINT = "print"
    EXPORT = "export"
    IMPORT = "import"
    LOG_IN = "log_in"
    LOG_OUT = "log_out"


class Outcome(models.TextChoices):
    ALLOWED = "allowed"
    REFUSED = "refused"


class AccessLogRow(models.Model):
    """One act. `chain` and `position` give its place, `digest` binds it to the row before."""

    id = models.BigAutoField(primary_key=True)
    chain = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=8, choices=Action)
    outcome = models.CharField(max_length=8, choices=Outcome)
    person_id = models.UUIDField(null=True)
    role = models.CharField(max_length=32, blank=True)
    unit_id = models.UUIDField(null=True)
    child_id = models.UUIDField(null=True)
    rule = models.CharField(max_length=40)
    purpose = models.CharField(max_length=24)
    what = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="access_log_place_once")]
        indexes = [models.Index(fields=["child_id", "at"]), models.Index(fields=["person_id", "at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.what} at {self.chain}:{self.position}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("The access log is written with kring.audit.commands.record and never changed.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The access log is never deleted from.")


class ChainHead(models.Model):
    """The last place and digest of one chain. Several chains let writers go on without waiting for each
    other.
    """

    chain = models.PositiveSmallIntegerField(primary_key=True)
    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain}:{self.position}"
