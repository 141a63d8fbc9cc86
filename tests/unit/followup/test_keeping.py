"""A calculation is kept whole, frozen and guarded, or not at all."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count

from indicators import catalogue
from kring.followup import commands, jobs
from kring.followup.delivery import Delivery, Table
from kring.followup.models import Calculation, Cell, Result
from kring.followup.reading import NotGuardedError
from kring.jobs import registry
from kring.jobs.models import Job
from synthetic.flat.parquet import Asked, write
from tests.cast import NOW
from tests.figures import YEARS, kept

pytestmark = pytest.mark.django_db


def test_every_indicator_is_kept_with_its_definition(calculation):
    results = {one.slug: one for one in calculation.results.all()}
    assert sorted(results) == catalogue.slugs()
    for slug, one in results.items():
        definition = catalogue.load(slug)
        assert one.version == definition.version
        assert {name: one.definition[name] for name in catalogue.TEXTS} == definition.texts
        assert one.definition["direction"] == definition.direction
        assert one.definition["valid_from"] == definition.valid_from.isoformat()


def test_every_cell_of_the_files_is_kept(calculation, made):
    lines = {path.stem: len(path.read_text().splitlines()) - 1 for path in made.out.glob("*.csv")}
    counted = calculation.results.annotate(n=Count("cells")).values_list("slug", "n")
    assert dict(counted) == lines
    assert (calculation.first_year, calculation.last_year, calculation.synthetic) == (*YEARS, True)


def test_a_file_that_is_not_guarded_stops_all_of_it(made, tmp_path, db):
    out = shutil.copytree(made.out, tmp_path / "out")
    path = out / "usual_provider.csv"
    path.write_text(path.read_text().replace(",shown", ",few"))
    before = Calculation.objects.count()
    with pytest.raises(NotGuardedError):
        kept(replace(made, out=out))
    assert Calculation.objects.count() == before


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "few", "n": 5},
        {"status": "few", "x": 5},
        {"status": "protected", "value": 1.5},
        {"status": "missing", "lower": 1.5},
        {"status": "not_applicable", "upper": 1.5},
        {"status": "shown", "n": None},
        {"status": "raw", "n": 10},
        {"status": "shown", "n": 12},
        {"status": "shown", "n": 10, "x": 3},
        {"status": "shown", "n": -5},
    ],
)
def test_the_table_itself_refuses_what_may_not_be_told(calculation, fields):
    result = calculation.results.first()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Cell.objects.create(result=result, year=1999, **fields)


def test_the_table_takes_what_may_be_told(calculation):
    result = calculation.results.first()
    with transaction.atomic():
        Cell.objects.create(result=result, year=1999, status="shown", n=10, x=0, value=0.0)
        Cell.objects.create(result=result, year=1999, sex="girl", status="few")
        transaction.set_rollback(True)


def test_an_indicator_stands_once_in_a_calculation(calculation):
    one = calculation.results.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(calculation=calculation, slug=one.slug, version=2, definition={})


def worked(actor) -> Job:
    row = commands.start_calculation(by=actor)
    registry.run(str(row.pk))
    row.refresh_from_db()
    return row


def test_the_job_counts_from_the_region_s_delivery(cast, settings, tmp_path):
    settings.FOLLOW_UP_DATA = str(tmp_path / "data")
    write(Asked(200, 2023, 2024, seed=7), tmp_path / "data", lambda _text: None)
    row = worked(cast.actor("agnes"))
    assert (row.state, row.result["indicators"]) == (Job.State.DONE, len(catalogue.slugs()))
    one = Calculation.objects.get(pk=row.result["calculation"])
    assert (one.source, one.started_by, one.made_at) == ("data", cast.actor("agnes").person_id, NOW)
    assert one.results.count() == len(catalogue.slugs())


@pytest.mark.parametrize("folder", ["", "saknas"])
def test_without_a_delivery_the_job_says_so_and_keeps_nothing(cast, settings, tmp_path, folder):
    settings.FOLLOW_UP_DATA = str(tmp_path / folder) if folder else ""
    before = Calculation.objects.count()
    row = worked(cast.actor("agnes"))
    assert (row.state, row.error) == (Job.State.FAILED, "FileNotFoundError")
    assert Calculation.objects.count() == before


@pytest.mark.parametrize(
    ("known", "years"),
    [
        (date(2026, 11, 22), (2020, 2024)),
        (date(2025, 1, 1), (2020, 2024)),
        (date(2024, 12, 31), (2020, 2024)),
        (date(2024, 12, 30), (2020, 2023)),
        (date(2021, 6, 1), (2020, 2020)),
    ],
)
def test_the_years_are_those_of_the_contacts_that_have_ended(known, years):
    """A year that goes on has no last day to be told of."""
    given = Delivery("x", False, (Table("step", 9, 2019, 2025), Table("contact", 3, 2020, 2024)))
    assert jobs.years_of(given, known) == years


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (Table("step", 3, 2020, 2024), "inga kontakter"),
        (Table("contact", 0, None, None), "inga kontakter"),
        (Table("contact", 3, 2026, 2026), "inget helt år"),
    ],
)
def test_without_a_year_to_tell_the_job_says_why(table, why):
    with pytest.raises(ValueError, match=why):
        jobs.years_of(Delivery("x", False, (table,)), date(2026, 11, 22))


def test_a_calculation_is_of_its_moment(calculation):
    assert calculation.made_at == NOW
    assert str(calculation) == f"2012-2024 {calculation.data_version[:8]}"
