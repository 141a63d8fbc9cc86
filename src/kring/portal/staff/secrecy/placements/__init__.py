"""Where the social services write in that a child is placed by their board's decision (LVU, SoL): who
consents for it, whether its guardians keep their pages, from when and until when. Where the child lives is
not asked.
"""
