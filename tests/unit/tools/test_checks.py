"""./kring test itself: every step runs, one failure fails the whole, and pytest has the last word."""

import sys
from contextlib import contextmanager

import pytest

from tools import checks
from tools.environment import Trouble

PASSED, FAILED = "===== 3 passed in 0.10s =====", "===== 1 failed, 2 passed in 0.20s ====="


@pytest.fixture
def runner(tmp_path) -> checks.Runner:
    return checks.Runner(tmp_path, sys.executable)


def step(name: str, *, tests: bool = False, passed: bool = True, closing: str = "") -> checks.Step:
    return checks.Step(name, tests, passed, 1.25, closing)


def test_a_step_shows_its_output_and_keeps_its_last_line(runner, capfd):
    runner.step("version", "pip", "--version")
    (done,) = runner.steps
    assert done.passed
    assert done.closing.startswith("pip ")
    assert done.closing in capfd.readouterr().out


def test_a_step_that_fails_is_remembered_and_the_next_one_runs(runner):
    runner.step("broken", "no_such_module")
    runner.step("version", "pip", "--version")
    assert [done.passed for done in runner.steps] == [False, True]


def test_the_report_ends_with_pytest_s_own_line(runner, capsys):
    runner.steps = [step("lint"), step("tests", tests=True, closing=PASSED)]
    assert runner.report() == 0
    assert capsys.readouterr().out.splitlines()[-1] == PASSED


def test_one_failed_step_fails_the_whole(runner, capsys):
    runner.steps = [step("lint", passed=False), step("tests", tests=True, closing=PASSED)]
    assert runner.report() == 1
    told = capsys.readouterr().out
    assert "FAILED     1.2 s  lint" in told
    assert told.splitlines()[-1] == PASSED


def test_the_last_line_is_the_failed_run_s_when_one_failed(runner, capsys):
    runner.steps = [
        step("SQLite", tests=True, passed=False, closing=FAILED),
        step("PostgreSQL", tests=True, closing=PASSED),
    ]
    assert runner.report() == 1
    assert capsys.readouterr().out.splitlines()[-1] == FAILED


@pytest.fixture
def ran(monkeypatch, tmp_path) -> list[tuple[str, tuple[str, ...], str]]:
    """The steps that a run takes, without running them: name, command, database."""
    taken = []

    def note(self, name, command, environment, show):
        taken.append((name, command, environment.get("DATABASE_URL", "")))
        return step(name, tests="pytest" in command, closing=PASSED)

    @contextmanager
    def server():
        yield "postgresql://private"

    monkeypatch.setattr(checks.Runner, "_run", note)
    monkeypatch.setattr(checks.postgres, "private_server", server)
    monkeypatch.setattr(checks.processes, "interrupt_on_signals", lambda: None)
    monkeypatch.setattr(
        checks, "install_missing", lambda browser: taken.append(("browser", (), str(browser)))
    )
    (tmp_path / checks.WALK).parent.mkdir(parents=True)
    (tmp_path / checks.WALK).touch()
    return taken


def test_a_whole_run_takes_every_step_on_both_databases(ran, tmp_path):
    checks.run(tmp_path, sys.executable, fast=False, paths=[])
    assert sorted(name for name, _, _ in ran[1:]) == sorted(
        [
            "format",
            "lint",
            "types",
            "import contracts",
            "migrations",
            "the gate's tests, traced, on SQLite",
            "coverage of the gate",
            "the other tests on SQLite",
            "tests on PostgreSQL",
            "journeys in Chromium on PostgreSQL",
            "every page in Chromium on SQLite",
        ]
    )
    assert {database for name, _, database in ran if "PostgreSQL" in name} == {"postgresql://private"}


