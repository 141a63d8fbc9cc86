"""Meddelanden: threads as guardians, the young and the unit's people meet them."""
