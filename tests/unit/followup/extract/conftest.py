"""An extract into a folder of its own. Django starts after this file is read, so imports wait."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.followup.extract.taking import Taking


@pytest.fixture
def taking(cast, settings, tmp_path) -> "Taking":
    """Whoever makes extracts of what the cast does, into a folder of the test's."""
    from tests.unit.followup.extract.taking import Taking

    settings.EXTRACT_FOLDER = tmp_path / "extract"
    return Taking(cast, settings.EXTRACT_FOLDER)
