"""What a process of Kring is given: its code, its settings, its database; the operator's own words hold."""

import subprocess
from pathlib import Path

import pytest

from tools import application

NAMES = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "KRING_VAR", "KRING_DEMO", "PYTHONPATH")
IN_USE = "postgresql://kring@db/kring"


@pytest.fixture
def shell(monkeypatch):
    """A shell that says nothing of Kring, until a test does."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


ROOT = Path("/srv/kring")
DEMO = "sqlite:////srv/kring/var/demo.sqlite3"


def test_a_process_finds_code_settings_and_folder(shell):
    found = application.variables(ROOT)
    assert found["PYTHONPATH"] == "/srv/kring/src"
    assert found["DJANGO_SETTINGS_MODULE"] == "kring.config.settings"
    assert found["KRING_VAR"] == "/srv/kring/var"
    assert "KRING_DEMO" not in found
    assert "DATABASE_URL" not in found


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("KRING_VAR", "/data", True),
        ("DJANGO_SETTINGS_MODULE", "own.settings", True),
        ("DATABASE_URL", IN_USE, True),
        ("KRING_SECRET_KEY", "k" * 50, True),
        # Other code than this is never run.
        ("PYTHONPATH", "/somewhere", False),
    ],
)
def test_what_the_operator_has_said_holds(shell, name, value, kept):
    shell.setenv(name, value)
    assert (application.variables(ROOT)[name] == value) is kept


@pytest.mark.parametrize("said", [None, IN_USE])
def test_the_demo_has_its_own_database_and_says_that_it_is_one(shell, said):
    if said:
        shell.setenv("DATABASE_URL", said)
    shell.setenv("KRING_DEMO", "0")
    found = application.demo_variables(ROOT)
    assert (found["KRING_DEMO"], found["DATABASE_URL"]) == ("1", DEMO)
    assert found["PYTHONPATH"] == "/srv/kring/src"


@pytest.mark.parametrize(("said", "url"), [(None, DEMO), ("", DEMO), (IN_USE, IN_USE)])
def test_a_command_works_on_the_named_database_and_else_on_the_demo(shell, said, url):
    if said is not None:
        shell.setenv("DATABASE_URL", said)
    assert application.database_url(ROOT) == url


@pytest.mark.parametrize(
    ("said", "url", "demo"), [(None, DEMO, "1"), ("", DEMO, "1"), (IN_USE, IN_USE, None)]
)
def test_a_django_command_is_run_as_the_demo_only_when_no_database_is_named(shell, said, url, demo):
    if said is not None:
        shell.setenv("DATABASE_URL", said)
    ran = []

    def run(command, env, cwd):
        ran.append((command, env["DATABASE_URL"], env.get("KRING_DEMO"), cwd))
        return subprocess.CompletedProcess(command, 3)

    shell.setattr(application.subprocess, "run", run)
    assert application.django(ROOT, Path("python"), "migrate", "--plan") == 3
    assert ran == [([Path("python"), "-m", "django", "migrate", "--plan"], url, demo, ROOT)]
