"""S42 and S44 in words: the meeting's page, and what came of it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from . import meetings, readers, shown
from .child import Names
from .describe import Words
from .doing import doings, going
from .plan import goal_card, responsible


def start_page(summons: Any) -> Words:
    lead = _("%(when)s. Du leder mötet. Barnets ord kommer först.") % {"when": meetings.when(summons)}
    return {
        "title": _("Börja mötet?"),
        "lead": lead,
        "button": _("Börja mötet"),
        "back": reverse("summons", args=[summons.pk]),
        "back_words": _("Tillbaka till kallelsen"),
    }


def page(meeting: Any, content: Any, actor: Any, names: Names) -> Words:
    plan, summons = meeting.plan, meeting.summons
    return {
        "title": _("Under mötet"),
        "meeting": meeting,
        "when": meetings.held(meeting),
        "question": summons.question if summons else "",
        "wish": meetings.wish(summons) if summons else "",
        "adaptations": summons.adaptations if summons else "",
        "agenda": meetings.agenda(),
        "matters": plan.what_matters,
        "goals": [goal_card(row, actor, plan, whole=True) for row in content.goals],
        "doing": doings(going(content.activities), actor.today, None),
        "responsible": responsible(content, actor.today),
        "back": reverse("plan-page", args=[plan.pk]),
        "back_words": _("Tillbaka till planen"),
        "pictures": meetings.TOOK_PART_PICTURES,
    }


def choices(meeting: Any, content: Any, names: Names, hidden: bool) -> dict[str, Any]:
    """Who may be ticked as present, and who is."""
    rows = [row for row in content.summonses if row.summons.pk == meeting.summons_id]
    invitations = list(rows[0].invitations) if rows else []
    there = list(meeting.attendances.all())
    keys = {(one.unit_id, one.guardian_id, one.is_child) for one in there}
    present = [str(one.pk) for one in invitations if (one.unit_id, one.guardian_id, one.is_child) in keys]
    others = [one.name for one in there if not (one.unit_id or one.guardian_id or one.is_child)]
    ordered = sorted(invitations, key=lambda one: (not one.is_child, one.unit_id is not None))
    return {
        "invited": [(str(one.pk), _invited(one, names)) for one in ordered],
        "stored": {"present": present, "names": "\n".join(others)},
    }


def _invited(one: Any, names: Names) -> str:
    who = one.unit.name if one.unit else names.of(one.guardian_id)
    if one.answer == "declines":
        return _("%(who)s (kunde inte komma)") % {"who": who}
    return f"{who} ({one.substitute})" if one.substitute else who


def after(meeting: Any, content: Any, actor: Any, names: Names) -> Words:
    """What was decided: what has been written in the plan since the meeting began."""
    plan = meeting.plan
    new = [one for one in content.activities if one.created_at >= meeting.started_at]
    made = [row.version for row in content.versions if row.version.made_at > meeting.started_at]
    may = content.in_charge and actor.may("establish_plan") and not plan.is_over
    return {
        "title": _("Efter mötet"),
        "when": meetings.held(meeting),
        "ended": meeting.ended_at is not None,
        "child_words_said": meeting.child_words,
        "no_words": meeting.no_child_words_reason,
        "took_part": meeting.get_child_took_part_display() if meeting.child_took_part else "",
        "took_part_words": meeting.child_took_part_words,
        "there": meetings.attendees(meeting, names),
        "notes": meeting.notes,
        "readers": shown.chosen(meeting),
        "readers_href": _readers_href(meeting, content, actor),
        "decided": doings(new, actor.today, actor.unit_id),
        "verdict": VERDICTS[meeting.child_verdict]() if meeting.child_verdict in VERDICTS else "",
        "version": made[-1] if made else None,
        "version_href": reverse("plan-version", args=[made[-1].pk]) if made else "",
        "next": _next(plan) if may and not made else None,
        "responsible": responsible(content, actor.today),
        "back": reverse("plan-page", args=[plan.pk]),
        "back_words": _("Tillbaka till planen"),
    }


def _readers_href(meeting: Any, content: Any, actor: Any) -> str:
    may = content.in_charge and meeting.ended_at is not None and actor.may("hold_meeting")
    texts = [getattr(meeting, name) for name in meeting.WITHHELD]
    return readers.change_href("meeting", meeting.pk, may=may, texts=texts)


VERDICTS = {
    "yes": lambda: _("Ja, det blev som barnet ville"),
    "partly": lambda: _("Lite"),
    "no": lambda: _("Nej"),
}


def _next(plan: Any) -> dict[str, str]:
    """A first meeting ends in an established plan, a later one in a new version."""
    if plan.status == "draft":
        href = reverse("plan-establish", args=[plan.pk])
        return {
            "href": href,
            "label": _("Kontrollera och fastställ planen"),
            "text": _("Planen är fortfarande ett utkast."),
        }
    href = reverse("plan-version-new", args=[plan.pk])
    return {
        "href": href,
        "label": _("Gör en ny version"),
        "text": _("Då ser alla vad som har ändrats på mötet."),
    }
