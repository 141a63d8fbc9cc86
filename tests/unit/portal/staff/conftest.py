"""Clients logged in as staff, and Karin's desk."""

import pytest


@pytest.fixture
def karin(client, cast):
    return cast.log_in(client, "karin")


@pytest.fixture
def desk(cast):
    from tests.unit.portal.staff.desk import Desk

    return Desk(cast)
