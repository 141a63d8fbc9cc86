"""The gate asked without clicking: a question in, the tables' own answer out (`./kring decide`).

The privacy officer, the lawyer and the tests put a question as plain data: who, what, about what, in which
circumstances. Nothing here decides. `question` reads it, `facts` puts it in the words of each table, and
`answer` asks the tables that `policy.routes` names for it.
"""
