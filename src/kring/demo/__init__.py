"""The made-up region of the demo, written into the database from `src/synthetic`.

It stands on the top floor because it writes every room's tables, in bulk. Every person and figure in it is
invented.
"""
