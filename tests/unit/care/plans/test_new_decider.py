"""A plan is open to others on the yes of those who decide now, and of nobody else (8.6; reviewed as a leak).

A child turns 18, is judged mature, gets a new guardian or loses one: who has not answered has not said yes.
"""

from datetime import date, timedelta

import pytest

from kring.access.policy.deciding import Question
from kring.care.plans import jobs, queries
from kring.children.models import CareRelation, Child, Custody, Disclosure, Placement
from kring.portal.staff.secrecy.work import carry_out
from kring.secrecy.commands.maturity import assess_maturity
from kring.timeline.models import Task
from tests.cast import NOW
from tests.told import once

DAYS = 5


@pytest.fixture(autouse=True)
def new_worker(monkeypatch):
    monkeypatch.setattr(jobs, "_done", [])


def born(story, years: int, before: int) -> None:
    """The child turns so many years in so many days."""
    day = story.today + timedelta(days=before)
    Child.objects.filter(pk=story.child_id).update(birth_date=day.replace(year=day.year - years))


@pytest.fixture
@once
def soon_grown(story):
    """Alva turns 18 in five days; her guardians have said yes without any end."""
    born(story, 18, DAYS)
    return story.together()


def school_reads(story) -> bool:
    return queries.whole_plans(story.jonas).filter(pk=story.plan_id).exists()


