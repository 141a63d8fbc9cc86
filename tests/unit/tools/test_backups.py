"""Backups: what is put back is what was saved, on both databases, and nothing is replaced by accident."""

import sqlite3
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tools import backups, postgres
from tools.environment import Trouble


class Sqlite:
    """A small database in a file, as an operator has it."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'kring.sqlite3'}"
        self.path = folder / "kring.sqlite3"

    def run(self, script: str) -> None:
        with closing(sqlite3.connect(self.path)) as database:
            database.executescript(script)

    def words(self) -> list[str]:
        with closing(sqlite3.connect(self.path)) as database:
            return [row[0] for row in database.execute("SELECT word FROM said ORDER BY word")]


class Postgres:
    """The same, on a server of its own."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(self, script: str) -> None:
        self._psql(script)

    def words(self) -> list[str]:
        return self._psql("SELECT word FROM said ORDER BY word").split()

    def _psql(self, script: str) -> str:
        command = [postgres.programs() / "psql", "-AtqX", "-v", "ON_ERROR_STOP=1", "-c", script, self.url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed; ./kring test installs it or says how")
    with postgres.private_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path) -> Sqlite | Postgres:
    if request.param == "sqlite":
        found: Sqlite | Postgres = Sqlite(tmp_path)
    else:
        found = Postgres(request.getfixturevalue("server"))
        found.run("DROP SCHEMA public CASCADE")
        found.run("CREATE SCHEMA public")
    found.run("CREATE TABLE said (word text NOT NULL)")
    found.run("INSERT INTO said VALUES ('fotboll'), ('skolan'), ('åka-skridskor')")
    return found


def saved(root: Path, database: Sqlite | Postgres) -> Path:
    assert backups.save(root, database.url) == 0
    (path,) = (path for path in (root / "var" / "backups").iterdir() if path.suffix != ".sha256")
    return path


def test_what_is_restored_is_what_was_saved(tmp_path, database):
    path = saved(tmp_path, database)
    database.run("DELETE FROM said WHERE word = 'fotboll'")
    database.run("INSERT INTO said VALUES ('nytt')")
    assert backups.restore(database.url, path, replace=True) == 0
    assert database.words() == ["fotboll", "skolan", "åka-skridskor"]


def test_a_table_made_after_the_backup_is_gone_again(tmp_path, database):
    path = saved(tmp_path, database)
    database.run("CREATE TABLE later (x integer)")
    backups.restore(database.url, path, replace=True)
    with pytest.raises((sqlite3.Error, subprocess.CalledProcessError)):
        database.run("SELECT * FROM later")


def test_restore_refuses_to_replace_without_yes(tmp_path, database):
    path = saved(tmp_path, database)
    database.run("INSERT INTO said VALUES ('nytt')")
    with pytest.raises(Trouble, match="--yes"):
        backups.restore(database.url, path, replace=False)
    assert "nytt" in database.words()


def test_restore_into_an_empty_database_needs_no_yes(tmp_path, database):
    path = saved(tmp_path, database)
    database.run("DROP TABLE said")
    if isinstance(database, Sqlite):
        database.path.unlink()
    backups.restore(database.url, path, replace=False)
    assert len(database.words()) == 3


def test_a_damaged_file_is_refused_and_nothing_changes(tmp_path, database):
    path = saved(tmp_path, database)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    database.run("INSERT INTO said VALUES ('nytt')")
    with pytest.raises(Trouble, match="damaged"):
        backups.restore(database.url, path, replace=True)
    assert "nytt" in database.words()


def test_a_file_that_breaks_off_leaves_the_database_as_it_was(tmp_path, database):
    """Even when its checksum agrees, what cannot be read whole replaces nothing."""
    path = saved(tmp_path, database)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    path.with_name(path.name + ".sha256").write_text(f"{backups._checksum(path)}  {path.name}\n")
    with pytest.raises(Trouble):
        backups.restore(database.url, path, replace=True)
    assert database.words() == ["fotboll", "skolan", "åka-skridskor"]


def test_a_file_without_its_checksum_is_refused(tmp_path, database):
    path = saved(tmp_path, database)
    path.with_name(path.name + ".sha256").unlink()
    with pytest.raises(Trouble, match="missing"):
        backups.restore(database.url, path, replace=True)


def test_only_the_owner_may_read_a_backup(tmp_path, database):
    assert stat.S_IMODE(saved(tmp_path, database).stat().st_mode) == 0o600


def test_the_checksum_is_in_the_form_sha256sum_reads(tmp_path, database):
    path = saved(tmp_path, database)
    done = subprocess.run(["sha256sum", "-c", f"{path.name}.sha256"], cwd=path.parent, capture_output=True)
    assert done.returncode == 0


def test_a_backup_of_the_other_kind_is_refused(tmp_path, database):
    path = saved(tmp_path, database)
    other = path.with_suffix(".dump" if path.suffix == ".sqlite3" else ".sqlite3")
    path.with_name(path.name + ".sha256").rename(other.with_name(other.name + ".sha256"))
    path.rename(other)
    with pytest.raises(Trouble, match="does not fit"):
        backups.restore(database.url, other, replace=True)


def test_a_backup_while_others_write_holds_one_moment(tmp_path):
    """Each transaction writes two rows; a copy never holds only one of them."""
    database = Sqlite(tmp_path)
    database.run("PRAGMA journal_mode=WAL; CREATE TABLE said (word text)")
    stop = threading.Event()

    def keep_writing() -> None:
        with closing(sqlite3.connect(database.path, timeout=20)) as connection:
            while not stop.is_set():
                with connection:
                    connection.execute("INSERT INTO said VALUES ('a')")
                    connection.execute("INSERT INTO said VALUES ('b')")

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        path = saved(tmp_path, database)
    finally:
        stop.set()
        writer.join()
    with closing(sqlite3.connect(path)) as copy:
        counted = dict(copy.execute("SELECT word, count(*) FROM said GROUP BY word").fetchall())
    assert counted.get("a", 0) == counted.get("b", 0)


def test_without_a_database_there_is_nothing_to_save(tmp_path):
    with pytest.raises(Trouble, match="no database"):
        backups.save(tmp_path, f"sqlite:///{tmp_path / 'missing.sqlite3'}")
    assert not list((tmp_path / "var" / "backups").iterdir()), "no half-made backup is left"


def test_a_missing_program_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(backups.shutil, "which", lambda name: None)
    monkeypatch.setattr(backups.postgres, "programs", lambda: None)
    with pytest.raises(Trouble, match="postgresql-client"):
        backups._postgres("pg_dump")
