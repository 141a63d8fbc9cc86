"""Personal numbers and coordination numbers, read as the Swedish Tax Agency writes them.

Pure: no database, no clock. A number names a person in the population register. It is *not* a fact about
the person: a birth date may be registered wrongly or be partly unknown, and the sex of the register can
differ from the child's. Therefore nothing here derives sex or age, and care logic reads the birth date that
is stored on the child, never the digits.

Sources: folkbokföringslag (1991:481) 18 §, lag (2022:1697) om samordningsnummer, and the agency's open test
series. That series is the measure of "valid": it holds coordination numbers with month 00, with day 60, and
with days that the month does not have (91 April, that is day 31), so all of these are accepted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEST_SERIES_FROM = 2002
"""First birth year for which 238 and 239 are reserved for test persons on every single date."""

TEST_BIRTH_NUMBERS = ("238", "239")

_CENTURIES = ("18", "19", "20")
_COORDINATION_OFFSET = 60
# What people paste instead of a hyphen: hyphens, dashes and the minus sign of word processors.
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d]")
# No-break and thin spaces come with text pasted from a PDF; str.split would also eat line breaks we want.
_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")
_SHAPE = re.compile(r"(?P<date>\d{6}|\d{8})(?P<sign>[-+]?)(?P<tail>\d{4})", re.ASCII)


class Kind(StrEnum):
    """Kinds of identifiers that a child may carry; the first two are checked, the others are free text."""

    PERSONAL = "personal"
    COORDINATION = "coordination"
    RESERVE = "reserve"
    TEMPORARY = "temporary"


KIND_WORDS = {Kind.PERSONAL: "personnummer", Kind.COORDINATION: "samordningsnummer"}
"""The legal Swedish names, used in `kring calc` and FHIR."""


class Fault(StrEnum):
    """Which group of the number seems wrong: a code that forms, imports and tests can rely on."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    SIGN = "sign"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    BIRTH_NUMBER = "birth_number"
    CHECK_DIGIT = "check_digit"
    KIND = "kind"


MESSAGES: dict[Fault, Promise] = {
    Fault.EMPTY: _("Skriv ett personnummer, till exempel ÅÅÅÅMMDD-NNNN."),
    Fault.CHARACTERS: _(
        "Numret innehåller annat än siffror. Skriv bara siffror, till exempel ÅÅÅÅMMDD-NNNN."
    ),
    Fault.LENGTH: _("Numret har fel antal siffror. Det ska vara 10 eller 12 siffror. Kontrollera numret."),
    Fault.SIGN: _("Strecket står på fel plats. Det ska stå före de fyra sista siffrorna."),
    Fault.YEAR: _("Året (de fyra första siffrorna) stämmer inte. Kontrollera numret."),
    Fault.MONTH: _("Månaden (MM) stämmer inte. Kontrollera numret."),
    Fault.DAY: _("Dagen (DD) stämmer inte. Kontrollera numret."),
    Fault.BIRTH_NUMBER: _("De fyra sista siffrorna stämmer inte. Kontrollera numret."),
    Fault.CHECK_DIGIT: _("Kontrollsiffran (sista siffran) stämmer inte. Kontrollera numret."),
    Fault.KIND: _("Numret är av en annan sort än den du har valt. Kontrollera numret."),
}


