"""The parts that run for long, the pages and the jobs: started alike, watched together, ended kindly."""

import signal
import socket
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tools import application, processes, service
from tools.environment import Trouble


class Part:
    """A process that stops after it has been looked at so many times, or when it is told to."""

    def __init__(self, looks: int | None = None, *, deaf: bool = False) -> None:
        self.looks, self.deaf = looks, deaf
        self.told: list[str] = []

    def poll(self) -> int | None:
        if self.looks is None:
            return None
        self.looks -= 1
        return 0 if self.looks < 0 else None

    def terminate(self) -> None:
        self.told.append("terminate")

    def kill(self) -> None:
        self.told.append("kill")

    def wait(self, timeout: float) -> int:
        self.told.append(f"wait {timeout}")
        if self.deaf:
            raise subprocess.TimeoutExpired("part", timeout)
        return 0


@pytest.fixture
def naps(monkeypatch) -> list[float]:
    """How long was slept, without sleeping."""
    slept: list[float] = []
    monkeypatch.setattr(processes.time, "sleep", slept.append)
    return slept


# The commands


@pytest.mark.parametrize(("bind", "workers"), [("127.0.0.1:8000", 2), ("0.0.0.0:80", 16)])
def test_the_pages_are_served_by_workers_with_threads(bind, workers):
    command = processes.web(bind, workers)
    assert (command[0], command[-1]) == ("gunicorn", "kring.config.wsgi")
    assert {f"--bind={bind}", f"--workers={workers}", "--threads=4", "--worker-class=gthread"} <= set(command)
    assert "--preload" in command


@pytest.mark.parametrize(("quiet", "verbosity"), [(True, 0), (False, 1)])
def test_the_jobs_are_told_of_where_somebody_reads(quiet, verbosity):
    command = processes.jobs(quiet=quiet)
    assert command[0] == "django"
    assert f"--verbosity={verbosity}" in command
    assert processes.jobs()[-1] == "--verbosity=1"


def test_a_part_is_started_in_a_group_of_its_own_and_reads_no_keyboard(monkeypatch):
    started = []
    monkeypatch.setattr(
        processes.subprocess, "Popen", lambda command, **options: started.append((command, options))
    )
    processes.start(Path("py"), ["django", "x"], {"A": "1"}, ROOT)
    ((command, options),) = started
    assert command == [Path("py"), "-m", "django", "x"]
    assert options == {"env": {"A": "1"}, "cwd": ROOT, "stdin": subprocess.DEVNULL, "process_group": 0}


def test_a_kind_kill_and_a_closed_terminal_are_as_ctrl_c(monkeypatch):
    set_up = {}
    monkeypatch.setattr(processes.signal, "signal", lambda number, what: set_up.update({number: what}))
    processes.interrupt_on_signals()
    assert set_up == {
        signal.SIGTERM: signal.default_int_handler,
        signal.SIGHUP: signal.default_int_handler,
    }


# Watching


@pytest.mark.parametrize(
    ("looks", "slept"),
    [((0,), 0), ((3,), 3), ((None, 2), 2), ((5, 1), 1), ((0, None), 0)],
)
def test_all_are_watched_until_one_stops(naps, looks, slept):
    processes.attend([Part(look) for look in looks])
    assert naps == [0.5] * slept


@pytest.fixture
def port():
    """A port where somebody listens."""
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


def closed_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def test_it_waits_no_longer_than_needed(naps, port):
    processes.wait_until_answering(port, [Part()])
    assert naps == []


def test_a_part_that_died_is_not_waited_for(naps):
    with pytest.raises(Trouble, match="Kring startade inte"):
        processes.wait_until_answering(closed_port(), [Part(), Part(2)])
    assert naps == [0.05] * 2


def test_patience_ends_after_a_minute(naps, monkeypatch):
    moments = iter(range(0, 1000, 10))
    monkeypatch.setattr(processes.time, "monotonic", lambda: next(moments))
    with pytest.raises(Trouble, match="did not start"):
        processes.wait_until_answering(closed_port(), [Part()])
    assert len(naps) == 5  # asked at 10, 20, 30, 40 and 50 seconds
    assert processes.PATIENCE_S == 60


# Ending


@pytest.mark.parametrize(
    ("deaf", "told"), [(False, ["terminate", "wait 10"]), (True, ["terminate", "wait 10", "kill"])]
)
def test_each_part_is_asked_kindly_first(deaf, told):
    part = Part(deaf=deaf)
    processes.stop([part])
    assert part.told == told


