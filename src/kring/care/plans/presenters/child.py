"""Who the page is about: the child's bar, the plan's tabs, and names hidden on a shared screen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.design import days

TINTS = 6


@dataclass(frozen=True)
class Bar:
    """Ready strings for `parts.context_bar`. `tint`: each child has its own colour, so that tabs differ."""

    name: str
    age: str
    number: str
    communication: str
    coordinator: str
    tint: int
    protected: str

    def hidden(self) -> "Bar":
        """The bar on a screen that others see too."""
        return replace(self, name=_("Barnet"), age="", number="", coordinator="")


def bar_of(plan: Any, number: str, today: date) -> Bar:
    child = plan.child
    guarded = child.protection != "none"
    return Bar(
        name=child.name,
        age=age(child.birth_date, today),
        number=f"{number[:8]}-{number[8:]}" if len(number) == 12 and number.isdecimal() else number,
        communication=child.communication,
        coordinator=plan.coordinator.name if plan.coordinator else "",
        tint=child.pk.int % TINTS + 1,
        protected=_("Lämna inte ut adress, telefon, skola, enhet, tid eller plats.") if guarded else "",
    )


def age(birth: date, today: date) -> str:
    """«10 år 8 mån»; under three years in months."""
    months = max((today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day), 0)
    years, rest = divmod(months, 12)
    if years < 3:
        return ngettext("%(n)s månad", "%(n)s månader", months) % {"n": months}
    whole = _("%(n)s år") % {"n": years}
    return _("%(years)s år %(months)s mån") % {"years": years, "months": rest} if rest else whole


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool
    count: int | str = ""


TABS = (
    ("plan-page", gettext_lazy("Planen")),
    ("plan-consent", gettext_lazy("Samtycke")),
    ("plan-meetings", gettext_lazy("Möten")),
    ("plan-versions", gettext_lazy("Versioner")),
    ("plan-follow-ups", gettext_lazy("Uppföljning")),
)


@dataclass(frozen=True)
class About:
    """What every page of a plan has around it."""

    bar: Bar
    tabs: list[Tab]
    plan_id: UUID
    plan_href: str
    child_href: str
    kind: str


def about(plan: Any, number: str, today: date, here: str = "") -> About:
    tabs = [Tab(str(label), reverse(name, args=[plan.pk]), name == here) for name, label in TABS]
    return About(
        bar=bar_of(plan, number, today),
        tabs=tabs,
        plan_id=plan.pk,
        plan_href=reverse("plan-page", args=[plan.pk]),
        child_href=address("child", child_id=plan.child_id),
        kind=plan.get_kind_display(),
    )


def address(name: str, **kwargs: object) -> str:
    """The address of a page that another package brings, or "" while it is not there."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


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
