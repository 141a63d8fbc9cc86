"""The one door: which act tells whom, content-free, never doubled, and nothing about or to the protected."""

import re
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import transaction

from kring.access.policy.notices import Receiver, Way
from kring.access.roles import ROLES
from kring.children.models import Child, Custody, Guardian, GuardianDecision, YoungShare
from kring.notifications import commands, queries
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.notifications.rules import (
    BACKOFF,
    FAMILY,
    OUTSIDE,
    OUTSIDE_SUBJECT,
    STAFF,
    TELLINGS,
    Topic,
    try_again_at,
)
from kring.organisations.models import Assignment, Person, Unit
from tests.cast import NOW

ROWS = pytest.mark.parametrize("row", TELLINGS.values(), ids=lambda row: row.id)
LOGOPEDI = "sas-logopedi"


def told() -> set[str]:
    return set(Notice.objects.values_list("person__subject", flat=True))


# Which act tells whom


EXPECTED = {
    "N01": ("summons_sent", "staff guardian child", "meetings", "see_plan"),
    "N02": ("summons_answered", "staff", "meetings", "see_plan"),
    "N03": ("summons_declined", "staff", "meetings", "see_plan"),
    "N04": ("meeting_cancelled", "staff guardian child", "meetings", "see_plan"),
    "N05": ("visit_moved", "guardian child", "meetings", "see_appointments"),
    "N06": ("visit_cancelled", "staff guardian child", "meetings", "see_appointments"),
    "N07": ("consent_asked", "guardian child", "consent", "see_plan"),
    "N08": ("consent_answered", "staff", "consent", "see_plan"),
    "N09": ("consent_withdrawn", "staff", "consent", "see_plan"),
    "N10": ("consent_ended", "staff guardian child", "consent", "see_plan"),
    "N11": ("plan_established", "staff guardian child", "plan", "see_plan"),
    "N12": ("plan_version", "staff guardian child", "plan", "see_plan"),
    "N13": ("plan_requested", "staff", "questions", "see_plan"),
    "N14": ("reminder", "staff guardian", "questions", "see_plan"),
    "N15": ("same_day_asked", "staff guardian", "questions", "see_appointments"),
    "N16": ("same_day_answered", "staff guardian", "questions", "see_appointments"),
    "N17": ("family_asked", "staff", "questions", "see_plan"),
    "N18": ("message_received", "staff", "messages", "see_messages"),
    "N19": ("message_answered", "guardian child", "messages", "see_messages"),
    "N20": ("reading_answered", "guardian child", "questions", "see_own_record"),
    "N21": ("meeting_moved", "staff guardian child", "meetings", "see_plan"),
    "N22": ("record_answered", "child", "questions", "see_own_pages"),
    "N23": ("preparation_sent", "staff", "meetings", "see_plan"),
    "N24": ("proposal_answered", "guardian", "questions", "see_plan"),
    "N25": ("time_answered", "guardian", "questions", "see_appointments"),
    "N26": ("said_answered", "child", "questions", "see_own_pages"),
    "N27": ("times_asked", "staff guardian", "meetings", "see_plan"),
    "N28": ("times_answered", "staff", "meetings", "see_plan"),
    "N31": ("family_wrote", "staff", "plan", "see_plan"),
    "N32": ("evaluation_sent", "staff", "plan", "see_plan"),
    "N33": ("plan_closed", "guardian child", "plan", "see_plan"),
    "N34": ("promise_near", "staff", "questions", "see_plan"),
}


def test_the_list_of_acts_is_the_one_agreed_on():
    found = {row.id: (row.act, set(row.to), row.topic, row.permission) for row in TELLINGS.values()}
    assert found == {
        key: (act, {Receiver(one) for one in to.split()}, topic, permission)
        for key, (act, to, topic, permission) in EXPECTED.items()
    }


@ROWS
def test_each_row_tells_those_it_names_and_nobody_else(cast, tell, row):
    """Everybody in the cast is there to be told; only Alva's guardians, and the one named at a unit, are."""
    family, staff = Receiver.GUARDIAN in row.to, Receiver.STAFF in row.to
    units = {cast.unit(LOGOPEDI).pk: cast.sara.pk} if staff else None
    tell(row.act, family=family, units=units)
    assert told() == ({"maria", "johan"} if family else set()) | ({"sara"} if staff else set())


