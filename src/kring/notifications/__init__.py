"""The one door through which anything leaves (aviseringar), with the child-safety gate inside.

So far it leads to one place: the person's own list of notices in Kring. A notice never says what it is
about: no child, unit, time or place. Nobody is told anything about a child with protected identity, or as a
guardian with it. E-mail and SMS belong to the issue on sharing and go through here when they come.
"""
