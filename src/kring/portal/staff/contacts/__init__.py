"""S25 «Uppdelade kontakter»: every booked visit in thirteen weeks by unit, and what could be one journey
instead of
three.

Families with a child with several needs spend whole days on the road; nobody sees the sum, as each unit books
its own.
"""
