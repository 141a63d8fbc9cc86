"""S93 «Jag vill läsa mer»."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring import clock
from kring.access.policy.family import MATURE, OWN_RECORD, TOO_YOUNG
from kring.design import days

from .to_you import to_you


@dataclass(frozen=True)
class AskingPage:
    """Where one stands, in sentences; `asks` when the form is shown, and then the last day to answer; `reads`
    when there is nothing to ask for.
    """

    standing: str
    rule: str
    more: Sequence[str]
    asks: bool
    last: str = ""
    reads: bool = False


def asking_page(found: Any, adult_of_record: bool) -> AskingPage:
    """`adult_of_record`: old enough to read the record without anybody's decision."""
    if found.reads:
        rule = OWN_RECORD if adult_of_record else MATURE
        return AskingPage(_("Du får läsa din journal på nätet."), to_you(rule.id), [], asks=False, reads=True)
    if found.waiting:
        return AskingPage(
            _waiting(found.waiting), to_you(MATURE.id), [_("Du behöver inte göra något.")], False
        )
    last = days.plain_day(found.answer_by)
    if found.answer:
        return AskingPage(_answered(found.answer), to_you(MATURE.id), [_again()], bool(found.units), last)
    none = [] if found.units else [_("Ingen mottagning är kopplad till dig här. Ring 1177 om du vill fråga.")]
    return AskingPage(
        _("Du läser inte din journal på nätet än."), to_you(TOO_YOUNG.id), none, bool(found.units), last
    )


def _waiting(asked: Any) -> str:
    words = _("Du frågade %(unit)s den %(day)s. Du får svar senast den %(last)s.")
    day, last = days.plain_day(clock.day_of(asked.at)), days.plain_day(asked.answer_by)
    return words % {"unit": asked.unit.name, "day": day, "last": last}


def _answered(answer: Any) -> str:
    day = days.plain_day(clock.day_of(answer.assessed_at))
    words = _("%(unit)s svarade den %(day)s: du får inte läsa journalen på nätet än.")
    return words % {"unit": answer.unit.name, "day": day}


def _again() -> str:
    return _("Be dem berätta varför. Du får fråga igen när du vill.")


def ask_check(unit: str, words: str) -> list[tuple[str, str]]:
    """What will be sent, before it is."""
    return [(_("Till"), unit), (_("Du skriver"), words or _("Inget."))]
