"""Installs and runs the provider of `provider.mjs`."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "var" / "test" / "identity"
PACKAGE = "oidc-provider@9.13.3"
PATIENCE = 120
"""Seconds for fetching it; a machine without a way to the registry would wait for many minutes."""


def installed() -> Path:
    """The folder with the provider's modules; skips, and says why, where Node or its registry is missing."""
    if reason := _missing():
        pytest.skip(reason)
    return MODULES


@cache
def _missing() -> str:
    """Why there is no provider; empty when there is. Fetched once in a run, whatever comes of it."""
    if (MODULES / "node_modules" / "oidc-provider").is_dir():
        return ""
    if not shutil.which("npm"):
        return "needs Node and npm for a real identity provider; install them and run again"
    MODULES.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-audit", "--no-fund", "--no-save", "--fetch-retries", "1")
    command = ["npm", "install", *quiet, "--prefix", str(MODULES), PACKAGE]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "the identity provider could not be installed: the package registry did not answer"
    return f"the identity provider could not be installed: {done.stderr[-300:]}" if done.returncode else ""


@contextmanager
def running(port: int, redirect_uri: str, people: dict[str, dict[str, str]]) -> Iterator[str]:
    """The provider with these people (name to claims), for as long as the block lasts; gives its address."""
    process = subprocess.Popen(
        ["node", str(HERE / "provider.mjs"), str(port), redirect_uri],
        env={**os.environ, "PROVIDER_MODULES": str(installed()), "NODE_ENV": "test"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        process.stdin.write(json.dumps(people))
        process.stdin.close()
        told = ""
        for line in process.stdout:
            told += line
            if "listening" in line:
                break
        else:
            pytest.fail(f"the identity provider did not start: {told}")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
