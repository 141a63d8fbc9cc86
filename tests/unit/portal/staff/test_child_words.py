"""The words of the child's page at work (ux.md wireframe 2): who does what, what has happened, what comes."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans.models import Activity
from kring.children.models import ChildNumber
from kring.organisations.models import Person, Unit
from kring.portal.staff import visits
from kring.portal.staff.child import presenters
from kring.portal.staff.child.page import _turn_to
from kring.portal.staff.child.queries import KINDS_OF_NUMBER, number_of
from kring.portal.staff.side import SIDE, side_links
from kring.timeline.models import Event
from kring.timeline.queries import RECORD_KINDS
from tests.unit.portal.staff.shown import CHILD, NOW, OURS, THEIRS, TODAY, actor, unit, utc

UNIT = Unit(pk=OURS, name="BUM Borås")
DAY = timedelta(days=1)


def does(**fields) -> Activity:
    return Activity(**({"what": "Träna ljud", "responsible": "unit", "responsible_unit": UNIT} | fields))


def told(*activities) -> list[presenters.ActivityRow]:
    return presenters.activities(Row(activities=activities), TODAY)


class TestWhoDoesWhatByWhen:
    """domain.md 2: each activity has who and when; ux.md c4: what is late says so in a word."""

    @pytest.mark.parametrize(
        ("due", "status", "shown", "word"),
        [
            (TODAY - DAY, "planned", "overdue", "Försenad"),
            (TODAY - DAY, "ongoing", "overdue", "Försenad"),
            (TODAY, "planned", "soon", "Planerad"),
            (TODAY + DAY, "ongoing", "running", "Pågår"),
            (None, "ongoing", "running", "Pågår"),
            # What is over cannot be late.
            (TODAY - DAY, "done", "done", "Klar"),
            (TODAY - DAY, "stopped", "blocked", "Avbruten"),
        ],
    )
    def test_only_what_is_still_to_be_done_can_be_late(self, due, status, shown, word):
        (row,) = told(does(due_on=due, status=status))
        assert (row.status, row.status_word) == (shown, word)

    @pytest.mark.parametrize(
        ("fields", "when", "iso"),
        [
            ({"when_words": "varje tisdag"}, "varje tisdag", ""),
            ({"due_on": date(2026, 12, 1)}, "tis 1 dec 2026", "2026-12-01"),
            (
                {"when_words": "före jul", "due_on": date(2026, 12, 18)},
                "före jul",
                "2026-12-18",
            ),
            ({}, "Ingen tid bestämd", ""),
        ],
    )
    def test_when_is_in_the_words_that_were_agreed_else_the_day(self, fields, when, iso):
        (row,) = told(does(status="planned", **fields))
        assert (row.when, row.iso) == (when, iso)

    @pytest.mark.parametrize(
        ("fields", "who"),
        [
            ({}, "BUM Borås"),
            ({"responsible_person": Person(given_name="Sara", family_name="Ek")}, "Sara Ek, BUM Borås"),
            ({"responsible_unit": None}, "Ingen ansvarig"),
            ({"responsible": "family", "responsible_words": "Maria"}, "Maria"),
            ({"responsible": "family"}, "Familjen"),
            ({"responsible": "third_party", "responsible_words": "Simskolan"}, "Simskolan"),
            ({"responsible": "third_party"}, "Någon annan"),
        ],
    )
    def test_who_is_a_unit_with_its_person_the_family_or_somebody_else(self, fields, who):
        assert told(does(status="planned", **fields))[0].who == who

    def test_a_colleague_with_protected_identity_is_shown_by_the_role(self):
        """domain.md 8.8: staff with protected identity appear as role."""
        hidden = Person(given_name="Sara", family_name="Ek", title="Logoped", protected_identity=True)
        assert told(does(status="planned", responsible_person=hidden))[0].who == "Logoped, BUM Borås"

    def test_who_does_it_elsewhere_is_not_named_to_a_former_party(self):
        elsewhere = does(status="planned")
        elsewhere.elsewhere = True
        assert told(elsewhere)[0].who == "En annan verksamhet"

    def test_what_is_over_stands_last_and_the_rest_as_it_came(self):
        rows = told(
            does(what="klar", status="done"),
            does(what="först", status="planned"),
            does(what="bruten", status="stopped"),
            does(what="sedan", status="ongoing"),
        )
        assert [row.what for row in rows] == ["först", "sedan", "klar", "bruten"]

    def test_without_a_plan_nobody_does_anything(self):
        assert presenters.activities(None, TODAY) == []


def happened(kind: str = "visit_booked", **fields) -> Event:
    whole = {"pk": UUID(int=5), "child_id": CHILD, "unit": UNIT, "effective_at": NOW, "source": "kring"}
    return Event(kind=kind, **(whole | fields))


def shown(event: Event, *permissions: str) -> dict:
    return presenters.events([event], actor(*permissions))[0]


class TestWhatHasHappened:
    @pytest.mark.parametrize(
        ("fields", "who"),
        [
            ({}, "BUM Borås"),
            ({"source": "synthetic"}, "BUM Borås"),
            ({"source": ""}, "BUM Borås"),
            ({"source": "Cosmic"}, "BUM Borås. Källa: Cosmic"),
            ({"source": "Cosmic", "unit": None}, "Källa: Cosmic"),
            ({"unit": None}, ""),
        ],
    )
    def test_each_row_has_its_unit_and_what_came_from_elsewhere_its_source(self, fields, who):
        assert shown(happened(**fields))["who"] == who

    @pytest.mark.parametrize(
        ("moment", "iso", "when"),
        [
            ("2026-07-14 21:59", "2026-07-14", "tis 14 jul 2026"),
            ("2026-07-14 22:00", "2026-07-15", "ons 15 jul 2026"),
            ("2026-12-31 23:30", "2027-01-01", "fre 1 jan 2027"),
            ("2028-02-28 23:00", "2028-02-29", "tis 29 feb 2028"),
        ],
    )
    def test_it_stands_on_its_swedish_day(self, moment, iso, when):
        row = shown(happened(effective_at=utc(moment)))
        assert (row["iso"], row["when"]) == (iso, when)

    def test_what_is_still_to_come_is_marked(self):
        assert shown(happened(effective_at=NOW + DAY))["tone"] == "next"
        assert shown(happened(effective_at=NOW - DAY))["tone"] == ""

    @pytest.mark.parametrize(
        ("fields", "text"),
        [
            ({"title": "Språkbedömning"}, "Språkbedömning"),
            # The word of the kind is not said twice.
            ({"title": "Besök bokat", "reason": "Kontroll"}, "Kontroll"),
            ({"title": "", "reason": "Tolken kan inte"}, "Tolken kan inte"),
            ({}, ""),
        ],
    )
    def test_the_text_is_its_title_or_why(self, fields, text):
        row = shown(happened(**fields))
        assert (row["what"], row["text"]) == ("Besök bokat", text)

    @pytest.mark.parametrize("kind", RECORD_KINDS)
    def test_an_entry_of_the_own_unit_is_a_link_for_who_reads_records(self, kind):
        entry = happened(kind, unit_id=OURS, data={"resource": 1})
        assert str(entry.pk) in shown(entry)["href"]
        assert shown(entry, "see_child")["href"] == ""

    @pytest.mark.parametrize(
        "fields",
        [
            {"unit": Unit(pk=THEIRS, name="BUP"), "data": {"resource": 1}},
            {"data": {}},
            {"data": None},
            {"unit": None, "data": {"resource": 1}},
        ],
    )
    def test_another_units_entry_and_what_has_no_page_are_no_links(self, fields):
        assert shown(happened("condition", **fields))["href"] == ""

    def test_what_kring_itself_tells_is_no_entry(self):
        assert shown(happened("sip_started", data={"resource": 1}))["href"] == ""


class TestHowConsentStands:
    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("valid", "Parterna ser planen, inte varandras journaler."),
            ("conflict", "Planen delas inte."),
            ("board", "nämnden bestämmer. Planen delas inte."),
            ("no_signer", "Planen delas inte."),
            ("waiting", "Planen är ett utkast hos er."),
        ],
    )
    def test_every_way_has_a_sentence_and_only_a_valid_one_says_that_others_see(self, state, words):
        found = presenters.standing(Row(consent=Row(standing=Row(state=state))))
        assert found.endswith(words)
        assert ("Parterna ser planen" in found) is (state == "valid")

    @pytest.mark.parametrize("found", [None, Row(consent=None)])
    def test_where_nobody_is_asked_nothing_is_said(self, found):
        assert presenters.standing(found) == ""


class TestTheSteps:
    def test_days_are_counted_from_what_was_first_and_not_said_of_itself(self):
        """ux.md wireframe 2: «Fråga 9 mar (6 d)», counted in Swedish days."""
        events = [
            happened("concern_raised", effective_at=utc("2026-03-02 23:30")),
            happened("sip_started", effective_at=utc("2026-03-09 22:30")),
        ]
        first, second, *_rest = presenters.stepper(events, date(2026, 11, 24), None)
        assert (first["when"], first["days"]) == ("tis 3 mar 2026", "")
        assert (second["when"], second["days"]) == ("mån 9 mar 2026", "6 d")

    def test_the_next_has_its_day_and_no_count(self):
        *_done, third, _plan, last = presenters.stepper([happened("sip_started")], date(2026, 11, 24), None)
        assert (third["state"], third["when"], third["days"]) == ("now", "tis 24 nov 2026", "")
        assert (last["state"], last["when"]) == ("todo", "")


class TestWhoToTurnTo:
    def page(self, coordinator=None, *cards):
        plan = Row(coordinator=coordinator and Row(name=coordinator))
        return Row(
            plan=plan, cards=[Row(role=role, name=name, unit="Habiliteringen") for role, name in cards]
        )

    def test_the_plans_own_coordinator_before_the_appointed_one(self):
        found = _turn_to(self.page("Karin Lund", ("coordinator", "Eva Strand")))
        assert found == {"coordinator": "Karin Lund", "contact": ""}

    def test_a_team_goes_by_its_unit(self):
        found = _turn_to(self.page(None, ("coordinator", ""), ("named_care_contact", "Eva Strand")))
        assert found == {"coordinator": "Habiliteringen", "contact": "Eva Strand"}

    def test_without_a_plan_the_appointed_one(self):
        page = Row(plan=None, cards=[Row(role="coordinator", name="Eva Strand", unit="")])
        assert _turn_to(page) == {"coordinator": "Eva Strand", "contact": ""}


class TestTheNumber:
    def child(self, *numbers):
        return Row(numbers=Row(all=lambda: [Row(kind=k, value=v, ends_on=e) for k, v, e in numbers]))

    def test_every_kind_of_number_has_its_place_in_the_order(self):
        assert set(KINDS_OF_NUMBER) == set(ChildNumber.Kind.values)

    @given(st.permutations(KINDS_OF_NUMBER), st.integers(1, 5))
    def test_a_personal_number_goes_before_any_other(self, kinds, some):
        found = number_of(self.child(*((kind, kind, None) for kind in kinds[:some])))
        assert found == min(kinds[:some], key=KINDS_OF_NUMBER.index)

    def test_a_number_that_has_ended_is_not_told(self):
        """domain.md: a child may get a personal number after a reserve number; the old one has ended."""
        ended = ("personal", "201603122381", date(2026, 1, 1))
        assert number_of(self.child(ended, ("reserve", "R-7", None))) == "R-7"
        assert number_of(self.child(ended)) == ""
        assert number_of(self.child()) == ""


class TestTheChildsPlaces:
    def test_only_what_the_role_opens_in_one_order_and_here_is_marked(self):
        every = side_links(actor(), CHILD, "plan")
        assert [one.label for one in every] == [str(label) for _name, label, _icon, _may in SIDE]
        assert [one.label for one in every if one.current] == ["Plan"]
        some = side_links(actor("see_child", "see_record"), CHILD, "plan")
        assert [one.label for one in some] == ["Översikt", "Journal"]

    def test_addresses_hold_an_opaque_id_and_nothing_else(self):
        """ux.md c1: «No identities in URLs: opaque ids only»."""
        assert all(one.href.startswith(f"/barn/{CHILD}/") for one in side_links(actor(), CHILD, ""))

    def test_no_place_has_two_rows(self):
        names = [name for name, *_rest in SIDE]
        assert len(names) == len(set(names))


def booked(at: str, **fields) -> Row:
    whole = {"starts_at": utc(at), "what": "Träning", "with_whom": "Sara", "unit": unit()}
    return Row(**(whole | fields))


class TestWhatComesNext:
    def next(self, *rows, meeting=None):
        strip = Row(appointments=dict(enumerate(rows)))
        return visits.next_of(strip, meeting, actor())

    def test_the_first_of_visit_and_meeting(self):
        later = booked("2026-11-20 09:00")
        meeting = Row(starts_at=utc("2026-11-19 09:00"), place="Rum 3")
        assert self.next(later, booked("2026-11-18 09:00"), meeting=meeting).what == "Träning"
        assert (self.next(later, meeting=meeting).what, self.next(later, meeting=meeting).who) == (
            "SIP-möte",
            "Rum 3",
        )

    def test_what_has_begun_is_not_next(self):
        assert self.next(booked("2026-11-16 08:59")) is None
        assert self.next(booked("2026-11-16 09:00")) is not None

    def test_without_the_right_to_see_visits_a_meeting_is_still_told(self):
        meeting = Row(starts_at=utc("2026-11-19 09:00"), place="")
        assert visits.next_of(None, meeting, actor()).what == "SIP-möte"
        assert visits.next_of(None, None, actor()) is None
        assert visits.next_of(None, Row(starts_at=None, place=""), actor()) is None

    @pytest.mark.parametrize(
        ("at", "when"),
        [
            ("2026-11-16 12:00", "mån 16 nov 2026 kl. 13.00 (i dag)"),
            ("2026-11-16 23:00", "tis 17 nov 2026 kl. 00.00 (i morgon)"),
            ("2026-11-24 09:00", "tis 24 nov 2026 kl. 10.00 (om 8 dagar)"),
            ("2026-11-30 09:00", "mån 30 nov 2026 kl. 10.00 (om 14 dagar)"),
            ("2026-12-01 09:00", "tis 1 dec 2026 kl. 10.00"),
        ],
    )
    def test_relative_within_fourteen_days_and_always_the_date(self, at, when):
        """ux.md c4: «dates relative within 14 days and absolute always present»."""
        assert self.next(booked(at)).when == when

    def test_a_visit_without_words_is_still_a_visit_somewhere(self):
        found = self.next(booked("2026-11-18 09:00", what="", with_whom=""))
        assert (found.what, found.who) == ("Bokat besök", "BUM Borås")


class TestTheStrip:
    def strip(self, *weeks, gatherings=()):
        mondays = [date(2026, 12, 21) + n * 7 * DAY for n in range(3)]
        rows = [Row(unit=unit(name), weeks=cells) for name, cells in weeks]
        n = sum(len(cell) for _name, cells in weeks for cell in cells)
        return Row(mondays=mondays, rows=rows, gatherings=gatherings, visits=n, units=len(rows))

    def test_weeks_are_told_by_their_swedish_numbers_over_new_year(self):
        """2026 has a week 53, which begins on 28 December; week 1 of 2027 begins on 4 January."""
        table = visits.strip(self.strip(("BUM", ((1,), (), ()))))
        assert table.heads == ["v. 52", "v. 53", "v. 1"]

    def test_each_cell_is_a_number_with_its_word_and_an_empty_one_says_nothing(self):
        table = visits.strip(self.strip(("BUM", ((1,), (1, 2), ()))))
        assert table.rows == [{"label": "BUM", "cells": [(1, "1 besök"), (2, "2 besök"), (0, "")]}]

    def test_with_nothing_booked_there_is_no_table(self):
        assert visits.strip(self.strip()) is None

    @pytest.mark.parametrize(
        ("weeks", "words"),
        [
            ([("BUM", ((1,), (), ()))], "1 besök hos en enhet de närmaste 3 veckorna."),
            (
                [("BUM", ((1,), (), ())), ("BUP", ((1, 2), (), ()))],
                "3 besök hos 2 enheter de närmaste 3 veckorna.",
            ),
        ],
    )
    def test_the_sentence_counts_visits_and_units(self, weeks, words):
        assert visits.summary(self.strip(*weeks)) == words

    def test_the_sentence_tells_of_the_week_with_most_to_gather(self):
        found = self.strip(
            ("BUM", ((1,), (), ())), gatherings=[Row(visits=[1, 2]), Row(visits=[1, 2, 3]), Row(visits=[1])]
        )
        assert visits.summary(found).endswith(" 3 besök samma vecka kan samordnas.")
