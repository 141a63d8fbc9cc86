"""Booked visits: booking, moving and calling off those of the own unit.

A time that a family has asked to have changed is answered by moving the visit. Reception books too, and never
meets why the child comes.
"""
