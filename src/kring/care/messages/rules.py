"""Who of the family sees a thread, how soon an answer is promised, and what may not be done as asked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.access import refusals
from kring.access.policy.decision import Decision, Rule
from kring.access.policy.sources import FIRST_DAY
from kring.access.policy.visibility import ITEMS, Category, FamilyReader, ItemShown, Nature, Visibility

HOUSE_TIME: tuple[tuple[int, Rule], ...] = (
    (
        2,
        Rule(
            "messages.answer_2",
            "En enhet som inte har bestämt något annat svarar inom två vardagar.",
            "Kring, meddelanden",
            FIRST_DAY,
            needs_sign_off=True,
        ),
    ),
)
"""The answer time of a unit that has not set one of its own."""
LONGEST = 10
"""Working days: a unit that needs longer is to be called instead."""

PRIVATE = Visibility.CARE_ONLY
"""What a guardian chooses for «Bara jag och enheten»; a young person has `NOT_GUARDIAN`."""
BY_GUARDIAN = (Visibility.CARE_ONLY, Visibility.ALL)
BY_CHILD = (Visibility.DEFAULT, Visibility.NOT_GUARDIAN)


def house_time(on: date) -> int:
    """The working days that hold where a unit has set nothing; 0, the same day, before any rule."""
    return next((days for days, rule in reversed(HOUSE_TIME) if rule.in_force(on)), 0)


def to_family(reader: FamilyReader, *, mine: bool, of_guardian: bool, visibility: str, on: date) -> Decision:
    """Whether somebody of the family who is let in to messages sees one thread (8.5 b).

    `mine`: the reader began it; `of_guardian`: a guardian did. What a guardian writes may tell of another
    guardian, so that nothing chosen means: only for whoever wrote.
    """
    return ITEMS.decide(
        ItemShown(
            reader=reader,
            nature=Nature.ORDINARY,
            visibility=Visibility.DEFAULT if mine else Visibility(visibility),
            category=Category.GENERAL,
            own_words=mine,
            young_persons_words=False,
            about_guardian=of_guardian,
            day_reached=False,
            draft=False,
        ),
        on=on,
    )


def choices_of(*, guardian: bool) -> tuple[Visibility, ...]:
    """What whoever begins a thread may choose for the rest of the family, the closest first."""
    return BY_GUARDIAN if guardian else BY_CHILD


def nearest(*, guardian: bool) -> Visibility:
    """What holds where a unit begins: nobody of the family but the one it writes to."""
    return Visibility.CARE_ONLY if guardian else Visibility.NOT_GUARDIAN


def told_as(act: str, *, kept: bool) -> str:
    """What the log says was done. With `kept` it begins as `log_review.rules.hidden` has it: «Vem har läst»
    is not to tell the rest of the family that there was anything to read.
    """
    return f"message.kept.{act}" if kept else f"message.{act}"


def is_kept(visibility: str) -> bool:
    """Whether whoever began a thread keeps it from the rest of the family."""
    return visibility in (Visibility.CARE_ONLY, Visibility.NOT_GUARDIAN)


WORDS: dict[str, tuple[str, Any]] = {
    "unit_missing": ("unit", _("Välj vilka du vill skriva till.")),
    "unit_elsewhere": ("unit", _("Enheten tar inte emot meddelanden om barnet. Ring i stället.")),
    "title_missing": ("title", _("Skriv kort vad det gäller.")),
    "title_too_long": ("title", _("Skriv kortare, högst %(most)s tecken.")),
    "text_missing": ("text", _("Skriv ett meddelande.")),
    "text_too_long": ("text", _("Skriv kortare, högst %(most)s tecken. Nu är det %(now)s.")),
    "visibility_unknown": ("visibility", _("Välj vilka som ska se tråden.")),
    "receiver_missing": ("to", _("Välj vem du vill skriva till.")),
    "receiver_unreached": (
        "to",
        _("Den du valde kan inte läsa på nätet nu. Ring i stället, eller välj någon annan."),
    ),
    "not_yours": ("", _("Du kan läsa tråden men inte skriva i den. Skriv ett eget meddelande i stället.")),
    "already_closed": ("", _("Tråden är redan avslutad.")),
    "time_out_of_range": ("weekdays", _("Välj mellan 1 och %(most)s vardagar.")),
}


class Refusal(refusals.FromTable):
    """Something about messages that may not be done as asked."""

    table = WORDS
