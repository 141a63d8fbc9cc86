"""The tests decide their own settings; a shell that has decided already is told so, not half obeyed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def collect(**environment: str) -> subprocess.CompletedProcess[str]:
    named = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "tests/unit/test_clock.py"],
        cwd=ROOT,
        env={**named, **environment},
        capture_output=True,
        text=True,
    )


def test_settings_named_in_the_shell_stop_the_tests():
    stopped = collect(DJANGO_SETTINGS_MODULE="kring.config.settings")
    assert stopped.returncode != 0
    assert "unset DJANGO_SETTINGS_MODULE" in stopped.stderr + stopped.stdout


def test_without_it_they_are_collected():
    found = collect()
    assert found.returncode == 0, found.stdout + found.stderr
    assert "test_clock.py" in found.stdout


def test_pages_are_tested_without_collected_files():
    """A new machine has none, and a page would fail there for want of a fingerprint."""
    from django.conf import settings

    assert settings.STORAGES["staticfiles"]["BACKEND"].endswith(".StaticFilesStorage")
    assert settings.STATIC_ROOT.is_relative_to(ROOT / "var" / "test")
