"""Every specification runs on every engine."""

from collections.abc import Callable

import pytest

from indicators.engines import duck, fast, plain

ENGINES = {"plain": plain.tally, "fast": fast.tally, "duck": duck.tally}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Callable:
    return ENGINES[request.param]
