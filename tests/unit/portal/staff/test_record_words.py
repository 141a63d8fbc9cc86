"""The words of the record at work: what is counted, what may be said of the rest, what a version was."""

from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.queries import PAGE, Hidden, OneEntry, RecordPage, Wanted
from kring.organisations.models import Unit
from kring.portal.staff.record import presenters
from kring.portal.staff.record.filters import number_from, query_of, wanted_from
from kring.portal.staff.words import EVENTS
from kring.secrecy.rules.choices import Reach
from kring.timeline.models import Event
from kring.timeline.queries import RECORD_KINDS
from tests.unit.portal.staff.shown import CHILD, NOW, OURS, actor, child, utc

UNIT = Unit(pk=OURS, name="BUM Borås")
EVENT, OTHER = UUID(int=5), UUID(int=6)
REASONS = ("choice", "consent", "blocked")


def entry(kind: str = "observation", **fields) -> Event:
    whole = {"pk": EVENT, "unit": UNIT, "effective_at": NOW, "title": "Längd", "data": {"resource": 1}}
    return Event(kind=kind, **(whole | fields))


def page(*rows, **fields) -> RecordPage:
    whole = {
        "child": child(), "rows": rows, "total": len(rows), "page": 1, "pages": 1, "kinds": (), "sources": {},
        "hidden": Hidden(frozenset(), frozenset()),
    }  # fmt: skip
    return RecordPage(**(whole | fields))


def row(event: Event | None = None, masked: bool = False, source: str = "Journalen") -> Row:
    return Row(event=event or entry(), source="" if masked else source, masked=masked)


def shown(*args, **fields) -> presenters.EntryRow:
    return presenters.rows(page(row(*args, **fields)))[0]


class TestARow:
    def test_what_where_when_and_from_where(self):
        one = shown(entry(data={"resource": 1, "value": "1,1 m"}))
        assert (one.what, one.kind, one.value) == ("Längd", "Mätning", "1,1 m")
        assert (one.when, one.unit, one.source) == ("mån 16 nov 2026 kl. 10.00", "BUM Borås", "Journalen")
        assert one.href == f"/barn/{CHILD}/journal/{EVENT}/"

    def test_of_a_hidden_one_neither_when_nor_where_nor_from_which_system(self):
        """domain.md 8.8: place, time and unit around a protected child are masked «Dolt»."""
        one = shown(masked=True)
        assert (one.when, one.unit, one.iso, one.source) == ("Dolt", "Dolt", "", "")
        assert "10.00" not in repr(one)
        assert "BUM" not in repr(one)

    @pytest.mark.parametrize("kind", RECORD_KINDS)
    def test_without_a_title_it_goes_by_its_kind(self, kind):
        one = shown(entry(kind, title=""))
        assert one.what == one.kind == EVENTS[kind]

    @pytest.mark.parametrize(
        ("data", "value"),
        [
            ({"value": "3 kg", "state": "finished"}, "3 kg"),
            ({"state": "finished"}, "Avslutad"),
            ({"state": "no-such-state"}, ""),
            ({}, ""),
            (None, ""),
        ],
    )
    def test_the_value_that_was_sent_else_its_state_in_swedish(self, data, value):
        assert shown(entry(data=data)).value == value

    @pytest.mark.parametrize("data", [None, {}, {"value": "x"}])
    def test_what_has_no_text_behind_it_is_no_link(self, data):
        assert shown(entry(data=data)).href == ""

    @pytest.mark.parametrize(
        ("precision", "when"),
        [
            ("year", "2026"),
            ("month", "november 2026"),
            ("day", "mån 16 nov 2026"),
            ("time", "mån 16 nov 2026 kl. 10.00"),
        ],
    )
    def test_a_time_is_never_told_more_exactly_than_it_was_written(self, precision, when):
        assert shown(entry(data={"precision": precision})).when == when

    def test_a_month_that_began_at_midnight_in_sweden_is_that_month(self):
        dated = entry(effective_at=utc("2026-10-31 23:00"), data={"precision": "month"})
        assert shown(dated).when == "november 2026"


