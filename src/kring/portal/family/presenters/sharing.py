"""S74 «Delning och samtycke» in sentences: who sees what, until when, what the other guardian said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.policy.consents import Decider
from kring.design import days
from kring.portal.family.disclosed import Sharing, answer_of, newest_across

from .consent import may_answer, seen_state, standing_words
from .tabs import Tab, sharing_tabs

WORDS = {
    "plan": lambda: _("planen"),
    "appointment": lambda: _("bokade tider"),
    "record": lambda: _("journaluppgifter"),
    "contact_details": lambda: _("kontaktuppgifter"),
}


@dataclass(frozen=True)
class Line:
    """One sentence about one receiver, and what can be done about it; empty addresses have no control."""

    sentence: str
    until: str = ""
    state: str = ""
    tone: str = "neutral"
    give: str = ""
    change: str = ""
    stop: str = ""
    who: str = ""


@dataclass(frozen=True)
class Block:
    """One thing that is shared: a plan, or the record across care providers."""

    title: str
    standing: str
    lines: Sequence[Line]
    keeper: str = ""
    decides: str = ""
    answer: str = ""
    disagree: str = ""


@dataclass(frozen=True)
class SharingPage:
    tabs: Sequence[Tab]
    plans: Sequence[Block]
    across: Block | None
    answers: Sequence[str]
    older: str = ""


def kinds(names: Iterable[str]) -> str:
    """«planen, bokade tider», in the order of the table."""
    chosen = set(names)
    return ", ".join(words() for name, words in WORDS.items() if name in chosen)


def until(last_day: date | None) -> str:
    """«Gäller till 30 juni 2027.», or as long as the plan."""
    if last_day is None:
        return _("Gäller så länge planen pågår.")
    return _("Gäller till %(day)s.") % {"day": days.day(last_day)}


def sharing_page(found: Sharing, child: Any, actor: Any) -> SharingPage:
    """Everything on the page."""
    return SharingPage(
        tabs=sharing_tabs(child, "family-sharing") if found.reads else (),
        plans=[_plan(one, found.untold, child, actor) for one in found.plans],
        across=_across(found, child, actor) if found.across else None,
        answers=[_answer(row, child, actor) for row in found.answers],
        older="" if found.across else older_decides(child.given_name),
    )


def _plan(one: Any, untold: frozenset[UUID], child: Any, actor: Any) -> Block:
    signs = may_answer(one.consent, actor)
    where = [child.pk, one.plan.pk]
    state = seen_state(one.consent, untold, actor)
    return Block(
        title=_("Planen"),
        keeper=_("%(unit)s håller i planen och ser den.") % {"unit": one.plan.unit.name},
        standing=standing_words(state),
        lines=[_unit(one, unit, state, where, signs, actor) for unit in one.units],
        answer=reverse("family-consent", args=where) if signs else "",
        disagree=reverse("family-disagree", args=where) if state == "conflict" else "",
    )


def _unit(one: Any, unit: Any, state: str, where: list[UUID], signs: bool, actor: Any) -> Line:
    opened = [name for unit_id, name in one.open if unit_id == unit.pk]
    mine = answer_of(one.consent, actor)
    said = [row.category for row in mine.scopes.all() if row.unit_id == unit.pk] if mine else []
    share = reverse("family-share", args=[*where, unit.pk]) if signs else ""
    stop = reverse("family-stop", args=[*where, unit.pk]) if signs and said else ""
    about = {"unit": unit.name, "what": kinds(opened or said)}
    if opened:
        last = next(day for (unit_id, _name), day in one.open.items() if unit_id == unit.pk)
        sentence = _("%(unit)s får se: %(what)s.") % about
        return Line(sentence, until(last), change=share, stop=stop, who=unit.name)
    if said:
        sentence = _("Du har sagt ja till att %(unit)s får se: %(what)s.") % about
        return Line(sentence, "", _waits(state), "wait", change=share, stop=stop, who=unit.name)
    sentence = _("%(unit)s är med i planen, men får inte se något.") % about
    return Line(sentence, give=share, who=unit.name)


def _waits(state: str) -> str:
    if state == "waiting_other":
        return _("Väntar på den andra vårdnadshavaren")
    return _("Svaren går isär") if state == "conflict" else _("Delas inte än")


def older_decides(name: str) -> str:
    """Who decides about other care providers' records when age has closed the pages. The same words whatever
    has been judged or answered: nothing of that is told here.
    """
    return _(
        "Journal mellan vårdgivare: vårdnadshavarna svarar tills %(name)s är mogen för frågan, och sedan "
        "svarar %(name)s. Från 13 år svarar du hos vården."
    ) % {"name": name}


def _decides(found: Sharing, name: str) -> str:
    decider = found.across.requirement.decider
    words = {
        Decider.CHILD: _("%(name)s bestämmer själv om det här. Ditt ja behövs inte."),
        Decider.BOARD: _("Socialnämnden bestämmer för %(name)s. Här går det inte att svara."),
        Decider.GUARDIANS: _("Ni som är vårdnadshavare bestämmer. Ett ja räcker, och ett nej stoppar."),
    }
    return words.get(decider, "") % {"name": name}


def _across(found: Sharing, child: Any, actor: Any) -> Block:
    newest = newest_across(found.across)
    signs = may_answer(found.across, actor)
    change = reverse("family-across", args=[child.pk]) if signs and found.across_units else ""
    # What one has said oneself can always be taken back, whoever decides today (8.6 a).
    takes_back = signs or answer_of(found.across, actor)
    stop = reverse("family-across-stop", args=[child.pk]) if takes_back else ""
    lines = [_reader(row.unit, newest.ends_on, change, stop) for row in newest.scopes.all()] if newest else []
    return Block(
        title=_("Journal mellan vårdgivare"),
        standing="" if lines else _("Ni har inte sagt ja till att någon läser andra vårdgivares journal."),
        lines=lines,
        decides=_decides(found, child.given_name),
        answer="" if lines else change,
    )


def _reader(unit: Any, last_day: date | None, change: str, stop: str) -> Line:
    sentence = _("%(unit)s får läsa det som andra vårdgivare har skrivit om barnet.") % {"unit": unit.name}
    until_then = until(last_day) if last_day else _("Gäller tills ni säger stopp.")
    return Line(sentence, until_then, change=change, stop=stop, who=unit.name)


def _else(row: Any, child: Any) -> str:
    if row.guardian:
        return str(row.guardian.name)
    return _("Socialnämnden") if row.board_unit_id else str(child.given_name)


def _answer(row: Any, child: Any, actor: Any) -> str:
    """«Mån 16 nov 2026: Du sa ja till planen. Logopedin: planen.»"""
    own = row.guardian_id == actor.guardian_id
    told = {
        "day": days.day(days.local(row.recorded_at)),
        "who": _("Du") if own else _else(row, child),
        "about": row.get_purpose_display(),
        "said": row.get_state_display(),
    }
    said = _("%(day)s: %(who)s svarade «%(said)s» om %(about)s.") % told
    if row.withdrawn_at:
        taken = _("Återtaget %(day)s.") % {"day": days.day(days.local(row.withdrawn_at))}
        return f"{said} {taken}"
    return said


@dataclass(frozen=True)
class Check:
    """A page that says once more what is about to happen."""

    title: str
    lines: Sequence[str]
    sure: str
    back: str


STOPPING = (
    lambda: _("De ser inget nytt från och med nu."),
    lambda: _(
        "Det de redan har fått har de kvar som sin egen kopia, med datum. Det går inte att ta tillbaka."
    ),
)


def stopped_words() -> list[str]:
    """What stops and what stays with the receiver (ruling 11)."""
    return [words() for words in STOPPING]


def stop_check(unit: Any, back: str) -> Check:
    about = _("Du slutar dela med %(unit)s.") % {"unit": unit.name}
    return Check(_("Sluta dela?"), [about, *stopped_words()], _("Ja, sluta dela"), back)


def withdraw_check(back: str) -> Check:
    return Check(_("Ta tillbaka ditt ja?"), stopped_words(), _("Ja, ta tillbaka mitt ja"), back)


def share_check(unit: Any, said: dict[str, Any], back: str) -> Check:
    what = _("%(unit)s får se: %(what)s.") % {"unit": unit.name, "what": kinds(said["what"])}
    return Check(_("Stämmer det här?"), [what, until(said["ends_on"])], _("Ja, spara"), back)


def across_check(units: dict[str, str], said: dict[str, Any], back: str) -> Check:
    if said["state"] == "refused":
        return Check(_("Stämmer det här?"), [_("Du svarar nej."), *stopped_words()], _("Ja, spara"), back)
    read = _("De här får läsa det som andra vårdgivare har skrivit om barnet: %(units)s.")
    names = ", ".join(units[key] for key in said["units"])
    last = until(said["ends_on"]) if said["ends_on"] else _("Gäller tills ni säger stopp.")
    return Check(_("Stämmer det här?"), [read % {"units": names}, last], _("Ja, spara"), back)


def across_stop_check(back: str) -> Check:
    title = _("Sluta dela journal mellan vårdgivare?")
    return Check(
        title,
        [*stopped_words(), _("Varje vårdgivare läser ändå sin egen journal.")],
        _("Ja, sluta dela"),
        back,
    )


def consent_check(form: Any, back: str) -> Check:
    """The guardian's whole answer to a plan, once more."""
    said = form.cleaned_data
    if said["state"] == "refused":
        return Check(
            _("Stämmer det här?"), [_("Du svarar nej."), _("Planen delas inte.")], _("Ja, spara"), back
        )
    names = dict(form.fields["plan"].choices)
    rows = (
        ("plan", _("De här får se planen: %(units)s.")),
        ("appointment", _("De här får se bokade tider: %(units)s.")),
    )
    lines = [
        text % {"units": ", ".join(names[key] for key in said[name])} for name, text in rows if said[name]
    ]
    return Check(
        _("Stämmer det här?"), [_("Du svarar ja."), *lines, until(said["ends_on"])], _("Ja, spara"), back
    )


def shared_now(mine: Any, unit_id: UUID) -> dict[str, Any]:
    """What the guardian's own yes opens to a unit now, to change; nothing for who has not said yes."""
    if mine is None:
        return {}
    chosen = [row.category for row in mine.scopes.all() if row.unit_id == unit_id]
    return {"what": chosen, "ends_on": mine.ends_on}


def across_now(newest: Any) -> dict[str, Any]:
    """Who may read now, to change. The answer itself is never chosen beforehand."""
    if newest is None:
        return {}
    return {"units": [str(row.unit_id) for row in newest.scopes.all()], "ends_on": newest.ends_on}


def share_page(unit: Any, plan: Any, back: str) -> dict[str, str]:
    """The words around what one unit may see."""
    return {
        "lead": _("%(unit)s är med i planen som %(keeper)s håller i.")
        % {"unit": unit.name, "keeper": plan.unit.name},
        "back": back,
    }


def across_page(units: dict[str, str]) -> dict[str, Any]:
    """The words around sharing across care providers; `units` could be let read."""
    return {"any": bool(units)}
