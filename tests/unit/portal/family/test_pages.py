"""S02 and S70-S72: what a guardian sees, and what nobody else's child is."""

import pytest
from django.test import Client

from tests.own_pages import Scene, sign_in, texts_of


@pytest.fixture
def scene(cast) -> Scene:
    return Scene(cast).whole()


@pytest.fixture
def maria(client, cast) -> Client:
    return sign_in(client, cast.maria)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def test_home(scene, maria):
    page = read(maria, f"/mina-sidor/{scene.child.pk}/")
    assert "Tisdag 24 november kl. 10.00" in page
    assert "Karin Lund" in texts_of(page)
