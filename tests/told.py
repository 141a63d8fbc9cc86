"""A story that has been told once in a run is not told again: the rows it left are laid in.

A thousand tests begin with the same few stories, each of them hundreds of questions long. The first test that
needs one has it told by the real commands. The next that needs it, from the same beginning and at the same
moment, gets the rows that were left, and a copy of what the teller then knew.

The same beginning is watched, not assumed: after any other write, inside somebody's outer transaction,
or with anything replaced, a story is told in full. So only the time differs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache, wraps
from inspect import signature
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import get_language

from kring import clock

TELLS_ANEW = {"settings", "transactional_db", "live_server"}
"""Fixtures with which nothing is laid in: the house stands otherwise, or another thread may write."""
HARMLESS = ("SELECT", "SAVEPOINT", "RELEASE", "SET", "EXPLAIN")
SESSIONS = ' "django_session" '
"""Who is logged in is no part of a story."""
ATOMIC_BLOCKS = 1
"""How deep a test stands that nobody has opened a transaction around."""

Rows = dict[str, dict[Any, tuple[Any, ...]]]


@dataclass(frozen=True)
class Left:
    """What a telling left: rows that went, rows that came (by table), what the teller knew and answered."""

    gone: Rows
    new: Rows
    known: Any


class Memory:
    """The stories that have been told, each by its way there; and where the running test stands."""

    def __init__(self) -> None:
        self.left: dict[tuple[Any, ...], Left] = {}
        self.stand: tuple[Any, ...] | None = None
        self.patches = pytest.MonkeyPatch()

    @contextmanager
    def watched(self, request: pytest.FixtureRequest) -> Iterator[None]:
        """While a test runs that begins with the cast and nothing else, until anything is written."""
        self.patches = request.getfixturevalue("monkeypatch")
        undisturbed = TELLS_ANEW.isdisjoint(request.fixturenames)
        self.stand = () if undisturbed and len(connection.atomic_blocks) == ATOMIC_BLOCKS else None
        with connection.execute_wrapper(self._watch):
            yield
        self.stand = None

    def _replaced(self) -> bool:
        return bool(self.patches._setattr or self.patches._setitem)

    def _watch(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(HARMLESS) and SESSIONS not in sql[:40]:
            self.stand = None
        return execute(sql, *rest)

    def tell(self, key: tuple[Any, ...], telling: Callable[[], Any]) -> Any:
        """What `telling` answers: from memory if it can be, else told and remembered."""
        if self.stand is None or self._replaced():
            return telling()
        way = (*self.stand, key)
        if way not in self.left:
            before = rows()
            known = telling()
            self.left[way] = _difference(before, rows(), deepcopy(known))
        else:
            known = _lay(self.left[way])
        self.stand = way
        return known


MEMORY = Memory()


def once(method: Callable[..., Any]) -> Callable[..., Any]:
    """For what begins with a teller (the cast, or who has it), a fixture too: told once in a run."""
    first = next(iter(signature(method).parameters))

    @wraps(method)
    def told(*args: Any, **named: Any) -> Any:
        teller, *args = args or (named.pop(first),)

        def telling() -> tuple[dict[str, Any], bool, Any]:
            answer = method(teller, *args, **named)
            itself = answer is teller
            return _known(teller), itself, None if itself else answer

        said = (*sorted(_known(teller).items()), *args, *sorted(named.items()))
        if not _plain(said):
            return method(teller, *args, **named)
        known, itself, answer = MEMORY.tell(
            (method, type(teller), said, clock.now(), get_language()), telling
        )
        vars(teller).update(known)
        return teller if itself else answer

    return told


def _known(teller: Any) -> dict[str, Any]:
    """What a teller knows, beside the people."""
    return {name: value for name, value in vars(teller).items() if name != "cast"}


@cache
def _tables() -> list[tuple[str, str, list[str]]]:
    """Every table with its key and its columns."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            columns = [field.column for field in model._meta.local_concrete_fields]
            found.append((model._meta.db_table, model._meta.pk.column, columns))
    return found


def _plain(said: Any) -> bool:
    """Whether it is the same whenever it looks the same, so that a story can be known by it."""
    if isinstance(said, tuple):
        return all(map(_plain, said))
    return said is None or isinstance(said, (str, int, date, UUID, models.Model))


def rows() -> Rows:
    """Every row of every table, by its key."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, key, columns in _tables():
            cursor.execute(f"SELECT {_quoted([key, *columns])} FROM {_quoted([table])}")
            found[table] = {row[0]: row[1:] for row in cursor}
    return found


def _difference(before: Rows, after: Rows, known: Any) -> Left:
    """What changed counts as gone and come."""
    gone, new = {}, {}
    for table in before:
        old, now = before[table].items(), after[table].items()
        gone[table] = dict(row for row in old if after[table].get(row[0]) != row[1])
        new[table] = dict(row for row in now if before[table].get(row[0]) != row[1])
    return Left(gone, new, known)


def _lay(left: Left) -> Any:
    """Take away what went and lay in what came; who refers to whom is seen to when the transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key, _columns in _tables():
            if keys := [(key,) for key in left.gone[table]]:
                cursor.executemany(f"DELETE FROM {_quoted([table])} WHERE {_quoted([key])} = %s", keys)
        for table, _key, columns in _tables():
            if new := list(left.new[table].values()):
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {_quoted([table])} ({_quoted(columns)}) VALUES ({places})", new
                )
    return deepcopy(left.known)


def _quoted(names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))
