"""The page where a chart is worked with: the chart, its years, and what may be decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.followup.chart_forms import ChartForm, FixForm, NoteForm, SplitForm, TargetForm, undo_form
from kring.followup.queries import Indicator
from kring.followup.rules.decisions import Kind, standing

from . import chart_files, control, indicator


@dataclass(frozen=True)
class At:
    """What the address names: the place, the chosen year, and the number of a decision to take back."""

    place: str
    year: int | None
    back: int | None


def at(asked: Mapping[str, str]) -> At:
    """The address's choices; what is not understood is as if it was not chosen."""
    return At(asked.get("kommun", ""), _whole(asked.get("ar", "")), _whole(asked.get("tillbaka", "")))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def address(one: Indicator, place: str, **more: Any) -> str:
    """The page with its choices."""
    return address_of_chart(indicator.address_of(one.result.slug), place, **more)


def address_of_chart(measure: str, place: str, **more: Any) -> str:
    """The same, by the indicator as an address names it."""
    query = "&".join(f"{name}={value}" for name, value in {"kommun": place, **more}.items() if value)
    path = reverse("indicator-chart", kwargs={"measure": measure})
    return f"{path}?{query}" if query else path


def page(
    one: Indicator,
    asked: At,
    names: Mapping[str, str],
    actor: Actor,
    own_place: str | None,
    sent: ChartForm | None,
) -> dict[str, Any]:
    """What the page shows. `own_place`: whose charts the actor's organisation decides about; `sent`: the form
    that was sent and is shown again.
    """
    place, where = asked.place, names.get(asked.place, "")
    decided, found = one.decided(place), control.changed(one, place)
    own = own_place == place
    limits, target = (own and actor.may(one) for one in (Permission.DECIDE_LIMITS, Permission.SET_TARGET))
    return {
        "headline": indicator.headline(one, place),
        "where": where or _("Hela regionen"),
        "chart": indicator.chart(one, place, where),
        "limits": control.limits_in_words(found),
        "years": indicator.years(one, place),
        "pick": _pick(one, asked) if limits else [],
        "chosen": asked.year if limits and asked.year in one.years else None,
        "sections": _sections(one, asked, limits=limits, target=target, sent=sent),
        "history": _history(one, place, limits=limits, target=target),
        "why_not": "" if own else _why_not(actor, own_place, names),
        "places": [("", _("Hela regionen")), *names.items()],
        "place": place,
        "seen": decided[-1].number if decided else 0,
        "action": address(one, place, ar=asked.year, tillbaka=asked.back),
        "public": indicator.address(one.result.slug, place),
        "downloads": chart_files.downloads(one.result.slug, place),
        "source": indicator.source(one.calculation),
        "citation": indicator.citation(one),
        "label": indicator.label(one.calculation),
    }


def _why_not(actor: Actor, own_place: str | None, names: Mapping[str, str]) -> str:
    """Said to who decides about other charts than this."""
    decides = actor.may(Permission.DECIDE_LIMITS) or actor.may(Permission.SET_TARGET)
    if not decides or own_place is None:
        return ""
    where = names.get(own_place) or _("hela regionen")
    return _("Ni bestämmer om diagrammen för %(place)s.") % {"place": where}


def _pick(one: Indicator, asked: At) -> list[dict[str, Any]]:
    """Every year that has a value, to choose."""
    told = [cell.year for cell in one.series(municipality=asked.place) if cell.value is not None]
    return [
        {
            "label": str(year),
            "href": address(one, asked.place, ar=year) + "#besluta",
            "current": year == asked.year,
        }
        for year in told
    ]


def _sections(
    one: Indicator, asked: At, *, limits: bool, target: bool, sent: ChartForm | None
) -> list[dict[str, Any]]:
    """The forms that are open to the actor now; the one that was sent keeps what was written in it."""
    made = list[ChartForm]()
    if limits and asked.year in one.years:
        made += [SplitForm(initial={"year": asked.year}), FixForm(initial={"year": asked.year})]
    if limits:
        made.append(NoteForm())
    if target and one.result.definition["direction"] != "none":
        made.append(TargetForm())
    if undone := _to_take_back(one, asked):
        made.insert(0, undo_form(str(undone.pk)))
    shown = [sent if sent and sent.kind == form.kind else form for form in made]
    return [{"form": form, "title": _title(form, one, asked), "open": _is_open(form, sent)} for form in shown]


def _is_open(form: ChartForm, sent: ChartForm | None) -> bool:
    return form is sent or isinstance(form, SplitForm | FixForm) or form.kind == Kind.UNDO


def _title(form: ChartForm, one: Indicator, asked: At) -> str:
    if isinstance(form, SplitForm):
        return _("Börja nya gränser %(year)s") % {"year": asked.year}
    if isinstance(form, FixForm):
        return _("Räkna gränserna på åren till och med %(year)s") % {"year": asked.year}
    if undone := _to_take_back(one, asked) if form.kind == Kind.UNDO else None:
        return _("Ta tillbaka: %(what)s") % {"what": control.what(undone, one)}
    return str(form.title)


def _to_take_back(one: Indicator, asked: At) -> Any:
    held = standing(one.decided(asked.place))
    return next((row for row in held if row.number == asked.back), None)


def _history(one: Indicator, place: str, *, limits: bool, target: bool) -> list[dict[str, Any]]:
    """What has been decided, each with the way to take it back for who may."""
    kinds = {row.number: row.kind for row in standing(one.decided(place))}
    return [
        {
            "told": told,
            "back": address(one, place, tillbaka=told.number) + "#besluta"
            if told.number in kinds and (target if kinds[told.number] == Kind.TARGET else limits)
            else "",
        }
        for told in control.history(one, place)
    ]
