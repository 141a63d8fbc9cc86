"""The young person itself as receiver: what it is told and when, never through a guardian and never of its
own acts, and what leaves says neither what nor from whom.
"""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.notices import Receiver, Way
from kring.access.refusals import Refusal
from kring.children.models import Child, Custody, Guardian, YoungShare
from kring.notifications import codes, commands, delivery, queries
from kring.notifications.models import AddressCode, ContactWay, Delivery, Notice
from kring.notifications.queries import AddressState
from kring.notifications.queries.addresses import guardians_have
from kring.notifications.rules import (
    FAMILY,
    TELLINGS,
    Topic,
    receiver_of,
    same_address,
    topics_for,
    words_of,
)
from kring.organisations.models import Person, Unit
from tests.cast import NOW
from tests.mail_server import mail_server

ROWS = pytest.mark.parametrize("row", TELLINGS.values(), ids=lambda row: row.id)
TO_THE_YOUNG = [row.act for row in TELLINGS.values() if Receiver.CHILD in row.to]
THINGS = ("plan", "appointment", "message", "mood")
HERS, HIS = "noa@exempel.se", "anders@exempel.se"
LETTER = "Du har något nytt. Logga in som du brukar för att läsa."


def told() -> set[str]:
    return set(Notice.objects.values_list("person__subject", flat=True))


@pytest.fixture
def noa(cast, tell):
    """`noa("visit_moved")`: Karin tells of Noa, who is fifteen, to whoever of the family the row names."""

    def telling(act, **more):
        by = more.pop("by", None) or cast.actor("karin")
        return tell(act, by=by, child="noa", family=True, **more)

    return telling


@pytest.fixture
def sixteen(cast):
    """Noa reads her record herself, so that every row may reach her."""
    born(cast, years_ago(16))


@pytest.fixture
def everything_shared(cast):
    """Noa shows Anders every kind of thing, so that only the law and the row decide."""
    whom = {"child": cast.child("noa"), "guardian": cast.guardian("anders")}
    for thing in THINGS:
        YoungShare.objects.create(**whom, thing=thing, starts_at=NOW - timedelta(days=1))


def born(cast, day, who="noa"):
    Child.objects.filter(pk=cast.child(who).pk).update(birth_date=day)


def years_ago(years, days=0):
    """Somebody who turns `years` today, or so many `days` later."""
    today = NOW.date()
    return today.replace(year=today.year - years) + timedelta(days=days)


# What is told


@ROWS
def test_each_row_tells_the_young_what_it_says_and_nobody_else(cast, noa, sixteen, row):
    """Anders sees nothing of Noa's pages, and is told nothing."""
    if not row.to & FAMILY:
        return
    noa(row.act)
    assert told() == ({"noa"} if Receiver.CHILD in row.to else set())


@pytest.mark.parametrize(("years", "expected"), [(15, set()), (16, {"noa"})])
def test_of_a_page_that_is_closed_to_the_young_nothing_is_told(cast, noa, years, expected):
    """Who has read the record: from sixteen, as the record itself."""
    born(cast, years_ago(years))
    noa("reading_answered")
    assert told() == expected


@ROWS
def test_what_is_told_is_on_a_page_that_the_young_may_open(row):
    from kring.access.roles import ROLES

    assert Receiver.CHILD not in row.to or row.permission in ROLES["child"].permissions


def test_the_young_are_told_of_times_plan_consent_messages_and_answers():
    assert all(topics_for(receiver) == list(Topic) for receiver in Receiver)
    assert set(TO_THE_YOUNG) == {
        "summons_sent", "meeting_moved", "meeting_cancelled", "visit_moved", "visit_cancelled",
        "plan_established", "plan_version", "plan_closed", "consent_asked", "consent_ended",
        "message_answered", "reading_answered", "record_answered",
        "said_answered",
    }  # fmt: skip


@ROWS
def test_the_words_to_the_young_have_no_place_for_a_name_a_time_or_a_place(row):
    said = row.said_to(Receiver.CHILD)
    assert not re.search(r"[%{}0-9]", said)
    assert "bekräfta" not in said or Receiver.CHILD not in row.to, "the young acknowledge nothing by a letter"
    assert row.said_to(Receiver.GUARDIAN) == str(row.sentence)


