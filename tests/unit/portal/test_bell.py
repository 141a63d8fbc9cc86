"""The bell of the header: how many are new, of what is reached now, in words too, for next to nothing."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.children.models import Child, GuardianDecision
from kring.notifications import commands, queries
from kring.notifications.models import Notice

BELL = re.compile(r'<a class="k-bell" href="/aviseringar/">(.*?)</a>', re.DOTALL)
PAGES = {"karin": "/arbetslista/", "jonas": "/arbetslista/", "maria": "/mina-sidor/"}


def bell(client, path):
    """What the bell says aloud, and what it shows; nothing when there is none."""
    found = BELL.findall(client.get(path, follow=True).content.decode())
    if not found:
        return None
    (inside,) = found
    said = re.search(r'<span class="ds-sr-only">(.*?)</span>', inside)[1]
    shown = re.search(r'<span class="k-count" aria-hidden="true">(.*?)</span>', inside)
    return said, shown[1] if shown else ""


@pytest.fixture
def notices(cast):
    def write(who, n, act="plan_version", child="alva", **more):
        actor = cast.actor(who)
        about = {"person_id": actor.person_id, "unit_id": actor.unit_id, "child": cast.child(child)}
        for _ in range(n):
            Notice.objects.create(act=act, about=uuid4(), made_at=cast.now, **(about | more))

    return write


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize(
    ("n", "said", "shown"),
    [
        (0, "Aviseringar", ""),
        (1, "Aviseringar, 1 ny", "1"),
        (9, "Aviseringar, 9 nya", "9"),
        (12, "Aviseringar, 12 nya", "9+"),
    ],
)
def test_the_bell_says_how_many_are_new(client, cast, notices, who, n, said, shown):
    notices(who, n)
    assert bell(cast.log_in(client, who), PAGES[who]) == (said, shown)


def test_what_has_been_read_is_not_counted(client, cast, notices):
    notices("maria", 3)
    notices("maria", 2, read_at=cast.now)
    maria = cast.log_in(client, "maria")
    assert bell(maria, "/mina-sidor/")[1] == "3"
    commands.mark_read(by=cast.actor("maria"), notice_id=Notice.objects.filter(read_at=None).first().pk)
    assert bell(maria, "/mina-sidor/")[1] == "2"
    maria.post("/aviseringar/lasta/")
    assert bell(maria, "/mina-sidor/") == ("Aviseringar", "")


def test_each_way_of_acting_has_its_own_number(cast, notices):
    """Lena is a nurse at one unit and may be told elsewhere too."""
    notices("lena", 2)
    notices("lena", 5, unit_id=cast.unit("sas-logopedi").pk)
    notices("lena", 4, unit_id=None)
    assert queries.unread_count(cast.actor("lena")) == 2


def test_the_number_is_as_long_as_the_list_of_what_is_new(cast, notices):
    for who in PAGES:
        notices(who, 3)
        new = [one for one in queries.listed(cast.actor(who)) if one.read_at is None]
        assert queries.unread_count(cast.actor(who)) == len(new) == 3


def test_of_a_child_that_is_not_reached_nothing_is_counted(client, cast, notices):
    notices("maria", 2)
    notices("maria", 3, child="omar")
    assert bell(cast.log_in(client, "maria"), "/mina-sidor/")[1] == "2"
    Child.objects.filter(pk=cast.child("alva").pk).update(protection="flag")
    assert queries.unread_count(cast.actor("maria")) == 0


def test_a_blocked_guardian_s_bell_is_as_if_nothing_had_been(client, cast, notices):
    notices("johan", 2)
    GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("johan"), kind="blocked", reason="Hot",
        unit=cast.unit("hh-habilitering-boras"), starts_on=cast.now.date(),
        decided_by=cast.eva, decided_at=cast.now,
    )  # fmt: skip
    assert bell(cast.log_in(client, "johan"), "/mina-sidor/") == ("Aviseringar", "")


@pytest.mark.parametrize("who", ["karin", "maria", "noa", "alva", "rune", "nils", "ann", "petra"])
def test_the_bell_is_there_for_who_has_notices_and_for_no_one_else(client, cast, who):
    """Of those who may have them only the smaller child has none: what is new stands on its pages."""
    actor = cast.actor(who)
    there = bell(cast.log_in(client, who), "/") is not None
    assert there is (Permission.SEE_NOTICES in ROLES[actor.role].permissions and who != "alva")
    assert there is queries.has_a_list(actor)


@pytest.mark.parametrize("who", PAGES)
def test_the_bell_costs_one_light_question_and_one_for_what_waits_however_much(cast, notices, who):
    def cost(actor):
        with CaptureQueriesContext(connection) as asked:
            queries.unread_count(actor)
        return len(asked)

    assert cost(cast.actor(who)) == 1
    for _more in range(2):
        notices(who, 15)
        assert cost(cast.actor(who)) == 2
    reader = cast.actor(who)
    permission = Permission.SEE_PLAN
    gate.child_or_404(reader, permission, cast.child("alva").pk, what="test")
    assert cost(reader) == 1, "the page has asked about its child already"


def test_a_page_that_is_not_there_asks_nothing_of_the_bell(client, cast, notices):
    notices("karin", 2)
    assert bell(cast.log_in(client, "karin"), f"/barn/{uuid4()}/") is None


def test_the_bell_speaks_the_reader_s_language(client, cast, notices):
    notices("maria", 2)
    cast.maria.__class__.objects.filter(pk=cast.maria.pk).update(language="en")
    maria = cast.log_in(client, "maria")
    maria.cookies["django_language"] = "en"
    assert bell(maria, "/mina-sidor/")[0] == "Notices, 2 new"
