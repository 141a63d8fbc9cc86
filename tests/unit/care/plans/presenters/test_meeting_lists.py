"""The lists of meetings: what waits, what is coming, what has been; who is called and may do what."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.care.plans.presenters import meetings
from tests.unit.care.plans.presenters import rows
from tests.unit.care.plans.presenters.rows import MARIA, NAMES, NOW, OUR_UNIT, THEIR_UNIT, actor

ALVA = Row(child=Row(name="Alva Berg", protection="none"))
GUARDED = Row(child=Row(name="Sigrid Lind", protection="flag"))


def summons(*invitations, **fields):
    return rows.summons(*invitations, **({"of": ALVA} | fields))


def own(answer="none", **fields):
    return rows.invitation(unit=OUR_UNIT, answer=answer, **fields)


def theirs(answer="none", **fields):
    return rows.invitation(unit=THEIR_UNIT, answer=answer, **fields)


def at(day, hour=9):
    return datetime(2026, 11, day, hour, 0, tzinfo=UTC)


def group_of(one, who=None):
    """Which of the three lists a summons stands in."""
    found = meetings.lists([one], who or actor(), hidden=False)
    return next(name for name in ("to_answer", "coming", "past") if getattr(found, name))


GOING, ENDED = Row(ended_at=None), Row(ended_at=NOW)


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        # The unit's own answer is what makes it wait.
        ({"invitations": [own()]}, "to_answer"),
        ({"invitations": [own("comes")]}, "coming"),
        ({"invitations": [own("declines")]}, "coming"),
        ({"invitations": [theirs()]}, "coming"),
        ({"invitations": []}, "coming"),
        # The day itself is not past, however late in the day it is.
        ({"starts_at": at(16, 1), "invitations": []}, "coming"),
        ({"starts_at": at(15), "invitations": []}, "past"),
        ({"starts_at": at(15), "invitations": [own()]}, "past"),
        # 15 November 23.30 in UTC is the 16th in Sweden.
        ({"starts_at": at(15, 23), "invitations": []}, "coming"),
        ({"cancelled_at": NOW, "invitations": [own()]}, "past"),
        ({"meeting": ENDED, "invitations": [own()]}, "past"),
        ({"meeting": GOING, "starts_at": at(10), "invitations": [own("comes")]}, "coming"),
        ({"meeting": GOING, "cancelled_at": NOW, "invitations": []}, "past"),
    ],
)
def test_each_summons_stands_in_one_list(fields, group):
    invitations = fields.pop("invitations")
    assert group_of(summons(*invitations, **fields)) == group


def test_what_has_been_stands_the_latest_first_and_what_comes_the_soonest_first():
    days = (3, 9, 20, 27)
    found = meetings.lists([summons(starts_at=at(day)) for day in days], actor(), hidden=False)
    assert [row.iso[8:10] for row in found.coming] == ["20", "27"]
    assert [row.iso[8:10] for row in found.past] == ["09", "03"]


def row_of(one, hidden=False):
    return meetings.lists([one], actor(), hidden).coming[0]


def test_a_row_says_when_who_what_and_where():
    one = summons(question="Hur orkar Alva?", starts_at=at(17))
    row = row_of(one)
    assert (row.when, row.near) == ("tis 17 nov 2026 kl. 10.00", "I morgon")
    assert (row.child, row.question, row.place) == ("Alva Berg", "Hur orkar Alva?", "Biblioteket")
    assert row.href == reverse("summons", args=[one.pk])
    assert row.iso == "2026-11-17T09:00:00+00:00"


@pytest.mark.parametrize(
    ("of", "hidden", "child", "question", "place"),
    [
        (ALVA, False, "Alva Berg", "Hur går det i skolan?", "Biblioteket"),
        (ALVA, True, "Barnet", "Hur går det i skolan?", "Biblioteket"),
        (GUARDED, False, "Skyddade personuppgifter", "", "Dolt"),
        (GUARDED, True, "Skyddade personuppgifter", "", "Dolt"),
    ],
)
def test_what_a_shared_screen_and_a_protected_identity_hide(of, hidden, child, question, place):
    row = row_of(summons(of=of), hidden)
    assert (row.child, row.question, row.place) == (child, question, place)


@pytest.mark.parametrize(
    ("place", "link", "shown"),
    [
        ("Skolan", "", "Skolan"),
        ("Skolan", "https://mote.example/1", "Skolan"),
        ("", "https://mote.example/1", "På skärm"),
        ("", "", "Inte bestämt än"),
    ],
)
def test_where_it_is_held(place, link, shown):
    assert meetings.place(summons(place=place, link=link)) == shown


@pytest.mark.parametrize(
    ("day", "mark", "words"),
    [
        (15, "overdue", "Mötet blev inte av"),
        (16, "waiting", "1 har inte svarat"),
        (17, "waiting", "1 har inte svarat"),
    ],
)
def test_a_meeting_that_never_was_is_told_the_day_after(day, mark, words):
    assert meetings.state_of(summons(theirs(), starts_at=at(day)), actor()) == (mark, words)


# Who is called


def shown(*invitations, who=None, in_charge=True, **fields):
    return meetings.invited(summons(*invitations, **fields), who or actor(), NAMES, in_charge)


CHILD = {"is_child": True, "answer": "comes", "reason": "a_while"}


def test_the_child_the_family_and_the_units_in_that_order():
    found = shown(theirs(), rows.invitation(guardian_id=MARIA.pk), rows.invitation(**CHILD), own("comes"))
    assert [(one.name, one.role, one.icon, one.own) for one in found] == [
        ("Barnet", "", "person", False),
        ("Maria Berg", "Vårdnadshavare", "person", False),
        ("Skolan", "Verksamhet", "building", False),
        ("BUM", "Verksamhet", "building", True),
    ]


@pytest.mark.parametrize(
    ("answer", "more", "mark", "words", "told"),
    [
        ("none", {}, "waiting", "Har inte svarat", ""),
        ("comes", {}, "done", "Kommer", ""),
        ("substitute", {"substitute": "Mia Ro"}, "done", "Skickar ersättare", "Mia Ro"),
        ("declines", {"reason": "Utbildningsdag"}, "blocked", "Kan inte", "Utbildningsdag"),
    ],
)
def test_each_answer_in_mark_and_words(answer, more, mark, words, told):
    (one,) = shown(theirs(answer, **more))
    assert (one.mark, one.answer, one.more) == (mark, words, told)


def test_the_child_has_said_how_and_its_choice_is_no_reason_to_show():
    (one,) = shown(rows.invitation(**(CHILD | {"answer": "none"})))
    assert (one.mark, one.answer, one.more) == ("done", "Barnet har sagt hur", "")


FAMILY = {"guardian_id": MARIA.pk}


@pytest.mark.parametrize(
    ("of", "in_charge", "who", "may"),
    [
        ({"unit": OUR_UNIT}, False, actor(), True),
        ({"unit": OUR_UNIT}, True, actor(), True),
        ({"unit": THEIR_UNIT}, True, actor(), False),
        # Only the unit in charge writes the family's spoken answer in, and nobody the child's.
        (FAMILY, True, actor(), True),
        (FAMILY, False, actor(), False),
        ({"is_child": True}, True, actor(), False),
        ({"unit": OUR_UNIT}, True, actor("see_plan"), False),
        (FAMILY, True, actor("see_plan"), False),
        # The family's own pages have their own way to answer.
        (FAMILY, False, actor(unit_id=None), False),
        ({"is_child": True}, False, actor(unit_id=None), False),
    ],
)
def test_who_may_answer_for_whom(of, in_charge, who, may):
    (one,) = shown(rows.invitation(**of), who=who, in_charge=in_charge)
    assert bool(one.answer_href) == may


@pytest.mark.parametrize("fields", [{"cancelled_at": NOW}, {"meeting": GOING}, {"meeting": ENDED}])
def test_nobody_answers_what_is_called_off_or_has_begun(fields):
    assert {one.answer_href for one in shown(own(), rows.invitation(**FAMILY), **fields)} == {""}


def test_somebody_without_a_unit_is_never_taken_for_a_family_s_own_unit():
    """A guardian has no unit, and neither has the guardian's invitation: that is no likeness."""
    (one,) = shown(rows.invitation(**FAMILY), who=actor(unit_id=None))
    assert not one.own


