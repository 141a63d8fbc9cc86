"""Meetings in words: how a summons stands, its pictures, and who was there."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest

from kring.care.plans.models import Invitation, Summons, TakesPart, TookPart
from kring.care.plans.presenters import meetings
from kring.care.plans.presenters.child import Names
from kring.design.symbols import WORDS

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ACTOR = Row(today=date(2026, 11, 16), unit_id=uuid4(), may=lambda permission: True)
NOBODY = Names([], False)


class Many(list):
    def all(self):
        return self


def summons(invitations=(), **fields):
    whole = {
        "pk": uuid4(), "starts_at": datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "sent_at": NOW,
        "is_asking": False, "cancelled_at": None,
        "minutes": 45, "place": "Grupprum Eken", "link": "", "question": "Hur går det?",
        "adaptations": "",
        "child_takes_part": "a_while", "child_takes_part_words": "", "child_said_itself": False,
        "invitations": Many(invitations), "get_child_takes_part_display": lambda: "En stund",
        "plan": Row(child=Row(name="Alva Berg", protection="none")),
    }  # fmt: skip
    return Row(**(whole | fields))


def invitation(answer="none", **fields):
    row = Invitation(answer=answer)
    return Row(**({"answer": answer, "unit": None, "unit_id": None, "guardian_id": None, "is_child": False,
                   "reason": "", "substitute": "", "pk": uuid4(),
                   "get_answer_display": row.get_answer_display} | fields))  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"cancelled_at": NOW}, "Inställt"),
        ({"sent_at": None}, "Utkast, inte skickad"),
        ({"meeting": Row(ended_at=NOW)}, "Mötet är hållet"),
        ({"meeting": Row(ended_at=None)}, "Mötet pågår"),
        ({"starts_at": datetime(2026, 11, 10, 9, 0, tzinfo=UTC)}, "Mötet blev inte av"),
        ({}, "Alla har svarat"),
        ({"invitations": Many([invitation()])}, "1 har inte svarat"),
        ({"invitations": Many([invitation(), invitation(), invitation("comes")])}, "2 har inte svarat"),
    ],
)
def test_how_a_summons_stands(fields, state):
    assert meetings.state_of(summons(**fields), ACTOR)[1] == state


def test_the_list_puts_what_waits_for_us_first():
    waiting = summons([invitation(unit_id=ACTOR.unit_id)])
    answered = summons([invitation("comes", unit_id=ACTOR.unit_id)])
    gone = summons(starts_at=datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
    lists = meetings.lists([gone, answered, waiting], ACTOR, hidden=False)
    assert [len(group) for group in (lists.to_answer, lists.coming, lists.past)] == [1, 1, 1]
    assert lists.to_answer[0].near == "Om 8 dagar"


def test_a_meeting_that_goes_on_is_not_past():
    long_gone = summons(starts_at=datetime(2026, 11, 10, 9, 0, tzinfo=UTC), meeting=Row(ended_at=None))
    assert len(meetings.lists([long_gone], ACTOR, hidden=False).coming) == 1


def test_names_in_the_list_are_hidden_or_masked():
    assert meetings.lists([summons()], ACTOR, hidden=True).coming[0].child == "Barnet"
    guarded = summons(plan=Row(child=Row(name="Sigrid Lind", protection="flag")))
    row = meetings.lists([guarded], ACTOR, hidden=False).coming[0]
    assert (row.child, row.question, row.place) == ("Skyddade personuppgifter", "", "Dolt")


def test_the_facts_begin_with_how_the_child_wants_to_take_part():
    rows = meetings.facts(summons(child_takes_part_words="Med bild först", child_said_itself=True))
    assert rows[0] == {
        "label": "Så vill barnet vara med",
        "value": "En stund (barnet har själv svarat). Den som kallar har skrivit: «Med bild först»",
    }
    assert rows[2]["value"] == "tis 24 nov 2026 kl. 10.00, 45 minuter"


def test_a_wish_that_is_not_there_is_said_to_be_missing():
    assert meetings.wish(summons(child_takes_part="")) == "Inte ifyllt än"


def test_a_link_is_a_fact_only_when_there_is_one():
    assert len(meetings.facts(summons(link="https://mote.example.se"))) == len(meetings.facts(summons())) + 1
    assert meetings.place(summons(place="", link="https://mote.example.se")) == "På skärm"
    assert meetings.place(summons(place="")) == "Inte bestämt än"


def test_the_invitation_in_pictures():
    strip = meetings.strip(summons())
    assert [name for name, _ in strip] == ["calendar", "clock", "way", "a-while", "a-while"]
    assert [word for _, word in strip][1:] == ["Klockan 10.", "Grupprum Eken", "45 minuter", "En stund"]
    assert all(name in WORDS for name, _ in strip)
    assert meetings.strip(summons(starts_at=None)) == []


def test_a_meeting_on_a_screen_has_a_screen():
    assert ("computer", "På skärm") in meetings.strip(summons(place="", link="https://mote.example.se"))


def test_every_way_of_taking_part_has_a_picture():
    assert set(meetings.TAKES_PART_PICTURES) == set(TakesPart.values)
    assert set(meetings.TOOK_PART_PICTURES) == set(TookPart.values)
    assert set(meetings.TAKES_PART_PICTURES.values()) <= set(WORDS)


def test_every_answer_has_a_mark():
    assert set(meetings.ANSWER_MARKS) == set(Invitation.Answer.values)


def test_the_child_stands_first_among_the_invited_and_has_nothing_to_answer():
    rows = [
        invitation(unit=Row(name="Skolan"), unit_id=uuid4()),
        invitation(guardian_id=uuid4()),
        invitation("comes", is_child=True),
    ]
    shown = meetings.invited(summons(rows), ACTOR, NOBODY, in_charge=True)
    assert [one.name for one in shown] == ["Barnet", "Tidigare vårdnadshavare", "Skolan"]
    assert [bool(one.answer_href) for one in shown] == [False, True, False]
    assert shown[0].answer == "Barnet har sagt hur"


def test_nobody_answers_a_meeting_that_is_called_off():
    own = invitation(unit=Row(name="Vi"), unit_id=ACTOR.unit_id)
    assert meetings.invited(summons([own]), ACTOR, NOBODY, in_charge=False)[0].answer_href
    off = summons([own], cancelled_at=NOW)
    assert not meetings.invited(off, ACTOR, NOBODY, in_charge=False)[0].answer_href


def test_who_was_there_by_name():
    there = [
        Row(unit=Row(name="Skolan"), name="Mia Ro", guardian_id=None, is_child=False),
        Row(unit=Row(name="BUM"), name="", guardian_id=None, is_child=False),
        Row(unit=None, name="", guardian_id=None, is_child=True),
        Row(unit=None, name="Tolken", guardian_id=None, is_child=False),
    ]
    meeting = Row(attendances=Many(there))
    assert meetings.attendees(meeting, NOBODY) == ["Skolan (Mia Ro)", "BUM", "Barnet", "Tolken"]


def test_the_agenda_begins_with_the_childs_words():
    assert meetings.agenda()[0] == ("#barnet", "Barnets ord")


def test_a_held_meeting_says_from_and_to():
    held = Row(started_at=NOW, ended_at=datetime(2026, 11, 16, 10, 5, tzinfo=UTC))
    assert meetings.held(held) == "mån 16 nov 2026 kl. 10.00–11.05"


def test_minutes_are_counted_in_the_words_of_the_model():
    assert Summons._meta.get_field("minutes").default == 60
