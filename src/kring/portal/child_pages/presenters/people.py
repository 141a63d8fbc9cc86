"""S84 Mina vuxna, and whom to talk to now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kring.design.pictures import picture_of_work

from .when import Words, together


def dialled(phone: str) -> str:
    """A telephone number as it is dialled."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Adult:
    """One of «Mina vuxna»."""

    picture: str
    name: str
    role: str
    place: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def tel(self) -> str:
        return dialled(self.phone)


def adults(contacts: Sequence[Any], parties: Sequence[Any], words: Words) -> list[Adult]:
    """The named contacts first, then those who stand for a unit in the plan; each person once."""
    first = [_contact(one, words) for one in contacts]
    known = {one.contact.person_id for one in contacts}
    others = [_party(one, words) for one in parties if one.contact_id and one.contact_id not in known]
    return first + others


def _contact(card: Any, words: Words) -> Adult:
    return Adult(
        picture="my-contact" if card.name else "adults",
        name=card.name or card.unit,
        role=str(words[card.role]),
        place=card.unit if card.name else "",
        phone=card.phone,
        hours=card.phone_hours,
    )


def _party(party: Any, words: Words) -> Adult:
    person, unit = party.contact, party.unit
    role = person.title or str(words["in_plan"])
    return Adult(picture_of_work(role), person.name, role, unit.name, unit.phone, unit.phone_hours)


@dataclass(frozen=True)
class Way:
    """A way to talk to somebody now."""

    picture: str
    heading: str
    more: str
    phone: str = ""
    hours: str = ""

    @property
    def tel(self) -> str:
        return dialled(self.phone)


def ways_to_talk(nurse: Any, words: Words) -> list[Way]:
    """Danger first, then someone who listens, then care, then the school nurse with her hours."""
    ways = [
        Way("help", words["danger"], words["danger_more"], "112"),
        Way("listen", words["bris"], words["bris_more"], "116 111"),
        Way("doctor", words["care"], words["care_more"], "1177"),
    ]
    if nurse:
        ways.append(Way("nurse", words["school"], words["school_more"], nurse.phone, nurse.phone_hours))
    return [replace(way, heading=str(way.heading).replace(way.phone, together(way.phone))) for way in ways]