def test_every_test_runs_on_sqlite_and_what_asks_a_database_on_postgres_too(ran, tmp_path):
    traced = ["tests/access/test_gate.py", "tests/unit/access/test_facts.py"]
    for name in (*traced, "tests/access/test_every_address.py", "tests/unit/design/test_boxes.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    checks.run(tmp_path, sys.executable, fast=True, paths=[])
    commands = {name: command for name, command, _ in ran}
    journeys = "--ignore=tests/journeys"
    assert commands["tests on PostgreSQL"] == (
        "pytest",
        journeys,
        "-m",
        "database and not scale and not spark",
    )
    assert commands["the gate's tests, traced, on SQLite"] == ("coverage", "run", "-m", "pytest", *traced)
    left_out = [f"--ignore={name}" for name in traced]
    assert commands["the other tests on SQLite"] == ("pytest", journeys, *left_out)


def marked(request) -> bool:
    return request.node.get_closest_marker("database") is not None


@pytest.mark.django_db
def test_a_test_that_is_marked_for_a_database_runs_on_both(request):
    assert marked(request)


def test_a_test_that_comes_to_a_database_through_another_fixture_runs_on_both(request, cast):
    assert marked(request)


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_no_database_could_answer_otherwise_runs_once(request):
    assert not marked(request)


def test_any_other_test_runs_once_and_is_refused_its_question(request):
    from kring.organisations.models import Region

    assert not marked(request)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Region.objects.exists()


def test_two_lanes_are_shown_one_after_the_other(runner, capsys):
    lane = [
        checks.Planned("one", ("pip", "--version"), "sqlite://"),
        checks.Planned("three", ("no_such_module",), "sqlite://"),
    ]
    finish = runner.beside(lane)
    runner.step("two", "pip", "list", "--format=json")
    finish()
    told = capsys.readouterr().out
    assert told.index("── one, then three: begun") < told.index("── two") < told.index("── one\n")
    assert told.index("pip ") < told.index("── three") < told.index("No module named no_such_module")
    assert [(done.name, done.passed) for done in runner.steps] == [
        ("two", True),
        ("one", True),
        ("three", False),
    ]


def test_the_steps_of_a_lane_wait_for_each_other(runner, tmp_path):
    """The second finds what the first wrote: a database is never shared by two at once."""
    lane = [
        checks.Planned("write", ("timeit", "-n1", "-r1", "open('here', 'w').close()"), "sqlite://"),
        checks.Planned("read", ("timeit", "-n1", "-r1", "open('here').close()"), "sqlite://"),
    ]
    runner.beside(lane)()
    assert [done.passed for done in runner.steps] == [True, True]


def test_fast_leaves_out_the_browser(ran, tmp_path):
    checks.run(tmp_path, sys.executable, fast=True, paths=[])
    assert ran[0] == ("browser", (), "False")
    assert not [name for name, _, _ in ran if "Chromium" in name]


@pytest.mark.parametrize("paths", [[], ["tests/unit/indicators"]])
def test_the_long_run_is_the_region_and_spark_and_nothing_else(ran, tmp_path, monkeypatch, paths):
    monkeypatch.setattr(checks.shutil, "which", lambda name: name)
    assert checks.run_long(tmp_path, sys.executable, paths=paths) == 0
    assert ran == [("the long run", ("pytest", "-m", "scale or spark", *paths), "")]


@pytest.mark.parametrize(
    ("java", "home", "asked"),
    [
        (None, "", ["openjdk-17-jre-headless"]),
        ("/usr/bin/java", "", []),
        (None, "/usr/lib/jvm/mine", []),
    ],
)
def test_the_long_run_sees_to_it_that_java_is_here(ran, tmp_path, monkeypatch, java, home, asked):
    told = []
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.setattr(checks.shutil, "which", lambda name: java)
    monkeypatch.setattr(checks, "install_packages", lambda names, why: told.extend(names))
    checks.run_long(tmp_path, sys.executable, paths=[])
    assert told == asked


def test_named_tests_run_alone_on_both_databases(ran, tmp_path):
    checks.run(tmp_path, sys.executable, fast=False, paths=["tests/unit/children"])
    assert [(name, database) for name, _, database in ran[1:]] == [
        ("tests on SQLite", ""),
        ("tests on PostgreSQL", "postgresql://private"),
    ]
    assert all("tests/unit/children" in command for _, command, _ in ran[1:])


def test_a_developer_s_own_database_is_never_used(runner, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://in-use")
    assert "DATABASE_URL" not in runner._environment()
    # Named, pytest would read the settings before tests/conftest.py has said what the tests stand on.
    assert "DJANGO_SETTINGS_MODULE" not in runner._environment()


@pytest.mark.parametrize(
    ("postgres", "chromium", "browser", "asked"),
    [
        (None, None, True, ["postgresql", "chromium"]),
        (None, None, False, ["postgresql"]),
        ("found", None, True, ["chromium"]),
        ("found", "found", True, []),
    ],
)
def test_only_what_is_missing_is_asked_for(monkeypatch, postgres, chromium, browser, asked):
    told = []
    monkeypatch.delenv("KRING_CHROMIUM", raising=False)
    monkeypatch.setattr(checks.postgres, "programs", lambda: postgres)
    monkeypatch.setattr(checks.shutil, "which", lambda name: chromium)
    monkeypatch.setattr(checks, "install_packages", lambda names, why: told.extend(names))
    checks.install_missing(browser=browser)
    assert told == asked


def test_without_postgres_the_private_server_says_so(monkeypatch):
    monkeypatch.setattr(checks.postgres, "programs", lambda: None)
    with pytest.raises(Trouble, match="not installed"), checks.postgres.private_server():
        pass


def test_the_walk_to_every_page_is_taken_once(ran, tmp_path):
    checks.run(tmp_path, sys.executable, fast=False, paths=[])
    walks = [name for name, command, _ in ran if checks.WALK in command]
    journeys = next(command for name, command, _ in ran if name.startswith("journeys"))
    assert walks == ["every page in Chromium on SQLite"]
    assert f"--ignore={checks.WALK}" in journeys
