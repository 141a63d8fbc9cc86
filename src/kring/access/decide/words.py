"""The vocabulary of a question: who asks, whose the thing is, and what is so about the child today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from kring.access.policy.ages import Birth, Standing, standing
from kring.access.policy.family import Close
from kring.access.policy.parties import Sector
from kring.access.policy.protected import Grade
from kring.access.policy.routes import Asker, Side, Thing

from .question import Question, needed_day


@dataclass(frozen=True)
class Provider:
    """A party of the vocabulary: its care provider, its sector, whether it is connected."""

    provider: str
    sector: Sector
    connected: bool = False


PARTIES: Mapping[str, Provider] = MappingProxyType(
    {
        "unit_a": Provider("region", Sector.REGION_CARE, connected=True),
        "unit_b": Provider("region", Sector.REGION_CARE, connected=True),
        "dental": Provider("region", Sector.DENTAL, connected=True),
        "private_svod": Provider("private_svod", Sector.PRIVATE_CARE, connected=True),
        "private_unconnected": Provider("private_unconnected", Sector.PRIVATE_CARE),
        "school_health": Provider("school_health", Sector.SCHOOL_HEALTH),
        "school_health_svod": Provider("school_health_svod", Sector.SCHOOL_HEALTH, connected=True),
        "school_staff": Provider("school_staff", Sector.SCHOOL),
        "rektor": Provider("rektor", Sector.SCHOOL),
        "ifo": Provider("ifo", Sector.SOCIAL_SERVICES),
        "lss": Provider("lss", Sector.LSS, connected=True),
        "lss_unconnected": Provider("lss_unconnected", Sector.LSS),
    }
)
CARE_SECTORS = {Sector.REGION_CARE, Sector.DENTAL, Sector.PRIVATE_CARE, Sector.SCHOOL_HEALTH}
STAFF = {"staff", "unlock_officer", "named_contact", "coordinator", "machine"}
NOT_GUARDIANS = {"parent_no_custody", "step_parent", "foster_parent"}
FAMILY_KINDS = {"child", "guardian", *NOT_GUARDIANS}
OTHERS: Mapping[str, Asker] = MappingProxyType(
    {
        "log_reviewer": Asker.LOG_REVIEW,
        "administrator": Asker.OFFICE,
        **dict.fromkeys(("analyst", "process_leader", "steering_group", "council_contact"), Asker.PROGRAMME),
        **dict.fromkeys(("other_child", "public"), Asker.EVERYONE),
        **dict.fromkeys(FAMILY_KINDS, Asker.CLOSE),
    }
)
KINDS = STAFF | set(OTHERS)
CLOSE = {"child": Close.CHILD, "guardian": Close.GUARDIAN}


def asker(q: Question) -> Asker:
    """Which kind of asker this is."""
    kind = q.subject["kind"]
    if kind not in STAFF:
        return OTHERS[kind]
    return Asker.CARE if party(q).sector in CARE_SECTORS else Asker.OUTSIDE_CARE


def party(q: Question) -> Provider:
    return PARTIES[q.subject["party"]]


def owner(q: Question) -> Provider:
    return PARTIES[q.resource["owner"]]


def side(q: Question) -> Side:
    """Whose the thing is, seen from the one who asks."""
    if q.subject["party"] == q.resource["owner"] or q.resource["kind"] == Thing.CHILD:
        return Side.OWN
    return Side.SAME_PROVIDER if party(q).provider == owner(q).provider else Side.OTHER


def at_work(q: Question) -> dict[str, bool]:
    """The locks before any table about staff."""
    assignment = q.subject["assignment"] or {"from": None, "to": None}
    in_time = assignment["from"] is not None and q.holds(assignment["from"], assignment["to"])
    return {"strong_auth": q.subject["strong_auth"], "assignment_active": in_time}


def staff(q: Question) -> dict[str, bool]:
    return {**at_work(q), "profile_covers": q.subject["profile_covers"]}


@cache
def _standing(born: str, on: date) -> Standing:
    return standing(Birth.of(needed_day(born)), on)


def ages(q: Question) -> Standing:
    return _standing(q.context["child"]["born"], q.today)


def mature(q: Question, question: str) -> bool:
    """Whether a maturity decision for this question holds today."""
    first = q.context["child"][f"mature_for_{question}"]
    return first is not None and q.holds(first, None)


def grade(q: Question) -> Grade:
    return Grade(q.context["child"]["protected"])


def placed_by_order(q: Question) -> bool:
    return bool(q.context["child"]["placed"] == "care_order")


def own_key(q: Question) -> str:
    """Under which name the asker's signature stands."""
    return "child" if q.subject["kind"] == "child" else q.subject["key"]


def has_custody(q: Question, key: str | None) -> bool:
    guardian = q.context["guardians"].get(key)
    if guardian is None or guardian["custody_from"] is None:
        return False
    return q.holds(guardian["custody_from"], guardian["custody_to"])


def is_blocked(q: Question, key: str | None) -> bool:
    """Whether a unit has closed this guardian's access today."""
    guardian = q.context["guardians"].get(key)
    return guardian is not None and (
        guardian["blocked_from"] is not None and q.holds(guardian["blocked_from"], guardian["blocked_to"])
    )


def is_protected(q: Question, key: str | None) -> bool:
    guardian = q.context["guardians"].get(key)
    return guardian is not None and bool(guardian["protected"])


def disclosed_to(q: Question, receiver: str) -> bool:
    """Whether it was deliberately given to this party, before now."""
    return q.resource["state"] != "draft" and q.has_happened(q.resource["shared_with"].get(receiver))
