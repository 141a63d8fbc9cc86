"""S104 «Körningar»: whose jobs are shown, how far they have come, and what may be done about them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils.html import strip_tags

from kring.audit.models import AccessLogRow
from kring.care.record import incoming
from kring.jobs import registry
from kring.jobs.models import Job
from kring.jobs.queries import usual_time
from kring.organisations.models import Assignment, Person
from tests.cast import NOW
from tests.unit.portal.staff.desk import questions_of, text_of

pytestmark = pytest.mark.django_db
PAGE = "/korningar/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def nils(client, cast):
    """An administrator, who looks after everybody's jobs."""
    return cast.log_in(client, "nils")


@pytest.fixture
def analyst(client, cast):
    """Somebody who follows only what they started."""
    person = Person.objects.create(subject="ines", given_name="Ines", family_name="Ek")
    Assignment.objects.create(
        person=person, unit=cast.unit("hh-habilitering-boras"), role="analyst", starts_on=NOW.date()
    )
    return cast.log_in(client, "ines")


def job(by: UUID, state: str = "running", **fields) -> Job:
    ended = {"finished_at": NOW - timedelta(minutes=1)} if state in ("done", "failed", "cancelled") else {}
    began = {} if state == "waiting" else {"started_at": NOW - timedelta(minutes=5), "attempt": 1}
    known = {
        "kind": "report", "title": "Rapport", "created_at": NOW - timedelta(minutes=5), "told_at": NOW,
        **began, **ended,
    }  # fmt: skip
    return Job.objects.create(started_by=by, state=state, **(known | fields))


def with_file(by: UUID, state: str = "failed", **fields) -> Job:
    name = incoming.keep(ContentFile(b"{}"))
    return job(by, state, kind="import_record", title="Inläsning", arguments={"file": str(name)}, **fields)


def main_of(answer) -> str:
    return text_of(answer).partition("<main")[2].partition("</main>")[0]


def words_of(answer) -> str:
    return " ".join(strip_tags(main_of(answer)).split())


class TestTheList:
    def test_before_there_is_anything_it_says_what_will_come(self, nils):
        assert "Här kommer arbeten som tar tid" in main_of(nils.get(PAGE))

    def test_every_state_has_its_word_step_time_and_starter(self, nils, cast):
        for state in Job.State.values:
            job(cast.nils.pk, state, title=f"Rapport {state}", step="Sparar", done=1, total=4)
        said = words_of(nils.get(PAGE))
        for words in ("Väntar", "Pågår Sparar, 25 procent", "Klar", "Det gick inte", "Avbruten"):
            assert words in said
        assert said.count(cast.nils.name) == 5
        assert "4 minuter" in said

    @pytest.mark.parametrize(
        ("word", "state"),
        [
            ("pagar", "running"),
            ("vantar", "waiting"),
            ("stannade", "failed"),
            ("avbrutna", "cancelled"),
            ("klara", "done"),
        ],
    )
    def test_a_tab_for_each_state_whose_number_is_that_of_its_list(self, nils, cast, word, state):
        for one in Job.State.values:
            job(cast.nils.pk, one, title=f"Rapport {one}")
        job(cast.nils.pk, state, title=f"Rapport {state}")
        page = main_of(nils.get(f"{PAGE}?lage={word}"))
        assert page.count('<a href="/korningar/') - page.count("?lage=") - 1 == 2
        assert f"Rapport {state}" in page
        assert 'aria-current="page"' in page
        assert "(2)</span>" in page.partition('aria-current="page"')[2][:80]

    def test_a_state_with_nothing_in_it_leads_back_to_all(self, nils, cast):
        job(cast.nils.pk, "done")
        page = main_of(nils.get(f"{PAGE}?lage=pagar"))
        assert "Ingen körning är i det läget just nu." in page
        assert "Visa alla" in page

    @pytest.mark.parametrize(
        "query", ["?lage=x", "?sida=0", "?sida=-1", "?sida=9999999", "?sida=%C2%B2", "?lage=%00"]
    )
    def test_an_address_that_says_nothing_known_shows_everything(self, nils, cast, query):
        job(cast.nils.pk)
        assert "Rapport" in main_of(nils.get(PAGE + query))

    def test_who_looks_after_the_service_sees_everybodys_and_others_their_own(self, client, cast, analyst):
        mine, theirs = job(cast.ines.pk, title="Min rapport"), job(cast.nils.pk, title="Nils rapport")
        page = main_of(analyst.get(PAGE))
        assert "Min rapport" in page
        assert "Nils rapport" not in page
        assert analyst.get(f"{PAGE}{mine.pk}/").status_code == 200
        assert analyst.get(f"{PAGE}{theirs.pk}/").status_code == 404
        page = main_of(cast.log_in(client, "nils").get(PAGE))
        assert "Min rapport" in page
        assert "Nils rapport" in page

    @pytest.mark.parametrize("subject", ["karin", "maria", "alva", "ann"])
    def test_others_have_no_such_page(self, client, cast, subject):
        assert cast.log_in(client, subject).get(PAGE).status_code == 403

    def test_pages_of_fifty_and_as_many_questions_for_many_as_for_few(self, nils, cast):
        job(cast.nils.pk)
        few = questions_of(nils, PAGE)
        for number in range(60):
            job(cast.nils.pk, title=f"Rapport nr {number}")
        assert questions_of(nils, PAGE) == few <= 12
        first, second = main_of(nils.get(PAGE)), main_of(nils.get(f"{PAGE}?sida=2"))
        assert first.count("Rapport") == 50
        assert second.count("Rapport") == 11
        assert 'rel="next"' in first
        assert 'rel="prev"' in second

    def test_a_colleague_with_protected_identity_goes_by_their_role(self, nils, cast):
        named = cast.nils.name
        Person.objects.filter(subject="nils").update(protected_identity=True, title="Administratör")
        job(cast.nils.pk)
        page = main_of(nils.get(PAGE))
        assert named not in page
        assert "Administratör" in page

    def test_it_stands_in_the_main_navigation_of_those_who_may(self, nils):
        assert '<a href="/korningar/"' in text_of(nils.get("/inlasning/"))


