"""Real use: closed until it is safe, and it says why in both languages."""

import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT
from tools import service
from tools.environment import Trouble

SAFE = {
    "DATABASE_URL": "postgresql://kring@db/kring",
    "KRING_SECRET_KEY": "Kx7f9Qz2Lm4Tr8Vb1Ny6Hc3Ws5Dj0Pg-Ae_RuIoYtEwQsXcVbN",
    "KRING_AUDIT_KEY": "Zq1Wx2Ec3Rv4Tb5Yn6Um7Ik8Ol9Pa0-Sd_FgHjKlMnBvCxZpQwE",
    "KRING_ALLOWED_HOSTS": "kring.example.se",
}


def test_a_safe_environment_has_no_faults():
    assert service.faults(SAFE) == []


@pytest.mark.parametrize("name", SAFE)
def test_each_missing_value_is_named_in_both_languages(name):
    given = {key: value for key, value in SAFE.items() if key != name}
    assert service.faults(given) == [f"{name} är inte satt. / {name} is not set."]


@pytest.mark.parametrize("key", ["short", "a" * 80, "abcabcabc" * 10])
@pytest.mark.parametrize("name", ["KRING_SECRET_KEY", "KRING_AUDIT_KEY"])
def test_a_weak_key_is_refused(name, key):
    (fault,) = service.faults({**SAFE, name: key})
    assert fault.startswith(f"{name} är för svag")
    assert key not in fault.replace("short", "") or key == "short"


def test_no_fault_repeats_a_key():
    given = {**SAFE, "KRING_SECRET_KEY": "hemligt-men-kort"}
    assert "hemligt" not in " ".join(service.faults(given))


def test_one_key_for_both_purposes_is_refused():
    (fault,) = service.faults({**SAFE, "KRING_AUDIT_KEY": SAFE["KRING_SECRET_KEY"]})
    assert "ska vara olika" in fault


def test_the_demo_is_never_served():
    (fault,) = service.faults({**SAFE, "KRING_DEMO": "1"})
    assert "demon har ingen inloggning" in fault
    assert service.faults({**SAFE, "KRING_DEMO": "0"}) == []


@pytest.mark.parametrize("hosts", ["*", "kring.example.se, *", " * "])
def test_any_host_name_is_refused(hosts):
    (fault,) = service.faults({**SAFE, "KRING_ALLOWED_HOSTS": hosts})
    assert "släpper in alla namn" in fault


@pytest.mark.parametrize("hosts", ["", " ", ",,"])
def test_no_host_name_is_refused(hosts):
    (fault,) = service.faults({**SAFE, "KRING_ALLOWED_HOSTS": hosts})
    assert "KRING_ALLOWED_HOSTS är inte satt" in fault


LOG_IN = {
    "KRING_OIDC_URL": "https://id.example.se",
    "KRING_OIDC_CLIENT": "kring-vgr",
    "KRING_OIDC_SECRET": "hemligt-nog",
}


def test_a_way_to_log_in_that_is_whole_is_safe():
    assert service.faults(SAFE | LOG_IN) == []


@pytest.mark.parametrize(
    "left_out", [(one,) for one in LOG_IN] + [(one, two) for one in LOG_IN for two in LOG_IN]
)
def test_half_a_way_to_log_in_does_not_start(left_out):
    given = {name: value for name, value in LOG_IN.items() if name not in left_out}
    told = [name for name in LOG_IN if name in left_out] if given else []
    assert service.faults(SAFE | given) == [f"{name} är inte satt. / {name} is not set." for name in told]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://id.example.se/oidc", True),
        ("http://localhost:4000", True),
        ("http://127.0.0.1:4000", True),
        ("http://id.example.se", False),
        ("http://localhost.example.se", False),
        ("id.example.se", False),
        ("ftp://id.example.se", False),
    ],
)
def test_the_identity_provider_is_asked_over_https(url, safe):
    found = service.faults(SAFE | LOG_IN | {"KRING_OIDC_URL": url})
    assert [fault.split(" / ")[0] for fault in found] == [
        "KRING_OIDC_URL ska börja med https://" for _ in range(not safe)
    ]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("smtp+tls://kring:hemligt@mail.example.se:587", True),
        ("smtps://mail.example.se", True),
        ("smtp://mail", True),
        ("mail.example.se:25", False),
        ("https://mail.example.se", False),
        ("smtp://", False),
    ],
)
def test_a_mail_server_that_cannot_be_meant_is_said_without_its_password(url, safe):
    found = service.faults(SAFE | {"KRING_SMTP_URL": url})
    assert (found == []) is safe
    assert "hemligt" not in " ".join(service.faults(SAFE | {"KRING_SMTP_URL": "ftp://kring:hemligt@x"}))