class PersonalNumberError(ValueError):
    """The text is not a number of the expected kind. Never carries the text itself: errors reach logs."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault

    @property
    def code(self) -> str:
        """Machine code of the group that seems wrong."""
        return self.fault.value

    @property
    def message(self) -> Promise:
        """One Swedish sentence for the field, translated when it is shown."""
        return MESSAGES[self.fault]


@dataclass(frozen=True, slots=True, order=True)
class PersonalNumber:
    """A checked personal or coordination number. `digits12` is the form for storage and interfaces."""

    digits12: str
    kind: Kind

    @property
    def display(self) -> str:
        """The form people read: ÅÅÅÅMMDD-NNNN."""
        return f"{self.digits12[:8]}-{self.digits12[8:]}"

    @property
    def birth_parts(self) -> tuple[int, int | None, int | None]:
        """Year, month and day of the *registered* birth date; None where it is not known.

        Only to propose a birth date that a person then confirms. Care logic uses the stored date.
        """
        return _birth_parts(self.digits12, self.kind)

    @property
    def birth_date(self) -> date | None:
        """The registered birth date, or None when it is partly unknown."""
        year, month, day = self.birth_parts
        return date(year, month, day) if month and day else None

    def __repr__(self) -> str:
        # Tracebacks and debug logs print reprs; a personal number must never get there.
        return f"PersonalNumber({self.kind.value}, ****)"

    def __str__(self) -> str:
        return repr(self)


def parse(text: str, today: date) -> PersonalNumber:
    """Read a personal or coordination number of 10 or 12 digits, with or without `-`, `+` and spaces.

    `today` decides the century of ten digits: the latest birth that is not in the future, and with `+`
    the latest in whose year the person turns at least a hundred. Raises PersonalNumberError.
    """
    digits, sign = _digits_and_sign(text)
    digits12 = digits if len(digits) == 12 else _century(digits, sign, today) + digits
    if digits12[:2] not in _CENTURIES:
        raise PersonalNumberError(Fault.YEAR)
    kind = _kind(digits12)
    _check_date(digits12, kind)
    if digits12[8:11] == "000":
        raise PersonalNumberError(Fault.BIRTH_NUMBER)
    if digits12[11] != check_digit(digits12[2:11]):
        raise PersonalNumberError(Fault.CHECK_DIGIT)
    return PersonalNumber(digits12, kind)


def normalise(kind: Kind, text: str, today: date) -> str:
    """The stored form of an identifier of this kind.

    Personal and coordination numbers become twelve digits. Reserve and temporary ids follow each region's
    own pattern and are free text: only outer and doubled spaces go. Raises PersonalNumberError.
    """
    if kind in (Kind.RESERVE, Kind.TEMPORARY):
        stored = " ".join(_SPACES.sub(" ", text).split())
        if not stored:
            raise PersonalNumberError(Fault.EMPTY)
        return stored
    number = parse(text, today)
    if number.kind is not kind:
        raise PersonalNumberError(Fault.KIND)
    return number.digits12


def describe(text: str, today: date) -> dict[str, bool | str | None]:
    """What `kring calc` answers for a number: whether it is valid, and its legal Swedish name if so."""
    try:
        number = parse(text, today)
    except PersonalNumberError:
        return {"valid": False, "kind": None}
    return {"valid": True, "kind": KIND_WORDS[number.kind]}


def check_digit(nine_digits: str) -> str:
    """The last digit of a number: the Luhn sum (ISO/IEC 7812-1) over year, month, day and birth number."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine_digits))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def is_official_test_number(digits12: str) -> bool:
    """Whether the number lies in the agency's reserved test pattern, so that it can belong to nobody.

    True for birth numbers 238 and 239 from 2002 on, personal and coordination numbers alike. Made-up people
    carry numbers of this pattern only: any other valid number may be a living person's.
    """
    return int(digits12[:4]) >= TEST_SERIES_FROM and digits12[8:11] in TEST_BIRTH_NUMBERS


def official_test_numbers(birth_date: date, kind: Kind = Kind.PERSONAL) -> Iterator[PersonalNumber]:
    """The two test numbers of a date from 2002 on, in order; none for earlier dates."""
    if birth_date.year < TEST_SERIES_FROM:
        return
    day = birth_date.day + (_COORDINATION_OFFSET if kind is Kind.COORDINATION else 0)
    for birth_number in TEST_BIRTH_NUMBERS:
        eleven = f"{birth_date:%Y%m}{day:02}{birth_number}"
        yield PersonalNumber(eleven + check_digit(eleven[2:]), kind)


def _digits_and_sign(text: str) -> tuple[str, str]:
    """The bare digits and the sign, or the fault that a person can correct first."""
    bare = _DASHES.sub("-", _SPACES.sub("", text))
    if not bare:
        raise PersonalNumberError(Fault.EMPTY)
    if shape := _SHAPE.fullmatch(bare):
        return shape["date"] + shape["tail"], shape["sign"]
    if not re.fullmatch(r"[\d+-]+", bare, re.ASCII):
        raise PersonalNumberError(Fault.CHARACTERS)
    count = len(re.sub("[+-]", "", bare))
    raise PersonalNumberError(Fault.SIGN if count in (10, 12) else Fault.LENGTH)


def _century(digits10: str, sign: str, today: date) -> str:
    """The century of a ten-digit number: `+` replaces `-` in the year when the person turns a hundred."""
    short_year = int(digits10[:2])
    latest = today.year - 100 if sign == "+" else today.year
    year = latest - (latest - short_year) % 100
    day = int(digits10[4:6])
    day -= _COORDINATION_OFFSET if day >= _COORDINATION_OFFSET else 0
    if (year, int(digits10[2:4]), day) > (today.year, today.month, today.day):
        year -= 100
    return f"{year // 100:02}"


def _kind(digits12: str) -> Kind:
    """Coordination numbers are told by a day of 60 or more."""
    return Kind.COORDINATION if int(digits12[6:8]) >= _COORDINATION_OFFSET else Kind.PERSONAL


def _check_date(digits12: str, kind: Kind) -> None:
    """A personal number needs a calendar date; a coordination number only parts within bounds.

    A coordination number is given to people whose birth date nobody could verify, and official ones hold
    days that the month does not have. Refusing those would lock out the children who have them.
    """
    month, day = int(digits12[4:6]), int(digits12[6:8])
    partly_unknown = kind is Kind.COORDINATION
    if not (0 if partly_unknown else 1) <= month <= 12:
        raise PersonalNumberError(Fault.MONTH)
    if partly_unknown and day > _COORDINATION_OFFSET + 31:
        raise PersonalNumberError(Fault.DAY)
    if not partly_unknown and not _exists(int(digits12[:4]), month, day):
        raise PersonalNumberError(Fault.DAY)


def _birth_parts(digits12: str, kind: Kind) -> tuple[int, int | None, int | None]:
    year, month, day = int(digits12[:4]), int(digits12[4:6]), int(digits12[6:8])
    if kind is Kind.COORDINATION:
        day -= _COORDINATION_OFFSET
    if month and day and not _exists(year, month, day):
        day = 0
    return year, month or None, day or None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
