"""Drawing a review from a large log as a job: it can be left, and bears being begun again."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring import clock
from kring.jobs.registry import Progress, job

from . import drawing
from .commands import JOB
from .models import Review


@job(JOB)
def draw_review(progress: Progress, *, review_id: str) -> dict[str, Any]:
    """Search the log for every pattern and keep the rows; the same seed gives the same rows again."""
    review = Review.objects.get(pk=UUID(review_id))

    def tell(done: int, total: int) -> None:
        progress.step(_("Söker i loggen"), total=total)
        progress.at(done)

    return {"rows": drawing.draw(review, now=clock.now(), tell=tell)}