MISSED = {
    "KRING_OIDC_URL": "Nobody can log in",
    "KRING_SMTP_URL": "No e-mail",
    "KRING_HELP_PHONE": "No telephone",
}


@pytest.mark.parametrize("name", MISSED)
def test_what_is_missed_is_warned_of_in_both_languages(name):
    (warning,) = service.warnings({one: "x" for one in MISSED if one != name})
    assert MISSED[name] in warning
    assert warning.count(f"{name} är inte satt") == warning.count(f"{name} is not set") == 1


def test_with_everything_said_there_is_nothing_to_warn_of(started, monkeypatch, capsys):
    for name in MISSED:
        monkeypatch.delenv(name, raising=False)
    service.run(ROOT, sys.executable, only="web")
    assert capsys.readouterr().err.count("Obs. ") == len(MISSED)
    for name, value in (LOG_IN | {"KRING_SMTP_URL": "smtp://mail", "KRING_HELP_PHONE": "1177"}).items():
        monkeypatch.setenv(name, value)
    service.run(ROOT, sys.executable, only="web")
    assert capsys.readouterr().err == ""


OURS = re.compile(r"KRING_[A-Z_]*[A-Z]|DATABASE_URL")
OF_THE_HOUSE = {"KRING_CHROMIUM", "KRING_DEMO"}
"""For tests and the demo: `serve` has no use for them."""


def settings_read() -> set[str]:
    """Every setting that the product or its commands read."""
    read = [ROOT / "src/kring/config/settings.py", *(ROOT / "tools").glob("*.py")]
    return {name for path in read for name in OURS.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_stands_in_the_document_for_those_who_run_it():
    told = set(OURS.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert settings_read() - OF_THE_HOUSE <= told
    assert told <= settings_read(), "a setting that nothing reads"


@pytest.mark.parametrize("name", [*SAFE, *LOG_IN, *MISSED, "KRING_SMS_FOLDER", "KRING_MAIL_FROM_CHILD"])
def test_what_one_must_decide_stands_in_the_help(name):
    done = subprocess.run(
        [sys.executable, ROOT / "kring", "serve", "--help"], capture_output=True, text=True, timeout=60
    )
    assert name in done.stdout


def test_every_fault_is_told_at_once_and_nothing_starts():
    done = subprocess.run(
        [sys.executable, ROOT / "kring", "serve"],
        env={"PATH": "/usr/bin:/bin", "KRING_DEMO": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Kring startar inte. / Kring does not start.")
    for name in ("KRING_DEMO", *SAFE):
        assert name in done.stderr


@pytest.fixture
def started(monkeypatch) -> list[list[str]]:
    """What would be started, with the checks before it passing and each part stopping at once."""
    commands: list[list[str]] = []
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("KRING_DEMO", raising=False)
    monkeypatch.setattr(service.application, "django", lambda *given: 0)
    monkeypatch.setattr(service.processes, "interrupt_on_signals", lambda: None)
    monkeypatch.setattr(
        service.processes, "start", lambda python, command, env, root: commands.append(command)
    )
    monkeypatch.setattr(service.processes, "attend", lambda parts: None)
    monkeypatch.setattr(service.processes, "stop", lambda parts: None)
    return commands


@pytest.mark.parametrize(
    ("only", "parts"), [(None, ["gunicorn", "django"]), ("web", ["gunicorn"]), ("jobs", ["django"])]
)
def test_the_parts_asked_for_are_started(started, only, parts):
    assert service.run(ROOT, sys.executable, only=only) == 1, "a part that stops is a failure"
    assert [command[0] for command in started] == parts


def test_address_and_processes_come_from_the_environment(started, monkeypatch):
    monkeypatch.setenv("KRING_BIND", "0.0.0.0:9000")
    monkeypatch.setenv("KRING_WORKERS", "6")
    service.run(ROOT, sys.executable, only="web")
    assert "--bind=0.0.0.0:9000" in started[0]
    assert "--workers=6" in started[0]


@pytest.mark.parametrize(
    ("failing", "told"),
    [("check", "not safe"), ("migrate", "./kring manage migrate"), ("collectstatic", "static")],
)
def test_a_failed_check_stops_the_start(started, monkeypatch, failing, told):
    monkeypatch.setattr(service.application, "django", lambda root, python, name, *rest: int(name == failing))
    with pytest.raises(Trouble, match=told):
        service.run(ROOT, sys.executable, only=None)
    assert started == []


def test_ctrl_c_is_a_good_ending(started, monkeypatch):
    def interrupt(parts):
        raise KeyboardInterrupt

    monkeypatch.setattr(service.processes, "attend", interrupt)
    assert service.run(ROOT, sys.executable, only=None) == 0
