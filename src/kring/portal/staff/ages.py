"""Ages in words (ux.md c6): «10 år 8 mån», and under three years in months."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def age(birth_date: date, today: date) -> str:
    """The age with months, as a context bar shows it."""
    months = months_between(birth_date, today)
    if months < 36:
        return ngettext("%(n)s månad", "%(n)s månader", months) % {"n": months}
    years, rest = divmod(months, 12)
    return (
        _("%(years)s år %(months)s mån") % {"years": years, "months": rest} if rest else short_age_of(years)
    )


def short_age(birth_date: date, today: date) -> str:
    """The age in whole years, as a row of a list shows it; under three years in months."""
    months = months_between(birth_date, today)
    return age(birth_date, today) if months < 36 else short_age_of(months // 12)


def short_age_of(years: int) -> str:
    """«10 år»."""
    return _("%(years)s år") % {"years": years}


def months_between(birth_date: date, today: date) -> int:
    """Whole months from birth to today, never below 0."""
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month
    return max(months - (today.day < birth_date.day), 0)
