"""S10-S11: the worklist. One row is one child with its most urgent step: what, by when, and who has the ball.

Coordinators lose children between organisations because each organisation's list shows only its own part.
Therefore
the column «Vem har bollen?» stands in every row, and what nobody has taken is shown first of all as such.
"""
