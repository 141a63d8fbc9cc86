"""What the families of the cast have written to their units, and what has been answered."""

from collections.abc import Callable
from uuid import UUID

from kring.access.actors import Actor
from kring.care.messages import commands
from kring.care.messages.models import Thread
from kring.organisations.models import Unit

At = Callable[..., Actor]


def write_them(at: At, child_id: Callable[[str], UUID]) -> None:
    """Maria has an answer from Karin and a question that waits; Johan's has waited too long; Noa writes for
    herself, and nobody at home sees it.
    """
    karins = Unit.objects.get(key="hh-habilitering-boras").pk
    commands.set_answer_time(by=at("eva", -30), weekdays=3)

    def begun(
        who: str, days: int, about: str, title: str, text: str, seen_by: str, unit: UUID = karins
    ) -> Thread:
        by = at(who, days, "child" if who == about else "guardian")
        return commands.begin_thread(
            by=by, child_id=child_id(about), unit_id=unit, title=title, text=text, visibility=seen_by
        )

    def on(who: str, days: int, thread: Thread, text: str, role: str | None = None) -> None:
        thread.refresh_from_db()
        commands.write(by=at(who, days, role), thread_id=thread.pk, text=text, seen=thread.revision)

    pictures = begun(
        "maria",
        -12,
        "alva",
        "Bilder till badet",
        "Alva ska bada med klassen på torsdag.\nKan vi få bilder att visa innan?",
        "all",
    )
    commands.read(by=at("karin", -11), thread_id=pictures.pk)
    on("karin", -11, pictures, "Ja, de ligger i receptionen från i morgon.\nVisa dem gärna kvällen före.")
    on("maria", -6, pictures, "Tack! Det gick jättebra. Kan vi få bilder till tandläkaren också?", "guardian")
    on("karin", -5, pictures, "Vad roligt att höra. Vi gör tandläkarbilder och skickar hem dem med Alva.")
    begun(
        "maria",
        -1,
        "alva",
        "Tiden den 26 november",
        "Alva är ofta trött på eftermiddagen. Går det att få en tid på förmiddagen nästa gång?",
        "care_only",
    )
    begun(
        "johan",
        -8,
        "alva",
        "Hur tränar vi hemma?",
        "Vi undrar hur länge vi ska träna varje dag. Alva blir ledsen när det tar lång tid.",
        "care_only",
    )
    talk = begun(
        "noa",
        -4,
        "noa",
        "Prata utan någon hemifrån",
        "Kan jag få en tid där bara jag är med? Jag vill inte att de hemma är med då.",
        "default",
    )
    on("karin", -3, talk, "Ja, det kan du. Jag har en tid på torsdag kl. 15. Passar det?")
