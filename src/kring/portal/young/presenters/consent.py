"""«Vem får se min plan?»: the young person's own answer in its own words: who sees what, before and after."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days

from .to_you import to_you

DECIDES, DECIDES_NOT = "8.6.child", "8.6.child.not_mature"
KINDS = {"plan": gettext_lazy("din plan"), "appointment": gettext_lazy("dina bokade tider")}

MORE_KINDS = {"record": gettext_lazy("journaluppgifter"), "contact_details": gettext_lazy("kontaktuppgifter")}
"""What others may have opened, and nobody opens here."""


@dataclass(frozen=True)
class Plan:
    """One plan in the list of those to decide about."""

    name: str
    said: str
    tone: str
    href: str


@dataclass(frozen=True)
class DecidingPage:
    """The list; `rule` says why, or why not yet."""

    rule: str
    plans: Sequence[Plan]
    nothing: str


@dataclass(frozen=True)
class ConsentPage:
    """One plan: what has been answered, who sees what now, whom there is to choose among."""

    rule: str
    said: str
    tone: str
    sees: Sequence[str]
    who_is_told: str
    stop: str
    may_choose: bool


@dataclass(frozen=True)
class Check:
    """Once more before it is done."""

    heading: str
    lines: Sequence[str]
    sure: str


def deciding_page(found: Any) -> DecidingPage:
    """`found` is `deciding.Deciding`."""
    rule = to_you(DECIDES if found.decides or not found.others else DECIDES_NOT)
    return DecidingPage(rule, [_plan(one) for one in found.decides], _nothing(found))


def _nothing(found: Any) -> str:
    if found.decides:
        return ""
    if found.others:
        return _("Prata med någon som behandlar dig om du vill bestämma själv.")
    return _("Det finns ingen plan att svara om just nu.")


def _plan(one: Any) -> Plan:
    said, tone = said_now(one)
    name = _("Planen hos %(unit)s") % {"unit": one.plan.unit.name}
    return Plan(name, said, tone, reverse("young-consent", args=[one.plan.pk]))


def said_now(one: Any) -> tuple[str, str]:
    """One's own answer as it stands: words and the tone of their mark."""
    if one.mine is None or one.mine.state == "not_asked":
        return _("Väntar på ditt svar"), "wait"
    if one.mine.withdrawn_at:
        return _("Du har tagit tillbaka ditt ja"), "late"
    if one.mine.state == "refused":
        return _("Du har sagt nej"), "late"
    return (_("Du har sagt ja"), "good") if one.holds else (_("Ditt ja har gått ut"), "wait")


def consent_page(one: Any, own: Any) -> ConsentPage:
    """`one` is `deciding.Decided`, `own` whose pages these are."""
    said, tone = said_now(one)
    return ConsentPage(
        rule=to_you(DECIDES),
        said=said,
        tone=tone,
        sees=[_keeper(one), *(_sees(one, unit) for unit in one.shared.units)],
        who_is_told=who_is_told(one, own),
        stop=reverse("young-consent-stop", args=[one.plan.pk]) if one.holds else "",
        may_choose=bool(one.shared.units),
    )


def _keeper(one: Any) -> str:
    return _("%(unit)s håller i planen och ser den.") % {"unit": one.plan.unit.name}


def _sees(one: Any, unit: Any) -> str:
    opened = {name for unit_id, name in one.shared.open if unit_id == unit.pk}
    if not opened:
        return _("%(unit)s är med i planen, men får inte se något.") % {"unit": unit.name}
    return _("%(unit)s får se %(what)s.") % {"unit": unit.name, "what": _kinds(opened)}


def _kinds(names: Collection[str]) -> str:
    if set(names) == set(KINDS):
        return _("din plan och dina bokade tider")
    return ", ".join(str(word) for name, word in (KINDS | MORE_KINDS).items() if name in names)


def who_is_told(one: Any, own: Any) -> str:
    """Who learns what one answers: the keeper of the plan, and a guardian only who sees the plan."""
    unit = {"unit": one.plan.unit.name}
    if own.guardians_see:
        text = _("%(unit)s får veta vad du svarar. Vårdnadshavare som ser din plan ser också ditt svar.")
    else:
        text = _("%(unit)s får veta vad du svarar. Ingen vårdnadshavare får veta det här.")
    return f"{text % unit} {_('Ingen vårdnadshavare får något meddelande.')}"


def consent_check(said: Mapping[str, Any], one: Any, own: Any) -> Check:
    """What an answer opens, to whom and for how long, before it is given."""
    heading, told = _("Stämmer det här?"), who_is_told(one, own)
    if said["state"] == "refused":
        lines = [_("Du svarar nej."), _("Planen delas inte med någon annan."), *stops(), _keeper(one), told]
        return Check(heading, lines, _("Ja, spara mitt nej"))
    lines = [_("Du svarar ja."), *_opens(said, one.shared.units), _keeper(one), until(said["ends_on"]), told]
    return Check(heading, [*lines, _("Du kan ändra dig när du vill.")], _("Ja, spara mitt ja"))


def _opens(said: Mapping[str, Any], units: Iterable[Any]) -> list[str]:
    """A line for each unit in the plan, for those that get to see nothing too."""
    chosen = {unit.name: {name for name in KINDS if str(unit.pk) in said.get(name, ())} for unit in units}
    open_to = [
        _("%(unit)s får se %(what)s.") % {"unit": unit, "what": _kinds(names)}
        for unit, names in chosen.items()
        if names
    ]
    closed = [unit for unit, names in chosen.items() if not names]
    return open_to + [_("%(unit)s får inte se något.") % {"unit": unit} for unit in closed]


def until(last_day: date | None) -> str:
    """How long a yes holds."""
    if last_day is None:
        return _("Det gäller så länge planen pågår.")
    return _("Det gäller till och med %(day)s.") % {"day": days.day(last_day)}


def stops() -> list[str]:
    """What stops, and what stays with whoever has received it (ruling 11)."""
    return [
        _("De som fick se den ser inget nytt från och med nu."),
        _("Det de redan har fått har de kvar. Det går inte att ta tillbaka."),
    ]


def stop_check(one: Any, own: Any) -> Check:
    """Taking a yes back."""
    lines = [*stops(), _keeper(one), who_is_told(one, own), _("Du kan säga ja igen när du vill.")]
    return Check(_("Ta tillbaka ditt ja?"), lines, _("Ja, ta tillbaka mitt ja"))


def answer_now(one: Any) -> dict[str, Any]:
    """One's own answer as it stands, to change; nothing is chosen for who has not answered."""
    if one.mine is None or one.mine.withdrawn_at or one.mine.state not in ("given", "refused"):
        return {}
    opened = [(scope.category, str(scope.unit_id)) for scope in one.mine.scopes.all()]
    chosen = {name: [key for category, key in opened if category == name] for name in KINDS}
    return {"state": one.mine.state, "ends_on": one.mine.ends_on, **chosen}
