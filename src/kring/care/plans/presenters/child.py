"""What a plan's pages have around them: the child's bar, the tabs, names hidden on a shared screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.children.presenters import ChildBar, child_bar
from kring.design import days
from kring.design.addresses import address


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool
    count: int | str = ""


TABS = (
    ("plan-page", gettext_lazy("Planen")),
    ("plan-agreement", gettext_lazy("Patientkontrakt")),
    ("plan-consent", gettext_lazy("Samtycke")),
    ("plan-meetings", gettext_lazy("Möten")),
    ("plan-versions", gettext_lazy("Versioner")),
    ("plan-follow-ups", gettext_lazy("Uppföljning")),
)


@dataclass(frozen=True)
class About:
    """What every page of a plan has around it."""

    bar: ChildBar
    tabs: list[Tab]
    plan_id: UUID
    child_id: UUID
    plan_href: str
    child_href: str
    kind: str


def about(plan: Any, number: str, today: date, here: str = "") -> About:
    coordinator = plan.coordinator.name if plan.coordinator else ""
    found = [(label, address(name, plan_id=plan.pk), name == here) for name, label in TABS]
    tabs = [Tab(str(label), href, current) for label, href, current in found if href]
    return About(
        bar=child_bar(plan.child, today, number=number, coordinator=coordinator),
        tabs=tabs,
        plan_id=plan.pk,
        child_id=plan.child_id,
        plan_href=reverse("plan-page", args=[plan.pk]),
        child_href=address("child", child_id=plan.child_id),
        kind=plan.get_kind_display(),
    )


class Names:
    """Guardians' names by id; numbers instead when the screen is shared."""

    def __init__(self, guardians: Iterable[Any], hidden: bool) -> None:
        people = [guardian for guardian in guardians if guardian]
        self._names = {
            one.pk: _("Vårdnadshavare %(n)s") % {"n": at} if hidden else one.name
            for at, one in enumerate(people, 1)
        }

    def of(self, guardian_id: UUID | None) -> str:
        """The name; «Barnet» for none, and the role alone for one who is no longer a guardian."""
        if guardian_id is None:
            return _("Barnet")
        return self._names.get(guardian_id, _("Tidigare vårdnadshavare"))


@dataclass(frozen=True)
class PlanRow:
    """One of a child's plans, in a list of them."""

    title: str
    mark: str
    status: str
    since: str
    href: str


def plan_row(plan: Any) -> PlanRow:
    marks = {"draft": "draft", "established": "done", "ended": "locked", "declined": "blocked"}
    since = _("Behovet upptäcktes %(day)s") % {"day": days.plain_day(plan.need_identified_on)}
    href = reverse("plan-page", args=[plan.pk])
    return PlanRow(plan.get_kind_display(), marks[plan.status], plan.get_status_display(), since, href)
