"""What the tests of care stand on. Django starts after this file is read, so imports wait."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest


@pytest.fixture
def refused() -> Callable[[str], AbstractContextManager[Any]]:
    """`with refused("code") as said:` expects that refusal; `said.value` has its words and field."""
    from kring.access.refusals import Refusal

    def expect(code: str) -> AbstractContextManager[Any]:
        return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)

    return expect
