"""./kring lock: lists with checksums, where what is tested is what runs."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT
from tools import locks
from tools.environment import Trouble


def test_without_uv_the_line_that_helps_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(locks.shutil, "which", lambda name: None)
    with pytest.raises(Trouble, match="pip install uv"):
        locks.write(tmp_path)


def test_every_list_is_written_from_the_one_before_it(monkeypatch, tmp_path, capsys):
    ran = []
    monkeypatch.setattr(locks.shutil, "which", lambda name: name)
    monkeypatch.setattr(
        locks.subprocess, "run", lambda command, cwd, check: ran.append((command, cwd, check))
    )
    assert locks.write(tmp_path) == 0
    runtime, test, long = (command for command, *_ in ran)
    assert [command[-1] for command in (runtime, test, long)] == [
        "--output-file=requirements.lock",
        "--output-file=requirements-test.lock",
        "--output-file=requirements-long.lock",
    ]
    assert {"--generate-hashes", "--universal", "--python-version=3.11", "pyproject.toml"} <= set(runtime)
    assert set(test) - set(runtime) == {
        "--group=test",
        "--constraint=requirements.lock",
        "--output-file=requirements-test.lock",
    }
    assert set(long) - set(runtime) == {
        "--group=test",
        "--group=spark",
        "--constraint=requirements-test.lock",
        "--output-file=requirements-long.lock",
    }
    assert {(cwd, check) for _, cwd, check in ran} == {(tmp_path, True)}
    told = capsys.readouterr().out
    assert told.index("Writing requirements.lock") < told.index("Writing requirements-test.lock")


def test_a_list_that_cannot_be_made_stops_the_command(monkeypatch, tmp_path):
    def fail(command, cwd, check):
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(locks.shutil, "which", lambda name: name)
    monkeypatch.setattr(locks.subprocess, "run", fail)
    with pytest.raises(subprocess.CalledProcessError):
        locks.write(tmp_path)


# The lists as they stand


def packages(name: str) -> set[tuple[str, str]]:
    """Each package with its version. A package may stand once for each range of Pythons."""
    text = (ROOT / name).read_text()
    return set(re.findall(r"^([\w.\[\],-]+)==([\w.!+]+)", text, flags=re.MULTILINE))


def test_what_is_tested_is_what_runs():
    runtime, test = packages("requirements.lock"), packages("requirements-test.lock")
    assert len(runtime) > 10
    assert runtime <= test
    assert test <= packages("requirements-long.lock")


@pytest.mark.parametrize("name", [f"requirements{which}.lock" for which in ("", "-test", "-long")])
def test_every_package_has_a_checksum(name):
    entries = re.split(r"^(?=[\w.\[\],-]+==)", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) == len(packages(name))
    assert all("--hash=sha256:" in entry for entry in entries)
