"""S24: the child's page. Who the child is and how it communicates, what comes next, the child's own words,
where in the
process we are, who does what by when, and what has happened.
"""
