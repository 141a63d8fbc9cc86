"""Notices in a person's own list."""

from django.db import models

from kring.organisations.models import Person


class Notice(models.Model):
    """That something waits for a person. Which child it is about is kept nowhere here; `about` leads there
    by the gate.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24)
    about = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "about"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
