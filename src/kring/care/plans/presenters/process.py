"""Where the plan stands: what the law asks for, the clocks, and the one next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.design import days
from kring.timeline.limits import limit_for

from .doing import overdue

KINDS = {
    "statute": gettext_lazy("Lag"),
    "agreement": gettext_lazy("Överenskommelse"),
    "warning": gettext_lazy("Påminnelse"),
}


@dataclass(frozen=True)
class Check:
    """One of the four statutory items: there, or what is missing and where to fill it in."""

    done: bool
    label: str
    text: str
    href: str
    action: str


def checklist(content: Any) -> list[Check]:
    """The four items in the order of the law; links only for those who may fill them in."""
    plan, missing = content.plan, {gap.code: gap for gap in content.gaps}
    change = content.in_charge and not plan.is_over
    rows = (
        ("needed_efforts", _("Vilka insatser som behövs"), plan.needed_efforts, "insatser", change),
        ("each_party", _("Vad varje verksamhet ansvarar för"), _each(missing), "", not plan.is_over),
        (
            "other_measures",
            _("Vad någon annan gör, eller att inget behövs"),
            _others(content),
            "andra",
            change,
        ),
        ("overall_responsible", _("Vem som har det övergripande ansvaret"), _overall(plan), "ansvar", change),
    )
    return [_check(plan, code in missing, label, text, part, may) for code, label, text, part, may in rows]


def _check(plan: Any, missing: bool, label: str, text: str, part: str, may: bool) -> Check:
    where = (
        reverse("plan-describe", args=[plan.pk, part])
        if part
        else reverse("plan-activity-add", args=[plan.pk])
    )
    if not missing:
        return Check(True, label, text, where if may and part else "", _("Ändra"))
    return Check(False, label, text or _("Saknas"), where if may else "", _("Fyll i"))


def _each(missing: dict[str, Any]) -> str:
    gap = missing.get("each_party")
    if gap is None:
        return _("Alla har skrivit")
    names = ", ".join(gap.names)
    return _("Väntar på: %(names)s") % {"names": names} if names else ""


def _others(content: Any) -> str:
    n = sum(one.responsible != "unit" for one in content.activities)
    return content.plan.other_measures or (
        ngettext("%(n)s insats", "%(n)s insatser", n) % {"n": n} if n else ""
    )


def _overall(plan: Any) -> str:
    return plan.overall_responsible.name if plan.overall_responsible else ""


@dataclass(frozen=True)
class ClockWords:
    """A clock: its limit in words, of which kind, and how it stands."""

    label: str
    kind: str
    text: str
    tone: str


LABELS = {
    "sip_start_3": gettext_lazy("Start inom %(n)s dagar"),
    "sip_meeting_21": gettext_lazy("Möte inom %(n)s dagar"),
    "discharge_summons_3": gettext_lazy("Kallelse inom %(n)s dagar"),
}


def clocks(readings: Iterable[Any], plan: Any, today: date) -> list[ClockWords]:
    """The clocks with a limit, and the follow-up's."""
    return [_clock(one, plan) for one in readings if one.state != "not_started"]


def _clock(one: Any, plan: Any) -> ClockWords:
    if one.clock not in LABELS:
        return _follow_up(one)
    limit = limit_for(one.clock, plan.need_identified_on)
    label = str(LABELS[one.clock]) % {"n": limit.days}
    tone = "late" if one.over else "good" if one.state == "stopped" else "neutral"
    return ClockWords(label, str(KINDS[limit.kind]), _reading(one, limit.days), tone)


def _reading(one: Any, limit: int) -> str:
    if one.days is None:
        return _("Går inte att räkna")
    if one.state == "stopped":
        return ngettext("Tog %(n)s dag", "Tog %(n)s dagar", one.days) % {"n": one.days}
    if one.state == "censored":
        return _("Planen avslutades innan dess")
    if one.over:
        over = one.days - limit
        return ngettext("%(n)s dag över", "%(n)s dagar över", over) % {"n": over}
    left = limit - one.days
    return (
        ngettext("%(n)s dag kvar", "%(n)s dagar kvar", left) % {"n": left}
        if left
        else _("Sista dagen är i dag")
    )


