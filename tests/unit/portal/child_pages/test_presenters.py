"""The words of the child's pages, from rows that stand in for the real ones."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.utils import translation

from kring.portal.child_pages import presenters
from kring.portal.child_pages.presenters.people import dialled
from kring.portal.child_pages.presenters.plan import does
from kring.portal.child_pages.rules import EARLY, MIDDLE, YOUNG, answer_by
from kring.portal.child_pages.steps import step_numbered
from kring.portal.child_pages.words import words_for

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = words_for(MIDDLE)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def summons(**more) -> Row:
    return Row(**({"starts_at": AT, "place": "Rum 12", "link": "", "minutes": 45} | more))


def visit(**more) -> Row:
    return Row(**({"starts_at": AT, "what": "Träning hos logopeden"} | more))


def activity(**more) -> dict:
    fields = {
        "what": "träna med bilder",
        "responsible": "unit",
        "responsible_unit": "Logopedin",
        "responsible_person": "Sara Nyman",
        "responsible_words": "",
        "when_words": "varje tisdag",
        "due_on": "",
        "status": "planned",
        "goal": "g1",
    }
    return fields | more


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Träna med bilder. Sara hjälper dig. Varje tisdag."),
        ({"when_words": ""}, "Träna med bilder. Sara hjälper dig."),
        (
            {"when_words": "", "due_on": "2026-12-01"},
            "Träna med bilder. Sara hjälper dig. Senast 1 december 2026.",
        ),
        ({"responsible_person": ""}, "Träna med bilder. Logopedin hjälper dig. Varje tisdag."),
        ({"responsible": "family"}, "Träna med bilder. Ni gör det hemma. Varje tisdag."),
        (
            {"responsible": "third_party", "responsible_person": "", "responsible_words": "Simskolan"},
            "Träna med bilder. Simskolan hjälper dig. Varje tisdag.",
        ),
        ({"what": "Kul!", "responsible_person": "", "responsible_unit": "", "when_words": ""}, "Kul!"),
    ],
)
def test_who_helps_in_short_whole_sentences(changes, said):
    assert does(activity(**changes)) == said


def version(goals=(), activities=(), **about) -> Row:
    content = {
        "plan": {"what_matters": "Prata klart", "follow_up_on": "", **about},
        "goals": list(goals),
        "activities": list(activities),
    }
    return Row(pk=uuid4(), content=content)


def goal(key: str = "g1", status: str = "on_the_way") -> dict:
    return {"id": key, "words": "Jag vill sova gott", "status": status}


def test_no_plan_is_a_page_of_its_own():
    assert not presenters.plan_page(None, None, False, WORDS).exists


def test_a_plan_that_is_being_made_shows_only_the_child_s_words():
    page = presenters.plan_page(Row(what_matters="Prata klart"), None, False, WORDS)
    assert (page.exists, page.matters, page.goals, page.version) == (True, "Prata klart", (), "")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("not_started", "Vi har inte börjat än."),
        ("on_the_way", "Du är på väg."),
        ("reached", "Det här har du klarat!"),
        ("changed", "Det här behöver vi ändra."),
    ],
)
def test_a_goal_says_how_it_goes_in_the_child_s_words(status, words):
    page = presenters.plan_page(Row(), version([goal(status=status)], [activity()]), False, WORDS)
    assert (page.goals[0].status, page.goals[0].picture) == (words, "sleep")
    assert len(page.goals[0].helpers) == 1


def test_a_goal_that_something_is_done_for_has_begun():
    page = presenters.plan_page(
        Row(), version([goal(status="not_started")], [activity(status="ongoing")]), False, WORDS
    )
    assert page.goals[0].status == "Du är på väg."


def test_never_more_than_six_goals_and_the_rest_s_deeds_are_not_lost():
    goals = [goal(f"g{number}") for number in range(9)]
    page = presenters.plan_page(Row(), version(goals, [activity(goal="g8")]), False, WORDS)
    assert len(page.goals) == 6
    assert [one.word for one in page.others] == ["Träna med bilder. Sara hjälper dig. Varje tisdag."]


def test_what_was_stopped_is_gone():
    page = presenters.plan_page(Row(), version([goal()], [activity(status="stopped")]), False, WORDS)
    assert page.goals[0].helpers == []


def test_when_we_talk_again():
    page = presenters.plan_page(Row(), version(follow_up_on="2027-02-16"), True, WORDS)
    assert (page.follow_up, page.has_read) == ("16 februari 2027", True)


@pytest.mark.parametrize(
    ("mode", "asked", "counts"),
    [
        (EARLY, True, [4, 2]),
        (EARLY, False, [4, 1]),
        (MIDDLE, True, [6]),
        (MIDDLE, False, [5]),
        (YOUNG, True, [6]),
    ],
)
def test_places_on_the_first_page(mode, asked, counts):
    parts = presenters.home_cards(words_for(mode), mode, asked=asked)
    assert [len(part) for part in parts] == counts
    cards = [card for part in parts for card in part]
    assert all(card.picture and str(card.word) and card.href for card in cards)
    assert ("Hur mår jag?" in [str(card.word) for card in cards]) is asked


def test_the_nearest_thing_comes_first():
    early, late = visit(starts_at=AT.replace(day=20)), visit(starts_at=AT.replace(day=28))
    first = presenters.first_coming
    assert first(Row(meeting=summons(), visits=[early]), WORDS, TODAY).what == "Träning hos logopeden"
    assert first(Row(meeting=summons(), visits=[late]), WORDS, TODAY).what == "Möte om din plan"
    assert first(Row(meeting=None, visits=[late]), WORDS, TODAY).picture == "train"
    assert first(Row(meeting=None, visits=[]), WORDS, TODAY) is None


def test_a_visit_without_words_is_a_visit():
    when = presenters.first_coming(Row(meeting=None, visits=[visit(what="")]), WORDS, TODAY)
    assert (when.what, when.picture) == ("Besök", "hospital")


def test_step_one_tells_when_how_long_and_where():
    told = presenters.told_when(summons(), WORDS, TODAY)
    words = [one.word.replace("\u00a0", " ") for one in told]
    assert words == ["Tisdag 24 november.", "Om 8 nätter.", "Klockan 10.", "Så länge: 45 minuter.", "Rum 12"]


@pytest.mark.parametrize(
    ("place", "link", "where"),
    [
        ("", "https://mote.example/1", ("computer", "Vi ses på skärmen.")),
        ("Fjällskolan", "", ("school", "Fjällskolan")),
        ("BUM Borås", "https://mote.example/1", ("hospital", "BUM Borås")),
        ("", "", ("way", "En vuxen berättar var.")),
    ],
)
def test_step_one_shows_the_kind_of_place(place, link, where):
    told = presenters.told_when(summons(place=place, link=link), WORDS, TODAY)
    assert (told[-1].picture, str(told[-1].word)) == where


def test_step_one_before_anything_is_decided():
    told = presenters.told_when(None, WORDS, TODAY)
    assert [str(one.word) for one in told] == ["En vuxen berättar när.", "En vuxen berättar var."]


def test_on_the_day_itself_no_nights_are_counted():
    told = presenters.told_when(summons(starts_at=AT.replace(day=16)), WORDS, TODAY)
    assert "moon" not in [one.picture for one in told]


def called(**more) -> Row:
    unit = {"unit_id": 1, "unit": Row(name="Skolan")}
    fields = {"is_child": False, "answer": "none", "guardian_id": None}
    return Row(**(fields | unit | more))


def test_who_comes_by_first_name_and_work():
    parties = [Row(unit_id=1, contact=Row(given_name="Jonas", title="Rektor"))]
    rows = [
        called(),
        called(unit_id=2, unit=Row(name="Logopedin")),
        called(guardian_id=7, unit_id=None, guardian=Row(given_name="Maria")),
        called(is_child=True),
        called(answer="declines"),
    ]
    names = presenters.invited(rows, parties, WORDS)
    assert [one.word for one in names] == ["Jonas, rektor", "Logopedin", "Maria, vuxen hemma"]
    assert [one.picture for one in names] == ["teacher", "adults", "home"]


def test_nobody_known_yet_is_said():
    told = presenters.told_who([], WORDS)
    said = ["Vi vet inte än vilka som kommer.", "Du får ta med någon du känner."]
    assert [str(one.word) for one in told] == said


@pytest.mark.parametrize(
    ("preparation", "step"),
    [
        (None, 1),
        (Row(step=4, sent_at=None), 4),
        (Row(step=8, sent_at=AT), 1),
        (Row(step=0, sent_at=None), 1),
        (Row(step=99, sent_at=None), 8),
    ],
)
def test_where_the_child_goes_on(preparation, step):
    assert presenters.prepare_href(preparation).endswith(f"/forbered/{step}/")


def test_meetings_without_a_plan_have_nothing_to_prepare():
    page = presenters.meetings_page(None, Row(meeting=None, visits=[]), None, WORDS, TODAY)
    assert (page.meeting, page.prepare, page.sent) == (None, "", False)


def test_all_answers_stand_in_the_order_of_the_steps():
    prepared = Row(
        good_at="Rita\nSjunga",
        hard="",
        wish="",
        not_talk_about="",
        takes_part="whole",
        pause_sign="Jag säger paus",
    )
    found = presenters.answers(prepared, MIDDLE)
    assert [answer.heading for answer in found][0] == "Det här är jag bra på"
    assert found[0].lines == [("draw", "Rita"), ("", "Sjunga")]
    assert found[1].lines == []
    assert found[4].lines == [("whole-meeting", "Hela mötet")]
    assert found[5].lines == [("speech", "Jag säger paus")]


def test_nothing_prepared_is_six_empty_answers():
    assert [answer.lines for answer in presenters.answers(None, MIDDLE)] == [[]] * 6


def test_two_answers_to_one_choice_cannot_both_be_kept():
    page = presenters.conflict_page(step_numbered(7), "whole", "a_while", WORDS)
    assert [text.text for text in page.texts] == ["whole", "a_while"]


def test_two_answers_of_many_can_be_one():
    page = presenters.conflict_page(step_numbered(3), "Rita\nDjur", "Djur\nSimma", WORDS)
    assert [text.text for text in page.texts] == ["Rita\nDjur", "Djur\nSimma", "Djur\nSimma\nRita"]


def test_the_paper_says_when_and_where_it_is_for():
    assert presenters.on_paper(summons()) == "Tisdag 24 november kl. 10.00 · Rum 12"
    assert presenters.on_paper(summons(place="")) == "Tisdag 24 november kl. 10.00"
    assert presenters.on_paper(None) == ""


def contact(**more) -> Row:
    fields = {
        "name": "Karin Lund",
        "unit": "Habiliteringen",
        "role": "coordinator",
        "phone": "010-1",
        "phone_hours": "8–12",
        "contact": Row(person_id=1),
    }
    return Row(**(fields | more))


def party(person_id: int = 2, **more) -> Row:
    place = Row(name="Skolan", phone="031-2", phone_hours="")
    person = Row(name="Jonas Fors", title="Rektor")
    return Row(**({"contact_id": person_id, "contact": person, "unit": place} | more))


def test_contacts_first_then_the_plan_s_people_each_once():
    found = presenters.adults([contact()], [party(1), party(2), party(None, contact=None)], WORDS)
    assert [(adult.name, str(adult.role)) for adult in found] == [
        ("Karin Lund", "Den som håller ihop"),
        ("Jonas Fors", "Rektor"),
    ]


def test_a_team_is_its_unit():
    one = presenters.adults([contact(name="", contact=Row(person_id=None))], [], WORDS)[0]
    assert (one.name, one.place, one.picture) == ("Habiliteringen", "", "adults")


@pytest.mark.parametrize(
    ("phone", "number"), [("116 111", "116111"), ("010-441", "010441"), ("+46 1", "+461")]
)
def test_a_number_as_it_is_dialled(phone, number):
    assert dialled(phone) == number


def test_danger_comes_first_and_the_nurse_last():
    ways = presenters.ways_to_talk(Row(phone="031-3", phone_hours="8–15"), WORDS)
    assert [way.phone for way in ways] == ["112", "116 111", "1177", "031-3"]
    assert ways[-1].hours == "8–15"
    assert str(ways[1].heading) == "Ring Bris: 116\u00a0111."


def decided(what: str) -> dict[str, str]:
    return activity(what=what, responsible_person="Jonas Fors", when_words="", due_on="")


def test_three_lines_of_what_was_decided():
    page = presenters.after_page(Row(child_verdict=""), [decided(f"Sak {number}") for number in range(5)])
    said = [f"Sak {number}. Jonas hjälper dig." for number in range(3)]
    assert [line.word for line in page.decisions] == said
    assert (page.held, page.answer) == (True, "")


@pytest.mark.parametrize(("verdict", "word"), [("yes", "Ja"), ("partly", "Lite"), ("no", "Nej")])
def test_the_child_s_own_answer_is_shown_with_its_face(verdict, word):
    page = presenters.after_page(Row(child_verdict=verdict), [])
    assert page.answer == word
    assert page.answer_picture.startswith("feel-")


def test_before_any_meeting():
    assert not presenters.after_page(None, []).held


def test_good_to_know_is_a_few_questions_with_two_lines_each():
    found = presenters.good_to_know(WORDS)
    assert len(found) == 8
    assert [one.question for one in found if one.href] == [
        "Hur går ett besök till?",
        "Är det något som är fel?",
    ]
    assert all(bool(one.href) is bool(one.action) for one in found)
    assert all(len(one.lines) == 2 and str(one.question).endswith("?") for one in found)


@pytest.mark.parametrize(("asked", "by"), [(TODAY, date(2026, 11, 23)), (date(2000, 1, 1), date(2000, 1, 1))])
def test_a_child_that_does_not_understand_gets_an_answer_within_the_rule(asked, by):
    assert answer_by(asked) == by


def asking(name: str = "Karin", unit: str = "Habiliteringen") -> Row:
    return Row(pk="00000000-0000-4000-8000-000000000001", reader=Row(given_name=name), unit=Row(name=unit))


def draft(**more) -> Row:
    return Row(**({"face": "sad", "places": ["tummy"], "words": "Skolan\nHögt ljud"} | more))


def test_everything_that_is_sent_is_shown_with_its_picture_and_a_way_to_change_it():
    page = presenters.check_page(asking(), draft(), [], WORDS)
    assert [one.lines for one in page.answers] == [
        [("feel-sad", "Inte bra")],
        [("tummy", "Magen")],
        [("school", "Skolan"), ("", "Högt ljud")],
    ]
    assert [one.href.rsplit("/", 2)[1] for one in page.answers] == ["ansikte", "var", "ord"]


def test_what_was_skipped_is_empty():
    page = presenters.check_page(asking(), draft(face="", places=[], words=""), [], WORDS)
    assert [one.lines for one in page.answers] == [[], [], []]


@pytest.mark.parametrize(
    ("home", "seen", "hide"),
    [
        ([], "Karin kan se svaret.", ""),
        (["Maria"], "Karin och Maria kan se svaret.", "Visa inte för Maria"),
        (["Maria", "Johan"], "Karin, Maria och Johan kan se svaret.", "Visa inte för Maria och Johan"),
    ],
)
def test_who_sees_and_whom_to_leave_out(home, seen, hide):
    page = presenters.check_page(asking(), draft(), [Row(given_name=name) for name in home], WORDS)
    assert (page.seen[0], page.hide) == (seen, hide)
    assert page.seen[-1] == "Karin läser svaren på vardagar."


@pytest.mark.parametrize(
    ("shown", "said"),
    [(True, "Karin och Maria kan se svaret."), (False, "Karin kan se svaret.")],
)
def test_thanks_say_it_again_as_it_was_chosen(shown, said):
    lines = presenters.thanks_page(asking(), Row(shown_to_guardians=shown), [Row(given_name="Maria")], WORDS)
    assert lines[:2] == ["Karin får ditt svar.", said]


def test_whom_to_tell_by_first_name_and_unit():
    found = presenters.mood_choices([asking(), asking("Peter", "BUM")])
    assert [one.word for one in found] == ["Karin, Habiliteringen", "Peter, BUM"]
    assert all(one.href.endswith("/ansikte/") for one in found)


@pytest.mark.parametrize("mode", [EARLY, MIDDLE])
def test_how_a_visit_goes_ends_at_home(mode):
    strip = presenters.visit_strip(words_for(mode))
    assert len(strip) == 7
    assert (strip[0].picture, strip[-1].picture) == ("way", "home")
    assert len({one.picture for one in strip}) == 7


def test_four_ways_to_say_something():
    cards = presenters.say_cards(WORDS)
    assert [one.href.strip("/").rsplit("/", 1)[-1] for one in cards] == [
        "prata-nu",
        "forbered",
        "det-har-bestamde-vi",
        "nagot-ar-fel",
    ]
