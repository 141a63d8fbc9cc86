"""What a guardian fills in: what is missing is told with its fix, what was written is kept, nothing is chosen
beforehand (ux.md c5: «both options same size and colour, no pre-tick, revocation as easy as giving»)."""

from datetime import date
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kring.portal.family import forms

BUM, SCHOOL = UUID(int=1), UUID(int=2)
UNITS = [(str(BUM), "BUM Borås"), (str(SCHOOL), "Skolan")]
A, B = str(BUM), str(SCHOOL)


def sent(**fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def told(form) -> dict[str, list[str]]:
    return {name: [str(words) for words in errors] for name, errors in form.errors.items()}


class TestTheCall:
    @pytest.mark.parametrize(
        ("answer", "reason", "errors"),
        [
            ("comes", "", {}),
            ("comes", "Vi kommer lite sent", {}),
            ("declines", "Jag arbetar då", {}),
            ("declines", "", {}),
            ("declines", "   ", {}),
            ("", "", {"answer": ["Välj om du kommer eller inte kan."]}),
            ("maybe", "", {"answer": ["Välj om du kommer eller inte kan."]}),
            ("comes", "x" * 301, {"reason": ["Skriv lite kortare, högst 300 tecken."]}),
        ],
    )
    def test_a_yes_and_a_no_weigh_the_same_and_neither_has_to_say_why(self, answer, reason, errors):
        assert told(forms.AnswerForm(sent(answer=answer, reason=reason))) == errors

    def test_nothing_is_chosen_beforehand(self):
        assert forms.AnswerForm()["answer"].value() is None


class TestSameDay:
    VISITS = [("1", "Mån"), ("2", "Tis"), ("3", "Ons")]

    def form(self, visits, **day) -> forms.SameDayForm:
        return forms.SameDayForm(sent(visits=visits, **day), visits=self.VISITS)

    DAY = {"on_0": "1", "on_1": "dec", "on_2": "2026"}

    @pytest.mark.parametrize(
        ("visits", "words"),
        [
            ([], "Välj minst två besök."),
            (["1"], "Välj minst två besök."),
            (["1", "9"], "Välj bland besöken i listan."),
            (["1", "3"], ""),
            (["1", "2", "3"], ""),
        ],
    )
    def test_two_visits_or_more_of_those_there_are(self, visits, words):
        errors = told(self.form(visits, **self.DAY)).get("visits", [""])
        assert errors == [words]

    def test_the_same_visit_twice_is_one_visit(self):
        assert told(self.form(["1", "1"], **self.DAY)) == {"visits": ["Välj minst två besök."]}

    def test_a_day_is_asked_for(self):
        assert told(self.form(["1", "2"]))["on"] == ["Ange datum, till exempel 1 12 2026."]


class TestConsent:
    def form(self, **said) -> forms.ConsentForm:
        return forms.ConsentForm(sent(**said), units=UNITS)

    def test_nothing_is_chosen_beforehand(self):
        form = forms.ConsentForm(units=UNITS)
        assert [form[name].value() for name in ("state", "plan", "appointment")] == [None, None, None]

    @pytest.mark.parametrize(
        ("said", "errors"),
        [
            ({}, {"state": ["Välj ja eller nej."]}),
            ({"state": "perhaps"}, {"state": ["Välj ja eller nej."]}),
            ({"state": "given"}, {"plan": ["Välj minst en som får se planen, eller svara nej."]}),
            ({"state": "given", "plan": [A]}, {}),
            ({"state": "refused"}, {}),
            # A no needs nothing more, whatever else is ticked.
            ({"state": "refused", "plan": [A]}, {}),
            ({"state": "given", "appointment": [A]}, {"plan": [
                "Välj minst en som får se planen, eller svara nej."
            ]}),
        ],
    )  # fmt: skip
    def test_a_yes_says_to_whom_and_a_no_needs_nothing_more(self, said, errors):
        assert told(self.form(**said)) == errors

    def test_somebody_who_is_not_in_the_plan_cannot_be_let_in(self):
        errors = told(self.form(state="given", plan=[A, "00000000-0000-4000-8000-000000000009"]))
        assert errors["plan"][0] == "Välj bland dem som är med i planen."

    @given(st.sets(st.sampled_from([A, B]), min_size=1), st.sets(st.sampled_from([A, B])))
    def test_a_yes_opens_what_was_ticked_and_nothing_else(self, plan, times):
        form = self.form(state="given", plan=sorted(plan), appointment=sorted(times))
        assert form.is_valid()
        expected = {(UUID(one), "plan") for one in plan} | {(UUID(one), "appointment") for one in times}
        assert form.cells() == expected

    @pytest.mark.parametrize(
        ("boxes", "day"),
        [
            ({}, None),
            ({"ends_on_0": "30", "ends_on_1": "juni", "ends_on_2": "2027"}, date(2027, 6, 30)),
        ],
    )
    def test_the_last_day_may_be_left_empty(self, boxes, day):
        form = self.form(state="given", plan=[A], **boxes)
        assert form.is_valid()
        assert form.cleaned_data["ends_on"] == day

    def test_half_a_day_is_no_day_and_what_was_written_stays(self):
        form = self.form(state="given", plan=[A], ends_on_0="31", ends_on_1="2", ends_on_2="2027")
        assert told(form)["ends_on"] == ["Ange ett datum som finns, till exempel 30 6 2027."]
        assert form["ends_on"].value() == ["31", "2", "2027"]


class TestAcrossProviders:
    def form(self, **said) -> forms.AcrossForm:
        return forms.AcrossForm(sent(**said), units=UNITS)

    @pytest.mark.parametrize(
        ("said", "errors"),
        [
            ({}, {"state": ["Välj ja eller nej."]}),
            ({"state": "given"}, {"units": ["Välj minst en som får läsa, eller svara nej."]}),
            ({"state": "given", "units": [A, "x"]}, {"units": [
                "Välj bland dem som står i listan.", "Välj minst en som får läsa, eller svara nej."
            ]}),
            ({"state": "given", "units": [A, B]}, {}),
            ({"state": "refused"}, {}),
        ],
    )  # fmt: skip
    def test_a_yes_is_to_somebody(self, said, errors):
        assert told(self.form(**said)) == errors

    def test_what_holds_now_is_shown_but_the_answer_is_never_chosen_beforehand(self):
        form = forms.AcrossForm(units=UNITS, now={"units": [A], "ends_on": date(2027, 1, 1)})
        assert form["state"].value() is None
        assert form["units"].value() == [A]


class TestSharing:
    @pytest.mark.parametrize(
        ("what", "words"),
        [
            ([], "Välj minst en sak, eller gå tillbaka och välj «Sluta dela»."),
            (["record"], "Välj bland det som står i listan."),
            (["plan"], ""),
            (["plan", "appointment"], ""),
        ],
    )
    def test_only_the_plan_and_the_times_can_be_shared_here(self, what, words):
        """A guardian never shares the record by ticking a box: that is another question (8.3)."""
        assert told(forms.ShareForm(sent(what=what))).get("what", [""]) == [words]


class TestWords:
    @pytest.mark.parametrize(
        ("make", "field", "missing"),
        [
            (lambda data: forms.RequestPlanForm(data, units=UNITS), "message", "Skriv med egna ord"),
            (forms.ProposeForm, "message", "Skriv vad ni vill ändra"),
        ],
        ids=["ask for a plan", "propose a change"],
    )
    def test_what_is_asked_for_is_asked_for_in_words_and_has_an_end(self, make, field, missing):
        assert told(make(sent(unit=A)))[field][0].startswith(missing)
        assert told(make(sent(unit=A, **{field: " \n "})))[field][0].startswith(missing)
        assert told(make(sent(unit=A, **{field: "x" * 2001})))[field] == [
            "Skriv lite kortare, högst 2000 tecken."
        ]
        assert field not in told(make(sent(unit=A, **{field: "x" * 2000})))

    def test_a_comment_on_a_version_may_be_left_out(self):
        assert forms.AcknowledgeForm(sent()).is_valid()

    @pytest.mark.parametrize("unit", ["", "x", "00000000-0000-4000-8000-000000000009"])
    def test_the_one_who_gets_the_question_is_one_of_those_there_are(self, unit):
        errors = told(forms.RequestPlanForm(sent(message="Hej", unit=unit), units=UNITS))
        assert errors == {"unit": ["Välj vem som ska få frågan."]}
