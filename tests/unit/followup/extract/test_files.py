"""The files: piece by piece is the same as all at once, and nobody ever finds half of it."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.followup.extract import files
from tests.architecture.source import ROOT, SOURCE

DAYS = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 1), date(2026, 2, 2)]


def person(child: int) -> tuple:
    return "child", (child, date(2016, 3, 12), "girl", None, False)


def contact(child: int, day: date, unit: str = "u1") -> tuple:
    return "contact", (child, day, unit, None, "primary", "visit", "done", True)


def put(folder: Path, rows, touched=(), marks=None, *, old: Path | None = None) -> tuple[files.Stage, dict]:
    stage = files.Stage(folder, old)
    stage.touch(touched)
    stage.remember(marks or {})
    stage.add(rows)
    made, counts = stage.finish()
    files.put_in_place(folder, made, files.version_of(made))
    return stage, counts


def contents(folder: Path) -> dict[str, bytes]:
    newest = folder / files.NEWEST
    return {str(path.relative_to(newest)): path.read_bytes() for path in sorted(newest.rglob("*.parquet"))}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "extract"
    made.mkdir()
    return made


def test_a_year_is_a_file_sorted_by_child(folder):
    rows = [
        person(2),
        person(1),
        contact(2, DAYS[1]),
        contact(1, DAYS[2]),
        contact(1, DAYS[0]),
        contact(1, DAYS[1]),
    ]
    _, counts = put(folder, rows)
    assert (counts["child"], counts["residence"], counts["contact"], counts["answer"]) == (2, 0, 4, 0)
    assert set(contents(folder)) == {
        "child.parquet", "residence.parquet", "known.parquet",
        "contact/year=2024/all.parquet", "contact/year=2025/all.parquet",
    }  # fmt: skip
    path = folder / files.NEWEST / "contact/year=2025/all.parquet"
    found = duckdb.connect().execute(f"SELECT child, day, staff FROM '{path}'").fetchall()  # noqa: S608
    assert found == [(1, DAYS[1], None), (1, DAYS[2], None), (2, DAYS[1], None)]


def test_only_years_that_something_has_changed_in_are_written(folder):
    put(
        folder,
        [person(1), person(2), *(contact(child, day) for child in (1, 2) for day in DAYS)],
        marks={1: 1, 2: 2},
    )
    before = {path: (folder / files.NEWEST / path).stat().st_ino for path in contents(folder)}
    new = [person(1), *(contact(1, day) for day in DAYS[:3])]
    stage, counts = put(folder, new, [1], {1: 1, 2: 2}, old=files.newest(folder))
    after = {path: (folder / files.NEWEST / path).stat().st_ino for path in contents(folder)}
    assert {path for path in after if after[path] != before[path]} == {
        "contact/year=2026/all.parquet",
        "known.parquet",
    }
    assert (stage.written, counts["contact"]) == (2, 7)


def test_a_child_that_is_gone_takes_its_rows_and_a_year_without_rows_its_file(folder):
    put(folder, [person(1), contact(1, DAYS[0])], marks={1: 1})
    put(folder, [], [1], {}, old=files.newest(folder))
    assert set(contents(folder)) == {"child.parquet", "residence.parquet", "known.parquet", "contact.parquet"}
    assert files.Stage(folder, files.newest(folder)).known() == {}


def test_what_may_not_lack_is_there_without_rows_too(folder):
    from indicators.loading import Delivery

    put(folder, [person(1)])
    delivery = Delivery(folder / files.NEWEST)
    assert len(delivery.people()["child"]) == 1
    assert delivery.has("contact")
    assert not delivery.has("answer"), "what Kring has nothing of is missing, never nought"
    assert not delivery.has("hospital")


def test_the_same_rows_are_the_same_bytes_in_whatever_order_they_come(folder, tmp_path):
    rows = [person(1), person(2), *(contact(child, day, f"u{child}") for child in (1, 2) for day in DAYS)]
    other = tmp_path / "other"
    other.mkdir()
    put(folder, rows, marks={1: 1, 2: 2})
    put(other, rows[::-1], marks={2: 2, 1: 1})
    assert contents(folder) == contents(other)


CHILDREN = st.integers(1, 4)
ROWS = st.lists(
    st.builds(contact, CHILDREN, st.sampled_from(DAYS), st.sampled_from(["u1", "u2"])), max_size=5
)
STEPS = st.lists(st.dictionaries(CHILDREN, ROWS, max_size=3), min_size=1, max_size=4)


@settings(max_examples=8)
@given(STEPS)
def test_piece_by_piece_is_all_at_once_file_by_file(tmp_path_factory, monkeypatch, steps):
    """Each step gives some children other rows than they had; what stands in the end decides."""
    monkeypatch.setattr(files, "_sync", lambda made: None)  # nothing here has to outlive a power cut
    bit_by_bit, whole = (tmp_path_factory.mktemp(name) for name in ("steps", "whole"))
    stands: dict[int, list] = {}
    for step in steps:
        changed = {child: [("contact", (child, *row[1][1:])) for row in rows] for child, rows in step.items()}
        stands |= changed
        new = [one for child, rows in changed.items() for one in (person(child), *rows)]
        put(bit_by_bit, new, changed, dict.fromkeys(stands, 1), old=files.newest(bit_by_bit))
    put(
        whole,
        [one for child, rows in stands.items() for one in (person(child), *rows)],
        marks=dict.fromkeys(stands, 1),
    )
    assert contents(bit_by_bit) == contents(whole)
    assert files.version_of(files.newest(bit_by_bit)) == files.version_of(files.newest(whole))


def test_a_version_tells_other_content_and_other_names_apart(tmp_path):
    assert files.version_of(None) == ""
    seen = set()
    for name, content in (("a.parquet", b"1"), ("b.parquet", b"1"), ("a.parquet", b"2")):
        made = tmp_path / f"{name}{content.decode()}"
        made.mkdir()
        (made / name).write_bytes(content)
        seen.add(files.version_of(made))
    assert len(seen) == 3


def test_two_do_not_make_an_extract_in_one_folder_at_once(folder):
    with files.alone(folder), pytest.raises(files.InUseError), files.alone(folder):
        pass
    with files.alone(folder):
        pass


def test_the_version_before_goes_at_once_as_somebody_may_be_protected_now(folder):
    put(folder, [person(1)])
    before = files.newest(folder)
    put(folder, [person(2)])
    assert not before.exists()
    assert [one.name for one in folder.iterdir() if one.is_dir() and not one.is_symlink()] == [
        files.newest(folder).name
    ]


def test_nobody_else_on_the_machine_reads_the_rows(tmp_path):
    with files.alone(tmp_path / "extract"):
        put(tmp_path / "extract", [person(1)])
    assert (tmp_path / "extract").stat().st_mode & 0o077 == 0
    assert files.newest(tmp_path / "extract").stat().st_mode & 0o077 == 0


DIES = """
import os, signal, sys
from pathlib import Path
from kring.followup.extract import files
from tests.unit.followup.extract.test_files import DAYS, contact, person

