"""A guardian's pages as ready strings. No questions to the database, no clock."""
