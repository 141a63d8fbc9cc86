"""Rows of the log as ready words: for the family without any name, for the reviewer without any content."""
