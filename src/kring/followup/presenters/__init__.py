"""Words, tables, charts and files of follow-up."""
