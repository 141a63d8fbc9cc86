"""Kring means *around*: everyone around the child, on one plan.

Care around the child feeds follow-up, follow-up feeds improvement, improvement changes care.
The floors of the house and who may import whom stand in `docs/architecture.md`; a machine checks them
at every commit.
"""
