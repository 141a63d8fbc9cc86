"""Two commands at once take turns; what pip and apt say reaches the person who waits."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools import environment
from tools.environment import Trouble


def test_two_at_once_make_the_environment_once(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    made: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def make(venv: Path, python: Path) -> None:
        made.append("make")
        begun.set()
        go_on.wait(5)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environment, "_make", make)
    monkeypatch.setattr(environment, "_install", lambda python, lock: made.append("install"))
    found: list[Path] = []
    both = [
        threading.Thread(target=lambda: found.append(environment.ready(tmp_path, lock.name)))
        for _ in range(2)
    ]
    both[0].start()
    begun.wait(5)
    both[1].start()
    go_on.set()
    for thread in both:
        thread.join(5)
    assert made == ["make", "install"]
    assert found == [tmp_path / "var" / "venv" / "bin" / "python"] * 2


@pytest.mark.parametrize(
    ("python", "stamp", "stamped"),
    [
        (True, "abc", True),
        (True, "other", False),
        (True, None, False),
        (False, "abc", False),
        (True, "abc\n", False),
    ],
)
def test_what_counts_as_made(tmp_path, python, stamp, stamped):
    if python:
        (tmp_path / "python").touch()
    if stamp is not None:
        (tmp_path / "stamp").write_text(stamp)
    assert environment._stamped(tmp_path / "python", tmp_path / "stamp", "abc") is stamped


class Pip:
    """A pip that says these lines and ends with this code."""

    def __init__(self, lines: list[str], code: int) -> None:
        self.stdout, self.returncode = lines, code

    def __enter__(self) -> "Pip":
        return self

    def __exit__(self, *given: object) -> None: ...


def install(tmp_path, monkeypatch, lines=(), code=0) -> list[str]:
    commands: list[list[str]] = []
    monkeypatch.setattr(
        environment.subprocess,
        "Popen",
        lambda command, **options: commands.append(command) or Pip(list(lines), code),
    )
    (tmp_path / "var").mkdir(exist_ok=True)
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1 \\\n    --hash=sha256:00\n    # via two==2\nthree==3 \\\n")
    environment._install(Path("py"), lock)
    return commands[0]


def test_nothing_is_installed_without_its_checksum(tmp_path, monkeypatch, capsys):
    command = install(tmp_path, monkeypatch, ["Collecting one\n"])
    assert command[:4] == ["py", "-m", "pip", "install"]
    assert "--require-hashes" in command
    assert command[-2:] == ["-r", str(tmp_path / "requirements.lock")]
    assert (tmp_path / "var" / "setup.log").read_text() == "Collecting one\n"
    told = capsys.readouterr().out
    assert "Installing 2 packages from requirements.lock" in told
    assert told.splitlines()[-1].endswith("The environment is ready")


def test_a_failed_installation_shows_the_end_and_where_the_rest_is(tmp_path, monkeypatch):
    lines = [f"line {n}\n" for n in range(40)]
    with pytest.raises(Trouble) as trouble:
        install(tmp_path, monkeypatch, lines, code=1)
    told = str(trouble.value)
    assert "line 39" in told and "line 25" in told
    assert "line 24\n" not in told
    assert told.endswith(f"All of it: {tmp_path / 'var' / 'setup.log'}")
    assert (tmp_path / "var" / "setup.log").read_text() == "".join(lines)


def test_every_tenth_package_is_told_and_never_more_than_there_are(capsys):
    lines = ["Collecting a\n", "Requirement already satisfied: b\n", "  Downloading c\n"] * 10
    environment._follow(Pip(lines, 0), total=15)
    told = [line.split("] ")[1] for line in capsys.readouterr().out.splitlines()]
    assert told == ["  10 of 15 packages", "  15 of 15 packages"]


@pytest.mark.parametrize(
    ("root", "apt", "tries"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_only_root_with_apt_installs_by_itself(monkeypatch, root, apt, tries):
    ran = []
    monkeypatch.setattr(environment.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(environment.shutil, "which", lambda name: "/usr/bin/apt-get" if apt else None)
    monkeypatch.setattr(
        environment.subprocess,
        "run",
        lambda command, **options: ran.append(command) or subprocess.CompletedProcess(command, 0, "", ""),
    )
    if tries:
        environment.install_packages(["chromium"], why="Why")
    else:
        with pytest.raises(Trouble, match="Why. Run this line"):
            environment.install_packages(["chromium"], why="Why")
    assert bool(ran) is tries


def test_an_environment_that_cannot_be_made_says_what_python_said(tmp_path, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "out\n", "err\n")
    monkeypatch.setattr(environment.subprocess, "run", lambda *given, **options: failed)
    with pytest.raises(Trouble, match="could not be made:\nout\nerr"):
        environment._make(tmp_path / "venv", tmp_path / "venv" / "bin" / "python")


def test_a_broken_environment_is_cleared_and_made_again(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    ran = []

    def run(command, **options):
        ran.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, int("pip" in command), "", "")

    monkeypatch.setattr(environment.subprocess, "run", run)
    environment._make(tmp_path, python)
    assert ran[1] == [sys.executable, "-m", "venv", "--clear", str(tmp_path)]
