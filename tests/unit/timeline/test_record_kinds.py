"""What another system's record tells of is for those whose role reads the record."""

import pytest

from kring.care.record.rules.happenings import EVENT_KINDS, WITHDRAWN
from kring.timeline import queries
from kring.timeline.models import Event


def test_the_timeline_knows_every_kind_that_the_record_makes():
    assert set(queries.RECORD_KINDS) == set(EVENT_KINDS.values())
    assert queries.WITHDRAWN == WITHDRAWN


@pytest.mark.parametrize(
    ("who", "role", "sees"), [("karin", None, True), ("lena", "school_nurse", True), ("jonas", None, False)]
)
def test_a_title_from_the_record_is_hidden_from_a_role_that_does_not_read_it(cast, who, role, sees):
    actor = cast.actor(who, role)
    alva = cast.child("alva")
    for kind in ("condition", "first_contact"):
        Event.objects.create(
            child=alva,
            kind=kind,
            unit_id=actor.unit_id,
            effective_at=cast.now,
            recorded_at=cast.now,
            title="Språkstörning",
        )
    kinds = {event.kind for event in queries.events_of(actor, alva)}
    assert kinds == ({"condition", "first_contact"} if sees else {"first_contact"})


def test_what_was_corrected_or_withdrawn_is_told_once_or_not_at_all(cast):
    """A title that the source has called a mistake stands nowhere, for any role."""
    alva, karin = cast.child("alva"), cast.actor("karin")

    def told(kind: str, title: str, corrects: Event | None = None) -> Event:
        return Event.objects.create(
            child=alva,
            kind=kind,
            unit_id=karin.unit_id,
            effective_at=cast.now,
            recorded_at=cast.now,
            title=title,
            corrects=corrects,
        )

    told("condition", "Astma", corrects=told("condition", "Bronkit"))
    told(queries.WITHDRAWN, "Diabetes", corrects=told("condition", "Diabetes"))
    told("first_contact", "Samtal")
    assert {event.title for event in queries.events_of(karin, alva)} == {"Astma", "Samtal"}
    rector = cast.actor("jonas")
    Event.objects.filter(child=alva).update(unit=rector.unit_id)
    assert {event.title for event in queries.events_of(rector, alva)} == {"Samtal"}
