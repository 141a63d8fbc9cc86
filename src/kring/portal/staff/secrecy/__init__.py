"""Staff's pages about secrecy around one child: blocks, maturity, a guardian's access, emergencies, the
restricted group; and those who answer for it: the officer who lifts and the reviewer.

What is decided here about a guardian is never shown to anybody in the family (OSL 12:3).
"""
