"""The pages that compose rooms: home for each role, the worklist, the child's page, the family's and the
child's own pages.
"""
