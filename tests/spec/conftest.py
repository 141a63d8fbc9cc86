"""Every specification runs on every engine."""

from collections.abc import Callable
from functools import partial

import pytest

from indicators.engines import duck, fast, plain, spark

ENGINES = {"plain": plain.tally, "fast": fast.tally, "duck": duck.tally}
SPARK = pytest.param("spark", marks=pytest.mark.spark)
"""In the long run."""


@pytest.fixture(params=[*ENGINES, SPARK])
def engine(request: pytest.FixtureRequest) -> Callable:
    if request.param == "spark":
        return partial(spark.tally, spark=request.getfixturevalue("spark"))
    return ENGINES[request.param]
