"""./kring test: every check and every test, on both databases; pytest's own closing line comes last."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import postgres, processes
from tools.application import variables
from tools.environment import install_packages, say

GATE = ("access", "unit/access", "unit/portal/entrance", "unit/indicators", "spec")
"""The folders of tests that alone reach every branch of the gate and the indicators. Only they are traced:
tracing doubles a test's time."""
PAGES = ("test_every_address.py", "test_nothing_leaks.py")
"""The files among them that ask every page of the house, and are not traced."""
WALK = "tests/journeys/test_all_pages.py"
"""The walk to every page at three widths: how a page looks is no matter of the database."""
ON_POSTGRES = "database and not scale and not spark"
"""What asks no database, or promises nothing that a database could answer otherwise, runs once, on SQLite's
side; tests/conftest.py marks the rest."""

LONG = "scale or spark"
"""The whole region, and a real Spark with a master and two workers."""


@dataclass
class Step:
    """One thing that was run: what it was, how long it took, and the last line it wrote."""

    name: str
    tests: bool
    passed: bool
    seconds: float
    closing: str


def run(root: Path, python: Path, *, fast: bool, paths: Sequence[str]) -> int:
    """Run every step, also after a failure, so that a developer sees everything at once."""
    processes.interrupt_on_signals()
    install_missing(browser=not fast)
    (root / "var" / "test").mkdir(parents=True, exist_ok=True)
    runner = Runner(root, python)
    if not paths:
        runner.check_the_code()
    with postgres.private_server() as url:
        if paths:
            runner.step("tests on SQLite", "pytest", *paths)
            runner.step("tests on PostgreSQL", "pytest", *paths, DATABASE_URL=url)
        else:
            runner.whole_suite(url, browser=not fast)
    return runner.report()


def run_long(root: Path, python: Path, *, paths: Sequence[str]) -> int:
    """Only what is too long for every day: on SQLite, as nothing of it asks a database."""
    processes.interrupt_on_signals()
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        install_packages(["openjdk-17-jre-headless"], why="Spark needs Java")
    (root / "var" / "test").mkdir(parents=True, exist_ok=True)
    runner = Runner(root, python)
    runner.step("the long run", "pytest", "-m", LONG, *paths)
    return runner.report()


def install_missing(*, browser: bool) -> None:
    """Debian's Chromium and PostgreSQL, unless they are here."""
    names = [] if postgres.programs() else ["postgresql"]
    if (
        browser
        and not any(map(shutil.which, ("chromium", "chromium-browser")))
        and not os.environ.get("KRING_CHROMIUM")
    ):
        names.append("chromium")
    if names:
        install_packages(names, why="The tests need more than Python")


def _show(text: str) -> None:
    print(text, end="", flush=True)


@dataclass(frozen=True)
class Planned:
    """A step to be: its name, its program of the environment with arguments, its database."""

    name: str
    command: tuple[str, ...]
    database: str


class Runner:
    """Runs the steps and remembers how each went."""

    def __init__(self, root: Path, python: Path) -> None:
        self.root, self.python = root, python
        self.steps: list[Step] = []

    def check_the_code(self) -> None:
        self.step("format", "ruff", "format", "--check")
        self.step("lint", "ruff", "check", "--quiet")
        self.step("types", "mypy")
        self.step("import contracts", "importlinter.cli", "lint-imports")
        self.step(
            "migrations",
            *("django", "makemigrations", "--check", "--dry-run", "--verbosity=1"),
            DJANGO_SETTINGS_MODULE="kring.config.settings",
        )

    def whole_suite(self, url: str, *, browser: bool) -> None:
        """Two lanes, a core each: SQLite, and PostgreSQL as in service; each ends with the browser."""
        journeys, gate = "--ignore=tests/journeys", self._gate()
        lane = [Planned("tests on PostgreSQL", ("pytest", journeys, "-m", ON_POSTGRES), url)]
        if browser and (self.root / "tests" / "journeys").exists():
            journeys_but_one = ("pytest", "tests/journeys", f"--ignore={WALK}")
            lane.append(Planned("journeys in Chromium on PostgreSQL", journeys_but_one, url))
        finish = self.beside(lane)
        self.step("the gate's tests, traced, on SQLite", "coverage", "run", "-m", "pytest", *gate)
        self.step("coverage of the gate", "coverage", "report", "--fail-under=100")
        self.step("the other tests on SQLite", "pytest", journeys, *(f"--ignore={name}" for name in gate))
        if browser and (self.root / WALK).exists():
            self.step("every page in Chromium on SQLite", "pytest", WALK)
        finish()

    def _gate(self) -> list[str]:
        """The files of tests that are traced."""
        found = [path for name in GATE for path in sorted((self.root / "tests" / name).rglob("test_*.py"))]
        return [str(path.relative_to(self.root)) for path in found if path.name not in PAGES]

    def step(self, name: str, *command: str, **environment: str) -> None:
        """Run one program of the environment, its output shown as it comes."""
        say(f"── {name}")
        self.steps.append(self._run(name, command, environment, _show))

    def beside(self, lane: Sequence[Planned]) -> Callable[[], None]:
        """Run some steps one after the other on the other core. What is returned waits for them and shows
        their output.
        """
        waiting = ThreadPoolExecutor(1)
        running = [(planned, waiting.submit(self._quietly, planned)) for planned in lane]
        waiting.shutdown(wait=False)
        say(f"── {', then '.join(planned.name for planned in lane)}: begun, shown further down")

        def finish() -> None:
            for planned, done in running:
                step, written = done.result()
                say(f"── {planned.name}")
                _show("".join(written))
                self.steps.append(step)

        return finish

    def _quietly(self, planned: Planned) -> tuple[Step, list[str]]:
        written: list[str] = []
        database = {"DATABASE_URL": planned.database}
        return self._run(planned.name, planned.command, database, written.append), written

    def _run(
        self, name: str, command: Sequence[str], environment: dict[str, str], show: Callable[[str], None]
    ) -> Step:
        began, last = time.monotonic(), ""
        with subprocess.Popen(
            [self.python, "-m", *command],
            cwd=self.root,
            env={**self._environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            for line in running.stdout or []:
                show(line)
                last = line.strip() or last
        seconds = time.monotonic() - began
        return Step(name, "pytest" in command, running.returncode == 0, seconds, last)

    def _environment(self) -> dict[str, str]:
        """The same for everyone: nothing from a developer's own shell decides how a test goes.

        The settings' own name is left out too: pytest would read them before tests/conftest.py has said
        which database and which files the tests use.
        """
        ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        named = {name: value for name, value in variables(self.root).items() if name not in ours}
        return {**named, "KRING_DEMO": "1", "PYTHONUNBUFFERED": "1"}

    def report(self) -> int:
        """The table of steps, then the closing line of the first pytest that failed, else of the last one."""
        print()
        for step in self.steps:
            print(f"{'passed' if step.passed else 'FAILED'}  {step.seconds:6.1f} s  {step.name}")
        print()
        tested = [step for step in self.steps if step.tests]
        failed = [step for step in tested if not step.passed]
        print((failed or tested[::-1])[0].closing, flush=True)
        return 0 if all(step.passed for step in self.steps) else 1
