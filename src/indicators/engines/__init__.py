"""Engines count: tables in, and for each finest stratum how often each outcome was observed.

Every engine has `tally(measure, data, years, until)`. `plain` is obvious and slow, and the truth; the others
must give the same counts for any data (tests/generative/test_engines.py).
"""
