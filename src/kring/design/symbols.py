"""Picture symbols for children (bildstöd) and the Swedish word each is always shown with.

Drawn for Kring and given away under CC0 1.0 (static/design/LICENSE-drawings.txt): the usual pictogram
sets may not be shipped in open source meant for any use. A presenter hands `(id, word)` to the macro
`symbol` or `picture_card`; another word may be used where the sentence needs it, but never none.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Promise | str] = MappingProxyType(
    {
        "plan": _("Min plan"),
        "feel-great": _("Jättebra"),
        "feel-good": _("Bra"),
        "feel-ok": _("Okej"),
        "feel-sad": _("Inte bra"),
        "feel-awful": _("Jättedåligt"),
        "feelings": _("Hur mår jag?"),
        "meeting": _("Mina möten"),
        "adults": _("Mina vuxna"),
        "my-contact": _("Din egen kontakt"),
        "speech": _("Prata"),
        "messages": _("Meddelanden"),
        "book": _("Läsa"),
        "good-to-know": _("Bra att veta"),
        "calendar": _("Mina tider"),
        "days": _("Veckans dagar"),
        "listen": _("Lyssna"),
        "pause": _("Paus"),
        "school": _("Skolan"),
        "hospital": _("Sjukhuset"),
        "home": _("Hemma"),
        "whole-meeting": _("Hela mötet"),
        "a-while": _("En stund"),
        "before-meeting": _("Prata före mötet"),
        "send-picture": _("Skicka en bild eller text"),
        "someone-speaks": _("Någon pratar för mig"),
        "dont-know": _("Jag vet inte än"),
        "dont-want": _("Vill inte svara"),
        "good-at": _("Det här är jag bra på"),
        "hard": _("Det här är svårt"),
        "want": _("Det jag vill"),
        "no-talk": _("Vill inte prata om det"),
        "help": _("Hjälp"),
        "phone": _("Ringa"),
        "play": _("Leka"),
        "train": _("Min träning"),
        "eat": _("Äta"),
        "sleep": _("Sova"),
        "friends": _("Kompisar"),
        "teacher": _("Lärare"),
        "nurse": _("Sjuksköterska"),
        "doctor": _("Läkare"),
        "body": _("Kroppen"),
        "clock": _("Klockan"),
        "thumb-up": _("Ja"),
        "thumb-middle": _("Lite"),
        "thumb-down": _("Nej"),
        "moon": _("Natt"),
        "sun": _("Dag"),
        "yes": _("Klart"),
        "no": _("Inte"),
        "who-sees": _("Får se"),
        "private": _("Bara jag"),
        "wait": _("Vi väntar"),
        "bus": _("Åka buss"),
        "car": _("Åka bil"),
        "pain": _("Ont"),
        "medicine": _("Medicin"),
        "quiet": _("Tyst och lugnt"),
        "draw": _("Rita"),
        "dog": _("Djur"),
        "computer": _("Möte på skärm"),
        "arrow": _("Sedan"),
        "new": _("Nytt"),
        "way": _("Vägen dit"),
        "waiting-room": _("Väntrum"),
        "stop": _("Stopp"),
        "look-plain": _("Vanlig sida"),
        "look-simple": _("Enkel vy"),
        "look-text": _("Mer att läsa"),
        "look-pictures": _("Mer bilder"),
        "head": _("Huvudet"),
        "throat": _("Halsen"),
        "chest": _("Bröstet"),
        "tummy": _("Magen"),
        "arms": _("Armarna"),
        "legs": _("Benen"),
        "siblings": _("Syskon"),
        "interpreter": _("Tolk"),
        "wheelchair": _("Rullstol"),
        "glasses": _("Glasögon"),
        "hearing-aid": _("Hörapparat"),
        "dentist": _("Tandläkare"),
        "swim": _("Simma"),
        "football": _("Fotboll"),
        "music": _("Musik"),
        "culture": _("Teater och bio"),
        "tired": _("Trött"),
        "angry": _("Arg"),
        "scared": _("Rädd"),
        "proud": _("Stolt"),
        "night-bag": _("Väska för natten"),
    }
)


def word(symbol: str) -> str:
    """The word under a symbol, in the reader's language; KeyError when there is no such symbol."""
    return str(WORDS[symbol])
