"""Reading in from a page: what is asked for, what is refused, and the job that is followed."""

import gzip
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.access.session import ACTING_AS
from kring.care.record import incoming
from kring.care.record.models import Delivery, Resource, Source
from kring.jobs import registry
from kring.jobs.models import Job
from kring.organisations.models import Assignment
from tests import cast as people
from tests.fhir.deliveries import bundle, observation, patient, raw, send, source

pytestmark = pytest.mark.django_db
PAGE = "/inlasning/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def nils(cast):
    """An administrator, logged in as in the demo."""
    return entered("nils")


def entered(subject: str) -> Client:
    client = Client()
    client.post("/logga-in/", {"person": subject})
    return client


def upload(client: Client, content, *, name: str = "leverans.json", system: Source | None = None, **more):
    chosen = system or Source.objects.filter(key="journal").first() or source()
    file = SimpleUploadedFile(name, raw(content))
    return client.post(PAGE, {"source": chosen.pk, "file": file, "submission": str(uuid4())} | more)


def job_after(answer) -> Job:
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.get(pk=UUID(answer.headers["Location"].strip("/").rpartition("/")[2]))


def text_of(answer) -> str:
    return answer.content.decode()


def test_an_upload_becomes_a_job_that_can_be_followed_to_its_end(nils):
    answer = upload(nils, bundle(patient(), observation(), observation("bad id")))
    row = job_after(answer)
    waiting = text_of(nils.get(answer.headers["Location"]))
    assert "Väntar" in waiting
    assert "Du kan lämna sidan" in waiting
    assert "Avbryt inläsningen" in waiting

    registry.run(str(row.pk))
    done = text_of(nils.get(answer.headers["Location"]))
    assert "Filen är inläst, utom de platser som står nedan." in done
    assert "entry[2].resource (Observation)" in done
    assert "Fältet id ska vara" in done
    assert "hx-trigger" not in done.partition("<main")[2].partition("</main>")[0]
    assert Resource.objects.count() == 2
    assert not list(incoming.folder().iterdir())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bundle(patient(), observation()), "Allt i filen är inläst."),
        (bundle(patient("bad id"), kind="transaction"), "Inget lästes in."),
        ("not json", "Filen är inte JSON."),
        (b"\x1f\x8bjunk", "packad med gzip"),
        ("<Bundle/>", "Filen är XML."),
        (gzip.compress(json.dumps(patient()).encode()), "Allt i filen är inläst."),
        (bundle(), "Allt i filen fanns redan."),
        ("[" * 100_000, "Filen är inte JSON."),
        ('{"a":' * 100_000, "Texten går inte att läsa som JSON"),
    ],
)
def test_the_job_page_says_in_words_how_it_went(nils, content, said):
    answer = upload(nils, content)
    registry.run(str(job_after(answer).pk))
    page = nils.get(answer.headers["Location"])
    assert page.status_code == 200
    assert said in text_of(page)


def test_the_page_never_shows_anything_of_a_child(nils):
    answer = upload(
        nils, bundle(patient(), patient("p2", number="201701012394"), observation(status="x" * 50))
    )
    registry.run(str(job_after(answer).pk))
    pages = text_of(nils.get(answer.headers["Location"])) + text_of(nils.get(PAGE))
    for told in ("Pim", "Prov", "201701", "Längd", "2017-01-01", "leverans.json"):
        assert told not in pages
    row = Job.objects.get()
    assert "leverans" not in row.title + json.dumps(row.arguments)


ODD_FORMS = [
    ({}, "Välj vilket system filen kommer från."),
    ({"source": "0"}, "Välj ett av systemen i listan."),
    ({"source": "x' OR 1=1 --"}, "Välj ett av systemen i listan."),
    ({"source": "\x00"}, "Välj ett av systemen i listan."),
    ({"file": "only text"}, "Välj en fil att läsa in."),
]


@pytest.mark.parametrize(("data", "said"), ODD_FORMS)
def test_odd_forms_are_answered_in_words_and_start_nothing(nils, data, said):
    source()
    answer = nils.post(PAGE, data)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert "Det finns något att rätta" in text_of(answer)
    assert "<title>Fel:" in text_of(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".json", "../../etc/passwd", "å ä ö.json", "a\nb.json", ".json", "con"]
)
def test_whatever_the_file_is_called(nils, name):
    answer = upload(nils, patient(), name=name)
    registry.run(str(job_after(answer).pk))
    assert Resource.objects.count() == 1


def test_an_empty_file_is_told_at_once(nils):
    assert "Filen är tom. Välj en annan fil." in text_of(upload(nils, b""))


def test_a_file_over_the_limit_is_told_at_once(nils, settings):
    settings.IMPORT_UPLOAD_MAX_BYTES = 10
    answer = upload(nils, patient())
    assert "Filen är större än 1 MB" in text_of(answer)
    assert not Job.objects.exists()
    assert "Högst 1 MB" in text_of(nils.get(PAGE))


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff" * 5000]
)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "application/json"]
)
def test_a_broken_request_is_never_a_server_error(nils, body, kind):
    source()
    answer = nils.post(PAGE, data=body, content_type=kind)
    assert answer.status_code < 500


