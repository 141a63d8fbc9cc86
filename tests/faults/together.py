"""Doing the same thing at the same moment in several threads, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

PATIENCE_S = 30


def together(*works: Callable[[], Any]) -> list[Any]:
    """What each work answers, or the exception it ended with, after all have begun at once."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)
    threads = [
        threading.Thread(target=_run, args=(gate, work, answers, place)) for place, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in threads), "they wait for one another"
    return answers


def _run(gate: threading.Barrier, work: Callable[[], Any], answers: list[Any], place: int) -> None:
    try:
        connections["default"].ensure_connection()
        gate.wait(PATIENCE_S)
        answers[place] = work()
    except Exception as problem:
        answers[place] = problem
    finally:
        connections.close_all()


def failures(answers: Sequence[Any]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]
