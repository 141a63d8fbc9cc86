"""./kring backup and ./kring restore: the whole database in one file, with its checksum beside."""

import hashlib
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tools import postgres
from tools.environment import Trouble, say

SQLITE, POSTGRES = ".sqlite3", ".dump"


def save(root: Path, url: str) -> int:
    """Write a backup; prints where. Safe while others write: it holds one moment of the database."""
    folder = root / "var" / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"kring-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
    path = folder / (name + (SQLITE if _sqlite_path(url) else POSTGRES))
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    try:
        _save_sqlite(url, unfinished) if _sqlite_path(url) else _save_postgres(url, unfinished)
        _checksum_path(path).write_text(f"{_checksum(unfinished)}  {path.name}\n")
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    say(f"Saved {path} ({path.stat().st_size / 1_000_000:.1f} MB), checksum beside it")
    return 0


def restore(url: str, path: Path, *, replace: bool) -> int:
    """Check the file, then put it back in one piece: a failure leaves the database as it was."""
    _verify(path)
    wanted = SQLITE if _sqlite_path(url) else POSTGRES
    if path.suffix != wanted:
        raise Trouble(f"{path.name} does not fit this database: it takes a file that ends in {wanted}.")
    if not replace and _holds_anything(url):
        raise Trouble(
            "The database is not empty. Add --yes to replace everything in it.\n"
            "Databasen är inte tom. Lägg till --yes för att ersätta allt som finns i den."
        )
    _restore_sqlite(url, path) if _sqlite_path(url) else _restore_postgres(url, path)
    say("Restored. Check the access log too: ./kring audit verify")
    return 0


def _sqlite_path(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checksum_path(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _verify(path: Path) -> None:
    beside = _checksum_path(path)
    if not path.is_file() or not beside.is_file():
        raise Trouble(
            f"{path} or its checksum {beside.name} is missing. / Filen eller dess kontrollsumma saknas."
        )
    if beside.read_text().split()[0] != _checksum(path):
        raise Trouble(f"{path.name} is damaged: its checksum differs. / Filen är skadad.")


def _save_sqlite(url: str, target: Path) -> None:
    source = _sqlite_path(url)
    if source is None or not source.exists():
        raise Trouble(f"There is no database at {source}.")
    _copy_sqlite(source, target)


def _restore_sqlite(url: str, path: Path) -> None:
    target = _sqlite_path(url) or Path()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy_sqlite(path, target)
    except sqlite3.Error as error:
        raise Trouble(f"Nothing was restored: {error}. Stop Kring first. / Stoppa Kring först.") from error


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own copying: whole at one moment, also from and into a database that is in use."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target, timeout=10)) as there:
        here.backup(there)
        if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Trouble(f"{target.name} is not a whole database after copying.")


def _save_postgres(url: str, target: Path) -> None:
    _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", url)


def _restore_postgres(url: str, path: Path) -> None:
    """One transaction: everything out, everything in, or nothing at all."""
    script = _postgres("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(path))
    whole = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n" + script
    _postgres(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", url, given=whole
    )


def _holds_anything(url: str) -> bool:
    if path := _sqlite_path(url):
        if not path.exists():
            return False
        with closing(sqlite3.connect(path)) as database:
            return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    return _postgres("psql", "--no-psqlrc", "-Atc", query, url).strip() != b"0"


def _postgres(program: str, *arguments: str, given: bytes | None = None) -> bytes:
    folder = postgres.programs()
    path = shutil.which(program) or (str(folder / program) if folder else None)
    if path is None:
        raise Trouble(
            f"{program} is missing; install PostgreSQL's client: sudo apt-get install postgresql-client"
        )
    done = subprocess.run([path, *arguments], input=given or b"", capture_output=True)
    if done.returncode != 0:
        raise Trouble(f"{program} failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
