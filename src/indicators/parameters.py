"""The parameters of a definition: data in parameters.toml beside its measure, never numbers in code."""

import tomllib
from pathlib import Path
from typing import Any


def beside(measure: str) -> dict[str, Any]:
    """The parameters that stand beside a `measure.py`."""
    return tomllib.loads(Path(measure).with_name("parameters.toml").read_text(encoding="utf-8"))
