"""Noa, fifteen years old, at her own pages. Imported before Django starts, so it imports late."""

import pytest
from django.test import Client


@pytest.fixture
def noa(cast) -> Client:
    """Logged in, with the four cards behind her."""
    from kring.secrecy.commands.asking import note_welcome
    from tests.own_pages import sign_in

    note_welcome(by=cast.actor("noa"), child_id=cast.child("noa").pk)
    return sign_in(Client(), cast.noa)


@pytest.fixture
def born(cast):
    """Gives somebody another birthday."""

    def on(who, day):
        child = cast.child(who)
        child.birth_date = day
        child.save(update_fields=["birth_date"])
        return child

    return on
