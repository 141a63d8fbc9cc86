"""What we stand on: every dependency has a reason, and everything installed is checked by its checksum."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT

PROJECT = ROOT / "pyproject.toml"
LOCKS = {
    "requirements.lock": (),
    "requirements-test.lock": ("test",),
    "requirements-long.lock": ("test", "spark"),
}
"""With the dependency groups that each holds."""
RUNTIME_MAX = 15


def pins(lock: str) -> dict[str, str]:
    """Name and everything that belongs to it, for each package in a lock."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    found = re.findall(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==((?:.*\\\n)*.*)", text, flags=re.MULTILINE)
    return dict(found)


def named_dependencies() -> list[str]:
    project = tomllib.loads(PROJECT.read_text())
    groups = [one for group in project["dependency-groups"].values() for one in group]
    return project["project"]["dependencies"] + groups


def test_every_dependency_has_its_reason_beside_it():
    lines = PROJECT.read_text().splitlines()
    for dependency in named_dependencies():
        line = next(line for line in lines if f'"{dependency}"' in line)
        reason = line.partition("#")[2].strip()
        assert len(reason.split()) >= 3, f"why do we need {dependency}?"


def test_there_are_few_of_them():
    assert len(tomllib.loads(PROJECT.read_text())["project"]["dependencies"]) <= RUNTIME_MAX


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_checksums(lock):
    locked = pins(lock)
    assert len(locked) >= 12
    assert not [name for name, rest in locked.items() if "--hash=sha256:" not in rest]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock):
    text = (ROOT / lock).read_text()
    assert not re.findall(r"https?:|//|--index|--extra-index|--find-links|@ file", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_names(lock):
    project = tomllib.loads(PROJECT.read_text())
    groups = [one for group in LOCKS[lock] for one in project["dependency-groups"][group]]
    named = project["project"]["dependencies"] + groups
    names = {re.split(r"[\[=<>]", dependency)[0] for dependency in named}
    assert names <= {name.partition("[")[0] for name in pins(lock)}


def test_what_is_tested_is_what_runs():
    tested, runs = pins("requirements-test.lock"), pins("requirements.lock")
    version = re.compile(r"^[^\s;\\]+")
    assert {n: version.match(tested[n])[0] for n in runs} == {n: version.match(runs[n])[0] for n in runs}
