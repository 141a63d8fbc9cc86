"""What a session keeps about its person, and how one is opened, prolonged and ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login, logout
from django.db.models import F
from django.http import HttpRequest

from kring import clock
from kring.audit.commands import Act, record
from kring.audit.models import Action, Outcome
from kring.organisations.models import Person

from .actors import key_of, possible_actors
from .policy.doors import LOG_INS, NOT_OWN_WAY, SESSION_OVER
from .policy.sessions import ACTIVE_CHOICE, SessionLimit, limit_for

ACTING_AS, EPOCH, SEEN, STARTED, STRONG = "acting_as", "epoch", "seen", "started", "strong"
WAYS, KEPT, OPENED, CHOSEN = "ways", "kept", "opened", "chosen"
BACKEND = "kring.access.login.PersonBackend"

TOUCH_EVERY = 30
"""Seconds between two writes of the last moment seen. Browsers are told a time that is this much shorter, so
that a page never promises a session that the server has ended."""
NOT_WRITTEN = {"csrfmiddlewaretoken", "kept_path", "kept_page"}
KEEP_AT_MOST = 200_000
"""Characters of a form that came too late which are kept until its sender has logged in again."""


OPEN_FOR = 3600
"""Seconds that a written reason keeps a protected child open for the one who wrote it, in that session."""


@dataclass(frozen=True)
class TimeLeft:
    """Seconds from now: when the warning is due, and when the session ends if nothing more is done."""

    warn: int
    end: int


def open_session(request: HttpRequest, person: Person, *, strong_auth: bool) -> None:
    """Log a person in, and let the only way of acting be chosen when there is just one."""
    kept = request.session.get(KEPT)
    login(request, person, backend=BACKEND)
    now = clock.now()
    ways = possible_actors(person, now=now, strong_auth=strong_auth)
    session = request.session
    session.update({EPOCH: person.session_epoch, STRONG: strong_auth, WAYS: len(ways)})
    session.update({SEEN: now.timestamp(), STARTED: now.timestamp()})
    if kept and kept["person"] != str(person.pk):
        session.pop(KEPT, None)  # someone else at the same computer
    if len(ways) == 1:
        session[ACTING_AS] = key_of(ways[0])
    _log(Action.LOG_IN, person, now)


def act_as(request: HttpRequest, key: str) -> bool:
    """Choose how to act among the person's possible ways. False when the way is not open to them."""
    strong = bool(request.session.get(STRONG))
    ways = {key_of(actor) for actor in possible_actors(request.user, now=clock.now(), strong_auth=strong)}
    if key not in ways:
        _log(Action.LOG_IN, request.user, clock.now(), refused_by=NOT_OWN_WAY.id)
        return False
    request.session[ACTING_AS] = key
    request.session.pop(OPENED, None)
    return True


def refuse_log_in(why: str) -> None:
    """Write to the log that somebody was not let in, and why (a key of `LOG_INS`).

    Who it was is not known, or is not believed.
    """
    _log(Action.LOG_IN, None, clock.now(), refused_by=LOG_INS[why].id)


def end_overdue(request: HttpRequest, now: datetime) -> None:
    """Log out whoever came after the session's end; that the request was refused is in the log."""
    _log(Action.LOG_OUT, request.user, now, refused_by=SESSION_OVER.id)
    logout(request)


def end_session(request: HttpRequest, *, keeps_form: bool = False) -> None:
    """Log out here; every tab of the browser is out with its next request. What was half written is kept only
    when it is asked for, as when the time ran out.
    """
    kept = kept_form(request) if keeps_form else None
    if request.user.is_authenticated:
        _log(Action.LOG_OUT, request.user, clock.now())
    logout(request)
    if kept:
        request.session[KEPT] = kept


def end_everywhere(request: HttpRequest) -> None:
    """Log out here and end every other session of the person: each finds with its next request that it is
    over.
    """
    Person.objects.filter(pk=request.user.pk).update(session_epoch=F("session_epoch") + 1)
    end_session(request)


