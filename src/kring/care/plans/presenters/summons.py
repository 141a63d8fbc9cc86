"""S41: the pages around one summons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.care.plans.rules.summons import opens_on
from kring.design import days

from . import consent as consent_words
from . import meetings
from .child import Names
from .describe import Words
from .plan import Link


@dataclass(frozen=True)
class ToCall:
    """One who is to be called, and how consent stands for it."""

    name: str
    icon: str
    mark: str
    state: str


def to_call(content: Any, names: Names, unreached: Any) -> list[ToCall]:
    """Child, guardians and parties, with consent state."""
    family = [ToCall(_("Barnet"), "person", "done", _("Kallas alltid"))]
    family += [
        _guardian(names.of(row.guardian.pk), row.guardian.pk in unreached.guardians)
        for row in content.consent.signers
        if row.guardian
    ]
    return family + [_party(content, party) for party in content.parties]


def _guardian(name: str, is_unreached: bool) -> ToCall:
    if is_unreached:
        return ToCall(name, "person", "waiting", _("Kallas utanför Kring"))
    return ToCall(name, "person", "done", _("Kallas alltid"))


@dataclass(frozen=True)
class OutsideWords:
    """What the one who calls has to do outside Kring. Why somebody is not reached is never said."""

    title: str
    lines: list[str]


def outside(content: Any, names: Names, unreached: Any) -> OutsideWords | None:
    """Whom to tell by telephone or letter; None when Kring reaches everybody."""
    signers = content.consent.signers if content.consent else ()
    told = [row.guardian for row in signers if row.guardian]
    people = [names.of(one.pk) for one in told if one.pk in unreached.guardians]
    lines = [str(line) % {"who": ", ".join(people)} for line in NOT_REACHED if people]
    lines += [str(BY_AGE)] if unreached.by_age else []
    return OutsideWords(_("Nås inte genom Kring"), lines) if lines else None


NOT_REACHED = (
    gettext_lazy("%(who)s får inget från Kring: varken kallelsen, en flytt eller att mötet ställs in."),
    gettext_lazy(
        "Berätta om mötet utanför Kring, per telefon eller brev, som er rutin säger, och skriv in svaret här."
    ),
    gettext_lazy("Kring säger inte varför. Säg inget om det till någon annan i familjen."),
)
BY_AGE = gettext_lazy(
    "Från 13 år når Kring bara de vårdnadshavare som den unga själv delar planen med. Fråga den unga vilka "
    "som ska vara med, och berätta om mötet för dem utanför Kring."
)


def _party(content: Any, party: Any) -> ToCall:
    if party.unit_id == content.plan.unit_id:
        return ToCall(party.unit.name, "building", "done", _("Håller i planen"))
    if _may_call(content, party):
        return ToCall(party.unit.name, "building", "done", _("Familjen har samtyckt"))
    return ToCall(party.unit.name, "building", "waiting", _("Kan inte kallas: samtycke saknas"))


def _may_call(content: Any, party: Any) -> bool:
    return party.unit_id == content.plan.unit_id or (party.unit_id, "plan") in content.consent.cells


def units_to_call(content: Any) -> list[tuple[str, str]]:
    """The parties that can be left out or called: those that the plan is open to, less the one that calls."""
    return [
        (str(party.unit_id), party.unit.name)
        for party in content.parties
        if _may_call(content, party) and party.unit_id != content.plan.unit_id
    ]


def draft_of(content: Any) -> Any:
    """A summons that is begun and not sent."""
    return next((row.summons for row in content.summonses if row.summons.sent_at is None), None)


def form_page(content: Any, names: Names, wish: Any, unreached: Any) -> Words:
    return {
        "title": _("Kalla till SIP-möte"),
        "button": _("Gå vidare och kontrollera"),
        "back": reverse("plan-page", args=[content.plan.pk]),
        "back_words": _("Tillbaka till planen"),
        "to_call": to_call(content, names, unreached),
        "outside": outside(content, names, unreached),
        "consent": consent_words.summary(content.consent, names),
        "consent_href": reverse("plan-consent", args=[content.plan.pk]),
        "party_href": reverse("plan-party-add", args=[content.plan.pk]),
        "own_wish": own_wish(wish),
        "pictures": meetings.TAKES_PART_PICTURES,
    }


def own_wish(wish: Any) -> str:
    """How the child itself has said that it wants to take part; empty when it has not."""
    return str(wish.get_takes_part_display()) if wish and wish.takes_part else ""


def check_page(summons: Any, content: Any, names: Names, unreached: Any) -> Words:
    href = reverse("summons-edit", args=[summons.pk])
    rows = meetings.facts(summons)
    own = "child_takes_part_words" if summons.child_said_itself else "child_takes_part_0"
    places = [own, "question", "day_0", "place", "link", "adaptations"]
    if not summons.link:
        places.remove("link")
    ask = reverse("summons-ask", args=[summons.pk])
    changed = [row | {"href": f"{href}#{place}"} for row, place in zip(rows, places, strict=True)]
    return {
        "title": _("Kontrollera kallelsen"),
        "button": _("Skicka kallelsen"),
        "back": href,
        "back_words": _("Tillbaka till kallelsen"),
        "rows": changed,
        "to_call": to_call(content, names, unreached),
        "outside": outside(content, names, unreached),
        "strip": meetings.strip(summons),
        "also": Link(_("Fråga om flera tider i stället"), ask, "calendar"),
        "consent": consent_words.summary(content.consent, names),
        "consent_href": reverse("plan-consent", args=[content.plan.pk]),
    }


@dataclass(frozen=True)
class SummonsPage:
    mark: str
    state: str
    when: str
    iso: str
    facts: list[dict[str, str]]
    invited: list[meetings.Invited]
    strip: list[tuple[str, str]]
    actions: list[Link]
    answer_href: str
    cancelled: str
    start_href: str
    opens: str
    moved: str


def _opens(summons: Any) -> str:
    """Why the meeting cannot be begun yet, and what to do if it is held earlier."""
    day = {"day": days.plain_day(opens_on(summons.starts_at))}
    return _("Mötet kan börjas %(day)s. Ska det bli tidigare: flytta mötet först.") % day


def page(summons: Any, content: Any, actor: Any, names: Names) -> SummonsPage:
    mark, state = meetings.state_of(summons, actor)
    people = meetings.invited(summons, actor, names, content.in_charge) if summons.sent_at else []
    own = [one for one in people if one.own and one.mark == "waiting"]
    going = summons.sent_at and not summons.cancelled_at
    leads = going and content.in_charge and actor.may("hold_meeting") and not content.plan.is_over
    starts = bool(leads) and not _meeting(summons, content)
    opened = starts and opens_on(summons.starts_at) <= actor.today
    return SummonsPage(
        mark=mark,
        state=state,
        when=meetings.when(summons),
        iso=summons.starts_at.isoformat() if summons.starts_at else "",
        facts=meetings.facts(summons),
        invited=people,
        strip=meetings.strip(summons),
        actions=_actions(summons, content, actor),
        answer_href=own[0].answer_href if own else "",
        cancelled=summons.cancelled_reason,
        moved=meetings.moved(summons),
        start_href=reverse("meeting-start", args=[summons.pk]) if opened else "",
        opens=_opens(summons) if starts and not opened else "",
    )


def _meeting(summons: Any, content: Any) -> Any:
    found: Iterable[Any] = (row.meeting for row in content.meetings)
    return next((one for one in found if one.summons_id == summons.pk), None)


def _actions(summons: Any, content: Any, actor: Any) -> list[Link]:
    meeting = _meeting(summons, content)
    if meeting is not None:
        name = "meeting-after" if meeting.ended_at else "meeting"
        label = _("Vad som bestämdes") if meeting.ended_at else _("Till mötet")
        return [Link(label, reverse(name, args=[meeting.pk]), "together")]
    if not (content.in_charge and actor.may("summon")) or summons.cancelled_at or content.plan.is_over:
        return []
    if summons.sent_at:
        return [
            Link(_("Flytta mötet"), reverse("summons-move", args=[summons.pk]), "calendar"),
            Link(_("Ställ in mötet"), reverse("summons-cancel", args=[summons.pk]), "stop"),
        ]
    return [Link(_("Fortsätt med kallelsen"), reverse("summons-check", args=[summons.pk]), "edit")]


def _of(summons: Any, title: str, button: str, lead: str = "") -> Words:
    back = reverse("summons", args=[summons.pk])
    return {
        "title": title,
        "button": button,
        "lead": lead,
        "back": back,
        "back_words": _("Tillbaka till kallelsen"),
    }


def answer_page(invitation: Any) -> Words:
    summons = invitation.summons
    lead = _("%(when)s. Barnet vill vara med så här: %(wish)s.") % {
        "when": meetings.when(summons),
        "wish": summons.get_child_takes_part_display().lower(),
    }
    title = _("Svara på kallelsen") if invitation.unit_id else _("Skriv in familjens svar")
    return _of(summons, title, _("Skicka svaret") if invitation.unit_id else _("Spara svaret"), lead)


def move_page(summons: Any) -> Words:
    lead = _(
        "Mötet är nu %(when)s. Alla som är kallade får veta att det är flyttat, och de svar som har kommit "
        "gäller inte längre. Dagarna till första mötet räknas som förut."
    ) % {"when": meetings.when(summons)}
    return _of(summons, _("Flytta mötet"), _("Flytta mötet"), lead)


def cancel_page(summons: Any) -> Words:
    lead = _("Mötet var planerat till %(when)s.") % {"when": meetings.when(summons)}
    return _of(summons, _("Ställ in mötet?"), _("Ställ in mötet"), lead) | {"danger": True}
