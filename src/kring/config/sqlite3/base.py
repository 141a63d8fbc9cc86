"""The embedded database: each connection knows the order of Swedish names."""

from typing import Any

from django.db.backends.sqlite3 import base

from kring.design.alphabet import SQLITE_FUNCTION, sqlite_swedish


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own, with `kring.design.alphabet` in SQL."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that can sort names."""
        connection = super().get_new_connection(conn_params)
        connection.create_function(SQLITE_FUNCTION, 1, sqlite_swedish, deterministic=True)
        return connection
