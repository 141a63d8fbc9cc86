"""The law as data: small dated decision tables, read row by row like the statute itself.

No database, no clock, no web: facts and a day go in, a decision with the id of its rule comes out. What is
not known counts as missing, and what no row allows is refused.
"""