# The summons in facts and pictures


def fact(label, **fields):
    return {row["label"]: row["value"] for row in meetings.facts(summons(**fields))}[label]


@pytest.mark.parametrize(
    ("label", "fields", "value"),
    [
        ("Mötet handlar om", {}, "Hur går det i skolan?"),
        ("När", {}, "tis 24 nov 2026 kl. 10.00, 60 minuter"),
        ("När", {"starts_at": None}, "Ingen tid satt"),
        ("Var", {"place": "", "link": "https://mote.example/1"}, "På skärm"),
        ("Länk", {"link": "https://mote.example/1"}, "https://mote.example/1"),
        ("Anpassningar", {"adaptations": "Bildstöd"}, "Bildstöd"),
        ("Anpassningar", {"adaptations": ""}, "Inga särskilda"),
        ("Så vill barnet vara med", {}, "En stund"),
        ("Så vill barnet vara med", {"child_takes_part": ""}, "Inte ifyllt än"),
        ("Så vill barnet vara med", {"child_takes_part_words": "Med bild"}, "En stund «Med bild»"),
        ("Så vill barnet vara med", {"child_said_itself": True}, "En stund (barnet har själv svarat)"),
    ],
)
def test_each_fact_of_a_summons(label, fields, value):
    assert fact(label, **fields) == value


