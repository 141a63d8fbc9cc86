"""The demo: prepared once, quick the second time, and never left half made."""

import json
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import application, demo, processes
from tools.environment import Trouble


@pytest.fixture
def root(tmp_path: Path) -> Path:
    migrations = tmp_path / "src" / "kring" / "children" / "migrations"
    static = tmp_path / "src" / "kring" / "design" / "static"
    for folder in (migrations, static, tmp_path / "var"):
        folder.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("first")
    (static / "kring.css").write_text("a {}")
    return tmp_path


@pytest.fixture
def ran(root, monkeypatch) -> list[str]:
    """The Django commands that preparing takes; each leaves behind what the real one would."""
    commands: list[str] = []

    def run(root, python, telling, *arguments):
        commands.append(" ".join(arguments).split(" --verbosity")[0].replace(" --no-input", ""))
        (root / "var" / "demo.sqlite3").touch()
        (root / "var" / "static").mkdir(exist_ok=True)

    monkeypatch.setattr(demo, "_django", run)
    return commands


def prepare(root: Path, children: int | None = None, *, fresh: bool = False) -> None:
    demo.prepare(root, sys.executable, children=children, fresh=fresh)


EVERYTHING = ["migrate", "collectstatic", "fill_demo --children=2000"]


def test_the_first_start_makes_everything(root, ran):
    prepare(root)
    assert ran == EVERYTHING


def test_the_second_start_makes_nothing(root, ran):
    prepare(root)
    ran.clear()
    prepare(root)
    assert ran == []


def test_a_new_migration_is_run_and_nothing_else(root, ran):
    prepare(root)
    ran.clear()
    (root / "src/kring/children/migrations/0002_more.py").write_text("second")
    prepare(root)
    assert ran == ["migrate"]


def test_a_rewritten_migration_makes_the_demo_anew(root, ran, capsys):
    prepare(root, 70)
    ran.clear()
    (root / "src/kring/children/migrations/0001_initial.py").write_text("first, made anew")
    prepare(root)
    assert ran == EVERYTHING
    assert "makes its tables anew" in capsys.readouterr().out


def test_a_failed_update_keeps_the_demo_and_tries_again(root, ran, monkeypatch):
    prepare(root)
    (root / "src/kring/children/migrations/0002_more.py").write_text("second")
    whole = demo._django

    def fail(root, python, telling, *arguments):
        raise Trouble("no room on the disk")

    monkeypatch.setattr(demo, "_django", fail)
    with pytest.raises(Trouble):
        prepare(root)
    monkeypatch.setattr(demo, "_django", whole)
    ran.clear()
    prepare(root)
    assert ran == ["migrate"]
    assert (root / "var" / "demo.sqlite3").exists()


def test_a_changed_style_is_collected_and_nothing_else(root, ran):
    prepare(root)
    ran.clear()
    (root / "src/kring/design/static/kring.css").write_text("b {}")
    prepare(root)
    assert ran == ["collectstatic"]


def test_fresh_begins_again(root, ran):
    prepare(root)
    (root / "var" / "demo.sqlite3-wal").touch()
    ran.clear()
    prepare(root, 50, fresh=True)
    assert ran == ["migrate", "collectstatic", "fill_demo --children=50"]
    assert not (root / "var" / "demo.sqlite3-wal").exists()


def test_a_filling_that_was_interrupted_begins_again(root, ran, monkeypatch):
    def interrupted(root, python, telling, *arguments):
        (root / "var" / "demo.sqlite3").touch()
        if arguments[0] == "fill_demo":
            raise KeyboardInterrupt

    whole = demo._django
    monkeypatch.setattr(demo, "_django", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(root)
    monkeypatch.setattr(demo, "_django", whole)
    prepare(root)
    assert ran == EVERYTHING


def test_another_number_of_children_needs_fresh(root, ran, capsys):
    prepare(root)
    ran.clear()
    prepare(root, 500)
    assert ran == []
    assert "already holds 2000 children; add --fresh" in capsys.readouterr().out


def test_what_was_made_is_written_down(root, ran):
    prepare(root, 7)
    assert json.loads((root / "var" / "demo.json").read_text())["children"] == 7


def test_a_failed_step_says_which(root, monkeypatch):
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(demo.subprocess, "run", lambda *given, **options: failed)
    with pytest.raises(Trouble, match="migrate failed"):
        prepare(root)
    assert not (root / "var" / "demo.json").exists()


def test_a_taken_port_is_told_in_both_languages():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble) as trouble:
            demo.refuse_taken(port)
    assert f"Port {port} is taken" in str(trouble.value)
    assert f"./kring demo --port {port + 1}" in str(trouble.value)
    assert "upptagen" in str(trouble.value)


def test_a_free_port_is_fine():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo.refuse_taken(port)


def test_the_demo_answers_on_this_machine_only():
    assert "--bind=127.0.0.1:8123" in processes.web("127.0.0.1:8123", workers=2)
    assert "http://127.0.0.1:8123/" in demo.greeting(ROOT, 8123)


def test_the_greeting_names_people_of_every_kind():
    told = demo.greeting(ROOT, 8000)
    for person in ("Karin Lund, Samordnare", "Maria Berg, vårdnadshavare", "Alva Berg, 10 år"):
        assert person in told


def test_the_demo_never_touches_a_database_in_use(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://in-use")
    variables = application.demo_variables(tmp_path)
    assert variables["DATABASE_URL"] == f"sqlite:///{tmp_path / 'var' / 'demo.sqlite3'}"
    assert variables["KRING_DEMO"] == "1"


def test_other_commands_work_on_the_named_database_and_else_on_the_demo(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://in-use")
    assert application.database_url(tmp_path) == "postgresql://in-use"
    monkeypatch.delenv("DATABASE_URL")
    assert application.database_url(tmp_path).endswith("var/demo.sqlite3")


@pytest.fixture
def sleeper(tmp_path):
    """A part that does nothing but run, ended after the test whatever happens."""
    started = processes.start(Path(sys.executable), ["http.server", "0", "--bind=127.0.0.1"], {}, tmp_path)
    yield started
    started.kill()
    started.wait()


def test_stopping_ends_what_was_started(sleeper):
    processes.stop([sleeper])
    assert sleeper.poll() is not None


def test_attending_returns_when_a_part_stops(sleeper, tmp_path):
    short = processes.start(Path(sys.executable), ["this"], {}, tmp_path)
    processes.attend([sleeper, short])
    assert short.poll() == 0
    assert sleeper.poll() is None


def test_waiting_ends_at_once_when_a_part_has_died(tmp_path):
    broken = processes.start(Path(sys.executable), ["no_such_module"], {}, tmp_path)
    with pytest.raises(Trouble, match="did not start"):
        processes.wait_until_answering(1, [broken])


def test_waiting_ends_when_it_answers(sleeper):
    with closing(socket.socket()) as open_door:
        open_door.bind(("127.0.0.1", 0))
        open_door.listen()
        processes.wait_until_answering(open_door.getsockname()[1], [sleeper])