AGES = {
    "the day before thirteen": (years_ago(13, days=1), set()),
    "thirteen today": (years_ago(13), {"noa"}),
    "the day before eighteen": (years_ago(18, days=1), {"noa"}),
    "twenty": (years_ago(20), {"noa"}),
}


@pytest.mark.parametrize("age", AGES)
def test_from_the_day_of_the_limit(cast, noa, age):
    day, expected = AGES[age]
    born(cast, day)
    Custody.objects.all().delete()
    noa("visit_moved")
    assert told() == expected


def test_a_birth_date_that_is_only_partly_known_is_read_as_the_later_one(cast, noa):
    day = NOW.date().replace(year=NOW.year - 13, month=12, day=31)
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=day, birth_precision="year")
    Custody.objects.all().delete()
    noa("visit_moved")
    assert told() == set()


SHUT_OUT = {
    "protected child, marked": lambda cast: Child.objects.update(protection="flag"),
    "protected child, registered elsewhere": lambda cast: Child.objects.update(protection="registration"),
    "protected account": lambda cast: Person.objects.filter(subject="noa").update(protected_identity=True),
    "closed account": lambda cast: Person.objects.filter(subject="noa").update(is_active=False),
    "no log-in of its own": lambda cast: Child.objects.filter(person=cast.noa).update(person=None),
}


@pytest.mark.parametrize("why", SHUT_OUT)
def test_who_is_protected_or_has_no_log_in_is_told_nothing(cast, noa, why):
    child = cast.child("noa")
    SHUT_OUT[why](cast)
    for act in TO_THE_YOUNG:
        commands.tell(by=cast.actor("karin"), act=act, child_id=child.pk, about=child.pk, family=True)
    assert told() == set()


def test_a_protection_that_comes_afterwards_empties_list_and_bell(cast, noa):
    noa("visit_moved")
    assert queries.unread_count(cast.actor("noa")) == 1
    Child.objects.filter(pk=cast.child("noa").pk).update(protection="flag")
    assert queries.listed(cast.actor("noa")) == []
    assert queries.unread_count(cast.actor("noa")) == 0


# Never through a guardian, and never of what the young did


@ROWS
@pytest.mark.parametrize("only", [None, "noa", "anders"])
def test_no_notice_of_one_leads_to_a_row_or_a_letter_of_the_other(
    cast, noa, sixteen, chooses, everything_shared, row, only
):
    """Whatever the row, whoever is meant: each in its own list, each letter to its own address."""
    if not row.to & FAMILY:
        return
    for who in ("noa", "anders"):
        chooses(who, Way.EMAIL, Way.SMS)
    meant = {"noa", "anders"} if only is None else {only}
    told_by_row = {"noa"} if Receiver.CHILD in row.to else set()
    told_by_row |= {"anders"} if Receiver.GUARDIAN in row.to and row.act != "reading_answered" else set()
    noa(row.act, **({} if only is None else {"only": [getattr(cast, only).pk]}))
    assert told() == meant & told_by_row
    sent = []

    class Taker:
        def send(self, key, address, language, *, to_child=False, **more):
            sent.append((Delivery.objects.get(pk=key).notice.person.subject, address, to_child))

    delivery.send_due(lambda: NOW, {"email": Taker(), "sms": Taker()})
    for who, address, to_child in sent:
        assert address in {f"{who}@exempel.se", "070-000 00 00"}
        assert to_child is (who == "noa")
    assert {who for who, *_rest in sent} <= meant & told_by_row


@ROWS
def test_what_the_young_did_is_told_to_no_guardian_whatever_is_shared(
    cast, noa, sixteen, everything_shared, row
):
    if row.to & FAMILY:
        noa(row.act, by=cast.actor("noa"))
    assert told() == set(), "nor to the young, who knows it"


def test_what_a_smaller_child_did_is_told_to_no_guardian_either(cast, tell):
    assert tell("visit_cancelled", by=cast.actor("alva"), family=True) == 0


def test_what_a_sibling_s_child_log_in_did_is_no_act_of_this_child(cast, tell):
    assert tell("visit_cancelled", by=cast.actor("noa"), family=True) == 2


def test_the_unit_is_told_of_what_the_young_did(cast, tell):
    units = {cast.unit("hh-habilitering-boras").pk: cast.karin.pk}
    assert tell("message_received", by=cast.actor("noa"), child="noa", units=units) == 1


