"""Every table and every rule, in the order a lawyer would read them."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext

from kring.access.policy.access_log import LOG_FIELDS, LOGGED_ACTS, RETENTIONS
from kring.access.policy.across import ACROSS_RECORDING
from kring.access.policy.ages import AGE_LIMITS, LEAP_DAY
from kring.access.policy.blocking import BLOCKING
from kring.access.policy.consents import SIGNATURES, SIGNERS
from kring.access.policy.deciding import EMERGENCIES, GROUP, GUARDIAN_ACCESS, MATURITY
from kring.access.policy.decision import Rule, Table
from kring.access.policy.doors import DOORS
from kring.access.policy.extract import EXTRACT
from kring.access.policy.family import FAMILY
from kring.access.policy.follow_up import COUNTED
from kring.access.policy.lists import LISTS
from kring.access.policy.machine import MACHINE
from kring.access.policy.notices import CODE_LIMITS, CODE_SENT, NOTICES, QUIET_HOURS, UNTOLD
from kring.access.policy.other_provider import OTHER_PROVIDER
from kring.access.policy.own_unit import OWN_UNIT
from kring.access.policy.parties import PARTIES
from kring.access.policy.placing import PLACING
from kring.access.policy.plans import PLAN_ACTS, PLAN_VIEW
from kring.access.policy.programme import PROGRAMME
from kring.access.policy.protected import ACTS, FIELDS, REACH, STAFF_NAMES
from kring.access.policy.publishing import PUBLISHING
from kring.access.policy.recording import RECORDING
from kring.access.policy.review import rules as review_rules
from kring.access.policy.routes import CLOSED_DOORS
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.search import SEARCH
from kring.access.policy.sessions import ACTIVE_CHOICE, SESSION_LIMITS
from kring.access.policy.sharing import DRAFTS, MANDATE, REPORTS, SHARING, WRITING
from kring.access.policy.social import SOCIAL
from kring.access.policy.visibility import ITEMS, REVIEW_LIMITS
from kring.access.policy.working_days import rules as days_off_rules

TABLES: tuple[Table[Any], ...] = (
    OWN_UNIT,
    SAME_PROVIDER,
    OTHER_PROVIDER,
    BLOCKING,
    FAMILY,
    GUARDIAN_ACCESS,
    MATURITY,
    ITEMS,
    SIGNERS,
    SIGNATURES,
    RECORDING,
    PLACING,
    ACROSS_RECORDING,
    SOCIAL,
    EXTRACT,
    REACH,
    FIELDS,
    ACTS,
    STAFF_NAMES,
    GROUP,
    PLAN_VIEW,
    PLAN_ACTS,
    SHARING,
    WRITING,
    DRAFTS,
    REPORTS,
    MANDATE,
    LISTS,
    SEARCH,
    MACHINE,
    NOTICES,
    CODE_SENT,
    UNTOLD,
    PROGRAMME,
    PUBLISHING,
    COUNTED,
)


@cache
def rules() -> Mapping[str, Rule]:
    """Rule id -> rule, each once, in reading order."""
    return MappingProxyType({rule.id: rule for rule in _rules()})


def sentence(rule_id: str) -> str:
    """What a rule says, in the reader's language; the id itself for a rule no longer in the tables."""
    rule = rules().get(rule_id)
    return gettext(rule.says) if rule else rule_id


def _rules() -> Iterator[Rule]:
    yield from (party.rule for party in PARTIES.values())
    yield LEAP_DAY
    yield from (limit.rule for limit in AGE_LIMITS)
    for table in TABLES:
        yield from table.rules()
    yield from (limit.rule for limit in REVIEW_LIMITS)
    yield from (logged.rule for logged in LOGGED_ACTS)
    yield from (field.rule for field in LOG_FIELDS)
    yield from (retention.rule for retention in RETENTIONS)
    yield from (session.rule for session in SESSION_LIMITS)
    yield ACTIVE_CHOICE.rule
    yield from EMERGENCIES
    yield from DOORS
    yield from CLOSED_DOORS
    yield from (hours.rule for hours in QUIET_HOURS)
    yield from (limits.rule for limits in CODE_LIMITS)
    yield from review_rules()
    yield from days_off_rules()
