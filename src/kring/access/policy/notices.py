"""What may leave Kring as a notice, to whom, by which way and when: the child-safety gate of the one door.

A notice never says what it is about. Whether it may be sent at all is asked twice: when it is made, and again
when it is about to leave, so that a block or a protection that came in between stops it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kring.access.policy.decision import Facts, Rule, Table, allow, deny, require
from kring.access.policy.protected import Grade
from kring.access.policy.sources import FIRST_DAY, law
from kring.clock import STOCKHOLM


class Way(StrEnum):
    """How a notice reaches somebody: in Kring after logging in, or by post that anybody may happen to see."""

    IN_APP = "in_app"
    EMAIL = "email"
    SMS = "sms"


class Receiver(StrEnum):
    """Who is told."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    CHILD = "child"


@dataclass(frozen=True)
class NoticeFacts(Facts):
    """`reaches`: the gate lets the receiver reach the child now; `chosen`: the receiver has asked for this
    way; `confirmed`: and has shown by a code that the address is its own; `telling`: the words would say what
    it is about, or where; `own_act`: the child has done it itself.

    Of a child that is the receiver: `young`: it does not use the e-services itself yet; `of_age`: it is old
    enough for mail and text messages of its own; `shared_address`: a guardian has the address too.
    """

    grade: Grade = Grade.REGISTRATION
    receiver: Receiver = Receiver.CHILD
    receiver_protected: bool = True
    reaches: bool = False
    way: Way = Way.SMS
    chosen: bool = False
    confirmed: bool = False
    telling: bool = True
    own_act: bool = True
    young: bool = True
    of_age: bool = False
    shared_address: bool = True


def _own(rule_id: str, says: str) -> Rule:
    return Rule(rule_id, says, "Kring, aviseringar", FIRST_DAY, needs_sign_off=True)


NOTICES = Table(
    "notices",
    "Vem som får en avisering, och hur",
    NoticeFacts,
    _own("notices.none", "Det som ingen rad öppnar skickas inte."),
    (
        require(
            law("notices.child_protected", "Om ett barn med skyddade uppgifter skickas inget.", "OSL 22:1"),
            grade=Grade.NONE,
        ),
        require(
            law(
                "notices.receiver_protected", "Till den som har skyddade uppgifter skickas inget.", "OSL 22:1"
            ),
            receiver_protected=False,
        ),
        require(
            law(
                "notices.reach",
                "Den som inte når barnet, eller har blockerats, får inget och märker inget.",
                "OSL 12:3",
            ),
            reaches=True,
        ),
        require(
            _own("notices.neutral", "En avisering säger varken vad den handlar om eller var."),
            telling=False,
        ),
        deny(
            _own(
                "notices.own_act",
                "Om det som barnet självt har gjort får ingen vårdnadshavare någon avisering.",
            ),
            receiver=Receiver.GUARDIAN,
            own_act=True,
        ),
        deny(
            _own(
                "notices.young", "Det yngre barnet får inget utskickat: det nya står på barnets egna sidor."
            ),
            receiver=Receiver.CHILD,
            young=True,
        ),
        allow(_own("notices.in_app", "Den egna listan i Kring fylls alltid på."), way=Way.IN_APP),
        deny(
            _own(
                "notices.child.age",
                "Till barnet självt går mejl och sms bara från åldersgränsen för egna utskick.",
            ),
            receiver=Receiver.CHILD,
            of_age=False,
        ),
        deny(
            _own(
                "notices.child.shared",
                "Det som är till barnet går aldrig till en adress som en vårdnadshavare också har.",
            ),
            receiver=Receiver.CHILD,
            shared_address=True,
        ),
        allow(
            _own("notices.chosen", "Mejl och sms skickas bara till den som själv har valt det."),
            chosen=True,
            confirmed=True,
        ),
        deny(
            _own("notices.unconfirmed", "Till en adress som inte är bekräftad skickas inget mer än koden."),
            chosen=True,
        ),
    ),
)


@dataclass(frozen=True)
class Untold(Facts):
    """Who asks which guardians get nothing. `keeps_plan`: its unit calls to the plan's meetings;
    `may_summon`: the role does that.
    """

    staff: bool = False
    keeps_plan: bool = False
    may_summon: bool = False


