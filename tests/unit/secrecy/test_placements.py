"""A board's placement, written in by its social services: what it closes at once, and who may not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kring.access import gate, signing
from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission as P
from kring.access.policy.consents import Named
from kring.access.policy.other_provider import SharingConsent
from kring.access.refusals import EditConflict, Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation, Child, Consent, Placement, YoungShare
from kring.notifications.commands import tell
from kring.notifications.models import Notice
from kring.secrecy.commands.placements import (
    as_proposed,
    change_placement,
    end_placement,
    record_placement,
    withdraw_placement,
)
from kring.secrecy.queries.placements import placement_or_404, placements_of, what_changes
from kring.secrecy.queries.standings import sharing_consent
from kring.secrecy.rules.placements import Proposed, State
from kring.timeline.models import Event
from kring.timeline.queries import events_of
from tests.cast import NOW
from tests.unit.secrecy.world import TODAY, later

pytestmark = pytest.mark.django_db
ORDER = Proposed("care_order", "foster", TODAY, TODAY, signer="board", guardians_keep_access=False)
CONSENTED = replace(ORDER, kind="voluntary", signer="guardians", guardians_keep_access=True)
DAY = timedelta(days=1)


def place(cast, given=ORDER, child="omar", who="fatima", **more) -> Placement:
    given = replace(given, **more)
    return record_placement(by=cast.actor(who), child_id=cast.child(child).pk, given=given)


def about(row) -> dict:
    return {"child_id": row.child_id, "placement_id": row.pk, "seen": row.revision}


def sees(cast, who="leila", child="omar", permission=P.SEE_OWN_FAMILY, days=0) -> bool:
    actor = later(cast.actor(who, "guardian"), days=days)
    return gate.children_for(actor, permission, cast.child(child).pk).exists()


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


def meets(cast, child, unit="socialtjanst-boras"):
    return CareRelation.objects.create(
        child=cast.child(child), unit=cast.unit(unit), starts_on=TODAY - timedelta(days=30)
    )


# It acts at once


@pytest.mark.parametrize(
    "permission", [P.SEE_OWN_FAMILY, P.SEE_PLAN, P.SEE_APPOINTMENTS, P.SEE_OWN_RECORD, P.ANSWER_AS_FAMILY]
)
def test_a_guardian_is_out_at_the_next_request(cast, permission):
    assert sees(cast, permission=permission)
    place(cast)
    assert not sees(cast, permission=permission)


KEEPS = [
    # (what the decision says) -> whether the guardian's pages are open
    ({"guardians_keep_access": True}, True),
    ({"guardians_keep_access": True, "signer": ""}, True),
    ({"signer": "guardians"}, False),
    ({"starts_on": TODAY + DAY}, True),
    ({"starts_on": TODAY - DAY, "ends_on": TODAY}, False),
    ({"starts_on": TODAY - 9 * DAY, "ends_on": TODAY - DAY}, True),
    ({"home": "secure"}, False),
]


@pytest.mark.parametrize(("says", "open_"), KEEPS)
def test_the_pages_are_as_the_decision_says(cast, says, open_):
    place(cast, **says)
    assert sees(cast) is open_


def test_placed_with_consent_nothing_changes(cast):
    place(cast, CONSENTED)
    assert sees(cast)
    decided = signing.decisions_about(cast.actor("fatima"), [cast.child("omar").pk])
    assert not decided[cast.child("omar").pk].placed_by_order


def test_what_the_young_shares_is_closed_with_it(cast):
    meets(cast, "noa")
    YoungShare.objects.create(
        child=cast.child("noa"), guardian=cast.guardian("anders"), thing="plan", starts_at=NOW - DAY
    )
    assert sees(cast, "anders", "noa", P.SEE_PLAN)
    row = place(cast, child="noa")
    assert not sees(cast, "anders", "noa", P.SEE_PLAN)
    withdraw_placement(by=cast.actor("fatima"), reason="Fel barn", **about(row))
    assert sees(cast, "anders", "noa", P.SEE_PLAN), "what was shared stands where it stood"


def test_what_was_on_its_way_to_the_guardians_is_taken_back(cast):
    omar = cast.child("omar").pk
    tell(by=cast.actor("karin"), act="meeting_cancelled", child_id=omar, about=omar, family=True)
    assert Notice.objects.filter(person=cast.leila).count() == 1
    place(cast, guardians_keep_access=True)
    assert Notice.objects.filter(person=cast.leila).count() == 1, "they keep their pages"
    change_placement(by=cast.actor("fatima"), given=ORDER, **about(Placement.objects.get()))
    assert not Notice.objects.filter(person=cast.leila).exists()


def test_the_child_keeps_its_own_pages(cast):
    assert gate.children_for(cast.actor("omar"), P.SEE_OWN_PAGES, cast.child("omar").pk).exists()
    place(cast)
    assert gate.children_for(cast.actor("omar"), P.SEE_OWN_PAGES, cast.child("omar").pk).exists()


SIGNERS = [("board", Named.BOARD), ("guardians", Named.GUARDIANS), ("", Named.NOBODY)]


@pytest.mark.parametrize(("signer", "named"), SIGNERS)
def test_who_consents_is_whom_the_decision_names(cast, signer, named):
    omar, fatima = cast.child("omar").pk, cast.actor("fatima")
    place(cast, signer=signer, ends_on=TODAY + 5 * DAY)
    decided = signing.decisions_about(fatima, [omar])[omar]
    assert (decided.placed_by_order, decided.named, decided.board_unit) == (True, named, fatima.unit_id)
    assert decided.order_until == TODAY + 5 * DAY
    after = signing.decisions_about(later(fatima, days=6), [omar])[omar]
    assert (after.placed_by_order, after.order_until) == (False, None)


ACROSS = [
    # (what the guardian has answered, signer of the order) -> what counts
    ("given", None, SharingConsent.GIVEN),
    ("given", "board", SharingConsent.NONE),
    ("given", "", SharingConsent.NONE),
    ("refused", "board", SharingConsent.REFUSED),
]


@pytest.mark.parametrize(("state", "signer", "counts"), ACROSS)
def test_a_guardian_s_yes_to_other_care_providers_does_not_speak_for_a_placed_child(
    cast, state, signer, counts
):
    """Said before the order, too: the record of other care providers closes the same moment."""
    omar, karin = cast.child("omar"), cast.actor("karin")
    given = Consent.objects.create(
        child=omar, purpose="across_providers", guardian=cast.guardian("leila"),
        state=state, form="portal", starts_on=TODAY - DAY, documented_by=cast.leila, recorded_at=NOW - DAY,
    )  # fmt: skip
    given.scopes.create(unit_id=karin.unit_id, category="record")
    if signer is not None:
        place(cast, signer=signer)
    assert sharing_consent(karin, omar) is counts


# Changed, ended, taken away


def test_a_new_decision_opens_and_closes_at_once(cast):
    fatima, row = cast.actor("fatima"), place(cast)
    row = change_placement(by=fatima, given=replace(ORDER, guardians_keep_access=True), **about(row))
    assert (row.revision, sees(cast)) == (2, True)
    row = change_placement(by=fatima, given=ORDER, **about(row))
    assert (row.revision, sees(cast)) == (3, False)


@pytest.mark.parametrize(("last", "until"), [(0, 1), (6, 7), (-2, 0)])
def test_it_ends_the_day_after_its_last(cast, last, until):
    row = place(cast, starts_on=TODAY - 9 * DAY)
    ended = end_placement(by=cast.actor("fatima"), ends_on=TODAY + last * DAY, decided_on=TODAY, **about(row))
    assert (ended.end_decided_on, ended.revision) == (TODAY, 2)
    assert sees(cast, days=until)
    assert until == 0 or not sees(cast, days=until - 1)


def test_the_day_of_the_end_s_decision_stands_when_something_else_is_changed(cast):
    fatima, row = cast.actor("fatima"), place(cast)
    row = end_placement(by=fatima, ends_on=TODAY + DAY, decided_on=TODAY, **about(row))
    given = replace(as_proposed(row), home="group", end_decided_on=None)
    row = change_placement(by=fatima, given=given, **about(row))
    assert (row.home, row.ends_on, row.end_decided_on) == ("group", TODAY + DAY, TODAY)


def test_a_mistake_is_away_at_once_and_kept_in_the_log(cast):
    row = place(cast)
    withdraw_placement(by=cast.actor("fatima"), reason="Skrevs in på fel barn", **about(row))
    assert sees(cast)
    assert placements_of(cast.actor("fatima"), row.child_id) == []
    kept = Placement.objects.get()
    assert (kept.withdrawn_at, kept.signer) == (NOW, "board")
    log = AccessLogRow.objects.filter(what="placement", action="write", object_id=str(row.pk))
    assert list(log.order_by("pk").values_list("rule", "reason")) == [
        ("8.6.place.record", ""), ("8.6.place.withdraw", "Skrevs in på fel barn"),
    ]  # fmt: skip
    with pytest.raises(Invisible):
        placement_or_404(cast.actor("fatima"), row.child_id, row.pk)
    assert place(cast).pk != row.pk, "the same days are free again"


COMMANDS = {
    "change": lambda by, row, **more: change_placement(by=by, given=ORDER, **(about(row) | more)),
    "end": lambda by, row, **more: end_placement(
        by=by, ends_on=TODAY, decided_on=TODAY, **(about(row) | more)
    ),
    "withdraw": lambda by, row, **more: withdraw_placement(by=by, reason="Fel barn", **(about(row) | more)),
}
ALL = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


@ALL
def test_two_who_write_at_once_do_not_overwrite_each_other(cast, command):
    fatima, row = cast.actor("fatima"), place(cast)
    change_placement(by=fatima, given=replace(ORDER, home="group"), **about(row))
    before = Placement.objects.values().get()
    with pytest.raises(EditConflict) as other:
        command(fatima, row)
    assert other.value.current.home == "group"
    assert Placement.objects.values().get() == before


@ALL
def test_what_has_been_taken_away_is_as_what_never_was(cast, command):
    fatima, row = cast.actor("fatima"), place(cast)
    withdraw_placement(by=fatima, reason="Fel barn", **about(row))
    with pytest.raises(Invisible):
        command(fatima, row)


@ALL
def test_another_child_s_placement_is_not_there_under_this_one_s_address(cast, command):
    meets(cast, "alva")
    row = place(cast)
    with pytest.raises(Invisible):
        command(cast.actor("fatima"), row, child_id=cast.child("alva").pk)


@ALL
def test_another_board_s_placement_is_not_there_and_closes_all_the_same(cast, command):
    row = place(cast)
    Placement.objects.update(unit=cast.unit("socialtjanst-skovde"))
    with pytest.raises(Invisible) as missing:
        command(cast.actor("fatima"), row)
    assert missing.value.act.rule == "8.6.place.own"
    assert placements_of(cast.actor("fatima"), row.child_id) == []
    assert not sees(cast)


# Who may not


@pytest.mark.parametrize(
    "who", ["karin", "lena", "jonas", "eva", "peter", "tove", "ann", "nils", "leila", "omar"]
)
def test_nobody_but_the_social_services_writes_it_in(cast, who):
    row = place(cast)
    with pytest.raises((Invisible, NotAllowed)):
        place(cast, who=who)
    for command in COMMANDS.values():
        with pytest.raises((Invisible, NotAllowed)):
            command(cast.actor(who), row)
    assert placements_of(cast.actor(who), row.child_id) == []
    assert Placement.objects.values_list("revision", flat=True).get() == 1


def test_the_role_alone_is_not_enough_at_a_unit_that_is_no_social_services(cast):
    at_school = replace(cast.actor("fatima"), unit_id=cast.unit("skola-boras-1").pk, sector="school")
    with refused("closed", "8.6.place.board"):
        record_placement(by=at_school, child_id=cast.child("omar").pk, given=ORDER)
    assert not Placement.objects.exists()


def test_a_child_that_the_unit_does_not_meet_is_as_one_that_is_not_there(cast):
    with pytest.raises(Invisible):
        place(cast, child="alva")
    meets(cast, "alva").delete()
    with pytest.raises(Invisible):
        place(cast, child="alva")


def test_a_protected_child_is_not_there_outside_its_group(cast):
    meets(cast, "sigrid")
    with pytest.raises(Invisible):
        place(cast, child="sigrid")
    assert not Placement.objects.exists()


REFUSED = [
    ({"ends_on": TODAY - DAY}, "placement_days", ""),
    ({"decided_on": TODAY + DAY}, "closed", "8.6.place.decision"),
    ({"decided_on": None}, "closed", "8.6.place.decision"),
    ({"kind": "voluntary"}, "closed", "8.6.place.consent"),
    ({"kind": "voluntary", "guardians_keep_access": True}, "closed", "8.6.place.consent"),
    ({"kind": "voluntary", "signer": "guardians"}, "closed", "8.6.place.consent"),
]


@pytest.mark.parametrize(("says", "code", "rule"), REFUSED)
def test_what_no_decision_can_say_is_refused(cast, says, code, rule):
    with refused(code, rule):
        place(cast, **says)
    row = place(cast)
    with refused(code, rule):
        change_placement(by=cast.actor("fatima"), given=replace(ORDER, **says), **about(row))
    assert Placement.objects.values_list("revision", flat=True).get() == 1


ENDS = [
    (TODAY - 9 * DAY, TODAY, "placement_days", ""),
    (TODAY, TODAY + DAY, "closed", "8.6.place.decision"),
]


@pytest.mark.parametrize(("last", "decided", "code", "rule"), ENDS)
def test_an_end_has_a_decision_and_comes_after_the_beginning(cast, last, decided, code, rule):
    row = place(cast)
    with refused(code, rule):
        end_placement(by=cast.actor("fatima"), ends_on=last, decided_on=decided, **about(row))
    assert Placement.objects.get().ends_on is None


def test_a_mistake_is_taken_away_with_a_reason(cast):
    row = place(cast)
    with refused("closed", "8.6.place.reason"):
        withdraw_placement(by=cast.actor("fatima"), reason="  ", **about(row))
    assert not sees(cast)


OVERLAPS = [
    # (days of the new one, whether it stands beside one from 10 days ago through today)
    ((-10, 0), False),
    ((-20, -10), False),
    ((-20, None), False),
    ((0, 0), False),
    ((1, None), True),
    ((-20, -11), True),
]


@pytest.mark.parametrize(("days", "stands"), OVERLAPS)
def test_the_own_board_places_a_child_once_at_a_time(cast, days, stands):
    place(cast, starts_on=TODAY - 10 * DAY, ends_on=TODAY)
    first, last = days
    more = {"starts_on": TODAY + first * DAY, "ends_on": None if last is None else TODAY + last * DAY}
    if stands:
        place(cast, **more)
    else:
        with refused("placement_overlaps"):
            place(cast, **more)
    assert Placement.objects.count() == 1 + stands


# What it leaves behind


def test_the_timeline_of_the_own_unit_tells_of_it_and_nobody_else_s(cast):
    fatima, row = cast.actor("fatima"), place(cast, starts_on=TODAY + 2 * DAY)
    row = change_placement(by=fatima, given=replace(as_proposed(row), home="group"), **about(row))
    row = end_placement(by=fatima, ends_on=TODAY + 9 * DAY, decided_on=TODAY, **about(row))
    withdraw_placement(by=fatima, reason="Fel barn", **about(row))
    omar = cast.child("omar")
    kinds = [one.kind for one in events_of(fatima, omar) if one.subject == row.pk]
    assert set(kinds) == {f"placement_{what}" for what in ("recorded", "changed", "ended", "withdrawn")}
    first, last = (Event.objects.get(kind=kind) for kind in ("placement_recorded", "placement_ended"))
    assert [one.effective_at.astimezone(NOW.tzinfo).isoformat()[:16] for one in (first, last)] == [
        "2026-11-17T23:00", "2026-11-24T23:00",
    ]  # fmt: skip
    for who in ("karin", "lena", "jonas", "leila", "omar"):
        assert not [one for one in events_of(cast.actor(who), omar) if one.kind.startswith("placement")]


def test_every_writing_has_its_row_with_the_rule_and_no_word_of_where(cast):
    row = place(cast, home="secure")
    log = AccessLogRow.objects.filter(what="placement", object_id=str(row.pk)).get()
    assert (log.action, log.rule, log.reason) == ("write", "8.6.place.record", "")
    event = Event.objects.get(subject=row.pk)
    assert (event.title, event.reason, event.data) == ("", "", {})


def test_what_is_told_before_is_what_comes_of_it(cast):
    """The preview asks before; the gate and the signing answer after, day by day."""
    omar, fatima = cast.child("omar"), cast.actor("fatima")
    given = replace(ORDER, starts_on=TODAY + 3 * DAY, ends_on=TODAY + 10 * DAY)
    told = what_changes(fatima, omar, given)
    row = place(cast, given)
    assert [(one.on - TODAY).days for one in told] == [3]
    assert told[0].after == State(True, True, Named.BOARD)
    for day in range(14):
        closed = 3 <= day <= 10
        assert sees(cast, days=day) is not closed
        decided = signing.decisions_about(later(fatima, days=day), [omar.pk])[omar.pk]
        assert decided.placed_by_order is closed
    assert what_changes(fatima, omar, given, row.pk) == []
    assert [one.on for one in what_changes(fatima, omar, None, row.pk)] == [TODAY + 3 * DAY]


def test_the_list_is_one_question_however_many_there_are(cast, django_assert_num_queries):
    for month in range(4):
        first = TODAY - (400 - 60 * month) * DAY
        place(cast, starts_on=first, ends_on=first + 30 * DAY)
    fatima, omar = cast.actor("fatima"), cast.child("omar")
    gate.child_or_404(fatima, P.RECORD_PLACEMENT, omar.pk, what="placement")
    with django_assert_num_queries(1):
        rows = placements_of(fatima, omar.pk)
        assert [row.recorded_by.name + row.unit.name for row in rows]
    assert [row.starts_on for row in rows] == sorted((row.starts_on for row in rows), reverse=True)


def test_a_grown_child_s_placement_asks_nobody_else(cast):
    omar = cast.child("omar")
    Child.objects.filter(pk=omar.pk).update(birth_date=TODAY.replace(year=TODAY.year - 19))
    place(cast)
    assert not sees(cast), "nobody is a guardian any more"
    omar.refresh_from_db()
    decided = signing.decisions_about(cast.actor("fatima"), [omar.pk])[omar.pk]
    assert decided.placed_by_order, "the order stands; the tables let the grown child decide"
