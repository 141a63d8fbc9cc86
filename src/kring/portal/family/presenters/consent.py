"""The guardian's own answer to a plan: who is asked, what a yes opens, how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days
from kring.design.alphabet import swedish


@dataclass(frozen=True)
class Signer:
    """One who is to answer, and what they have said."""

    name: str
    said: str
    tone: str
    how: str = ""


@dataclass(frozen=True)
class ConsentPage:
    """`withdraw`: there is a yes to take back; `answers`: the guardian is one of those who decide;
    `disagree`: there is more to read about what to do when answers differ; `new`: the units that were taken
    in since the guardian answered.
    """

    signers: Sequence[Signer]
    standing: str
    withdraw: bool
    opened: Sequence[str]
    in_charge: str
    who_sees: str
    answers: bool
    disagree: bool
    new: str = ""


CHILD, BOARD = "child", "board"
"""The child among those who answer."""

STATES = {
    "given": (gettext_lazy("Har sagt ja"), "good"),
    "refused": (gettext_lazy("Har sagt nej"), "late"),
    "not_asked": (gettext_lazy("Har fått veta, inte svarat"), "neutral"),
}


def consent_page(
    view: Any, plan: Any, actor: Any, untold: Collection[UUID] = (), new: Sequence[str] = ()
) -> ConsentPage:
    """How consent stands. Both answers are as easy, and a yes can be taken back at any time. Of `untold`
    guardians nothing is said.
    """
    mine = next((row for row in view.signers if row.signer == actor.guardian_id), None)
    told = [row for row in view.signers if row.signer not in untold]
    state = seen_state(view, untold, actor)
    others = any(row.guardian and row.signer != actor.guardian_id for row in told)
    return ConsentPage(
        signers=[_signer(row, actor) for row in told],
        standing=standing_words(state),
        withdraw=bool(mine and mine.holds),
        opened=_opened(mine.latest) if mine and mine.holds else [],
        in_charge=_("%(unit)s håller i planen och ser den.") % {"unit": plan.unit.name},
        who_sees=_("Samordnaren och den andra vårdnadshavaren ser ditt svar.")
        if others
        else _("Samordnaren ser ditt svar."),
        answers=may_answer(view, actor),
        disagree=state == "conflict",
        new=", ".join(new),
    )


def _signer(row: Any, actor: Any) -> Signer:
    name = row.guardian.name if row.guardian else _("Barnet") if row.is_child else _("Socialnämnden")
    name = _("Du") if row.signer == actor.guardian_id else name
    if row.latest is None:
        return Signer(name, _("Väntar på svar"), "wait")
    if row.latest.withdrawn_at:
        day = days.day(days.local(row.latest.withdrawn_at))
        return Signer(name, _("Tog tillbaka sitt ja den %(day)s") % {"day": day}, "late")
    said, tone = STATES[row.latest.state]
    return Signer(name, said, tone, _how(row.latest))


def _how(consent: Any) -> str:
    """How an answer given to the staff was given, when, and who wrote it in."""
    if consent.form == "portal":
        return ""
    return _("%(how)s, gäller från %(day)s. Inskrivet av %(who)s %(written)s.") % {
        "how": consent.get_form_display(),
        "day": days.day(consent.starts_on),
        "who": consent.documented_by.name,
        "written": days.day(days.local(consent.recorded_at)),
    }


def may_answer(view: Any, actor: Any) -> bool:
    """Whether this guardian is one of those who decide."""
    return actor.guardian_id in view.requirement.signers


def seen_state(view: Any, untold: Collection[UUID], actor: Any) -> str:
    """How consent stands, less what would tell of a guardian of whom nothing is told: then it is not settled.

    One of those of `standing_words`.
    """
    state = str(view.standing.state)
    told = [row for row in view.signers if row.signer not in untold]
    no = [row for row in told if row.latest and row.latest.state == "refused" and not row.latest.withdrawn_at]
    missing = {row.signer for row in told} & view.standing.missing
    if (state == "conflict" and not no) or (state == "waiting" and not missing):
        return "unsettled"
    if state == "waiting" and actor.guardian_id not in missing:
        return {CHILD: "child", BOARD: "board_waiting"}.get(next(iter(missing)), "waiting_other")
    return state


def standing_words(state: str) -> str:
    """How consent stands, in one or two sentences."""
    table = {
        "valid": _("Alla som behövs har sagt ja. De som ni har valt ser planen."),
        "waiting": _("Ingen annan ser planen förrän alla som behövs har sagt ja."),
        "conflict": _("Någon har sagt nej. Ingen annan ser planen. Samordnaren hör av sig till er."),
        "no_signer": _("Det är inte klart vem som kan svara. Samordnaren hör av sig till er."),
        "waiting_other": _("Ingen annan ser planen än. Väntar på den andra vårdnadshavaren."),
        "child": _("Barnet bestämmer själv om delningen. Ingen annan ser planen förrän barnet har svarat."),
        "board_waiting": _("Socialnämnden svarar för barnet. Ingen annan ser planen förrän den har sagt ja."),
        "board": _("Socialnämnden bestämmer vem som får samtycka. Ingen annan ser planen än."),
        "unsettled": _("Ingen annan ser planen än. Samordnaren hör av sig när det är klart."),
    }
    return table[state]


def _opened(consent: Any) -> list[str]:
    """«Planen: BUM Borås, Skolan», one line for each kind of information."""
    seen: dict[str, list[str]] = {}
    for scope in consent.scopes.all():
        seen.setdefault(str(scope.get_category_display()), []).append(scope.unit.name)
    return [f"{label}: {', '.join(sorted(units, key=swedish))}" for label, units in sorted(seen.items())]


def answer_now(consent: Any) -> dict[str, Any]:
    """The guardian's own answer as it stands, to change; nothing is chosen for who has not answered."""
    if consent is None or consent.withdrawn_at or consent.state not in ("given", "refused"):
        return {}
    opened = [(scope.category, str(scope.unit_id)) for scope in consent.scopes.all()]
    chosen = {name: [key for category, key in opened if category == name] for name in ("plan", "appointment")}
    return {"state": consent.state, "ends_on": consent.ends_on, **chosen}
