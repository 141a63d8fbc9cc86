"""Goals of a made-up plan, one hand-made goal at a time: whom they suit, who does what, and how it goes."""

from collections import Counter
from datetime import date, timedelta

import pytest

from synthetic import goals as module
from synthetic.draw import Draw
from synthetic.goals import ENJOYMENT, Moment, goals_for
from synthetic.texts import Activity, Goal
from tests.unit.synthetic.made import child

SEEN_ON = date(2026, 11, 21)
LATEST = SEEN_ON - timedelta(days=60)
SEEDS = range(400)
PARTIES = {"skolan": "school", "bup": "child_psychiatry"}


def activity(what="Öva", by=("school",), words="", when=""):
    return Activity(what, by, words, when)


PRACTISE = activity()


def goal(words="Jag vill", area="school", ages=(0, 20), needs=(), does=(PRACTISE,)):
    return Goal(words, "Därför", area, ages, frozenset(needs), "short", does)


@pytest.fixture
def drawn(monkeypatch):
    """Draws from the goals given, and from no others."""

    def draw(*known, seeds=SEEDS, status="established", age=9, needs=(), parties=PARTIES, latest=LATEST):
        monkeypatch.setattr(module, "goals", lambda: known)
        moment = Moment(status, latest, SEEN_ON)
        return [goals_for(child(needs=needs), age, parties, moment, Draw(seed)) for seed in seeds]

    return draw


def shares(found) -> dict[str, float]:
    counted = Counter(found)
    return {item: count / counted.total() for item, count in counted.items()}


def about(expected: dict[str, float], give: float = 0.05) -> dict:
    return {item: pytest.approx(share, abs=give) for item, share in expected.items()}


# Whom a goal suits


@pytest.mark.parametrize(("age", "suits"), [(4, False), (5, True), (7, True), (9, True), (10, False)])
def test_a_goal_suits_from_its_first_through_its_last_year(drawn, age, suits):
    assert all(bool(made) is suits for made in drawn(goal(ages=(5, 9)), age=age, seeds=range(5)))


@pytest.mark.parametrize(
    ("wanted", "has", "suits"),
    [
        ((), (), True),
        ((), ("motor",), True),
        (("motor",), (), False),
        (("motor",), ("language",), False),
        (("motor",), ("language", "motor"), True),
        (("motor", "language"), ("language",), True),
    ],
)
def test_a_goal_for_some_needs_suits_those_who_have_one_of_them(drawn, wanted, has, suits):
    assert all(bool(made) is suits for made in drawn(goal(needs=wanted), needs=has, seeds=range(5)))


@pytest.mark.parametrize(
    ("by", "suits"),
    [
        (("school",), True),
        (("dental", "school"), True),
        (("dental",), False),
        (("family",), True),
        (("third_party",), True),
        ((), False),
    ],
)
def test_a_goal_suits_when_somebody_can_do_something_for_it(drawn, by, suits):
    known = goal(does=(activity(by=by, words="Mormor"),))
    assert all(bool(made) is suits for made in drawn(known, seeds=range(5)))


# How many, and of which kind


HARD = [goal(f"Svårt {n}", "school") for n in range(5)]


@pytest.mark.parametrize("area", ["play", "culture", "leisure", "friends"])
def test_these_are_enjoyable(drawn, area):
    assert area in ENJOYMENT
    for made in drawn(*HARD, goal("Kul", area)):
        assert [one.words for one in made][-1] == "Kul"


@pytest.mark.parametrize("area", ["health", "communication", "school", "home", "environment"])
def test_these_are_not(drawn, area):
    assert area not in ENJOYMENT
    assert {len(made) for made in drawn(goal("Ett", area))} == {1}


def test_one_to_three_goals_and_one_that_is_enjoyable(drawn):
    joys = [goal(f"Kul {n}", "play") for n in range(3)]
    assert {len(made) for made in drawn(*HARD, *joys)} == {2, 3, 4}
    assert {len(made) for made in drawn(*HARD)} == {1, 2, 3}
    assert {len(made) for made in drawn(*joys)} == {1}
    assert {made[-1].words for made in drawn(*HARD, *joys)} == {"Kul 0", "Kul 1", "Kul 2"}


