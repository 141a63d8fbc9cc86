"""Who of the family sees an answer, and how soon it is read."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kring.access import refusals
from kring.access.policy.decision import Decision, Rule
from kring.access.policy.sources import ruling
from kring.access.policy.visibility import ITEMS, Category, FamilyReader, ItemShown, Nature, Visibility
from kring.access.policy.working_days import on_or_after

READ_WITHIN: tuple[tuple[int, Rule], ...] = (
    (1, ruling("mood.read_1", "Det barnet svarar om hur det mår läses senast nästa vardag.", 19)),
)
WORST = "awful"


def to_a_guardian(*, shown: bool, young: bool, shared: bool, on: date) -> Decision:
    """Whether a guardian who reaches the child sees an answer (8.5 b). `shown`: the child did not say no for
    it; `young`: the child is of the age from which its own words are its own; `shared`: and shares them.
    """
    return ITEMS.decide(
        ItemShown(
            reader=FamilyReader.GUARDIAN,
            nature=Nature.ORDINARY,
            visibility=Visibility.DEFAULT if shown else Visibility.NOT_GUARDIAN,
            category=Category.GENERAL,
            own_words=False,
            young_persons_words=young and not shared,
            about_guardian=False,
            day_reached=True,
            draft=False,
        ),
        on=on,
    )


def kept_from_guardians(answers: Iterable[tuple[bool, bool]]) -> bool:
    """Whether a reading of these answers is of nothing but what the child keeps from its guardians, so that
    the reading itself would tell them that it has answered. Each is (shown to guardians, read before).

    It is the new ones that are read when there are any: beside those the old ones explain nothing.
    """
    rows = list(answers)
    new = [shown for shown, read in rows if not read]
    touched = new or [shown for shown, _read in rows]
    return bool(touched) and not any(touched)


def read_by(face: str, sent_on: date) -> date:
    """The last day to read an answer: the worst face the same day, others the next; always a working day."""
    within = [days for days, rule in READ_WITHIN if rule.in_force(sent_on)]
    wait = within[-1] if within and face != WORST else 0
    return on_or_after(sent_on + timedelta(days=wait))


WORDS = {
    "reader_missing": ("reader", _("Välj vem som läser svaren.")),
    "reader_elsewhere": ("reader", _("Välj en person som arbetar på enheten.")),
    "face_missing": ("face", _("Välj en bild.")),
    "not_asked": ("", _("Frågan är inte öppen längre.")),
    "words_too_long": ("own", _("Skriv lite kortare.")),
}
WORDS_MAX = 1000


class Refusal(refusals.FromTable):
    """Something about «Hur mår jag?» that may not be done as asked."""

    table = WORDS
