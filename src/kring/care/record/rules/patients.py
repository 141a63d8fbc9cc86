"""Who a Patient resource says the child is: numbers, names, birth date, sex, protection."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kring.children.personal_numbers import PersonalNumberError, parse

from .faults import Fault
from .identity import COORDINATION, PERSONAL, RESERVE, TEMPORARY, clean, identifiers_of
from .moments import Day, day_of

OLDEST_YEARS = 150
_KINDS = {
    **dict.fromkeys(PERSONAL, "personal"),
    **dict.fromkeys(COORDINATION, "coordination"),
    **dict.fromkeys(RESERVE, "reserve"),
    **dict.fromkeys(TEMPORARY, "temporary"),
}
_CHECKED = ("personal", "coordination")
_PROTECTION = {"sekretessmarkering": "flag", "skyddadFolkbokforing": "registration"}
_NAME_ORDER = ("official", "usual", None, "nickname")
Number = tuple[str, str, str]


class NotAChild(Exception):
    """The Patient cannot become or name a child, and why."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.what = fault, what


@dataclass(frozen=True)
class Described:
    """The child as the delivery describes it. `numbers` are (kind, system, value) as children are
    registered.
    """

    numbers: tuple[Number, ...]
    given_name: str
    family_name: str
    born: Day
    sex: str
    deceased: bool
    deceased_on: date | None
    protection: str
    language: str

    @property
    def fields(self) -> dict[str, Any]:
        """What a new child is registered with."""
        return {
            "given_name": self.given_name,
            "family_name": self.family_name,
            "birth_date": self.born.last,
            "birth_precision": self.born.precision,
            "sex": self.sex,
            "deceased_on": self.deceased_on,
            "protection": self.protection or "none",
            "language": self.language or "sv",
        }


def described(tree: dict[str, Any], today: date) -> Described:
    """Read a Patient.

    Raises:
        NotAChild: a personal number that does not hold, or no birth date.
    """
    numbers = tuple(number_of(system, value, today) for system, value in identifiers_of(tree, today))
    given, family = _name(tree.get("name"))
    deceased_on = day_of(tree.get("deceasedDateTime"))
    return Described(
        numbers=tuple(number for number in dict.fromkeys(numbers) if len(number[2]) <= 64),
        given_name=given,
        family_name=family,
        born=_born(tree.get("birthDate"), numbers, today),
        sex=sex if (sex := tree.get("gender")) in ("female", "male") else "unknown",
        deceased=tree.get("deceasedBoolean") is True or "deceasedDateTime" in tree,
        deceased_on=min(deceased_on.last, today) if deceased_on else None,
        protection=_protection(tree.get("meta")),
        language=_language(tree.get("communication")),
    )


def number_of(system: str, value: str, today: date) -> Number:
    """An identifier as a child's number; personal and coordination numbers are checked.

    Raises:
        NotAChild: the number does not hold; which of the two kinds it is decides the number, not the
        sender's word.
    """
    kind = _KINDS.get(system, "external")
    if kind not in _CHECKED:
        return kind, system, value
    try:
        number = parse(value, today)
    except PersonalNumberError as error:
        raise NotAChild(Fault.PERSONAL_NUMBER, str(error.message)) from error
    return number.kind.value, "", number.digits12


def _born(text: Any, numbers: tuple[Number, ...], today: date) -> Day:
    if text is None:
        return _born_by_number(numbers, today)
    born = day_of(text)
    if born and born.precision != "day":
        # "This year" or "this month" is not the future, though its last day is.
        born = Day(min(born.last, today), born.precision) if born.last.year == today.year else born
    if born is None or not today.year - OLDEST_YEARS <= born.last.year or born.last > today:
        raise NotAChild(Fault.BIRTH_DATE)
    return born


def _born_by_number(numbers: tuple[Number, ...], today: date) -> Day:
    for kind, _, value in numbers:
        if kind in _CHECKED:
            year, month, day = parse(value, today).birth_parts
            parts = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if month and day else ""]
            born = day_of("-".join(part for part in parts if part))
            if born:
                return born
    raise NotAChild(Fault.NO_BIRTH_DATE)


def _name(names: Any) -> tuple[str, str]:
    rows = [row for row in names if isinstance(row, dict)] if isinstance(names, list) else []
    rows.sort(
        key=lambda row: (
            _NAME_ORDER.index(row.get("use")) if row.get("use") in _NAME_ORDER else len(_NAME_ORDER)
        )
    )
    for row in rows:
        given = row.get("given")
        first = " ".join(filter(None, (clean(part, 80) for part in given))) if isinstance(given, list) else ""
        family = clean(row.get("family"), 80)
        if first or family:
            return first[:80].strip(), family
        if text := clean(row.get("text"), 160):
            first, _, family = text.rpartition(" ")
            return first[:80], family[:80]
    return "", ""


def _protection(meta: Any) -> str:
    labels = meta.get("security") if isinstance(meta, dict) else None
    rows = labels if isinstance(labels, list) else []
    found = {_PROTECTION.get(str(row.get("code")), "") for row in rows if isinstance(row, dict)}
    return "registration" if "registration" in found else "flag" if "flag" in found else ""


def _language(communication: Any) -> str:
    rows = [row for row in communication if isinstance(row, dict)] if isinstance(communication, list) else []
    rows.sort(key=lambda row: row.get("preferred") is not True)
    concept = rows[0].get("language") if rows else None
    codings = concept.get("coding") if isinstance(concept, dict) else None
    first = codings[0] if isinstance(codings, list) and codings else None
    return clean(first.get("code"), 8).partition("-")[0].lower() if isinstance(first, dict) else ""


STRICTER = {"none": 0, "flag": 1, "registration": 2}


def differences(child: Any, new: Described) -> list[Fault]:
    """Where a delivery describes a child otherwise than Kring does. Nothing of it is taken over without a
    person.
    """
    pairs = (
        (Fault.NAME_DIFFERS, _plain(child.name), _plain(f"{new.given_name} {new.family_name}")),
        (
            Fault.BIRTH_DATE_DIFFERS,
            (child.birth_date, child.birth_precision),
            (new.born.last, new.born.precision),
        ),
    )
    found = [fault for fault, held, told in pairs if held != told and told != ""]
    if "unknown" not in (child.sex, new.sex) and child.sex != new.sex:
        found.append(Fault.SEX_DIFFERS)
    if new.deceased and child.deceased_on is None:
        found.append(Fault.DECEASED)
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
