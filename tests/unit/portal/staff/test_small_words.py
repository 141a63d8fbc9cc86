"""The words of the smaller pages at work: reception, the week, search, notes of concern, hidden fields."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.ages import birthday
from kring.access.policy.protected import Field
from kring.design.screen import sharing
from kring.portal.staff.concerns import presenters as concerns
from kring.portal.staff.protected import presenters as protected
from kring.portal.staff.protected.forms import ReasonForm, RevealForm
from kring.portal.staff.protected.queries import HiddenField
from kring.portal.staff.reception import presenters as reception
from kring.portal.staff.search import presenters as search
from kring.portal.staff.search.forms import SearchForm
from kring.portal.staff.week import presenters as week
from kring.portal.staff.week.queries import UNTOUCHED_DAYS, Load, Untouched, Week, _longest
from tests.unit.portal.staff.shown import CHILD, NOW, OURS, THEIRS, TODAY, actor, child, unit, utc

DAY = timedelta(days=1)
SECRET = child(protection="flag", name="Hemlig Person")


class TestReception:
    """domain.md ruling 26: who, when, with whom and what it takes to receive the child well; never why."""

    def row(self, **fields) -> reception.VisitRow:
        whole = {
            "child": child(), "starts_at": utc("2026-11-16 12:30"), "with_whom": "Sara", "what": "Utredning",
            "get_mode_display": lambda: "På plats",
        }  # fmt: skip
        return reception.rows([Row(**(whole | fields))])[0]

    def test_what_it_takes_to_receive_the_child_and_not_why_it_comes(self):
        one = self.row()
        assert (one.time, one.name, one.birth_date) == ("13.30", "Alva Berg", "2016-03-12")
        assert (one.professional, one.place, one.communication) == ("Sara", "På plats", "Bildstöd")
        assert "Utredning" not in repr(one)

    def test_a_protected_child_has_neither_name_nor_birth_date(self):
        one = self.row(child=SECRET)
        assert (one.name, one.birth_date) == ("[Skyddade uppgifter]", "")

    def test_on_a_screen_that_others_see_nobody_has(self):
        with sharing(True):
            one = self.row()
        assert (one.name, one.birth_date) == ("Barnet", "")

    @pytest.mark.parametrize(
        ("code", "word"),
        [("", ""), ("ar", "arabiska"), ("fi", "finska"), ("so", "so"), ("xx-nonsense", "xx-nonsense")],
    )
    def test_the_interpreters_language_in_words_else_as_it_was_written(self, code, word):
        assert self.row(child=child(interpreter_language=code)).interpreter == word

    @given(st.integers(-400, 400))
    def test_two_months_each_way_can_be_looked_at_and_what_is_further_is_today(self, away):
        asked = TODAY + away * DAY
        found = reception.day_from(asked.isoformat(), TODAY)
        assert found == (asked if abs(away) <= 60 else TODAY)

    @given(st.text())
    def test_any_text_is_a_day(self, text):
        assert abs((reception.day_from(text, TODAY) - TODAY).days) <= 60

    @pytest.mark.parametrize(
        ("day", "before", "after"),
        [
            (TODAY, "?dag=2026-11-15", "?dag=2026-11-17"),
            (date(2028, 2, 29), "?dag=2028-02-28", "?dag=2028-03-01"),
            (date(2026, 12, 31), "?dag=2026-12-30", "?dag=2027-01-01"),
            (date(2026, 3, 29), "?dag=2026-03-28", "?dag=2026-03-30"),
        ],
    )
    def test_the_day_before_and_the_day_after(self, day, before, after):
        """Over a new year, a leap day and the day the clocks go forward."""
        there = Row(today=day)
        context = reception.context([], day, there)
        assert (context["before"], context["after"], context["is_today"]) == (before, after, True)

    @pytest.mark.parametrize(
        ("away", "before", "after"), [(60, True, False), (-60, False, True), (59, True, True)]
    )
    def test_no_link_leads_past_the_last_day_that_can_be_looked_at(self, away, before, after):
        context = reception.context([], TODAY + away * DAY, actor())
        assert (bool(context["before"]), bool(context["after"])) == (before, after)


class TestTheWeek:
    @given(st.integers(0, 4000))
    def test_a_child_stands_in_the_longest_time_that_fits(self, quiet):
        found = _longest(TODAY - quiet * DAY, TODAY)
        fits = [days for days in UNTOUCHED_DAYS if quiet >= days]
        assert found == max(fits, default=min(UNTOUCHED_DAYS))

    def test_a_child_with_whom_nothing_ever_happened_has_waited_longest(self):
        assert _longest(None, TODAY) == max(UNTOUCHED_DAYS) == 90

    def found(self, untouched=(), turning=(), load=()) -> Week:
        quiet = {days: [] for days in UNTOUCHED_DAYS} | dict(untouched)
        return Week(quiet, {13: [], 16: [], 18: []} | dict(turning), list(load))

    def test_groups_without_a_child_are_left_out_and_the_longest_stands_first(self):
        """ux.md J2: «children not touched for 30/60/90 days»."""
        quiet = {30: [Untouched(child(), TODAY - 40 * DAY)], 90: [Untouched(child(), None)] * 2}
        titles = [one.title for one in week.untouched(actor(), self.found(quiet))]
        assert titles == ["2 barn: ingenting på minst 90 dagar", "1 barn: ingenting på minst 30 dagar"]

    @pytest.mark.parametrize(
        ("last", "when", "iso"),
        [(date(2026, 9, 1), "Senast tis 1 sep 2026", "2026-09-01"), (None, "Inget har hänt ännu", "")],
    )
    def test_since_when(self, last, when, iso):
        (group,) = week.untouched(actor(), self.found({90: [Untouched(child(), last)]}))
        (line,) = group.lines
        assert (line.name, line.age, line.when, line.iso) == ("Alva Berg", "10 år", when, iso)

    def test_of_a_protected_child_neither_name_age_nor_day(self):
        (group,) = week.untouched(actor(), self.found({90: [Untouched(SECRET, date(2026, 1, 1))]}))
        (line,) = group.lines
        assert (line.name, line.age, line.when, line.iso) == ("[Skyddade uppgifter]", "", "", "")

    def test_on_a_shared_screen_no_child_is_told_by_its_day(self):
        with sharing(True):
            (group,) = week.turning(actor(), self.found(turning={13: [child()]}))
        (line,) = group.lines
        assert (line.name, line.age, line.when, line.iso) == ("Barnet", "", "", "")

    @pytest.mark.parametrize(
        ("born", "years", "when"),
        [
            (date(2013, 12, 24), 13, "tors 24 dec 2026"),
            (date(2011, 2, 1), 16, "mån 1 feb 2027"),
            # Born on a leap day: the birthday is 28 February in other years (lag 1930:173 1 §).
            (date(2012, 2, 29), 13, "fre 28 feb 2025"),
            (date(2008, 2, 29), 16, "tors 29 feb 2024"),
        ],
    )
    def test_the_birthday_that_changes_something(self, born, years, when):
        (group,) = week.turning(actor(), self.found(turning={years: [child(birth_date=born)]}))
        assert group.title == f"Fyller {years} år inom sex månader"
        assert group.why.endswith(".")
        assert group.lines[0].when == when
        assert group.lines[0].iso == birthday(born, years).isoformat()

    def test_each_age_has_its_own_rule(self):
        every = {13: [child()], 16: [child()], 18: [child()]}
        assert len({one.why for one in week.turning(actor(), self.found(turning=every))}) == 3

    def test_what_nobody_has_is_called_so(self):
        rows = week.load(self.found(load=[Load("Karin Lund", 12, 3), Load("", 2, 2)]))
        assert [(one.name, one.is_nobody) for one in rows] == [
            ("Karin Lund", False),
            ("Ingen ansvarig", True),
        ]


class TestSearch:
    @pytest.mark.parametrize(
        ("n", "words"),
        [
            (1, "1 barn"),
            (20, "20 barn"),
            (21, "Fler än 20 barn. Skriv mer av namnet, eller hela personnumret."),
        ],
    )
    def test_how_many(self, n, words):
        found = [child()] * n
        assert search.how_many(found) == words
        assert len(search.hits(actor(), found)) == min(n, 20)

    def test_who_may_not_open_the_child_gets_no_link(self):
        assert search.hits(actor("search_child"), [child()])[0].href == ""
        assert search.hits(actor(), [child()])[0].href == f"/barn/{CHILD}/"

    def test_a_protected_child_found_by_number_tells_no_place(self):
        (hit,) = search.hits(actor(), [SECRET])
        assert (hit.name, hit.municipality) == ("[Skyddade uppgifter]", "")

    def test_on_a_shared_screen_a_hit_tells_neither_name_age_nor_birth(self):
        with sharing(True):
            (hit,) = search.hits(actor(), [child()])
        assert (hit.name, hit.age, hit.born) == ("Barnet", "", None)

    def form(self, **sent) -> SearchForm:
        return SearchForm(sent, today=TODAY)

    @pytest.mark.parametrize(
        ("number", "stored"),
        [
            ("20160312-2381", "201603122381"),
            ("160312-2381", "201603122381"),
            (" 2016 0312 2381 ", "201603122381"),
            ("su 20260312 k-07", "SU20260312K-07"),
            ("", ""),
        ],
    )
    def test_a_number_comes_out_in_its_stored_form(self, number, stored):
        form = self.form(number=number, name="Alva")
        assert form.is_valid()
        assert form.cleaned_data["number"] == stored

    @given(st.text(), st.text())
    def test_whatever_is_written_is_searched_for_or_told_what_to_write(self, number, name):
        """ux.md c5: «never show whether an unknown number exists»: the form asks nobody."""
        form = self.form(number=number, name=name)
        if form.is_valid():
            assert form.cleaned_data["number"] or len(form.cleaned_data["name"]) >= 2
        else:
            assert all(str(words).endswith(".") for errors in form.errors.values() for words in errors)

    @pytest.mark.parametrize("empty", [{}, {"number": "  "}, {"name": "\t"}, {"number": "", "name": " "}])
    def test_nothing_asks_for_one_of_the_two(self, empty):
        assert list(self.form(**empty).errors) == ["number"]


def note(**fields) -> Row:
    whole = {
        "pk": UUID(int=9), "text": "Hon sa: «Jag är rädd hemma»", "written_by": Row(name="Jonas Fors"),
        "unit": unit("Albackeskolan"), "written_at": NOW, "handed_at": None, "child": child(),
    }  # fmt: skip
    return Row(**(whole | fields))


HANDED = {
    "handed_at": NOW + timedelta(minutes=5),
    "handed_to": unit("Socialtjänsten Borås"),
    "handed_by": Row(name="Eva Strand"),
}


class TestConcern:
    """ux.md S28: a locked note, then handing it over; SoL 19:1, the duty to report."""

    def test_what_is_not_handed_over_asks_for_it_until_it_is(self):
        (line,) = concerns.own([note()], CHILD)
        assert (line.tone, line.state) == ("warn", "Inte lämnad till socialtjänsten")
        ((words, href),) = line.acts
        assert (words, str(UUID(int=9)) in href) == ("Anteckna att den är lämnad", True)

    def test_what_is_handed_over_says_to_whom_when_and_by_whom_and_asks_for_nothing(self):
        (line,) = concerns.own([note(**HANDED)], CHILD)
        assert (line.tone, line.acts) == ("lock", ())
        assert line.facts[-1] == ("Lämnad till Socialtjänsten Borås mån 16 nov 2026 kl. 10.05 av Eva Strand.")

    def test_the_childs_own_words_stand_as_they_were_written(self):
        (line,) = concerns.own([note()], CHILD)
        assert line.facts[0] == "Hon sa: «Jag är rädd hemma»"
        assert line.facts[1] == "Skriven av Jonas Fors, Albackeskolan, mån 16 nov 2026 kl. 10.00."

    def test_the_list_of_those_who_receive_tells_whom_it_is_about_but_not_what(self):
        (line,) = concerns.received([note(**HANDED)])
        assert "rädd" not in repr(line)
        (hidden,) = concerns.received([note(**HANDED, child=SECRET)])
        assert "Hemlig" not in repr(hidden)

    def test_whom_to_call_is_who_has_a_phone(self):
        units = [unit("A", phone="033-1", phone_hours="8–16"), unit("B")]
        assert concerns.phones(units) == [{"name": "A", "phone": "033-1", "hours": "8–16"}]


def hidden(field: Field, about: UUID = OURS, value="Hemligt", kind="Skola") -> HiddenField:
    return HiddenField(field, about, None, kind, value)


class TestHiddenFields:
    """domain.md 8.8: masked «Dolt»; revealed one field at a time, with a reason, logged."""

    def test_every_kind_of_field_has_its_word_in_the_address_and_back(self):
        assert set(protected.WORDS) <= set(Field)
        assert {protected.FIELDS[word] for word in protected.WORDS.values()} == set(protected.WORDS)
        assert all(word.isascii() and word.islower() for word in protected.FIELDS)

    def test_what_it_is_never_says_what_it_holds(self):
        every = [hidden(one) for one in protected.WORDS]
        for row in protected.rows(CHILD, every, may=True):
            assert "Hemligt" not in repr(row)

    def test_meetings_and_guardians_are_told_apart_by_a_number_that_says_nothing(self):
        found = [hidden(Field.GUARDIANS, OURS), hidden(Field.TIME), hidden(Field.GUARDIANS, THEIRS)]
        said = [one.what for one in protected.rows(CHILD, found, may=False)]
        assert said == [
            "Namn på vårdnadshavare 1",
            "Tid för möte 1",
            "Namn på vårdnadshavare 2",
        ]

    def test_who_may_not_reveal_gets_no_way_to(self):
        assert [one.href for one in protected.rows(CHILD, [hidden(Field.PHONE)], may=False)] == [""]
        (row,) = protected.rows(CHILD, [hidden(Field.PHONE)], may=True)
        assert row.href.endswith(f"/telefon/{OURS}/")

    def test_a_time_is_shown_by_swedish_clocks_and_the_rest_as_it_stands(self):
        assert protected.value(hidden(Field.TIME, value=NOW)) == "mån 16 nov 2026 kl. 10.00"
        assert protected.value(hidden(Field.PLACE, value="Rum 3")) == "Rum 3"

    @pytest.mark.parametrize("form", [ReasonForm, RevealForm])
    @pytest.mark.parametrize(
        ("reason", "told"),
        [
            ("", "till exempel"),
            ("    ", "till exempel"),
            ("abc", "minst 5 tecken"),
            ("  abc  ", "minst 5 tecken"),
            ("x" * 201, "högst 200 tecken"),
            ("Förbereder mötet", ""),
            ("x" * 200, ""),
        ],
    )
    def test_nothing_opens_without_a_reason_in_words(self, form, reason, told):
        errors = form({"reason": reason}).errors.get("reason", [""])
        assert told in errors[0]
        assert bool(told) is bool(errors[0])