def _follow_up(one: Any) -> ClockWords:
    n = abs(one.days or 0)
    if one.over:
        text = ngettext("%(n)s dag över", "%(n)s dagar över", n) % {"n": n}
    else:
        text = ngettext("%(n)s dag kvar", "%(n)s dagar kvar", n) % {"n": n} if n else _("I dag")
    if one.moves:
        moved = ngettext("flyttad %(n)s gång", "flyttad %(n)s gånger", one.moves) % {"n": one.moves}
        text = f"{text}, {moved}"
    return ClockWords(_("Uppföljning"), str(KINDS["warning"]), text, "late" if one.over else "neutral")


@dataclass(frozen=True)
class StepWords:
    """The next step: what, who has the ball, by when, and the button that takes it."""

    what: str
    iso: str
    when: str
    late: bool
    ball: str
    ball_words: str
    href: str
    action: str


# kind of step -> (what is to be done, the button, the address, what the address is about)
STEPS = {
    "sip_start": (gettext_lazy("Besluta om planen ska göras"), gettext_lazy("Besluta"), "plan-accept"),
    "sip_consent": (gettext_lazy("Fråga om samtycke"), gettext_lazy("Till samtycket"), "plan-consent"),
    "sip_party_consent": (
        gettext_lazy("Få familjens svar om en ny verksamhet i planen"),
        gettext_lazy("Till samtycket"),
        "plan-consent",
    ),
    "sip_consent_conflict": (
        gettext_lazy("Prata med familjen om samtycket"),
        gettext_lazy("Till samtycket"),
        "plan-consent",
    ),
    "sip_summon": (gettext_lazy("Kalla till SIP-möte"), gettext_lazy("Kalla till SIP"), "summon"),
    "sip_times": (gettext_lazy("Få svar om mötestider"), gettext_lazy("Se svaren"), "summons-times"),
    "sip_pick_time": (gettext_lazy("Välj tid för mötet"), gettext_lazy("Välj tid"), "summons-times"),
    "sip_answers": (gettext_lazy("Få svar på kallelsen"), gettext_lazy("Se svaren"), "summons"),
    "sip_meeting": (gettext_lazy("Håll SIP-mötet"), gettext_lazy("Till mötet"), "summons"),
    "sip_establish": (
        gettext_lazy("Fastställ planen"),
        gettext_lazy("Kontrollera och fastställ"),
        "plan-establish",
    ),
    "sip_close": (
        gettext_lazy("Avsluta planen, eller sätt en ny dag"),
        gettext_lazy("Till uppföljningen"),
        "plan-follow-ups",
    ),
    "follow_up": (gettext_lazy("Följ upp planen"), gettext_lazy("Följ upp"), "plan-follow-up"),
}


def next_step(content: Any, today: date) -> StepWords | None:
    step = content.next_step
    if step is None or step.kind not in STEPS:
        return None
    what, action, name = STEPS[step.kind]
    late = step.due_on < today
    soon = overdue(step.due_on, today) if late else days.distance(step.due_on, today)
    ball, words = _ball(content, step)
    return StepWords(
        what=str(what),
        iso=step.due_on.isoformat(),
        when=_("Senast %(day)s") % {"day": days.day(step.due_on)} + (f" · {soon}" if soon else ""),
        late=late,
        ball=ball,
        ball_words=words,
        href=_step_href(content, name) if content.in_charge else "",
        action=str(action),
    )


def _step_href(content: Any, name: str) -> str:
    if name == "summons-times":
        return reverse(name, args=[content.asking[-1].pk])
    if name != "summons":
        return reverse(name, args=[content.plan.pk])
    going = [row.summons for row in content.summonses if row.summons.sent_at and not row.summons.cancelled_at]
    return (
        reverse("summons", args=[going[-1].pk]) if going else reverse("plan-meetings", args=[content.plan.pk])
    )


def _ball(content: Any, step: Any) -> tuple[str, str]:
    """«Vem har bollen?»: the macro's word and the name."""
    if step.ball == "ours":
        return ("me", _("Ni")) if content.in_charge else ("other", content.plan.unit.name)
    if step.ball == "family":
        return "family", _("Familjen")
    names = [party.unit.name for party in content.parties if party.unit_id == step.ball_unit]
    return "other", names[0] if names else _("Flera som är kallade")
