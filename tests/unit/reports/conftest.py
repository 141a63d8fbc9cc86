"""Two reports made by the real code, once for each file of tests that asks for them."""

from typing import Any

import pytest

from tests.figures import calculation, kept_calculation, made

__all__ = ["calculation", "kept_calculation", "made"]


@pytest.fixture(scope="module")
def both(kept_calculation: Any, django_db_blocker: Any) -> Any:
    from kring import clock
    from tests.cast import NOW
    from tests.unit.reports.colleagues import make_both

    with django_db_blocker.unblock(), clock.frozen(NOW):
        return make_both()


@pytest.fixture
def reports(both: Any, calculation: Any, db: None) -> Any:
    """The same, for a test that asks the database."""
    return both
