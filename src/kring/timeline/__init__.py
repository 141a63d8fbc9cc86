"""What has happened around a child, and what comes next.

An *event* is stored once, with its own time (`effective_at`) apart from when it was written (`recorded_at`);
it is never changed, only corrected by a later event. A *task* is the next step: who has the ball, and by
when. Both are written by the command that causes them, in the same transaction, so that worklist, family
page, log and indicator tell one story.
"""
