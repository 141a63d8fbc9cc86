"""A private PostgreSQL: the newest of the machine, never as root, gone afterwards whatever happens."""

import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools import postgres
from tools.environment import Trouble


@pytest.fixture
def installed(monkeypatch):
    """Pretends that these versions of PostgreSQL lie where Debian puts them."""

    def put(*versions: str, elsewhere: str | None = None) -> None:
        found = [Path(f"/usr/lib/postgresql/{version}/bin/initdb") for version in versions]
        monkeypatch.setattr(postgres.Path, "glob", lambda self, pattern: iter(found))
        monkeypatch.setattr(postgres.shutil, "which", lambda name: elsewhere)

    return put


@pytest.mark.parametrize(
    ("versions", "elsewhere", "folder"),
    [
        ((), None, None),
        (("15",), None, "/usr/lib/postgresql/15/bin"),
        (("9.6", "15", "13"), None, "/usr/lib/postgresql/15/bin"),
        (("9.6", "10"), None, "/usr/lib/postgresql/10/bin"),
        ((), "/opt/pg/bin/initdb", "/opt/pg/bin"),
        (("14",), "/opt/pg/bin/initdb", "/usr/lib/postgresql/14/bin"),
    ],
)
def test_the_newest_programs_are_found(installed, versions, elsewhere, folder):
    installed(*versions, elsewhere=elsewhere)
    found = postgres.programs()
    assert (str(found) if found else None) == folder


class Machine:
    """Notes what would be run, and who owns the folder."""

    def __init__(self) -> None:
        self.ran: list[list[str]] = []
        self.owner = ""
        self.failing = ""

    def run(self, command, **options) -> subprocess.CompletedProcess:
        words = [str(word) for word in command]
        self.ran.append(words)
        failed = bool(self.failing) and any(word.endswith(self.failing) for word in words)
        if failed and options.get("stdout"):
            options["stdout"].write("initdb: no room on the disk")
            options["stdout"].flush()
        return subprocess.CompletedProcess(words, int(failed))

    def folder(self) -> Path:
        data = self.ran[0][self.ran[0].index("-D") + 1]
        return Path(data).parent


@pytest.fixture
def machine(monkeypatch) -> Machine:
    pretended = Machine()
    monkeypatch.setattr(postgres, "programs", lambda: Path("/pg/bin"))
    monkeypatch.setattr(postgres.subprocess, "run", pretended.run)
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(postgres.shutil, "chown", lambda path, user: setattr(pretended, "owner", user))
    return pretended


def test_it_is_made_started_and_stopped_and_its_folder_is_gone(machine):
    with postgres.private_server() as url:
        folder = machine.folder()
        assert folder.is_dir()
        assert unquote(url) == f"postgresql://kring@{folder}/postgres"
        assert "/" not in url.removeprefix("postgresql://").removesuffix("/postgres")
    made, started, stopped = machine.ran
    assert made[0] == "/pg/bin/initdb"
    assert (started[0], started[-1]) == ("/pg/bin/pg_ctl", "start")
    assert stopped[-3:] == ["-m", "immediate", "stop"]
    assert not folder.exists()


@pytest.mark.parametrize(("durable", "fast"), [(False, True), (True, False)])
def test_it_answers_on_a_socket_of_its_own_and_is_fast_unless_it_must_last(machine, durable, fast):
    with postgres.private_server(durable=durable):
        pass
    options = machine.ran[1][machine.ran[1].index("-o") + 1]
    assert f"-c listen_addresses= -k {machine.folder()}" in options
    for setting in ("fsync=off", "full_page_writes=off", "synchronous_commit=off"):
        assert (f"-c {setting}" in options) is fast


@pytest.mark.parametrize("failing", ["initdb", "start"])
def test_when_it_does_not_start_it_says_why_and_leaves_nothing(machine, failing):
    machine.failing = failing
    with (
        pytest.raises(Trouble, match="did not start:\ninitdb: no room on the disk"),
        postgres.private_server(),
    ):
        pytest.fail("it did not start")
    assert machine.ran[-1][-1] == "stop"
    assert not machine.folder().exists()


def test_a_fault_in_what_uses_it_stops_it_all_the_same(machine):
    with pytest.raises(LookupError), postgres.private_server():
        raise LookupError
    assert machine.ran[-1][-1] == "stop"
    assert not machine.folder().exists()


@pytest.mark.parametrize(
    ("users", "user"), [(["postgres", "nobody"], "postgres"), (["nobody"], "nobody"), ([], None)]
)
def test_root_hands_it_over_to_an_ordinary_user(machine, monkeypatch, users, user):
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "_exists", lambda name: name in users)
    if user is None:
        with pytest.raises(Trouble, match="cannot run as root"), postgres.private_server():
            pytest.fail("nobody to run as")
        return
    with postgres.private_server():
        pass
    assert machine.owner == user
    assert all(words[:4] == ["runuser", "-u", user, "--"] for words in machine.ran)


def test_an_ordinary_user_runs_it_as_themselves(machine):
    with postgres.private_server():
        pass
    assert machine.owner == ""
    assert not any("runuser" in words for words in machine.ran)


@pytest.mark.parametrize(("name", "exists"), [("root", True), ("no-such-user-here", False)])
def test_which_users_exist(name, exists):
    assert postgres._exists(name) is exists
