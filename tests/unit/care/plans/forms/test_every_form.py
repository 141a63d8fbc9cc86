"""Every form of the plan, field by field: what is missing or cannot be taken is told with its fix, and kept.

The cases come from the forms themselves, so a new field is tested the day it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import SimpleNamespace as Row
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.http import QueryDict

from kring import clock
from kring.care.plans.forms import closure, consent, content, follow_up, meeting, plan, summons
from kring.care.plans.forms.words import Choice, Several, Words
from kring.care.plans.models import Activity, Goal
from kring.clock import moment_on
from kring.design.fields import DayField

UNIT, PERSON, GOAL, CONTROLLER = (UUID(int=n) for n in range(1, 5))
PEOPLE = [("BUM", [(f"{UNIT}:", "BUM"), (f"{UNIT}:{PERSON}", "Peter")])]
COLLEAGUES = [(str(PERSON), "Peter")]
UNITS = [(str(UNIT), "BUM")]
READ, SLEEP = Goal(pk=GOAL, words="Läsa"), Goal(words="Sova")
DAY = date(2026, 12, 18)


@dataclass(frozen=True)
class Case:
    """A form, what fills it whole, what it then gives, and the words for what is missing."""

    make: Callable[..., Any]
    whole: dict[str, Any]
    given: dict[str, Any]
    missing: dict[str, str] = field(default_factory=dict)

    def sent(self, **changed: Any) -> Any:
        """The form as sent, whole but for what is changed; None leaves a field out."""
        return self.make(data(**(self.whole | changed)))


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def data(**fields: Any) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        if value is not None:
            made.setlist(name, value if isinstance(value, list) else [value])
    return made


DATE = "Ange datum, till exempel {}."
CHOOSE = "Välj ett av svaren."
TIME = "Ange tiden med timmar och minuter, till exempel 10.00."
MINUTES = "Ange mötets längd i minuter, mellan 15 och 240."
DESCRIBED = (
    "what_matters", "situation", "needed_efforts", "other_measures", "overall_responsible_id",
    "coordinator_id", "early_signs",
)  # fmt: skip
CALLED = {
    "child_takes_part": "a_while", "child_takes_part_words": "Med bild", "question": "Hur går det?",
    "minutes": "45", "place": "Skolan", "link": "https://mote.example/1", "adaptations": "Paus",
}  # fmt: skip
ENDED = {"reason": "moved", "words": "Ny region", "child_words": "Hej"}
NOTED = {
    "child_words": "Jag vill ha paus", "no_child_words_reason": "", "child_took_part": "a_while",
    "child_took_part_words": "Gick tidigt", "notes": "Vi ses",
}  # fmt: skip

CELLS = [("BUM", [(f"{UNIT}:plan", "Planen")])]
ANSWERED = {"state": "given", "cells": [f"{UNIT}:plan"], "form": "oral"}
ANSWERED |= boxes("starts_on", DAY) | boxes("ends_on", DAY)
SAID = {"state": "given", "cells": [(UNIT, "plan")], "form": "oral", "starts_on": DAY, "ends_on": DAY}

WHEN = {"minutes": "45", "place": "Rådhuset", "link": "https://mote.example.se/a"}
MOVED = WHEN | {"reason": "Tolken kan inte"}
CHOSEN = {"visibility": "not_child_until", "category": "violence"}
CHOSEN |= boxes("visible_to_child_from", DAY) | boxes("review_on", DAY)
READS = {
    "visibility": "not_child_until",
    "category": "violence",
    "visible_to_child_from": DAY,
    "review_on": DAY,
}

FORMS = {
    "start": Case(
        plan.StartForm,
        {"requested_by": "child", "kind": "sip", "situation": "Trött", "what_matters": "Orka"}
        | boxes("need_identified_on", DAY),
        {
            "requested_by": "child", "need_identified_on": DAY, "kind": "sip", "situation": "Trött",
            "what_matters": "Orka",
        },
        {
            "requested_by": "Välj vem som bad om planen.",
            "need_identified_on": DATE.format("9 11 2026"),
            "kind": "Välj vilken sorts plan det är.",
            "situation": "Skriv vad behovet är.",
        },
    ),
    "describe": Case(
        lambda sent=None: plan.DescribeForm(
            sent, names=DESCRIBED, controllers=[(str(CONTROLLER), "Borås")], people=COLLEAGUES
        ),
        dict.fromkeys(DESCRIBED, "Text")
        | {"overall_responsible_id": str(CONTROLLER), "coordinator_id": str(PERSON)},
        dict.fromkeys(DESCRIBED, "Text")
        | {"overall_responsible_id": str(CONTROLLER), "coordinator_id": str(PERSON)},
    ),
    "decline": Case(
        plan.DeclineForm, {"reason": "Finns redan"}, {"reason": "Finns redan"},
        {"reason": "Skriv skälet. Det sparas i planen."},
    ),
    "find unit": Case(
        plan.FindUnitForm, {"sok": "skola"}, {"sok": "skola"},
        {"sok": "Skriv en del av verksamhetens namn."},
    ),
    "party": Case(
        lambda sent=None: plan.PartyForm(sent, units=UNITS), {"unit_id": str(UNIT)}, {"unit_id": UNIT},
        {"unit_id": "Välj en verksamhet."},
    ),
    "contact": Case(
        lambda sent=None: plan.ContactForm(sent, people=COLLEAGUES), {"contact_id": str(PERSON)},
        {"contact_id": PERSON},
    ),
    "nothing now": Case(plan.NothingNowForm, {"words": "Avvaktar"}, {"words": "Avvaktar"}),
    "sure": Case(plan.SureForm, {}, {}),
    "need": Case(
        content.NeedForm, CHOSEN | {"area": "play", "text": "Lek"}, READS | {"area": "play", "text": "Lek"},
        {"area": "Välj vad behovet gäller.", "text": "Skriv vad barnet behöver."},
    ),
    "goal": Case(
        content.GoalForm, CHOSEN | {"words": "Läsa", "explanation": "Avkodning", "term": "long"},
        READS | {"words": "Läsa", "explanation": "Avkodning", "term": "long"},
        {"words": "Skriv målet med barnets egna ord.", "term": "Välj kort eller lång sikt."},
    ),
    "activity": Case(
        lambda sent=None: content.ActivityForm(sent, people=PEOPLE, goals=[(str(GOAL), "Läsa")]),
        {
            "what": "Ringa", "who": f"{UNIT}:{PERSON}", "responsible_words": "", "when_words": "varje dag",
            "goal_id": str(GOAL), "status": "planned",
        } | boxes("due_on", DAY) | CHOSEN,
        {
            "what": "Ringa", "responsible_words": "", "due_on": DAY, "when_words": "varje dag",
            "goal_id": GOAL, "status": "planned", "responsible": "unit", "responsible_unit_id": UNIT,
            "responsible_person_id": PERSON,
        } | READS,
        {"what": "Skriv vad som ska göras.", "who": "Välj vem som gör det.", "status": CHOOSE},
    ),
    "status": Case(
        content.StatusForm, {"status": "done"}, {"status": "done"}, {"status": "Välj hur det går."}
    ),
    "consent": Case(
        lambda sent=None: consent.ConsentForm(sent, cells=CELLS), ANSWERED,
        SAID | {"judged_mature": False}, {"state": CHOOSE, "form": "Välj hur svaret lämnades."},
    ),
    "consent, by who treats the child": Case(
        lambda sent=None: consent.ConsentForm(sent, cells=CELLS, judges=True),
        ANSWERED | {"judged_mature": "yes"}, SAID | {"judged_mature": True},
        {
            "state": CHOOSE, "form": "Välj hur svaret lämnades.",
            "judged_mature": "Välj om barnet är moget för frågan.",
        },
    ),
    "summons": Case(
        summons.SummonsForm, CALLED | {"time": "10.30"} | boxes("day", DAY),
        CALLED | {"minutes": 45, "starts_at": datetime(2026, 12, 18, 10, 30, tzinfo=clock.STOCKHOLM)},
        {
            "child_takes_part": "Fyll i «Så vill barnet vara med» innan kallelsen skickas.",
            "question": "Skriv vad mötet handlar om.",
            "minutes": MINUTES,
        },
    ),
    "send": Case(
        lambda sent=None: summons.SendForm(sent, units=UNITS), {"unit_ids": [str(UNIT)]}, {"unit_ids": [UNIT]}
    ),
    "answer": Case(
        summons.AnswerForm, {"answer": "substitute", "substitute": "Mia", "reason": ""},
        {"answer": "substitute", "substitute": "Mia", "reason": ""}, {"answer": CHOOSE},
    ),
    "family's answer": Case(
        lambda sent=None: summons.AnswerForm(sent, family=True), {"answer": "comes"}, {"answer": "comes"},
        {"answer": CHOOSE},
    ),
    "move a meeting": Case(
        summons.MoveForm, MOVED | {"time": "10.30"} | boxes("day", DAY),
        MOVED | {"minutes": 45, "starts_at": datetime(2026, 12, 18, 10, 30, tzinfo=clock.STOCKHOLM)},
        {
            "day": DATE.format("24 11 2026"), "time": TIME, "minutes": MINUTES,
            "reason": "Skriv skälet. Det sparas i planen.",
        },
    ),
    "when": Case(
        summons.WhenForm, WHEN | {"time": "10.30"} | boxes("day", DAY),
        WHEN | {"minutes": 45, "starts_at": datetime(2026, 12, 18, 10, 30, tzinfo=clock.STOCKHOLM)},
        {"day": DATE.format("24 11 2026"), "time": TIME, "minutes": MINUTES},
    ),
    "cancel": Case(
        summons.CancelForm, {"reason": "Sjuk"}, {"reason": "Sjuk"},
        {"reason": "Skriv skälet. Det sparas i planen."},
    ),
    "meeting": Case(
        lambda sent=None: meeting.MeetingForm(
            sent, invited=[(str(UNIT), "BUM")], people=COLLEAGUES, doers=PEOPLE,
            stored={"present": [], "names": ""},
        ),
        NOTED | {
            "present": [str(UNIT)], "names": "Tolken", "note_taker_id": str(PERSON), "what": "Ringa",
            "who": "family", "responsible_words": "morfar",
        } | boxes("due_on", DAY) | CHOSEN,
        NOTED | READS | {
            "present": [str(UNIT)], "names": "Tolken", "note_taker_id": str(PERSON), "what": "Ringa",
            "who": "family", "responsible_words": "morfar", "due_on": DAY,
        },
    ),
    "establish": Case(
        follow_up.EstablishForm, boxes("follow_up_on", DAY), {"follow_up_on": DAY},
        {"follow_up_on": DATE.format("2 2 2027")},
    ),
    "version": Case(follow_up.VersionForm, {"reason": "SIP-möte"}, {"reason": "SIP-möte"}),
    "follow up": Case(
        lambda sent=None: follow_up.FollowUpForm(sent, goals=[READ, SLEEP]),
        {
            "child_words": "Bra", "summary": "Går bra", f"status-{GOAL}": "reached",
            f"comment-{GOAL}": "Själv", f"status-{SLEEP.pk}": "changed", f"comment-{SLEEP.pk}": "",
        } | boxes("held_on", DAY) | boxes("next_on", DAY) | CHOSEN,
        READS | {
            "child_words": "Bra", "held_on": DAY, "summary": "Går bra", "next_on": DAY,
            "statuses": {GOAL: ("reached", "Själv"), SLEEP.pk: ("changed", "")},
        },
        {
            f"status-{GOAL}": "Välj hur det går med mål 1.",
            f"status-{SLEEP.pk}": "Välj hur det går med mål 2.",
        },
    ),
    "move": Case(
        follow_up.MoveForm, {"reason": "Sjuk"} | boxes("to", DAY), {"to": DAY, "reason": "Sjuk"},
        {"to": DATE.format("2 2 2027"), "reason": "Skriv skälet. Det sparas i planen."},
    ),
    "close": Case(
        closure.CloseForm,
        ENDED | {"child_listened": "5", "child_helped": ""} | CHOSEN,
        ENDED | {"child_listened": 5, "child_helped": None} | READS,
        {"reason": "Välj varför planen avslutas."},
    ),
}  # fmt: skip


def fields_of(kind: type) -> list[tuple[str, str]]:
    """(form, field) of every field of a kind."""
    return [
        (name, at)
        for name, case in FORMS.items()
        for at, one in case.make().fields.items()
        if isinstance(one, kind)
    ]


EVERY = pytest.mark.parametrize("name", FORMS)


def without(name: str, at: str) -> dict[str, Any]:
    """What leaves one field empty, however many boxes it has."""
    boxed = isinstance(FORMS[name].make().fields[at], DayField)
    return dict.fromkeys([f"{at}_0", f"{at}_1", f"{at}_2"]) if boxed else {at: None}


@EVERY
def test_what_is_whole_is_taken_and_given_as_the_command_wants_it(name):
    form = FORMS[name].sent()
    assert form.is_valid(), form.errors
    assert form.given() == FORMS[name].given


@EVERY
def test_what_must_be_there_is_what_the_table_says(name):
    required = {at for at, one in FORMS[name].make().fields.items() if one.required}
    assert required == set(FORMS[name].missing)


@pytest.mark.parametrize(("name", "at"), [(name, at) for name, case in FORMS.items() for at in case.missing])
def test_what_is_missing_is_asked_for_in_its_own_words_and_nothing_else_is(name, at):
    form = FORMS[name].sent(**without(name, at))
    assert {field: list(words) for field, words in form.errors.items()} == {at: [FORMS[name].missing[at]]}


OPTIONAL = [
    (name, at) for name, case in FORMS.items() for at, one in case.make().fields.items() if not one.required
]


@pytest.mark.parametrize(("name", "at"), OPTIONAL)
def test_what_need_not_be_there_can_be_left_out(name, at):
    more = {"what": None} if (name, at) == ("meeting", "who") else {}
    if name == "summons" and at in ("day", "time"):  # both, or neither
        more = without(name, "day") | without(name, "time")
    assert FORMS[name].sent(**(without(name, at) | more)).is_valid()


@pytest.mark.parametrize(("name", "at"), fields_of(Words))
def test_a_text_is_taken_to_its_last_character_and_never_cut(name, at):
    most = FORMS[name].make().fields[at].max_length
    assert FORMS[name].sent(**{at: "å" * most}).is_valid()
    long = "å" * (most + 1)
    form = FORMS[name].sent(**{at: long})
    assert form.errors == {at: [f"Skriv högst {most} tecken. Nu är det {most + 1}."]}
    assert form[at].value() == long, "what was written is still there"


@pytest.mark.parametrize(("name", "at"), fields_of(Words))
def test_a_character_that_cannot_be_stored_is_told_of_and_what_was_written_is_kept(name, at):
    form = FORMS[name].sent(**{at: "Hej\x00då"})
    assert form.errors == {at: ["Texten innehåller ett tecken som inte går att spara. Skriv om den delen."]}
    assert form[at].value() == "Hej\x00då"


@pytest.mark.parametrize("spaces", ["  ", "\n\t "])
@pytest.mark.parametrize(("name", "at"), fields_of(Words))
def test_spaces_alone_are_nothing(name, at, spaces):
    form = FORMS[name].sent(**{at: spaces})
    missing = FORMS[name].missing.get(at)
    told = form.errors.get(at, [])
    assert told == ([missing] if missing else [])


@pytest.mark.parametrize("value", ["x", "None", "<b>", "0"])
@pytest.mark.parametrize(("name", "at"), fields_of(Choice))
def test_a_choice_is_one_of_those_offered(name, at, value):
    form = FORMS[name].sent(**{at: value})
    one = form.fields[at]
    assert form.errors.get(at) == [str(one.error_messages["required"])]
    assert form[at].value() == value


@pytest.mark.parametrize(("name", "at"), fields_of(Several))
def test_each_of_several_is_one_of_those_offered(name, at):
    form = FORMS[name].sent(**{at: [*FORMS[name].whole[at], str(uuid4())]})
    assert len(form.errors[at]) == 1
    assert form.errors[at][0].startswith("Välj")


UNREAL = [
    ("31", "2", "2026"),
    ("0", "1", "2026"),
    ("18", "13", "2026"),
    ("18", "12", "26"),
    ("x", "12", "2026"),
    ("18", "", "2026"),
    ("18", "12", ""),
]


@pytest.mark.parametrize("parts", UNREAL)
@pytest.mark.parametrize(("name", "at"), fields_of(DayField))
def test_a_day_that_does_not_exist_is_told_and_its_boxes_are_kept(name, at, parts):
    form = FORMS[name].sent(**{f"{at}_{n}": part for n, part in enumerate(parts)})
    example = form.fields[at].example
    assert form.errors[at] == [f"Ange ett datum som finns, till exempel {example}."]
    assert form[at].value() == list(parts)
    html = str(form[at])
    assert all(f'value="{part}"' in html for part in parts if part)


@pytest.mark.parametrize("month", ["12", "dec", "december", "DECEMBER", "dec."])
@pytest.mark.parametrize(("name", "at"), fields_of(DayField))
def test_a_month_may_be_written_out(name, at, month):
    assert FORMS[name].sent(**{f"{at}_1": month}).is_valid()


@EVERY
def test_what_was_written_right_is_kept_beside_what_was_not(name):
    """Everything wrong at once: every field still shows what was sent in it."""
    form = FORMS[name].sent(**dict.fromkeys(FORMS[name].missing, ""))
    for at, one in form.fields.items():
        if at not in FORMS[name].missing and not isinstance(one, DayField):
            assert form[at].value() == FORMS[name].whole.get(at, "")


FORBIDDEN = ("ogiltig", "felaktig", "vänligen", "tyvärr", "oops", "fel format", "måste")


@EVERY
def test_no_word_of_a_form_scolds(name):
    texts = []
    for one in FORMS[name].make().fields.values():
        shown = [words for code, words in one.error_messages.items() if one.required or code != "required"]
        texts += [str(text) for text in (one.label, one.help_text, *shown)]
    assert not [text for text in texts for word in FORBIDDEN if word in text.lower()]


@EVERY
def test_every_field_has_its_question_in_words(name):
    for at, one in FORMS[name].make().fields.items():
        assert str(one.label).strip(), at
        assert "_" not in str(one.label)


# What a summons asks of its time, place and link


@pytest.mark.parametrize(
    ("minutes", "taken"),
    [
        ("15", True),
        ("240", True),
        ("14", False),
        ("241", False),
        ("", False),
        ("en timme", False),
        ("45.5", False),
    ],
)
def test_a_meeting_is_between_a_quarter_and_four_hours(minutes, taken):
    form = FORMS["summons"].sent(minutes=minutes)
    assert form.errors == ({} if taken else {"minutes": [MINUTES]})


@pytest.mark.parametrize(
    ("place", "link", "errors"),
    [
        ("Skolan", "", {}),
        ("", "https://mote.example/1", {}),
        ("", "", {"place": ["Ange en plats eller en länk till mötet."]}),
        ("", "nej", {"link": ["Skriv hela länken, till exempel https://mote.example.se/abc."]}),
        ("", "https://x.example/" + "a" * 200, {"link": ["Använd en länk med högst 200 tecken."]}),
    ],
)
def test_a_place_or_a_link_is_enough(place, link, errors):
    assert FORMS["summons"].sent(place=place, link=link).errors == errors


def test_a_place_is_asked_for_only_when_the_rest_is_there():
    """One thing at a time: first what is empty, then what follows from it."""
    assert set(FORMS["summons"].sent(place="", link="", question="").errors) == {"question"}


@pytest.mark.parametrize(
    ("on", "hour", "utc"),
    [
        (date(2026, 3, 28), time(12), "2026-03-28T11:00:00+00:00"),
        (date(2026, 3, 29), time(12), "2026-03-29T10:00:00+00:00"),
        (date(2026, 10, 24), time(12), "2026-10-24T10:00:00+00:00"),
        (date(2026, 10, 25), time(12), "2026-10-25T11:00:00+00:00"),
        (date(2026, 12, 31), time(23, 59), "2026-12-31T22:59:00+00:00"),
        (date(2027, 1, 1), time(0), "2026-12-31T23:00:00+00:00"),
    ],
)
def test_a_time_is_what_clocks_in_sweden_show_whatever_the_season(on, hour, utc):
    assert moment_on(on, hour).astimezone(UTC).isoformat() == utc


# What a stored row looks like in its form


def test_a_stored_summons_is_shown_in_swedish_time():
    late = datetime(2026, 12, 17, 23, 30, tzinfo=UTC)
    shown = summons.SummonsForm().of(Row(**CALLED, starts_at=late))
    assert (shown["day"], shown["time"]) == (DAY, time(0, 30))
    empty = summons.SummonsForm().of(Row(**CALLED, starts_at=None))
    assert (empty["day"], empty["time"]) == (None, None)


@pytest.mark.parametrize(
    ("row", "who", "goal"),
    [
        (Activity(responsible="unit", responsible_unit_id=UNIT, goal_id=GOAL), f"{UNIT}:", str(GOAL)),
        (Activity(responsible="family"), "family", ""),
    ],
)
def test_a_stored_activity_is_shown_as_it_would_be_chosen(row, who, goal):
    shown = FORMS["activity"].make().of(row)
    assert (shown["who"], shown["goal_id"]) == (who, goal)


@pytest.mark.parametrize("name", ["close", "follow up"])
def test_what_is_written_once_begins_empty(name):
    assert FORMS[name].make().of(Row()) == {}


def test_a_moved_follow_up_begins_at_its_day():
    assert follow_up.MoveForm().of(Row(follow_up_on=DAY)) == {"to": DAY}


@pytest.mark.parametrize(
    ("deciding", "what", "who", "errors"),
    [
        (False, "", "", {}),
        (False, "", "family", {}),
        (False, "Ringa", "", {"who": ["Välj vem som gör det."]}),
        (True, "", "", {"what": ["Skriv vad som ska göras."]}),
        (True, "Ringa", "family", {}),
        (True, "å" * 401, "family", {"what": ["Skriv högst 400 tecken. Nu är det 401."]}),
    ],
)
def test_a_decision_in_a_meeting_is_whole_or_not_there(deciding, what, who, errors):
    form = meeting.MeetingForm(
        data(what=what, who=who), invited=[], people=[], doers=PEOPLE, deciding=deciding,
        stored={"present": [], "names": ""},
    )  # fmt: skip
    assert form.errors == errors


def test_every_form_of_the_plan_is_in_the_table():
    written = {
        one for module in (closure, consent, content, follow_up, meeting, plan, summons)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, forms.Form) and one.__module__ == module.__name__
    }  # fmt: skip
    assert written == {type(case.make()) for case in FORMS.values()}
