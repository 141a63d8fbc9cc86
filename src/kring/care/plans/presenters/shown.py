"""Who of the family reads a text: in words beside it, and as the child and a guardian will meet it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.access import items
from kring.access.policy.catalogue import sentence
from kring.access.policy.sharing import CARE_ONLY
from kring.access.policy.visibility import SHOWN, FamilyReader, Visibility
from kring.care.plans.rules.shown import NOTHING_CHOSEN, Readers
from kring.design import days

SAYS = {
    "need": "text",
    "goal": "words",
    "activity": "what",
    "meeting": "notes",
    "follow_up": "summary",
    "closure": "words",
}
"""The field of each kind that the family reads first."""


def chosen(item: Any) -> str:
    """What its author has chosen, to stand beside the text; empty when nothing was."""
    said = [] if item.visibility == "default" else [_chosen(item)]
    if item.category != "general":
        said.append(str(item.get_category_display()))
    return ". ".join(said)


def _chosen(item: Any) -> str:
    if item.visible_to_child_from is None:
        return str(item.get_visibility_display())
    return _("Visas för barnet från %(day)s") % {"day": days.plain_day(item.visible_to_child_from)}


@dataclass(frozen=True)
class Seen:
    """A reader and the text as that reader meets it; `text` is empty when it is withheld, and `why` tells."""

    who: str
    text: str
    why: str


def preview(kind: str, given: Mapping[str, Any], today: date) -> list[Seen]:
    """«Så ser barnet texten», and a guardian: by the same table as on their pages."""
    draft = Readers(**{name: given[name] for name in NOTHING_CHOSEN})
    readers = ((FamilyReader.CHILD, _("Barnet")), (FamilyReader.GUARDIAN, _("Vårdnadshavare")))
    return [_seen(who, items.of_family(reader, draft, today), given[SAYS[kind]]) for reader, who in readers]


def to_parties(visibility: str, text: str) -> Seen:
    """The same for those who take part in the plan and are not care."""
    hidden = visibility == Visibility.CARE_ONLY
    return Seen(
        _("Skola och andra utanför vården"),
        "" if hidden else text,
        sentence((CARE_ONLY if hidden else SHOWN).id),
    )


def _seen(who: str, decision: Any, text: str) -> Seen:
    return Seen(who, text if decision.opens else "", sentence(decision.rule_id))