@ROWS
@pytest.mark.parametrize("receiver", [Receiver.GUARDIAN, Receiver.STAFF])
def test_a_row_is_never_told_to_others_than_it_says(cast, tell, row, receiver):
    if row.to & (STAFF if receiver == Receiver.STAFF else FAMILY):
        return
    wrong = {"family": True} if receiver == Receiver.GUARDIAN else {"units": {cast.unit(LOGOPEDI).pk: None}}
    with pytest.raises(ValueError, match=row.id):
        tell(row.act, **wrong)
    assert not told()


def test_an_unknown_act_is_a_fault_of_ours(tell):
    with pytest.raises(KeyError):
        tell("diagnosis", family=True)


@ROWS
def test_whoever_is_told_may_open_what_it_is_about(row):
    """A row that no role of its receivers may read would lead to a closed door."""
    permitted = {key for key, role in ROLES.items() if row.permission in role.permissions}
    assert Receiver.GUARDIAN not in row.to or "guardian" in permitted
    assert Receiver.CHILD not in row.to or "child" in permitted
    assert Receiver.STAFF not in row.to or {"coordinator", "principal_teacher", "social_worker"} <= permitted


# Content-free


@ROWS
def test_a_sentence_has_no_place_for_a_name_unit_time_or_place(cast, row):
    sentence = str(row.sentence)
    assert not re.search(r"[%{}0-9]", sentence)
    names = {name for person in Person.objects.all() for name in (person.given_name, person.family_name)}
    assert not names & set(re.findall(r"\w+", sentence))
    assert not any(unit.name in sentence for unit in Unit.objects.all())


def test_what_leaves_the_house_is_one_and_the_same_text():
    assert str(OUTSIDE_SUBJECT) == "Du har något nytt i Kring"
    assert str(OUTSIDE).startswith(str(OUTSIDE_SUBJECT))
    assert not re.search(r"[%{}0-9@/]", str(OUTSIDE))


def test_the_outbox_has_no_column_for_a_text_or_an_address():
    fields = {field.name for field in Delivery._meta.get_fields()} | {
        field.name for field in Notice._meta.get_fields() if not field.is_relation
    }
    assert not fields & {"text", "subject", "body", "address", "to", "title", "message", "name"}


# Who is told


def test_nobody_is_told_of_their_own_act(cast, tell):
    assert tell("summons_sent", by=cast.actor("maria"), family=True) == 1
    assert told() == {"johan"}


def test_an_unread_notice_is_not_doubled_and_a_read_one_is_told_anew(cast, tell):
    assert tell("plan_version", family=True) == 2
    assert tell("plan_version", family=True) == 0
    commands.mark_read(by=cast.actor("maria"))
    assert tell("plan_version", family=True) == 1
    assert queries.unread(cast.actor("johan")).count() == 1


def test_the_same_act_about_something_else_is_told_too(cast, tell):
    tell("summons_sent", family=True, about=uuid4())
    tell("summons_sent", family=True, about=uuid4())
    assert queries.unread(cast.actor("maria")).count() == 2


@pytest.mark.parametrize(
    ("unit", "people"),
    [
        ("hh-habilitering-boras", {"karin", "eva"}),  # its coordinator and its head
        ("skola-boras-1", {"jonas"}),  # neither: whoever hands tasks over
        ("socialtjanst-skovde", set()),  # nobody there
    ],
)
def test_what_nobody_has_been_given_is_told_to_those_who_lead(cast, tell, unit, people):
    assert tell("family_asked", by=cast.actor("maria"), units={cast.unit(unit).pk: None}) == len(people)
    assert told() == people


def test_somebody_who_no_longer_works_there_is_not_told(cast, tell):
    Assignment.objects.filter(person=cast.sara).update(ends_on=NOW.date() - timedelta(days=1))
    assert tell("summons_sent", units={cast.unit(LOGOPEDI).pk: cast.sara.pk}) == 0


def test_a_unit_that_does_not_reach_the_child_is_told_nothing(cast, tell):
    unit = cast.unit("elevhalsa-skovde").pk
    assert tell("summons_sent", units={unit: cast.ulla.pk}) == 0
    assert tell("summons_sent", units={unit: cast.ulla.pk}, child="tuva", by=cast.actor("eva")) == 1


# The child-safety gate


