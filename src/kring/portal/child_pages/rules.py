"""Which set of pages a child meets: B1 (6-9 years), B2 (10-12) or U (13-17).

Age decides unless the child, its guardian or its unit has chosen another set, which is kept without any
label (ux.md c12). The limits are dated rows; the step to U follows the age from which the young use
e-services themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from kring.access.policy import ages
from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

EARLY, MIDDLE, YOUNG = "B1", "B2", "U"

MIDDLE_FROM: tuple[tuple[int, Rule], ...] = (
    (10, ruling("pages.middle", "Från 10 år möter barnet sidorna för 10–12 år.", 19)),
)

CHOSEN: Mapping[str, str] = {"early": EARLY, "middle": MIDDLE, "young": YOUNG}
"""Child.page_mode -> set of pages; `by_age` is not among them."""


def mode_by_age(birth: ages.Birth, on: date) -> str:
    """The set for the age on a day; of a partly known birth date the youngest possible age counts."""
    if ages.standing(birth, on).has_own_e_services:
        return YOUNG
    limits = [years for years, rule in MIDDLE_FROM if rule.in_force(on)]
    return MIDDLE if limits and birth.has_turned(limits[-1], on) else EARLY


def mode_for(page_mode: str, birth: ages.Birth, on: date) -> str:
    """The set of pages for a child: the chosen one, else the one for its age."""
    return CHOSEN.get(page_mode) or mode_by_age(birth, on)


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
