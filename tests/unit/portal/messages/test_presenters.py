"""Threads in words, row by row and without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest

from kring.access.actors import Actor
from kring.access.policy.visibility import Visibility
from kring.design.screen import sharing
from kring.portal.messages.presenters import family, said, staff
from kring.portal.messages.presenters.begin import begin_page

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BORN = date(2011, 6, 2)
ME, OTHER, UNIT = UUID(int=1), UUID(int=2), UUID(int=3)
GUARDIAN = UUID(int=4)
PROVIDER = {"strong_auth": True, "now": NOW}
MARIA = Actor(person_id=ME, role="guardian", guardian_id=GUARDIAN, **PROVIDER)
NOA = Actor(person_id=ME, role="child", child_id=UUID(int=5), **PROVIDER)
KARIN = Actor(person_id=ME, role="coordinator", unit_id=UNIT, **PROVIDER)


def thread(**more):
    facts = {
        "pk": uuid4(),
        "title": "Bildstöd",
        "unit": Row(name="BUM Borås", phone="033-12 34 56", phone_hours="8–12"),
        "guardian_id": GUARDIAN,
        "guardian": Row(name="Maria Berg"),
        "child": Row(
            given_name="Noa", name="Noa Dahl", protection="none", birth_date=date(2011, 6, 2), pk=ME
        ),
        "visibility": Visibility.CARE_ONLY.value,
        "ball": "unit",
        "answer_by": date(2026, 11, 18),
        "changed_at": NOW,
        "revision": 2,
        "unread": False,
        "begun_by": "family",
    }
    return Row(**facts | more)


BY_UNIT = {"begun_by": "unit", "ball": "family", "answer_by": None}


def message(number=1, side="family", by=ME, text="Hej", **more):
    writer = Row(name="Karin Lund")
    facts = {"number": number, "side": side, "text": text, "written_by_id": by, "written_by": writer}
    return Row(**facts | {"role": "coordinator", "written_at": NOW} | more)


def opened(messages=(), mine=True, unit=0, family_=0, assignee=None, reached=True, **more):
    return Row(
        thread=thread(**more), messages=messages, mine=mine, seen_by_unit=unit, seen_by_family=family_,
        assignee=assignee, reached=reached,
    )  # fmt: skip


def row(actor=MARIA, seen_by=(), **more):
    (found,) = family.rows(actor, [thread(**more)], lambda key: f"/{key}/", seen_by)
    return found


class TestAFamilysList:
    @pytest.mark.parametrize(
        ("more", "state", "tone", "promise"),
        [
            ({}, "Väntar på svar", "wait", "Svar senast ons 18 nov 2026"),
            ({"answer_by": date(2026, 11, 16)}, "Väntar på svar", "wait", "Svar senast mån 16 nov 2026"),
            (
                {"answer_by": date(2026, 11, 13)},
                "Svaret är försenat",
                "late",
                "Svaret skulle ha kommit senast fre 13 nov 2026. Ring om du inte kan vänta.",
            ),
            ({"ball": "family", "answer_by": None}, "Besvarad", "good", ""),
            ({"ball": "family", "answer_by": None, "unread": True}, "Nytt svar", "info", ""),
            ({"ball": "closed", "answer_by": None}, "Avslutad", "neutral", ""),
            # Where the unit wrote first nothing has been answered.
            (BY_UNIT, "Enheten har skrivit", "good", ""),
            (BY_UNIT | {"unread": True}, "Nytt meddelande", "info", ""),
            ({"begun_by": "unit"}, "Väntar på svar", "wait", "Svar senast ons 18 nov 2026"),
        ],
    )
    def test_how_a_thread_stands(self, more, state, tone, promise):
        found = row(**more)
        assert (found.state, found.tone, found.promise) == (state, tone, promise)

    def test_news_in_somebody_else_s_thread_is_not_mine(self):
        found = row(guardian_id=OTHER, unread=True, ball="family", answer_by=None, visibility="all")
        assert (found.state, found.unread) == ("Besvarad", False)

    @pytest.mark.parametrize(
        ("actor", "more", "seen_by", "words"),
        [
            (MARIA, {}, [], "Bara du och BUM Borås"),
            (MARIA, {"visibility": "all"}, [], "Du, BUM Borås och barnets andra vårdnadshavare"),
            (
                MARIA,
                {"guardian_id": OTHER, "visibility": "all"},
                [],
                "En annan vårdnadshavare och BUM Borås. Tråden visas för dig.",
            ),
            (
                MARIA,
                {"guardian_id": None, "visibility": "default"},
                [],
                "Noa och BUM Borås. Du ser tråden för att Noa visar den.",
            ),
            (NOA, {"guardian_id": None, "visibility": "default"}, [], "Bara du och BUM Borås"),
            (
                NOA,
                {"guardian_id": None, "visibility": "default"},
                ["Anders Dahl"],
                "Du och BUM Borås. Anders Dahl ser också.",
            ),
            (
                NOA,
                {"guardian_id": None, "visibility": "not_guardian"},
                ["Anders Dahl"],
                "Bara du och BUM Borås",
            ),
        ],
    )
    def test_the_marker_says_who_sees(self, actor, more, seen_by, words):
        assert row(actor, seen_by, **more).who_sees == words


class TestAConversation:
    def test_own_words_are_mine_and_the_unit_s_have_a_role(self):
        found = opened([message(), message(2, "unit", OTHER, "Ja.\n\nGärna.")], unit=1)
        mine, theirs = said.conversation(MARIA, found)
        assert (mine.who, mine.role, mine.mine, mine.read) == ("Du", "", True, "Läst av enheten")
        assert (theirs.who, theirs.role, theirs.mine, theirs.read) == (
            "Karin Lund",
            "Samordnare, BUM Borås",
            False,
            "",
        )
        assert theirs.paragraphs == ["Ja.", "Gärna."]

    @pytest.mark.parametrize(("seen", "words"), [(0, "Inte läst än"), (1, "Läst av enheten")])
    def test_whether_the_unit_has_read(self, seen, words):
        assert said.conversation(MARIA, opened([message()], unit=seen))[0].read == words

    @pytest.mark.parametrize(("seen", "words"), [(1, "Inte läst än"), (2, "Läst av familjen")])
    def test_whether_the_family_has_read(self, seen, words):
        written = [message(1, by=OTHER), message(2, "unit")]
        assert [one.read for one in said.conversation(KARIN, opened(written, family_=seen))] == ["", words]

    def test_who_only_looks_on_is_not_told_who_has_read(self):
        written = [message(1, by=OTHER), message(2, "unit", OTHER)]
        found = opened(written, mine=False, unit=2, family_=2, guardian_id=OTHER, visibility="all")
        assert {one.read for one in said.conversation(MARIA, found)} == {""}

    def test_an_unknown_role_tells_the_unit_alone(self):
        found = opened([message(1, "unit", OTHER, role="finns inte")])
        assert said.conversation(MARIA, found)[0].role == "BUM Borås"

    def test_on_a_shared_screen_there_are_no_names_of_the_family(self):
        found = opened([message(1, by=OTHER)])
        with sharing(True):
            assert said.conversation(KARIN, found)[0].who == "Vårdnadshavare"
            young = opened([message(1, by=OTHER)], guardian_id=None)
            assert said.conversation(KARIN, young)[0].who == "Barnet"


class TestAThread:
    @pytest.mark.parametrize(
        ("mine", "receives", "more", "writes", "words"),
        [
            (True, True, {}, True, ""),
            (True, True, {"ball": "closed", "answer_by": None}, True, "Skriver du igen öppnas den på nytt."),
            (True, False, {}, False, "Enheten tar inte längre emot meddelanden om barnet. Ring i stället."),
            (False, True, {}, False, "Du kan läsa tråden men inte skriva i den."),
        ],
    )
    def test_whether_one_may_write_and_why_not(self, mine, receives, more, writes, words):
        page = family.thread_page(MARIA, opened(mine=mine, **more), receives=receives)
        assert page.may_write == writes
        assert page.closed.endswith(words) and bool(page.closed) == bool(words)

    def test_whom_to_ring_always_stands_there(self):
        page = family.thread_page(MARIA, opened(), receives=True)
        assert [(one.number, one.tel) for one in page.phones] == [
            ("112", "112"),
            ("1177", "1177"),
            ("033-12 34 56", "033123456"),
        ]
        assert len(said.phones(Row(name="Utan nummer", phone=""))) == 2


class TestWriting:
    def test_each_unit_says_how_soon_it_answers(self):
        units = [Row(pk=ME, name="A", phone="010-1"), Row(pk=OTHER, name="B", phone="")]
        page = family.new_page(units, {ME: 1, OTHER: 5}, "Alla")
        assert page.hints == {
            str(ME): "Svarar inom 1 vardag. Telefon 010-1.",
            str(OTHER): "Svarar inom 5 vardagar.",
        }

    def test_the_only_guardian_has_nothing_to_choose_among(self):
        assert family.guardian_choices(False) == {}
        assert list(family.guardian_choices(True)) == ["care_only", "all"]

    def test_the_young_choose_only_when_somebody_would_see(self):
        assert family.young_choices([]) == {}
        choices = family.young_choices(["Anders Dahl"])
        assert list(choices) == ["not_guardian", "default"]
        assert "Anders Dahl" in choices["default"]


class TestTheInbox:
    def page(self, *threads, owners=None, tab="svara", page=1, pages=1, **more):
        found = {"counts": {"unit": 2, "family": 1, "closed": 0}, "late": 1, "weekdays": 2} | more
        return staff.inbox_page(
            KARIN, Row(threads=threads, owners=owners or {}, page=page, pages=pages, **found), tab
        )

    def test_a_row(self):
        one = thread(answer_by=date(2026, 11, 12), unread=True)
        (found,) = self.page(one).rows
        assert (found.child, found.age, found.title, found.who) == (
            "Noa Dahl",
            "15 år",
            "Bildstöd",
            "Från Maria Berg",
        )
        assert (found.due.status, found.due.words, found.unread) == ("overdue", "Försenad 4 dagar", True)
        assert found.href == f"/meddelanden/{one.pk}/"

    def test_of_a_protected_child_neither_name_nor_title(self):
        child = Row(name="Sigrid Lind", protection="flag", birth_date=date(2017, 1, 1), pk=ME)
        (found,) = self.page(thread(child=child)).rows
        assert (found.child, found.age, found.title, found.who) == (
            "[Skyddade uppgifter]",
            "",
            "Dolt",
            "Familjen",
        )

    @pytest.mark.parametrize(
        ("more", "owner", "who", "words"),
        [
            ({}, Row(pk=ME, name="Karin Lund"), "me", "Jag"),
            ({}, Row(pk=OTHER, name="Maja Holm"), "other", "Maja Holm"),
            ({}, None, "nobody", "Enhetens kö: ingen ansvarig ännu"),
            ({"ball": "family", "answer_by": None}, None, "family", "Familjen"),
            ({"ball": "closed", "answer_by": None}, None, "other", "Avslutad"),
        ],
    )
    def test_who_has_the_ball(self, more, owner, who, words):
        one = thread(**more)
        (found,) = self.page(one, owners={one.pk: owner} if owner else {}).rows
        assert (found.ball.who, found.ball.words) == (who, words)

    def test_tabs_have_their_numbers(self):
        tabs = self.page(tab="besvarade").tabs
        assert [(one["label"], one["count"], one["current"]) for one in tabs] == [
            ("Att svara på", 2, False),
            ("Hos familjen", 1, True),
            ("Avslutade", 0, False),
        ]

    @pytest.mark.parametrize("tab", ["svara", "besvarade", "avslutade"])
    def test_an_empty_list_says_what_will_come(self, tab):
        assert self.page(tab=tab).empty.endswith((".", "!"))

    @pytest.mark.parametrize(
        ("page", "pages", "previous", "next_"),
        [(1, 1, "", ""), (1, 2, "", "?visa=svara&sida=2"), (2, 2, "?visa=svara&sida=1", "")],
    )
    def test_pages(self, page, pages, previous, next_):
        found = self.page(page=page, pages=pages)
        assert (found.previous, found.next) == (previous, next_)

    @pytest.mark.parametrize("weekdays", [1, 3])
    def test_the_promise(self, weekdays):
        words = "Ni svarar inom 1 vardag." if weekdays == 1 else "Ni svarar inom 3 vardagar."
        assert self.page(weekdays=weekdays).promise == words

    @pytest.mark.parametrize(
        ("word", "tab"), [("", "svara"), ("besvarade", "besvarade"), ("nonsens", "svara")]
    )
    def test_which_list_an_address_asks_for(self, word, tab):
        assert staff.ball_of(word)[0] == tab


class TestAThreadAtTheUnit:
    @pytest.mark.parametrize(
        ("more", "begins"),
        [
            ({}, "Bara den som skriver och er enhet ser tråden."),
            ({"begun_by": "unit"}, "Bara den ni skriver till och er enhet ser tråden."),
            ({"visibility": "all"}, "Barnets andra vårdnadshavare ser också tråden."),
            ({"guardian_id": None, "visibility": "default"}, "Den unga bestämmer vilka"),
            ({"guardian_id": None, "visibility": "not_guardian"}, "Bara den unga och er enhet ser tråden."),
        ],
    )
    def test_what_must_not_be_told_on(self, more, begins):
        assert staff.caution(thread(**more)).startswith(begins)

    def test_from_whom_and_whether_it_is_closed(self):
        assert staff.thread_page(KARIN, opened()).from_whom == "Från Maria Berg"
        assert staff.thread_page(KARIN, opened(**BY_UNIT)).from_whom == "Till Maria Berg"
        of_the_young = opened(**BY_UNIT | {"guardian_id": None, "visibility": "not_guardian"})
        assert staff.thread_page(KARIN, of_the_young).from_whom == "Till Noa Dahl"
        closed = staff.thread_page(KARIN, opened(ball="closed", answer_by=None))
        assert (closed.closed, closed.due) == (True, None)

    @pytest.mark.parametrize(
        ("sides", "begun_by", "unasked"),
        [(["unit"], "unit", True), (["unit", "unit"], "unit", True), (["unit", "family"], "unit", False),
         (["family"], "family", False), (["family", "unit"], "family", False)],
    )  # fmt: skip
    def test_where_the_family_has_written_nothing_there_is_nothing_to_answer(self, sides, begun_by, unasked):
        written = [message(number, side) for number, side in enumerate(sides, 1)]
        assert staff.thread_page(KARIN, opened(written, begun_by=begun_by)).unasked is unasked

    def test_whether_an_answer_can_be_read(self):
        assert staff.thread_page(KARIN, opened()).unreached == ""
        assert staff.thread_page(KARIN, opened(reached=False)).unreached.endswith("Ring i stället.")

    def test_who_came_between(self):
        written = [message(1), message(2, "unit", OTHER), message(3, "unit", OTHER)]
        assert staff.came_between(opened(written), 1).startswith("Karin Lund svarade medan du skrev.")
        assert staff.came_between(opened([message(1), message(2)]), 1).startswith("Familjen skrev")


def test_other_units_threads_or_why_not():
    shown = opened([message(1, by=OTHER)], mine=False)
    allowed = Row(opens=True, rule_id="8.2.2", needs=())
    choice = Row(opens=False, rule_id="8.2.2.choice", needs=("active_choice",))
    found = Row(
        threads=[],
        elsewhere=[
            Row(unit=Row(name="A"), decision=allowed, threads=[shown]),
            Row(unit=Row(name="B"), decision=choice, threads=[]),
        ],
    )
    first, second = staff.child_page(KARIN, found).elsewhere
    assert [title for title, _said in first.threads] == ["Bildstöd"]
    assert (first.why, first.choose) == ("", False)
    assert second.choose and second.why


def test_the_actor_s_own_moment_decides_what_is_late():
    tomorrow = replace(MARIA, now=datetime(2026, 11, 19, 9, 0, tzinfo=UTC))
    assert row(tomorrow).tone == "late"


class TestAUnitThatBegins:
    CHILD = Row(given_name="Noa", name="Noa Dahl", protection="none")
    MARIA = Row(key="m", guardian=Row(name="Maria Berg"))
    ERIK = Row(key="e", guardian=Row(name="Erik Berg"))
    ITSELF = Row(key="child", guardian=None)

    @pytest.mark.parametrize(
        ("found", "choices"),
        [
            ([MARIA], {"m": "Maria Berg"}),
            ([ITSELF, MARIA, ERIK], {"child": "Noa Dahl själv", "m": "Maria Berg", "e": "Erik Berg"}),
            ([], {}),
        ],
    )
    def test_each_stands_by_name(self, found, choices):
        page = begin_page(self.CHILD, found, "BUM Borås")
        assert page.choices == choices
        assert list(page.choices) == list(choices)
        assert page.who_sees == "Bara den du skriver till och BUM Borås ser tråden."
        assert bool(page.nobody) == (not found)

    def test_on_a_shared_screen_or_about_a_protected_child_they_are_told_apart_by_number(self):
        hidden = [Row(key=key, guardian=Row(name="Vårdnadshavare")) for key in "ab"]
        assert begin_page(self.CHILD, hidden, "BUM").choices == {
            "a": "Vårdnadshavare 1",
            "b": "Vårdnadshavare 2",
        }
        with sharing(True):
            told = begin_page(self.CHILD, [self.MARIA, self.ERIK], "BUM").choices
        assert list(told.values()) == ["Vårdnadshavare 1", "Vårdnadshavare 2"]


@pytest.mark.parametrize(
    ("more", "who", "ball", "late"),
    [
        ({}, "Från Maria Berg", "Vi", True),
        ({"unread": True}, "Från Maria Berg", "Vi", True),
        (BY_UNIT, "Till Maria Berg", "Familjen", False),
        ({"ball": "closed", "answer_by": None}, "Från Maria Berg", "Avslutad", False),
    ],
)
def test_a_row_of_the_child_s_page(more, who, ball, late):
    found = Row(threads=[thread(**more)], elsewhere=[])
    (one,) = staff.child_page(KARIN, found).rows
    assert (one.who, one.ball.words, one.unread) == (who, ball, more.get("unread", False))
    assert bool(one.due) == late
