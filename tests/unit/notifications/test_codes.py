"""An address is somebody's own when the code that was sent there has been written: drawn and never kept,
short lived, few tries, over the same outbox as everything else.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kring.access import gate
from kring.access.policy.notices import Way, code_limits
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import Guardian
from kring.notifications import codes, commands, delivery, queries
from kring.notifications.models import AddressCode, ContactWay, Delivery
from kring.notifications.queries import AddressState
from kring.notifications.rules import BACKOFF, LOST_AFTER, Topic
from kring.notifications.senders import TextFiles
from kring.organisations.models import Person
from tests.cast import NOW
from tests.mail_server import mail_server

State = Delivery.State
ALL = tuple(Topic)
MAIL, OTHER, PHONE = "maria@exempel.se", "annan@exempel.se", "070-123 45 67"
LIMITS = code_limits(NOW.date())


class Sent(list):
    """A sender that keeps what it is given, or fails as it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)

    def send(self, delivery_id, address, language, code=""):
        if self.faults:
            raise self.faults.pop(0)
        self.append((address, language, code))


@pytest.fixture
def maria(cast):
    return cast.actor("maria")


def choose(by, address=MAIL, way=Way.EMAIL, topics=ALL):
    commands.choose_ways(by=by, chosen={way: (address, topics)})


def post(at=NOW, sender=None):
    sender = Sent() if sender is None else sender
    delivery.send_due(lambda: at, {"email": sender, "sms": sender})
    return sender


def written_to(by, code, way=Way.EMAIL):
    return commands.confirm_address(by=by, way=way, written=code)


def state_of(by, way="email"):
    return queries.addresses_of(by)[way][1]


def later(actor, **wait):
    return replace(actor, now=actor.now + timedelta(**wait))


# The digits


@given(st.uuids(), st.integers(4, 9))
def test_the_digits_are_as_many_as_asked_for_and_the_same_each_time(key, digits):
    code = codes.drawn(key, digits)
    assert re.fullmatch(rf"[0-9]{{{digits}}}", code)
    assert codes.drawn(key, digits) == code


def test_the_digits_are_spread_evenly():
    seen = Counter(codes.drawn(uuid4(), 6)[0] for _ in range(5000))
    assert set(seen) == set("0123456789")
    assert max(seen.values()) < 1.5 * min(seen.values())


@given(st.uuids(), st.sampled_from([MAIL, OTHER]))
def test_the_hash_tells_nothing_and_is_bound_to_code_and_address(key, address):
    code = codes.drawn(key, 6)
    kept = codes.hashed(key, address, code)
    assert code not in kept
    assert kept != codes.hashed(key, "x" + address, code)
    assert kept != codes.hashed(uuid4(), address, code)
    assert kept != codes.hashed(key, address, f"{(int(code) + 1) % 10**6:06d}")


def test_another_house_with_the_same_rows_draws_other_digits(settings):
    keys = [uuid4() for _ in range(20)]
    here = [codes.drawn(key, 6) for key in keys]
    settings.SECRET_KEY = "another " * 8
    assert sum(a == b for a, b in zip(here, (codes.drawn(key, 6) for key in keys), strict=True)) <= 1


# Choosing


def test_a_chosen_address_waits_and_a_code_goes_there_at_once_also_at_night(cast):
    night = replace(cast.actor("maria"), now=NOW.replace(hour=23))
    choose(night)
    assert state_of(night) == AddressState.WAITING
    ((address, language, code),) = post(night.now)
    assert (address, language) == (MAIL, "sv")
    assert written_to(night, code) == "yes"
    assert state_of(night) == AddressState.CONFIRMED


def test_no_code_stands_in_any_row(maria):
    choose(maria)
    ((_to, _language, code),) = post()
    with connection.cursor() as cursor:
        for table in ("notifications_addresscode", "notifications_contactway", "notifications_delivery"):
            cursor.execute(f"SELECT * FROM {table}")
            assert code not in str(cursor.fetchall())


