"""./kring serve: real use, everything from the environment, closed until it is safe."""

import os
from collections.abc import Mapping
from pathlib import Path

from tools import application, processes
from tools.environment import Trouble

KEY_LENGTH = 50


def faults(given: Mapping[str, str]) -> list[str]:
    """Why this environment is not safe to serve from: one line each, in Swedish and English."""
    found = []
    if given.get("KRING_DEMO", "0") not in ("", "0"):
        found.append(
            "KRING_DEMO är på: demon har ingen inloggning. / KRING_DEMO is on: the demo has no login."
        )
    if not given.get("DATABASE_URL"):
        found.append("DATABASE_URL är inte satt. / DATABASE_URL is not set.")
    for name in ("KRING_SECRET_KEY", "KRING_AUDIT_KEY"):
        found += _weak_key(name, given.get(name, ""))
    if given.get("KRING_SECRET_KEY") and given.get("KRING_SECRET_KEY") == given.get("KRING_AUDIT_KEY"):
        found.append(
            "Nycklarna är likadana, de ska vara olika. / The two keys are the same, they must differ."
        )
    hosts = [host.strip() for host in given.get("KRING_ALLOWED_HOSTS", "").split(",") if host.strip()]
    if not hosts:
        found.append("KRING_ALLOWED_HOSTS är inte satt. / KRING_ALLOWED_HOSTS is not set.")
    if "*" in hosts:
        found.append(
            "KRING_ALLOWED_HOSTS släpper in alla namn (*). / KRING_ALLOWED_HOSTS lets any name in (*)."
        )
    return found


def _weak_key(name: str, key: str) -> list[str]:
    if len(key) >= KEY_LENGTH and len(set(key)) >= 10:
        return []
    if not key:
        return [f"{name} är inte satt. / {name} is not set."]
    return [
        f"{name} är för svag, minst {KEY_LENGTH} slumpade tecken behövs. / "
        f"{name} is too weak, it takes at least {KEY_LENGTH} random characters."
    ]


def run(root: Path, python: Path, *, only: str | None) -> int:
    """Check, then serve the pages and work off the jobs (or one of the two) until told to stop."""
    if found := faults(os.environ):
        raise Trouble(
            "Kring startar inte. / Kring does not start.\n" + "\n".join(f"  - {fault}" for fault in found)
        )
    for check, trouble in (
        (["check", "--deploy", "--fail-level=WARNING"], "the settings are not safe (see above)"),
        (["migrate", "--check"], "the database is not up to date; run: ./kring manage migrate"),
        (["collectstatic", "--no-input", "--verbosity=0"], "the static files could not be collected"),
    ):
        if application.django(root, python, *check) != 0:
            raise Trouble(f"Kring startar inte. / Kring does not start: {trouble}")
    return _serve(root, python, only)


def _serve(root: Path, python: Path, only: str | None) -> int:
    """When one part stops, all stop: whatever supervises us then starts the whole again."""
    bind, workers = os.environ.get("KRING_BIND", "127.0.0.1:8000"), os.environ.get("KRING_WORKERS", "2")
    commands = {"web": processes.web(bind, int(workers)), "jobs": processes.jobs()}
    environment = application.variables(root)
    processes.interrupt_on_signals()
    started = [
        processes.start(python, command, environment, root)
        for name, command in commands.items()
        if only in (None, name)
    ]
    try:
        processes.attend(started)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        processes.stop(started)
