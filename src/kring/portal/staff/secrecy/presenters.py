"""What is closed and opened around a child, as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import clock
from kring.access.actors import Actor
from kring.access.facts import age_of
from kring.access.permissions import Permission
from kring.access.policy.blocking import BlockKind
from kring.access.policy.catalogue import sentence
from kring.access.policy.deciding import Question
from kring.children.presenters import guardian_name
from kring.design import days


@dataclass(frozen=True)
class Line:
    """One row of a list: what, its state as a tag, facts under it, and what can be done (word, address)."""

    title: str
    tone: str
    state: str
    facts: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Room:
    """One of the pages about secrecy around a child, as a link with a sentence."""

    label: str
    href: str
    text: str
    icon: str


def rooms(actor: Actor, child_id: UUID, *, protected: bool) -> list[Room]:
    """The pages that the actor's role opens, for «Vem ser vad»."""
    about = {"child_id": child_id}
    every = [
        (
            Permission.DOCUMENT_BLOCK,
            "child-blocks",
            _("Spärrar"),
            _("När barnet vill spärra uppgifter."),
            "lock",
        ),
        (
            Permission.ASSESS_MATURITY,
            "child-maturity",
            _("Mognad"),
            _("Om barnet är moget att bestämma självt."),
            "person",
        ),
        (
            Permission.DECIDE_GUARDIAN_ACCESS,
            "child-guardians",
            _("Vårdnadshavares tillgång"),
            _("Blockera, behåll eller förläng tillgången på nätet."),
            "key",
        ),
        (
            Permission.RECORD_PLACEMENT,
            "child-placements",
            _("Placering"),
            _("När nämnden har beslutat att barnet är placerat."),
            "home",
        ),
        (
            Permission.OPEN_EMERGENCY,
            "child-emergencies",
            _("Nödöppning"),
            _("När barnet är i fara och inte kan tillfrågas."),
            "unlock",
        ),
    ]
    found = [
        Room(word, reverse(name, kwargs=about), text, icon)
        for may, name, word, text, icon in every
        if actor.may(may)
    ]
    if protected and actor.may(Permission.MANAGE_PROTECTED_GROUP):
        href = reverse("child-group", kwargs=about)
        found.append(Room(_("Begränsad grupp"), href, _("Vilka som når det skyddade barnet."), "shield"))
    return found


# Blocks


def blocks(rows: Iterable[Any], child_id: UUID) -> list[Line]:
    """The own unit's blocks, standing and lifted."""
    return [_block(row, child_id) for row in rows]


def _block(row: Any, child_id: UUID) -> Line:
    what = row.unit.name if row.unit else row.controller.name
    facts = [period(row.documented_from, row.documented_to), _set_by(row)]
    if row.lifted_at:
        facts.append(
            _("Hävd %(when)s. %(rule)s") % {"when": when(row.lifted_at), "rule": sentence(row.lifted_by_rule)}
        )
        return Line(what, "neutral", _("Hävd"), tuple(facts))
    facts.append(reaches(row.kind))
    lift = reverse("lift-block", kwargs={"child_id": child_id, "access_block_id": row.pk})
    return Line(what, "lock", _("Gäller"), tuple(facts), ((_("Häv spärren"), lift),))


def reaches(kind: str) -> str:
    """Whom a block hides from."""
    if kind == BlockKind.INNER:
        return _("Visas inte för andra enheter eller andra vårdgivare.")
    return _("Visas inte för andra vårdgivare.")


def period(since: date | None, until: date | None) -> str:
    """The days that a block covers, by when it was written."""
    if since and until:
        return _("Antecknat %(first)s till %(last)s.") % {"first": days.day(since), "last": days.day(until)}
    if since:
        return _("Antecknat från och med %(day)s.") % {"day": days.day(since)}
    return (
        _("Antecknat till och med %(day)s.") % {"day": days.day(until)}
        if until
        else _("Allt som har antecknats.")
    )


def _set_by(row: Any) -> str:
    if row.documented_by is None:
        return _("Barnet spärrade själv %(when)s.") % {"when": when(row.created_at)}
    who = {"when": when(row.created_at), "who": row.documented_by.name}
    return _("Skrivet %(when)s av %(who)s, när barnet ville det.") % who


