"""What the gate itself keeps: which submissions have been carried out."""

from django.db import models


class Submission(models.Model):
    """A form that was carried out once. Sent again (a double click, a reload, a retry), it gives the same
    answer.
    """

    key = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
