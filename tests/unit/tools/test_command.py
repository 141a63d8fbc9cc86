"""The command line itself: what it answers to a newcomer, and to an older Python."""

import ast
import importlib.machinery
import importlib.util
import re
import shutil
import subprocess
import sys
from types import ModuleType

import pytest

from tests.architecture.source import ROOT

SCRIPT = ROOT / "kring"
COMMANDS = [
    "demo",
    "test",
    "serve",
    "region",
    "people",
    "import",
    "audit",
    "decide",
    "symbols",
    "calc",
    "synthetic",
    "indicators",
    "report",
    "flatten",
    "quality",
    "extract",
    "backup",
    "restore",
    "bench",
    "manage",
    "lock",
]
REFUSAL = "Kring kräver Python 3.11 eller nyare"


@pytest.fixture(scope="module")
def command() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("kring_command", str(SCRIPT))
    spec = importlib.util.spec_from_loader("kring_command", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def kring(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, timeout=60)


def test_without_a_command_it_welcomes():
    done = kring()
    assert done.returncode == 0
    assert "First time here? Run:  ./kring demo" in done.stdout
    assert "Första gången? Kör:    ./kring demo" in done.stdout


def test_help_names_every_command():
    listed = re.findall(r"^    (\w+)(?: |$)", kring("--help").stdout, flags=re.MULTILINE)
    assert listed == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(name, command):
    text = subprocess.run(
        [sys.executable, SCRIPT, name, "--help"], capture_output=True, text=True, timeout=60
    ).stdout
    assert text.startswith(f"usage: ./kring {name}")
    assert re.search(r"[åäöÅÄÖ]", text), "a Swedish line"
    assert re.search(r"\b(the|and|to|of|from|for)\b", text, re.IGNORECASE), "an English line"


def test_an_unknown_command_names_the_known_ones():
    done = kring("dmeo")
    assert done.returncode == 2
    assert "demo" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["demo", "--children", "0"], "number from 1"),
        (["demo", "--children", "many"], "invalid"),
        (["demo", "--port", "70000"], "1 to 65535"),
        (["audit", "forget"], "verify"),
        (["restore"], "FILE"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_made(arguments, word):
    done = kring(*arguments)
    assert done.returncode == 2
    assert word in done.stderr


@pytest.mark.parametrize("version", [(3, 6), (3, 8), (3, 10)])
def test_an_older_python_can_read_the_script(version):
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=version)


def test_an_older_python_is_told_what_is_needed_in_both_languages():
    """Run with a pretended version, so that it is tested also where no older Python is installed."""
    pretend = f"import sys, runpy; sys.version_info = (3, 10, 4); runpy.run_path({str(SCRIPT)!r})"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, timeout=60)
    told = done.stderr.decode("utf-8")
    assert done.returncode == 1
    assert told.splitlines() == [
        f"{REFUSAL}; det här är Python 3.10. Kör t.ex. python3.11 kring",
        "Kring needs Python 3.11 or newer; this is Python 3.10. Run e.g. python3.11 kring",
    ]


def older_pythons() -> list[str]:
    found = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    works = '__import__("sys").exit(0)'
    return [
        path
        for path in found
        if path and subprocess.run([path, "-c", works], capture_output=True).returncode == 0
    ]


def test_real_older_pythons_are_told_too():
    for python in older_pythons():
        done = subprocess.run([python, SCRIPT, "demo"], capture_output=True, timeout=60)
        assert done.returncode == 1
        assert REFUSAL in done.stderr.decode("utf-8")


def test_manage_passes_everything_on(command, monkeypatch):
    passed = []
    monkeypatch.setattr(command.environment, "ready", lambda root, lock: "python")
    monkeypatch.setattr(command.application, "django", lambda root, python, *given: passed.append(given) or 0)
    assert command.main(["manage", "migrate", "--plan", "children"]) == 0
    assert passed == [("migrate", "--plan", "children")]


@pytest.mark.parametrize(
    ("typed", "django"),
    [
        (["import", "delivery.json"], ("import_record", "delivery.json")),
        (["import", "-"], ("import_record", "-")),
        (
            ["import", "in", "--source=cosmic", "--verify"],
            ("import_record", "in", "--source=cosmic", "--verify"),
        ),
        (["people", "-"], ("people", "-")),
        (
            ["people", "/p.csv", "--end-missing", "2026-11-30"],
            ("people", "/p.csv", "--end-missing=2026-11-30"),
        ),
        (
            ["people", "/p.csv", "--lift-protection", "--change-identity"],
            ("people", "/p.csv", "--lift-protection", "--change-identity"),
        ),
        (["region", "/files"], ("region", "/files")),
        (["audit", "verify"], ("audit", "verify")),
        (["audit", "seal", "--seal", "s.json"], ("audit", "seal", "--seal", "s.json")),
        (["bench", "pages", "--children", "100"], ("bench", "pages", "--children", "100")),
    ],
)
def test_each_word_becomes_its_django_command(command, monkeypatch, typed, django):
    passed = []
    monkeypatch.setattr(command.environment, "ready", lambda root, lock: "python")
    monkeypatch.setattr(command.application, "django", lambda root, python, *given: passed.append(given) or 0)
    command.main(typed)
    assert passed == [django]


def test_trouble_is_told_without_a_traceback(command, monkeypatch, capsys):
    def trouble(root, lock):
        raise command.environment.Trouble("Run this line")

    monkeypatch.setattr(command.environment, "ready", trouble)
    assert command.main(["demo"]) == 1
    assert capsys.readouterr().err == "Run this line\n"


def test_the_command_stands_on_the_standard_library_alone():
    """It runs before anything is installed: here without every installed package."""
    bare = subprocess.run([sys.executable, "-I", "-S", SCRIPT, "--help"], capture_output=True, timeout=60)
    assert bare.returncode == 0


def test_the_build_runs_the_developer_s_command():
    build = ROOT / ".ci" / "run"
    assert build.stat().st_mode & 0o111
    assert build.read_text().splitlines()[-1].endswith("exec ./kring test")