def when(moment: datetime) -> str:
    return days.day(clock.day_of(moment))


def officers_blocks(rows: Iterable[Any], child_id: UUID) -> list[Line]:
    """What the officer may lift when the child agrees. Whose it is is not told before that."""
    return [
        Line(
            _("Spärr %(n)s") % {"n": n},
            "lock",
            _("Gäller"),
            (_("Satt %(when)s.") % {"when": when(row.created_at)},),
            (
                (
                    _("Häv spärren"),
                    reverse("officer-lift", kwargs={"child_id": child_id, "access_block_id": row.pk}),
                ),
            ),
        )
        for n, row in enumerate(rows, start=1)
    ]


# Maturity


def questions() -> dict[str, str]:
    return {
        Question.CONSENT.value: _("Samtycka själv"),
        Question.BLOCK.value: _("Spärra uppgifter"),
        Question.RECORD.value: _("Läsa sin journal på nätet"),
    }


def assessments(rows: Iterable[Any], today: date) -> list[Line]:
    """Every judgement, newest first; the latest about each question is the one that counts."""
    seen: set[str] = set()
    lines = []
    for row in rows:
        lines.append(_assessment(row, row.question not in seen))
        seen.add(row.question)
    return lines


def _assessment(row: Any, counts: bool) -> Line:
    verdict = _("Moget") if row.mature_from else _("Inte moget")
    who = {"when": when(row.assessed_at), "who": row.assessed_by.name, "unit": row.unit.name}
    by = _("%(when)s av %(who)s, %(unit)s.") % who
    tone = ("good" if row.mature_from else "neutral") if counts else "neutral"
    state = verdict if counts else _("Ersatt: %(verdict)s") % {"verdict": verdict}
    return Line(questions()[row.question], tone, state, (row.grounds, by))


# Guardians


KINDS = {"blocked": "lock", "kept": "good", "extended": "info"}


def guardians(
    people: Iterable[Any], decisions: Iterable[Any], child: Any, actor: Actor
) -> list[dict[str, Any]]:
    """Each guardian with the own unit's decisions about it, and what can be decided."""
    everyone, made = list(people), list(decisions)
    return [
        {
            "name": guardian_name(one),
            "acts": _acts_about(one, everyone, made, child, actor),
            "lines": [_decision(row, child.pk, actor.today) for row in made if row.guardian_id == one.pk],
        }
        for one in everyone
    ]


def _acts_about(
    one: Any, everyone: list[Any], made: list[Any], child: Any, actor: Actor
) -> list[tuple[str, str]]:
    """What table 8.5 c could say yes to, and what does not hold already."""
    age, today = age_of(actor, child), actor.today
    going = {
        row.kind
        for row in made
        if row.guardian_id == one.pk and not row.ended_at and (row.ends_on is None or row.ends_on >= today)
    }
    beside_protected = any(other.protected_identity for other in everyone if other.pk != one.pk)
    of_age = age.has_own_e_services and not age.has_own_record
    offers = [
        ("blocked", True, _("Blockera tillgången"), "block-guardian"),
        ("kept", beside_protected, _("Behåll tillgången"), "keep-guardian"),
        ("extended", of_age, _("Förläng tillgången"), "extend-guardian"),
    ]
    about = {"child_id": child.pk, "guardian_id": one.pk}
    may = [(word, name) for kind, fits, word, name in offers if fits and kind not in going]
    return [(word, reverse(name, kwargs=about)) for word, name in may]


