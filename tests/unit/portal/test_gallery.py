"""The gallery is there for whoever builds a page, and nowhere but in the demo."""

import re

import pytest
from django.urls import reverse

from kring.design import symbols


def test_every_symbol_is_shown_with_its_word(client, db):
    page = client.get(reverse("gallery")).content.decode()
    for name, word in symbols.WORDS.items():
        assert f"#{name}" in page, name
        assert str(word) in page


def test_the_failed_forms_say_what_to_mend(client, db):
    page = client.get(reverse("gallery"), {"fel": "1"}).content.decode()
    assert "<title>Fel:" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("query", [{}, {"fel": "1"}])
def test_nothing_in_it_needs_a_weaker_policy(client, db, query):
    page = client.get(reverse("gallery"), query).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=", page)


def test_it_does_not_exist_outside_the_demo(client, db, settings):
    settings.DEMO = False
    assert client.get(reverse("gallery")).status_code == 404
