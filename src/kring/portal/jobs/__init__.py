"""«Körningar»: the long work that somebody has started, how far it is, and what can be done about it."""
