"""Facts on lists, the log, the programme and what leaves as a notice."""

from dataclasses import replace

from kring.access.policy import programme
from kring.access.policy.family import FAMILY
from kring.access.policy.lists import ListFacts, Reader
from kring.access.policy.lists import Thing as Listed
from kring.access.policy.notices import NoticeFacts, Receiver, Way
from kring.access.policy.programme import ProgrammeFacts
from kring.access.policy.routes import CHILDS_OWN, LOOK_AND_SEARCH, Act, Thing
from kring.access.policy.visibility import ITEMS

from .family import family, item_shown
from .question import Question
from .words import PARTIES, STAFF, ages, at_work, grade, is_protected, owner, party

READERS = {"administrator": Reader.ADMINISTRATION, "log_reviewer": Reader.LOG_REVIEW}
LISTED = {Thing.CHILD: Listed.LIST, Thing.APPOINTMENT: Listed.BOOKINGS, Thing.ACCESS_LOG: Listed.ACCESS_LOG}


def lists(q: Question) -> ListFacts:
    log = Act(q.action) is Act.SEE_ACCESS_LOG
    return ListFacts(
        **at_work(q),
        reader=READERS.get(q.subject["kind"], Reader.OTHER),
        thing=Listed.ACCESS_LOG if log else LISTED.get(Thing(q.resource["kind"]), Listed.CONTENT),
        own_unit=q.subject["party"] == q.resource["owner"],
        own_provider=party(q).provider == owner(q).provider,
    )


PARTS = {part.value: part for part in programme.Part}


def programme_facts(q: Question) -> ProgrammeFacts:
    reads = Act(q.action) in LOOK_AND_SEARCH
    default = programme.Part.STAFF if q.subject["kind"] in STAFF else programme.Part.EVERYONE
    return ProgrammeFacts(
        part=PARTS.get(q.subject["kind"], default),
        matter=programme.Matter(q.resource["kind"]),
        wish=programme.Wish.READ if reads else programme.Wish.WRITE,
        published=q.resource["state"] == "published",
        identifiable=bool(q.resource["identifiable"]),
        **at_work(q),
    )


def notice(q: Question) -> NoticeFacts:
    to = q.resource["to"]
    guardian = to in q.context["guardians"]
    receiver = Receiver.CHILD if to == "child" else Receiver.GUARDIAN if guardian else Receiver.STAFF
    return NoticeFacts(
        grade=grade(q),
        receiver=receiver,
        receiver_protected=is_protected(q, to),
        reaches=to in PARTIES if receiver is Receiver.STAFF else receiver_sees(q, to),
        way=Way.IN_APP,
        telling=q.resource["content"] != "neutral" or bool(q.resource["names_place"]),
        own_act=q.subject["kind"] == "child",
        young=not ages(q).has_own_e_services,
        of_age=ages(q).has_own_post,
    )


def receiver_sees(q: Question, to: str) -> bool:
    """Whether who would be told may see what it is about: nobody learns that something hidden exists."""
    about = q.resource["about"]
    kind = Thing.CHILD.value if about is None else about
    if kind not in {Thing.CHILD, *CHILDS_OWN}:
        return False
    subject = {**q.subject, "kind": "child" if to == "child" else "guardian", "key": to, "strong_auth": True}
    theirs = replace(q, subject=subject, action=Act.READ.value, resource={**q.resource, "kind": kind})
    link = FAMILY.decide(family(theirs), on=q.today).opens
    return link and (kind == Thing.CHILD or ITEMS.decide(item_shown(theirs), on=q.today).opens)
