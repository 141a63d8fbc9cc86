"""Before anything is counted or published: words, and no faults."""

import pytest
from django.core.management import CommandError, call_command

from kring.access.refusals import Refusal
from kring.reports import commands, queries

pytestmark = pytest.mark.django_db


def test_without_figures_the_command_says_what_to_do_first():
    with pytest.raises(CommandError, match="Räkna alla mått först"):
        call_command("report", "situation", "--year", "2024")
    with pytest.raises(Refusal, match="inga siffror räknade"):
        commands.may_make(year=2024, correction="")


def test_the_open_list_says_that_none_is_published(client):
    answer = client.get("/lagesrapport/")
    assert "Ingen lägesrapport är publicerad ännu" in answer.content.decode()
    assert "Syntetiska uppgifter" not in answer.content.decode()
    assert (queries.newest(), queries.last_edition(2023), queries.years_to_make()) == (None, 0, [])


def test_the_staff_s_list_offers_to_make_none(cast, client):
    text = cast.log_in(client, "agnes").get("/uppfoljning/rapporter/").content.decode()
    assert "Ingen rapport är gjord ännu." in text
    assert "Gör en lägesrapport" not in text


def test_the_open_start_leads_to_the_reports(client):
    assert 'href="/lagesrapport/"' in client.get("/siffror/").content.decode()
