"""The Django application as ./kring starts it: its environment, its database, its commands."""

import os
import subprocess
from pathlib import Path


def variables(root: Path) -> dict[str, str]:
    """What every Kring process needs to find its code. Values already set in the environment win."""
    return {
        "DJANGO_SETTINGS_MODULE": "kring.config.settings",
        "KRING_VAR": str(root / "var"),
        **os.environ,
        "PYTHONPATH": str(root / "src"),
    }


def demo_variables(root: Path) -> dict[str, str]:
    """The demo has one database, its own, whatever the environment says."""
    return {**variables(root), "KRING_DEMO": "1", "DATABASE_URL": demo_url(root)}


def demo_url(root: Path) -> str:
    return f"sqlite:///{root / 'var' / 'demo.sqlite3'}"


def database_url(root: Path) -> str:
    """The database a command works on: the one named in DATABASE_URL, else the demo's."""
    return os.environ.get("DATABASE_URL") or demo_url(root)


def django(root: Path, python: Path, *arguments: str) -> int:
    """Runs one Django command on the database named in DATABASE_URL, else on the demo's; its exit code."""
    named = variables(root) if os.environ.get("DATABASE_URL") else demo_variables(root)
    return subprocess.run([python, "-m", "django", *arguments], env=named, cwd=root).returncode


def module(root: Path, python: Path, name: str, *arguments: str) -> int:
    """Runs one module that needs no Django settings of its own; its exit code."""
    return subprocess.run([python, "-m", name, *arguments], env=variables(root), cwd=root).returncode
