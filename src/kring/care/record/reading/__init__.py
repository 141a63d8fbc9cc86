"""From bytes to entries: unpacking, finding out what kind of file it is, and cutting out each resource's
exact text.
"""
