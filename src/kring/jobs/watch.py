"""The watch beside every worker: at each look, jobs that have lost their worker are queued anew and what
ended jobs left behind is cleared away.

It runs beside the work and not in it, so that a worker with a long job still sees that another worker died.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connection

from kring import clock

from . import registry
from .commands import SILENT_FOR, pick_up_lost

logger = logging.getLogger(__name__)


def look(silent_for: timedelta = SILENT_FOR) -> None:
    """One look. What cannot be done now (a locked database, a full disk) is tried at the next one."""
    now = clock.now()
    _attempt("pick_up_lost", lambda: pick_up_lost(now=now, silent_for=silent_for))
    for work in registry.UPKEEP:
        _attempt(work.__name__, lambda work=work: work(now))


def _attempt(name: str, work: object) -> None:
    try:
        work()  # type: ignore[operator]
    except Exception as problem:  # the watch outlives whatever goes wrong
        logger.error("watch: %s failed: %s", name, registry.where(problem))


@contextmanager
def watching(every: float, silent_for: timedelta = SILENT_FOR) -> Iterator[None]:
    """Look at once and then every so many seconds, in a thread of its own, until the work is over."""
    over = Event()
    thread = Thread(target=_watch, args=(over, every, silent_for), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=every)


def _watch(over: Event, every: float, silent_for: timedelta) -> None:
    try:
        while True:
            close_old_connections()
            look(silent_for)
            if over.wait(every):
                return
    finally:
        connection.close()
