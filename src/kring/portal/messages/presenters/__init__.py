"""Threads as ready strings: what all readers share, and what the family and the unit have of their own."""
