"""What a paper hides: where a protected child may be found, and the names of protected staff (domain 8.8)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.facts import works_in_care
from kring.access.policy.decision import Outcome
from kring.access.policy.protected import FIELDS, Field, FieldShown, Grade, Viewer
from kring.children.models import Child, Guardian
from kring.organisations.models import Controller, Person, Unit


@dataclass(frozen=True)
class Mask:
    """How the paper of one child is masked for one reader. Without protection everything is shown."""

    grade: Grade
    today: date
    unit_id: UUID | None
    in_care: bool
    is_child: bool

    @classmethod
    def of(cls, actor: Actor, child: Child) -> "Mask":
        """The mask for this reader's paper about this child."""
        grade = Grade(child.protection)
        return cls(grade, actor.today, actor.unit_id, works_in_care(actor), actor.child_id == child.pk)

    def shows(self, field: Field, unit_id: UUID | None = None) -> bool:
        """Whether a field may stand on the paper; `unit_id`: the unit it is about.

        No written reason opens a field here: a reason opens one field on the screen, never a whole paper.
        """
        facts = FieldShown(grade=self.grade, field=field, viewer=self._viewer(unit_id))
        return FIELDS.decide(facts, on=self.today).outcome is Outcome.ALLOW

    def _viewer(self, unit_id: UUID | None) -> Viewer:
        if self.is_child:
            return Viewer.CHILD_ITSELF
        if self.in_care:
            return Viewer.UNIT_CONCERNED if unit_id and unit_id == self.unit_id else Viewer.OTHER_CARE
        return Viewer.MUNICIPALITY if self.unit_id else Viewer.GUARDIAN

    def unit(self, unit: Unit | None) -> str:
        """A unit's name, or «Dolt»."""
        return "" if unit is None else unit.name if self.shows(Field.UNIT, unit.pk) else _("Dolt")

    def controller(self, controller: Controller | None, unit: Unit | None = None) -> str:
        """The authority or provider that answers for something, or «Dolt»."""
        if controller is None:
            return ""
        return controller.name if self.shows(Field.UNIT, unit.pk if unit else None) else _("Dolt")

    def phone(self, unit: Unit | None) -> str:
        """A unit's phone with its hours, or nothing."""
        if unit is None or not unit.phone or not self.shows(Field.UNIT, unit.pk):
            return ""
        return f"{unit.phone} ({unit.phone_hours})" if unit.phone_hours else unit.phone

    def person(self, person: Person | None, unit: Unit | None = None) -> str:
        """A colleague's name and title; only the title for protected staff and around a protected child."""
        if person is None:
            return ""
        role = person.title or _("Personal")
        if person.protected_identity or not self.shows(Field.UNIT, unit.pk if unit else None):
            return role
        return f"{person.name}, {person.title.lower()}" if person.title else person.name

    def guardian(self, guardian: Guardian | None) -> str:
        """A guardian's name, or only the role; the child itself when there is none."""
        if guardian is None:
            return _("Barnet")
        hidden = guardian.protected_identity or not self.shows(Field.GUARDIANS)
        return _("Vårdnadshavare") if hidden else guardian.name
