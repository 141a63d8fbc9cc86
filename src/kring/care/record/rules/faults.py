"""Everything that can be wrong with a delivery, in words that say what to do.

The words name places and fields, never what stands in them: those who read them may not see the child.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    """A reason. Those in `NOTES` are only told; the entry was taken in."""

    EMPTY = "empty"
    NOT_JSON = "not_json"
    XML = "xml"
    ZIP = "zip"
    NOT_UTF8 = "not_utf8"
    BROKEN_GZIP = "broken_gzip"
    TOO_LARGE = "too_large"
    BROKEN_FILE = "broken_file"
    BUNDLE_TYPE = "bundle_type"
    BUNDLE_ENTRY = "bundle_entry"
    WHOLE_BUNDLE = "whole_bundle"
    NO_FILES = "no_files"
    UNREADABLE_FILE = "unreadable_file"

    BROKEN_ENTRY = "broken_entry"
    TOO_DEEP = "too_deep"
    DUPLICATE_FIELD = "duplicate_field"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_OBJECT = "not_an_object"
    NO_RESOURCE = "no_resource"
    NO_TYPE = "no_type"
    UNKNOWN_TYPE = "unknown_type"
    ID_FORMAT = "id_format"
    NO_REQUEST = "no_request"
    DELETES = "deletes"
    ASKS = "asks"
    METHOD = "method"
    OTHER_ADDRESS = "other_address"
    PERSONAL_NUMBER = "personal_number"
    NO_BIRTH_DATE = "no_birth_date"
    BIRTH_DATE = "birth_date"
    TWO_CHILDREN = "two_children"
    OTHER_CHILD = "other_child"

    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    SEX_DIFFERS = "sex_differs"
    NUMBER_DIFFERS = "number_differs"
    DECEASED = "deceased"
    PROTECTED = "protected"
    NUMBER_TAKEN = "number_taken"
    NO_TIME = "no_time"
    OLDER = "older"


NOTES = frozenset(
    {
        Fault.NAME_DIFFERS,
        Fault.BIRTH_DATE_DIFFERS,
        Fault.SEX_DIFFERS,
        Fault.NUMBER_DIFFERS,
        Fault.DECEASED,
        Fault.PROTECTED,
        Fault.NUMBER_TAKEN,
        Fault.NO_TIME,
        Fault.OLDER,
    }
)

MESSAGES: dict[Fault, Promise] = {
    Fault.EMPTY: _("Filen är tom. Be avsändaren att skicka den igen."),
    Fault.NOT_JSON: _(
        "Filen är inte JSON. Kring läser FHIR R4 som JSON eller NDJSON, också packat med gzip."
    ),
    Fault.XML: _("Filen är XML. Be avsändaren att skicka FHIR R4 som JSON."),
    Fault.ZIP: _(
        "Filen är ett zip-arkiv. Packa upp det och läs in filerna, eller packa var och en med gzip."
    ),
    Fault.NOT_UTF8: _("Texten är inte i UTF-8. Be avsändaren att spara filen i UTF-8."),
    Fault.BROKEN_GZIP: _(
        "Filen är packad med gzip men går inte att packa upp hela vägen. Hämta den på nytt."
    ),
    Fault.TOO_LARGE: _("Uppackad är filen större än %(limit)s MB. Dela upp den och läs in en del i taget."),
    Fault.BROKEN_FILE: _(
        "Texten går inte att läsa som JSON vid rad %(line)s, tecken %(column)s. "
        "Hämta filen på nytt eller rätta där."
    ),
    Fault.BUNDLE_TYPE: _(
        "Bundle saknar en sort som Kring läser (type). Det ska vara transaction, batch, collection, "
        "searchset, document, message eller history."
    ),
    Fault.BUNDLE_ENTRY: _("Bundle.entry ska vara en lista. Be avsändaren att rätta filen."),
    Fault.WHOLE_BUNDLE: _(
        "Filen är en transaction och läses in helt eller inte alls. Inget lästes in. "
        "Rätta platserna och läs in igen."
    ),
    Fault.NO_FILES: _("I mappen finns inga filer att läsa in."),
    Fault.UNREADABLE_FILE: _(
        "Filen går inte att öppna. Kontrollera att den finns och att Kring får läsa den."
    ),
    Fault.BROKEN_ENTRY: _("Texten går inte att läsa som JSON här. Be avsändaren att rätta posten."),
    Fault.TOO_DEEP: _(
        "Posten har för många nivåer i varandra för att kunna läsas. Be avsändaren att rätta den."
    ),
    Fault.DUPLICATE_FIELD: _("Samma fält står två gånger (%(field)s). Be avsändaren att ta bort det ena."),
    Fault.NOT_A_NUMBER: _(
        "Posten innehåller NaN eller Infinity, som inte är JSON. Be avsändaren att rätta värdet."
    ),
    Fault.NOT_AN_OBJECT: _("Här ska det stå en FHIR-resurs. Be avsändaren att rätta posten."),
    Fault.NO_RESOURCE: _("Posten har ingen resurs (resource). Be avsändaren att komplettera den."),
    Fault.NO_TYPE: _("Fältet resourceType saknas. Be avsändaren att komplettera posten."),
    Fault.UNKNOWN_TYPE: _(
        "Sorten (resourceType) finns inte i FHIR R4. Kontrollera stavning och FHIR-version."
    ),
    Fault.ID_FORMAT: _("Fältet id ska vara 1–64 tecken: bokstäverna A–Z, siffror, bindestreck och punkt."),
    Fault.NO_REQUEST: _(
        "Posten saknar request med method och url, som varje post i en transaction eller batch har."
    ),
    Fault.DELETES: _(
        "Posten vill ta bort något. Kring tar aldrig bort journaluppgifter; skicka en ny version i stället."
    ),
    Fault.ASKS: _("Posten är en fråga (GET) och har inget att läsa in. Ta bort den ur filen."),
    Fault.METHOD: _("Kring läser in POST och PUT. Be avsändaren att skicka hela resursen."),
    Fault.OTHER_ADDRESS: _(
        "Adressen i request.url stämmer inte med resursens sort och id. Be avsändaren att rätta."
    ),
    Fault.PERSONAL_NUMBER: _("%(what)s Be avsändaren att rätta numret; barnet lästes inte in."),
    Fault.NO_BIRTH_DATE: _(
        "Födelsedatum saknas och går inte att läsa ur numret. Be avsändaren att komplettera."
    ),
    Fault.BIRTH_DATE: _(
        "Födelsedatumet går inte att läsa eller ligger i framtiden. Be avsändaren att rätta det."
    ),
    Fault.TWO_CHILDREN: _(
        "Numren i posten hör till två olika barn i Kring. Be avsändaren att kontrollera dem."
    ),
    Fault.OTHER_CHILD: _(
        "Posten gällde tidigare ett annat barn. Be avsändaren att kontrollera numret; inget ändrades."
    ),
    Fault.NAME_DIFFERS: _(
        "Namnet skiljer sig från det i Kring. Inget ändrades. Barnets enhet behöver kontrollera."
    ),
    Fault.BIRTH_DATE_DIFFERS: _(
        "Födelsedatumet skiljer sig från det i Kring. Inget ändrades. Barnets enhet behöver kontrollera."
    ),
    Fault.SEX_DIFFERS: _(
        "Könet skiljer sig från det i Kring. Inget ändrades. Barnets enhet behöver kontrollera."
    ),
    Fault.NUMBER_DIFFERS: _(
        "Personnumret skiljer sig från det i Kring. Inget ändrades. Barnets enhet behöver kontrollera."
    ),
    Fault.DECEASED: _(
        "Leveransen säger att barnet är avlidet. Inget ändrades. Barnets enhet behöver kontrollera."
    ),
    Fault.PROTECTED: _(
        "Leveransen säger att barnet har skyddade personuppgifter. Skyddet gäller nu också i Kring."
    ),
    Fault.NUMBER_TAKEN: _(
        "Ett nummer i posten hör till ett annat barn med annat födelsedatum. Barnen slogs inte ihop. "
        "Kontrollera numret."
    ),
    Fault.NO_TIME: _("Posten har ingen tid som går att läsa. Den är sparad men syns inte på tidslinjen."),
    Fault.OLDER: _("Posten är äldre än den som redan finns. Den är sparad som en tidigare version."),
}


@dataclass(frozen=True)
class Problem:
    """A fault at a place. `words` fill the gaps in the message."""

    place: str
    fault: Fault
    words: tuple[tuple[str, str], ...] = ()

    @property
    def is_note(self) -> bool:
        return self.fault in NOTES

    @property
    def message(self) -> str:
        return str(MESSAGES[self.fault]) % dict(self.words)


class Refused(Exception):
    """A whole file cannot be taken in, and why."""

    def __init__(self, fault: Fault, place: str = "", **words: object) -> None:
        super().__init__(fault.value)
        self.problem = Problem(place, fault, tuple((name, str(value)) for name, value in words.items()))
