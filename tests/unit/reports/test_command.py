"""`./kring report situation --year 2024`: one command, and words instead of faults."""

import io

import pytest
from django.core.management import CommandError, call_command

from kring.jobs import registry
from kring.jobs.models import Job
from kring.reports import making, queries
from kring.reports.models import Report
from tests.cast import NOW
from tests.unit.reports.colleagues import AGNES

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", "situation", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(making, "_pieces", lambda *_: [])
    monkeypatch.setattr(making.tables, "package", lambda *_: b"PK")


def test_the_report_is_made_again_with_its_files(calculation, quick, tmp_path):
    said = told("--year", "2024", "--out", str(tmp_path / "ut"))
    report = Report.objects.get()
    assert "Lägesrapport 2024, utgåva 1: ett utkast" in said
    assert "0 av dem går att räkna fram" in said
    assert (tmp_path / "ut" / "lagesrapport-2024.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "ut" / "lagesrapport-2024-tabeller.zip").read_bytes() == b"PK"
    told("--year", "2024")
    assert Report.objects.get().pk == report.pk
    assert report.made_by is None


@pytest.mark.parametrize("year", ["1999", "2025"])
def test_a_year_without_figures_is_told_in_words(calculation, year):
    with pytest.raises(CommandError, match="inga siffror räknade för det året"):
        told("--year", year)


def test_the_job_tells_how_far_it_has_come_and_names_the_report(calculation, monkeypatch):
    """The pieces are made for real here, chapter by chapter; the files are not."""
    monkeypatch.setattr(making.tables, "package", lambda *_: b"PK")
    from kring.reports import commands

    job = commands.start_report(by=AGNES, year=2024, correction="")
    assert (job.kind, job.title) == (queries.JOB, "Göra lägesrapporten för 2024")
    registry.run(str(job.pk))
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.error) == (Job.State.DONE, "")
    assert (job.step, job.done, job.total) == ("Skriver kapitel", 9, 9)
    assert job.result == {"report": str(Report.objects.get().pk), "recovered": 0}
    assert Report.objects.get().made_by == AGNES.person_id
    assert Report.objects.get().made_at == NOW
