"""The whole synthetic region over many years, as flat tables for follow-up, with the truth written beside.

Children of the 49 municipalities are born, move, grow up and meet care by chances that we set ourselves. What
those chances were stands in truth.json, so that whoever counts can be held against what is true. Every figure
is invented but the population's mix (population.py); nothing here says anything about a real region.
"""