def test_nothing_but_the_code_leaves_before_the_address_is_confirmed(cast, maria, tell):
    choose(maria)
    tell("summons_sent", family=True)
    ((_to, _language, code),) = post()
    assert code
    assert Delivery.objects.count() == 1
    written_to(maria, code)
    tell("meeting_cancelled", family=True)
    assert post() == [(MAIL, "sv", "")]


def test_what_waits_when_the_address_is_changed_goes_nowhere(maria, tell, chooses):
    chooses("maria", Way.EMAIL)
    tell("summons_sent", family=True)
    choose(maria, OTHER)
    sent = post()
    assert [(to, bool(code)) for to, _language, code in sent] == [(OTHER, True)]
    assert Delivery.objects.get(notice__isnull=False).reason == "notices.unconfirmed"


def test_new_topics_need_no_new_code_and_a_new_address_does(maria, chooses):
    chooses("maria", Way.EMAIL)
    choose(maria, topics=[Topic.PLAN])
    row = ContactWay.objects.get()
    assert row.confirmed_at
    assert row.topics == ["plan"]
    assert not AddressCode.objects.exists()
    choose(maria, OTHER)
    assert not ContactWay.objects.get().confirmed_at
    choose(maria, MAIL)
    assert state_of(maria) == AddressState.WAITING, "an address that was left is confirmed anew"


def test_a_way_that_is_not_wanted_any_more_is_forgotten_and_its_code_is_of_no_use(maria):
    choose(maria)
    code = post()[0][2]
    choose(maria, topics=[])
    assert not ContactWay.objects.exists()
    assert written_to(maria, code) == "over"


def test_each_way_has_its_own_code(maria):
    commands.choose_ways(by=maria, chosen={Way.EMAIL: (MAIL, ALL), Way.SMS: (PHONE, ALL)})
    sent = {to: code for to, _language, code in post()}
    assert set(sent) == {MAIL, PHONE}
    assert written_to(maria, sent[PHONE]) == "wrong"
    assert written_to(maria, sent[PHONE], Way.SMS) == "yes"
    assert (state_of(maria), state_of(maria, "sms")) == (AddressState.WAITING, AddressState.CONFIRMED)


def test_a_code_is_of_use_to_its_own_person_only(cast, maria):
    choose(maria)
    choose(cast.actor("johan"), MAIL)
    marias, johans = (
        codes.letters_of(AddressCode.objects.get(person=one)) for one in (cast.maria, cast.johan)
    )
    assert written_to(cast.actor("johan"), marias) == "wrong"
    assert written_to(maria, johans) == "wrong"
    assert written_to(maria, marias) == "yes"
    assert state_of(cast.actor("johan")) == AddressState.WAITING


# Writing it


@pytest.mark.parametrize(
    ("minutes", "came"), [(0, "yes"), (29, "yes"), (30, "over"), (24 * 60, "over")], ids=str
)
def test_a_code_holds_for_half_an_hour(maria, minutes, came):
    choose(maria)
    code = post()[0][2]
    when = later(maria, minutes=minutes)
    assert written_to(when, code) == came
    assert (state_of(when) == AddressState.OVER) == (came == "over")


def test_a_code_stands_few_tries_and_then_not_even_the_right_one(maria):
    choose(maria)
    code = post()[0][2]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    answers = [written_to(maria, wrong) for _ in range(LIMITS.tries)]
    assert answers == ["wrong"] * (LIMITS.tries - 1) + ["over"]
    assert written_to(maria, code) == "over"
    assert AddressCode.objects.get().tries == LIMITS.tries
    assert not ContactWay.objects.get().confirmed_at


@pytest.mark.parametrize("written", ["", "0", " ", "1234567", "١٢٣٤٥٦", "x" * 5000, "\x00", "'; --"])
def test_nonsense_is_a_wrong_code(maria, written):
    choose(maria)
    assert written_to(maria, written) == "wrong"


