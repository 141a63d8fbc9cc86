"""Names in the order of the Swedish alphabet: å, ä and ö last, é as e, ü as y. One order, in Python
(`swedish`) and in the database (`Swedish`), so that a list reads the same wherever it was sorted.
"""

import unicodedata
from typing import Any

from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler

POSTGRES_COLLATION = "sv-x-icu"
SQLITE_FUNCTION = "kring_swedish"

_LAST = {"å": "{", "ä": "|", "æ": "|", "ę": "|", "ö": "}", "ø": "}", "ő": "}", "œ": "}"}
_LIKE = {"ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ł": "l"}
_LETTERS = str.maketrans(_LAST | _LIKE)


def swedish(text: str) -> str:
    """What to sort a name by. Names that differ only by an accent or a capital stand together, in an order of
    their own.
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    letters = (one for one in unicodedata.normalize("NFD", plain) if not unicodedata.combining(one))
    return f"{''.join(letters)}\x01{text}"


def sqlite_swedish(text: str | None) -> str | None:
    """The same for the embedded database, which knows no alphabet of its own."""
    return None if text is None else swedish(text)


class Swedish(Func):
    """`order_by(Swedish("name"), "pk")`: the same order in SQL, where only a page of the list is read."""

    arity = 1
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        """By the function that `kring.config.sqlite3` gives each connection."""
        return super().as_sql(compiler, connection, function=SQLITE_FUNCTION, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple[str, Any]:
        """By the collation that PostgreSQL has from ICU."""
        template = f'(%(expressions)s) COLLATE "{POSTGRES_COLLATION}"'
        return super().as_sql(compiler, connection, template=template, **context)
