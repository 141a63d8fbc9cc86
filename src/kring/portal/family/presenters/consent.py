"""The guardian's own answer to a plan: who is asked, what a yes opens, how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days


@dataclass(frozen=True)
class Signer:
    """One who is to answer, and what they have said."""

    name: str
    said: str
    tone: str
    how: str = ""


@dataclass(frozen=True)
class ConsentPage:
    """`withdraw` is the consent that can be taken back now; empty when there is none."""

    signers: Sequence[Signer]
    standing: str
    withdraw: str
    opened: Sequence[str]
    in_charge: str


STATES = {
    "given": (gettext_lazy("Har sagt ja"), "good"),
    "refused": (gettext_lazy("Har sagt nej"), "late"),
    "not_asked": (gettext_lazy("Är inte tillfrågad"), "neutral"),
}


def consent_page(view: Any, plan: Any, actor: Any) -> ConsentPage:
    """How consent stands. Both answers are as easy, and a yes can be taken back at any time."""
    mine = next((row for row in view.signers if row.signer == actor.guardian_id), None)
    return ConsentPage(
        signers=[_signer(row, actor) for row in view.signers],
        standing=_standing(view),
        withdraw=str(mine.latest.pk) if mine and mine.holds else "",
        opened=_opened(mine.latest) if mine and mine.holds else [],
        in_charge=_("%(unit)s håller i planen och ser den.") % {"unit": plan.unit.name},
    )


def _signer(row: Any, actor: Any) -> Signer:
    name = row.guardian.name if row.guardian else _("Barnet")
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


def _standing(view: Any) -> str:
    table = {
        "valid": _("Alla som behövs har sagt ja. De som ni har valt ser planen."),
        "waiting": _("Ingen annan ser planen förrän alla som behövs har sagt ja."),
        "conflict": _("Någon har sagt nej. Ingen annan ser planen. Samordnaren hör av sig till er."),
        "no_signer": _("Det är inte klart vem som kan svara. Samordnaren hör av sig till er."),
    }
    return table[view.standing.state]


def _opened(consent: Any) -> list[str]:
    return sorted(
        f"{scope.unit.name}: {scope.get_category_display().lower()}" for scope in consent.scopes.all()
    )


def answer_now(consent: Any) -> dict[str, Any]:
    """The guardian's own answer as it stands, to change; nothing is chosen for who has not answered."""
    if consent is None or consent.withdrawn_at or consent.state not in ("given", "refused"):
        return {}
    opened = [(scope.category, str(scope.unit_id)) for scope in consent.scopes.all()]
    chosen = {name: [key for category, key in opened if category == name] for name in ("plan", "appointment")}
    return {"state": consent.state, **chosen}
