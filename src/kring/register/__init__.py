"""Filling a real installation: where children meet care and school, who works there, in whose custody a child
is and which units are around it, from files that a region, a municipality or a population register hands
over.

A file adds and corrects. It never deletes, ends only what it is asked to end, and has the same effects as
the pages: what somebody no longer may see is closed in the same transaction.
"""
