"""What the tests of the plan stand on. Django starts after this file is read, so imports wait."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.unit.care.plans.story import Story


@pytest.fixture
def story(cast: "Cast") -> "Story":
    """A plan around Alva, not begun yet."""
    from tests.unit.care.plans.story import Story

    return Story(cast)
