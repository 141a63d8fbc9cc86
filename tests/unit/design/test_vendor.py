"""What others made stays as they made it, with their licence beside it."""

import hashlib

import pytest

from kring.design.build import COMPONENTS, THEME_LAYERS, VENDOR, blocks

LINES = (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split()[-1])
def test_a_vendored_file_is_unchanged(line: str) -> None:
    expected, name = line.split()
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected


def test_every_vendored_file_has_a_sum() -> None:
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert present - {"SHA256SUMS"} == {line.split()[-1] for line in LINES}


@pytest.mark.parametrize("folder", ["designsystemet-css", "designsystemet-theme"])
def test_a_licence_stands_beside(folder: str) -> None:
    text = (VENDOR / folder / "LICENSE").read_text("utf-8")
    assert "Digitaliseringsdirektoratet" in text
    assert "Permission is hereby granted, free of charge" in text


def test_only_used_parts_are_kept() -> None:
    kept = {path.stem for path in (VENDOR / "designsystemet-css").glob("*.css")}
    assert kept == set(COMPONENTS)


def test_the_theme_has_the_layers_we_take() -> None:
    theme = (VENDOR / "designsystemet-theme" / "designsystemet.css").read_text("utf-8")
    names = {name for name, _text in blocks(theme)}
    assert set(THEME_LAYERS) <= names