folder, where = Path(sys.argv[1]), sys.argv[2]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if where == "adding":
    files.Stage.finish = die
elif where == "writing":
    write = files.Stage._write
    def half(self, rows, path):
        write(self, rows, path)
        if path.name == "all.parquet":
            die()
    files.Stage._write = half
elif where == "syncing":
    files._sync = die
elif where == "renaming":
    Path.symlink_to = lambda *_, **__: die()
with files.alone(folder):
    stage = files.Stage(folder, files.newest(folder))
    stage.touch([1])
    stage.remember({1: 2})
    stage.add([person(1), *(contact(1, day, "u9") for day in DAYS)])
    made, _ = stage.finish()
    files.put_in_place(folder, made, files.version_of(made))
"""


@pytest.mark.parametrize("where", ["adding", "writing", "syncing", "renaming"])
def test_killed_halfway_it_leaves_the_old_extract_whole(folder, where):
    put(folder, [person(1), contact(1, DAYS[0])], marks={1: 1})
    before = contents(folder)
    environment = {**os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{ROOT}"}
    killed = subprocess.run(
        [sys.executable, "-c", DIES, str(folder), where], env=environment, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()[-2000:]
    assert contents(folder) == before
    # The next one clears away what was left, and comes to its end.
    with files.alone(folder):
        assert [one.name for one in folder.iterdir() if one.name.startswith("new-")] == []
    finished = subprocess.run(
        [sys.executable, "-c", DIES, str(folder), "never"], env=environment, capture_output=True
    )
    assert finished.returncode == 0, finished.stderr.decode()[-2000:]
    assert contents(folder) != before
