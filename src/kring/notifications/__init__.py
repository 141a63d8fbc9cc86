"""The one door through which anything leaves (aviseringar), with the child-safety gate inside.

Whoever writes about a child calls `commands.tell` in the same transaction: either the act and what is to be
told about it are both kept, or neither is. A notice never says what it is about: no child, unit, time or
place. It stands in the person's own list, and goes by mail or text message to whoever has chosen that: staff,
guardians, and the young person itself, to whom the letter does not say from whom it is either.
`access.policy.notices` says who may be told at all; it is asked when the notice is made, and again when it is
about to leave. A worker sends what is waiting (`delivery`), and tries again when a server does not answer.
"""
