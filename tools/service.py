"""./kring serve: real use, everything from the environment, closed until it is safe."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tools import application, processes
from tools.environment import Trouble

KEY_LENGTH = 50
LOG_IN = ("KRING_OIDC_URL", "KRING_OIDC_CLIENT", "KRING_OIDC_SECRET")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
MAIL = ("smtp", "smtps", "smtp+tls")


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
    return found + _log_in_faults(given) + _mail_faults(given)


def _log_in_faults(given: Mapping[str, str]) -> list[str]:
    """A way to log in is set up as a whole, over HTTPS, or not at all."""
    told = [name for name in LOG_IN if given.get(name)]
    if not told:
        return []
    found = [f"{name} är inte satt. / {name} is not set." for name in LOG_IN if name not in told]
    where = urlsplit(given.get("KRING_OIDC_URL", ""))
    if where.geturl() and where.scheme != "https" and where.hostname not in THIS_MACHINE:
        found.append("KRING_OIDC_URL ska börja med https:// / KRING_OIDC_URL must begin with https://")
    return found


def _mail_faults(given: Mapping[str, str]) -> list[str]:
    url = given.get("KRING_SMTP_URL", "")
    if not url or (urlsplit(url).scheme in MAIL and urlsplit(url).hostname):
        return []
    return [
        "KRING_SMTP_URL ska vara smtp+tls://, smtps:// eller smtp:// och en server. / "
        "KRING_SMTP_URL must be smtp+tls://, smtps:// or smtp:// and a server."
    ]


def warnings(given: Mapping[str, str]) -> list[str]:
    """What works without, but is missed: one line each, in Swedish and English."""
    found = []
    if not given.get("KRING_OIDC_URL"):
        found.append(
            "Ingen kan logga in: KRING_OIDC_URL är inte satt. Öppna sidor visas ändå. / "
            "Nobody can log in: KRING_OIDC_URL is not set. Open pages are shown all the same."
        )
    if not given.get("KRING_SMTP_URL"):
        found.append(
            "Inga e-brev skickas: KRING_SMTP_URL är inte satt. / "
            "No e-mail is sent: KRING_SMTP_URL is not set."
        )
    if not given.get("KRING_HELP_PHONE"):
        found.append(
            "Inget telefonnummer visas när något går fel: KRING_HELP_PHONE är inte satt. / "
            "No telephone number is shown when something fails: KRING_HELP_PHONE is not set."
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
    for warning in warnings(os.environ):
        print(f"Obs. {warning}", file=sys.stderr)
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
