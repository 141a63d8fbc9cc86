"""What the families of the cast have written to their units, and what has been answered."""

from collections.abc import Callable
from uuid import UUID

from kring.access.actors import Actor
from kring.care.messages import commands
from kring.care.messages.models import Thread
from kring.organisations.models import Unit

At = Callable[..., Actor]
BATH = (
    (-12, "maria", "Alva ska bada med klassen på torsdag.\nKan vi få bilder att visa innan?"),
    (-11, "karin", "Ja, de ligger i receptionen från i morgon.\nVisa dem gärna kvällen före."),
    (-6, "maria", "Tack! Det gick jättebra. Kan vi få bilder till tandläkaren också?"),
    (-5, "karin", "Vad roligt att höra. Vi gör tandläkarbilder och skickar hem dem med Alva."),
)
TALK = (
    (-4, "noa", "Kan jag få en tid där bara jag är med? Jag vill inte att de hemma är med då."),
    (-3, "karin", "Ja, det kan du. Jag har en tid på torsdag kl. 15. Passar det?"),
)
TIRED = "Alva är ofta trött på eftermiddagen. Går det att få en tid på förmiddagen nästa gång?"
TRAINING = "Vi undrar hur länge vi ska träna varje dag. Alva blir ledsen när det tar lång tid."
ROLES = {"maria": "guardian", "johan": "guardian", "noa": "child"}

Said = tuple[int, str, str]


def write_them(at: At, child_id: Callable[[str], UUID]) -> None:
    """Maria has an answer from Karin and a question that waits; Johan's has waited too long; Noa writes for
    herself, and nobody at home sees it.
    """
    commands.set_answer_time(by=at("eva", -30), weekdays=3)
    alva, noa = child_id("alva"), child_id("noa")
    _told(at, alva, "Bilder till badet", "all", BATH)
    _told(at, alva, "Tiden den 26 november", "care_only", ((-1, "maria", TIRED),))
    _told(at, alva, "Hur tränar vi hemma?", "care_only", ((-8, "johan", TRAINING),))
    _told(at, noa, "Prata utan någon hemifrån", "default", TALK)


def _told(at: At, child_id: UUID, title: str, visibility: str, said: tuple[Said, ...]) -> Thread:
    (days, who, text), *after = said
    unit_id = Unit.objects.get(key="hh-habilitering-boras").pk
    thread = commands.begin_thread(
        by=at(who, days, ROLES[who]),
        child_id=child_id,
        unit_id=unit_id,
        title=title,
        text=text,
        visibility=visibility,
    )
    for later, writer, words in after:
        by = at(writer, later, ROLES.get(writer))
        commands.read(by=by, thread_id=thread.pk)
        thread.refresh_from_db()
        commands.write(by=by, thread_id=thread.pk, text=words, seen=thread.revision)
    return thread
