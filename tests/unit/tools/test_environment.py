"""The environment: made once, made again when a lock changes, and honest about what the machine lacks."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import environment
from tools.environment import Trouble

LOCK = "requirements.lock"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / LOCK).write_text("one==1 \\\n    --hash=sha256:00\ntwo==2 \\\n    --hash=sha256:11\n")
    return tmp_path


@pytest.fixture
def steps(root, monkeypatch) -> list[str]:
    """Which of the slow steps were taken, in order."""
    taken: list[str] = []

    def make(venv: Path, python: Path) -> None:
        taken.append("make")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environment, "_make", make)
    monkeypatch.setattr(environment, "_install", lambda python, lock: taken.append("install"))
    return taken


def test_ready_makes_the_environment_the_first_time(root, steps):
    assert environment.ready(root, LOCK) == root / "var" / "venv" / "bin" / "python"
    assert steps == ["make", "install"]


def test_ready_does_nothing_the_second_time(root, steps):
    environment.ready(root, LOCK)
    environment.ready(root, LOCK)
    assert steps == ["make", "install"]


def test_ready_installs_again_when_the_lock_has_changed(root, steps):
    environment.ready(root, LOCK)
    (root / LOCK).write_text("one==2 \\\n    --hash=sha256:22\n")
    environment.ready(root, LOCK)
    assert steps == ["make", "install"] * 2


def test_ready_stamps_the_checksum_of_the_lock(root, steps):
    environment.ready(root, LOCK)
    stamp = (root / "var" / "venv" / f"{LOCK}.sha256").read_text()
    assert stamp == hashlib.sha256((root / LOCK).read_bytes()).hexdigest()


def test_ready_tries_again_after_a_failed_installation(root, steps, monkeypatch):
    def fail(python: Path, lock: Path) -> None:
        raise Trouble("no network")

    monkeypatch.setattr(environment, "_install", fail)
    with pytest.raises(Trouble):
        environment.ready(root, LOCK)
    monkeypatch.setattr(environment, "_install", lambda python, lock: steps.append("install"))
    environment.ready(root, LOCK)
    assert steps == ["make", "make", "install"]


def test_each_lock_has_its_own_stamp(root, steps):
    (root / "requirements-test.lock").write_text("three==3 \\\n    --hash=sha256:33\n")
    environment.ready(root, LOCK)
    environment.ready(root, "requirements-test.lock")
    environment.ready(root, LOCK)
    assert steps == ["make", "install"] * 2


def test_a_wrong_checksum_stops_the_installation(tmp_path):
    """Against a real pip: nothing is installed from a lock that cannot be checked."""
    lock = tmp_path / LOCK
    package = tmp_path / "nothing-1-py3-none-any.whl"
    package.touch()
    lock.write_text(f"{package} --hash=sha256:{'0' * 64}\n")
    (tmp_path / "var").mkdir()
    with pytest.raises(Trouble, match="could not be installed"):
        environment._install(Path(sys.executable), lock)
    assert "hash" in (tmp_path / "var" / "setup.log").read_text().lower()


def test_progress_is_told_while_pip_works(capsys):
    pip = SimpleNamespace(
        stdout=[f"Collecting p{n}==1\n" for n in range(20)] + ["Installing collected packages\n"]
    )
    written = environment._follow(pip, total=20)
    told = capsys.readouterr().out
    assert len(written) == 21
    assert "10 of 20 packages" in told
    assert "20 of 20 packages" in told
    assert "unpacking" in told


def test_every_step_is_told_with_its_seconds(capsys):
    environment.say("Making the Python environment")
    assert capsys.readouterr().out.endswith(" s] Making the Python environment\n")


def test_without_root_the_exact_line_is_told(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Trouble) as trouble:
        environment.install_packages(["chromium", "postgresql"], why="The tests need more than Python")
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium postgresql"
    assert line in str(trouble.value)
    assert "försök igen" in str(trouble.value)


def test_as_root_the_packages_are_installed(monkeypatch):
    ran = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")

    def run(command, env, **options):
        ran.append(command)
        assert env["DEBIAN_FRONTEND"] == "noninteractive"
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(environment.subprocess, "run", run)
    environment.install_packages(["chromium"], why="The journeys need a browser")
    assert [command[1] for command in ran] == ["update", "install"]
    assert ran[1][-1] == "chromium"


def test_a_failed_installation_shows_what_apt_said(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    failed = subprocess.CompletedProcess([], 100, "", "E: no such package")
    monkeypatch.setattr(environment.subprocess, "run", lambda *given, **options: failed)
    with pytest.raises(Trouble, match="E: no such package"):
        environment.install_packages(["chromium"], why="The journeys need a browser")


def test_a_python_that_cannot_make_environments_is_mended(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment, "install_packages", lambda names, why: asked.extend(names))
    made = subprocess.CompletedProcess([], 0, "", "")
    monkeypatch.setattr(environment.subprocess, "run", lambda *given, **options: made)
    environment._make(tmp_path / "venv", tmp_path / "venv" / "bin" / "python")
    assert asked == [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def test_an_environment_that_works_is_kept(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    ran = []

    def run(command, **options):
        ran.append(command)
        return subprocess.CompletedProcess(command, 0, "pip 25", "")

    monkeypatch.setattr(environment.subprocess, "run", run)
    environment._make(tmp_path, python)
    assert [command[1:] for command in ran] == [["-m", "pip", "--version"]]
