"""The plan's pages as ready words: no queries, no clock."""
