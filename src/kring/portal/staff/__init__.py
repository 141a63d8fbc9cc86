"""Pages for those who work around the child: the worklist, the search, the child's page and what hangs on it.

A coordinator with forty children must know the day in a minute, and a substitute must find what is needed
without
knowing the house; so every list says who has the ball, and every page about a child begins with who the child
is
and how it communicates.
"""