def is_over(request: HttpRequest, now: datetime) -> bool:
    """Whether the session of a logged-in request has passed a limit or was ended from elsewhere."""
    session, limit = request.session, limit_of(request, now)
    if session.get(EPOCH) != request.user.session_epoch:
        return True
    idle, age = now.timestamp() - session.get(SEEN, 0), now.timestamp() - session.get(STARTED, 0)
    return idle > limit.idle.total_seconds() or age > limit.absolute.total_seconds()


def touch(request: HttpRequest, now: datetime) -> None:
    """Note that the person is still here; seldom enough to spare most requests a write."""
    if now.timestamp() - request.session[SEEN] >= TOUCH_EVERY:
        request.session[SEEN] = now.timestamp()


def time_left(request: HttpRequest, now: datetime) -> TimeLeft:
    """When the page shown now should warn, and when it should leave by itself."""
    limit = limit_of(request, now)
    until_absolute = request.session[STARTED] + limit.absolute.total_seconds() - now.timestamp()
    end = min(limit.idle.total_seconds() - TOUCH_EVERY, max(until_absolute, 0))
    before = (limit.idle - limit.warning).total_seconds()
    return TimeLeft(warn=int(max(end - before, 0)), end=int(end))


def limit_of(request: HttpRequest, now: datetime) -> SessionLimit:
    """The limits of the role that the session acts in."""
    return limit_for(request.session.get(ACTING_AS, "").partition(":")[0], clock.day_of(now))


def open_protected(request: HttpRequest, child_id: UUID, now: datetime) -> None:
    """Remember in this session that a reason has been written for a protected child."""
    request.session[OPENED] = {**request.session.get(OPENED, {}), str(child_id): now.timestamp()}


def opened_children(request: HttpRequest, now: datetime) -> frozenset[UUID]:
    """The protected children that are open in this session now."""
    opened = request.session.get(OPENED, {})
    return frozenset(UUID(key) for key, at in opened.items() if now.timestamp() - at <= OPEN_FOR)


def choose_actively(request: HttpRequest, child_id: UUID, what: str, purpose: str, now: datetime) -> None:
    """Remember in this session that its person actively chose to see what others hold about a child."""
    chosen = request.session.get(CHOSEN, {})
    mine = {**chosen.get(str(child_id), {}), what: [purpose, now.timestamp()]}
    request.session[CHOSEN] = {**chosen, str(child_id): mine}


def active_choices(request: HttpRequest, child_id: UUID, now: datetime) -> dict[str, str]:
    """What has been actively chosen about a child in this session and still counts: what -> purpose."""
    mine = request.session.get(CHOSEN, {}).get(str(child_id), {})
    lasts = ACTIVE_CHOICE.lasts.total_seconds()
    return {what: purpose for what, (purpose, at) in mine.items() if now.timestamp() - at <= lasts}


def keep_form(request: HttpRequest, person: Person, *, path: str = "", page: str = "") -> None:
    """Hold what somebody sent too late, or had half written, until the same person has logged in again.

    `path` is where the form is sent, `page` where it stands; both are the request's own unless given.
    """
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_WRITTEN}
    if fields and sum(len(value) for values in fields.values() for value in values) <= KEEP_AT_MOST:
        where = {"path": path or request.path, "page": page or request.path}
        request.session[KEPT] = {"person": str(person.pk), "fields": fields, **where}


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """The form that came too late (`path`, `page` and `fields`), if there is one."""
    return request.session.get(KEPT)


def sent_again(request: HttpRequest) -> None:
    """Forget a kept form when its page is sent anew."""
    kept = kept_form(request)
    if kept and request.method == "POST" and kept["path"] == request.path:
        drop_kept_form(request)


def drop_kept_form(request: HttpRequest) -> None:
    """Forget it: it has been sent again, or is not wanted."""
    request.session.pop(KEPT, None)


def _log(action: str, person: Person | None, now: datetime, refused_by: str = "") -> None:
    act = Act(
        at=now,
        action=action,
        outcome=Outcome.REFUSED if refused_by else Outcome.ALLOWED,
        person_id=person.pk if person else None,
        rule=refused_by or "session",
        what="session",
        purpose="access",
    )
    record([act])
