"""Reading notes of concern: the unit that wrote them, and the one that handles them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import profile_covers
from kring.access.permissions import Permission
from kring.access.policy.parties import Sector
from kring.access.policy.sharing import REPORTS, Report
from kring.audit.models import Action
from kring.children.models import Child
from kring.design.alphabet import Swedish
from kring.organisations.models import Unit

from .models import ConcernReport

PAGE, READ = "concern.page", "concern.read"
AROUND = ("child", "unit", "written_by", "handed_to", "handed_by")


@dataclass(frozen=True)
class Concern:
    """The page about one child: the own unit's notes, and whom to call. Of a protected child the municipality
    is not told, so nobody is proposed (8.8).
    """

    child: Child
    reports: tuple[ConcernReport, ...]
    near: tuple[Unit, ...]
    everywhere: tuple[Unit, ...]


def concern_of(actor: Actor, child_id: UUID) -> Concern:
    """The own unit's notes about a child, newest first, with the reading logged.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`; to everybody in the family.
    """
    child = gate.child_or_404(actor, Permission.REPORT_CONCERN, child_id, what=PAGE)
    rows = _own(actor).filter(child=child)
    units = list(Unit.objects.filter(sector=Sector.SOCIAL_SERVICES).order_by(Swedish("name")))
    known = child.municipality_id if child.protection == Child.Protection.NONE else None
    near = tuple(one for one in units if known is not None and one.municipality_id == known)
    return Concern(child, tuple(rows.order_by("-written_at", "pk")), near, tuple(units))


def _own(actor: Actor) -> "QuerySet[ConcernReport]":
    return ConcernReport.objects.filter(unit_id=actor.unit_id).select_related(*AROUND)


def own_report_or_404(actor: Actor, report_id: UUID, *, what: str) -> ConcernReport:
    """A note of the own unit about a child the actor reaches. Raises gate.Invisible."""
    rows = gate.rows_for(actor, Permission.REPORT_CONCERN, _own(actor).filter(pk=report_id), each=True)
    found = rows.first()
    if found is None:
        raise _unseen(actor, report_id, what)
    gate.reason_first(actor, found.child)
    return found


def _unseen(actor: Actor, report_id: UUID, what: str) -> gate.Invisible:
    child_id = ConcernReport.objects.filter(pk=report_id).values_list("child_id", flat=True).first()
    refused = gate.refusal(actor, Permission.REPORT_CONCERN, child_id or report_id, what=what)
    return gate.Invisible(refused.act)


def _handles(actor: Actor) -> bool:
    facts = Report(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        profile_covers=profile_covers(actor, Permission.REPORT_CONCERN),
        handles=actor.sector == Sector.SOCIAL_SERVICES and actor.may(Permission.HANDLE_CONCERN),
    )
    return REPORTS.decide(facts, on=actor.today).opens


def _received(actor: Actor) -> "QuerySet[ConcernReport]":
    """What has been handed to the actor's unit: no relation to the child is asked for."""
    rows = ConcernReport.objects.filter(handed_to_id=actor.unit_id).select_related(*AROUND)
    return gate.own_rows_for(actor, Permission.HANDLE_CONCERN, rows) if _handles(actor) else rows.none()


def received(actor: Actor) -> list[ConcernReport]:
    """What the actor's unit has been handed, newest first; each child is logged as listed."""
    found = list(_received(actor).order_by("-handed_at", "pk")[:200])
    gate.log(actor, Action.LIST, {one.child_id for one in found}, what=READ, rule="reports.handles")
    return found


def received_or_404(actor: Actor, report_id: UUID) -> ConcernReport:
    """One of them, with the reading logged. Raises gate.Invisible."""
    found = _received(actor).filter(pk=report_id).first()
    if found is None:
        raise _unseen(actor, report_id, READ)
    more = {"what": READ, "object_id": str(found.pk), "rule": "reports.handles"}
    gate.log(actor, Action.READ, [found.child_id], **more)
    return found
