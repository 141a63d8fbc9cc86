"""The family's plan in words: the way of a SIP, its meetings, what changed, and the calls to a meeting."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans.rules.differences import Change
from kring.portal.family.presenters import plan, sip, summons, times, versions
from kring.portal.family.presenters.deeds import by_when, deed

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CHILD = Row(pk=UUID(int=3), given_name="Alva", name="Alva Berg")
READER = Row(today=TODAY, is_staff=False, unit_id=None, guardian_id=UUID(int=4), child_id=None)
BUM, SCHOOL = Row(pk=UUID(int=1), name="BUM Borås"), Row(pk=UUID(int=2), name="Skolan")
LABELS = [
    "Behovet är sett",
    "Planen påbörjas",
    "Samtycke",
    "Kallelse",
    "Möte",
    "Planen gäller",
    "Uppföljning",
]


def a_plan(**fields) -> Row:
    whole = {
        "pk": uuid4(), "need_identified_on": TODAY - 20 * DAY, "started_at": AT - 20 * DAY, "unit": BUM,
        "needed_efforts": "", "other_measures": "", "overall_responsible": None, "follow_up_on": None,
        "coordinator": None, "early_signs": "", "what_matters": "", "status": "draft", "changed_at": AT,
    }  # fmt: skip
    return Row(**(whole | fields))


def content(**fields) -> Row:
    whole = {
        "plan": a_plan(), "meetings": [], "summonses": [], "versions": [], "follow_ups": [], "parties": [],
        "consent": None, "closure": None, "goals": [], "other_activities": [], "needs": [],
    }  # fmt: skip
    return Row(**(whole | fields))


def agreed(*answers: datetime, state: str = "valid") -> Row:
    return Row(standing=Row(state=state), signers=[Row(latest=Row(recorded_at=at)) for at in answers])


def called(**fields) -> Row:
    whole = {
        "pk": uuid4(), "starts_at": AT, "sent_at": AT - 8 * DAY, "moves": 0, "cancelled_at": None,
        "cancelled_reason": "", "question": "Hur går det i skolan?", "place": "Rum 3",
    }  # fmt: skip
    return Row(summons=Row(**(whole | fields)))


def met(**fields) -> Row:
    whole = {
        "started_at": AT, "ended_at": AT + timedelta(hours=1), "notes": "", "child_words": "",
        "summons_id": None,
    }  # fmt: skip
    return Row(meeting=Row(**(whole | fields)))


def followed(day: date, summary: str = "", *said: tuple[str, str]) -> Row:
    reviews = [Row(goal=Row(words=words), comment=comment) for words, comment in said]
    return Row(follow_up=Row(held_on=day, summary=summary), reviews=reviews)


STAGES = (
    {"consent": agreed(AT - 15 * DAY)},
    {"summonses": [called()]},
    {"meetings": [met()]},
    {"versions": [Row(version=Row(made_at=AT + DAY))]},
    {"follow_ups": [followed(date(2026, 12, 20))]},
)
"""What is there after each moment, from consent on."""


class TestTheWayOfThePlan:
    """domain.md 2: need, start, consent, summons, meeting, plan, follow-up, in that order."""

    def steps(self, **fields) -> list[sip.Moment]:
        return list(sip.sip_page(content(**fields), CHILD).steps)

    @pytest.mark.parametrize("reached", range(len(STAGES) + 1))
    def test_what_is_reached_is_done_the_next_is_now_and_the_rest_is_to_come(self, reached):
        there: dict = {}
        for stage in STAGES[:reached]:
            there |= stage
        steps = self.steps(**there)
        assert [one.label for one in steps] == LABELS
        done = 2 + reached
        expected = ["done"] * done + ["now"] * (done < 7) + ["todo"] * max(0, 6 - done)
        assert [one.state for one in steps] == expected
        assert all(bool(one.when) is (one.state == "done") for one in steps)

    def test_each_moment_has_its_own_day(self):
        there: dict = {}
        for stage in STAGES:
            there |= stage
        assert [one.when for one in self.steps(**there)] == [
            "tis 27 okt 2026",
            "ons 4 nov 2026",
            "mån 9 nov 2026",
            "mån 16 nov 2026",
            "tis 24 nov 2026",
            "ons 25 nov 2026",
            "sön 20 dec 2026",
        ]

    @pytest.mark.parametrize("state", ["waiting", "conflict", "no_signer", "board"])
    def test_an_answer_that_is_missing_or_no_is_no_consent(self, state):
        assert self.steps(consent=agreed(AT, state=state))[2].state == "now"

    def test_consent_is_of_the_day_when_the_last_one_said_yes(self):
        said = agreed(AT - 15 * DAY, AT - 10 * DAY, AT - 12 * DAY)
        assert self.steps(consent=said)[2].when == "lör 14 nov 2026"

    def test_a_call_that_was_never_sent_is_no_call_and_a_meeting_going_on_is_not_held(self):
        steps = self.steps(
            consent=agreed(AT), summonses=[called(sent_at=None)], meetings=[met(ended_at=None)]
        )
        assert [one.state for one in steps[3:5]] == ["now", "todo"]

    def test_days_are_swedish_at_both_ends_of_midnight(self):
        late = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)
        steps = self.steps(consent=agreed(late), summonses=[called(sent_at=late)])
        assert [one.when for one in steps[2:4]] == ["tis 10 nov 2026"] * 2


class TestWhatTheLawAsksOf:
    """The statutory content of a SIP (domain.md 2): efforts, parties, others' measures, who answers."""

    def test_what_is_not_decided_says_so(self):
        facts = sip.sip_page(content(), CHILD).facts
        assert [fact.label for fact in facts] == [
            "Insatser som behövs",
            "Med i planen",
            "Åtgärder av någon annan",
            "Övergripande ansvar",
        ]
        assert {fact.value for fact in facts} == {"Inte bestämt ännu"}

    def test_each_party_once_by_name(self):
        parties = [Row(unit=SCHOOL), Row(unit=BUM), Row(unit=SCHOOL)]
        whole = a_plan(needed_efforts="Bildstöd", overall_responsible=Row(name="Regionen"))
        facts = {
            one.label: one.value for one in sip.sip_page(content(plan=whole, parties=parties), CHILD).facts
        }
        assert facts["Med i planen"] == "BUM Borås, Skolan"
        assert (facts["Insatser som behövs"], facts["Övergripande ansvar"]) == ("Bildstöd", "Regionen")


