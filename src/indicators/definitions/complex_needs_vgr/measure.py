"""Barn med stora och sammansatta behov, efter sjukdom och kontakter: se definition.toml."""

from indicators.complex_needs import condition, variants
from indicators.measures import ShareOfGroup
from indicators.parameters import beside

PARAMETERS = beside(__file__)
CONDITION = condition(PARAMETERS)
MEASURE = ShareOfGroup(having=CONDITION)
VARIANTS = {name: ShareOfGroup(having=one) for name, one in variants(PARAMETERS).items()}