class TestHowMany:
    @pytest.mark.parametrize(("total", "words"), [(0, "0 poster."), (1, "1 post."), (50, "50 poster.")])
    def test_on_one_page(self, total, words):
        assert presenters.count(page(total=total), PAGE) == words

    @given(st.integers(51, 5000), st.data())
    def test_on_many_pages_every_entry_is_counted_once(self, total, data):
        pages = -(-total // PAGE)
        here = data.draw(st.integers(1, pages))
        on_it = [row()] * min(PAGE, total - (here - 1) * PAGE)
        said = presenters.count(page(*on_it, total=total, page=here, pages=pages), PAGE)
        first, last, every = (int(n) for n in said.removeprefix("Visar ").removesuffix(" poster.").replace(
            "–", " ").replace("av", "").split())  # fmt: skip
        assert (first, every) == ((here - 1) * PAGE + 1, total)
        assert last - first + 1 == len(on_it)
        assert last == total if here == pages else last < total


class TestWhatMayBeSaidOfTheRest:
    """domain.md 8.2 and 8.3: that something exists may be told, never where."""

    def said(self, **hidden) -> list[presenters.Notice]:
        whole = {"units": frozenset(), "providers": frozenset()}
        return presenters.notices(Hidden(**(whole | hidden)), CHILD)

    @pytest.mark.parametrize("reach", ["units", "providers"])
    @pytest.mark.parametrize("reason", REASONS)
    def test_each_reason_has_its_sentence_and_only_a_choice_has_a_way_on(self, reach, reason):
        (notice,) = self.said(**{reach: frozenset({reason})})
        assert notice.text.endswith(".")
        assert bool(notice.href) is bool(notice.action) is (reason == "choice")
        assert notice.kind == ("lock" if reason == "blocked" else "info")

    def test_the_two_choices_lead_to_two_places(self):
        own, others = self.said(units=frozenset({"choice"}), providers=frozenset({"choice"}))
        assert own.href.endswith("/andra-enheter/")
        assert others.href.endswith("/andra-vardgivare/")
        assert own.text != others.text

    def test_all_six_say_different_things(self):
        every = self.said(units=frozenset(REASONS), providers=frozenset(REASONS))
        assert len({one.text for one in every}) == 6

    def test_only_the_own_care_provider_s_block_is_said_to_be_possible_to_lift(self):
        """8.2 row 3 and 8.3 row 6: an officer of the own provider may lift; another's is never opened."""
        own, others = self.said(units=frozenset({"blocked"}), providers=frozenset({"blocked"}))
        assert "häva spärren när barnet samtycker" in own.text
        assert "visas aldrig här" in others.text

    def test_where_nothing_is_hidden_nothing_is_said(self):
        assert self.said() == []


class TestTheWayToAnEmergencyOpening:
    @pytest.mark.parametrize(
        ("units", "providers", "permissions", "leads"),
        [
            # Another provider's unblocked record: whoever may open in an emergency (8.3 row 4).
            ((), ("consent",), ("open_emergency",), True),
            ((), ("choice",), ("open_emergency",), True),
            # Blocked at the own provider: only an officer who may lift (8.2 row 5).
            (("blocked",), (), ("open_emergency",), False),
            (("blocked",), (), ("open_emergency", "lift_block"), True),
            (("choice",), (), ("open_emergency", "lift_block"), False),
            ((), ("consent",), ("lift_block",), False),
            ((), (), ("open_emergency", "lift_block"), False),
        ],
    )
    def test_it_stands_only_where_it_could_open_something(self, units, providers, permissions, leads):
        found = page(hidden=Hidden(frozenset(units), frozenset(providers)))
        assert bool(presenters.emergency_href(actor(*permissions), found)) is leads


def test_what_one_has_chosen_is_told_for_as_long_as_it_holds():
    assert presenters.chosen({}) == []
    assert presenters.chosen({Reach.UNITS: "care"}) == ["Du har valt att se andra enheters uppgifter."]
    assert len(presenters.chosen({Reach.UNITS: "care", Reach.PROVIDERS: "care"})) == 2


def test_the_types_and_sources_to_choose_among_have_their_words_and_one_is_chosen():
    found = page(kinds=("condition", "observation"), sources={"cosmic": "Cosmic", "pmo": "PMO"})
    assert presenters.kinds(found, "observation") == [
        ("condition", "Diagnos", False),
        ("observation", "Mätning", True),
    ]
    assert presenters.sources(found, "") == [("cosmic", "Cosmic", False), ("pmo", "PMO", False)]
    assert presenters.sources(found, "pmo")[1] == ("pmo", "PMO", True)


class TestAnEntry:
    def entry(self, **fields) -> OneEntry:
        versions = fields.pop("numbers", (2, 1))
        made = [Row(number=n, received_at=NOW, pk=n) for n in versions]
        whole = {
            "child": child(), "event": entry(), "tree": {}, "masked": False, "source": "Journalen",
            "version": made[0], "versions": made, "current": 2, "withheld": 0, "blocked": False, "around": [],
        }  # fmt: skip
        return Row(**(whole | fields))

    def test_the_facts_in_one_order_and_what_is_not_known_left_out(self):
        facts = presenters.facts(self.entry(event=entry(unit=None)))
        assert [one["label"] for one in facts] == ["Slag", "När", "Källa", "Mottagen"]

    def test_of_a_hidden_one_the_facts_say_that_they_are_hidden(self):
        facts = {one["label"]: one["value"] for one in presenters.facts(self.entry(masked=True))}
        assert (facts["När"], facts["Enhet"], facts["Källa"]) == ("Dolt", "Dolt", "Dolt")

    def test_every_other_version_has_its_address_and_the_current_one_the_entry_s_own(self):
        own = f"/barn/{CHILD}/journal/{EVENT}/"
        found = self.entry(numbers=(3, 2, 1), current=3)
        found.version = found.versions[1]
        rows = presenters.versions(found)
        assert [(one["number"], one["href"], one["current"]) for one in rows] == [
            (3, own, True),
            (2, "", False),
            (1, f"{own}?version=1", False),
        ]

    @pytest.mark.parametrize(
        ("withheld", "blocked", "words"),
        [
            (0, False, ""),
            (0, True, "Det finns en tidigare version som är spärrad."),
            (1, False, "1 version visas inte, eftersom det inte går att se att den gäller samma barn."),
            (2, True, "2 versioner visas inte, eftersom det inte går att se att de gäller samma barn."),
        ],
    )
    def test_why_a_version_is_not_shown(self, withheld, blocked, words):
        assert presenters.withheld(self.entry(withheld=withheld, blocked=blocked)) == words

    def test_what_it_belongs_with_hides_as_much(self):
        open_one, hidden = presenters.around(
            self.entry(around=[row(), row(entry(pk=OTHER, title=""), masked=True)])
        )
        assert (open_one["when"], open_one["what"]) == ("mån 16 nov 2026 kl. 10.00", "Längd")
        assert (hidden["when"], hidden["iso"], hidden["what"]) == ("Dolt", "", "Mätning")
        assert hidden["href"].endswith(f"/{OTHER}/")


# Addresses: ux.md c1 «every screen, filter, sort, tab and page is a URL»; what is written wrongly shows all.


wishes = st.builds(
    Wanted,
    kind=st.sampled_from(["", *RECORD_KINDS]),
    source=st.text(st.characters(categories=("L", "N")), max_size=80),
    since=st.none() | st.dates(min_value=NOW.date().replace(year=1900)),
    until=st.none(),
    page=st.integers(1, 999_999),
)


@given(wishes)
def test_a_wish_that_is_written_as_an_address_is_read_as_the_same_wish(wish):
    from django.http import QueryDict

    read = wanted_from(QueryDict(query_of(wish, page=wish.page).removeprefix("?")))
    assert (read.kind, read.source, read.page) == (wish.kind, wish.source, wish.page)
    assert read.since in (wish.since, None)
    assert (read.since is None) == (wish.since is None or wish.since.year > 2199)


@given(st.dictionaries(st.sampled_from(["typ", "kalla", "fran", "till", "sida", "x"]), st.text()))
def test_anything_in_an_address_is_a_wish_and_a_wish_is_an_address(asked):
    wish = wanted_from(asked)
    assert wish.page >= 1
    assert wanted_from(asked) == wish
    assert query_of(wish).startswith("?")


@given(st.text())
def test_a_number_in_an_address_is_small_whole_and_above_nought_or_none(text):
    number = number_from(text)
    assert number is None or 0 < number < 1_000_000
