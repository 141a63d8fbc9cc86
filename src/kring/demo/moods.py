"""How the children of the cast say that they feel, to the unit that asks them."""

from collections.abc import Callable
from uuid import UUID

from kring.access.actors import Actor
from kring.care.monitoring import commands

At = Callable[..., Actor]


def ask_them(at: At, child_id: Callable[[str], UUID]) -> None:
    """Karin reads what Alva answers, Peter what Hugo answers. Alva has kept one answer from her guardians."""
    karin, peter = at("karin", -21), at("peter", -20)
    alva = commands.ask(by=karin, child_id=child_id("alva"), reader_id=karin.person_id)
    commands.ask(by=peter, child_id=child_id("hugo"), reader_id=peter.person_id)
    answers: tuple[tuple[int, str, list[str], str, bool], ...] = (
        (-18, "sad", ["tummy"], "Skolan\nDet var högt ljud i matsalen.", True),
        (-11, "ok", [], "Kompisar", False),
        (-4, "good", [], "Kompisar\nElsa och jag lekte hela rasten.", True),
    )
    for days, face, places, words, shown in answers:
        by = at("alva", days)
        commands.answer(by=by, asking_id=alva.pk, face=face, places=places, words=words)
        commands.send(by=by, asking_id=alva.pk, shown_to_guardians=shown)
        if days < -4:
            commands.note_read(by=at("karin", days + 1), child_id=child_id("alva"))
