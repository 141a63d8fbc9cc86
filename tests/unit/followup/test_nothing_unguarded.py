"""Unguarded counts stay where they were delivered: no page, table or left-over file ever holds them."""

import ast
import tempfile
from pathlib import Path

import pytest

import kring
from indicators import disclosure, runs
from kring.followup import jobs, queries
from kring.followup.models import Calculation, Cell
from kring.jobs import registry
from kring.jobs.models import Job
from synthetic.flat.parquet import Asked, write
from tests.cast import NOW

HOUSE = Path(kring.__file__).parent
UNGUARDED = {
    "runs",
    "engines",
    "loading",
    "cubes",
    "figures",
    "counts",
    "disclosure",
    "arrays",
    "fast",
    "plain",
}
MAY_COUNT = {"followup/jobs.py", "reports/rules/giving_back.py"}
"""The job alone counts; what it hands on is files that have been through disclosure control. A report asks
that control whether its own tables give anything back, of which cells are hidden and without any figure.
"""


def imported(path: Path) -> set[str]:
    """The modules of `indicators` that a file imports, by their own names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "indicators":
            found |= {alias.name for alias in node.names} | set((node.module or "").split(".")[1:])
        if isinstance(node, ast.Import):
            found |= {
                part
                for alias in node.names
                if alias.name.split(".")[0] == "indicators"
                for part in alias.name.split(".")[1:]
            }
    return found


def test_only_the_job_touches_what_has_not_been_guarded():
    found = {path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if imported(path) & UNGUARDED}
    assert found == MAY_COUNT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from indicators import runs, catalogue", {"runs", "catalogue"}),
        ("from indicators.engines import fast", {"engines", "fast"}),
        ("import indicators.loading", {"loading"}),
        ("from kring import clock", set()),
        ("def f():\n    from indicators import cubes", {"cubes"}),
    ],
)
def test_an_import_is_seen_wherever_it_stands(tmp_path, text, expected):
    path = tmp_path / "x.py"
    path.write_text(text)
    assert imported(path) == expected


@pytest.fixture
def region(settings, tmp_path):
    """A small delivery, and a folder of its own for what is passing."""
    settings.FOLLOW_UP_DATA = str(tmp_path / "data")
    write(Asked(200, 2023, 2024, seed=7), tmp_path / "data", lambda _text: None)
    return tmp_path


@pytest.fixture
def passing(monkeypatch, tmp_path):
    """Where the job puts its files while it works."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def run(cast) -> Job:
    by = cast.actor("agnes").person_id
    row = Job.objects.create(
        kind=queries.JOB, title="Räkna", created_at=NOW, started_by=by, arguments={"by": str(by)}
    )
    registry.run(str(row.pk))
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_nothing_is_left_behind_when_it_is_done(cast, region, passing):
    assert run(cast).state == Job.State.DONE
    assert list(passing.iterdir()) == []


@pytest.mark.django_db
def test_nothing_is_left_behind_nor_kept_when_it_breaks_off(cast, region, passing, monkeypatch):
    before = Calculation.objects.count()

    def breaks(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(disclosure, "protected", breaks)
    row = run(cast)
    assert (row.state, row.error) == (Job.State.FAILED, "RuntimeError")
    assert list(passing.iterdir()) == []
    assert Calculation.objects.count() == before


@pytest.mark.django_db
def test_without_disclosure_control_nothing_is_kept(cast, region, monkeypatch):
    """Were the guard ever left out, the second lock refuses the files."""
    before = Calculation.objects.count(), Cell.objects.count()
    monkeypatch.setattr(disclosure, "protected", lambda cells, *_rest: list(cells))
    row = run(cast)
    assert (row.state, row.error) == (Job.State.FAILED, "NotGuardedError")
    assert (Calculation.objects.count(), Cell.objects.count()) == before


@pytest.mark.django_db
def test_the_job_tells_how_far_it_is_and_bears_being_begun_again(cast, region, monkeypatch):
    steps: list[tuple[str, int]] = []
    plain = registry.Progress._tell

    def heard(self, **fields):
        if "step" in fields:
            steps.append((fields["step"], fields["total"]))
        plain(self, **fields)

    monkeypatch.setattr(registry.Progress, "_tell", heard)
    first, second = run(cast), run(cast)
    assert [name for name, _ in steps[:3]] == ["Läser data", "Räknar", "Sparar"]
    assert steps[1][1] == first.result["indicators"]
    assert first.result["calculation"] != second.result["calculation"]
    versions = Calculation.objects.filter(
        pk__in=[first.result["calculation"], second.result["calculation"]]
    ).values_list("data_version", flat=True)
    assert len(set(versions)) == 1


@pytest.mark.django_db
def test_a_job_that_is_asked_to_stop_keeps_nothing(cast, region, monkeypatch):
    before = Calculation.objects.count()

    def asked_to_stop(folder, out, years, tell, *, known):
        Job.objects.filter(kind=queries.JOB).update(cancel_asked=True)
        tell("1 av 18")

    monkeypatch.setattr(runs, "run", asked_to_stop)
    assert run(cast).state == Job.State.CANCELLED
    assert Calculation.objects.count() == before


def test_the_job_is_known_to_every_worker():
    assert registry.KINDS[queries.JOB] is jobs.calculate_indicators
