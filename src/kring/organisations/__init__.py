"""Who gives care and support: the region and its administrations, the municipalities, schools and care units.

Each unit belongs to one *controller* (personuppgiftsansvarig): the authority or provider that answers for
what is written there. School, social services and region are separate authorities with secrecy between them,
also within one municipality. People work on an *assignment*: a role at a unit from one day to another.
Another region is other data (`data/*.toml`), not other code.
"""
