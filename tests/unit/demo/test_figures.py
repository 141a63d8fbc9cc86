"""The demo's figures come by a job of the worker, from a region that is made up each time alike."""

import pytest

from kring.demo import figures
from kring.followup.models import Calculation
from kring.jobs import registry
from kring.jobs.models import Job
from kring.reports import queries as reports

pytestmark = pytest.mark.django_db


def test_the_demo_s_job_makes_a_region_and_its_figures(cast, settings, tmp_path, monkeypatch):
    settings.FOLLOW_UP_DATA = str(tmp_path / "region")
    monkeypatch.setattr(figures, "CHILDREN", 300)
    monkeypatch.setattr(figures, "FIRST_YEAR", 2023)
    row = figures.ask_for_figures()
    assert (row.state, row.started_by) == (Job.State.WAITING, cast.actor("agnes").person_id)
    registry.run(str(row.pk))
    row.refresh_from_db()
    assert row.state == Job.State.DONE
    one = Calculation.objects.get(pk=row.result["calculation"])
    assert (one.synthetic, one.first_year, one.last_year) == (True, 2023, 2024)
    assert one.results.count() == row.result["indicators"] > 10
    draft, published = reports.every()
    assert (draft.year, published.year) == (2024, 2023)
    assert [one.pk for one in reports.published()] == [published.pk]
    figures.tell_reports(draft.made_at)
    assert len(reports.every()) == 2, "begun again, nothing is told twice"
