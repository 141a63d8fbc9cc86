"""Facts on staff: need, blocks, emergencies, protected identity (8.1 b, 8.2, 8.3, 8.8)."""

from collections.abc import Mapping
from typing import Any

from kring.access.policy.blocking import BlockKind, SetBlock
from kring.access.policy.other_provider import OtherProvider, SharingConsent
from kring.access.policy.own_unit import OwnUnit
from kring.access.policy.parties import both_connected
from kring.access.policy.protected import Act as Carried
from kring.access.policy.protected import ActAllowed, Field, FieldShown, Grade, Reach, StaffName, Viewer
from kring.access.policy.routes import Act, Asker, Side, Thing
from kring.access.policy.same_provider import SameProvider
from kring.access.policy.staff import Block, Step, WorkNeed

from .question import Question, day, moment, needed_day
from .words import PARTIES, ages, asker, grade, owner, party, side, staff


def block_on(q: Question) -> Block:
    """The block that covers the thing for the one who asks, by its documentation day."""
    block = q.context["block"]
    if block is None or not _concerns(q, block):
        return Block.NONE
    kind = BlockKind(block["kind"])
    known = SetBlock(
        kind,
        day(block["doc_from"]),
        day(block["doc_to"]),
        moment(block["created_at"]),
        moment(block["lifted_at"]) if block["lifted_at"] else None,
    )
    documented = needed_day(q.resource["documented_at"])
    return Block(kind.value) if known.covers(documented_on=documented, now=q.now) else Block.NONE


def _concerns(q: Question, block: Mapping[str, Any]) -> bool:
    if block["kind"] == BlockKind.OUTER:
        return PARTIES[block["owner"]].provider == owner(q).provider
    return bool(block["owner"] == q.resource["owner"])


def need(q: Question) -> WorkNeed:
    """Why the asker needs it; care counts only while taking part."""
    stated = WorkNeed(q.context["need"])
    return WorkNeed.NONE if stated is WorkNeed.CARE and not q.context["relation"] else stated


def step(q: Question) -> Step:
    acts = {Act.REVEAL_BLOCK: Step.REVEAL, Act.EMERGENCY_OPEN: Step.OPEN, Act.REQUEST_LIFT: Step.REQUEST_LIFT}
    return acts.get(Act(q.action), Step.READ)


def emergency(q: Question) -> dict[str, bool]:
    """The facts of an emergency that lasts; none when there is none or its time is out."""
    stated = q.context["emergency"]
    if stated is None or (stated["ends_at"] and q.has_happened(stated["ends_at"])):
        return {
            "danger": False,
            "indispensable": False,
            "revealed": False,
            "reason": bool(stated and stated["reason"]),
        }
    return {name: bool(stated[name]) for name in ("danger", "indispensable", "revealed", "reason")}


def reach(q: Question) -> Reach:
    return Reach(grade=grade(q), in_group=bool(q.subject["protected_group"]))


def same_provider(q: Question) -> SameProvider:
    stated = q.context["emergency"] or {}
    return SameProvider(
        **staff(q),
        need=need(q),
        same_unit=side(q) is Side.OWN,
        active_choice=chooses(q),
        block=block_on(q),
        consent_now=bool(q.context["consent_now"]),
        lifted_for_this_access=bool((q.context["block"] or {}).get("lifted_for_this_access")),
        competent_officer=q.subject["kind"] == "unlock_officer",
        step=step(q),
        consent_impossible=bool(stated.get("consent_impossible")),
        indispensable=emergency(q)["indispensable"],
        revealed=emergency(q)["revealed"],
        reason=emergency(q)["reason"],
        may_matter=bool(q.context["may_matter"]),
    )


def chooses(q: Question) -> bool:
    """An active choice is a person's."""
    return bool(q.context["active_choice"]) and q.subject["kind"] != "machine"


def other_provider(q: Question) -> OtherProvider:
    child, urgent = q.context["child"], q.context["emergency"] or {}
    return OtherProvider(
        **staff(q),
        both_connected=both_connected(
            asking=party(q).sector,
            asking_shares=party(q).connected,
            holding=owner(q).sector,
            holding_shares=owner(q).connected,
        ),
        patient_informed=bool(q.context["patient_informed"]),
        relation=bool(q.context["relation"]),
        active_choice=chooses(q),
        may_matter=bool(q.context["may_matter"]),
        svod_consent=SharingConsent(q.context["svod_consent"]),
        block=block_on(q),
        adult=ages(q).adult,
        child_cannot_consent=not ages(q).adult
        and not child["can_consent_itself"]
        and child["ability"] != "temporary_lack",
        lasting_lack=child["ability"] == "lasting_lack",
        will_clarified=bool(q.context["will_clarified"]),
        necessary=bool(q.context["may_matter"]),
        step=step(q),
        can_request_lift=bool(urgent.get("can_request_lift", True)),
        **emergency(q),
    )


def own_unit(q: Question) -> OwnUnit:
    """Taking part; who refuses a plan, or asks for one, need not do so yet."""
    outside = Act(q.action) in {Act.REFUSE_PLAN, Act.REQUEST_PLAN}
    return OwnUnit(**staff(q), takes_part=need(q) is not WorkNeed.NONE or outside)


SENSITIVE = {Thing.APPOINTMENT: Field.PLACE, Thing.CONTACT_DETAILS: Field.ADDRESS, Thing.CHILD: Field.PHONE}


def field_shown(q: Question) -> FieldShown:
    """The field of the thing that can tell where the child is; without one, nothing is masked."""
    hidden = SENSITIVE.get(Thing(q.resource["kind"])) or (Field.PLACE if q.resource["names_place"] else None)
    return FieldShown(
        grade=grade(q) if hidden else Grade.NONE,
        field=hidden or Field.PLACE,
        viewer=viewer(q),
        reason=bool(q.context["reveal_reason"]),
    )


def viewer(q: Question) -> Viewer:
    if asker(q) is not Asker.CARE:
        return Viewer.MUNICIPALITY
    return Viewer.UNIT_CONCERNED if side(q) is Side.OWN else Viewer.OTHER_CARE


CARRIES = {
    Act.LIST: Carried.LIST,
    Act.SEARCH: Carried.SEARCH,
    Act.PRINT: Carried.PRINT,
    Act.EXPORT: Carried.EXPORT,
}


def act_allowed(q: Question) -> ActAllowed:
    """What can carry details out of the group; reading on the spot carries nothing."""
    carried = CARRIES.get(Act(q.action))
    if asker(q) is Asker.CLOSE and carried in {Carried.LIST, Carried.SEARCH}:
        carried = None
    return ActAllowed(
        grade=grade(q) if carried else Grade.NONE,
        act=carried or Carried.LIST,
        in_group=bool(q.subject["protected_group"]),
    )


def staff_name(q: Question) -> StaffName:
    return StaffName(staff_protected=bool(q.resource["staff_protected"]))
