"""`./kring flatten`: what it says, and what it says when it cannot."""

import runpy
import sys
from pathlib import Path

import pytest

from indicators.fhir import __main__ as command
from tests.unit.indicators.fhir.exports import SECRET, condition, encounter, export, patient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [encounter("e1"), "garbage", encounter("e2", status="planned"), encounter("e1"), "{}"]
    return export(
        tmp_path / "in",
        Patient=[patient("p1", address=None)],
        Encounter=lines,
        Condition=[condition("c1", recordedDate="soon")],
    )


def test_it_tells_what_was_read_left_out_and_assumed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    given = [str(folder), "--out", str(tmp_path / "out"), "--secret-file", str(tmp_path / "secret")]
    assert command.main(given) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Encounter.ndjson: 2 av 5 rader är ingen Encounter (rad 2, 5). De är inte med; resten är inläst.",
        "child: 1 rader",
        "residence: 0 rader; tabellen är inte skriven",
        "contact: 1 rader",
        "  1 är inte med: samma resurs finns flera gånger; den sist lästa gäller",
        "  1 är inte med: bokad men inte genomförd, eller en status som mappningen inte har",
        "  1 saknar level, som då antas enligt mappningen",
        "diagnosis: 0 rader; tabellen är inte skriven",
        "  1 är inte med: day saknas eller går inte att läsa",
    ]
    assert "Läser Encounter.ndjson" in told.err
    assert (tmp_path / "out" / "contact").is_dir()


@pytest.mark.parametrize(
    ("secret", "says"),
    [(None, "minst 32 tecken"), ("short", "minst 32 tecken"), ("nowhere", "nowhere går inte att läsa")],
)
def test_without_a_secret_nothing_is_read(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    secret: str | None,
    says: str,
) -> None:
    monkeypatch.delenv(command.SECRET, raising=False)
    (tmp_path / "short").write_text("short")
    given = [str(folder), "--out", str(tmp_path / "out")]
    given += ["--secret-file", str(tmp_path / secret)] if secret else []
    assert command.main(given) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_it_is_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    for name in ("indicators.fhir", "indicators.quality"):
        monkeypatch.setattr(sys, "argv", ["kring", "--help"])
        monkeypatch.delitem(sys.modules, f"{name}.__main__", raising=False)
        with pytest.raises(SystemExit, match="0"):
            runpy.run_module(name, run_name="__main__")
    assert "./kring flatten" in capsys.readouterr().out


def test_the_secret_of_the_environment(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(command.SECRET, SECRET)
    assert command.main([str(folder), "--out", str(tmp_path / "out")]) == 0
