"""The words of the young's pages, without a database: what each cell says, what each page promises."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID

import pytest

from kring.access.policy.catalogue import rules
from kring.access.policy.parties import Sector
from kring.portal.young import presenters
from kring.portal.young.presenters.others import CHOOSE_BEFORE_OTHERS, OWN_CHILDREN, OWN_LISTS
from kring.portal.young.presenters.to_you import to_you
from kring.secrecy.queries.shares import THINGS, Cell, GuardianSees
from kring.secrecy.rules.turning import Turning

ANDERS = UUID("00000000-0000-4000-8000-00000000000a")
KEY, OTHER_KEY = UUID(int=1), UUID(int=2)


def guardian(name="Anders"):
    return Row(pk=ANDERS, name=name, given_name=name, family_name="", protected_identity=False)


def sees(rule="8.5.guardian.older", shown=(), chosen=("plan",)):
    cells = [Cell(thing, thing in shown, rule, thing in chosen) for thing in THINGS]
    return GuardianSees(guardian(), cells)


def unit(sector="region_care", name="BUP", key=KEY):
    return Row(pk=key, name=name, sector=sector, get_kind_display=lambda: "Barn- och ungdomspsykiatri")


def around(*, sector="region_care", told=(), keeps=False, asks=False, writes=False):
    return Row(unit=unit(sector), told=set(told), keeps=keeps, asks=asks, writes=writes)


def page(guardians=(), units=(), plan=None):
    return presenters.others_page(Row(guardians=list(guardians), units=list(units), plan=plan))


def cell(thing, **more):
    one = around(**{key: value for key, value in more.items() if key != "plan"})
    found = page(units=[one], plan=more.get("plan"))
    return found.units.lines[THINGS.index(thing)].cells[0]


class TestMatrix:
    def test_every_kind_of_thing_has_a_line_with_a_cell_for_everybody(self):
        found = page([sees(), sees()], [around(), around(sector="school")])
        for matrix in (found.guardians, found.units):
            assert [len(line.cells) for line in matrix.lines] == [2] * len(THINGS)
        assert [line.label for line in found.guardians.lines] == [
            "Min plan",
            "Mina tider",
            "Mina meddelanden",
            "Hur jag mår",
            "Min journal",
        ]

    def test_units_that_see_the_same_share_a_column(self):
        first, second = around(), around()
        second.unit.name = "Habiliteringen"
        found = page(units=[first, around(sector="school"), second]).units
        assert [one.name for one in found.columns] == ["BUP, Habiliteringen", "BUP"]
        assert all(len(line.cells) == 2 for line in found.lines)

    def test_each_cell_says_its_rule_in_the_words_of_the_tables(self):
        cells = page([sees("8.5.guardian.shared", shown=("plan",))]).guardians.lines[0].cells
        assert (cells[0].word, cells[0].rule) == ("Ser", to_you("8.5.guardian.shared"))

    @pytest.mark.parametrize(("shown", "change"), [((), "Visa"), (("plan",), "Sluta visa")])
    def test_where_one_decides_there_is_a_way_to_change_it(self, shown, change):
        found = page([sees(shown=shown)]).guardians.lines
        assert found[0].cells[0].change == change
        assert found[0].cells[0].href.endswith(f"vem={ANDERS}&vad=plan")
        assert [line.cells[0].href for line in found[1:]] == [""] * 4

    @pytest.mark.parametrize("rule", ["8.5.blocked", "8.5.guardian_protected", "8.5.other_protected"])
    def test_what_a_guardian_is_not_to_notice_is_not_told_on_the_screen(self, rule):
        """Somebody may look over one's shoulder: the same words, whatever the reason."""
        cells = [line.cells[0] for line in page([sees(rule)]).guardians.lines]
        assert {(one.word, one.href) for one in cells} == {("Ser inte", "")}
        assert all(to_you(rule) not in one.rule for one in cells)
        assert len({one.rule for one in cells}) == 1

    def test_an_address_holds_no_name(self):
        assert "Anders" not in page([sees()]).guardians.lines[0].cells[0].href

    @pytest.mark.parametrize(
        ("plan", "more", "word"),
        [
            (None, {"keeps": True}, "Inget än"),
            ("draft", {"keeps": True}, "Ser"),
            ("draft", {"told": ("plan",)}, "Ser inte"),
            ("established", {"keeps": True}, "Ser"),
            ("established", {"told": ("plan",)}, "Ser"),
            ("established", {"told": ("appointment",)}, "Ser inte"),
        ],
    )
    def test_the_plan(self, plan, more, word):
        assert cell("plan", plan=Row(status=plan) if plan else None, **more).word == word

    @pytest.mark.parametrize(
        ("sector", "told", "word", "rule"),
        [
            ("region_care", (), "Ser bara det egna", OWN_LISTS),
            ("school", (), "Ser bara det egna", OWN_CHILDREN),
            ("school", ("appointment",), "Ser", "plan.disclosed"),
        ],
    )
    def test_times(self, sector, told, word, rule):
        found = cell("appointment", sector=sector, told=told)
        assert (found.word, found.rule) == (word, to_you(rule))

    def test_before_the_first_message_it_is_said_that_there_are_none(self):
        assert cell("message").word == "Inget än"
        assert "inga meddelanden än" in cell("message").rule

    def test_only_the_unit_one_writes_with_sees_the_messages(self):
        line = page(units=[around(writes=True), around()]).units.lines[THINGS.index("message")]
        assert [one.word for one in line.cells] == ["Ser bara det egna", "Ser inte"]

    def test_how_one_feels_is_read_by_the_unit_that_asks(self):
        asking, care, school = around(asks=True), around(), around(sector="school")
        line = page(units=[asking, care, school]).units.lines[3]
        assert [one.word for one in line.cells] == ["Ser", "Ser inte", "Ser inte"]
        assert line.cells[1].rule == to_you(CHOOSE_BEFORE_OTHERS)
        assert cell("mood_answer").word == "Inget än"

    @pytest.mark.parametrize("sector", list(Sector))
    def test_care_sees_its_own_record_and_school_and_social_services_none(self, sector):
        outside = {"school", "social_services"}
        word = cell("record", sector=sector.value).word
        if sector.value in outside:
            assert word == "Ser inte"
        elif sector.value != "lss":
            assert word == "Ser bara det egna"


