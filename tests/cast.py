"""The cast in tests: `cast.karin`, `cast.alva`, … and each as an actor.

The people stand in `src/kring/demo/cast.toml`, where the demo takes them from too. The clock of the
tests stands at Monday 16 November 2026, 10:00 in Stockholm, unless a test moves it.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.test import Client

import kring.organisations
from kring.access.actors import Actor, key_of, possible_actors
from kring.access.session import ACTING_AS, BACKEND, EPOCH, SEEN, STARTED, STRONG, WAYS
from kring.children.models import Child, Guardian
from kring.demo import cast as demo_cast
from kring.organisations.commands import load_region
from kring.organisations.models import Person, Unit

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
REGION = Path(kring.organisations.__file__).parent / "data" / "vgr.toml"


class Cast:
    """Looks people up by their short names."""

    now = NOW

    def __getattr__(self, subject: str) -> Person:
        if subject.startswith("_"):
            raise AttributeError(subject)
        return Person.objects.get(subject=subject)

    def child(self, subject: str) -> Child:
        return Child.objects.get(person__subject=subject)

    def guardian(self, subject: str) -> Guardian:
        return Guardian.objects.get(person__subject=subject)

    def unit(self, key: str) -> Unit:
        return Unit.objects.get(key=key)

    def actor(self, subject: str, role: str | None = None, now: datetime = NOW) -> Actor:
        """The person as an actor, strongly logged in; `role` chooses among several ways of acting."""
        ways = possible_actors(getattr(self, subject), now=now, strong_auth=True)
        return next(way for way in ways if role in (None, way.role))

    def log_in(self, client: Client, subject: str, role: str | None = None) -> Client:
        """Give a test client a session as that person, strongly logged in and with the way of acting
        chosen.
        """
        person, actor = getattr(self, subject), self.actor(subject, role)
        client.force_login(person, backend=BACKEND)
        session = client.session
        session.update({EPOCH: person.session_epoch, STRONG: True, WAYS: 1, ACTING_AS: key_of(actor)})
        session.update({SEEN: NOW.timestamp(), STARTED: NOW.timestamp()})
        session.save()
        return client


def set_up() -> Cast:
    """Load the region and the cast into the test database."""
    load_region(path=REGION)
    demo_cast.set_up(NOW)
    return Cast()
