"""The patient contract on a guardian's pages, among the tabs of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.design import days
from kring.portal.agreement.presenters import Agreement, agreement
from kring.portal.agreement.queries import Parts

from .tabs import Tab, tabs


@dataclass(frozen=True, kw_only=True)
class AgreementPage(Agreement):
    """With the tabs of S71."""

    tabs: Sequence[Tab]


def agreement_page(
    content: Any, visits: Sequence[Any] | None, care_contacts: Sequence[Any], child: Any, today: date
) -> AgreementPage:
    """The four parts, and when one reads them through together."""
    parts = agreement(Parts(content, visits, care_contacts), today)
    plan = content.plan if content else None
    return AgreementPage(tabs=tabs(child, "family-agreement"), **parts, review=_review(plan))


def _review(plan: Any) -> str:
    if plan and plan.follow_up_on:
        return _("Vi läser igenom överenskommelsen tillsammans %(day)s.") % {
            "day": days.day(plan.follow_up_on)
        }
    return _("Ni kan när som helst be att vi läser igenom överenskommelsen tillsammans.")
