"""Noa, 15, whom three care units and a private one have written about: what each of the cast then sees."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from kring.access.policy.blocking import BlockKind
from kring.children.models import AccessBlock, CareRelation, EmergencyAccess, MaturityAssessment
from kring.secrecy.queries.standings import entries_about, standings
from kring.secrecy.rules.choices import ActiveChoice
from kring.timeline.models import Event
from tests.cast import NOW

BUP, HAB, BUM, PRIVATE = "sas-bup-boras", "hh-habilitering-boras", "sas-bum-boras", "bokskogen-boras"
TODAY = date(2026, 11, 16)
CHOSEN = ActiveChoice.read({"units": "care", "providers": "care"})


class World:
    """Noa and what is written about her."""

    def __init__(self, cast) -> None:
        self.cast, self.child = cast, cast.child("noa")
        for key in (BUM, PRIVATE):
            self.meet(key)

    def meet(self, key: str) -> None:
        fields = {"unit": self.cast.unit(key), "starts_on": TODAY - timedelta(days=90)}
        CareRelation.objects.get_or_create(child=self.child, **fields)

    def wrote(self, key: str, day: date | None = TODAY, title: str = "Längd") -> Event:
        """An entry of a unit, documented on a day, or on one that is not known."""
        unit = self.cast.unit(key)
        return Event.objects.create(
            child=self.child, kind="observation", unit=unit, effective_at=NOW, recorded_at=NOW, title=title,
            documented_on=day, source="journal",
        )  # fmt: skip

    def blocked(self, key: str, kind: str = "inner", **more) -> AccessBlock:
        unit = self.cast.unit(key)
        fields = {"created_at": NOW - timedelta(hours=1), "controller": unit.controller} | more
        fields["unit"] = unit if kind == BlockKind.INNER else None
        return AccessBlock.objects.create(child=self.child, kind=kind, **fields)

    def judged(self, question: str = "block", mature: bool = True) -> MaturityAssessment:
        return MaturityAssessment.objects.create(
            child=self.child,
            question=question,
            mature_from=TODAY if mature else None,
            grounds="Förstår vad det innebär",
            unit=self.cast.unit(BUP),
            assessed_by=self.cast.david,
            assessed_at=NOW - timedelta(days=1),
        )

    def urgent(self, actor, kind: str = "inner", **more) -> EmergencyAccess:
        fields = {"danger": True, "indispensable": True, "consent_impossible": True, "reason": "Medvetslös"}
        fields |= {"revealed_at": NOW, "opened_at": NOW, "ends_at": NOW + timedelta(hours=1)} | more
        who = {"person_id": actor.person_id, "unit_id": actor.unit_id}
        return EmergencyAccess.objects.create(child=self.child, kind=kind, **who, **fields)

    def seen(self, actor, choice: ActiveChoice = CHOSEN) -> set:
        """The keys of the entries that an actor is shown."""
        rows = entries_about(self.child).filter(standings(actor, self.child, choice).shown())
        return set(rows.values_list("pk", flat=True))

    def rules(self, actor, choice: ActiveChoice = CHOSEN) -> dict:
        """(unit, block) -> the rule that decides."""
        rows = standings(actor, self.child, choice).rows
        return {(one.unit.key, one.block.value): one.decision.rule_id for one in rows}


def connected(actor):
    """An actor whose care provider takes part in cross-provider sharing."""
    return replace(actor, shares_across_providers=True)


def later(actor, **time):
    """The same actor some time afterwards."""
    return replace(actor, now=actor.now + timedelta(**time))


def at(actor, moment: datetime):
    return replace(actor, now=moment)
