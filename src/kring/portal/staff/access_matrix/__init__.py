"""S27 «Vem ser vad»: who sees which kind of information about the child, and by which rule.

Shown are those who share a plan with the own unit, the own unit itself, and the family. That some other unit
meets
the child is itself secret, so such units are not named here.
"""