class TestShareCheck:
    @pytest.mark.parametrize(
        ("shown", "heading", "want"),
        [(False, "Visa Min plan för Anders?", "show"), (True, "Sluta visa Min plan för Anders?", "stop")],
    )
    def test_it_says_what_happens_and_that_nobody_is_told(self, shown, heading, want):
        found = presenters.share_check(guardian(), Cell("plan", shown, "x", True))
        assert (found.heading, found.want) == (heading, want)
        assert "Anders får inget meddelande om att du ändrat." in found.effects
        assert any("från och med nu" in text for text in found.effects)
        assert "Du kan ändra tillbaka när du vill." in found.effects

    @pytest.mark.parametrize("thing", ["plan", "appointment", "message", "mood_answer"])
    def test_before_something_is_shown_it_is_told_what_more_goes_with_it(self, thing):
        more = presenters.share_check(guardian(), Cell(thing, False, "x", True)).effects
        less = presenters.share_check(guardian(), Cell(thing, True, "x", True)).effects
        assert len(more) == len(less) + 1

    @pytest.mark.parametrize("shown", [True, False])
    def test_afterwards_it_is_said_what_holds(self, shown):
        text = presenters.share_done(guardian(), Cell("plan", not shown, "x", True), shown=shown)
        assert ("inte längre" in text) is not shown
        assert "Ingen har fått något meddelande" in text


def home(**more):
    coming = more.pop("coming", Row(meeting=None, visits=()))
    fields = {"asked": False, "guardians": [], "reads_record": False, "turning": None, "adult_care": False}
    fields |= {"decides": False}
    return presenters.home_page(Row(coming=coming, **({"unread": 0} | fields | more)), "Noa")


def at(day, **more):
    return Row(starts_at=datetime(2026, 11, day, 9, 0, tzinfo=UTC), **more)


class TestHome:
    @pytest.mark.parametrize("decides", [True, False])
    def test_a_plan_that_waits_for_one_s_own_answer_leads_there(self, decides):
        assert home(decides=decides).decides == ("/min-sida/min-plan/vem-ser/" if decides else "")

    def test_six_places_in_the_same_order(self):
        assert [one.word for one in home().places] == [
            "Min plan",
            "Mina möten och tider",
            "Meddelanden",
            "Vad andra ser",
            "Mina vuxna",
            "Jag vill läsa mer",
        ]

    def test_never_more_than_seven_and_the_record_instead_of_asking_for_it(self):
        for asked in (True, False):
            for adult in (True, False):
                found = home(asked=asked, adult_care=adult, reads_record=True)
                words = [one.word for one in found.places]
                assert len(words) <= 7
                assert "Jag vill läsa mer" not in words
                assert ("Hur mår jag?" in words) is asked
                assert found.adult_care is adult

    @pytest.mark.parametrize(("unread", "badge"), [(0, ""), (1, "1"), (9, "9"), (10, "9+")])
    def test_how_many_new_answers_there_are(self, unread, badge):
        found = {one.word: one.new for one in home(unread=unread).places}
        assert found.pop("Meddelanden") == badge
        assert set(found.values()) == {""}

    def test_what_guardians_see_is_said_at_once(self):
        nothing, something = sees(), sees("8.5.guardian.shared", shown=("plan", "appointment"))
        assert home(guardians=[nothing, something]).seen == [
            "Anders ser inget av dina sidor.",
            "Anders ser: Min plan, Mina tider.",
        ]

    @pytest.mark.parametrize(
        ("meeting", "visit", "what"),
        [
            (None, None, None),
            (20, None, "Möte om planen (SIP)"),
            (None, 20, "Samtal"),
            (20, 19, "Samtal"),
            (19, 20, "Möte om planen (SIP)"),
        ],
    )
    def test_the_very_next_time(self, meeting, visit, what):
        coming = Row(
            meeting=at(meeting, place="Rum 12") if meeting else None,
            visits=[at(visit, what="Samtal", unit=unit())] if visit else [],
        )
        found = home(coming=coming).next
        assert (found.what if found else None) == what
        if found:
            assert found.when.endswith("kl. 10.00")

    def test_a_birthday_to_come_is_told(self):
        assert home(turning=Turning("own_record", 16, date(2027, 6, 2))).turning == (
            "Det här ändras när du fyller 16"
        )


