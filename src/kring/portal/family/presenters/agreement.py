"""The patient contract as a view: agreement, planning, named contact, agreed time (domain.md 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.design import days

from .deeds import Deed, deed
from .home import COORDINATOR, Contact, contacts
from .tabs import Tab, tabs


@dataclass(frozen=True)
class Step:
    """Something that comes, and when."""

    when: str
    what: str


@dataclass(frozen=True)
class AgreedTime:
    """A time; agreed when the family has said yes to it."""

    when: str
    what: str
    status: str
    agreed: bool


@dataclass(frozen=True)
class AgreementPage:
    """The patient contract: agreement, planning, named contact, agreed time."""

    tabs: Sequence[Tab]
    matters: str = ""
    theirs: Sequence[Deed] = ()
    ours: Sequence[Deed] = ()
    steps: Sequence[Step] = ()
    coordinators: Sequence[Contact] = ()
    named: Sequence[Contact] = ()
    times: Sequence[AgreedTime] | None = ()
    review: str = ""


def agreement_page(
    content: Any, visits: Sequence[Any] | None, care_contacts: Sequence[Any], child: Any, today: date
) -> AgreementPage:
    """The four parts put together from the plan, the times (None where they are closed) and the contacts
    (domain.md 2).

    The coordinator holds the planning together; the named care contact is somebody whom the operations
    manager has appointed as such (patientlagen 6:2), and not the same thing.
    """
    plan = content.plan if content else None
    doing = [one for one in content.activities if one.status in ("planned", "ongoing")] if content else []
    return AgreementPage(
        tabs=tabs(child, "family-agreement"),
        matters=plan.what_matters if plan else "",
        theirs=[deed(one, today) for one in doing if one.responsible != "family"],
        ours=[deed(one, today) for one in doing if one.responsible == "family"],
        steps=_steps(content, doing),
        coordinators=contacts([one for one in care_contacts if one.role == COORDINATOR], plan),
        named=contacts([one for one in care_contacts if one.role != COORDINATOR]),
        times=None if visits is None else [_agreed(visit) for visit in visits],
        review=_review(plan),
    )


def _steps(content: Any, doing: Sequence[Any]) -> list[Step]:
    dated = [(one.due_on, one.what) for one in doing if one.due_on]
    if content and content.plan.follow_up_on:
        dated.append((content.plan.follow_up_on, _("Planen följs upp")))
    return [Step(days.day(day), what) for day, what in sorted(dated)]


def _agreed(visit: Any) -> AgreedTime:
    return AgreedTime(
        when=days.day_and_time(visit.starts_at),
        what=" · ".join(part for part in (visit.what, visit.unit.name) if part),
        status=visit.get_status_display(),
        agreed=visit.status == "agreed",
    )


def _review(plan: Any) -> str:
    if plan and plan.follow_up_on:
        return _("Vi läser igenom överenskommelsen tillsammans %(day)s.") % {
            "day": days.day(plan.follow_up_on)
        }
    return _("Ni kan när som helst be att vi läser igenom överenskommelsen tillsammans.")
