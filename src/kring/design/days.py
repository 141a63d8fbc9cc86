"""Days and times in words, in the language of the page.

Adults read «tis 24 nov 2026 kl. 10.00»; a child reads «På tisdag. Om 3 nätter. Klockan 10.» (ux.md c6).
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kring import clock

When = TypeVar("When", bound=date)
More = ParamSpec("More")
Words = Callable[Concatenate[When, More], str]


def _unless_hidden(words: Words[When, More]) -> Words[When, More]:
    """A hidden day or moment is «Dolt»."""

    @wraps(words)
    def told(value: When, *args: More.args, **kwargs: More.kwargs) -> str:
        return _("Dolt") if clock.is_hidden(value) else words(value, *args, **kwargs)

    return told


def _swedish(value: date) -> date:
    """The day itself; of a moment the day that people in Sweden lived then."""
    return clock.day_of(value) if isinstance(value, datetime) else value


def local(moment: datetime) -> datetime:
    """The moment as clocks in Sweden show it."""
    return moment.astimezone(clock.STOCKHOLM)


@_unless_hidden
def day(value: date) -> str:
    """«tis 24 nov 2026»; Swedish writes days and months small."""
    words = dateformat.format(_swedish(value), "D j M Y")
    return words.lower() if get_language() == "sv" else words


@_unless_hidden
def plain_day(value: date) -> str:
    """«24 november 2026»."""
    return dateformat.format(_swedish(value), "j F Y")


@_unless_hidden
def at(moment: datetime) -> str:
    """«10.00»."""
    return f"{local(moment):%H.%M}"


@_unless_hidden
def day_and_time(moment: datetime) -> str:
    """«tis 24 nov 2026 kl. 10.00»."""
    return _("%(day)s kl. %(time)s") % {"day": day(local(moment)), "time": at(moment)}


@_unless_hidden
def headline(moment: datetime) -> str:
    """«Tisdag 24 november kl. 10.00»: for the one thing that comes next."""
    words = dateformat.format(local(moment), "l j F")
    return _("%(day)s kl. %(time)s") % {"day": words[:1].upper() + words[1:], "time": at(moment)}


@_unless_hidden
def month(moment: datetime) -> str:
    """«November 2026»."""
    words = dateformat.format(local(moment), "F Y")
    return words[:1].upper() + words[1:]


def distance(value: date, today: date) -> str:
    """«I dag», «I morgon», «Om 3 dagar»; empty for days gone by, over two weeks ahead, and hidden."""
    if clock.is_hidden(value):
        return ""
    ahead = (value - today).days
    if ahead == 0:
        return _("I dag")
    if ahead == 1:
        return _("I morgon")
    return ngettext("Om %(n)s dag", "Om %(n)s dagar", ahead) % {"n": ahead} if 1 < ahead <= 14 else ""


@_unless_hidden
def weekday(value: date, today: date) -> str:
    """«I dag.», «I morgon.», «På tisdag.», and for days over a week ahead «Tisdag 24 november.»."""
    ahead = (value - today).days
    if ahead in (0, 1):
        return _("I dag.") if ahead == 0 else _("I morgon.")
    name = dateformat.format(value, "l")
    if 1 < ahead < 7:
        return _("På %(weekday)s.") % {"weekday": name}
    return f"{name.capitalize()} {dateformat.format(value, 'j F')}."


def nights(value: date, today: date) -> str:
    """«Om 3 nätter.»; empty for today, for days gone by, and for hidden ones."""
    ahead = 0 if clock.is_hidden(value) else (value - today).days
    return ngettext("Om %(n)s natt.", "Om %(n)s nätter.", ahead) % {"n": ahead} if ahead > 0 else ""


@_unless_hidden
def oclock(moment: datetime) -> str:
    """«Klockan 10.» or «Klockan 10.30.»; half past midnight is «Klockan 0.30.»."""
    here = local(moment)
    return _("Klockan %(time)s.") % {"time": f"{here.hour}.{here:%M}".removesuffix(".00")}
