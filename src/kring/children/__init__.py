"""The child, the people around the child, and the facts the gate reads.

Guardians (vårdnadshavare) are separate people with custody from one day to another; either has the same
right as the other. Numbers come and go (a newborn has a temporary one), so the birth date is stored apart
and is never read out of a number. Protected identity has two grades. Nothing outside this package and
`kring.access` reads these tables: everyone else asks the gate.
"""