class TestMeetings:
    def lines(self, **fields) -> list[sip.MeetingLine]:
        return list(sip.sip_page(content(**fields), CHILD).meetings)

    def test_a_meeting_that_was_held_takes_the_place_of_its_call(self):
        call = called()
        assert [one.what for one in self.lines(summonses=[call])] == ["Kallelse till möte"]
        held = met(summons_id=call.summons.pk)
        assert [one.what for one in self.lines(summonses=[call], meetings=[held])] == ["Möte hölls"]

    def test_what_is_written_while_it_goes_on_is_not_told(self):
        going = met(ended_at=None, child_words="Jag vill gå hem", notes="Utkast")
        page = sip.sip_page(content(meetings=[going]), CHILD)
        assert (list(page.meetings), list(page.written)) == ([], [])

    def test_the_child_s_own_words_stand_as_they_were_said(self):
        (line,) = self.lines(meetings=[met(child_words="Jag vill ha paus")])
        assert line.text == "Barnets ord: «Jag vill ha paus»"
        (line,) = self.lines(meetings=[met()])
        assert line.text == ""

    @pytest.mark.parametrize(
        ("fields", "what", "text", "tone"),
        [
            ({}, "Kallelse till möte", "Hur går det i skolan?", "next"),
            ({"moves": 1}, "Kallelse till möte, flyttat", "Hur går det i skolan?", "next"),
            ({"cancelled_at": AT, "cancelled_reason": "Sjukdom"}, "Mötet är inställt", "Sjukdom", ""),
            ({"moves": 2, "cancelled_at": AT}, "Mötet är inställt", "Hur går det i skolan?", ""),
        ],
    )
    def test_a_call_says_whether_it_stands(self, fields, what, text, tone):
        (line,) = self.lines(summonses=[called(**fields)])
        assert (line.what, line.text, line.tone, line.who) == (what, text, tone, "Rum 3")

    @given(st.lists(st.integers(-300, 300), min_size=1, max_size=8, unique=True))
    def test_the_latest_stands_first_whether_called_or_held(self, away):
        rows = [AT + n * DAY for n in away]
        calls = [called(starts_at=at) for at in rows[::2]]
        meetings = [met(started_at=at, ended_at=at) for at in rows[1::2]]
        told = [one.when for one in self.lines(summonses=calls, meetings=meetings)]
        from kring.design import days

        assert told == [days.day_and_time(at) for at in sorted(rows, reverse=True)]