def test_sending_the_form_twice_reads_the_file_in_once(nils):
    key = str(uuid4())
    first, second = (upload(nils, patient(), submission=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Job.objects.count() == 1


def test_without_a_source_the_page_says_what_to_do(nils):
    page = text_of(nils.get(PAGE))
    assert "Inget system är inlagt ännu." in page
    assert "Inget har lästs in ännu." in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_earlier_deliveries_are_listed(nils):
    send(bundle(patient(), observation()))
    page = text_of(nils.get(PAGE))
    assert "Journalen" in page
    assert "16 november 2026 kl. 10.00" in page
    assert "Inläst" in page


def test_htmx_gets_only_the_part_that_moves(nils):
    address = upload(nils, patient()).headers["Location"]
    part = text_of(nils.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert 'id="import"' in part
    assert f'hx-get="{address}"' in part


@pytest.mark.parametrize(("seconds", "every"), [(1, "1s"), (20, "3s"), (90, "10s")])
def test_the_page_asks_ever_more_seldom(nils, seconds, every):
    address = upload(nils, patient()).headers["Location"]
    with clock.frozen(people.NOW + timedelta(seconds=seconds)):
        assert f'hx-trigger="every {every}"' in text_of(nils.get(address))


def test_progress_is_shown_in_percent_only_when_the_whole_is_known(nils):
    answer = upload(nils, patient())
    row = job_after(answer)
    Job.objects.update(state="running", step="Sparar", done=250, total=1000, told_at=people.NOW)
    assert "25 procent klart" in text_of(nils.get(answer.headers["Location"]))
    Job.objects.update(total=0)
    page = text_of(nils.get(answer.headers["Location"]))
    assert "procent" not in page
    assert "250 poster är klara" in page
    assert row.state == "waiting"


def test_a_waiting_job_is_stopped_and_tried_again(nils):
    answer = upload(nils, patient())
    row = job_after(answer)
    nils.post(reverse("job-cancel", kwargs={"job_id": row.pk}))
    page = text_of(nils.get(answer.headers["Location"]))
    assert "Inläsningen avbröts." in page
    assert "Försök igen" in page
    nils.post(reverse("job-retry", kwargs={"job_id": row.pk}))
    registry.run(str(row.pk))
    assert "Allt i filen är inläst." in text_of(nils.get(answer.headers["Location"]))


def test_a_running_job_that_is_asked_to_stop_says_so(nils):
    answer = upload(nils, patient())
    Job.objects.update(state="running", told_at=people.NOW)
    nils.post(reverse("job-cancel", kwargs={"job_id": job_after(answer).pk}))
    page = text_of(nils.get(answer.headers["Location"]))
    assert "stannar så snart" in page
    assert "Avbryt inläsningen" not in page


def test_looking_at_a_job_changes_nothing(nils):
    """The worker's own watch picks lost jobs up; a page that is only read writes nothing."""
    answer = upload(nils, patient())
    Job.objects.update(state="running", attempt=1, told_at=people.NOW - timedelta(minutes=30))
    assert nils.get(answer.headers["Location"]).status_code == 200
    assert Job.objects.get().state == "running"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("FileNotFoundError", "Filen finns inte kvar."),
        ("NoLongerAllowed", "Ditt uppdrag gällde inte längre"),
        ("OperationalError", "Det som hann sparas är kvar."),
    ],
)
def test_a_failed_job_says_what_to_do(nils, error, said):
    answer = upload(nils, patient())
    Job.objects.update(state="failed", error=error, finished_at=people.NOW)
    page = text_of(nils.get(answer.headers["Location"]))
    assert said in page
    assert error not in page


def test_a_job_started_before_the_assignment_ended_does_not_run_after(nils):
    row = job_after(upload(nils, patient()))
    Assignment.objects.filter(person__subject="nils").update(ends_on=people.NOW.date() - timedelta(days=1))
    registry.run(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "NoLongerAllowed")
    assert not Delivery.objects.exists()


def test_a_job_of_somebody_else_or_of_another_kind_is_not_there(nils):
    answer = upload(nils, patient())
    Job.objects.update(started_by=uuid4())
    assert nils.get(answer.headers["Location"]).status_code == 404
    assert nils.get(f"{PAGE}{uuid4()}/").status_code == 404
    Job.objects.update(started_by=people.Cast().nils.pk, kind="other")
    assert nils.get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize("subject", ["karin", "maria", "alva", "agnes", "ann"])
def test_others_do_not_read_in(cast, subject):
    client = entered(subject)
    assert ACTING_AS in client.session
    assert client.get(PAGE).status_code == 403
    assert upload(client, patient()).status_code == 403


def test_what_waits_can_be_read_by_the_service_only(nils):
    upload(nils, patient())
    (file,) = incoming.folder().iterdir()
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert oct(incoming.folder().stat().st_mode & 0o777) == "0o700"
    assert file.read_bytes() == raw(patient())
