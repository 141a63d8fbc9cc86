"""A unit begins a thread: to whom it can, and who then sees it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.children.presenters import guardian_name, name_in_list


@dataclass(frozen=True)
class BeginPage:
    """The page. `nobody`: why there is nobody to write to; `untold`: that others may have to be called."""

    choices: Mapping[str, str]
    who_sees: str
    nobody: str
    untold: str


def begin_page(child: Any, found: Sequence[Any], unit: str) -> BeginPage:
    """`found`: `queries.addressees`."""
    return BeginPage(
        choices=dict(zip((one.key for one in found), _names(child, found), strict=True)),
        who_sees=_("Bara den du skriver till och %(unit)s ser tråden.") % {"unit": unit},
        nobody="" if found else _("Ingen i familjen kan läsa meddelanden på nätet nu. Ring i stället."),
        untold=_("Den som inte står här kan inte läsa på nätet nu. Ring i stället."),
    )


def _names(child: Any, found: Sequence[Any]) -> list[str]:
    """Each by name; those whose names are hidden are told apart by number."""
    names = [guardian_name(one.guardian) if one.guardian else _itself(child) for one in found]
    often, at = Counter(names), Counter[str]()
    told = []
    for name in names:
        at[name] += 1
        told.append(f"{name} {at[name]}" if often[name] > 1 else name)
    return told


def _itself(child: Any) -> str:
    return _("%(name)s själv") % {"name": name_in_list(child)}
