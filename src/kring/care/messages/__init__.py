"""Meddelanden: threads between a family and a unit that takes part around the child.

A thread belongs to whoever of the family began it, a guardian or the young person, and to the unit. The unit
promises an answer within so many weekdays, and it stands in its worklist until somebody has answered. From 13
a guardian sees only what the young person shares (ruling 20); another unit of the care provider needs the
same active choice and need as for the record (ruling 23). It is never for what is urgent.
"""