@pytest.mark.parametrize(
    ("place", "link", "where"),
    [
        ("Skolan", "", ("school", "Skolan")),
        ("Skolan", "https://mote.example/1", ("school", "Skolan")),
        ("BUM", "", ("hospital", "BUM")),
        ("Stadshuset", "", ("way", "Stadshuset")),
        ("", "https://mote.example/1", ("computer", "På skärm")),
    ],
)
def test_the_picture_of_where(place, link, where):
    assert meetings.strip(summons(place=place, link=link))[2] == where


@pytest.mark.parametrize("minutes", [1, 45])
def test_how_long_in_words(minutes):
    assert ("a-while", "1 minut" if minutes == 1 else "45 minuter") in meetings.strip(
        summons(minutes=minutes)
    )


def test_a_wish_that_is_not_known_has_no_picture():
    assert len(meetings.strip(summons(child_takes_part=""))) == len(meetings.strip(summons())) - 1


# The plan's own list


def of_plan(one, *held, in_charge=True):
    content = rows.content(
        summonses=[rows.called(one)], meetings=[Row(meeting=row) for row in held], in_charge=in_charge
    )
    (row,) = meetings.of_plan(content, actor())
    return row


def ended(of):
    return rows.meeting(of=of, ended_at=NOW + timedelta(hours=1))


def test_each_state_of_a_meeting_has_one_way_on():
    sent, draft = summons(), summons(sent_at=None)
    going, over = rows.meeting(of=sent), ended(sent)
    table = [
        (of_plan(sent), reverse("summons", args=[sent.pk]), "Kallelse och svar"),
        (of_plan(sent, going), reverse("meeting", args=[going.pk]), "Till mötet"),
        (of_plan(sent, over), reverse("meeting-after", args=[over.pk]), "Vad som bestämdes"),
        (of_plan(draft), reverse("summons-check", args=[draft.pk]), "Fortsätt med kallelsen"),
        (of_plan(draft, in_charge=False), reverse("summons", args=[draft.pk]), "Kallelse och svar"),
    ]
    assert [(row.href, row.action) for row, _href, _action in table] == [pair[1:] for pair in table]


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (summons(), ("done", "Alla har svarat")),
        (summons(theirs()), ("waiting", "1 har inte svarat")),
        (summons(sent_at=None), ("draft", "Utkast, inte skickad")),
        (summons(sent_at=None, starts_at=None), ("draft", "Utkast, inte skickad")),
        (summons(starts_at=None), ("draft", "Utkast")),
        (summons(cancelled_at=NOW), ("blocked", "Inställt")),
    ],
)
def test_how_each_stands_in_the_plan_s_list(one, state):
    row = of_plan(one)
    assert (row.mark, row.state) == state


def test_a_meeting_that_is_held_or_goes_on_is_said_so():
    one = summons(theirs())
    assert (of_plan(one, ended(one)).mark, of_plan(one, ended(one)).state) == ("done", "Mötet är hållet")
    assert (of_plan(one, rows.meeting(of=one)).mark, of_plan(one, rows.meeting(of=one)).state) == (
        "running",
        "Mötet pågår",
    )


def test_another_summons_meeting_is_not_this_one_s():
    assert of_plan(summons(theirs()), ended(summons())).state == "1 har inte svarat"


def test_the_plan_s_list_is_the_latest_first_and_says_when_no_time_is_set():
    early, late, untold = (
        summons(starts_at=at(3)),
        summons(starts_at=at(24)),
        summons(starts_at=None, sent_at=None),
    )
    content = rows.content(summonses=[rows.called(one) for one in (early, late, untold)])
    assert [(row.when, row.iso[:10]) for row in meetings.of_plan(content, actor())] == [
        ("Ingen tid satt", ""),
        ("tis 24 nov 2026 kl. 10.00", "2026-11-24"),
        ("tis 3 nov 2026 kl. 10.00", "2026-11-03"),
    ]


# Who was there


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (rows.present(unit=THEIR_UNIT), "Skolan"),
        (rows.present(unit=THEIR_UNIT, name="Mia Ro"), "Skolan (Mia Ro)"),
        (rows.present(guardian_id=MARIA.pk), "Maria Berg"),
        (rows.present(guardian_id=uuid4()), "Tidigare vårdnadshavare"),
        (rows.present(is_child=True), "Barnet"),
        (rows.present(name="Tolken"), "Tolken"),
    ],
)
def test_each_who_was_there_by_name(one, name):
    assert meetings.attendees(rows.meeting(one), NAMES) == [name]


def test_a_meeting_that_goes_on_has_no_end():
    assert meetings.held(rows.meeting()) == "mån 16 nov 2026 kl. 10.00"


def test_summer_time_is_swedish_time():
    july = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
    assert meetings.when(summons(starts_at=july)) == "tors 1 jul 2027 kl. 10.00, 60 minuter"
    assert meetings._day(summons(starts_at=datetime(2027, 6, 30, 22, 30, tzinfo=UTC))) == date(2027, 7, 1)
