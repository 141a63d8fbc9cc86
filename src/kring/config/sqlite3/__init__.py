"""Django's SQLite, taught the Swedish alphabet."""
