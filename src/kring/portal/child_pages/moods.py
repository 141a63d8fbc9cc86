"""S82 «Hur mår jag?»: the faces, the places of the body and what it may be about, each a picture and word.

The smallest meet fewer at a time. The values are those that are kept (`care.monitoring`).
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from .rules import EARLY
from .steps import Choice, Step

FACES = (
    Choice("great", _("Jättebra"), "feel-great"),
    Choice("good", _("Bra"), "feel-good"),
    Choice("ok", _("Okej"), "feel-ok"),
    Choice("sad", _("Inte bra"), "feel-sad"),
    Choice("awful", _("Jättedåligt"), "feel-awful"),
    Choice("dont_know", _("Jag vet inte"), "dont-know"),
)
SMALL_FACES = {"good", "ok", "sad", "dont_know"}
PLACES = (
    Choice("head", _("Huvudet"), "head"),
    Choice("throat", _("Halsen"), "throat"),
    Choice("chest", _("Bröstet"), "chest"),
    Choice("tummy", _("Magen"), "tummy"),
    Choice("arms", _("Armarna"), "arms"),
    Choice("legs", _("Benen"), "legs"),
)
SMALL_PLACES = {"head", "tummy", "arms", "legs"}
ABOUT = Step(
    3,
    "mood",
    "speech",
    _("Vad handlar det om?"),
    _("Vad handlar det om?"),
    field="words",
    choices=(
        Choice("school", _("Skolan"), "school"),
        Choice("home", _("Hemma"), "home"),
        Choice("friends", _("Kompisar"), "friends"),
        Choice("body", _("Kroppen"), "body"),
        Choice("sleep", _("Sömnen"), "sleep"),
        Choice("visit", _("Ett besök"), "hospital"),
    ),
)


def faces_for(mode: str, kept: str = "") -> list[Choice]:
    """Five faces and «Jag vet inte»; three for the smallest, and the one that is chosen already."""
    few = {*SMALL_FACES, kept}
    return [one for one in FACES if mode != EARLY or one.value in few]


def places_for(mode: str, kept: Sequence[str] = ()) -> list[Choice]:
    """Six places of the body; four for the smallest, and those that are chosen already."""
    few = {*SMALL_PLACES, *kept}
    return [one for one in PLACES if mode != EARLY or one.value in few]


def face_of(value: str) -> Choice | None:
    """The face that is kept as this value."""
    return next((one for one in FACES if one.value == value), None)


def places_of(values: Sequence[str]) -> list[Choice]:
    """The places that are kept as these values, from the head down."""
    return [one for one in PLACES if one.value in values]
