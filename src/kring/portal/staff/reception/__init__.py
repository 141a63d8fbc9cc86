"""The day's visits for who receives and books at a unit: the least that takes, and never why the child comes.

Reception, billing and administration meet lists and bookings of their own unit with minimum fields (ruling
26): who, when, with whom, and what it takes to receive the child well.
"""
