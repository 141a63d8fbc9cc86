"""The words of «Körningar»: tabs that agree with their lists, addresses, and what can be done about a job."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.jobs.models import Job
from kring.portal.jobs import presenters
from kring.portal.jobs.queries import JobPage, OneJob

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ME, OTHER = UUID(int=1), UUID(int=2)
states = st.sampled_from(Job.State.values)


def job(**fields) -> Job:
    whole = {
        "pk": UUID(int=5), "kind": "count", "title": "Räkna", "started_by": ME, "state": "running",
        "created_at": NOW - timedelta(minutes=3), "started_at": NOW - timedelta(minutes=3), "step": "Räknar",
    }  # fmt: skip
    return Job(**(whole | fields))


def page(*rows: Job, **fields) -> JobPage:
    whole = {"rows": rows, "names": {ME: "Nils"}, "counts": {}, "total": len(rows), "page": 1, "pages": 1}
    return JobPage(**(whole | fields))


def one(row: Job, *, mine: bool = True, until: date | None = None) -> OneJob:
    return OneJob(row=row, mine=mine, by="Nils", usual=None, file_until=until)


class TestTabs:
    @given(st.dictionaries(states, st.integers(0, 500)), st.sampled_from(["", *Job.State.values]))
    def test_all_is_the_sum_of_the_others_and_one_is_current(self, counts, state):
        """ux.md c4: «count and list must agree»."""
        every, *rest = presenters.tabs(page(counts=counts), state)
        assert every["count"] == sum(tab["count"] for tab in rest) == sum(counts.values())
        assert [tab["current"] for tab in (every, *rest)].count(True) == 1
        assert every["current"] is (state == "")

    def test_every_state_has_a_tab_and_every_tab_an_address_that_leads_back(self):
        _every, *rest = presenters.tabs(page(), "")
        assert len(rest) == len(Job.State.values)
        for tab, state in zip(rest, presenters.STATES, strict=True):
            word = tab["href"].rpartition("=")[2]
            assert presenters.state_from(word) == state
            assert word.isascii()

    @given(st.text())
    def test_an_address_that_says_nothing_known_shows_everything(self, word):
        assert presenters.state_from(word) in ("", *Job.State.values)
        if word not in presenters.ADDRESSES.values():
            assert presenters.state_from(word) == ""


class TestPager:
    @pytest.mark.parametrize(
        ("here", "pages", "before", "after"),
        [(1, 1, "", ""), (1, 3, "", "?sida=2"), (2, 3, "?sida=1", "?sida=3"), (3, 3, "?sida=2", "")],
    )
    def test_there_is_a_way_to_each_neighbour_and_no_further(self, here, pages, before, after):
        found = presenters.pages(page(page=here, pages=pages), "")
        assert (found["previous"], found["next"]) == (before, after)

    def test_a_page_of_one_state_stays_in_it(self):
        assert presenters.pages(page(page=1, pages=2), "failed")["next"] == "?lage=stannade&sida=2"

    @pytest.mark.parametrize(("n", "words"), [(0, "0 körningar."), (1, "1 körning."), (2, "2 körningar.")])
    def test_how_many(self, n, words):
        assert presenters.pages(page(total=n), "")["text"] == words


class TestARow:
    def row(self, **fields) -> presenters.JobRow:
        return presenters.rows(page(job(**fields)), ME, NOW)[0]

    @given(states)
    def test_every_state_has_a_word_and_a_tone(self, state):
        found = self.row(state=state)
        assert found.state
        assert found.tone in {"neutral", "info", "good", "late", "warn"}

    @pytest.mark.parametrize(
        ("fields", "step"),
        [
            ({"done": 5, "total": 10}, "Räknar, 50 procent"),
            ({"done": 5, "total": 0}, "Räknar"),
            ({"done": 15, "total": 10}, "Räknar, 100 procent"),
            ({"state": "waiting"}, ""),
            ({"state": "done", "done": 10, "total": 10}, ""),
            ({"step": ""}, ""),
        ],
    )
    def test_how_far_a_running_one_has_come_and_never_more_than_all(self, fields, step):
        """ux.md c8: «percentage only when known»."""
        assert self.row(**fields).step == step

    def test_one_that_waits_has_taken_no_time(self):
        assert self.row(state="waiting", started_at=None).took == ""
        assert self.row().took == "3 minuter"

    def test_the_time_is_swedish(self):
        assert (
            self.row(created_at=datetime(2026, 7, 14, 22, 5, tzinfo=UTC)).when == "ons 15 jul 2026 kl. 00.05"
        )

    @pytest.mark.parametrize(
        ("kind", "by", "path"),
        [
            ("import_record", ME, "inlasning"),
            ("import_record", OTHER, "korningar"),
            ("count", ME, "korningar"),
        ],
    )
    def test_one_s_own_reading_in_leads_to_what_became_of_it(self, kind, by, path):
        assert path in self.row(kind=kind, started_by=by).href

    def test_who_is_not_known_is_nobody(self):
        assert self.row(started_by=OTHER).by == ""


class TestHowLong:
    @pytest.mark.parametrize(
        ("seconds", "words"),
        [
            (0, "mindre än en sekund"),
            (1, "1 sekund"),
            (59, "59 sekunder"),
            (60, "1 minut"),
            (119, "1 minut"),
            (120, "2 minuter"),
            (3 * 3600, "180 minuter"),
        ],
    )
    def test_in_words(self, seconds, words):
        assert presenters.duration(seconds) == words

    @pytest.mark.parametrize(
        ("time", "words"),
        [(None, ""), (timedelta(0), ""), (timedelta(seconds=90), "Brukar ta 1 minut.")],
    )
    def test_how_long_it_usually_takes_is_told_only_when_known(self, time, words):
        assert presenters.usual(time) == words

    @given(states, st.integers(0, 10_000), st.integers(-100, 100_000))
    def test_a_clock_that_went_back_never_makes_less_than_nothing(self, state, done, seconds):
        row = job(state=state, done=done, created_at=NOW - timedelta(seconds=seconds))
        found = presenters.parts(row, NOW, href="/x/", failed="")
        assert "-" not in found["elapsed"]
        assert bool(found["poll_href"]) is not found["ended"]


class TestWhatCanBeDone:
    @pytest.mark.parametrize(
        ("state", "mine", "kind", "kept", "may"),
        [
            ("failed", True, "count", False, True),
            ("cancelled", True, "count", False, True),
            ("failed", False, "count", False, False),
            ("done", True, "count", False, False),
            ("running", True, "count", False, False),
            ("waiting", True, "count", False, False),
            # A reading-in needs its file.
            ("failed", True, "import_record", False, False),
            ("failed", True, "import_record", True, True),
            ("failed", False, "import_record", True, False),
        ],
    )
    def test_tried_again(self, state, mine, kind, kept, may):
        found = one(job(state=state, kind=kind), mine=mine, until=date(2026, 11, 20) if kept else None)
        assert presenters.may_retry(found) is may

    @pytest.mark.parametrize(
        ("state", "mine", "asked", "may"),
        [
            ("waiting", True, False, True),
            ("running", True, False, True),
            ("running", True, True, False),
            ("running", False, False, False),
            ("done", True, False, False),
            ("failed", True, False, False),
            ("cancelled", True, False, False),
        ],
    )
    def test_stopped(self, state, mine, asked, may):
        assert presenters.may_cancel(one(job(state=state, cancel_asked=asked), mine=mine)) is may

    @given(states, st.booleans(), st.booleans())
    def test_never_both_stopped_and_tried_again(self, state, mine, asked):
        found = one(job(state=state, cancel_asked=asked), mine=mine)
        assert not (presenters.may_retry(found) and presenters.may_cancel(found))

    @pytest.mark.parametrize(
        ("state", "error", "words"),
        [
            ("cancelled", "", "Körningen avbröts. Det som hann sparas är kvar."),
            ("failed", "ValueError", "Körningen gick inte att slutföra. Det som hann sparas är kvar."),
            ("failed", "WorkerLost", "Kontakta förvaltningen innan du försöker igen."),
            ("done", "", ""),
            ("running", "", ""),
        ],
    )
    def test_what_to_do_about_one_that_stopped_and_never_the_fault_s_own_name(self, state, error, words):
        """ux.md c3: «never an error alone»: what is saved, and one thing to do."""
        told = presenters.failed(Row(state=state, error=error))
        assert told.endswith(words)
        assert "Error" not in told
        assert "WorkerLost" not in told

    def test_the_facts_leave_out_what_is_not_known(self):
        facts = presenters.facts(one(job(attempt=0, step="")))
        assert [fact["label"] for fact in facts] == ["Läge", "Startades av", "Startades"]
        whole = presenters.facts(one(job(attempt=2, done=1, total=2), until=date(2026, 11, 20)))
        assert {fact["label"]: fact["value"] for fact in whole} == {
            "Läge": "Pågår",
            "Startades av": "Nils",
            "Startades": "mån 16 nov 2026 kl. 09.57",
            "Steg": "Räknar, 50 procent",
            "Försök": "2",
            "Filen sparas till": "fre 20 nov 2026",
        }
