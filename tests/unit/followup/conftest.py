"""Every file here may ask for the figures of tests/figures.py."""

from tests.figures import calculation, made

__all__ = ["calculation", "made"]
