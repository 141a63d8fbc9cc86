"""Words of the search."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child
from kring.children.presenters import name_in_list, short_age
from kring.design.screen import is_shared

from .queries import MOST_NAMES


@dataclass(frozen=True)
class Hit:
    """A found child as a row; without `href` where the role opens nothing of a child."""

    name: str
    age: str
    born: date | None
    municipality: str
    href: str


def hits(actor: Actor, children: list[Child]) -> list[Hit]:
    """The rows of a result, as many as are shown."""
    return [_hit(actor, child) for child in children[:MOST_NAMES]]


def _hit(actor: Actor, child: Child) -> Hit:
    return Hit(
        name=name_in_list(child),
        age="" if is_shared() else short_age(child.birth_date, actor.today),
        born=None if is_shared() else child.birth_date,
        municipality=child.municipality.name if child.municipality and child.protection == "none" else "",
        href=_href(actor, child),
    )


def _href(actor: Actor, child: Child) -> str:
    """The child's page; for reception, which books and opens no child, the booking."""
    if actor.may(Permission.SEE_CHILD):
        return reverse("child", kwargs={"child_id": child.pk})
    books = actor.may(Permission.BOOK_APPOINTMENT) and child.protection == "none"
    return reverse("book-visit", kwargs={"child_id": child.pk}) if books else ""


def how_many(children: list[Child]) -> str:
    """The sentence over a list of names."""
    if len(children) > MOST_NAMES:
        return _("Fler än %(n)s barn. Skriv mer av namnet, eller hela personnumret.") % {"n": MOST_NAMES}
    return ngettext("%(n)s barn", "%(n)s barn", len(children)) % {"n": len(children)}


def nobody() -> str:
    """The same words for a child that does not exist and for one that is out of reach."""
    return _(
        "Inget barn hittades bland dem som din enhet möter. Kontrollera det du skrev. "
        "Ska du delta i barnets vård eller stöd: fråga verksamhetschefen på din enhet."
    )
