"""Tables 8.5 b and 8.7 b: what is withheld from the family item by item, and who gets the log's extract."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from kring.access.policy.ages import Birth, standing
from kring.access.policy.decision import Outcome, Table
from kring.access.policy.extract import EXTRACT, ExtractFacts, ExtractReader
from kring.access.policy.visibility import ITEMS, Category, FamilyReader, ItemShown, Nature, Visibility
from tests.access.policy_examples import TODAY, Example, allowed, facts_of, masked, refused, unnoticed

GUARDIAN, CHILD = FamilyReader.GUARDIAN, FamilyReader.CHILD
DEFAULT, FOR_ALL, NOT_GUARDIAN, UNTIL, CARE_ONLY = Visibility
DELICATE = (Category.SEXUAL_HEALTH, Category.SUBSTANCE_USE, Category.EARLY_HYPOTHESIS)


def item(reader: FamilyReader, **facts: Any) -> ItemShown:
    """Something ordinary that staff have signed, about nobody else, where nothing was chosen."""
    ordinary = ItemShown(
        reader=reader,
        nature=Nature.ORDINARY,
        visibility=DEFAULT,
        category=Category.GENERAL,
        young_persons_words=False,
        about_guardian=False,
        day_reached=False,
        draft=False,
    )
    return replace(ordinary, **facts)


SHOWN = (
    *(allowed(f"something ordinary: {reader}", item(reader), "8.5.item.shown") for reader in FamilyReader),
    # A young person's own words
    refused(
        "written by a child from 13", item(FamilyReader.GUARDIAN, young_persons_words=True), "8.5.item.young"
    ),
    allowed(
        "the young person opened it for all",
        item(FamilyReader.GUARDIAN, young_persons_words=True, visibility=Visibility.ALL),
        "8.5.item.all",
    ),
    allowed(
        "the young person reads its own", item(FamilyReader.CHILD, young_persons_words=True), "8.5.item.shown"
    ),
    # What is what it is, whatever was chosen
    *(
        refused(
            f"a concern report, {choice}, {reader}",
            item(reader, nature=Nature.CONCERN_REPORT, visibility=choice, own_words=True, day_reached=True),
            "8.5.item.concern",
        )
        for reader in FamilyReader
        for choice in Visibility
    ),
    *(
        refused(
            f"an internal note, {choice}, {reader}",
            item(reader, nature=Nature.INTERNAL_NOTE, visibility=choice),
            "8.5.item.internal",
        )
        for reader in FamilyReader
        for choice in (DEFAULT, FOR_ALL)
    ),
    refused(
        "a guardian and one answer of a survey, shown to all",
        item(GUARDIAN, nature=Nature.SURVEY_ANSWER, visibility=FOR_ALL),
        "8.5.item.survey",
    ),
    allowed("the child and its own answer", item(CHILD, nature=Nature.SURVEY_ANSWER), "8.5.item.shown"),
    # Words about concern for the child, whatever was chosen
    *(
        refused(
            f"concern for the child, {choice}, {reader}",
            item(reader, category=Category.CONCERN, visibility=choice, day_reached=True),
            "8.5.item.concern_words",
        )
        for reader in FamilyReader
        for choice in (DEFAULT, FOR_ALL)
    ),
    # What is not finished
    *(
        refused(f"a draft of somebody else's: {reader}", item(reader, draft=True), "8.5.item.draft")
        for reader in FamilyReader
    ),
    refused(
        "a draft is a draft whatever it will be shown to",
        item(CHILD, draft=True, visibility=FOR_ALL),
        "8.5.item.draft",
    ),
    *(
        allowed(f"{reader} reads its own draft", item(reader, draft=True, own_words=True), "8.5.item.shown")
        for reader in FamilyReader
    ),
    # What the author chose
    *(
        refused(f"for care only: {reader}", item(reader, visibility=CARE_ONLY), "8.5.item.care_only")
        for reader in FamilyReader
    ),
    refused(
        "not for guardians: a guardian",
        item(GUARDIAN, visibility=NOT_GUARDIAN),
        "8.5.item.not_guardian",
    ),
    allowed("not for guardians: the child", item(CHILD, visibility=NOT_GUARDIAN), "8.5.item.shown"),
    refused("not for the child before a day", item(CHILD, visibility=UNTIL), "8.5.item.until"),
    allowed(
        "the day has come",
        item(CHILD, visibility=UNTIL, day_reached=True),
        "8.5.item.shown",
    ),
    allowed(
        "a day for the child is no day for a guardian", item(GUARDIAN, visibility=UNTIL), "8.5.item.shown"
    ),
    *(
        allowed(f"for all: {reader}", item(reader, visibility=FOR_ALL), "8.5.item.all")
        for reader in FamilyReader
    ),
    # What may put the child at risk
    *(
        refused(
            f"violence, {choice}: a guardian",
            item(GUARDIAN, category=Category.VIOLENCE, visibility=choice),
            "8.5.item.violence",
        )
        for choice in (DEFAULT, FOR_ALL, UNTIL)
    ),
    refused(
        "violence, in the guardian's own words too",
        item(GUARDIAN, category=Category.VIOLENCE, own_words=True),
        "8.5.item.violence",
    ),
    allowed("violence: the child itself", item(CHILD, category=Category.VIOLENCE), "8.5.item.shown"),
    *(
        refused(
            f"{category}, {choice}: a guardian",
            item(GUARDIAN, category=category, visibility=choice),
            "8.5.item.sensitive",
        )
        for category in DELICATE
        for choice in (DEFAULT, UNTIL)
    ),
    *(
        allowed(f"{category}: the child itself", item(CHILD, category=category), "8.5.item.shown")
        for category in DELICATE
    ),
    *(
        allowed(
            f"{category}: the author chose all",
            item(GUARDIAN, category=category, visibility=FOR_ALL),
            "8.5.item.all",
        )
        for category in DELICATE
    ),
    # What one guardian has said of the other
    refused(
        "what is told of a guardian is not for guardians",
        item(GUARDIAN, about_guardian=True),
        "8.5.item.third_person",
    ),
    allowed(
        "but for the one who told it",
        item(GUARDIAN, about_guardian=True, own_words=True),
        "8.5.item.shown",
    ),
    allowed("and for the child", item(CHILD, about_guardian=True), "8.5.item.shown"),
    allowed(
        "the author chose all",
        item(GUARDIAN, about_guardian=True, visibility=FOR_ALL),
        "8.5.item.all",
    ),
)


def extract(reader: ExtractReader, **facts: Any) -> ExtractFacts:
    """Somebody whom 8.5 lets into the pages, and a line about nothing hidden."""
    return replace(ExtractFacts(reader=reader, opens_pages=True, hidden=False), **facts)


def guardian(**facts: Any) -> ExtractFacts:
    return extract(ExtractReader.GUARDIAN, under_guardian_limit=True, **facts)


def young(**facts: Any) -> ExtractFacts:
    """A young person from 13, who has its own e-services."""
    return extract(ExtractReader.CHILD, has_own_e_services=True, **facts)


HANDED_OUT = (
    allowed("0-12: a guardian", guardian(), "8.7.extract.guardian"),
    refused("0-12: a guardian and what is hidden", guardian(hidden=True), "8.7.extract.concern"),
    refused(
        "a guardian whom 8.5 keeps out of the pages",
        guardian(opens_pages=False),
        "8.7.extract.pages",
    ),
    refused("from 13: a guardian", extract(ExtractReader.GUARDIAN), "8.7.extract.older"),
    *(
        refused(
            f"from 13: what the young person reads is not the guardian's ({facts})",
            extract(ExtractReader.GUARDIAN, has_own_e_services=True, **facts),
            "8.7.extract.older",
        )
        for facts in ({"has_own_record": True}, {"mature_for_record": True})
    ),
    refused("under 13: the child itself", extract(ExtractReader.CHILD), "8.7.extract.young"),
    refused(
        "under 13: no decision on maturity opens it",
        extract(ExtractReader.CHILD, mature_for_record=True),
        "8.7.extract.under_13",
    ),
    allowed(
        "that the child reads nothing yet is nothing to a guardian",
        guardian(mature_for_record=True),
        "8.7.extract.guardian",
    ),
    refused("13-15: the child itself", young(), "8.7.extract.young"),
    allowed("13-15: with own record reading", young(mature_for_record=True), "8.7.extract.child"),
    allowed("from 16", young(has_own_record=True), "8.7.extract.child"),
    masked(
        "from 16: a reading of something hidden, as unit and time",
        young(has_own_record=True, hidden=True),
        "8.7.extract.hidden",
    ),
    refused("the young person kept out of the pages", young(opens_pages=False), "8.7.extract.pages"),
    *(
        refused(f"anybody else, the line hidden: {hidden}", facts, "8.7.extract.none")
        for hidden in (False, True)
        for facts in (
            extract(
                ExtractReader.OTHER,
                under_guardian_limit=True,
                has_own_e_services=True,
                has_own_record=True,
                hidden=hidden,
            ),
            extract(ExtractReader.OTHER, mature_for_record=True, hidden=hidden),
            extract(ExtractReader.OTHER, hidden=hidden),
        )
    ),
)
EXAMPLES: tuple[Example, ...] = (*SHOWN, *HANDED_OUT)


@pytest.mark.parametrize("example", SHOWN, ids=str)
def test_the_row_decides_what_is_shown(example: Example) -> None:
    assert ITEMS.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize("example", HANDED_OUT, ids=str)
def test_the_row_decides_who_gets_the_extract(example: Example) -> None:
    assert EXTRACT.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize(
    ("table", "examples"), [(ITEMS, SHOWN), (EXTRACT, HANDED_OUT)], ids=["items", "extract"]
)
def test_no_row_or_condition_is_untested(table: Table[Any], examples: tuple[Example, ...]) -> None:
    assert unnoticed(table, examples) == []


@pytest.mark.parametrize(("table", "facts"), [(ITEMS, ItemShown()), (EXTRACT, ExtractFacts())])
def test_who_fills_in_nothing_sees_nothing(table: Table[Any], facts: Any) -> None:
    assert not table.decide(facts, on=TODAY).opens


# Whatever the facts are


def shown(facts: ItemShown) -> bool:
    return ITEMS.decide(facts, on=TODAY).opens


@given(facts_of(ITEMS))
def test_violence_is_never_shown_to_a_guardian_whatever_was_chosen(facts: ItemShown) -> None:
    assert not shown(replace(facts, reader=GUARDIAN, category=Category.VIOLENCE))


@given(facts_of(ITEMS))
def test_a_concern_report_is_never_shown_to_the_family(facts: ItemShown) -> None:
    assert not shown(replace(facts, nature=Nature.CONCERN_REPORT))


@given(facts_of(ITEMS))
def test_an_internal_note_is_never_shown_to_the_family(facts: ItemShown) -> None:
    assert not shown(replace(facts, nature=Nature.INTERNAL_NOTE))


@given(facts_of(ITEMS))
def test_what_is_for_care_only_or_not_yet_signed_is_never_shown(facts: ItemShown) -> None:
    assert not shown(replace(facts, visibility=CARE_ONLY))
    assert not shown(replace(facts, draft=True, own_words=False))


@given(facts_of(ITEMS))
def test_no_choice_of_the_authors_hides_more_from_the_child_than_from_a_guardian_but_a_day(
    facts: ItemShown,
) -> None:
    waits = facts.visibility is UNTIL and not facts.day_reached
    if shown(replace(facts, reader=GUARDIAN)) and not waits:
        assert shown(replace(facts, reader=CHILD))


@given(facts_of(EXTRACT))
def test_nobody_gets_an_extract_of_pages_it_does_not_reach(facts: ExtractFacts) -> None:
    assert not EXTRACT.decide(replace(facts, opens_pages=False), on=TODAY).opens


@given(facts_of(EXTRACT))
def test_a_hidden_line_is_never_whole_and_to_a_guardian_it_is_not_there(facts: ExtractFacts) -> None:
    answer = EXTRACT.decide(replace(facts, hidden=True), on=TODAY)
    assert answer.outcome is not Outcome.ALLOW
    assert not answer.opens or facts.reader is ExtractReader.CHILD


@pytest.mark.parametrize(
    ("day", "to_guardian", "to_child"),
    [
        (date(2026, 11, 16), "8.7.extract.guardian", "8.7.extract.young"),
        (date(2026, 11, 17), "8.7.extract.older", "8.7.extract.young"),
        (date(2029, 11, 16), "8.7.extract.older", "8.7.extract.young"),
        (date(2029, 11, 17), "8.7.extract.older", "8.7.extract.child"),
    ],
)
def test_the_extract_changes_hands_on_the_birthdays(day: date, to_guardian: str, to_child: str) -> None:
    now = standing(Birth.of(date(2013, 11, 17)), day)
    facts = ExtractFacts(
        opens_pages=True,
        hidden=False,
        under_guardian_limit=now.under_guardian_limit,
        has_own_e_services=now.has_own_e_services,
        has_own_record=now.has_own_record,
    )
    answers = [
        EXTRACT.decide(replace(facts, reader=reader), on=day).rule_id
        for reader in (ExtractReader.GUARDIAN, ExtractReader.CHILD)
    ]
    assert answers == [to_guardian, to_child]
