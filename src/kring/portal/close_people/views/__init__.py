"""Pages of staff and of guardians."""
