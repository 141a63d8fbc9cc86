"""A private PostgreSQL for the tests: in a temporary folder, on a socket of its own, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tools.environment import Trouble

FAST = " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def programs() -> Path | None:
    """The folder with PostgreSQL's newest programs, or None when it is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def private_server(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a server of this run alone: fast, and allowed to lose everything in a power cut.

    `durable`: with PostgreSQL's own settings instead, as in service.
    """
    found = programs()
    if found is None:
        raise Trouble("PostgreSQL is not installed")
    # Not under TMPDIR: the server runs as another user, who must be able to reach the folder.
    folder = Path(tempfile.mkdtemp(prefix="kring-pg-", dir="/tmp"))  # noqa: S108
    as_user, data = _hand_over(folder), f"{folder}/db"
    control = [*as_user, f"{found}/pg_ctl", "-D", data, "-l", f"{folder}/log", "-w", "-s"]
    options = f"-c listen_addresses= -k {folder}" + ("" if durable else FAST)
    try:
        init = ["-D", data, "-U", "kring", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"]
        _run([*as_user, f"{found}/initdb", *init], folder)
        _run([*control, "-o", options, "start"], folder)
        yield f"postgresql://kring@{quote(str(folder), safe='')}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _hand_over(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: give the folder to an ordinary user and start it as that one."""
    if os.geteuid() != 0:
        return []
    name = next((name for name in ("postgres", "nobody") if _exists(name)), None)
    if name is None:
        raise Trouble("PostgreSQL cannot run as root, and there is no user postgres or nobody")
    shutil.chown(folder, name)
    return ["runuser", "-u", name, "--"]


def _exists(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def _run(command: list[str], folder: Path) -> None:
    # To a file: the server inherits its output, and a pipe would stay open as long as the server runs.
    with (folder / "setup.log").open("w+") as log:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if done.returncode != 0:
            log.seek(0)
            raise Trouble(f"The private PostgreSQL did not start:\n{log.read()}")