def steps(story) -> set[str]:
    rows = Task.objects.filter(subject=story.plan_id, done_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def test_what_guardians_opened_closes_by_itself_the_day_the_child_is_grown(soon_grown):
    """At midnight, whether or not any worker has woken up."""
    assert school_reads(soon_grown.later(DAYS - 1))
    assert not school_reads(soon_grown.later(1))


def test_the_grown_child_s_own_yes_opens_it_again(soon_grown):
    soon_grown.later(DAYS)
    assert jobs.work_through(soon_grown.now) > 0
    assert "sip_consent" in steps(soon_grown)
    assert not Disclosure.objects.filter(ended_at__isnull=True, category="plan").exists()
    soon_grown.answer("")
    assert school_reads(soon_grown)
    assert school_reads(soon_grown.later(400))


@pytest.mark.parametrize("precision", ["month", "year"])
def test_of_a_birth_date_known_in_part_the_latest_day_counts(story, precision):
    """Open as long as the child may still be a child, closed when it surely is not."""
    born(story, 18, DAYS)
    Child.objects.filter(pk=story.child_id).update(birth_precision=precision)
    story.together()
    last = date(story.today.year, 11, 30) if precision == "month" else date(story.today.year, 12, 31)
    assert school_reads(story.later((last - story.today).days - 1))
    assert not school_reads(story.later(1))


def test_a_child_born_on_a_leap_day_is_grown_on_the_last_of_february(story):
    """By ruling 1, in a year without a leap day."""
    Child.objects.filter(pk=story.child_id).update(birth_date=date(2012, 2, 29))
    story.later((date(2030, 2, 20) - story.today).days).together()
    assert school_reads(story.later(7))
    assert story.today == date(2030, 2, 27)
    assert not school_reads(story.later(1))


@pytest.fixture
@once
def fifteen(story):
    born(story, 15, -40)
    return story.together()


def judged(story, *, mature: bool) -> None:
    since = story.today if mature else None
    asked = {"question": Question.CONSENT, "grounds": "Förstår vad det gäller", "mature_from": since}
    carry_out(assess_maturity, by=story.peter, child_id=story.child_id, **asked)


def test_judged_mature_the_child_itself_decides_from_that_moment(fifteen):
    judged(fifteen, mature=True)
    assert not school_reads(fifteen)
    assert "sip_consent" in steps(fifteen)
    fifteen.answer("")
    assert school_reads(fifteen)


def test_judged_not_mature_after_all_the_guardians_yes_holds_again(fifteen):
    judged(fifteen, mature=True)
    fifteen.later(1)
    judged(fifteen, mature=False)
    assert school_reads(fifteen)


def test_a_judgement_of_another_question_changes_nothing(fifteen):
    asked = {"question": Question.BLOCK, "grounds": "Förstår", "mature_from": fifteen.today}
    carry_out(assess_maturity, by=fifteen.peter, child_id=fifteen.child_id, **asked)
    assert school_reads(fifteen)


def custody_of(story, guardian: str):
    return Custody.objects.filter(child=story.child_id, guardian=story.cast.guardian(guardian))


def test_a_new_guardian_who_has_not_answered_closes_it(story):
    story.together().later(1)
    Custody.objects.create(
        child_id=story.child_id, guardian=story.cast.guardian("leila"), starts_on=story.today
    )
    jobs.work_through(story.now)
    assert not school_reads(story)
    story.answer("leila")
    assert school_reads(story)


def test_when_custody_ends_the_other_guardian_s_yes_is_enough(story):
    story.together()
    custody_of(story, "johan").update(ends_on=story.today)
    jobs.work_through(story.later(1).now)
    assert school_reads(story)


def test_a_former_guardian_s_yes_alone_opens_nothing(story):
    story.together()
    custody_of(story, "maria").update(ends_on=story.today)
    custody_of(story, "johan").update(ends_on=story.today)
    jobs.work_through(story.later(1).now)
    assert not school_reads(story)


def test_a_custody_that_changed_long_ago_is_not_looked_at_every_day(story):
    story.together()
    custody_of(story, "johan").update(ends_on=story.today)
    story.later(60)
    assert jobs.work_through(story.now) == 0


def placed(story, **more) -> Placement:
    """Written in today, from five days on; who is written in is followed in the same moment."""
    given = {"kind": "care_order", "signer": "board", "starts_on": story.today + timedelta(days=DAYS)} | more
    row = Placement.objects.create(
        child_id=story.child_id, unit=story.cast.unit("socialtjanst-boras"), recorded_by=story.cast.fatima,
        recorded_at=story.now, **given,
    )  # fmt: skip
    jobs.follow_new_decider(story.child_id, story.now)
    return row


@pytest.mark.parametrize("signer", ["board", ""])
def test_an_order_that_begins_another_day_closes_at_that_midnight_with_no_job(story, signer):
    """What the gate reads is the date itself: nothing is carried out between the two looks."""
    row = placed(story.together(), signer=signer)
    shares = Disclosure.objects.filter(subject=story.plan_id, ended_at__isnull=True)
    assert set(shares.values_list("closes_on", flat=True)) == {row.starts_on - timedelta(days=1)}
    assert row.starts_on.year not in {day.year for day in shares.values_list("ends_on", flat=True)}
    assert school_reads(story.later(DAYS - 1))
    assert not school_reads(story.later(1))
    assert shares.exists(), "no worker has been there yet"
    relations = CareRelation.objects.filter(
        child=story.child_id, unit=story.jonas.unit_id, kind="coordination"
    )
    assert set(relations.values_list("ends_on", flat=True)) <= {row.starts_on - timedelta(days=1)}
    assert jobs.work_through(story.now) > 0
    assert not shares.exists() and not school_reads(story)


@pytest.mark.parametrize(
    "given", [{"signer": "guardians"}, {"kind": "voluntary"}, {"withdrawn_at": NOW}], ids=str
)
def test_an_order_that_leaves_the_guardians_their_say_closes_nothing(story, given):
    placed(story.together(), **given)
    assert school_reads(story.later(DAYS))


def test_an_order_that_is_moved_or_taken_away_opens_the_days_again(story):
    row = placed(story.together())
    for change in ({"starts_on": row.starts_on + timedelta(days=10)}, {"withdrawn_at": NOW}):
        Placement.objects.filter(pk=row.pk).update(**change)
        jobs.follow_new_decider(story.child_id, story.now)
        assert school_reads(story.later(DAYS + 1))
    assert school_reads(story.later(400))


def test_of_several_orders_to_come_the_first_closes(story):
    placed(story.together(), starts_on=story.today + timedelta(days=30))
    placed(story)
    assert school_reads(story.later(DAYS - 1)) and not school_reads(story.later(1))
