"""A report on paper, and publishing it with that."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import translation

from kring.access.actors import Actor

from . import commands, queries
from .making import LANGUAGE
from .models import Publication
from .presenters import paper
from .queries import Opened


def pdf(found: Opened, on: date) -> bytes:
    """The report on paper; one that is not published says so on every page."""
    with translation.override(LANGUAGE):
        return paper.pdf(found, queries.every_part(found.report), on)


def publish(*, by: Actor, report_id: UUID) -> Publication:
    """Publish it with its paper. ReportRefusal as `commands.publish` says, before the paper is made."""
    found = queries.opened(report_id)
    commands.may_publish(by=by, report=found.report)
    checksum = queries.fingerprint(found.report)
    # The paper says when and as what it was published, so it is made from the row that is to be.
    to_be = Publication(report=found.report, published_at=by.now, checksum=checksum)
    return commands.publish(
        by=by,
        report_id=report_id,
        checksum=checksum,
        pdf=pdf(replace(found, publication=to_be), by.today),
    )
