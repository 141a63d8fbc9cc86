"""Which texts each reader is shown: the author's choice, by a table written by hand."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from kring.access import items
from kring.access.actors import Actor
from kring.access.policy.visibility import Category, FamilyReader, Visibility, review_by
from kring.care.contacts.models import Appointment
from kring.children.models import ShownToFamily

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TODAY = date(2026, 11, 16)
UNIT, OTHER = uuid4(), uuid4()
GUARDIAN = Actor(person_id=uuid4(), role="guardian", now=NOW, guardian_id=uuid4(), strong_auth=True)
CHILD = Actor(person_id=uuid4(), role="child", now=NOW, child_id=uuid4(), strong_auth=True)


def staff(sector: str, unit: UUID = OTHER) -> Actor:
    return Actor(person_id=uuid4(), role="physician", now=NOW, unit_id=unit, sector=sector, strong_auth=True)


CARE, SCHOOL, SCHOOL_OWN = staff("region_care"), staff("school"), staff("school", UNIT)


@dataclass(frozen=True)
class Text:
    visibility: str = "default"
    category: str = "general"
    visible_to_child_from: date | None = None
    unit_id: UUID | None = UNIT


# (visibility, category) -> who sees it: g guardian, c child (on a day not yet reached), s school.
# Care always sees, and so does the unit that wrote it.
SEES = {
    ("default", "general"): "gcs",
    ("default", "early_hypothesis"): "cs",
    ("default", "violence"): "cs",
    ("default", "third_person"): "cs",
    ("default", "sexual_health"): "cs",
    ("default", "substance_use"): "cs",
    ("all", "general"): "gcs",
    ("all", "early_hypothesis"): "gcs",
    ("all", "violence"): "cs",
    ("all", "third_person"): "gcs",
    ("all", "sexual_health"): "gcs",
    ("all", "substance_use"): "gcs",
    **{("not_guardian", kind): "cs" for kind in ShownToFamily.Category.values},
    ("not_child_until", "general"): "gs",
    **{("not_child_until", kind): "s" for kind in ShownToFamily.Category.values if kind != "general"},
    **{("care_only", kind): "" for kind in ShownToFamily.Category.values},
    **{(choice, "concern"): "s" for choice in ShownToFamily.Visibility.values if choice != "care_only"},
}
READERS = {"g": GUARDIAN, "c": CHILD, "s": SCHOOL}


def test_the_table_is_whole() -> None:
    assert set(SEES) == set(product(ShownToFamily.Visibility.values, ShownToFamily.Category.values))


@pytest.mark.parametrize("choice", SEES, ids="-".join)
def test_who_sees_a_text(choice: tuple[str, str]) -> None:
    text = Text(*choice, visible_to_child_from=date(2026, 11, 17))
    assert "".join(key for key, reader in READERS.items() if items.shown(reader, [text])) == SEES[choice]
    assert items.shown(CARE, [text]) == items.shown(SCHOOL_OWN, [text]) == [text]


@pytest.mark.parametrize(
    ("from_day", "seen"),
    [(None, False), (date(2026, 11, 17), False), (TODAY, True), (date(2026, 1, 1), True)],
)
def test_a_text_opens_to_the_child_on_its_day(from_day: date | None, seen: bool) -> None:
    text = Text("not_child_until", visible_to_child_from=from_day)
    assert items.explain(CHILD, text).opens is seen
    assert items.explain(GUARDIAN, text).opens


def test_it_opens_at_midnight_in_stockholm() -> None:
    text = Text("not_child_until", visible_to_child_from=date(2026, 11, 17))
    assert not items.explain(replace(CHILD, now=datetime(2026, 11, 16, 22, 59, 59, tzinfo=UTC)), text).opens
    assert items.explain(replace(CHILD, now=datetime(2026, 11, 16, 23, tzinfo=UTC)), text).opens


@pytest.mark.parametrize(
    ("actor", "text", "rule"),
    [
        (GUARDIAN, Text("not_guardian"), "8.5.item.not_guardian"),
        (GUARDIAN, Text("all", "violence"), "8.5.item.violence"),
        (GUARDIAN, Text("default", "third_person"), "8.5.item.third_person"),
        (GUARDIAN, Text("all", "concern"), "8.5.item.concern_words"),
        (CHILD, Text("all", "concern"), "8.5.item.concern_words"),
        (CHILD, Text("not_child_until"), "8.5.item.until"),
        (SCHOOL, Text("care_only"), "sharing.care_only"),
        (SCHOOL, Text("not_guardian"), "8.5.item.shown"),
    ],
)
def test_the_rule_is_told(actor: Actor, text: Text, rule: str) -> None:
    assert items.explain(actor, text).rule_id == rule


@pytest.mark.parametrize(
    "actor", [CARE, SCHOOL_OWN, GUARDIAN, CHILD], ids=["care", "own", "guardian", "child"]
)
@pytest.mark.parametrize("hidden", [Text("not_guardian"), Text("not_child_until"), Text("care_only")])
def test_a_paper_for_the_family_holds_nothing_that_anybody_of_them_is_not_to_see(actor, hidden) -> None:
    plain = Text()
    assert items.shown(actor, [plain, hidden], paper_for=frozenset(FamilyReader)) == [plain]


class Note(SimpleNamespace):
    """That a meeting was held, with two texts that are withheld by themselves."""

    WITHHELD = ("words", "reason")

    def __init__(self, visibility: str = "default") -> None:
        texts = {"words": "Det vi såg", "reason": "Barnet sov", "held": "16 november"}
        super().__init__(**vars(Text(visibility)), **texts)


@pytest.mark.parametrize(
    ("actor", "choice", "empty"),
    [
        (GUARDIAN, "not_guardian", True),
        (GUARDIAN, "default", False),
        (CHILD, "not_guardian", False),
        (CHILD, "not_child_until", True),
        (SCHOOL, "care_only", True),
        (CARE, "care_only", False),
    ],
)
def test_of_a_row_that_is_told_only_the_withheld_texts_stand_empty(actor, choice, empty) -> None:
    note, other = Note(choice), Note()
    assert items.blank(actor, [note, other]) == ([note] if empty else [])
    assert (note.words, note.reason) == (("", "") if empty else ("Det vi såg", "Barnet sov"))
    assert note.held == "16 november", "that it was held is told"
    assert (other.words, other.reason) == ("Det vi såg", "Barnet sov")


def test_a_paper_for_the_family_is_emptied_of_what_any_of_them_is_not_to_read() -> None:
    note = Note("not_guardian")
    assert items.blank(CARE, [note], paper_for=frozenset(FamilyReader)) == [note]
    assert not note.words


def test_the_words_of_the_rows_are_those_of_the_law() -> None:
    assert set(ShownToFamily.Visibility.values) == set(Visibility)
    assert set(ShownToFamily.Category.values) - {"third_person"} == set(Category)


@pytest.mark.parametrize(
    ("actor", "all_"), [(CARE, True), (SCHOOL, False), (SCHOOL_OWN, False), (GUARDIAN, False), (CHILD, False)]
)
def test_only_care_can_be_sure_to_see_everything(actor: Actor, all_: bool) -> None:
    assert items.sees_all(actor) is all_


# Choosing anew

DAYS = (None, date(2026, 11, 17), date(2026, 12, 1))
EVERY_CHOICE = [
    Text(visibility, category, day)
    for visibility, category in SEES
    for day in (DAYS if visibility == "not_child_until" else (None,))
]
AHEAD = [TODAY, *(day for day in DAYS if day), date(2027, 1, 1)]


def reach(text: Text) -> set[tuple[str, date]]:
    """Who of those outside care reads a text on which of the days ahead."""
    readers = {"g": GUARDIAN, "c": CHILD, "s": SCHOOL}
    moments = {day: datetime(day.year, day.month, day.day, 11, tzinfo=UTC) for day in AHEAD}
    return {
        (key, day)
        for key, reader in readers.items()
        for day, now in moments.items()
        if items.explain(replace(reader, now=now), text).opens
    }


def test_a_choice_reaches_more_when_somebody_reads_it_who_does_not_now_or_does_so_sooner() -> None:
    """Every choice against every other, held against the pages of each reader day by day."""
    reached = {text: reach(text) for text in EVERY_CHOICE}
    for before, after in product(EVERY_CHOICE, repeat=2):
        more = bool(reached[after] - reached[before])
        assert items.reaches_more(before, after, TODAY) == more, (before, after)
    assert not any(items.reaches_more(text, text, TODAY) for text in EVERY_CHOICE)


@pytest.mark.parametrize(
    ("before", "after", "more"),
    [
        (Text(), Text("all"), False),
        (Text(), Text("not_guardian"), False),
        (Text("not_guardian"), Text(), True),
        (Text("care_only"), Text("care_only", "concern"), False),
        (Text("care_only"), Text("all", "concern"), True),
        (Text(category="violence"), Text("all", "violence"), False),
        (Text(category="early_hypothesis"), Text("all", "early_hypothesis"), True),
        (Text("not_child_until", visible_to_child_from=DAYS[2]), Text("all"), True),
        (
            Text("not_child_until", visible_to_child_from=DAYS[2]),
            Text("not_child_until", visible_to_child_from=DAYS[1]),
            True,
        ),
        (
            Text("not_child_until", visible_to_child_from=DAYS[1]),
            Text("not_child_until", visible_to_child_from=DAYS[2]),
            False,
        ),
        (Text("not_child_until", visible_to_child_from=TODAY), Text(), False),
    ],
)
def test_what_reaches_more_by_hand(before: Text, after: Text, more: bool) -> None:
    assert items.reaches_more(before, after, TODAY) is more


@pytest.mark.parametrize(
    ("visibility", "category", "withheld"),
    [
        ("default", "general", False),
        ("all", "general", False),
        ("all", "sexual_health", False),
        ("default", "sexual_health", True),
        ("default", "third_person", True),
        ("all", "violence", True),
        ("all", "concern", True),
        ("not_guardian", "general", True),
        ("care_only", "general", True),
        ("not_child_until", "general", True),
    ],
)
def test_what_somebody_of_the_family_does_not_read_is_withheld(visibility, category, withheld):
    text = Text(visibility, category, visible_to_child_from=date(2026, 11, 17))
    assert items.withheld(text, date(2026, 11, 16)) is withheld
    assert items.withheld(text, date(2026, 11, 17)) is (withheld and visibility != "not_child_until")


def test_the_longest_time_before_what_is_withheld_is_looked_at_again_is_dated():
    assert review_by(date(2026, 11, 16)) == date(2027, 5, 15)
    with pytest.raises(ValueError, match="empty"):
        review_by(date(2022, 12, 31))


CHOICES = list(product(ShownToFamily.Visibility.values, ShownToFamily.Category.values, (None, TODAY)))


@pytest.mark.django_db
def test_a_database_is_asked_the_same_as_each_text(cast):
    """Every visibility × kind of content × day, for both readers, on three days: set and table agree."""
    alva, unit = cast.child("alva"), cast.unit("sas-logopedi")
    rows = Appointment.objects.bulk_create(
        Appointment(
            child=alva, unit=unit, starts_at=NOW, visibility=visibility, category=category,
            visible_to_child_from=day or (date(2027, 1, 1) if visibility == "not_child_until" else None),
        )
        for visibility, category, day in CHOICES
    )  # fmt: skip
    for reader, days in product(FamilyReader, (-1, 0, 1)):
        today = TODAY + timedelta(days)
        found = set(Appointment.objects.filter(items.rows_for(reader, today)).values_list("pk", flat=True))
        assert found == {row.pk for row in rows if items.of_family(reader, row, today).opens}, (reader, days)
        assert 0 < len(found) < len(rows)