def test_a_confirmed_address_stays_so_whatever_is_written_and_twice_is_once(maria):
    choose(maria)
    code = post()[0][2]
    assert [written_to(maria, one) for one in (code, code, "000000")] == ["yes"] * 3
    assert AccessLogRow.objects.filter(what="notices.code").count() == 1


def test_without_a_choice_there_is_nothing_to_confirm(maria):
    assert written_to(maria, "123456") == "over"


# Another code


def test_the_latest_code_counts(maria):
    choose(maria)
    first = post()[0][2]
    commands.ask_code(by=maria, way=Way.EMAIL)
    second = post()[0][2]
    if first != second:
        assert written_to(maria, first) == "wrong"
    assert written_to(maria, second) == "yes"


def test_a_new_code_gives_new_tries_and_new_time(maria):
    choose(maria)
    for _ in range(LIMITS.tries):
        written_to(maria, "x")
    assert state_of(maria) == AddressState.OVER
    when = later(maria, hours=2)
    commands.ask_code(by=when, way=Way.EMAIL)
    assert state_of(when) == AddressState.WAITING
    assert written_to(when, codes.letters_of(AddressCode.objects.latest("asked_at"))) == "yes"


def test_nobody_gets_more_codes_than_the_limit_in_a_day_and_then_again(maria):
    """An address can be a stranger's, who must not be flooded: the limit is for all addresses together."""
    for number in range(LIMITS.a_day):
        choose(maria, f"{number}@exempel.se")
    before = ContactWay.objects.get().address
    for again in (lambda: choose(maria, OTHER), lambda: commands.ask_code(by=maria, way=Way.EMAIL)):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "too_many_codes"
    assert ContactWay.objects.get().address == before, "nothing is half changed"
    assert AddressCode.objects.count() == LIMITS.a_day
    choose(later(maria, hours=24, seconds=1), OTHER)
    assert AddressCode.objects.count() == LIMITS.a_day + 1


@pytest.mark.parametrize("confirmed", [True, False], ids=["confirmed", "not chosen"])
def test_there_is_no_code_for_what_needs_none(maria, chooses, confirmed):
    if confirmed:
        chooses("maria", Way.EMAIL)
    commands.ask_code(by=maria, way=Way.EMAIL)
    assert not AddressCode.objects.exists()
    assert not Delivery.objects.exists()


# Protected and blocked


def protect(who):
    if who == "person":
        Person.objects.filter(subject="maria").update(protected_identity=True)
    else:
        Guardian.objects.filter(person__subject="maria").update(protected_identity=True)


@pytest.mark.parametrize("who", ["person", "guardian"])
def test_nobody_with_protected_identity_gets_a_code(maria, who):
    protect(who)
    assert queries.no_post_because(maria) == "notices.code.protected"
    with pytest.raises(Refusal) as refused:
        choose(maria)
    assert (refused.value.code, refused.value.rule) == ("protected", "notices.code.protected")
    assert not ContactWay.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("who", ["person", "guardian"])
def test_protection_that_comes_before_the_letter_has_left_stops_it(maria, who):
    choose(maria)
    protect(who)
    assert post() == []
    assert (Delivery.objects.get().state, Delivery.objects.get().reason) == (
        State.STOPPED,
        "notices.code.protected",
    )


def test_a_blocked_guardian_notices_nothing_by_the_code(cast, maria, tell, block):
    """The code is about the account, not about the child: refusing it would tell of the block."""
    block("maria")
    choose(maria)
    code = post()[0][2]
    assert written_to(maria, code) == "yes"
    tell("summons_sent", family=True)
    assert not Delivery.objects.filter(notice__person=cast.maria).exists()


