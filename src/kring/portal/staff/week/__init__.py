"""S12 «Min vecka»: children whom nobody has touched for long, children whose rights change soon, and who
carries how
much.
"""
