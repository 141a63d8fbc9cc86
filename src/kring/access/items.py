"""Which texts about a child a reader may see: what their authors chose when writing (8.5 b, ruling 21).

The reader has been let in to where the texts stand; here text by text is decided. A text has `visibility`,
`visible_to_child_from` and `category` (`ShownToFamily`) and `unit_id`, empty when the family wrote it.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Q

from kring.children.models import ShownToFamily

from .actors import Actor
from .facts import works_in_care
from .policy.decision import Decision, strictest
from .policy.decision import Outcome as Answer
from .policy.sharing import CARE_ONLY
from .policy.visibility import ITEMS, SHOWN, Category, FamilyReader, ItemShown, Nature, Visibility

Item = TypeVar("Item", bound=Any)

MARKED = ~Q(visibility=ShownToFamily.Visibility.DEFAULT) | ~Q(category=ShownToFamily.Category.GENERAL)
"""Texts for which somebody has chosen something; all others are shown to whoever is let in."""


def reader_of(actor: Actor) -> FamilyReader:
    """As whom of the family somebody reads."""
    return FamilyReader.CHILD if actor.child_id else FamilyReader.GUARDIAN


def explain(actor: Actor, item: Any, *, paper_for: Collection[FamilyReader] = ()) -> Decision:
    """Whether a reader sees one text, and by which rule. `paper_for`: who else is handed what is made."""
    readers = {*paper_for} if actor.is_staff else {*paper_for, reader_of(actor)}
    mine = [_to_staff(actor, item)] if actor.is_staff else []
    return strictest(*mine, *(of_family(reader, item, actor.today) for reader in sorted(readers)))


def _to_staff(actor: Actor, item: Any) -> Decision:
    """What is for care only is not for other parties, but for the one who wrote it."""
    hidden = item.visibility == Visibility.CARE_ONLY and not works_in_care(actor)
    if hidden and item.unit_id != actor.unit_id:
        return Decision(Answer.DENY, CARE_ONLY.id)
    return Decision(Answer.ALLOW, SHOWN.id)


def of_family(reader: FamilyReader, item: Any, today: date) -> Decision:
    """Whether the child, or a guardian, sees one text on a day."""
    from_day = item.visible_to_child_from
    reached = from_day is not None and from_day <= today
    return _asked(reader, item.visibility, item.category, reached, today)


@lru_cache(maxsize=64)
def rows_for(reader: FamilyReader, today: date) -> Q:
    """The same question of each text put to a database."""
    hidden = Q(pk__in=())
    for chosen in ShownToFamily.Visibility.values:
        later, now = (_closed(reader, chosen, today, day_reached=reached) for reached in (False, True))
        waits = ~Q(visible_to_child_from__isnull=False, visible_to_child_from__lte=today)
        hidden |= Q(visibility=chosen, category__in=now)
        hidden |= Q(waits, visibility=chosen, category__in=later)
    return ~hidden


def _closed(reader: FamilyReader, visibility: str, today: date, *, day_reached: bool) -> list[str]:
    kinds = ShownToFamily.Category.values
    return [one for one in kinds if not _asked(reader, visibility, one, day_reached, today).opens]


@lru_cache(maxsize=1024)
def _asked(reader: FamilyReader, visibility: str, category: str, day_reached: bool, today: date) -> Decision:
    third_person = category == "third_person"
    item = ItemShown(
        reader=reader,
        nature=Nature.ORDINARY,
        visibility=Visibility(visibility),
        category=Category.GENERAL if third_person else Category(category),
        own_words=False,
        young_persons_words=False,
        about_guardian=third_person,
        day_reached=day_reached,
        draft=False,
    )
    return ITEMS.decide(item, on=today)


def shown(actor: Actor, items: Iterable[Item], *, paper_for: Collection[FamilyReader] = ()) -> list[Item]:
    """Those of the texts that the reader sees, and everyone who is handed the paper."""
    return [item for item in items if explain(actor, item, paper_for=paper_for).opens]


def blank(actor: Actor, rows: Iterable[Item], *, paper_for: Collection[FamilyReader] = ()) -> list[Item]:
    """Rows whose texts are withheld by themselves: that a meeting was held is told, and what was written of
    it (`WITHHELD`) stands empty for whoever is not to read it. Answers with those that were emptied.
    """
    emptied = [row for row in rows if not explain(actor, row, paper_for=paper_for).opens]
    for row in emptied:
        for name in row.WITHHELD:
            setattr(row, name, "")
    return emptied


def withheld(choice: Any, today: date) -> bool:
    """Whether a choice of readers keeps a text from the child or from guardians on a day."""
    return any(not of_family(reader, choice, today).opens for reader in FamilyReader)


def reaches_more(before: Any, after: Any, today: date) -> bool:
    """Whether somebody would read a text, or read it sooner, if its author chose differently.

    Both are choices as stored on a text. Other parties than care read everything but what is for care only.
    """
    chosen = (before.visible_to_child_from, after.visible_to_child_from)
    days = {today, *(day for day in chosen if day and day > today)}
    family = any(
        of_family(reader, after, day).opens and not of_family(reader, before, day).opens
        for reader in FamilyReader
        for day in days
    )
    return family or before.visibility == Visibility.CARE_ONLY != after.visibility


def sees_all(actor: Actor) -> bool:
    """Whether no author can have chosen to withhold a text from this reader."""
    return actor.is_staff and works_in_care(actor)