class TestAJob:
    def test_a_running_one_shows_steps_time_and_how_long_it_usually_takes(self, nils, cast):
        for minutes in (2, 4, 60):
            job(cast.nils.pk, "done", started_at=NOW - timedelta(minutes=minutes), finished_at=NOW)
        row = job(cast.nils.pk, step="Sparar", done=5, total=20)
        page = nils.get(f"{PAGE}{row.pk}/")
        said = words_of(page)
        for words in (
            "25 procent klart",
            "5 poster är klara efter 5 minuter.",
            "Brukar ta 4 minuter.",
            "Du kan lämna sidan",
        ):
            assert words in said
        assert f'hx-get="{PAGE}{row.pk}/"' in main_of(page)
        assert "Visa hur långt det har kommit" in main_of(page)

    def test_htmx_gets_only_the_part_that_moves(self, nils, cast):
        row = job(cast.nils.pk)
        part = text_of(nils.get(f"{PAGE}{row.pk}/", headers={"HX-Request": "true"}))
        assert "<html" not in part
        assert 'id="job-now"' in part

    @pytest.mark.parametrize(
        ("state", "error", "words"),
        [
            ("done", "", "Körningen är klar. Det tog 4 minuter."),
            ("failed", "ValueError", "gick inte att slutföra"),
            ("failed", "WorkerLost", "stannade flera gånger"),
            ("cancelled", "", "Körningen avbröts."),
        ],
    )
    def test_one_that_has_ended_says_how_and_is_not_asked_about_again(self, nils, cast, state, error, words):
        row = job(cast.nils.pk, state, error=error)
        page = nils.get(f"{PAGE}{row.pk}/")
        assert words in words_of(page)
        assert "hx-get" not in main_of(page)
        if error:
            assert error not in main_of(page)

    def test_one_s_own_is_stopped_and_tried_again(self, nils, cast):
        row = job(cast.nils.pk, "waiting")
        assert "Avbryt körningen" in main_of(nils.get(f"{PAGE}{row.pk}/"))
        assert nils.post(f"{PAGE}{row.pk}/avbryt/").headers["Location"] == f"{PAGE}{row.pk}/"
        row.refresh_from_db()
        assert row.state == "cancelled"
        assert "Försök igen" in main_of(nils.get(f"{PAGE}{row.pk}/"))
        nils.post(f"{PAGE}{row.pk}/igen/")
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_a_colleague_s_is_followed_but_neither_stopped_nor_run_in_their_name(self, nils, cast):
        waiting, failed = job(cast.karin.pk, "waiting"), with_file(cast.karin.pk)
        for row, what in ((waiting, "avbryt"), (failed, "igen")):
            assert f"/{what}/" not in main_of(nils.get(f"{PAGE}{row.pk}/"))
            nils.post(f"{PAGE}{row.pk}/{what}/")
        assert set(Job.objects.values_list("state", flat=True)) == {"waiting", "failed"}

    @pytest.mark.parametrize("what", ["avbryt", "igen", "ta-bort-fil"])
    def test_what_changes_something_is_posted_and_about_something_that_is_there(self, nils, cast, what):
        row = job(cast.nils.pk)
        assert nils.get(f"{PAGE}{row.pk}/{what}/").status_code == 405
        assert nils.post(f"{PAGE}{uuid4()}/{what}/").status_code == 404

    @pytest.mark.parametrize("state", ["running", "done", "failed"])
    def test_a_page_that_is_looked_at_changes_nothing(self, nils, cast, state):
        row = job(cast.nils.pk, state, told_at=NOW - timedelta(hours=5))
        nils.get(f"{PAGE}{row.pk}/")
        assert Job.objects.get().state == state


