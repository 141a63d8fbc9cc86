"""Decisions about log rows, pure: patterns, the draw, and what a family is not to learn."""
