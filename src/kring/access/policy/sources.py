"""Where the rules come from, and from which day Kring decides by them."""

from datetime import date

from kring.access.policy.decision import Rule

FIRST_DAY = date(2023, 1, 1)
"""Lag (2022:913) took effect. Kring decides nothing by older law: before this day every table refuses."""


def law(rule_id: str, says: str, source: str, *, sign_off: bool = False) -> Rule:
    """A rule that stands in law, in a regulation or in the practice of a national service.

    `sign_off`: it is read together with a choice of ours that a lawyer or the controller must approve.
    """
    return Rule(rule_id, says, source, FIRST_DAY, needs_sign_off=sign_off)


def ruling(rule_id: str, says: str, number: int, *, sign_off: bool = False) -> Rule:
    """Kring's own choice where the law leaves one."""
    return Rule(rule_id, says, f"Kring, ställningstagande {number}", FIRST_DAY, needs_sign_off=sign_off)