class TestWhatStaffWrote:
    """Texts come here empty when they are withheld: then nothing tells that they were there."""

    def written(self, **fields) -> list[sip.Written]:
        return list(sip.sip_page(content(**fields), CHILD).written)

    def test_nothing_is_told_of_what_is_empty(self):
        there = {
            "meetings": [met()],
            "follow_ups": [followed(TODAY), followed(TODAY, "", ("Läsa", ""))],
            "closure": Row(words="", ended_at=AT),
        }
        assert self.written(**there) == []

    def test_a_meeting_s_notes_a_follow_up_with_its_goals_and_the_end(self):
        told = self.written(
            meetings=[met(notes="Vi ses i januari")],
            follow_ups=[
                followed(date(2026, 12, 20), "Går bra", ("Läsa själv", "Läser varje kväll"), ("X", ""))
            ],
            closure=Row(words="Målen är nådda", ended_at=datetime(2027, 1, 31, 23, 30, tzinfo=UTC)),
        )
        assert [(one.title, one.text, list(one.lines)) for one in told] == [
            ("Planen avslutades mån 1 feb 2027", "Målen är nådda", []),
            ("Uppföljning sön 20 dec 2026", "Går bra", ["«Läsa själv»: Läser varje kväll"]),
            ("Möte tis 24 nov 2026", "Vi ses i januari", []),
        ]

    def test_what_is_said_of_a_goal_alone_is_still_told(self):
        (one,) = self.written(follow_ups=[followed(TODAY, "", ("Sova", "Bättre"))])
        assert (one.text, list(one.lines)) == ("", ["«Sova»: Bättre"])


def version(number: int, *read_by: UUID, **fields) -> Row:
    said = [Row(guardian_id=who, at=AT) for who in read_by]
    whole = {
        "pk": UUID(int=100 + number), "number": number, "made_at": AT, "reason": "Ändrat mål",
        "acknowledgements": Row(all=lambda: said),
    }  # fmt: skip
    return Row(**(whole | fields))


ME, OTHER = UUID(int=11), UUID(int=12)


class TestTheHistory:
    def cards(self, *found) -> list[versions.VersionCard]:
        return list(versions.history_page([(one, []) for one in found], ME, CHILD).versions)

    @pytest.mark.parametrize(
        ("read_by", "words", "is_read", "asks"),
        [
            ((), "Du har inte bekräftat", False, True),
            ((OTHER,), "Du har inte bekräftat", False, True),
            ((ME,), "Du läste den tis 24 nov 2026", True, False),
            ((OTHER, ME), "Du läste den tis 24 nov 2026", True, False),
        ],
    )
    def test_each_guardian_confirms_by_itself(self, read_by, words, is_read, asks):
        (card,) = self.cards(version(1, *read_by))
        assert (card.read, card.is_read, bool(card.href)) == (words, is_read, asks)

    def test_only_the_latest_asks_to_be_confirmed(self):
        cards = self.cards(version(3), version(2), version(1))
        assert [(card.number, bool(card.href)) for card in cards] == [(3, True), (2, False), (1, False)]

    def test_the_first_one_says_that_the_plan_was_established(self):
        assert [one.reason for one in self.cards(version(2), version(1, reason="established"))] == [
            "Ändrat mål",
            "Planen fastställdes.",
        ]

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("what_matters", "Vad som är viktigt"),
            ("needed_efforts", "Insatser som behövs"),
            ("other_measures", "Åtgärder av någon annan"),
            ("overall_responsible", "Vem som ansvarar för hela planen"),
            ("coordinator", "Samordnare"),
            ("early_signs", "Tidiga tecken"),
            ("something_new", "Planen"),
        ],
    )
    def test_a_changed_field_has_its_word_and_never_the_code_s_own(self, name, words):
        assert versions.changed([Change("changed", "plan", "", "", name, "a", "b")]) == [
            f"{words} är ändrat."
        ]

    def test_what_belongs_to_no_goal_any_more_comes_last(self):
        activity = {
            "what": "Ring", "responsible": "family", "responsible_unit": "", "responsible_person": "",
            "responsible_words": "", "when_words": "varje vecka", "due_on": "", "status": "planned",
        }  # fmt: skip
        kept = {
            "goals": [{"id": "1", "words": "Sova"}],
            "activities": [activity | {"goal": "gone"}, activity | {"goal": "1", "what": "Släck"}],
        }
        goals = versions.stored_goals(kept)
        assert [(goal.words, [one.what for one in goal.activities]) for goal in goals] == [
            ("Sova", ["Släck"]),
            ("Annat som görs", ["Ring"]),
        ]
        assert goals[1].activities[0].who == "Vi själva"
        assert goals[1].activities[0].when == "varje vecka"


