"""The long-running parts of Kring, the pages and the background jobs, started and ended together."""

import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tools.environment import Trouble

Process = subprocess.Popen[bytes]

PATIENCE_S = 60


def web(bind: str, workers: int) -> list[str]:
    """The command that serves the pages."""
    return [
        "gunicorn", "--preload", "--worker-class=gthread", f"--workers={workers}", "--threads=4",
        "--log-level=warning", "--no-control-socket", f"--bind={bind}", "kring.config.wsgi",
    ]  # fmt: skip


def jobs(*, quiet: bool = False) -> list[str]:
    """The command that works off the background jobs; quiet where nobody reads its log."""
    return ["django", "work_jobs", "--no-startup-delay", f"--verbosity={0 if quiet else 1}"]


def start(python: Path, command: Sequence[str], environment: dict[str, str], folder: Path) -> Process:
    """Started in a group of its own: a Ctrl-C reaches us, and we end each part once and in order."""
    return subprocess.Popen(
        [python, "-m", *command], env=environment, cwd=folder, stdin=subprocess.DEVNULL, process_group=0
    )


def interrupt_on_signals() -> None:
    """A kind kill and a closed terminal end us as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def wait_until_answering(port: int, started: Sequence[Process]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and _all_run(started):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Trouble("Kring did not start (see above). Kring startade inte (se ovan).")


def attend(started: Sequence[Process]) -> None:
    """Returns when one of the parts has stopped by itself."""
    while _all_run(started):
        time.sleep(0.5)


def _all_run(started: Sequence[Process]) -> bool:
    return all(process.poll() is None for process in started)


def stop(started: Sequence[Process]) -> None:
    """End what was started, kindly first."""
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
