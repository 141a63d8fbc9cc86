"""Alva, ten years old, at the computer. Imported before Django starts, so it imports late."""

import pytest
from django.test import Client


@pytest.fixture
def scene(cast):
    from tests.own_pages import Scene

    return Scene(cast).whole()


@pytest.fixture
def alva(cast) -> Client:
    from tests.own_pages import sign_in

    return sign_in(Client(), cast.alva)


@pytest.fixture
def read():
    """Opens a page that must be there."""

    def open_one(client: Client, path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    return open_one
