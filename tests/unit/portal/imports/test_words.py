"""What a delivery and its job are said to be doing: true at every moment, with what to do when it stops."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.models import Delivery
from kring.portal.imports import presenters
from kring.portal.jobs.queries import OneJob

BEGAN = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)
STATES = ("waiting", "running", "done", "failed", "cancelled")


def job(**fields):
    whole = {
        "pk": UUID(int=5), "state": "running", "done": 0, "total": 0, "error": "", "cancel_asked": False,
        "created_at": BEGAN, "finished_at": None, "kind": "import_record",
    }  # fmt: skip
    return Row(**(whole | fields))


def parts(seconds=0, **fields):
    row = job(**fields)
    kept = date(2026, 11, 29) if row.state in ("failed", "cancelled") else None
    found = OneJob(row=row, mine=True, by="Nils", usual=None, file_until=kept)
    return presenters.job_parts(found, BEGAN + timedelta(seconds=seconds))


def delivery(**fields):
    whole = {
        "state": "done", "entries": 5, "added": 0, "replaced": 0, "older": 0, "unchanged": 5, "refused": 0,
    }  # fmt: skip
    return Row(**(whole | fields))


def states(**fields):
    return [step["state"] for step in parts(**fields)["steps"]]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": "waiting"}, ["now", "todo", "todo", "todo"]),
        ({"state": "running"}, ["done", "now", "todo", "todo"]),
        ({"state": "running", "done": 3}, ["done", "done", "now", "todo"]),
        ({"state": "done", "done": 3}, ["done", "done", "done", "done"]),
        ({"state": "failed"}, ["done", "failed", "todo", "todo"]),
        ({"state": "failed", "done": 3}, ["done", "done", "failed", "todo"]),
        ({"state": "cancelled", "done": 3}, ["done", "done", "failed", "todo"]),
    ],
)
def test_the_steps_say_how_far_it_has_come(fields, expected):
    assert states(**fields) == expected


def test_every_step_has_its_word():
    assert [step["label"] for step in parts()["steps"]] == ["Väntar", "Läser data", "Sparar", "Klar"]


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        ({"state": "waiting"}, None),
        ({"state": "running"}, None),
        ({"state": "running", "done": 0, "total": 8}, 0),
        ({"state": "running", "done": 1, "total": 3}, 33),
        ({"state": "running", "done": 9, "total": 3}, 100),
        ({"state": "done"}, 100),
        ({"state": "failed", "done": 1, "total": 3}, None),
        ({"state": "cancelled", "done": 1, "total": 3}, None),
    ],
)
def test_a_share_is_shown_only_when_it_is_known(fields, percent):
    assert parts(**fields)["percent"] == percent


@pytest.mark.parametrize(
    ("seconds", "fields", "words"),
    [
        (0, {}, "Har pågått i mindre än en sekund."),
        (1, {}, "Har pågått i 1 sekund."),
        (59, {}, "Har pågått i 59 sekunder."),
        (60, {}, "Har pågått i 1 minut."),
        (7199, {}, "Har pågått i 119 minuter."),
        (12, {"done": 40}, "40 poster är klara efter 12 sekunder."),
        (900, {"state": "done", "finished_at": BEGAN + timedelta(seconds=2)}, "Det tog 2 sekunder."),
        (900, {"state": "failed", "done": 3, "finished_at": BEGAN}, "Det tog mindre än en sekund."),
    ],
)
def test_how_long_in_words_and_the_time_stops_when_it_ends(seconds, fields, words):
    assert parts(seconds, **fields)["elapsed"] == words


@pytest.mark.parametrize(
    ("seconds", "every"), [(0, "1s"), (4, "1s"), (5, "3s"), (59, "3s"), (60, "10s"), (9999, "10s")]
)
def test_a_long_job_is_asked_about_more_and_more_seldom(seconds, every):
    assert parts(seconds)["poll_every"] == every


@pytest.mark.parametrize("state", STATES)
def test_only_what_has_not_ended_is_asked_about_and_can_be_stopped(state):
    shown, ended = parts(state=state), state in ("done", "failed", "cancelled")
    assert shown["ended"] == ended
    assert bool(shown["poll_href"]) == (not ended)
    assert shown["may_cancel"] == (not ended)
    assert shown["may_retry"] == (state in ("failed", "cancelled"))


def test_what_is_being_stopped_says_so_and_cannot_be_stopped_twice():
    shown = parts(cancel_asked=True)
    assert (shown["stopping"], shown["may_cancel"]) == (True, False)
    assert not parts(cancel_asked=True, state="waiting")["stopping"]


@pytest.mark.parametrize(
    ("fields", "words", "next_act"),
    [
        ({"state": "cancelled"}, "avbröts", "försöka igen"),
        ({"state": "failed", "error": "NoLongerAllowed"}, "uppdrag gällde inte längre", "Logga in igen"),
        ({"state": "failed", "error": "FileNotFoundError"}, "finns inte kvar", "Läs in den på nytt"),
        ({"state": "failed", "error": "KeyError"}, "gick inte att slutföra", "Försök igen"),
    ],
)
def test_what_failed_says_what_is_kept_or_what_to_do(fields, words, next_act):
    said = parts(**fields)["failed"]
    assert words in said
    assert next_act in said
    assert "KeyError" not in said


@pytest.mark.parametrize("state", ["waiting", "running", "done"])
def test_what_has_not_failed_says_nothing_of_failure(state):
    assert parts(state=state, error="KeyError")["failed"] == ""


@given(
    state=st.sampled_from(STATES),
    done=st.integers(0, 10**6),
    total=st.integers(0, 10**6),
    seconds=st.integers(0, 10**6),
)
def test_whatever_the_numbers_it_is_never_more_than_done_and_never_in_two_places(state, done, total, seconds):
    shown = parts(seconds, state=state, done=done, total=total)
    assert shown["percent"] is None or 0 <= shown["percent"] <= 100
    marks = [step["state"] for step in shown["steps"]]
    assert marks.count("now") + marks.count("failed") == (state != "done")
    assert "done" not in marks[marks.index("todo") :] if "todo" in marks else True


@pytest.mark.parametrize(
    ("fields", "kind", "words"),
    [
        ({}, "success", "Inget ändrades"),
        ({"added": 1}, "success", "Allt i filen är inläst."),
        ({"replaced": 1}, "success", "Allt i filen är inläst."),
        ({"older": 1}, "success", "Allt i filen är inläst."),
        ({"added": 4, "refused": 1}, "warning", "utom de platser"),
        ({"refused": 1}, "warning", "utom de platser"),
        ({"state": "interrupted", "added": 1}, "warning", "till en del"),
        ({"state": "refused", "refused": 5}, "error", "Inget lästes in"),
    ],
)
def test_the_verdict_never_says_more_than_happened(fields, kind, words):
    mark, sentence = presenters.verdict(delivery(**fields))
    assert mark == kind
    assert words in sentence


def test_every_entry_of_the_file_is_accounted_for():
    counts = {"added": 1, "replaced": 2, "older": 3, "unchanged": 4, "refused": 5, "entries": 15}
    rows = {row["label"]: row["value"] for row in presenters.outcome(delivery(**counts))}
    assert rows.pop("Poster i filen") == sum(rows.values()) == 15
    assert rows["Inte inlästa"] == 5


def test_a_problem_has_its_place_and_one_without_is_about_the_whole_file():
    problems = [Row(place="rad 3", message="Saknar datum.", is_note=False)]
    problems.append(Row(place="", message="Okänt format.", is_note=True))
    shown = [(one.place, one.message, one.is_note) for one in presenters.places(problems)]
    assert shown == [("rad 3", "Saknar datum.", False), ("Hela filen", "Okänt format.", True)]


@pytest.mark.parametrize("state", presenters.TONES)
def test_a_row_has_swedish_time_and_a_tone_beside_its_word(state):
    one = Row(
        received_at=BEGAN, source=Row(name="Journalen"), state=state, get_state_display=lambda: "Ord",
        entries=3, added=2, refused=1,
    )  # fmt: skip
    (row,) = presenters.rows([one])
    assert (row.when, row.source, row.state) == ("22 november 2026 kl. 10.02", "Journalen", "Ord")
    assert row.tone == presenters.TONES[state]
    assert (row.entries, row.added, row.refused) == (3, 2, 1)


def test_every_state_of_a_delivery_has_a_tone():
    assert set(Delivery.State.values) == set(presenters.TONES)
