"""What can be wrong with a line, in Swedish, with what to do about it.

No sentence repeats what stands in the file: a cell may hold a personal number, also in the wrong column.
"""

from enum import StrEnum


class Fault(StrEnum):
    """Why a line is not taken in."""

    NOT_UTF8 = "Raden är inte skriven i UTF-8. Spara filen som UTF-8 och läs in den igen."
    TOO_LONG = "Raden är längre än 20 000 tecken. Kontrollera att ett citattecken inte saknas."
    NOT_CSV = "Citattecknen på raden går inte ihop. En cell får inte innehålla radbrytning."
    NOT_JSON = "Raden är inte ett JSON-objekt. Skriv ett objekt per rad, med text i citattecken."
    CELLS = "Raden har fler celler än rubriken. Sätt citattecken om en cell som innehåller skiljetecknet."
    UNKNOWN_COLUMN = "Kolumnen finns inte för den här sortens rad. Jämför med docs/operations.md."
    KIND = "Kolumnen kind ska vara person, guardian, child, assignment, custody eller relation."
    MISSING = "Kolumnen {column} är tom. Fyll i den."
    CHARACTERS = "Kolumnen {column} innehåller tecken som inte går att visa. Skriv om cellen för hand."
    LENGTH = "Texten i kolumnen {column} är för lång. Korta den."
    SHAPE = "Kolumnen {column} har fel form. Se docs/operations.md för hur den skrivs."
    KEY = (
        "Kolumnen key är en egen nyckel med minst en bokstav: a-z, 0-9, punkt, streck eller understreck. "
        "Aldrig ett personnummer."
    )
    RESERVED = "Nyckeln hör till Kring självt. Välj en annan nyckel i kolumnen key."
    NUMBER = "Numret i kolumnen {column} stämmer inte. Skriv ÅÅÅÅMMDD-NNNN och kontrollera siffrorna."
    DATE = "Dagen i kolumnen {column} ska skrivas ÅÅÅÅ-MM-DD och finnas i almanackan."
    YES_NO = "Kolumnen {column} ska vara true eller false."
    CHOICE = "Värdet i kolumnen {column} är inget av dem som finns. Se docs/operations.md."
    PERIOD = "Sista dagen (to) är före första dagen (from). Byt plats på dem eller rätta den ena."
    WHO = "Raden säger inte vem det är. Fyll i key, number eller hsa_id."
    TWO_PEOPLE = "Nycklarna på raden hör till olika personer i Kring. Kontrollera key, number och hsa_id."
    OTHER_IDENTITY = (
        "Personen har redan ett annat number eller hsa_id i Kring. Är det någon annan: ge en egen key. "
        "Har personen fått ett nytt: läs in raden med --change-identity."
    )
    INACTIVE = "Personen är avstängd i Kring och ändras inte av en fil. Välj en annan nyckel."
    UNKNOWN_PERSON = "Personen finns inte i Kring. Lägg till en rad med kind=person först."
    UNKNOWN_GUARDIAN = "Vårdnadshavaren finns inte i Kring. Lägg till en rad med kind=guardian först."
    UNKNOWN_CHILD = "Barnet finns inte i Kring. Lägg till en rad med kind=child först."
    UNKNOWN_UNIT = "Enheten finns inte i Kring. Jämför kolumnen unit med nycklarna i regionens filer."
    UNKNOWN_MUNICIPALITY = "Kommunkoden finns inte i Kring. Läs in regionen först (./kring region)."
    BIRTH_DATE = "Födelsedagen framgår inte, eller är inte rimlig. Fyll i kolumnen birth_date."
    OTHER_BIRTH_DATE = (
        "Barnet har en annan födelsedag i Kring. Den styr åldersgränserna och ändras inte av en fil. "
        "Ta reda på vilken som är rätt."
    )
    CHILD_TAKEN = "Personen med det numret är redan kopplad till ett annat barn. Ta reda på vem som är rätt."
    UNPROTECT = (
        "Raden tar bort ett skydd. Är det meningen: läs in raden med --lift-protection, annars rätta cellen."
    )
    OVERLAPS = "Tiden går över flera perioder som redan finns i Kring. Skriv en rad för varje period."
    CONTRADICTS = "Raden säger emot rad {line}. Behåll en av dem."
    CLASH = "Raden krockar med något som någon annan skrev in samtidigt. Läs in filen igen."


class Wrong(Exception):
    """A line cannot be taken in. `fault` says why, `told` what to fill in of its sentence."""

    def __init__(self, fault: Fault, **told: object) -> None:
        super().__init__(fault.name)
        self.fault, self.told = fault, told

    @property
    def sentence(self) -> str:
        """In Swedish, for the one who reads the file in."""
        return self.fault.value.format(**self.told)


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why, in Swedish."""
