"""The words: many, plain, and about a child's whole life."""

import re

import pytest

from synthetic import texts

AREAS = {
    "health",
    "communication",
    "school",
    "home",
    "play",
    "culture",
    "leisure",
    "friends",
    "environment",
}
KINDS = {
    "hospital_ward",
    "paediatric_outpatient",
    "child_psychiatry",
    "habilitation",
    "speech_language",
    "primary_care",
    "youth_mental_health",
    "child_health_centre",
    "dental",
    "pupil_health_medical",
    "school",
    "preschool",
    "social_services",
    "lss",
}


def every_sentence():
    for goal in texts.goals():
        yield from (goal.words, goal.explanation)
    for activity in texts.activities().values():
        yield activity.what
    for name in ("what_matters", "what_matters_small", "early_signs", "other_measures", "declined_reasons"):
        yield from texts.words()[name]
    for profile in texts.words()["profile"]:
        yield from (*profile["situation"], profile["needed"])


def test_there_are_many_goals_and_activities():
    assert len({goal.words for goal in texts.goals()}) >= 40
    assert len({activity.what for activity in texts.activities().values()}) >= 60


def test_goals_cover_the_whole_of_life():
    assert {goal.area for goal in texts.goals()} == AREAS
    assert set(texts.words()["need"]) == AREAS


def test_a_goal_is_in_the_words_of_the_child_or_for_the_smallest_of_the_family():
    for goal in texts.goals():
        assert goal.words.startswith("Jag vill " if goal.ages[1] > 4 else "Vi vill "), goal.words
        assert len(goal.words.split()) <= 13


def test_every_age_has_goals_to_choose_from():
    for age in range(21):
        suited = [goal for goal in texts.goals() if goal.ages[0] <= age <= goal.ages[1] and not goal.needs]
        assert len(suited) >= 2, age


def test_every_activity_serves_a_goal_and_has_somebody_to_do_it():
    used = {activity for goal in texts.goals() for activity in goal.does}
    assert used == set(texts.activities().values())
    for activity in used:
        assert set(activity.by) <= KINDS | {"family", "third_party"}
        if {"family", "third_party"} & set(activity.by):
            assert activity.words


def test_every_sentence_is_whole():
    for sentence in filter(None, every_sentence()):
        assert re.fullmatch(r"[A-ZÅÄÖ].*[.?]", sentence), sentence
        assert "  " not in sentence


def test_words_that_are_avoided_do_not_occur():
    text = " ".join(every_sentence()).lower()
    for word in ("vänligen", "tyvärr", "ogiltig", "felaktig", "komplex", "västbus", "landsting", "drabba"):
        assert word not in text


def test_every_kind_of_unit_has_visits_with_a_name():
    assert set(texts.words()["visit"]) == KINDS
    for visits in texts.words()["visit"].values():
        assert all(len(visit) == 3 and visit[0] and visit[1] for visit in visits)


def test_names_come_from_many_parts_of_the_world():
    clusters, weights = texts.clusters()
    assert len(clusters) >= 8
    assert weights == sorted(weights)
    for cluster in clusters:
        assert len(cluster.children["female"]) >= 8
        assert len(cluster.children["male"]) >= 8
        for names in (*cluster.children.values(), *cluster.adults.values(), cluster.family):
            assert len(set(names)) == len(names), cluster.key


def test_profiles_exist_at_every_age():
    for age in range(21):
        profiles, _ = texts.profiles_at(age)
        assert profiles
        assert all(one.ages[0] <= age <= one.ages[1] for one in profiles)
    assert texts.profile("language").units[0] == "speech_language"


@pytest.mark.parametrize("row", texts.words()["profile"], ids=lambda row: row["key"])
def test_a_profile_is_found_by_its_name_whatever_the_age(row):
    found = texts.profile(row["key"])
    assert found.key == row["key"]
    assert found.ages == tuple(row["ages"])
    assert (found.units, found.situation, found.needed) == (row["units"], row["situation"], row["needed"])
    assert found.communication == row["communication"]


@pytest.mark.parametrize("age", range(21))
def test_the_weights_of_an_age_are_those_of_its_profiles_added_up(age):
    rows = [row for row in texts.words()["profile"] if row["ages"][0] <= age <= row["ages"][1]]
    profiles, weights = texts.profiles_at(age)
    assert [one.key for one in profiles] == [row["key"] for row in rows]
    assert weights == [sum(row["weight"] for row in rows[: n + 1]) for n in range(len(rows))]


@pytest.mark.parametrize("row", texts._read("goals.toml")["goal"], ids=lambda row: row["words"][:40])
def test_a_goal_is_read_whole(row):
    (goal,) = (goal for goal in texts.goals() if goal.words == row["words"])
    assert (goal.explanation, goal.area, goal.ages) == (row["explanation"], row["area"], tuple(row["ages"]))
    assert goal.needs == set(row.get("needs", []))
    assert goal.term == row.get("term", "short")
    assert [activity.what for activity in goal.does] == [texts.activities()[key].what for key in row["does"]]


@pytest.mark.parametrize("row", texts._read("activities.toml")["activity"], ids=lambda row: row["key"])
def test_an_activity_is_read_whole(row):
    activity = texts.activities()[row["key"]]
    assert (activity.what, activity.by) == (row["what"], tuple(row["by"]))
    assert (activity.words, activity.when) == (row.get("words", ""), row.get("when", ""))


def test_terms_are_short_or_long_and_both_occur():
    assert {goal.term for goal in texts.goals()} == {"short", "long"}


def test_names_of_girls_boys_women_and_men_are_kept_apart():
    rows = {row["key"]: row for row in texts._read("names.toml")["cluster"]}
    for cluster in texts.clusters()[0]:
        row = rows[cluster.key]
        assert cluster.children == {"female": row["girls"], "male": row["boys"]}
        assert cluster.adults == {"female": row["women"], "male": row["men"]}
        assert (cluster.languages, cluster.family) == (row["languages"], row["family"])


def test_what_is_read_once_is_the_same_again():
    assert texts.goals() is texts.goals()
    assert texts.words() is texts.words()
    assert texts.profile("motor") is texts.profile("motor")
