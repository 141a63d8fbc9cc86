"""«Vad har ändrats?»: this report beside the one before, in figures and in what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days
from kring.followup.presenters import numbers, words
from kring.followup.queries import Indicator
from kring.followup.rules.places import by_chance
from kring.reports.rules.comparing import COMPARED, Compared, Facts, Verdict, compared, gone

from .measures import facts, facts_from

WORDS = {
    Verdict.NEW: gettext_lazy("Måttet fanns inte i förra rapporten."),
    Verdict.REDEFINED: gettext_lazy(
        "Definitionen har ändrats sedan förra rapporten (version %(old)s blev %(new)s). Talen jämförs inte."
    ),
    Verdict.REWORDED: gettext_lazy(
        "Det som räknas är beskrivet på ett annat sätt än i förra rapporten, så talen jämförs inte."
    ),
    Verdict.UNTOLD: gettext_lazy("Talet visas inte i båda rapporterna och går inte att jämföra."),
    Verdict.UNSURE: gettext_lazy(
        "Från %(earlier)s i förra rapporten till %(now)s. Om det är slump går inte att säga."
    ),
    Verdict.ALIKE: gettext_lazy(
        "Från %(earlier)s i förra rapporten till %(now)s. Det är inte mer än slumpen brukar göra."
    ),
    Verdict.MAYBE_HIGHER: gettext_lazy(
        "Högre än i förra rapporten, från %(earlier)s till %(now)s, men det kan vara slump."
    ),
    Verdict.MAYBE_LOWER: gettext_lazy(
        "Lägre än i förra rapporten, från %(earlier)s till %(now)s, men det kan vara slump."
    ),
    Verdict.HIGHER: gettext_lazy("Högre än i förra rapporten, från %(earlier)s till %(now)s, mer än slump."),
    Verdict.LOWER: gettext_lazy("Lägre än i förra rapporten, från %(earlier)s till %(now)s, mer än slump."),
}


@dataclass(frozen=True)
class Earlier:
    """The report before: its year, edition and data, and what it told of each indicator."""

    year: int
    edition: int
    data_version: str
    kept: Mapping[str, Mapping[str, Any]]

    def facts(self, slug: str) -> Facts | None:
        """What it told of an indicator; None of one it did not have."""
        return facts_from(dict(self.kept[slug])) if slug in self.kept else None


def of(one: Indicator, earlier: Earlier | None) -> Compared | None:
    """An indicator beside the same one before; None when there is no report before."""
    if earlier is None:
        return None
    now = facts_from(facts(one))
    return compared(earlier.facts(one.result.slug), now, earlier_year=earlier.year, year=one.years[-1])


def sentence(one: Indicator, found: Compared | None, earlier: Earlier | None) -> str:
    """What differs, in one or two sentences; nothing when there is no report before."""
    if found is None or earlier is None:
        return ""
    before = earlier.facts(one.result.slug)
    told = {
        "old": before.version if before else "",
        "new": one.result.version,
        "earlier": _number(found.earlier),
        "now": _number(found.now),
    }
    said = str(WORDS[found.verdict]) % told
    if found.recounted is None:
        return said
    again = {"year": earlier.year, "old": _number(found.earlier), "new": _number(found.recounted)}
    return f"{said} " + _("Talet för %(year)s har räknats om: %(old)s blev %(new)s.") % again


def _number(value: float | None) -> str:
    return "" if value is None else numbers.number(value)


def content(found: Mapping[str, Indicator], earlier: Earlier | None, data_version: str) -> dict[str, Any]:
    """The whole chapter."""
    if earlier is None:
        return {"sentences": [_("Det finns ingen tidigare rapport att jämföra med.")], "rows": [], "gone": []}
    stood = {slug: of(one, earlier) for slug, one in found.items()}
    counted = sum(one is not None and one.verdict in COMPARED for one in stood.values())
    now = {slug: facts_from(facts(one)) for slug, one in found.items()}
    names = {slug: str(kept["name"]) for slug, kept in earlier.kept.items()}
    before = {slug: facts_from(dict(kept)) for slug, kept in earlier.kept.items()}
    return {
        "sentences": [
            _("Jämfört med lägesrapporten för %(year)s, utgåva %(edition)s.")
            % {"year": earlier.year, "edition": earlier.edition},
            _data(earlier, data_version),
            *([words.chance(counted, by_chance(counted))] if counted else []),
        ],
        "rows": [
            {
                "name": one.result.definition["name"],
                "text": sentence(one, stood[slug], earlier),
                **_row(stood[slug]),
            }
            for slug, one in found.items()
        ],
        "gone": [names[slug] for slug in gone(before, now)],
        "definitions": [_redefined(one) for slug, one in found.items() if _is_redefined(stood[slug])],
    }


def _data(earlier: Earlier, data_version: str) -> str:
    if earlier.data_version == data_version:
        return _("Båda rapporterna är räknade på samma uppgifter.")
    return _("Rapporterna är räknade på olika leveranser av uppgifter, så också äldre år kan ha ändrats.")


def _row(found: Compared | None) -> dict[str, str]:
    is_compared = found is not None and found.verdict in {*COMPARED, Verdict.UNSURE}
    values = (found.earlier, found.now) if found and is_compared else (None, None)
    return dict(zip(("earlier", "now"), map(_number, values), strict=True))


def _is_redefined(found: Compared | None) -> bool:
    return found is not None and found.verdict in (Verdict.REDEFINED, Verdict.REWORDED)


def _redefined(one: Indicator) -> str:
    definition = one.result.definition
    return _("%(name)s: version %(version)s gäller från %(day)s. %(how)s") % {
        "name": definition["name"],
        "version": one.result.version,
        "day": days.plain_day(date.fromisoformat(definition["valid_from"])),
        "how": definition["how"],
    }
