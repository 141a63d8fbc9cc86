"""Measurements, run on command (`./kring bench NAME`). They print tables and never decide whether the tests
pass.
"""
