"""Follow-up: how children's health and care go, in figures a region can stand by (uppföljning).

It feeds the plain-Python package `indicators`; neither side knows the other's inside.
"""
