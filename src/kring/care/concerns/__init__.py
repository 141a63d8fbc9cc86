"""Concern for a child (oro för att ett barn far illa): a locked note, and handing it to social services.

Whoever works with children in care, school or social services reports at once, without anybody's consent
(SoL 2025:400 19:1). What is written here is never shown to a guardian, nor to the child in the portal
(ruling 18): it has no readers to choose, leaves no event, task or notice, and stays out of every extract.
"""
