"""What a session keeps about its person, and how one is opened and ended."""

from django.contrib.auth import login, logout
from django.db.models import F
from django.http import HttpRequest

from kring import clock
from kring.organisations.models import Person

from .actors import key_of, possible_actors

ACTING_AS, EPOCH, SEEN, STARTED, STRONG = "acting_as", "epoch", "seen", "started", "strong"
BACKEND = "kring.access.login.PersonBackend"


def open_session(request: HttpRequest, person: Person, *, strong_auth: bool) -> None:
    """Log a person in, and let the only way of acting be chosen when there is just one."""
    login(request, person, backend=BACKEND)
    now = clock.now()
    request.session.update({EPOCH: person.session_epoch, STRONG: strong_auth})
    request.session.update({SEEN: now.timestamp(), STARTED: now.timestamp()})
    ways = possible_actors(person, now=now, strong_auth=strong_auth)
    if len(ways) == 1:
        request.session[ACTING_AS] = key_of(ways[0])


def act_as(request: HttpRequest, key: str) -> bool:
    """Choose how to act among the person's possible ways. False when the way is not open to them."""
    strong = bool(request.session.get(STRONG))
    ways = {key_of(actor) for actor in possible_actors(request.user, now=clock.now(), strong_auth=strong)}
    if key in ways:
        request.session[ACTING_AS] = key
    return key in ways


def end_session(request: HttpRequest) -> None:
    """Log out here."""
    logout(request)


def end_everywhere(request: HttpRequest) -> None:
    """Log out here and end every other session of the person: the next request of each finds its epoch passed."""
    Person.objects.filter(pk=request.user.pk).update(session_epoch=F("session_epoch") + 1)
    logout(request)
