"""What the law says a plan must hold before it is established (HSL 16:4, SoL 2025:400 10:8-9)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Gap:
    """Something that is missing, with the words for it. `names` are the units it concerns."""

    code: str
    words: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.words} ({', '.join(self.names)})" if self.names else str(self.words)


@dataclass(frozen=True)
class PlanFacts:
    """What decides it. `silent_parties`: units that neither do anything nor have said that they do nothing
    now.
    """

    needed_efforts: str = ""
    activities: int = 0
    silent_parties: tuple[str, ...] = ()
    other_measures: str = ""
    measures_by_others: int = 0
    has_overall_responsible: bool = False


EFFORTS = Gap("needed_efforts", _("vilka insatser som behövs"))
EACH_PARTY = Gap("each_party", _("vad varje verksamhet ansvarar för"))
OTHERS = Gap("other_measures", _("vad någon annan gör, eller att inget behövs"))
OVERALL = Gap("overall_responsible", _("vem som har det övergripande ansvaret"))


def gaps(plan: PlanFacts) -> list[Gap]:
    """Which of the four statutory items are missing, in the order of the law."""
    found = []
    if not plan.needed_efforts.strip():
        found.append(EFFORTS)
    if plan.silent_parties or not plan.activities:
        found.append(Gap(EACH_PARTY.code, EACH_PARTY.words, plan.silent_parties))
    if not plan.other_measures.strip() and not plan.measures_by_others:
        found.append(OTHERS)
    if not plan.has_overall_responsible:
        found.append(OVERALL)
    return found
