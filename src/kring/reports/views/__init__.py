"""Pages of the situation report: open to everybody, and those of staff."""
