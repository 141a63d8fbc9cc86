"""Alva's visits next week at three units, and people who answer for them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

UNITS = {"karin": 7, "sara": 9, "peter": 10}
"""Who books, and how many days from today: Monday, Wednesday and Thursday of next week, at ten."""


@pytest.fixture
def alva(cast):
    return cast.child("alva")


@pytest.fixture
def visits(cast, alva):
    from kring.care.contacts import commands
    from kring.children.commands import disclose

    karin = cast.actor("karin")
    shared = {"category": "appointment", "subject": uuid4(), "now": karin.now}
    disclose(child_id=alva.pk, unit_id=karin.unit_id, **shared)
    found = {}
    for subject, days in UNITS.items():
        by = cast.actor(subject)
        found[subject] = commands.book(by=by, child_id=alva.pk, starts_at=by.now + timedelta(days=days))
    return found


@pytest.fixture
def enter(cast):
    """A browser of one person's own."""

    def open_one(subject: str, role: str | None = None) -> Client:
        return cast.log_in(Client(), subject, role)

    return open_one
