"""A question in the words of each table: one small function a table. No answers here, only facts."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kring.access.policy.decision import Facts

from .around import lists, notice, programme_facts
from .consenting import blocking, signer
from .doing import draft, machine, mandate, plan_act, plan_view, report, searching, sharing, writing
from .family import extract, family, item_shown
from .question import Question
from .staff import act_allowed, field_shown, other_provider, own_unit, reach, same_provider, staff_name

FACTS: Mapping[str, Callable[[Question], Facts]] = MappingProxyType(
    {
        "8.1 b": own_unit,
        "8.2": same_provider,
        "8.3": other_provider,
        "8.4": blocking,
        "8.5": family,
        "8.5 b": item_shown,
        "8.6 a": signer,
        "8.7 b": extract,
        "8.8 a": reach,
        "8.8 b": field_shown,
        "8.8 c": act_allowed,
        "8.8 d": staff_name,
        "plan a": plan_view,
        "plan b": plan_act,
        "lists": lists,
        "search": searching,
        "machine": machine,
        "notices": notice,
        "sharing": sharing,
        "writing": writing,
        "mandate": mandate,
        "drafts": draft,
        "reports": report,
        "programme": programme_facts,
    }
)
"""Table -> how its facts are read out of a question."""
