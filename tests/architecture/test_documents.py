"""Documents that lie are worse than none: names and paths in them are checked against the code."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.source import ROOT, SOURCE

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MENTIONED = re.compile(r"(?<![\w/.])((?:src|tests|docs|tools)/[\w./{},*<>-]*\w)")


def glossary() -> list[tuple[str, ...]]:
    """The rows of docs/glossary.md: svenska, identifier, FHIR R4."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [
        tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in lines if line.startswith("|")
    ]
    return [row for row in rows if not set(row[0]) <= set("-: ")][1:]


def identifiers() -> set[str]:
    return {name for row in glossary() for name in re.findall(r"`([^`]+)`", row[1])}


def own_models() -> list[str]:
    return sorted(model.__name__ for model in apps.get_models() if model.__module__.startswith("kring."))


def own_packages() -> list[str]:
    return sorted(
        config.name.rpartition(".")[2]
        for config in apps.get_app_configs()
        if config.name.startswith("kring.")
    )


def test_the_glossary_has_three_columns():
    assert glossary()
    assert not [row for row in glossary() if len(row) != 3]


def test_every_table_has_a_swedish_word():
    missing = [name for name in own_models() if name not in identifiers()]
    assert not missing, f"add to docs/glossary.md: {missing}"


def test_every_package_has_a_swedish_word():
    missing = [name for name in own_packages() if name not in identifiers()]
    assert not missing, f"add to docs/glossary.md: {missing}"


def test_one_word_per_concept():
    """No identifier stands for two Swedish words."""
    seen: dict[str, str] = {}
    for row in glossary():
        for name in re.findall(r"`([^`]+)`", row[1]):
            assert seen.setdefault(name, row[0]) == row[0], f"{name} is both {seen[name]} and {row[0]}"


def mentioned_paths(text: str) -> list[str]:
    """Paths of this repository that a text names; patterns with braces, stars or <places> are left out."""
    return [path for path in MENTIONED.findall(text) if not set(path) & set("{}*<>")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_real_files(document: Path):
    missing = [
        path for path in mentioned_paths(document.read_text(encoding="utf-8")) if not (ROOT / path).exists()
    ]
    assert not missing, f"{document.name} names files that are not there: {missing}"


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md", "docs/glossary.md"]
)
def test_a_newcomer_finds(name):
    assert (ROOT / name).exists()


def test_paths_are_told_from_other_words():
    text = "See `src/kring/clock.py`, docs/architecture.md. and src/kring/{a,b}.py or http://x/src/kring"
    assert mentioned_paths(text) == ["src/kring/clock.py", "docs/architecture.md"]


def test_the_source_folder_is_where_documents_say():
    assert SOURCE.is_dir()
