"""The plan's fields: what they take, what they refuse, and that the words tell the fix."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.http import QueryDict

from kring.care.plans.forms import closure, consent, content, follow_up, meeting, plan, summons
from kring.care.plans.forms.words import PlanForm, Words
from kring.care.plans.models import Activity, Goal
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.refusals import WORDS
from kring.clock import moment_on

UNIT, PERSON = uuid4(), uuid4()
PEOPLE = [("BUM", [(f"{UNIT}:", "BUM"), (f"{UNIT}:{PERSON}", "Peter")])]


def data(**fields) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


def activity(**fields):
    whole = {"what": "Ringa", "who": "family", "status": "planned"} | fields
    return content.ActivityForm(data(**whole), people=PEOPLE)


class OneText(PlanForm):
    text = Words(most=10)


@pytest.mark.parametrize("text", ["kort", "0123456789", "åäö", "🙂"])
def test_a_text_that_fits_is_taken(text):
    assert OneText(data(text=text)).is_valid()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Skriv något i fältet."),
        ("   ", "Skriv något i fältet."),
        ("01234567890", "Skriv högst 10 tecken. Nu är det 11."),
        ("a\x00b", "Texten innehåller ett tecken som inte går att spara. Skriv om den delen."),
    ],
)
def test_a_text_that_does_not_is_told_why(text, words):
    assert OneText(data(text=text)).errors["text"] == [words]


def test_nothing_cuts_a_text_off_in_the_browser():
    assert "maxlength" not in str(OneText()["text"])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("family", {"responsible": "family"}),
        ("other", {"responsible": "third_party"}),
        (f"{UNIT}:", {"responsible": "unit", "responsible_unit_id": UNIT, "responsible_person_id": None}),
        (
            f"{UNIT}:{PERSON}",
            {"responsible": "unit", "responsible_unit_id": UNIT, "responsible_person_id": PERSON},
        ),
    ],
)
def test_who_is_one_list(who, expected):
    form = activity(who=who, responsible_words="x")
    assert form.is_valid(), form.errors
    assert expected.items() <= form.given().items()
    assert "who" not in form.given()


@pytest.mark.parametrize("who", ["", "x", f"{uuid4()}:", ":", f"{UNIT}:{uuid4()}", "\x00"])
def test_who_is_none_but_those_offered(who):
    assert activity(who=who).errors["who"] == ["Välj vem som gör det."]


@pytest.mark.parametrize(
    "row",
    [
        Activity(responsible="family"),
        Activity(responsible="third_party"),
        Activity(responsible="unit", responsible_unit_id=UNIT),
        Activity(responsible="unit", responsible_unit_id=UNIT, responsible_person_id=PERSON),
    ],
)
def test_a_stored_doer_is_shown_and_read_back_the_same(row):
    given = content.read_who(content.who_of(row))
    assert given["responsible"] == row.responsible
    assert given.get("responsible_unit_id") == row.responsible_unit_id
    assert given.get("responsible_person_id") == row.responsible_person_id


def test_the_quick_form_asks_only_who_what_when():
    form = content.ActivityForm(None, people=PEOPLE, quick=True)
    assert list(form.fields) == ["what", "who", "responsible_words", "due_on"]


def test_a_goal_of_another_plan_is_not_among_the_choices():
    form = content.ActivityForm(
        data(what="x", who="family", status="planned", goal_id=str(uuid4())), people=PEOPLE
    )
    assert "goal_id" in form.errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10", time(10)), ("10.30", time(10, 30)), ("10:30", time(10, 30)), ("8.05", time(8, 5))],
)
def test_times_are_read_as_people_write_them(text, expected):
    assert summons.ClockField().clean(text) == expected


@pytest.mark.parametrize("text", ["tio", "25", "10.75", "10.30.10.5", "\x00", "1" * 5000])
def test_other_times_are_told_how(text):
    form = summons.SummonsForm(data(time=text))
    assert form.errors["time"] == ["Ange tiden med timmar och minuter, till exempel 10.00."]


def test_a_meeting_is_a_moment_in_swedish_time():
    made = moment_on(date(2026, 11, 24), time(10))
    assert made.isoformat() == "2026-11-24T10:00:00+01:00"
    assert moment_on(date(2026, 7, 1), time(10)).isoformat() == "2026-07-01T10:00:00+02:00"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x", "inte en länk", "https://" + "a" * 300])
def test_only_a_web_address_is_a_link(link):
    assert summons.SummonsForm(data(link=link)).errors["link"]


def test_family_has_no_substitutes():
    values = [value for value, _ in summons.AnswerForm(None, family=True).fields["answer"].choices]
    assert values == ["comes", "declines"]


def test_staff_cannot_record_an_answer_as_given_in_the_portal():
    form = consent.ConsentForm(None, cells=[])
    assert [value for value, _ in form.fields["form"].choices] == ["oral", "written"]


def test_cells_are_pairs_of_unit_and_kind():
    cells = [(f"{UNIT}:plan", "Planen")]
    form = consent.ConsentForm(data(state="given", form="oral", cells=[f"{UNIT}:plan"]), cells=cells)
    assert form.is_valid()
    assert form.given()["cells"] == [(UNIT, "plan")]


def whole_meeting(**fields):
    lists = {
        "invited": [("a", "Barnet")],
        "people": [],
        "doers": PEOPLE,
        "stored": {"present": [], "names": ""},
    }
    return meeting.MeetingForm(data(**fields), **lists)


def test_a_half_written_meeting_can_be_saved():
    form = whole_meeting()
    assert form.is_valid()
    assert form.decided() is None
    assert form.written()["note_taker_id"] is None


def test_a_decision_needs_somebody():
    assert whole_meeting(what="Ringa").errors["who"] == ["Välj vem som gör det."]


def test_a_decision_is_kept_whichever_button_was_pressed():
    form = whole_meeting(what="Ringa", who=f"{UNIT}:{PERSON}")
    assert form.is_valid()
    assert form.decided()["responsible_person_id"] == PERSON


def test_others_who_were_there_are_one_name_a_line_and_not_hundreds():
    form = whole_meeting(names="Tolken\nFarmor\n")
    assert form.is_valid()
    assert form.attendance()["names"] == ["Tolken", "Farmor"]
    many = whole_meeting(names="a\n" * 200)
    assert many.is_valid()
    assert len(many.attendance()["names"]) == 30


def test_what_ends_a_meeting_is_not_called_voluntary():
    form = whole_meeting()
    assert form.is_valid()
    form.mark_asked()
    assert form.fields["child_words"].required
    assert not form.fields["notes"].required


def test_each_goal_has_its_own_two_fields():
    goals = [Goal(words="Läsa"), Goal(words="Sova")]
    form = follow_up.FollowUpForm(data(), goals=goals)
    assert [goal.words for goal, _, _ in form.rows()] == ["Läsa", "Sova"]
    assert form.errors[f"status-{goals[1].pk}"] == ["Välj hur det går med mål 2."]


@pytest.mark.parametrize(("said", "face"), [("5", 5), ("1", 1), ("", None)])
def test_faces_are_numbers_or_nothing(said, face):
    form = closure.CloseForm(data(reason="moved", child_listened=said))
    assert form.is_valid()
    assert form.given()["child_listened"] == face
    assert form.given()["child_helped"] is None


def test_a_part_of_the_plan_asks_only_for_itself():
    form = plan.DescribeForm(data(situation="Lugnt", early_signs="Tyst"), names=("situation",))
    assert form.is_valid()
    assert form.given() == {"situation": "Lugnt"}


def test_no_responsible_chosen_is_none():
    form = plan.DescribeForm(data(overall_responsible_id=""), names=("overall_responsible_id",))
    assert form.is_valid()
    assert form.given() == {"overall_responsible_id": None}


def forms():
    goals = [Goal(words="Läsa")]
    return [
        plan.StartForm(), plan.DescribeForm(names=("situation",)), plan.DeclineForm(), plan.NothingNowForm(),
        plan.PartyForm(units=[]), content.NeedForm(), content.GoalForm(), content.StatusForm(),
        content.ActivityForm(people=[]), consent.ConsentForm(cells=[]), summons.SummonsForm(),
        summons.SendForm(units=[]), summons.AnswerForm(), summons.CancelForm(), follow_up.EstablishForm(),
        follow_up.VersionForm(), follow_up.FollowUpForm(goals=goals), follow_up.MoveForm(),
        closure.CloseForm(),
    ]  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(WORDS) - {"gaps", "consent_waiting", "party_not_consented"}))
def test_every_refusal_finds_its_place_in_every_form(code):
    """At its field when the form has it, and otherwise on top: never lost, never a fault."""
    for form in forms():
        form.data, form.is_bound = QueryDict(), True
        form.is_valid()
        form.cleaned_data = dict.fromkeys(form.fields)
        form.refuse(Refusal(code))
        assert Refusal(code).message in [words for several in form.errors.values() for words in several]
