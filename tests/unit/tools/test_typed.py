"""Every word that can be typed after ./kring: what it becomes, and what is refused."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def command() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("kring_typed", str(ROOT / "kring"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("kring_typed", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def did(command, monkeypatch) -> list[tuple]:
    """What each command would do, and with which list of packages."""
    noted: list[tuple] = []
    monkeypatch.setattr(
        command.environment, "ready", lambda root, lock: noted.append(("ready", lock)) or "py"
    )

    def note(name):
        def doing(*given, **named):
            noted.append((name, *[one for one in given if one not in (ROOT, "py")], *named.items()))
            return 7

        return doing

    for module, name in (
        (command.demo, "run"),
        (command.checks, "run"),
        (command.checks, "run_long"),
        (command.service, "run"),
        (command.application, "django"),
        (command.backups, "save"),
        (command.backups, "restore"),
        (command.locks, "write"),
    ):
        monkeypatch.setattr(module, name, note(f"{module.__name__.removeprefix('tools.')}.{name}"))
    monkeypatch.setattr(command.application, "database_url", lambda root: "url")
    return noted


RUNTIME, TEST = ("ready", "requirements.lock"), ("ready", "requirements-test.lock")
LONG = ("ready", "requirements-long.lock")


def django(*words: str) -> list[tuple]:
    return [RUNTIME, ("application.django", *words)]


def demo(children=None, port=8000, fresh=False) -> list[tuple]:
    return [RUNTIME, ("demo.run", ("children", children), ("port", port), ("fresh", fresh))]


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("demo", demo()),
        ("demo --children 50", demo(children=50)),
        ("demo --children 1", demo(children=1)),
        ("demo --port 1", demo(port=1)),
        ("demo --port 65535", demo(port=65535)),
        ("demo --fresh", demo(fresh=True)),
        ("test", [TEST, ("checks.run", ("fast", False), ("paths", []))]),
        ("test --fast", [TEST, ("checks.run", ("fast", True), ("paths", []))]),
        ("test a b", [TEST, ("checks.run", ("fast", False), ("paths", ["a", "b"]))]),
        ("test --long", [LONG, ("checks.run_long", ("paths", []))]),
        ("test --long a", [LONG, ("checks.run_long", ("paths", ["a"]))]),
        ("serve", [RUNTIME, ("service.run", ("only", None))]),
        ("serve --only web", [RUNTIME, ("service.run", ("only", "web"))]),
        ("serve --only jobs", [RUNTIME, ("service.run", ("only", "jobs"))]),
        ("import in", django("import_record", "in")),
        ("import - --source=cosmic", django("import_record", "-", "--source=cosmic")),
        (
            "import in --source s --name n --unit u --verify",
            django("import_record", "in", "--source=s", "--name=n", "--unit=u", "--verify"),
        ),
        ("audit verify", django("audit", "verify")),
        ("audit seal --seal f", django("audit", "seal", "--seal", "f")),
        ("backup", [("backups.save", "url")]),
        ("restore f", [("backups.restore", "url", Path("f"), ("replace", False))]),
        ("restore f --yes", [("backups.restore", "url", Path("f"), ("replace", True))]),
        ("bench pages --children 9", django("bench", "pages", "--children", "9")),
        ("bench", django("bench")),
        ("manage migrate --plan", django("migrate", "--plan")),
        ("lock", [("locks.write",)]),
    ],
)
def test_what_is_typed_is_what_is_done(command, did, typed, done):
    assert command.main(typed.split()) == 7
    assert did == done


@pytest.mark.parametrize(
    "typed",
    [
        "demo --children 0",
        "demo --children -1",
        "demo --children 1.5",
        "demo --children",
        "demo --port 0",
        "demo --port 65536",
        "demo --port http",
        "demo now",
        "test --fast --long",
        "serve --only both",
        "serve now",
        "import",
        "import a b",
        "audit",
        "audit prove",
        "backup here",
        "restore",
        "restore a b",
        "lock all",
        "nothing",
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_done(command, did, typed, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(typed.split())
    assert stopped.value.code == 2
    assert did == []
    assert "usage: ./kring" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("371316", 371_316), ("007", 7)])
def test_a_number_of_children(command, text, number):
    assert command.positive(text) == number


@pytest.mark.parametrize(
    ("fault", "code"), [(KeyboardInterrupt(), 130), (None, 7)], ids=["Ctrl-C", "an ordinary ending"]
)
def test_how_it_ends(command, did, monkeypatch, fault, code):
    if fault:

        def stopped(*given, **named):
            raise fault

        monkeypatch.setattr(command.demo, "run", stopped)
    assert command.main(["demo"]) == code


def test_a_fault_of_ours_is_not_hidden(command, did, monkeypatch):
    def broken(*given, **named):
        raise LookupError

    monkeypatch.setattr(command.demo, "run", broken)
    with pytest.raises(LookupError):
        command.main(["demo"])
