"""The real server as a group of processes that can be shot and started again."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tools import processes

ROOT = Path(__file__).resolve().parents[2]


def environment(url: str, folder: Path) -> dict[str, str]:
    """The demo's settings, as its doors are how the senders log in, on a database and folder of their own."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "KRING_DEMO": "1",
        "KRING_VAR": str(folder),
        "KRING_STATIC": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "kring.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


class Server:
    """Gunicorn as `./kring serve` starts it: two workers with four threads each."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environment, self.folder = environment(url, folder), folder
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = processes.web(f"127.0.0.1:{self.port}", workers=2)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                process_group=0,
            )  # fmt: skip
        processes.wait_until_answering(self.port, [self.process])

    def kill(self) -> None:
        """Shoot the whole group, master and workers, with no time to finish anything."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def run(self, module: str, *arguments: str) -> str:
        """The last line of what a module printed, run with the server's settings in a process of its own."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        if done.returncode != 0:
            raise SystemExit(f"{module} failed (see above)")
        return done.stdout.splitlines()[-1] if done.stdout else ""


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