def test_a_young_parent_has_two_lists(cast, noa, tell):
    """Noa as the child she is, and as guardian of somebody: each list holds its own."""
    herself = Guardian.objects.create(person=cast.noa, given_name="Noa", family_name="Dahl")
    Custody.objects.create(child=cast.child("alva"), guardian=herself, starts_on=date(2026, 1, 1))
    noa("visit_moved")
    tell("plan_version", family=True)
    young, parent = cast.actor("noa", "child"), cast.actor("noa", "guardian")
    assert [one.act for one in queries.listed(young)] == ["visit_moved"]
    assert [one.act for one in queries.listed(parent)] == ["plan_version"]
    commands.mark_read(by=parent)
    assert queries.unread_count(young) == 1


@given(st.uuids(), st.uuids(), st.none() | st.uuids())
def test_somebody_is_the_child_only_as_the_child_s_own_person(person, other, unit):
    assert receiver_of(person, person, unit) == (Receiver.STAFF if unit else Receiver.CHILD)
    assert receiver_of(other, person, None) == (Receiver.CHILD if other == person else Receiver.GUARDIAN)
    assert receiver_of(None, person, None) == Receiver.GUARDIAN


# The address is the young person's own


@pytest.mark.parametrize(
    ("way", "one", "other", "same"),
    [
        ("email", "Noa@Exempel.se", " noa@exempel.SE", True),
        ("email", "noa@exempel.se", "noa.d@exempel.se", False),
        ("sms", "070-123 45 67", "+46 70 123 45 67", True),
        ("sms", "070-123 45 67", "0046701234567", True),
        ("sms", "070-123 45 67", "+46 (0)70-123 45 67", True),
        ("sms", "070-123 45 67", "070-123 45 68", False),
        ("sms", "4670 123 45", "070 123 45", False),
        ("email", "", "", False),
        ("sms", "070-123 45 67", "", False),
    ],
)
def test_when_two_addresses_are_one(way, one, other, same):
    assert same_address(Way(way), one, other) is same


@given(st.sampled_from([Way.EMAIL, Way.SMS]), st.text(min_size=1), st.text(min_size=1))
def test_that_two_addresses_are_one_holds_both_ways(way, one, other):
    assert same_address(way, one, other) is same_address(way, other, one)
    assert same_address(way, one, one)


def known_by_kring(cast):
    Person.objects.filter(subject="anders").update(email=HERS.upper())


def confirmed_by_him(cast):
    ContactWay.objects.create(
        person=cast.anders, way="email", address=HERS, chosen_at=NOW, confirmed_at=NOW, topics=[]
    )


def written_by_him(cast):
    ContactWay.objects.create(person=cast.anders, way="email", address=HERS, chosen_at=NOW, topics=[])


def custody_ended(cast):
    known_by_kring(cast)
    Custody.objects.filter(guardian__person=cast.anders).update(ends_on=date(2020, 1, 1))


def protected_guardian(cast):
    known_by_kring(cast)
    Guardian.objects.filter(person=cast.anders).update(protected_identity=True)


def somebody_else_s(cast):
    Person.objects.filter(subject="maria").update(email=HERS)


WHOSE = {
    "his, as Kring knows it": (known_by_kring, True),
    "his, confirmed": (confirmed_by_him, True),
    "his, who had custody once": (custody_ended, True),
    "only written by him: he must not silence hers": (written_by_him, False),
    "a protected guardian's, of whom nothing is told": (protected_guardian, False),
    "of no guardian of hers": (somebody_else_s, False),
}


@pytest.mark.parametrize("whose", WHOSE)
def test_whether_a_guardian_has_the_address(cast, whose):
    arrange, expected = WHOSE[whose]
    arrange(cast)
    assert guardians_have(cast.child("noa").pk, Way.EMAIL, HERS) is expected


def test_a_guardian_s_telephone_is_known_too(cast):
    Guardian.objects.filter(person=cast.anders).update(phone="070-123 45 67")
    assert guardians_have(cast.child("noa").pk, Way.SMS, "+46701234567")
    assert not guardians_have(cast.child("noa").pk, Way.EMAIL, "070-123 45 67")


