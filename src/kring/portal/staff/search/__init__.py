"""S20: finding a child that one already meets at work.

Only the whole number finds, and a name only among the own unit's children. A child that does not exist and
one that
is out of reach give the same words, in the same time: the search is never a way to learn who is a patient
where.
"""
