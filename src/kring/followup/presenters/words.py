"""What figures say in whole sentences that are right about chance."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.followup.rules.change import Assurance, Change, Judgement, Pattern
from kring.followup.rules.places import Stand

from . import numbers

PATTERNS = {
    Pattern.NOTHING: gettext_lazy("Inget år går att visa."),
    Pattern.TOO_FEW: gettext_lazy("Det finns för få år för att skilja en förändring från slump."),
    Pattern.CHANCE: gettext_lazy("Åren skiljer sig inte mer än slumpen brukar göra."),
    Pattern.RISING: gettext_lazy("Värdet har stigit år för år sedan %(since)s."),
    Pattern.FALLING: gettext_lazy("Värdet har sjunkit år för år sedan %(since)s."),
    Pattern.ABOVE: gettext_lazy("Värdet har legat över genomsnittet varje år sedan %(since)s."),
    Pattern.BELOW: gettext_lazy("Värdet har legat under genomsnittet varje år sedan %(since)s."),
    Pattern.HIGH: gettext_lazy("Värdet är högre än vanligt sedan %(since)s."),
    Pattern.LOW: gettext_lazy("Värdet är lägre än vanligt sedan %(since)s."),
}
JUDGEMENTS = {
    Judgement.NONE: "",
    Judgement.BETTER: gettext_lazy("Det är mer än slump, och en förbättring."),
    Judgement.WORSE: gettext_lazy("Det är mer än slump, och en försämring."),
    Judgement.CHANGED: gettext_lazy(
        "Det är mer än slump. Om det är bra eller dåligt går inte att säga av talet."
    ),
}
VARIATION = {
    Judgement.NONE: gettext_lazy("Normal variation"),
    Judgement.BETTER: gettext_lazy("Förbättring"),
    Judgement.WORSE: gettext_lazy("Försämring"),
    Judgement.CHANGED: gettext_lazy("Förändring"),
}
HIGHER = {
    Judgement.BETTER: gettext_lazy("Förbättring (högre)"),
    Judgement.WORSE: gettext_lazy("Försämring (högre)"),
    Judgement.CHANGED: gettext_lazy("Förändring (högre)"),
}
LOWER = {
    Judgement.BETTER: gettext_lazy("Förbättring (lägre)"),
    Judgement.WORSE: gettext_lazy("Försämring (lägre)"),
    Judgement.CHANGED: gettext_lazy("Förändring (lägre)"),
}
UP = (Pattern.RISING, Pattern.ABOVE, Pattern.HIGH)
TONES = {Judgement.BETTER: "good", Judgement.WORSE: "warn", Judgement.CHANGED: "lock"}
ASSURANCE = {
    Assurance.NO_TARGET: (gettext_lazy("Inget mål"), "neutral", "flag"),
    Assurance.STABLE: (gettext_lazy("Når målet stabilt"), "good", "goal-met"),
    Assurance.SOMETIMES: (gettext_lazy("Når målet ibland"), "neutral", "goal-sometimes"),
    Assurance.NOT_MET: (gettext_lazy("Når inte målet"), "warn", "goal-missed"),
}
REACHED = {
    Assurance.NO_TARGET: "",
    Assurance.ON_TRIAL: gettext_lazy("Om målet nås stabilt går inte att säga än."),
    Assurance.STABLE: gettext_lazy("Målet nås också när åren varierar som de brukar."),
    Assurance.SOMETIMES: gettext_lazy("Om målet nås ett enskilt år är slump."),
    Assurance.NOT_MET: gettext_lazy("Målet nås inte så länge inget ändras."),
}
STANDS = {
    Stand.UNKNOWN: "",
    Stand.INSIDE: gettext_lazy("Inom gränserna – skillnaden kan vara slump."),
    Stand.MAYBE_HIGH: gettext_lazy("Högre än regionen, men det kan vara slump."),
    Stand.MAYBE_LOW: gettext_lazy("Lägre än regionen, men det kan vara slump."),
    Stand.HIGH: gettext_lazy("Högre än regionen, mer än slump."),
    Stand.LOW: gettext_lazy("Lägre än regionen, mer än slump."),
}
AIMS = {
    "up": gettext_lazy("Högre är bättre."),
    "down": gettext_lazy("Lägre är bättre."),
    "none": gettext_lazy("Varken högre eller lägre är i sig bättre."),
}


def in_words(change: Change) -> str:
    """What the years say, in one to four sentences."""
    said = [str(PATTERNS[change.pattern]) % {"since": change.since}, str(JUDGEMENTS[change.judgement])]
    said.append(str(REACHED[change.assurance]))
    if change.pattern not in (Pattern.NOTHING, Pattern.TOO_FEW) and change.on_trial:
        said.append(_("Gränserna är preliminära, eftersom åren är få."))
    return " ".join(one for one in said if one)


def variation(change: Change) -> tuple[str, str, str]:
    """The word, tone and drawing of what the last year is part of."""
    if change.pattern in (Pattern.NOTHING, Pattern.TOO_FEW):
        return _("För få år"), "neutral", "hourglass"
    if change.judgement is Judgement.NONE:
        return str(VARIATION[Judgement.NONE]), "neutral", "vary"
    higher = change.pattern in UP
    word = (HIGHER if higher else LOWER)[change.judgement]
    return str(word), TONES[change.judgement], "run-up" if higher else "run-down"


def goal(definition: Mapping[str, Any], value: float) -> str:
    """A target: «högst 30 dagar», «minst 95 procent»."""
    told = {"n": numbers.number(value), "unit": numbers.unit(definition)}
    if definition["direction"] == "down":
        return _("högst %(n)s %(unit)s") % told
    return _("minst %(n)s %(unit)s") % told


def chance(compared: int, outside: int) -> str:
    """How much of a comparison chance would make by itself."""
    return ngettext(
        "Av %(n)s jämförelse hamnar ungefär %(outside)s utanför gränserna av ren slump.",
        "Av %(n)s jämförelser hamnar ungefär %(outside)s utanför gränserna av ren slump.",
        compared,
    ) % {"n": compared, "outside": outside}


def spread(times: float | None) -> str:
    """Said when places differ much more than chance makes them."""
    if times is None or times < 2:
        return ""
    return _(
        "Kommunerna skiljer sig i stort mer än slumpen förklarar. Att just en kommun ligger utanför "
        "gränserna säger därför mindre om den."
    )


def aim(definition: Mapping[str, Any]) -> str:
    """Which way is better."""
    return str(AIMS[definition["direction"]])