def choose(by, address=HERS):
    commands.choose_ways(by=by, chosen={Way.EMAIL: (address, topics_for(Receiver.CHILD))})


REFUSED = {
    "young": lambda cast: born(cast, years_ago(13, days=1)),
    "protected": lambda cast: Child.objects.update(protection="flag"),
    "shared": known_by_kring,
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_address_that_may_not_be_the_young_s_gets_no_code(cast, code):
    REFUSED[code](cast)
    by = cast.actor("noa")
    with pytest.raises(Refusal) as refused:
        choose(by)
    assert (refused.value.code, refused.value.rule) == (code, f"notices.code.{code}")
    assert not AddressCode.objects.exists()


def test_who_is_protected_is_told_only_that_whosever_the_address_is(cast):
    """Of two reasons the one that says nothing of anybody else."""
    known_by_kring(cast)
    REFUSED["protected"](cast)
    with pytest.raises(Refusal) as refused:
        choose(cast.actor("noa"))
    assert refused.value.code == "protected"


def test_the_rule_by_which_nothing_leaves_at_all(cast):
    assert queries.no_post_because(cast.actor("noa")) == ""
    assert queries.no_post_because(cast.actor("alva")) == "notices.code.young"
    assert queries.no_post_because(cast.actor("maria")) == ""
    Child.objects.update(protection="flag")
    assert queries.no_post_because(cast.actor("noa")) == "notices.code.protected"


def test_how_an_address_stands_when_a_guardian_turns_out_to_have_it(cast, chooses):
    chooses("noa", Way.EMAIL)
    stands = lambda: queries.addresses_of(cast.actor("noa"))["email"][1]  # noqa: E731
    assert stands() == AddressState.CONFIRMED
    confirmed_by_him(cast)
    assert stands() == AddressState.SHARED
    assert queries.addresses_of(cast.actor("anders"))["email"][1] == AddressState.CONFIRMED


# What leaves


@pytest.fixture
def waiting(cast, noa, chooses):
    """One letter to Noa that may leave now."""
    chooses("noa", Way.EMAIL)
    noa("visit_moved")
    return Delivery.objects.get()


@pytest.fixture
def server(settings):
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.NOTICE_MAIL = True
        settings.DEFAULT_FROM_EMAIL = "Kring i Borås <kring@exempel.se>"
        yield running


def test_a_letter_to_the_young_says_neither_what_nor_from_whom(server, waiting):
    assert delivery.send_due(lambda: NOW) == 1
    (letter,) = server.letters
    assert (server.to, letter["Subject"]) == ([HERS], "Du har något nytt")
    assert letter.get_content().strip() == LETTER
    assert letter["From"] == "kring@exempel.se", "an address without a name"


def test_an_installation_may_give_the_young_s_letters_a_sender_of_their_own(server, settings, waiting):
    settings.NOTICE_CHILD_FROM = "post@exempel.se"
    delivery.send_due(lambda: NOW)
    assert server.letters[0]["From"] == "post@exempel.se"


def test_no_letter_of_any_act_to_the_young_holds_a_name_place_or_time(server, cast, noa, sixteen, chooses):
    """ux (f) 41 with the child as receiver: as a stranger at the server, or over the shoulder, reads it."""
    chooses("noa", Way.EMAIL)
    for act in TO_THE_YOUNG:
        noa(act)
    assert delivery.send_due(lambda: NOW) == len(server.letters) == len(TO_THE_YOUNG)
    assert set(server.to) == {HERS}
    bodies = {(one["Subject"], one.get_content()) for one in server.letters}
    assert len(bodies) == 1
    text = " ".join(bodies.pop())
    words = set(re.findall(r"\w+", text))
    assert not words & {word for row in Child.objects.all() for word in row.name.split()}
    assert not words & {word for row in Person.objects.all() for word in row.name.split()}
    assert not [unit.name for unit in Unit.objects.all() if unit.name in text]
    assert not re.search(r"\d", text)
    assert "Kring" not in words, "nor from whom"


def test_a_text_message_and_a_code_are_as_silent(cast, settings, tmp_path, noa):
    settings.NOTICE_TEXT_FOLDER = str(tmp_path)
    by = cast.actor("noa")
    commands.choose_ways(by=by, chosen={Way.SMS: ("070-123 45 67", topics_for(Receiver.CHILD))})
    code = codes.letters_of(AddressCode.objects.get())
    delivery.send_due(lambda: NOW)
    (file,) = tmp_path.iterdir()
    asked = f"Din kod är {code}. Har du inte bett om den kan du strunta i det här."
    assert file.read_text(encoding="utf-8").splitlines() == ["070-123 45 67", asked]
    file.unlink()
    assert commands.confirm_address(by=by, way=Way.SMS, written=code) == "yes"
    noa("plan_version")
    delivery.send_due(lambda: NOW)
    (file,) = tmp_path.iterdir()
    assert file.read_text(encoding="utf-8").splitlines() == ["070-123 45 67", LETTER]


@pytest.mark.parametrize("code", ["", "123456"])
def test_the_words_for_a_child_are_shorter_by_the_sender(code):
    for said in words_of(code, to_child=True):
        assert "Kring" not in said
    assert any("Kring" in said for said in words_of(code, to_child=False))


def test_the_letter_is_in_the_young_person_s_language(server, cast, waiting):
    Person.objects.filter(subject="noa").update(language="en")
    delivery.send_due(lambda: NOW)
    assert server.letters[0]["Subject"] == "You have something new"


STOPS = {
    "the child is protected": (lambda cast: Child.objects.update(protection="flag"), "child_protected"),
    "the account is protected": (SHUT_OUT["protected account"], "receiver_protected"),
    "the account is closed": (SHUT_OUT["closed account"], "reach"),
    "a guardian has the address": (confirmed_by_him, "child.shared"),
    "the birth date was wrong": (lambda cast: born(cast, years_ago(12)), "young"),
    "she wants no letters any more": (lambda cast: ContactWay.objects.all().delete(), "none"),
    "the address is another": (lambda cast: ContactWay.objects.update(confirmed_at=None), "unconfirmed"),
}


@pytest.mark.parametrize("why", STOPS)
def test_what_has_changed_since_stops_it(cast, waiting, why):
    change, rule = STOPS[why]
    change(cast)
    assert delivery.send_due(lambda: NOW, {}) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (Delivery.State.STOPPED, f"notices.{rule}")


def test_what_has_been_read_in_kring_does_not_leave(cast, waiting):
    commands.mark_read(by=cast.actor("noa"))
    delivery.send_due(lambda: NOW, {})
    waiting.refresh_from_db()
    assert waiting.reason == "read"


def test_a_code_that_waited_stops_when_a_guardian_turns_out_to_have_the_address(cast):
    choose(cast.actor("noa"))
    known_by_kring(cast)
    assert delivery.send_due(lambda: NOW, {}) == 0
    assert Delivery.objects.get().reason == "notices.code.shared"


@pytest.mark.parametrize(
    ("hour", "hers", "his"),
    [(19, None, None), (20, "07", None), (21, "07", "07"), (23, "07", "07")],
)
def test_the_young_are_left_alone_an_hour_earlier_than_their_guardians(
    cast, noa, chooses, everything_shared, hour, hers, his
):
    """Hours in Stockholm, where it is an hour later."""
    at = NOW.replace(hour=hour - 1)
    morning = (NOW + timedelta(days=1)).replace(hour=6)
    for who in ("noa", "anders"):
        chooses(who, Way.EMAIL)
    noa("visit_moved", by=cast.actor("karin", now=at))
    leaves = dict(Delivery.objects.values_list("notice__person__subject", "not_before"))
    assert leaves == {"noa": morning if hers else at, "anders": morning if his else at}


# Read wherever it is read


def test_who_opens_the_thing_itself_has_read_what_told_of_it(cast, noa):
    about = uuid4()
    noa("message_answered", about=about)
    noa("message_answered", about=uuid4())
    commands.mark_seen(by=cast.actor("anders"), about=about)
    assert queries.unread_count(cast.actor("noa")) == 2, "somebody else's eyes"
    commands.mark_seen(by=cast.actor("noa"), about=about)
    assert queries.unread_count(cast.actor("noa")) == 1


def test_the_smaller_child_has_no_list_and_the_older_one_has(cast):
    assert queries.has_a_list(cast.actor("noa"))
    assert not queries.has_a_list(cast.actor("alva"))
    assert queries.has_a_list(cast.actor("maria"))
    assert not queries.has_a_list(cast.actor("nils"))
