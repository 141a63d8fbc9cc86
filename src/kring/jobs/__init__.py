"""Long work: a job with steps and progress that can be left, watched, cancelled and tried again.

The queue stands in the same database as the business data, so a job is enqueued if and only if the command
that asked for it was committed.
"""