def _decision(row: Any, child_id: UUID, today: date) -> Line:
    who = {"when": when(row.decided_at), "who": row.decided_by.name}
    facts = [row.reason, _("Beslutat %(when)s av %(who)s.") % who]
    title = str(row.get_kind_display())
    if row.ended_at:
        return Line(title, "neutral", _("Avslutat %(when)s") % {"when": when(row.ended_at)}, tuple(facts))
    if row.ends_on:
        facts.append(_("Gäller till och med %(day)s.") % {"day": days.day(row.ends_on)})
        if row.ends_on < today:
            return Line(title, "neutral", _("Tiden är ute"), tuple(facts))
    about = {"child_id": child_id, "guardian_decision_id": row.pk}
    acts = [(_("Avsluta beslutet"), reverse("end-guardian-decision", kwargs=about))]
    if row.review_on:
        facts.append(_("Akut beslut. Ska prövas igen senast %(day)s.") % {"day": days.day(row.review_on)})
        acts.insert(0, (_("Pröva beslutet igen"), reverse("confirm-guardian-decision", kwargs=about)))
    return Line(title, KINDS[row.kind], _("Gäller"), tuple(facts), tuple(acts))


# Emergencies


def emergencies(rows: Iterable[Any], actor: Actor) -> list[Line]:
    """The own unit's emergency openings around a child."""
    return [_emergency(row, actor) for row in rows]


def _emergency(row: Any, actor: Actor) -> Line:
    facts = (row.reason, _("%(who)s, %(when)s.") % {"who": row.person.name, "when": at(row.revealed_at)})
    going = row.ends_at is not None and row.ends_at > actor.now
    state = _("Öppen till %(time)s") % {"time": clock_time(row.ends_at)} if going else verdict(row)
    mine = row.person_id == actor.person_id and (going or row.opened_at is None)
    href = reverse("child-emergency", kwargs={"child_id": row.child_id, "emergency_access_id": row.pk})
    acts = ((_("Gå till nödöppningen"), href),) if mine else ()
    return Line(str(row.get_kind_display()), "late" if going else "neutral", state, facts, acts)


def verdict(row: Any) -> str:
    words = {
        "waiting": _("Inte granskad än"),
        "right": _("Granskad: riktig"),
        "wrong": _("Granskad: inte riktig"),
    }
    return words[row.verdict]


def clock_time(moment: datetime) -> str:
    return moment.astimezone(clock.STOCKHOLM).strftime("%H.%M")


def at(moment: datetime) -> str:
    return days.day_and_time(moment)


def banner(open_now: Iterable[Any], child_id: UUID) -> dict[str, str]:
    """What stands on top of the record while an emergency is open; empty when none is."""
    last = max(open_now, key=lambda row: row.ends_at, default=None)
    if last is None:
        return {}
    about = {"child_id": child_id, "emergency_access_id": last.pk}
    return {
        "text": _("Nödöppning pågår till kl. %(time)s. Allt du öppnar märks i loggen och granskas.")
        % {"time": clock_time(last.ends_at)},
        "href": reverse("child-emergency", kwargs=about),
    }


# Requests to lift, and reviews


def requests(rows: Iterable[Any]) -> list[Line]:
    """What others have asked the officer's care provider to lift."""
    return [_request(row) for row in rows]


def _request(row: Any) -> Line:
    facts = (row.reason, _("%(unit)s frågade %(when)s.") % {"unit": row.unit.name, "when": at(row.asked_at)})
    if row.answer != "waiting":
        return Line(_("Begäran om hävning"), "neutral", str(row.get_answer_display()), facts)
    answer = reverse("lift-request", kwargs={"lift_request_id": row.pk})
    return Line(_("Begäran om hävning"), "wait", _("Väntar på svar"), facts, ((_("Svara"), answer),))


def reviews(rows: Iterable[Any]) -> list[Line]:
    """Emergency openings at the reviewer's care provider."""
    return [_review(row) for row in rows]


def _review(row: Any) -> Line:
    who = {"who": row.person.name, "unit": row.unit.name, "when": at(row.revealed_at)}
    facts = [row.reason, _("%(who)s, %(unit)s, %(when)s.") % who]
    facts.append(_("Öppnades.") if row.opened_at else _("Bara det första steget: inget öppnades."))
    if row.review_words:
        facts.append(row.review_words)
    waiting = row.verdict == "waiting"
    href = reverse("review-emergency", kwargs={"emergency_access_id": row.pk})
    acts = ((_("Granska"), href),) if waiting else ()
    return Line(
        str(row.get_kind_display()), "wait" if waiting else "neutral", verdict(row), tuple(facts), acts
    )
