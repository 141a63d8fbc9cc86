"""Pages of follow-up: open to everybody, and those of staff."""
