"""Which set of pages a child meets: B1 (6-9 years), B2 (10-12) or U (13-17), and with how many pictures.

Age decides unless the child, its guardian or its unit has chosen another look, which is kept without any
label (ux.md c12). The limits are dated rows; the step to U follows the age from which the young use
e-services themselves. How the pages look never decides who sees what: that follows the child's real age.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from kring.access.policy import ages
from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

EARLY, MIDDLE, YOUNG = "B1", "B2", "U"
BY_AGE, SIMPLE, MORE_TEXT, MORE_PICTURES = "by_age", "early", "middle", "pictures"

MIDDLE_FROM: tuple[tuple[int, Rule], ...] = (
    (10, ruling("pages.middle", "Från 10 år möter barnet sidorna för 10–12 år.", 19)),
)

CHOSEN: Mapping[str, str] = {SIMPLE: EARLY, MORE_TEXT: MIDDLE, "young": YOUNG}
"""Child.page_mode -> set of pages; `by_age` and `pictures` are not among them."""


def mode_by_age(birth: ages.Birth, on: date) -> str:
    """The set for the age on a day; of a partly known birth date the youngest possible age counts."""
    if ages.standing(birth, on).has_own_e_services:
        return YOUNG
    limits = [years for years, rule in MIDDLE_FROM if rule.in_force(on)]
    return MIDDLE if limits and birth.has_turned(limits[-1], on) else EARLY


def mode_for(page_mode: str, birth: ages.Birth, on: date) -> str:
    """The set of pages for a child: the chosen one, else the one for its age. The young meet «Mer bilder» in
    B2, where every choice has its picture.
    """
    by_age = mode_by_age(birth, on)
    if page_mode == MORE_PICTURES and by_age == YOUNG:
        return MIDDLE
    return CHOSEN.get(page_mode) or by_age


def looks_for(birth: ages.Birth, on: date) -> tuple[str, ...]:
    """The looks to choose among. «Enkel vy» is what the smallest have; they may choose more to read."""
    other = MORE_TEXT if mode_by_age(birth, on) == EARLY else SIMPLE
    return (BY_AGE, other, MORE_PICTURES)


def guardians_see(birth: ages.Birth, protected: bool, on: date) -> bool:
    """Whether guardians reach the child's plan and times by its age (8.5, ruling 8): what its pages say of
    it.
    """
    return ages.standing(birth, on).under_guardian_limit and not protected


def decided(
    after: Iterable[Mapping[str, Any]], before: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What a meeting led to: the activities still to be done that are new or were changed, those for a goal
    of the child's first. That one has begun is no decision.
    """
    kept = [_wanted(one) for one in before]
    new = [one for one in after if one["status"] in ("planned", "ongoing") and _wanted(one) not in kept]
    return sorted(new, key=lambda one: not one["goal"])


def _wanted(activity: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in activity.items() if name != "status"}


ANSWER_DAYS: tuple[tuple[int, Rule], ...] = (
    (7, ruling("pages.unclear_7", "Ett barn som inte förstår sin plan får svar inom en vecka.", 19)),
)


def answer_by(asked_on: date) -> date:
    """The last day to answer a child that has said «Jag förstår inte»; the same day where no rule is in
    force.
    """
    limits = [days for days, rule in ANSWER_DAYS if rule.in_force(asked_on)]
    return asked_on + timedelta(days=limits[-1] if limits else 0)
