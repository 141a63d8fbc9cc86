"""How long a family waits for an answer: a dated setting, not law."""

from datetime import date, timedelta

from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

ANSWER_DAYS: tuple[tuple[int, Rule], ...] = (
    (7, ruling("family.answer_7", "En familj som frågar får svar inom en vecka.", 19)),
)

LOOK, READINGS = "look", "readings"
"""Ways on that no one permission opens: how the child's own pages look, and who has read."""


def answer_by(asked_on: date) -> date:
    """The last day to answer; the same day where no rule is in force."""
    limits = [days for days, rule in ANSWER_DAYS if rule.in_force(asked_on)]
    return asked_on + timedelta(days=limits[-1] if limits else 0)
