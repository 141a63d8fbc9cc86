"""What another system's record tells of is for those whose role reads the record."""

import pytest

from kring.care.record.rules.happenings import EVENT_KINDS
from kring.timeline import queries
from kring.timeline.models import Event


def test_the_timeline_knows_every_kind_that_the_record_makes():
    assert set(queries.RECORD_KINDS) == set(EVENT_KINDS.values())


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
    kinds = set(queries.events_of(actor, alva.pk).values_list("kind", flat=True))
    assert kinds == ({"condition", "first_contact"} if sees else {"first_contact"})
