"""./kring test from the outside: which program is run how, with which environment, and what is told of it."""

import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import checks

CHECKS = ["format", "lint", "types", "import contracts", "migrations"]
TRACED, SQLITE, POSTGRES = (
    "the gate's tests, traced, on SQLite",
    "the other tests on SQLite",
    "tests on PostgreSQL",
)
GATE, JOURNEYS = "coverage of the gate", "journeys in Chromium on PostgreSQL"
WALK = "every page in Chromium on SQLite"


class Noted(checks.Runner):
    """A runner that notes its steps; those named in `failing` fail."""

    failing: frozenset[str] = frozenset()

    def __init__(self, root: Path, python: Path) -> None:
        super().__init__(root, python)
        self.ran: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}

    def _run(self, name, command, environment, show):
        self.ran[name] = (tuple(command), environment)
        show(f"output of {name}\n")
        return checks.Step(name, "pytest" in command, name not in self.failing, 1.0, f"closing of {name}")


@pytest.fixture
def noted(tmp_path) -> Noted:
    (tmp_path / checks.WALK).parent.mkdir(parents=True)
    (tmp_path / checks.WALK).touch()
    return Noted(tmp_path, Path(sys.executable))


# What is run


def test_the_code_is_checked_before_anything_is_run(noted):
    noted.check_the_code()
    assert [step.name for step in noted.steps] == CHECKS
    assert not any(step.tests for step in noted.steps)
    commands = {name: command for name, (command, _) in noted.ran.items()}
    assert commands["format"] == ("ruff", "format", "--check")
    assert commands["lint"][:2] == ("ruff", "check")
    assert commands["types"] == ("mypy",)
    assert commands["import contracts"] == ("importlinter.cli", "lint-imports")
    assert commands["migrations"][1:4] == ("makemigrations", "--check", "--dry-run")
    assert noted.ran["migrations"][1] == {"DJANGO_SETTINGS_MODULE": "kring.config.settings"}


def test_both_databases_are_tried_and_the_gate_is_measured_on_one(noted):
    noted.whole_suite("postgresql://private", browser=True)
    assert {step.name for step in noted.steps} == {TRACED, SQLITE, POSTGRES, GATE, JOURNEYS, WALK}
    assert noted.ran[TRACED][1] == noted.ran[SQLITE][1] == {}
    for name in (POSTGRES, JOURNEYS):
        assert noted.ran[name][1] == {"DATABASE_URL": "postgresql://private"}
    assert noted.ran[TRACED][0][:4] == ("coverage", "run", "-m", "pytest")
    assert noted.ran[GATE][0] == ("coverage", "report", "--fail-under=100")
    assert "--ignore=tests/journeys" in noted.ran[SQLITE][0]
    assert "--ignore=tests/journeys" in noted.ran[POSTGRES][0]
    assert noted.ran[JOURNEYS][0] == ("pytest", "tests/journeys", f"--ignore={checks.WALK}")
    assert noted.ran[WALK] == (("pytest", checks.WALK), {})


@pytest.mark.parametrize(
    ("browser", "journeys", "run"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_journeys_are_run_when_there_is_a_browser_and_there_are_any(noted, browser, journeys, run):
    if not journeys:
        (noted.root / checks.WALK).unlink()
        (noted.root / checks.WALK).parent.rmdir()
    noted.whole_suite("postgresql://private", browser=browser)
    assert (JOURNEYS in noted.ran) is (WALK in noted.ran) is run


def test_what_is_named_in_the_steps_stands_where_it_says():
    for folder in ("journeys", *checks.GATE):
        assert (ROOT / "tests" / folder).is_dir(), folder
    assert all((ROOT / "tests" / "access" / name).is_file() for name in checks.PAGES)


def test_coverage_follows_the_tests_it_measures(noted):
    noted.whole_suite("postgresql://private", browser=False)
    names = [step.name for step in noted.steps]
    assert names.index(TRACED) < names.index(GATE) < names.index(SQLITE) < names.index(POSTGRES)


# What is told


def report(noted, capsys, *steps: tuple[str, bool, bool]) -> tuple[int, list[str]]:
    noted.steps = [
        checks.Step(name, tests, passed, 61.25, f"closing of {name}") for name, tests, passed in steps
    ]
    code = noted.report()
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("steps", "code", "last"),
    [
        ([("lint", False, True), ("A", True, True)], 0, "closing of A"),
        ([("A", True, True), ("B", True, True)], 0, "closing of B"),
        ([("A", True, False), ("B", True, True)], 1, "closing of A"),
        ([("A", True, False), ("B", True, False)], 1, "closing of A"),
        ([("A", True, True), ("B", True, False)], 1, "closing of B"),
        ([("lint", False, False), ("A", True, True), ("B", True, True)], 1, "closing of B"),
        ([("A", True, True), ("gate", False, False)], 1, "closing of A"),
    ],
)
def test_the_last_line_is_that_of_the_first_tests_that_failed_or_else_of_the_last(
    noted, capsys, steps, code, last
):
    found, lines = report(noted, capsys, *steps)
    assert (found, lines[-1]) == (code, last)


def test_every_step_is_told_with_its_seconds_failed_ones_aloud(noted, capsys):
    _, lines = report(noted, capsys, ("lint", False, False), ("A", True, True))
    assert lines[1:3] == ["FAILED    61.2 s  lint", "passed    61.2 s  A"]


def test_a_step_is_announced_before_its_output(noted, capsys):
    noted.step("lint", "ruff")
    told = capsys.readouterr().out
    assert told.index("── lint") < told.index("output of lint")


def test_a_step_beside_is_told_when_it_is_waited_for(noted, capsys):
    finish = noted.beside([checks.Planned("slow", ("pytest",), "postgresql://private")])
    noted.step("quick", "pytest")
    assert "output of slow" not in capsys.readouterr().out
    finish()
    told = capsys.readouterr().out
    assert told.index("── slow") < told.index("output of slow")
    assert [step.name for step in noted.steps] == ["quick", "slow"]


# In which environment


@pytest.mark.parametrize("name", ["DATABASE_URL", "DJANGO_SETTINGS_MODULE"])
def test_nothing_of_a_developer_s_shell_decides(noted, monkeypatch, name):
    monkeypatch.setenv(name, "own")
    assert name not in noted._environment()


def test_tests_are_run_as_the_demo_and_told_line_by_line(noted):
    found = noted._environment()
    assert (found["KRING_DEMO"], found["PYTHONUNBUFFERED"]) == ("1", "1")
    assert found["PYTHONPATH"] == str(noted.root / "src")


def real(tmp_path: Path, code: str) -> checks.Step:
    """One real step: a small program of this kind."""
    (tmp_path / "said.py").write_text(code)
    runner = checks.Runner(tmp_path, Path(sys.executable))
    runner.step("said", "said")
    return runner.steps[0]


@pytest.mark.parametrize(
    ("code", "passed", "closing"),
    [
        ("print('one')\nprint('two')\nprint()\nprint('   ')", True, "two"),
        ("print('one')\nraise SystemExit(1)", False, "one"),
        ("import sys\nprint('fault', file=sys.stderr)", True, "fault"),
        ("", True, ""),
        ("import sys\nprint(repr(sys.stdin.read()))", True, "''"),
    ],
)
def test_the_closing_line_is_the_last_that_says_something(tmp_path, code, passed, closing):
    step = real(tmp_path, code)
    assert (step.passed, step.closing) == (passed, closing)
    assert 0 < step.seconds < 30
