"""S76 on the child's own pages: what each guardian will see from the 13th birthday on. Its word decides.

Short lines, as for 10 to 12 years (ux.md c12). A yes and a no weigh the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.children.presenters import guardian_name
from kring.design import days

from .others import WORDS


@dataclass(frozen=True)
class Choice:
    """One kind of thing: whether the guardian will see it, who has asked for it, and where to choose."""

    label: str
    word: str
    tone: str
    icon: str
    asked: str
    href: str


@dataclass(frozen=True)
class OneGuardian:
    """Everything there is to choose about one guardian."""

    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Ahead:
    """The part of the page where the child chooses; no guardian to choose about: nothing to show."""

    lead: Sequence[str]
    guardians: Sequence[OneGuardian]


def ahead(found: Any) -> Ahead:
    """`found` is `queries.Choosing`."""
    guardians = [_guardian(one, found.wished) for one in found.own.guardians]
    return Ahead(_lead(found.since), [one for one in guardians if one.choices])


def _lead(since: Any) -> list[str]:
    lines = [_("Du väljer vad de får se sedan."), _("Det är lika rätt att säga nej.")]
    if since:
        lines += [_("Ditt val gäller från %(day)s.") % {"day": days.plain_day(since)}]
        lines += [_("Ingen vuxen ser ditt val före dess.")]
    return [*lines, _("Väljer du inget ser de inget."), _("Du kan ändra dig när du vill.")]


def _guardian(one: Any, wished: Any) -> OneGuardian:
    name = guardian_name(one.guardian)
    cells = [cell for cell in one.cells if cell.chosen_by_young]
    asked = {cell.thing for cell in cells if (one.guardian.pk, cell.thing) in wished}
    told = _("%(name)s har frågat.") % {"name": name}
    return OneGuardian(name, [_choice(one, cell, told if cell.thing in asked else "") for cell in cells])


def _choice(one: Any, cell: Any, asked: str) -> Choice:
    word, tone, icon = (_("Får se"), "good", "eye") if cell.sees else (_("Får inte se"), "lock", "eye-off")
    place = reverse("young-share") + "?" + urlencode({"vem": one.guardian.pk, "vad": cell.thing})
    return Choice(str(WORDS[cell.thing]), word, tone, icon, asked, place)
