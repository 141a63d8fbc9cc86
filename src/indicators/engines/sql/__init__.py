"""Every measure as SQL, written from its declaration in the core that DuckDB and Spark understand alike.

Both are given the very same text. What they have different words for is a function of one name in each
(groundwork.FUNCTIONS). Nothing here is a percentile, exact or approximate: those are told from the counts, by
the code all engines share.
"""
