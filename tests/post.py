"""What a person does to be reached by mail or text message, told in one word in tests."""

from typing import Any


def confirm(actor: Any) -> None:
    """Every address the person has chosen is confirmed by the code that was sent to it, and that was long
    ago: the codes are gone from the outbox.
    """
    from kring.access.policy.notices import Way
    from kring.notifications import codes, commands
    from kring.notifications.models import AddressCode

    for code in AddressCode.objects.filter(person_id=actor.person_id, ended_at=None):
        written = codes.letters_of(code)
        assert commands.confirm_address(by=actor, way=Way(code.way), written=written) == "yes"
    AddressCode.objects.filter(person_id=actor.person_id).delete()
