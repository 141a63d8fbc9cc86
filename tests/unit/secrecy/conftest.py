"""Noa in the database, for every test of this folder."""

import pytest


@pytest.fixture
def world(cast):
    from tests.unit.secrecy.world import World

    return World(cast)