def asking_page(**more):
    fields = {
        "reads": False,
        "waiting": None,
        "answer": None,
        "units": [unit()],
        "answer_by": date(2026, 12, 16),
    }
    return presenters.asking_page(Row(**(fields | more)), more.pop("of_age", False))


class TestAsking:
    def test_it_may_be_asked_and_the_last_day_to_answer_is_said(self):
        found = asking_page()
        assert (found.asks, found.last) == (True, "16 december 2026")

    def test_whoever_has_no_care_unit_is_told_where_to_turn(self):
        found = asking_page(units=[])
        assert not found.asks and "1177" in found.more[0]

    def test_while_it_waits_there_is_no_form(self):
        asked = Row(unit=unit(), at=datetime(2026, 11, 16, 9, tzinfo=UTC), answer_by=date(2026, 12, 16))
        found = asking_page(waiting=asked)
        assert not found.asks
        assert found.standing == (
            "Du frågade BUP den 16 november 2026. Du får svar senast den 16 december 2026."
        )

    def test_a_no_is_said_plainly_and_may_be_asked_again(self):
        found = asking_page(answer=Row(unit=unit(), assessed_at=datetime(2026, 11, 20, 9, tzinfo=UTC)))
        assert found.asks and "inte läsa journalen på nätet än" in found.standing
        assert "fråga igen" in found.more[0]

    def test_whoever_reads_it_is_told_by_which_rule(self):
        assert not asking_page(reads=True).asks
        assert asking_page(reads=True).rule == to_you("8.5.child.mature")
        assert asking_page(reads=True).reads and not asking_page().reads

    def test_what_is_sent_is_shown_before(self):
        assert presenters.ask_check("BUP", "") == [("Till", "BUP"), ("Du skriver", "Inget.")]


class TestTelling:
    def test_four_cards_with_the_limits_of_secrecy_told_honestly(self):
        cards = presenters.welcome_cards(reads_record=False, adult=False)
        assert [one.heading for one in cards] == [
            "Det här ser du",
            "Det här ser dina vårdnadshavare",
            "Det här är hemligt mellan dig och vården",
            "När måste vi berätta?",
        ]
        assert "Om du är i fara måste vi berätta för en vuxen som kan hjälpa." in cards[3].texts
        assert all(len(one.texts) <= 3 for one in cards)

    @pytest.mark.parametrize(("reads", "words"), [(True, "Du läser din journal."), (False, "från 16 år")])
    def test_the_record_is_promised_only_to_whom_it_is_open(self, reads, words):
        assert words in presenters.welcome_cards(reads_record=reads, adult=False)[0].texts[1]

    def test_of_age_there_are_no_guardians(self):
        assert presenters.welcome_cards(reads_record=True, adult=True)[1].texts == [
            to_you("8.5.guardian.adult")
        ]

    @pytest.mark.parametrize(("limit", "years"), [("own_e_services", 13), ("own_record", 16), ("adult", 18)])
    def test_each_birthday_says_its_day_and_its_rule(self, limit, years):
        found = presenters.turning_page(Turning(limit, years, date(2027, 6, 2)))
        assert (found.heading, found.day) == (f"Det här ändras när du fyller {years}", "2 juni 2027")
        assert found.rule == rules()[f"ages.{limit}"].says
        assert len(found.changes) >= 3

    def test_the_way_to_adult_care_asks_questions_and_promises_nothing(self):
        parts = presenters.adult_care_parts()
        assert len(parts) == 5
        assert all(1 < len(one.texts) < 4 for one in parts)


@pytest.mark.parametrize("word", ["ogiltig", "felaktig", "vänligen", "tyvärr", "oops", "mamma", "pappa"])
def test_no_forbidden_word_anywhere(word):
    texts = [text for one in presenters.adult_care_parts() for text in one.texts]
    texts += [text for one in presenters.welcome_cards(reads_record=False, adult=False) for text in one.texts]
    assert not [text for text in texts if word in text.lower()]
