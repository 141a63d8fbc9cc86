"""S76: what a child chooses before its 13th birthday holds from the midnight when that day begins, and until
then nothing is different and nobody is told.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.children.models import GuardianDecision, ShareWish, YoungShare
from kring.clock import STOCKHOLM
from kring.log_review.queries.extract import Wanted, extract_for
from kring.notifications.models import Notice
from kring.secrecy.commands.shares import start_sharing, stop_sharing
from kring.secrecy.commands.wishes import ask_to_share
from kring.secrecy.queries.shares import choosing, guardians_see, own_wishes, wished_by
from kring.timeline.models import Event, Task

BORN, TURNS = date(2014, 3, 12), date(2027, 3, 12)
MIDNIGHT = datetime(2027, 3, 12, tzinfo=STOCKHOLM)
"""Alva turns 13 at this moment; it is November now."""


@pytest.fixture
def alva(cast):
    return born(cast, BORN)


def born(cast, day, precision="day"):
    child = cast.child("alva")
    child.birth_date, child.birth_precision = day, precision
    child.save(update_fields=["birth_date", "birth_precision"])
    return child


def choose(cast, thing="plan", act=start_sharing, who="maria", **more):
    about = {"child_id": cast.child("alva").pk, "guardian_id": cast.guardian(who).pk, "thing": thing}
    return act(by=cast.actor("alva", **more), **about)


def opens(cast, permission, at, who="maria") -> bool:
    return gate.children_for(cast.actor(who, now=at), permission, cast.child("alva").pk).exists()


def test_it_begins_at_midnight_in_stockholm_by_the_rule_of_the_young_s_own_choice(cast, alva):
    assert choose(cast) is True
    row = YoungShare.objects.get()
    assert (row.starts_at, row.ended_at) == (MIDNIGHT, None)
    before, maria = MIDNIGHT - timedelta(seconds=1), cast.actor("maria")
    for permission, after in ((P.SEE_PLAN, True), (P.SEE_APPOINTMENTS, False), (P.SEE_MESSAGES, False)):
        assert opens(cast, permission, before), "the guardian of a twelve-year-old sees it anyhow"
        assert opens(cast, permission, MIDNIGHT) is after, permission
    explained = [
        gate.explain(replace(maria, now=at), P.SEE_PLAN, alva.pk).rule_id for at in (before, MIDNIGHT)
    ]
    assert explained == ["8.5.guardian.pages", "8.5.guardian.shared"]
    assert not opens(cast, P.SEE_PLAN, MIDNIGHT, "johan"), "the other guardian was not chosen"
    assert not opens(cast, P.SEE_OWN_RECORD, MIDNIGHT), "the record is never shared kind by kind"


def test_without_a_choice_the_law_s_default_holds(cast, alva):
    assert not any(opens(cast, one, MIDNIGHT) for one in (P.SEE_PLAN, P.SEE_MOOD, P.SEE_OWN_FAMILY))


def test_it_can_be_changed_before_and_after(cast, alva):
    choose(cast)
    assert choose(cast) is False, "twice is once"
    assert choose(cast, act=stop_sharing) is True
    assert not opens(cast, P.SEE_PLAN, MIDNIGHT)
    choose(cast, "appointment")
    after = MIDNIGHT + timedelta(minutes=1)
    assert opens(cast, P.SEE_APPOINTMENTS, after)
    assert choose(cast, "appointment", stop_sharing, now=after) is True
    assert not opens(cast, P.SEE_APPOINTMENTS, after)


def test_what_was_chosen_for_a_birthday_that_was_corrected_begins_when_it_counts(cast, alva):
    choose(cast)
    born(cast, date(2013, 11, 1))
    assert not opens(cast, P.SEE_PLAN, cast.now)
    assert choose(cast) is True
    assert opens(cast, P.SEE_PLAN, cast.now) and YoungShare.objects.count() == 1


def test_nobody_is_told_neither_what_was_asked_nor_what_was_answered(cast, alva):
    maria = cast.actor("maria")
    counts = (Notice.objects.count(), Task.objects.count())
    ask_to_share(by=maria, child_id=alva.pk, things=["plan"])
    choose(cast)
    choose(cast, "mood_answer")
    assert (Notice.objects.count(), Task.objects.count()) == counts
    assert not Event.objects.filter(child=alva, kind__startswith="young_share", unit__isnull=False).exists()
    told = extract_for(maria, alva.pk, Wanted(family=True))
    assert "own.share" not in {row.what for one in told.readings for row in one.rows}
    assert AccessLogRow.objects.filter(child_id=alva.pk, what="own.share", action="write").count() == 2


@pytest.mark.parametrize(
    ("day", "precision", "begins"),
    [
        (date(2014, 5, 16), "day", date(2027, 5, 16)),
        (date(2014, 5, 17), "day", None),  # one day more than six months
        (date(2013, 11, 17), "day", date(2026, 11, 17)),  # tomorrow
        (date(2016, 2, 29), "day", None),
        (date(2013, 12, 31), "month", date(2026, 12, 1)),
        (date(2014, 12, 31), "year", date(2027, 1, 1)),
    ],
)
def test_from_six_months_before_and_from_the_day_the_pages_close(cast, day, precision, begins):
    child = born(cast, day, precision)
    if begins is None:
        with pytest.raises(Refusal) as refused:
            choose(cast)
        assert refused.value.rule == "8.5.guardian.pages"
        return
    choose(cast)
    assert YoungShare.objects.get().starts_at == datetime.combine(begins, datetime.min.time(), STOCKHOLM)
    assert choosing(cast.actor("alva"), child).today == begins


def test_in_a_birth_year_where_neither_age_is_sure_the_child_still_chooses(cast):
    """The pages close to guardians on the first day of the year, and the child may let them in at once."""
    born(cast, date(2013, 12, 31), "year")
    assert not opens(cast, P.SEE_PLAN, cast.now)
    choose(cast)
    assert opens(cast, P.SEE_PLAN, cast.now)
    choose(cast, act=stop_sharing)
    assert not opens(cast, P.SEE_PLAN, cast.now)


def test_what_would_open_nothing_on_the_day_is_not_there_to_choose(cast, alva):
    blocked = {"child": alva, "guardian": cast.guardian("johan"), "unit": cast.unit("sas-bup-boras")}
    decided = {"decided_by": cast.eva, "decided_at": cast.now, "reason": "Invänta beslut"}
    GuardianDecision.objects.create(kind="blocked", starts_on=date(2026, 11, 1), **blocked, **decided)
    found = {one.guardian.pk: one for one in guardians_see(choosing(cast.actor("alva"), alva), alva)}
    offered = {key: [cell.thing for cell in one.cells if cell.chosen_by_young] for key, one in found.items()}
    things = ["plan", "appointment", "message", "mood_answer"]
    assert offered == {cast.guardian("johan").pk: [], cast.guardian("maria").pk: things}
    with pytest.raises(Refusal):
        choose(cast, who="johan")


class TestWishes:
    def test_a_wish_opens_nothing_and_is_the_guardian_s_own(self, cast, alva):
        maria, johan = cast.actor("maria"), cast.actor("johan")
        ask_to_share(by=maria, child_id=alva.pk, things=["plan", "appointment"])
        assert (own_wishes(maria, alva.pk), own_wishes(johan, alva.pk)) == (["appointment", "plan"], [])
        key = cast.guardian("maria").pk
        assert wished_by(alva) == {(key, "plan"), (key, "appointment")}
        assert not opens(cast, P.SEE_PLAN, MIDNIGHT)

    def test_it_is_changed_and_taken_back_with_its_rows_kept(self, cast, alva):
        maria = cast.actor("maria")
        for things in (["plan"], ["plan"], ["plan", "message"], [], ["plan"]):
            ask_to_share(by=maria, child_id=alva.pk, things=things)
            assert own_wishes(maria, alva.pk) == sorted(things)
        assert ShareWish.objects.count() == 3
        written = AccessLogRow.objects.filter(what="family.turning.ask", action="write")
        assert written.count() == 4, "what changed nothing was not written"

    @pytest.mark.parametrize(
        ("day", "things", "code"),
        [(date(2016, 3, 12), ["plan"], "not_soon"), (BORN, ["record"], "thing_unknown")],
    )
    def test_not_too_early_and_not_the_record(self, cast, day, things, code):
        child = born(cast, day)
        with pytest.raises(Refusal) as refused:
            ask_to_share(by=cast.actor("maria"), child_id=child.pk, things=things)
        assert refused.value.code == code and not ShareWish.objects.exists()

    @pytest.mark.parametrize("who", ["anders", "karin", "alva", "david"])
    def test_nobody_but_a_guardian_asks(self, cast, alva, who):
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            ask_to_share(by=cast.actor(who), child_id=alva.pk, things=["plan"])
