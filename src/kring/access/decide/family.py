"""Facts on the child and those close to it (8.5, 8.7)."""

from collections.abc import Mapping
from typing import Any

from kring.access.policy.extract import ExtractFacts, ExtractReader
from kring.access.policy.family import FAMILY, Channel, Close, Family, HarmTest, Wants
from kring.access.policy.protected import Grade
from kring.access.policy.routes import Act, Thing
from kring.access.policy.visibility import ITEMS, Category, FamilyReader, ItemShown, Nature, Visibility

from .question import Question, day
from .words import (
    CLOSE,
    ages,
    grade,
    has_custody,
    is_blocked,
    is_protected,
    mature,
    own_key,
    placed_by_order,
)

RECORD = {Thing.RECORD_ENTRY}
YOUNGEST = {
    Thing.CHILD,
    Thing.PLAN,
    Thing.PLAN_ITEM,
    Thing.MOOD_ANSWER,
    Thing.PREM_ANSWER,
    Thing.APPOINTMENT,
    Thing.STAFF_CARD,
    Thing.EXTERNAL_NOTE,
    Thing.LOG_EXTRACT,
}


def family(q: Question) -> Family:
    thing, key, age = Thing(q.resource["kind"]), q.subject["key"], ages(q)
    others = [one for one in q.context["guardians"] if one != key and has_custody(q, one)]
    return Family(
        who=CLOSE.get(q.subject["kind"], Close.NOT_GUARDIAN),
        wants=Wants.RECORD if thing in RECORD and not _asks_for_a_plan(q) else Wants.E_SERVICES,
        channel=channel(q),
        harm_test=HarmTest(q.context["harm_test"]),
        strong_auth=bool(q.subject["strong_auth"]),
        under_guardian_limit=age.under_guardian_limit,
        has_own_e_services=age.has_own_e_services,
        has_own_record=age.has_own_record,
        adult=age.adult,
        custody=has_custody(q, key),
        child_protected=grade(q) is not Grade.NONE,
        guardian_protected=is_protected(q, key),
        other_guardian_protected=any(is_protected(q, one) for one in others),
        guardian_blocked=is_blocked(q, key),
        placed_by_order=placed_by_order(q),
        extended_access=any(_extends(q, one) for one in q.context["extended_access"]),
        shared_by_the_young=_shared(q, thing),
        mature_for_record=mature(q, "record"),
        for_the_youngest=thing in YOUNGEST or _asks_for_a_plan(q),
    )


def _asks_for_a_plan(q: Question) -> bool:
    return q.action == Act.REQUEST_PLAN


def channel(q: Question) -> Channel:
    """A print of the record is a copy on paper, and a file of it is as lasting."""
    printed = q.action in {Act.PRINT, Act.EXPORT} and q.resource["kind"] in RECORD
    return Channel.PAPER if printed else Channel(q.context["channel"])


def _extends(q: Question, one: Mapping[str, Any]) -> bool:
    agreed = one["child_agreed"] and one["unit_agreed"] and one["unit"] == q.resource["owner"]
    return bool(agreed) and q.holds(one["from"], one["to"])


def _shared(q: Question, thing: Thing) -> bool:
    shared = q.context["child_shares_with_guardian"]
    return bool(shared) if thing is Thing.CHILD else thing.value in shared


NATURES = {
    Thing.CONCERN_REPORT: Nature.CONCERN_REPORT,
    Thing.INTERNAL_NOTE: Nature.INTERNAL_NOTE,
    Thing.PREM_ANSWER: Nature.SURVEY_ANSWER,
}


def item_shown(q: Question) -> ItemShown:
    from_day = day(q.resource["visible_to_child_from"])
    about = q.resource["about_guardian"]
    return ItemShown(
        reader=FamilyReader.CHILD if q.subject["kind"] == "child" else FamilyReader.GUARDIAN,
        nature=NATURES.get(Thing(q.resource["kind"]), Nature.ORDINARY),
        visibility=Visibility(q.resource["visibility"]),
        category=Category(q.resource["category"]),
        own_words=q.resource["author"] == own_key(q),
        young_persons_words=_written_by_the_young(q),
        about_guardian=about is not None,
        day_reached=from_day is not None and from_day <= q.today,
        draft=q.resource["state"] == "draft",
    )


def _written_by_the_young(q: Question) -> bool:
    grown = q.resource["author"] == "child" and ages(q).has_own_e_services
    return grown and not _shared(q, Thing(q.resource["kind"]))


EXTRACT_READERS = {"child": ExtractReader.CHILD, "guardian": ExtractReader.GUARDIAN}
HIDDEN_THINGS = {Thing.CONCERN_REPORT.value, Thing.INTERNAL_NOTE.value, "hidden"}
HIDDEN_FROM_GUARDIANS = HIDDEN_THINGS | {Thing.PREM_ANSWER.value}


def extract(q: Question) -> ExtractFacts:
    reader, age = EXTRACT_READERS.get(q.subject["kind"], ExtractReader.OTHER), ages(q)
    close = reader is not ExtractReader.OTHER
    return ExtractFacts(
        reader=reader,
        opens_pages=close and FAMILY.decide(family(q.about(Thing.LOG_EXTRACT)), on=q.today).opens,
        under_guardian_limit=age.under_guardian_limit,
        has_own_e_services=age.has_own_e_services,
        has_own_record=age.has_own_record,
        mature_for_record=mature(q, "record"),
        hidden=close and touches_hidden(q),
    )


def touches_hidden(q: Question) -> bool:
    """Whether the line is about something that the reader does not see."""
    touched = q.resource["touches"]
    hidden = HIDDEN_FROM_GUARDIANS if q.subject["kind"] == "guardian" else HIDDEN_THINGS
    if touched in hidden:
        return True
    item = item_shown(q.about(Thing.PLAN_ITEM))
    return not ITEMS.decide(item, on=q.today).opens
