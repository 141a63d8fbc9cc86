"""Who takes records in when nobody is logged in."""

from datetime import datetime

from kring.access.actors import Actor
from kring.organisations.models import Person, Unit

SUBJECT = "machine.import"


def importer(unit: Unit, now: datetime) -> Actor:
    """The actor of an import from the command line, for the unit that documents: named as such in the log."""
    names = {"given_name": "Inläsning", "family_name": "från kommandoraden", "is_active": False}
    person, _ = Person.objects.get_or_create(subject=SUBJECT, defaults=names)
    return Actor(
        person_id=person.pk, role="machine", unit_id=unit.pk, unit_name=unit.name, now=now, name=person.name
    )
