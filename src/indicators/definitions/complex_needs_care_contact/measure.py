"""Stora behov: fast vårdkontakt: se definition.toml."""

from indicators.definitions.complex_needs_vgr.measure import CONDITION
from indicators.measures import Holds, ShareOfGroup, is_in, rows

MEASURE = ShareOfGroup(having=Holds(rows("arrangement", is_in("kind", "care_contact"))), among=CONDITION)
