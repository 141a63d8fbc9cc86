import pytest


@pytest.fixture
def post(cast):
    from tests.posting import Post

    return Post(cast)