class TestThePlan:
    @pytest.mark.parametrize(
        ("parties", "consent", "words"),
        [
            ([BUM], None, "Planen ses av er, barnet och BUM Borås."),
            ([BUM, BUM], agreed(AT), "Planen ses av er, barnet och BUM Borås."),
            ([BUM, SCHOOL], None, "De andra ser den när alla som ska svara har sagt ja."),
            ([BUM, SCHOOL], agreed(AT), "de som är med i den: BUM Borås, Skolan."),
        ],
    )
    def test_who_sees_it(self, parties, consent, words):
        found = content(parties=[Row(unit=one) for one in parties], consent=consent)
        assert plan.plan_page(found, None, CHILD, READER).who_sees.endswith(words)

    def test_a_version_that_is_not_confirmed_is_asked_for_with_its_day(self):
        page = plan.plan_page(content(), Row(pk=uuid4(), number=2, made_at=AT), CHILD, READER)
        assert page.acknowledge.text == "Version 2 blev klar tis 24 nov 2026."
        assert plan.plan_page(content(), None, CHILD, READER).acknowledge is None

    def test_without_a_day_the_next_follow_up_says_so(self):
        assert [(one.label, one.value) for one in plan.plan_page(content(), None, CHILD, READER).facts] == [
            ("Nästa uppföljning", "Inte bestämd ännu")
        ]

    @pytest.mark.parametrize(
        ("kind", "status", "icon"),
        [
            ("unit", "planned", "building"),
            ("family", "ongoing", "home"),
            ("third_party", "planned", "people"),
            ("family", "done", "check"),
            ("unit", "done", "check"),
        ],
    )
    def test_who_does_it_has_a_picture_and_what_is_done_another(self, kind, status, icon):
        row = Row(
            what="Läsa", responsible=kind, responsible_unit=None, responsible_person=None,
            responsible_words="Maria", when_words="", due_on=None, status=status,
            get_status_display=lambda: "Pågår",
        )  # fmt: skip
        assert deed(row, TODAY).icon == icon

    @given(st.text(max_size=20), st.none() | st.dates(), st.text(max_size=20))
    def test_when_is_never_half_a_sentence(self, words, due, status):
        said = by_when(words, due, status)
        parts = [part for part in (words, due and "x", status) if part]
        assert said.count(" · ") == max(0, len(parts) - 1) + words.count(" · ") + status.count(" · ")


