"""The family's extract of who has read (8.7, PDL 8:5, ruling 17). It stands after 8.5: both must say yes."""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny, masked, require
from kring.access.policy.sources import law, ruling


class ExtractReader(StrEnum):
    """Who asks for the extract of who has read."""

    CHILD = "child"
    GUARDIAN = "guardian"
    OTHER = "other"


@dataclass(frozen=True)
class ExtractFacts(Facts):
    """`opens_pages`: 8.5 lets the reader into the pages; `hidden`: the line is about something hidden from
    the reader; the ages as in 8.5.
    """

    reader: ExtractReader = ExtractReader.OTHER
    opens_pages: bool = False
    under_guardian_limit: bool = False
    has_own_e_services: bool = False
    has_own_record: bool = False
    mature_for_record: bool = False
    hidden: bool = True


EXTRACT = Table(
    "8.7 b",
    "Vem som får logguttaget",
    ExtractFacts,
    law("8.7.extract.none", "Logguttaget lämnas bara till barnet och dess vårdnadshavare.", "PDL 8:5"),
    (
        require(
            law("8.7.extract.pages", "Den som inte når barnets sidor får inget uttag.", "PDL 8:5"),
            opens_pages=True,
        ),
        deny(
            ruling("8.7.extract.older", "Från 13 år lämnas uttaget inte till vårdnadshavare.", 17),
            reader=ExtractReader.GUARDIAN,
            under_guardian_limit=False,
        ),
        deny(
            ruling(
                "8.7.extract.young",
                "Barnet får uttaget från 16 år, eller när det läser sin egen journal.",
                17,
            ),
            reader=ExtractReader.CHILD,
            has_own_record=False,
            mature_for_record=False,
        ),
        deny(
            ruling("8.7.extract.under_13", "Före 13 år finns ingen egen läsning att bygga på.", 17),
            reader=ExtractReader.CHILD,
            has_own_e_services=False,
        ),
        deny(
            ruling("8.7.extract.concern", "En läsning av något dolt syns inte i vårdnadshavarens uttag.", 17),
            reader=ExtractReader.GUARDIAN,
            hidden=True,
        ),
        allow(
            law("8.7.extract.guardian", "Vårdnadshavaren får uttaget för sitt yngre barn.", "PDL 8:5"),
            reader=ExtractReader.GUARDIAN,
        ),
        masked(
            ruling("8.7.extract.hidden", "En läsning av något dolt visas för barnet som enhet och tid.", 17),
            reader=ExtractReader.CHILD,
            hidden=True,
        ),
        allow(
            law("8.7.extract.child", "Barnet får uttaget över vem som har läst.", "PDL 8:5"),
            reader=ExtractReader.CHILD,
        ),
    ),
)