UNTOLD = Table(
    "notices.untold",
    "Vem som får veta att en vårdnadshavare inte nås i Kring",
    Untold,
    _own("notices.untold.none", "Bara den som kallar får veta att någon inte nås, och aldrig varför."),
    (
        require(
            law(
                "notices.untold.staff",
                "Familjen får inte veta att någon vårdnadshavare inte nås.",
                "OSL 12:3, 22:1",
            ),
            staff=True,
        ),
        allow(
            _own(
                "notices.untold.summons",
                "Den som kallar får veta vem som inte nås, för att berätta om mötet utanför Kring.",
            ),
            keeps_plan=True,
            may_summon=True,
        ),
    ),
)


@dataclass(frozen=True)
class CodeFacts(Facts):
    """`own_wish`: whoever has the account asks for it; `too_many`: there is no more of the day's limit;
    `young`: a child that is not old enough for post of its own; `shared_address`: a child's, that a guardian
    has too.
    """

    receiver_protected: bool = True
    own_wish: bool = False
    too_many: bool = True
    young: bool = True
    shared_address: bool = True


CODE_SENT = Table(
    "notices.code",
    "När en kod skickas för att bekräfta en adress",
    CodeFacts,
    _own("notices.code.none", "En kod skickas bara till den som själv har bett om den."),
    (
        require(
            law(
                "notices.code.protected",
                "Till den som har skyddade uppgifter skickas ingen kod.",
                "OSL 22:1",
            ),
            receiver_protected=False,
        ),
        deny(
            _own(
                "notices.code.young", "Före åldersgränsen för egna utskick bekräftar ett barn ingen adress."
            ),
            young=True,
        ),
        deny(
            _own(
                "notices.code.shared",
                "Ett barn bekräftar ingen adress som en vårdnadshavare också har: den ska vara barnets egen.",
            ),
            shared_address=True,
        ),
        deny(
            _own("notices.code.too_many", "Ingen får hur många koder som helst: adressen kan vara fel."),
            too_many=True,
        ),
        allow(
            _own("notices.code.asked", "Den som valt en adress får en kod dit, och koden säger inget annat."),
            own_wish=True,
        ),
    ),
)


@dataclass(frozen=True)
class CodeLimits:
    """How long a code is, how long it holds, how many tries it stands, and how many anybody gets in a day."""

    rule: Rule
    digits: int
    holds: timedelta
    tries: int
    a_day: int


CODE_LIMITS = (
    CodeLimits(
        _own("notices.code.limits", "Koden gäller en kort tid och tål få försök."),
        digits=6,
        holds=timedelta(minutes=30),
        tries=5,
        a_day=5,
    ),
)


def code_limits(on: date) -> CodeLimits:
    """The limits in force on a day; the latest rule takes over."""
    return max((one for one in CODE_LIMITS if one.rule.in_force(on)), key=lambda one: one.rule.valid_from)


@dataclass(frozen=True)
class QuietHours:
    """From `starts` in the evening to `ends` in the morning, Stockholm time, post to this receiver waits."""

    rule: Rule
    receiver: Receiver
    starts: time
    ends: time


QUIET_HOURS = (
    QuietHours(
        _own("notices.quiet_young", "Barn och unga får inget mellan 20 och 07."),
        Receiver.CHILD,
        time(20),
        time(7),
    ),
    QuietHours(
        _own("notices.quiet_family", "Familjen får inget mejl eller sms mellan 21 och 07."),
        Receiver.GUARDIAN,
        time(21),
        time(7),
    ),
)
"""Staff have none: when they read their post is between them and their employer."""


def quiet_hours_of(receiver: Receiver, on: date) -> QuietHours | None:
    """The quiet hours in force for a receiver on a day; the latest rule takes over."""
    mine = [one for one in QUIET_HOURS if one.receiver == receiver and one.rule.in_force(on)]
    return max(mine, key=lambda one: one.rule.valid_from, default=None)


def earliest(receiver: Receiver, moment: datetime) -> datetime:
    """The first moment, not before `moment`, when post may leave for a receiver."""
    local = moment.astimezone(STOCKHOLM)
    hours = quiet_hours_of(receiver, local.date())
    if hours is None or hours.ends <= local.time() < hours.starts:
        return moment
    day = local.date() if local.time() < hours.ends else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.ends, tzinfo=STOCKHOLM).astimezone(moment.tzinfo)
