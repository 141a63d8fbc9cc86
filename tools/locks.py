"""./kring lock: the lists of exactly what is installed, with checksums, made from pyproject.toml."""

import shutil
import subprocess
from pathlib import Path

from tools.environment import Trouble, say

COMPILE = [
    "uv", "pip", "compile", "--quiet", "--no-header",
    "--python-version=3.11", "--universal", "--generate-hashes",
]  # fmt: skip


def write(root: Path) -> int:
    """The lists; each holds the versions of the one before it, so what is tested is what runs."""
    if shutil.which("uv") is None:
        raise Trouble("This needs uv: pip install uv")
    for name, more in (
        ("requirements.lock", []),
        ("requirements-test.lock", ["--group=test", "--constraint=requirements.lock"]),
        ("requirements-long.lock", ["--group=test", "--group=spark", "--constraint=requirements-test.lock"]),
    ):
        say(f"Writing {name}")
        subprocess.run([*COMPILE, *more, "pyproject.toml", f"--output-file={name}"], cwd=root, check=True)
    return 0
