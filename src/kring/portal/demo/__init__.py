"""The invented people of the demo, the tests and the documents, and the invented region around them.

Every person here is made up. Personal numbers are from the tax agency's official test series and from
nowhere else.
"""
