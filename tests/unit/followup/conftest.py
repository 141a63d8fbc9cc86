"""Every file here may ask for the figures of tests/figures.py."""

from tests.figures import calculation, kept_calculation, made

__all__ = ["calculation", "kept_calculation", "made"]
