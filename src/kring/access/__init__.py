"""The gate: who may see what about which child, and why.

In Swedish health care access never follows from a job title or a login. It follows from taking part in the
care of this child, at this unit, on this day - within the limits that Patientdatalagen, lag (2022:913) on
cross-provider sharing, secrecy law and the child's own age and will set. `permissions` and `roles` say what
kind of work somebody does; `policy` is the law as dated tables; `gate` asks both, for every page, list,
search, export and job, so that they cannot disagree.
"""
