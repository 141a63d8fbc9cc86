"""«Nära barnet»: who else is close to a child than its guardians, as staff and guardians see and write it.

Health care calls them närstående. They get no access to anything by standing here, and the pages say so.
"""
