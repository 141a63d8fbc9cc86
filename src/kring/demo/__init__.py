"""The demo, whole: the invented people (`cast.toml`), the doors they stand behind (`doors.toml`) with the
log-in page that shows them, and the made-up region around them, written into the database from
`src/synthetic`.

It stands on the top floor because it writes every room's tables. Every person and figure in it is invented.
Personal numbers are from the tax agency's official test series and from nowhere else. The cast serves the
tests and the documents too.
"""
