"""One cell: text in, a value out, or the fault in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kring.children.personal_numbers import PersonalNumberError
from kring.children.personal_numbers import parse as parse_number

from .faults import Fault, Wrong

Read = Callable[[str, str, date], Any]
"""(column, text without outer spaces, today) -> value."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
KEY = re.compile(r"(?=.*[a-zA-Z])[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}", re.ASCII)
RESERVED = re.compile(r"kring|machine(\..*)?|synthetic-writer", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
HSA_ID = re.compile(r"[A-Z0-9]{2,}-[A-Z0-9]{1,26}", re.ASCII)
PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{3,38}", re.ASCII)
SLUG = re.compile(r"[\w-]{1,80}", re.ASCII)
CODE = re.compile(r"\d{4}", re.ASCII)
TRUTHS = {"true": True, "false": False}


def text(column: str, cell: str, _today: date, *, longest: int = 80) -> str:
    if not cell.isprintable():
        raise Wrong(Fault.CHARACTERS, column=column)
    if len(cell) > longest:
        raise Wrong(Fault.LENGTH, column=column)
    return cell


def shaped(pattern: re.Pattern[str], column: str, cell: str, _today: date) -> str:
    if not pattern.fullmatch(cell):
        raise Wrong(Fault.SHAPE, column=column)
    return cell


def key(_column: str, cell: str, _today: date) -> str:
    if not KEY.fullmatch(cell):
        raise Wrong(Fault.KEY)
    if RESERVED.fullmatch(cell):
        raise Wrong(Fault.RESERVED)
    return cell


def number(column: str, cell: str, today: date) -> str:
    """A personal or coordination number as twelve digits."""
    try:
        return parse_number(cell, today).digits12
    except PersonalNumberError:
        raise Wrong(Fault.NUMBER, column=column) from None


def day(column: str, cell: str, _today: date) -> date:
    try:
        if DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise Wrong(Fault.DATE, column=column)


def yes_or_no(column: str, cell: str, _today: date) -> bool:
    if cell.lower() not in TRUTHS:
        raise Wrong(Fault.YES_NO, column=column)
    return TRUTHS[cell.lower()]


def email(column: str, cell: str, _today: date) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise Wrong(Fault.SHAPE, column=column) from None
    return text(column, cell, _today, longest=254)


def one_of(values: frozenset[str], column: str, cell: str, _today: date) -> str:
    if cell not in values:
        raise Wrong(Fault.CHOICE, column=column)
    return cell


RELATIONS = frozenset({"care", "schooling", "social_support"})
"""What a file may say; coordination follows from a disclosed plan and from nothing else."""
READERS: Mapping[str, Read] = MappingProxyType(
    {
        "key": key,
        "number": number,
        "child": number,
        "hsa_id": partial(shaped, HSA_ID),
        "given_name": text,
        "family_name": text,
        "title": text,
        "email": email,
        "phone": partial(shaped, PHONE),
        "language": partial(shaped, LANGUAGE),
        "interpreter_language": partial(shaped, LANGUAGE),
        "protected": yes_or_no,
        "birth_date": day,
        "sex": partial(one_of, frozenset({"female", "male", "unknown"})),
        "municipality": partial(shaped, CODE),
        "protection": partial(one_of, frozenset({"none", "flag", "registration"})),
        "role": text,
        "unit": partial(shaped, SLUG),
        "relation": partial(one_of, RELATIONS),
        "from": day,
        "to": day,
    }
)
"""Every column but `kind`, and how its cells are read."""
