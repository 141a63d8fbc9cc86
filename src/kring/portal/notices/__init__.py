"""Aviseringar: the bell's list for staff, guardians and the young, how each wants to be told, and the outbox
as numbers.

Smaller children have no bell: what is new for them stands on their own pages, and nothing is sent to them.
"""
