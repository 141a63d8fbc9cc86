"""Care around the child: plans, contacts and the record.

The rooms here do not know each other; the portal composes.
"""
