"""The way in and out: logging in, choosing how to act, staying, leaving.

A nurse may also be a guardian at the same clinic; the law keeps the two apart, so a person always acts in one
role at a time and chooses it in the open.
"""
