"""Writing a note of concern, and handing it to social services. No event, task or notice follows."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import profile_covers
from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.policy.parties import Sector
from kring.access.policy.sharing import SHARING, WRITING, Sharing, Writer, Writing
from kring.access.refusals import FromTable, Refusal
from kring.audit.models import Action
from kring.children.commands import hold
from kring.organisations.models import Unit

from .models import ConcernReport
from .queries import own_report_or_404

WROTE, HANDED = "concern.write", "concern.handed"


class NotSo(FromTable):
    """What was written cannot be carried out."""

    table = {
        "words_missing": ("text", _("Skriv vad du har sett eller hört.")),
        "not_social_services": ("unit_id", _("Välj en socialtjänst.")),
        "already_handed": ("", _("Anteckningen är redan lämnad till socialtjänsten.")),
    }


@transaction.atomic
def write_concern(*, by: Actor, child_id: UUID, text: str) -> ConcernReport:
    """Write down what has been seen or heard. It is locked from then on.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: words_missing, or closed by the table on writing.
    """
    child = gate.child_or_404(by, Permission.REPORT_CONCERN, child_id, what=WROTE)
    facts = Writing(**_staff(by), writer=Writer.STAFF, own=True, takes_part=True)
    answer = WRITING.decide(facts, on=by.today)
    if not answer.opens:
        raise Refusal("closed", sentence(answer.rule_id), rule=answer.rule_id, about=child_id)
    if not text.strip():
        raise NotSo("words_missing")
    made = ConcernReport.objects.create(
        child=child, unit_id=by.unit_id, text=text.strip(), written_by_id=by.person_id, written_at=by.now
    )
    gate.log(by, Action.WRITE, [child_id], what=WROTE, object_id=str(made.pk), rule=answer.rule_id)
    return made


def _staff(by: Actor) -> dict[str, bool]:
    return {
        "strong_auth": by.strong_auth,
        "assignment_active": by.assignment_id is not None,
        "profile_covers": profile_covers(by, Permission.REPORT_CONCERN),
    }


@transaction.atomic
def hand_over(*, by: Actor, report_id: UUID, unit_id: UUID, how: ConcernReport.Way) -> ConcernReport:
    """Note that social services have been given it; from then on those who handle it there read it.

    Raises:
        Invisible: not a note of the own unit about a child the actor reaches.
        Refusal: already_handed, not_social_services, or closed by the table on sharing.
    """
    report = own_report_or_404(by, report_id, what=HANDED)
    hold(child_id=report.child_id)
    report.refresh_from_db()
    if report.handed_at is not None:
        raise NotSo("already_handed")
    if not Unit.objects.filter(pk=unit_id, sector=Sector.SOCIAL_SERVICES).exists():
        raise NotSo("not_social_services")
    facts = Sharing(**_staff(by), own=True, concern_report=True, duty_to_report=True)
    answer = SHARING.decide(facts, on=by.today)
    if not answer.opens:
        raise Refusal("closed", sentence(answer.rule_id), rule=answer.rule_id, about=report.child_id)
    report.handed_to_id, report.handed_how = unit_id, how
    report.handed_by_id, report.handed_at = by.person_id, by.now
    report.save(update_fields=["handed_to", "handed_how", "handed_by", "handed_at"])
    gate.log(by, Action.WRITE, [report.child_id], what=HANDED, object_id=str(report.pk), rule=answer.rule_id)
    return report
