"""A guardian at the computer, and Alva's plan as it stands. Read before Django starts, so it imports late."""

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def scene(cast):
    from tests.own_pages import Scene

    return Scene(cast).whole()


@pytest.fixture
def maria(cast) -> Client:
    from tests.own_pages import sign_in

    return sign_in(Client(), cast.maria)


@pytest.fixture
def johan(cast) -> Client:
    from tests.own_pages import sign_in

    return sign_in(Client(), cast.johan)


@pytest.fixture
def read() -> Callable[[Client, str], str]:
    """Opens a page that must be there."""

    def open_one(client: Client, path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    return open_one
