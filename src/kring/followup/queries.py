"""Reading what has been counted. Every cell here has been guarded, and none is about one child: no gate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from kring.access.actors import Actor
from kring.design.alphabet import swedish
from kring.jobs.models import Job
from kring.organisations.models import Controller, Municipality

from .models import Calculation, Cell, ChartDecision, Result
from .rules.decisions import Charted
from .rules.statuses import EVERYWHERE

WHOLE = Q(municipality=EVERYWHERE, sex="", age_band="")
"""The region as a whole."""
ORDER = ("year", "municipality", "sex", "age_band")
EVERY_CELL = Q()
NOTHING = Q(pk__in=[])
"""Only the definitions."""
JOB = "calculate_indicators"
DEMO_JOB = "make_up_region"


@dataclass(frozen=True)
class Indicator:
    """An indicator as it was counted, with some of its cells and everything decided about its charts."""

    calculation: Calculation
    result: Result
    cells: tuple[Cell, ...]
    decisions: tuple[ChartDecision, ...] = ()

    @cached_property
    def years(self) -> list[int]:
        """Every year that was counted."""
        return list(range(self.calculation.first_year, self.calculation.last_year + 1))

    def decided(self, place: str = "") -> list[ChartDecision]:
        """What has been decided about the chart of a place, in order, also what was taken back."""
        return [one for one in self.decisions if one.place == place]

    def series(self, *, municipality: str = "", sex: str = "", age_band: str = "") -> list[Cell]:
        """One row of the tables over the years."""
        of = (municipality, sex, age_band)
        found = [one for one in self.cells if (one.municipality, one.sex, one.age_band) == of]
        return sorted(found, key=lambda one: one.year)


def latest() -> Calculation | None:
    """The calculation that pages show: the last one made."""
    return Calculation.objects.order_by("-made_at", "-pk").first()


def latest_or_404() -> Calculation:
    """The same. Http404 while nothing has been counted."""
    found = latest()
    if found is None:
        raise Http404
    return found


def calculations() -> list[Calculation]:
    """The last ten, newest first."""
    return list(Calculation.objects.order_by("-made_at", "-pk")[:10])


def indicators(calculation: Calculation, chosen: Q = WHOLE) -> list[Indicator]:
    """Every indicator of a calculation with the cells that `chosen` names; by name, in three questions."""
    results = {one.pk: one for one in Result.objects.filter(calculation=calculation)}
    decided = _decisions(one.slug for one in results.values())
    cells = defaultdict[int, list[Cell]](list)
    for one in Cell.objects.filter(chosen, result__in=list(results)).order_by(*ORDER):
        cells[one.result_id].append(one)
    made = [
        Indicator(calculation, result, tuple(cells[key]), tuple(decided[result.slug]))
        for key, result in results.items()
    ]
    return sorted(made, key=lambda one: swedish(one.result.definition["name"]))


def indicator(calculation: Calculation, slug: str, chosen: Q = WHOLE) -> Indicator:
    """One indicator with the cells that `chosen` names. Http404 for none such."""
    result = Result.objects.filter(calculation=calculation, slug=slug).first()
    if result is None:
        raise Http404
    rows = result.cells.order_by(*ORDER)
    return Indicator(calculation, result, tuple(rows.filter(chosen)), tuple(_decisions([slug])[slug]))


def _decisions(slugs: Iterable[str]) -> dict[str, list[ChartDecision]]:
    """What has been decided about the charts of indicators, in order."""
    made = defaultdict[str, list[ChartDecision]](list)
    for one in ChartDecision.objects.filter(slug__in=list(slugs)).order_by("slug", "place", "number"):
        made[one.slug].append(one)
    return made


def charted(one: Indicator, place: str) -> Charted:
    """The chart of a place as decisions about it see it."""
    told = [cell.year for cell in one.series(municipality=place) if cell.value is not None]
    definition = one.result.definition
    return Charted(one.years, told, definition["direction"], definition["unit"])


def own_place(actor: Actor) -> str | None:
    """Whose charts somebody's organisation decides about: its municipality's code, empty for the region.
    None for who works nowhere.
    """
    if actor.controller_id is None:
        return None
    code = Controller.objects.filter(pk=actor.controller_id).values_list("municipality__code", flat=True)
    return next(iter(code), None) or EVERYWHERE


def counted_versions() -> dict[str, int]:
    """The version that each indicator was last counted by; nothing while none has been."""
    calculation = latest()
    rows = Result.objects.filter(calculation=calculation) if calculation else Result.objects.none()
    return dict(rows.values_list("slug", "version"))


def names_of_indicators(calculation: Calculation) -> list[tuple[str, str]]:
    """Slugs and names of what was counted, by name."""
    rows = Result.objects.filter(calculation=calculation).values_list("slug", "definition__name")
    return sorted(rows, key=lambda one: swedish(one[1]))


def groups() -> Q:
    """The region, and its children by sex and by age."""
    return Q(municipality=EVERYWHERE) & (Q(sex="") | Q(age_band=""))


def by_municipality() -> Q:
    """The region and each municipality, of all children."""
    return Q(sex="", age_band="")


def of_municipality(code: str) -> Q:
    """The region and one municipality, of all children."""
    return Q(municipality__in=[EVERYWHERE, code], sex="", age_band="")


def municipalities() -> dict[str, str]:
    """The names of the region's municipalities by code, in the order of the names."""
    found = Municipality.objects.values_list("code", "name")
    return dict(sorted(found, key=lambda one: swedish(one[1])))


def known_place(code: str, names: Mapping[str, str]) -> str:
    """A municipality that somebody asks for; the region when there is none such."""
    return code if code in names else EVERYWHERE


def work_under_way() -> Job | None:
    """The newest calculation that is still being made or that stopped after the last one was kept."""
    newest = Job.objects.filter(kind__in=[JOB, DEMO_JOB]).order_by("-created_at").first()
    return newest if newest and newest.state != Job.State.DONE else None


def data_folder() -> Path | None:
    """Where the region's delivery stands; None where the service has not been told."""
    return Path(settings.FOLLOW_UP_DATA) if settings.FOLLOW_UP_DATA else None


@dataclass(frozen=True)
class DataStatus:
    """What S100 tells: the calculations, the work under way, and whether there is a delivery to count."""

    calculations: list[Calculation]
    under_way: Job | None
    has_delivery: bool

    @property
    def is_working(self) -> bool:
        """Whether one is being made right now."""
        return self.under_way is not None and self.under_way.state in (Job.State.WAITING, Job.State.RUNNING)

    @property
    def may_start(self) -> bool:
        """One at a time, and only with something to count."""
        return self.has_delivery and not self.is_working


def data_status() -> DataStatus:
    """The state of the data that follow-up rests on."""
    folder = data_folder()
    return DataStatus(
        calculations=calculations(),
        under_way=work_under_way(),
        has_delivery=folder is not None and folder.is_dir(),
    )
