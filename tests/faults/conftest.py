"""One world for all hostile requests: what each of them changes is undone."""

import pytest
from django.db import transaction

from kring import clock


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from kring.organisations.models import Region
    from tests import cast as people
    from tests.faults.scenery import World

    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        yield World(people.Cast() if Region.objects.exists() else people.set_up())
        transaction.set_rollback(True)