class TestTheFileOfAReadingIn:
    def test_it_is_told_how_long_it_is_kept_and_can_be_thrown_away_before(self, nils, cast):
        row = with_file(cast.karin.pk)
        assert "mån 23 nov 2026" in main_of(nils.get(f"{PAGE}{row.pk}/"))
        nils.post(f"{PAGE}{row.pk}/ta-bort-fil/")
        assert incoming.kept() == {}
        assert "Ta bort filen nu" not in main_of(nils.get(f"{PAGE}{row.pk}/"))
        log = AccessLogRow.objects.get(what="record.upload.discard")
        assert (log.person_id, log.object_id, log.child_id) == (cast.nils.pk, str(row.pk), None)

    @pytest.mark.parametrize("state", ["waiting", "running", "done"])
    def test_a_file_that_is_needed_or_gone_is_not_thrown_away(self, nils, cast, state):
        row = with_file(cast.nils.pk, state)
        nils.post(f"{PAGE}{row.pk}/ta-bort-fil/")
        assert len(incoming.kept()) == 1
        assert not AccessLogRow.objects.filter(what="record.upload.discard").exists()

    def test_without_its_file_a_reading_in_is_not_tried_again(self, nils, cast):
        row = with_file(cast.nils.pk)
        own = f"/inlasning/{row.pk}/"
        assert "Filen sparas till mån 23 nov 2026" in main_of(nils.get(own))
        assert nils.post(f"{PAGE}{row.pk}/ta-bort-fil/").headers["Location"] == own
        assert "Försök igen</button>" not in main_of(nils.get(own))
        nils.post(f"{PAGE}{row.pk}/igen/")
        assert Job.objects.get().state == "failed"

    def test_one_s_own_reading_in_leads_to_the_page_with_its_outcome(self, nils, cast):
        mine, theirs = with_file(cast.nils.pk), with_file(cast.karin.pk)
        page = main_of(nils.get(PAGE))
        assert f'href="/inlasning/{mine.pk}/"' in page
        assert f'href="{PAGE}{theirs.pk}/"' in page

    def test_an_analyst_throws_nothing_away(self, analyst, cast):
        row = with_file(cast.ines.pk)
        assert "Ta bort filen nu" not in main_of(analyst.get(f"{PAGE}{row.pk}/"))
        assert analyst.post(f"{PAGE}{row.pk}/ta-bort-fil/").status_code == 403
        assert len(incoming.kept()) == 1


def test_how_long_a_kind_usually_takes_is_the_middle_of_the_last_five(cast):
    assert usual_time("report") is None
    for at, minutes in enumerate((90, 1, 2, 3, 4, 500)):
        end = NOW + timedelta(hours=at)
        job(cast.nils.pk, "done", started_at=end - timedelta(minutes=minutes), finished_at=end)
    job(cast.nils.pk, "failed", started_at=NOW - timedelta(days=3))
    assert usual_time("report") == timedelta(minutes=3)
    assert usual_time("other") is None


def test_a_job_that_runs_is_never_made_known_by_its_arguments(nils, cast, monkeypatch):
    """What a job was given may name things; the page shows title and step only."""
    monkeypatch.setitem(registry.KINDS, "report", lambda progress, **given: {})
    row = job(cast.nils.pk, arguments={"secret": "201701012393"}, result={"secret": "201701012393"})
    assert "201701012393" not in text_of(nils.get(f"{PAGE}{row.pk}/")) + text_of(nils.get(PAGE))
