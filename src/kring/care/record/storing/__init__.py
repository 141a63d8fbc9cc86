"""Taking parcels of entries into the tables: who the children are, which version is current, what points
where.

Everything is asked for and written in sets, so that the number of queries does not grow with the number of
entries.
"""
