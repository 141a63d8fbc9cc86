"""Picture symbols that an organisation has its own licence for (bildstöd): read in, cleaned, and used instead
of Kring's own where the word is the same. They are kept with the data, never with the code.
"""
