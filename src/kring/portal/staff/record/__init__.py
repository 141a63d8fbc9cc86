"""The child's record: what every care giver has sent, by time, with source, unit and type; and each entry by
itself.

What other units and care providers hold is told of only as far as tables 8.2 and 8.3 let it be, and opened
only after an active choice that says for what.
"""
