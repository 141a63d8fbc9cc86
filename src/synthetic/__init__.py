"""A made-up region of children, for demonstrations, tests and measurements.

Nobody in it exists. How many children live where, and how old they are, follows open facts about 2019
(`data/population_2019.csv`); everything else is invented: families, needs, plans, words. Personal numbers
come only from the Tax Agency's test series, each at most once; beyond it a child has none.

Plain Python that knows neither Django nor Kring: units and municipalities come as arguments. The same seed
gives the same region, byte for byte, and one child's draws never disturb another's.

Layers: `population` (how many, where) → `families` (children, guardians) → `relations` (units around them)
→ `plans`, `visits`, `events` (what is going on) → `region` (all of it, child by child).
"""
