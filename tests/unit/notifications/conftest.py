"""A short way to tell somebody something about Alva, and ways of being told that somebody has chosen.

Django starts after this file is read, so imports wait.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.post import confirm


@pytest.fixture
def tell(cast) -> Callable[..., int]:
    """`tell("summons_sent", family=True)`: Lena tells; `by`, `child` and `about` say otherwise."""
    from kring.notifications import commands

    def telling(act: str, *, by: Any = None, child: str = "alva", about: Any = None, **more: Any) -> int:
        child_id = cast.child(child).pk
        actor = by or cast.actor("lena")
        return commands.tell(by=actor, act=act, child_id=child_id, about=about or child_id, **more)

    return telling


@pytest.fixture
def chooses(cast) -> Callable[..., None]:
    """`chooses("maria", Way.EMAIL)`: all topics, at an address of hers."""
    from kring.notifications import commands
    from kring.notifications.rules import Topic

    def choosing(subject: str, *ways: Any, topics: Any = tuple(Topic)) -> None:
        address = {"email": f"{subject}@exempel.se", "sms": "070-000 00 00"}
        chosen = {way: (address[way], topics) for way in ways}
        commands.choose_ways(by=cast.actor(subject), chosen=chosen)
        confirm(cast.actor(subject))

    return choosing
