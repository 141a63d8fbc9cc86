"""The situation report (lägesrapport): once a year a region tells how its children fare, in one document.

It is made from figures that have been counted and guarded already (`kring.followup`), reviewed and published
by two people, and never changed after that: what was wrong is said in a new edition.
"""
