"""Aviseringar: the bell's list for staff and guardians, how each wants to be told, and the outbox as numbers.

Children have no bell: what is new for them stands on their own pages, and nothing is sent to them.
"""
