"""Placements and what they change, as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.policy.ages import Birth, standing
from kring.access.policy.consents import Decider, Named
from kring.design import days
from kring.portal.staff.secrecy.presenters import Line, when
from kring.secrecy.rules.placements import Change, State, holds


@dataclass(frozen=True)
class Effect:
    """What changes from a day on: the day in words, and sentences."""

    when: str
    says: tuple[str, ...]


def effects(found: Iterable[Change], child: Any, today: date, *, mature: bool) -> list[Effect]:
    """What a placement changes, day by day; one that says so when nothing does."""
    told = [_effect(one, child, today, mature) for one in found]
    nothing = _("Inget ändras för vårdnadshavarnas sidor, eller för vem som samtycker.")
    return told or [Effect("", (nothing,))]


def _effect(change: Change, child: Any, today: date, mature: bool) -> Effect:
    age = standing(Birth.of(child.birth_date, child.birth_precision), change.on)
    day = _("Genast") if change.on <= today else _("Från och med %(day)s") % {"day": days.day(change.on)}
    adult = _("Barnet har fyllt 18 år: ingen är längre vårdnadshavare.")
    pages = adult if age.adult else _pages(change, young=age.under_guardian_limit)
    return Effect(day, (pages, _consent(change, adult=age.adult, mature=mature)))


def _pages(change: Change, *, young: bool) -> str:
    """What the guardians then see on the net; a teenager's guardians see only what it shares."""
    small = {
        (False, True): _("Vårdnadshavarnas sidor om barnet stängs."),
        (True, False): _("Vårdnadshavarnas sidor om barnet öppnas igen."),
        (True, True): _("Vårdnadshavarnas sidor om barnet är stängda som förut."),
        (False, False): _("Vårdnadshavarna behåller sina sidor om barnet."),
    }
    older = {
        (False, True): _(
            "Vårdnadshavare ser inget om barnet, inte heller sådant som barnet kan välja att dela."
        ),
        (True, False): _("Vårdnadshavare ser igen bara det som barnet kan välja att dela."),
        (True, True): _("Vårdnadshavare ser inget om barnet, som förut."),
        (False, False): _("Vårdnadshavare ser bara det som barnet kan välja att dela, som förut."),
    }
    return (small if young else older)[change.before.closes, change.after.closes]


def _consent(change: Change, *, adult: bool, mature: bool) -> str:
    before = _decides(change.before, adult, mature)
    after = _decides(change.after, adult, mature)
    if after == before:
        return {
            Decider.CHILD: _("Barnet bestämmer självt om samtycken, som förut."),
            Named.BOARD: _("Socialnämnden samtycker för barnet, som förut."),
            Named.NOBODY: _("Ingen kan samtycka för barnet, som förut."),
            Decider.GUARDIANS: _("Vårdnadshavarna samtycker för barnet, som förut."),
        }[after]
    return {
        Named.BOARD: _(
            "Socialnämnden samtycker för barnet, med ett skriftligt beslut. "
            "Det som är delat på någon annans ja stängs."
        ),
        Named.NOBODY: _("Ingen kan samtycka för barnet. Det som är delat stängs tills ett beslut säger vem."),
        Decider.GUARDIANS: _("Vårdnadshavarna samtycker för barnet. Det som är delat på nämndens ja stängs."),
    }[after]


def _decides(state: State, adult: bool, mature: bool) -> Decider | Named:
    """Who consents; for the board, whether the decision says so."""
    decides = state.decides(adult=adult, mature=mature)
    if decides is not Decider.BOARD:
        return decides
    return Named.BOARD if state.named is Named.BOARD else Named.NOBODY


def filled(form: forms.Form) -> list[dict[str, str]]:
    """What somebody has filled in, in the form's own words; a box left empty is not among it."""
    given = ((bound.label, _in_words(bound.field, form.cleaned_data[bound.name])) for bound in form)
    return [{"label": str(label), "value": words} for label, words in given if words]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return days.day(value)
    return str(dict(getattr(field, "choices", ())).get(value, value or ""))


def placements(rows: Iterable[Any], child_id: UUID, today: date) -> list[Line]:
    """The own board's placements, with what can be done about each."""
    return [_placement(row, child_id, today) for row in rows]


def _placement(row: Any, child_id: UUID, today: date) -> Line:
    about = {"child_id": child_id, "placement_id": row.pk}
    acts = [
        (_("Ändra"), reverse("change-placement", kwargs=about)),
        (_("Avsluta"), reverse("end-placement", kwargs=about)),
        (_("Ta bort"), reverse("withdraw-placement", kwargs=about)),
    ]
    over = row.ends_on is not None and row.ends_on < today
    tone, state = ("neutral", _("Avslutad")) if over else ("info", _("Gäller"))
    if not over and not holds(row, today):
        tone, state = "wait", _("Börjar senare")
    facts = [one["value"] for one in told(row)]
    who = {"when": when(row.recorded_at), "who": row.recorded_by.name, "unit": row.unit.name}
    facts.append(_("Inskriven %(when)s av %(who)s, %(unit)s.") % who)
    return Line(str(row.get_kind_display()), tone, state, tuple(facts[1:]), tuple(acts))


def told(row: Any) -> list[dict[str, str]]:
    """Everything about a placement, each with what it is called."""
    rows = [
        (_("Hur är barnet placerat?"), str(row.get_kind_display())),
        (_("I vilken form?"), str(row.get_home_display())),
        (_("Dagar"), _days(row)),
        (_("Beslut"), _decided(row)),
        (_("Vårdnadshavarnas sidor"), _keeps(row)),
        (_("Vem samtycker"), _("Samtycker för barnet: %(who)s") % {"who": row.get_signer_display()}),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def in_short(row: Any) -> str:
    """Kind and days on one line."""
    return _("%(kind)s. %(days)s.") % {"kind": row.get_kind_display(), "days": _days(row)}


def _days(row: Any) -> str:
    if row.ends_on is None:
        return _("Från och med %(day)s, tills vidare") % {"day": days.day(row.starts_on)}
    both = {"first": days.day(row.starts_on), "last": days.day(row.ends_on)}
    return _("Från och med %(first)s till och med %(last)s") % both


def _decided(row: Any) -> str:
    if row.decided_on is None:
        return _("Dagen för nämndens beslut är inte inskriven")
    if row.end_decided_on is None:
        return _("Nämndens beslut %(day)s") % {"day": days.day(row.decided_on)}
    both = {"day": days.day(row.decided_on), "end": days.day(row.end_decided_on)}
    return _("Nämndens beslut %(day)s, och att den upphör %(end)s") % both


def _keeps(row: Any) -> str:
    if row.guardians_keep_access:
        return _("Vårdnadshavarna behåller sina sidor")
    return _("Vårdnadshavarna behåller inte sina sidor")
