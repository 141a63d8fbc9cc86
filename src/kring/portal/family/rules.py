"""How long a family waits for an answer, and how early it reads of an age limit: dated settings, not law."""

from datetime import date, timedelta

from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

ANSWER_DAYS: tuple[tuple[int, Rule], ...] = (
    (7, ruling("family.answer_7", "En familj som frågar får svar inom en vecka.", 19)),
)


def answer_by(asked_on: date) -> date:
    """The last day to answer; the same day where no rule is in force."""
    limits = [days for days, rule in ANSWER_DAYS if rule.in_force(asked_on)]
    return asked_on + timedelta(days=limits[-1] if limits else 0)


NOTICE_DAYS: tuple[tuple[int, Rule], ...] = (
    (183, ruling("family.notice_183", "En familj läser om en åldersgräns från ett halvt år innan.", 19)),
)


def notice_from(limit_on: date, today: date) -> date:
    """The first day to tell of an age limit that is reached on `limit_on`; the day itself without a rule."""
    ahead = [days for days, rule in NOTICE_DAYS if rule.in_force(today)]
    return limit_on - timedelta(days=ahead[-1] if ahead else 0)
