"""How long a young person waits for an answer."""

from datetime import date, timedelta

from kring.access.policy.decision import Rule
from kring.access.policy.sources import ruling

ANSWER_DAYS: tuple[tuple[int, Rule], ...] = (
    (
        30,
        ruling(
            "maturity.answer_30", "Den som ber om att läsa sin journal tidigare får svar inom 30 dagar.", 15
        ),
    ),
)


def answer_by(asked_on: date) -> date:
    """The last day to answer; the same day where no rule is in force."""
    days = [count for count, rule in ANSWER_DAYS if rule.in_force(asked_on)]
    return asked_on + timedelta(days=days[-1] if days else 0)
