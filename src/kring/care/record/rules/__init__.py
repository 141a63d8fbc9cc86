"""Pure decisions about what a resource is and says: no database, no clock, no files.

Numbers reach these modules as text behind a mark (see `reading.exact`), so that 1.10 stays 1.10.
"""