def test_nobody_is_told_about_a_child_with_protected_identity(cast, tell):
    units = {cast.unit("hh-habilitering-boras").pk: cast.karin.pk}
    assert tell("summons_sent", child="sigrid", family=True, units=units) == 0
    assert not Notice.objects.exists()


def end_custody(cast):
    day = NOW.date() - timedelta(days=1)
    Custody.objects.filter(guardian__person=cast.maria).update(ends_on=day)


@pytest.mark.parametrize(
    "shut_out",
    [
        lambda cast: Person.objects.filter(subject="maria").update(protected_identity=True),
        lambda cast: Person.objects.filter(subject="maria").update(is_active=False),
        end_custody,
    ],
    ids=["protected", "inactive", "no-custody"],
)
def test_a_guardian_who_is_shut_out_is_told_nothing_and_the_other_still_is(cast, tell, shut_out):
    shut_out(cast)
    assert tell("summons_sent", family=True) == 1
    assert told() == {"johan"}


def test_a_protected_guardian_closes_the_family_s_way(cast, tell):
    """Ruling 8: the other guardian loses electronic access too, until the unit head decides anew."""
    Guardian.objects.filter(person=cast.maria).update(protected_identity=True)
    assert tell("summons_sent", family=True) == 0


def test_at_thirteen_the_guardians_are_told_no_more(cast, tell):
    Child.objects.filter(person=cast.alva).update(birth_date=NOW.date().replace(year=NOW.year - 13))
    assert tell("summons_sent", family=True) == 1
    assert told() == {"alva"}, "from then on she is told herself"


def test_a_young_person_s_guardian_is_told_of_what_is_shared_and_of_nothing_else(cast, tell):
    """What is shared no more is gone from the list at the next look."""
    whom = {"child": cast.child("noa"), "guardian": cast.guardian("anders")}
    since = NOW - timedelta(days=1)
    times, plan = (
        YoungShare.objects.create(**whom, thing=t, starts_at=since) for t in ("appointment", "plan")
    )
    by = cast.actor("karin")
    assert tell("visit_moved", family=True, child="noa", by=by) == 2
    assert tell("summons_sent", family=True, child="noa", by=by) == 2
    assert told() == {"noa", "anders"}
    plan.ended_at = NOW
    plan.save()
    assert [row.act for row in queries.listed(cast.actor("anders"))] == ["visit_moved"]
    assert tell("plan_version", family=True, child="noa", by=by) == 1, "Noa herself"
    times.ended_at = NOW
    times.save()
    assert queries.listed(cast.actor("anders")) == []


def test_a_blocked_guardian_has_no_notice_left(cast, tell):
    tell("summons_sent", family=True)
    GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("maria"), kind="blocked",
        unit=cast.unit(LOGOPEDI), reason="Skydd", starts_on=NOW.date(), decided_by=cast.eva, decided_at=NOW,
    )  # fmt: skip
    assert queries.listed(cast.actor("maria")) == []
    assert len(queries.listed(cast.actor("johan"))) == 1


def test_protected_staff_get_nothing(cast, tell):
    Person.objects.filter(subject="sara").update(protected_identity=True)
    assert tell("summons_sent", units={cast.unit(LOGOPEDI).pk: cast.sara.pk}) == 0


def test_a_notice_disappears_with_the_reach(cast, tell):
    """Blocked or protected afterwards: what was told before is gone from the list, at once."""
    tell("summons_sent", family=True)
    maria = cast.actor("maria")
    assert queries.unread(maria).count() == 1
    Child.objects.filter(person=cast.alva).update(protection="flag")
    assert list(queries.listed(maria)) == []


def test_notices_stand_in_the_way_of_acting_that_was_told(cast, tell):
    """Lena is a nurse at one place and Tuva's guardian: each list holds its own."""
    unit = cast.unit("elevhalsa-boras").pk
    tell("summons_sent", by=cast.actor("karin"), units={unit: cast.lena.pk})
    tell("plan_version", by=cast.actor("ulla"), child="tuva", family=True)
    nurse, guardian = cast.actor("lena", "school_nurse"), cast.actor("lena", "guardian")
    assert [one.act for one in queries.listed(nurse)] == ["summons_sent"]
    assert [one.act for one in queries.listed(guardian)] == ["plan_version"]