@pytest.fixture
def block(cast):
    def blocking(subject):
        from kring.children.models import GuardianDecision

        GuardianDecision.objects.create(
            child=cast.child("alva"), guardian=cast.guardian(subject), kind="blocked",
            unit=cast.unit("elevhalsa-boras"), reason="Våld.", starts_on=NOW.date(),
            decided_by=cast.lena, decided_at=NOW,
        )  # fmt: skip

    return blocking


# The outbox


def test_a_code_over_smtp_says_the_code_and_nothing_about_anybody(settings, cast, maria):
    choose(maria)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.NOTICE_MAIL = "127.0.0.1", server.port, True
        assert delivery.send_due(lambda: NOW) == 1
    (letter,) = server.letters
    code = codes.letters_of(AddressCode.objects.get())
    said = f"Din kod är {code}. Skriv den i Kring. Har du inte bett om den kan du strunta i det här."
    assert letter.get_content().strip() == said
    assert letter["Subject"] == "Din kod till Kring"
    assert code not in letter["Subject"], "the subject shows on a locked telephone"
    words = set(re.findall(r"\w+", said))
    assert not words & {word for row in Person.objects.all() for word in row.name.split()}


def test_a_text_message_holds_the_code(tmp_path, cast, maria):
    Person.objects.filter(subject="maria").update(language="en")
    choose(maria, PHONE, Way.SMS)
    delivery.send_due(lambda: NOW, {"sms": TextFiles(tmp_path)})
    (file,) = Path(tmp_path).glob("*.txt")
    code = codes.letters_of(AddressCode.objects.get())
    to, text = file.read_text().strip().split("\n")
    assert to == PHONE
    assert code in text
    assert "Your code" in text


def test_a_server_that_is_down_is_tried_again_with_the_same_code(maria):
    choose(maria)
    assert post(sender=Sent(ConnectionError("down"))) == []
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.not_before) == (State.WAITING, 1, NOW + BACKOFF[0])
    ((_to, _language, code),) = post(NOW + BACKOFF[0])
    assert code == codes.letters_of(AddressCode.objects.get())


def test_a_code_that_has_gone_out_before_it_could_leave_is_not_sent(maria):
    choose(maria)
    assert post(NOW + LIMITS.holds) == []
    assert (Delivery.objects.get().state, Delivery.objects.get().reason) == (State.STOPPED, "code_over")


def test_a_code_that_another_follows_is_not_sent(maria):
    choose(maria)
    commands.ask_code(by=maria, way=Way.EMAIL)
    ((_to, _language, code),) = post()
    assert written_to(maria, code) == "yes"
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.SENT, State.STOPPED]


def test_a_code_lost_with_its_worker_is_sent_again_and_is_the_same(maria):
    choose(maria)
    code = codes.letters_of(AddressCode.objects.get())
    Delivery.objects.update(state=State.TAKEN, taken_at=NOW)
    assert post(NOW + timedelta(minutes=1)) == []
    again = NOW + LOST_AFTER + timedelta(seconds=1)
    assert delivery.pick_up_lost(again)
    assert post(again) == [(MAIL, "sv", code)]


def test_choosing_costs_the_same_however_many_codes_there_have_been(maria):
    def cost(address):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            choose(maria, address)
        return len(asked)

    choose(maria, "0@exempel.se")
    assert cost("1@exempel.se") == cost("2@exempel.se")


def test_how_an_address_stands_is_one_question_and_one_for_each_that_waits(
    maria, chooses, django_assert_num_queries
):
    chooses("maria", Way.EMAIL, Way.SMS)
    with django_assert_num_queries(1):
        queries.addresses_of(maria)
    choose(maria, OTHER)
    with django_assert_num_queries(2):
        queries.addresses_of(maria)


def test_who_may_not_use_kring_chooses_nothing(maria):
    nobody = replace(maria, role="nobody")
    for act in (lambda: choose(nobody), lambda: commands.ask_code(by=nobody, way=Way.EMAIL)):
        with pytest.raises((gate.NotAllowed, KeyError)):
            act()
    assert not AddressCode.objects.exists()