def test_all_are_asked_before_the_first_is_waited_for():
    order: list[str] = []
    parts = [Part(), Part()]
    for name, part in zip("ab", parts, strict=True):
        part.terminate = lambda name=name: order.append(f"ask {name}")
        part.wait = lambda timeout, name=name: order.append(f"wait {name}")
    processes.stop(parts)
    assert order == ["ask a", "ask b", "wait a", "wait b"]


# In service


SAFE = {
    "DATABASE_URL": "postgresql://kring@db/kring",
    "KRING_SECRET_KEY": "Kx7f9Qz2Lm4Tr8Vb1Ny6Hc3Ws5Dj0Pg-Ae_RuIoYtEwQsXcVbN",
    "KRING_AUDIT_KEY": "Zq1Wx2Ec3Rv4Tb5Yn6Um7Ik8Ol9Pa0-Sd_FgHjKlMnBvCxZpQwE",
    "KRING_ALLOWED_HOSTS": "kring.example.se",
}


@pytest.fixture
def served(monkeypatch) -> list:
    """The checks, the starts and the stop of a service, in order, without any of them."""
    noted: list = []
    for name in ("KRING_BIND", "KRING_WORKERS", "KRING_DEMO"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(application, "django", lambda root, python, *words: noted.append(words) or 0)
    monkeypatch.setattr(processes, "interrupt_on_signals", lambda: noted.append("signals"))
    monkeypatch.setattr(
        processes, "start", lambda python, words, env, root: noted.append(words[0]) or words[0]
    )
    monkeypatch.setattr(processes, "attend", lambda parts: noted.append(("attend", *parts)))
    monkeypatch.setattr(processes, "stop", lambda parts: noted.append(("stop", *parts)))
    return noted


def test_it_is_checked_then_started_then_watched_then_stopped(served):
    assert service.run(ROOT, Path("py"), only=None) == 1
    assert served == [
        ("check", "--deploy", "--fail-level=WARNING"),
        ("migrate", "--check"),
        ("collectstatic", "--no-input", "--verbosity=0"),
        "signals",
        "gunicorn",
        "django",
        ("attend", "gunicorn", "django"),
        ("stop", "gunicorn", "django"),
    ]


@pytest.mark.parametrize("only", ["web", "jobs"])
def test_one_part_alone_is_stopped_alone(served, only):
    service.run(ROOT, Path("py"), only=only)
    name = {"web": "gunicorn", "jobs": "django"}[only]
    assert served[-2:] == [("attend", name), ("stop", name)]


def test_ctrl_c_stops_every_part_too(served, monkeypatch):
    def interrupted(parts):
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "attend", interrupted)
    assert service.run(ROOT, Path("py"), only=None) == 0
    assert served[-1] == ("stop", "gunicorn", "django")


def test_it_listens_on_this_machine_with_two_workers_unless_told_otherwise(served, monkeypatch):
    commands = []
    monkeypatch.setattr(processes, "start", lambda python, words, env, root: commands.append(words))
    monkeypatch.setattr(processes, "stop", lambda parts: None)
    service.run(ROOT, Path("py"), only="web")
    assert {"--bind=127.0.0.1:8000", "--workers=2"} <= set(commands[0])


@pytest.mark.parametrize(
    ("length", "different", "strong"), [(50, 10, True), (49, 10, False), (50, 9, False), (80, 40, True)]
)
def test_how_strong_a_key_is(length, different, strong):
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[:different]
    key = (letters * length)[:length]
    assert service.faults({**SAFE, "KRING_SECRET_KEY": key}) == (
        []
        if strong
        else [
            "KRING_SECRET_KEY är för svag, minst 50 slumpade tecken behövs. / "
            "KRING_SECRET_KEY is too weak, it takes at least 50 random characters."
        ]
    )


@pytest.mark.parametrize(
    ("demo", "refused"), [("", False), ("0", False), ("1", True), ("yes", True), ("false", True)]
)
def test_anything_but_nought_counts_as_the_demo(demo, refused):
    assert bool(service.faults({**SAFE, "KRING_DEMO": demo})) is refused


def test_every_fault_stands_on_a_line_of_its_own(monkeypatch):
    for name in SAFE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("KRING_DEMO", raising=False)
    with pytest.raises(Trouble) as trouble:
        service.run(ROOT, Path("py"), only=None)
    head, *lines = str(trouble.value).splitlines()
    assert head == "Kring startar inte. / Kring does not start."
    assert [line.split()[1] for line in lines] == list(SAFE)
    assert all(line.startswith("  - ") for line in lines)