def test_one_to_three_activities_of_those_that_somebody_can_do(drawn):
    able = tuple(activity(f"Kan {n}") for n in range(5))
    unable = tuple(activity(f"Kan inte {n}", by=("dental",)) for n in range(5))
    made = [one for (one,) in drawn(goal(does=(*unable, *able)))]
    assert {len(one.activities) for one in made} == {1, 2, 3}
    assert {doing.what for one in made for doing in one.activities} == {one.what for one in able}


def test_a_goal_keeps_its_words_and_gets_a_unit_of_the_plan(drawn):
    known = goal(area="home")
    for (made,) in drawn(known):
        assert (made.words, made.explanation, made.area, made.term) == ("Jag vill", "Därför", "home", "short")
    assert {made.unit for (made,) in drawn(known)} == set(PARTIES)


# Who does it


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (("school",), {("unit", "skolan", "")}),
        (("school", "child_psychiatry"), {("unit", "skolan", ""), ("unit", "bup", "")}),
        (("family",), {("family", None, "Mamma och pappa")}),
        (("third_party",), {("third_party", None, "Mamma och pappa")}),
        (("family", "school"), {("family", None, "Mamma och pappa"), ("unit", "skolan", "")}),
    ],
)
def test_a_unit_has_a_key_and_a_person_has_words(drawn, by, expected):
    made = drawn(goal(does=(activity(by=by, words="Mamma och pappa"),)))
    doers = {(doing.responsible, doing.unit, doing.words) for (one,) in made for doing in one.activities}
    assert doers == expected


# When


def doings(made):
    return [doing for goals in made for one in goals for doing in one.activities]


def test_what_recurs_has_words_instead_of_a_day(drawn):
    made = doings(drawn(goal(does=(activity(when="Varje måndag"),))))
    assert {(doing.due_on, doing.when_words) for doing in made} == {(None, "Varje måndag")}


def test_what_is_due_is_due_two_weeks_to_five_months_after_the_latest_step(drawn):
    made = doings(drawn(goal(), seeds=range(1500)))
    days = {(doing.due_on - LATEST).days for doing in made}
    assert days == set(range(14, 151))
    assert {doing.when_words for doing in made} == {""}


# How it goes


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", {"not_started": 1.0}),
        ("established", {"not_started": 0.2, "on_the_way": 0.6, "reached": 0.15, "changed": 0.05}),
        ("ended", {"reached": 0.7, "on_the_way": 0.2, "changed": 0.1}),
    ],
)
def test_how_far_goals_have_come(drawn, status, expected):
    assert shares(made.status for (made,) in drawn(goal(), status=status, seeds=range(800))) == about(
        expected
    )


BEGUN = {"ongoing": 0.4, "done": 0.45, "planned": 0.1, "stopped": 0.05}
AHEAD = {"planned": 0.55, "ongoing": 0.4, "done": 0.05}


@pytest.mark.parametrize(
    ("status", "latest", "when", "expected"),
    [
        ("draft", LATEST, "", {"planned": 1.0}),
        ("draft", LATEST, "Varje dag", {"planned": 1.0}),
        ("ended", LATEST, "", {"done": 0.85, "stopped": 0.15}),
        ("established", LATEST, "Varje dag", BEGUN),
        # Everything was due before the day looked from, or nothing was.
        ("established", SEEN_ON - timedelta(days=151), "", BEGUN),
        ("established", SEEN_ON - timedelta(days=14), "", AHEAD),
    ],
)
def test_how_activities_go(drawn, status, latest, when, expected):
    known = goal(does=(activity(when=when),))
    made = doings(drawn(known, status=status, latest=latest, seeds=range(800)))
    assert shares(doing.status for doing in made) == about(expected)


def test_what_is_due_today_is_not_yet_late(drawn):
    """Fourteen days at the least after a step a fortnight ago: the earliest are due on the day itself."""
    made = doings(drawn(goal(), latest=SEEN_ON - timedelta(days=14), seeds=range(4000)))
    today = [doing.status for doing in made if doing.due_on == SEEN_ON]
    assert len(today) > 10
    assert "stopped" not in {doing.status for doing in made}