def test_a_role_that_may_not_read_it_does_not_see_it_listed(cast, tell):
    """A receptionist has no plans; a notice about one is not in the list even if it were there."""
    bum = cast.unit("sas-bum-boras")
    about = {"child": cast.child("alva"), "about": uuid4(), "made_at": NOW}
    Notice.objects.create(person=cast.rune, unit=bum, act="plan_version", **about)
    Notice.objects.create(person=cast.rune, unit=bum, act="visit_cancelled", **about)
    assert [one.act for one in queries.listed(cast.actor("rune"))] == ["visit_cancelled"]


# The outbox


def test_a_notice_and_the_act_stand_or_fall_together(cast, tell, chooses):
    chooses("maria", Way.EMAIL)
    with pytest.raises(RuntimeError), transaction.atomic():
        tell("summons_sent", family=True)
        assert (Notice.objects.count(), Delivery.objects.count()) == (2, 1)
        raise RuntimeError
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_only_chosen_ways_and_topics_are_sent_out(cast, tell, chooses):
    chooses("maria", Way.EMAIL, topics=[Topic.MEETINGS])
    chooses("johan", Way.EMAIL, Way.SMS, topics=[Topic.PLAN])
    tell("summons_sent", family=True)
    tell("plan_version", family=True)
    sent = set(Delivery.objects.values_list("notice__person__subject", "notice__act", "way"))
    assert sent == {
        ("maria", "summons_sent", "email"),
        ("johan", "plan_version", "email"),
        ("johan", "plan_version", "sms"),
    }


def test_one_act_is_one_letter_also_to_somebody_who_is_told_twice(cast, tell, chooses):
    """Lena at work and Lena as guardian: two lists, one letter."""
    Custody.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("lena"), starts_on=NOW.date() - timedelta(days=9)
    )
    chooses("lena", Way.EMAIL)
    units = {cast.unit("elevhalsa-boras").pk: cast.lena.pk}
    tell("summons_sent", by=cast.actor("karin"), family=True, units=units)
    assert Notice.objects.filter(person=cast.lena).count() == 2
    assert Delivery.objects.filter(notice__person=cast.lena).count() == 1


def test_what_is_chosen_replaces_what_was(cast, chooses):
    chooses("maria", Way.EMAIL, Way.SMS)
    chooses("maria", Way.EMAIL, topics=[Topic.CONSENT])
    row = ContactWay.objects.get()
    assert (row.person, row.way, row.topics) == (cast.maria, "email", ["consent"])
    chooses("maria", Way.EMAIL, topics=[])
    assert not ContactWay.objects.exists()


def test_what_was_told_can_be_taken_back_until_it_has_left(cast, tell, chooses):
    chooses("maria", Way.EMAIL)
    about = cast.child("alva").pk
    tell("reminder", family=True)
    Delivery.objects.update(state=Delivery.State.SENT)
    commands.take_back(by=cast.actor("karin"), act="reminder", abouts=[about])
    assert told() == {"maria"}, "hers has left; his had no letter and was unread"
    tell("summons_sent", family=True)
    commands.take_back(by=cast.actor("karin"), act="reminder", abouts=[about])
    assert Notice.objects.filter(act="summons_sent").count() == 2


def test_what_a_unit_no_longer_sees_is_gone_from_its_lists_and_its_post(cast, tell, chooses):
    chooses("sara", Way.EMAIL)
    units = {cast.unit(LOGOPEDI).pk: cast.sara.pk, cast.unit("sas-bum-boras").pk: cast.peter.pk}
    tell("plan_version", family=True, units=units)
    commands.close_to_units(abouts=[cast.child("alva").pk], unit_ids=[cast.unit(LOGOPEDI).pk])
    assert told() == {"maria", "johan", "peter"}
    assert not Delivery.objects.exists()


def test_tries_are_ever_further_apart_and_end():
    waits = [try_again_at(tries, NOW) - NOW for tries in range(1, len(BACKOFF) + 1)]
    assert all(sooner < later for sooner, later in pairwise(waits))
    assert sum(waits, timedelta()) > timedelta(days=1), "a server may be down for a day"
    assert try_again_at(len(BACKOFF) + 1, NOW) is None


def test_the_cost_of_telling_does_not_grow_with_what_has_been_told(cast, tell, django_assert_max_num_queries):
    for _ in range(5):
        tell("summons_sent", family=True, about=uuid4())
    maria = cast.actor("maria")
    with django_assert_max_num_queries(22):
        tell("summons_sent", family=True, about=uuid4())
    with django_assert_max_num_queries(1):
        assert len(queries.listed(maria)) == 6
