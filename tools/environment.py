"""Makes var/venv from a hash-locked list of packages, and installs what Debian must add."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTED = time.monotonic()


class Trouble(Exception):
    """Something the person at the keyboard can mend; the text says how."""


def say(text: str) -> None:
    """One line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def ready(root: Path, lock_name: str) -> Path:
    """The environment's Python, with exactly what `lock_name` lists installed."""
    venv, lock = root / "var" / "venv", root / lock_name
    python, stamp = venv / "bin" / "python", venv / f"{lock_name}.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _stamped(python, stamp, wanted):
        return python
    with _alone(root / "var" / "setup.lock"):
        if not _stamped(python, stamp, wanted):
            _make(venv, python)
            _install(python, lock)
            stamp.write_text(wanted)
    return python


def _stamped(python: Path, stamp: Path, wanted: str) -> bool:
    return python.exists() and stamp.exists() and stamp.read_text() == wanted


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two commands started at once take turns instead of writing into each other's environment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(venv: Path, python: Path) -> None:
    works = python.exists() and subprocess.run([python, "-m", "pip", "--version"], capture_output=True)
    if works and works.returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        install_packages([f"python{major}.{minor}-venv"], why="Python here cannot make environments")
    say(f"Making the Python environment in {venv.parent.name}/{venv.name}")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True)
    if done.returncode != 0:
        raise Trouble(f"The environment could not be made:\n{done.stdout}{done.stderr}")


def _install(python: Path, lock: Path) -> None:
    total = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith(" "))
    say(f"Installing {total} packages from {lock.name}, each checked against its checksum")
    options = ["--require-hashes", "--no-input", "--progress-bar=off"]
    command = [str(python), "-m", "pip", "install", *options, "-r", str(lock)]
    log = lock.parent / "var" / "setup.log"
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        written = _follow(pip, total)
    log.write_text("".join(written))
    if pip.returncode != 0:
        raise Trouble("The packages could not be installed:\n" + "".join(written[-15:]) + f"All of it: {log}")
    say("The environment is ready")


def _follow(pip: "subprocess.Popen[str]", total: int) -> list[str]:
    """pip's own output, with every tenth package told to the person who waits."""
    written: list[str] = []
    seen = 0
    for line in pip.stdout or []:
        written.append(line)
        if line.startswith(("Collecting", "Requirement already satisfied")):
            seen += 1
            if seen % 10 == 0:
                say(f"  {min(seen, total)} of {total} packages")
        elif line.startswith("Installing collected"):
            say("  all fetched; unpacking")
    return written


def install_packages(names: list[str], why: str) -> None:
    """Installs Debian packages when allowed to, or says the exact line to run and stops."""
    update, install = ["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        line = " && ".join("sudo " + " ".join(command) for command in (update, install))
        raise Trouble(
            f"{why}. Run this line and try again (kör den här raden och försök igen):\n\n  {line}\n"
        )
    say(f"{why}: installing {', '.join(names)} with apt")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (update, install):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise Trouble(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