class TestTheCall:
    def call(self, *answers: str, **fields) -> Row:
        invited = [
            Row(
                unit_id=uuid4(), unit=Row(name=f"Enhet {n}"), answer=answer, get_answer_display=lambda: "Svar"
            )
            for n, answer in enumerate(answers)
        ]
        invited.append(Row(unit_id=None, answer="none", guardian_id=ME))
        whole = {
            "pk": uuid4(), "starts_at": AT, "question": "", "minutes": 60, "place": "", "link": "",
            "adaptations": "", "child_takes_part": "", "child_takes_part_words": "", "cancelled_at": None,
            "cancelled_reason": "", "moves": 0, "plan": Row(child_id=CHILD.pk),
            "invitations": Row(all=lambda: invited),
            "get_child_takes_part_display": lambda: "En stund",
        }  # fmt: skip
        return Row(**(whole | fields))

    def test_guardians_and_the_child_are_not_among_the_units_that_are_called(self):
        page = summons.summons_page(self.call("comes", "declines", "none"), None)
        assert [(one.name, one.tone) for one in page.called] == [
            ("Enhet 0", "good"),
            ("Enhet 1", "late"),
            ("Enhet 2", "wait"),
        ]

    @pytest.mark.parametrize("mine", [None, Row(answer="none")])
    def test_until_one_has_answered_nothing_is_said_of_it(self, mine):
        assert summons.summons_page(self.call(), mine).answered == ""

    def test_an_answer_says_what_when_and_that_it_can_be_changed(self):
        mine = Row(answer="comes", answered_at=AT, get_answer_display=lambda: "Kommer")
        assert summons.summons_page(self.call(), mine).answered == (
            "Du svarade «Kommer» tis 24 nov 2026 kl. 10.00. Du kan ändra ditt svar."
        )

    @given(st.integers(0, 12), st.text(max_size=40))
    def test_the_strip_tells_how_many_adults_come_and_never_which(self, units, place):
        page = summons.pictures_page(self.call(*["comes"] * units, place=place), CHILD)
        adults = "vuxen" if units == 1 else "vuxna"
        assert page.steps[3].text == f"Vi sitter runt ett bord. {units} {adults} kommer."
        assert page.steps[0].picture == "calendar"
        assert (place or "En vuxen berättar var.") in [step.text for step in page.steps[1:3]]


class TestTheTimes:
    def visit(self, at: datetime, **fields) -> Row:
        whole = {
            "pk": uuid4(), "starts_at": at, "unit": BUM, "what": "Träning", "with_whom": "", "bring": "",
            "status": "booked", "revision": 1, "get_status_display": lambda: "Bokad",
            "get_mode_display": lambda: "På plats",
        }  # fmt: skip
        return Row(**(whole | fields))

    def page(self, *visits, meetings=()) -> times.TimesPage:
        return times.times_page(visits, meetings, [], CHILD, TODAY)

    def test_months_are_swedish_and_stand_in_order(self):
        found = self.page(
            self.visit(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
            self.visit(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)),
            self.visit(datetime(2026, 11, 20, 9, tzinfo=UTC)),
        )
        assert [month.name for month in found.months] == ["November 2026", "December 2026", "Januari 2027"]

    @given(st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)), max_size=12))
    def test_every_time_stands_once_under_one_month_and_the_soonest_first(self, moments):
        found = self.page(*(self.visit(at.replace(tzinfo=UTC)) for at in moments))
        told = [time for month in found.months for time in month.times]
        assert len(told) == len(moments)
        assert [time.iso for time in told] == sorted(
            (time.iso for time in told), key=lambda iso: datetime.fromisoformat(iso)
        )
        assert len({month.name for month in found.months}) == len(found.months)

    def test_meetings_and_visits_are_one_list(self):
        meeting = Row(pk=uuid4(), starts_at=AT, place="Rum 3")
        found = self.page(self.visit(AT + DAY), meetings=[meeting])
        assert [time.what for time in found.months[0].times] == ["Möte om planen (SIP)", "Träning"]

    @pytest.mark.parametrize(
        ("first", "second", "asks"),
        [
            (datetime(2026, 11, 23, 8), datetime(2026, 11, 27, 8), True),
            (datetime(2026, 11, 22, 8), datetime(2026, 11, 23, 8), False),
            # One week over a new year: Monday 28 December is week 53, as is Sunday 3 January.
            (datetime(2026, 12, 28, 8), datetime(2027, 1, 3, 8), True),
            # The same number of week in two years is not the same week.
            (datetime(2026, 11, 23, 8), datetime(2027, 11, 22, 8), False),
            # Sunday half past eleven at night in UTC is Monday here.
            (datetime(2026, 11, 22, 23, 30), datetime(2026, 11, 27, 8), True),
        ],
    )
    def test_one_day_is_asked_about_only_when_visits_share_a_week(self, first, second, asks):
        found = self.page(*(self.visit(at.replace(tzinfo=UTC)) for at in (first, second)))
        assert bool(found.same_day) is asks

    @pytest.mark.parametrize(
        ("status", "tone"),
        [("proposed", "wait"), ("booked", "neutral"), ("agreed", "good"), ("missed", "neutral")],
    )
    def test_how_a_time_stands_is_a_word_and_a_tone(self, status, tone):
        (time,) = self.page(self.visit(AT, status=status)).months[0].times
        assert (time.status, time.tone) == ("Bokad", tone)
