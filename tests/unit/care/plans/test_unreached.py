"""The one who calls to a meeting learns whom Kring cannot tell, and what to do; nobody else learns of it."""

import pytest

from kring.access.masks import Mask
from kring.care.plans import commands, queries
from kring.care.plans.presenters import summons as pages
from kring.care.plans.presenters.child import Names
from kring.care.plans.queries.unreached import Unreached, unreached
from kring.children.models import Child, Custody, Guardian, GuardianDecision, YoungShare
from kring.notifications.models import Notice
from kring.organisations.models import Person
from tests.own_pages import texts_of
from tests.unit.care.plans.pages import Browser

TITLE = "Nås inte genom Kring"
SAYS = "Johan Åberg får inget från Kring"
TO_DO = "Berätta om mötet utanför Kring, per telefon eller brev"


def block(story, name="johan", **more):
    return GuardianDecision.objects.create(
        child_id=story.child_id, guardian=story.cast.guardian(name), kind="blocked", reason="Våld hemma",
        unit_id=story.plan.unit_id, starts_on=story.today,
        decided_by=story.cast.eva, decided_at=story.now, **more,
    )  # fmt: skip


def protect(story, name="johan"):
    Guardian.objects.filter(person__subject=name).update(protected_identity=True)


def without_a_way_in(story, name="johan"):
    Guardian.objects.filter(person__subject=name).update(person=None)


WHYS = {"blocked": block, "protected": protect, "no way in": without_a_way_in}


@pytest.fixture
def called(story):
    return story.together().summoned()


def found(story, who="karin"):
    return unreached(getattr(story, who), story.plan)


def names_of(told):
    return sorted(Guardian.objects.filter(pk__in=told.guardians).values_list("given_name", flat=True))


# Who is not reached


def test_while_everybody_is_reached_there_is_nobody(story, called):
    assert found(story) == Unreached()


@pytest.mark.parametrize("why", WHYS)
def test_who_is_not_reached_is_found_whatever_closes_the_way(story, called, why):
    WHYS[why](story)
    expected = ["Johan", "Maria"] if why == "protected" else ["Johan"]
    assert names_of(found(story)) == expected


def test_it_is_the_very_same_people_who_are_told_nothing(story):
    """By what really happens at the one door: whoever got no notice of the call is the one named."""
    story.together()
    block(story)
    summons = story.summoned()
    told = set(
        Notice.objects.filter(about=summons.pk, unit=None).values_list("person__as_guardian", flat=True)
    )
    everybody = set(
        Custody.objects.filter(child_id=story.child_id, ends_on=None).values_list("guardian", flat=True)
    )
    assert found(story).guardians == everybody - told


@pytest.mark.parametrize("ends", ["ended", "over", "not begun"])
def test_a_block_that_does_not_hold_names_nobody(story, called, ends):
    from datetime import timedelta

    decision = block(story)
    changes = {
        "ended": {"ended_at": story.now},
        "over": {"starts_on": story.today - timedelta(days=9), "ends_on": story.today - timedelta(days=1)},
        "not begun": {"starts_on": story.today + timedelta(days=1)},
    }
    GuardianDecision.objects.filter(pk=decision.pk).update(**changes[ends])
    assert not found(story).guardians


def test_another_decision_about_a_guardian_names_nobody(story, called):
    decision = block(story)
    GuardianDecision.objects.filter(pk=decision.pk).update(kind="kept")
    assert not found(story).guardians


def test_a_guardian_of_before_is_not_named(story, called):
    from datetime import timedelta

    block(story)
    Custody.objects.filter(guardian=story.cast.guardian("johan")).update(
        starts_on=story.today - timedelta(days=99), ends_on=story.today - timedelta(days=1)
    )
    assert not found(story).guardians


# Young people: what they share is nobody's to see (decision record 26)


def old(story, birth="2012-01-15"):
    Child.objects.filter(pk=story.child_id).update(birth_date=birth)


@pytest.mark.parametrize("shares", [(), ("maria",), ("maria", "johan")])
def test_whom_a_young_person_shares_with_is_not_told_by_it(story, called, shares):
    old(story)
    for name in shares:
        YoungShare.objects.create(
            child_id=story.child_id, guardian=story.cast.guardian(name), thing="plan", starts_at=story.now
        )
    assert found(story) == Unreached(by_age=True)


def test_a_block_is_named_whatever_the_age(story, called):
    old(story)
    block(story)
    told = found(story)
    assert (names_of(told), told.by_age) == (["Johan"], True)


def test_a_grown_person_has_no_guardians_to_tell_of(story, called):
    old(story, "2007-01-15")
    assert not found(story).by_age


# Who may know it


@pytest.mark.parametrize("who", ["lena", "jonas", "maria", "johan", "alva"])
def test_only_the_unit_that_calls_is_told(story, called, who):
    block(story)
    assert found(story, who) == Unreached()


@pytest.mark.parametrize("who", ["maria", "alva"])
def test_the_family_s_pages_are_the_same_with_and_without_a_block(story, called, who):
    """Not a word more, and no other length: the other guardian and the child cannot see that it exists."""
    paths = {
        "maria": [
            f"/mina-sidor/{story.child_id}/", f"/mina-sidor/{story.child_id}/planen/sip/",
            f"/mina-sidor/{story.child_id}/kallelser/{called.pk}/",
        ],
        "alva": ["/min-sida/", "/min-sida/mina-moten/"],
    }[who]  # fmt: skip
    browser = Browser(story, who)

    def texts():
        found = []
        for path in paths:
            page = browser.client.get(path, follow=True).content.decode()
            found.append(texts_of(page))
        return found

    before = texts()
    block(story)
    assert texts() == before
    assert not [line for page in before for line in page if TITLE in line]


@pytest.mark.parametrize("who", ["lena", "jonas"])
def test_another_party_s_pages_say_nothing(story, called, who):
    block(story)
    page = Browser(story, who, "school_nurse" if who == "lena" else None).text("open", "summons", called.pk)
    assert "Johan Åberg" not in page or TITLE not in page
    assert TITLE not in page
    assert TO_DO not in page


# The pages of the one who calls


@pytest.mark.parametrize("why", WHYS)
def test_the_call_says_who_and_what_to_do_and_never_why(story, called, why):
    WHYS[why](story)
    page = Browser(story).text("open", "summons", called.pk)
    assert TITLE in page
    assert "Johan Åberg" in page
    assert TO_DO in page
    assert "Kring säger inte varför." in page
    for word in ("blockera", "Våld", "skyddad identitet", "skyddade personuppgifter"):
        assert word not in page.partition(TITLE)[2].partition("</div></div>")[0].lower()


@pytest.mark.parametrize("name", ["summons-move", "summons-cancel", "summons"])
def test_it_stands_wherever_everybody_else_is_told(story, called, name):
    block(story)
    page = Browser(story).text("open", name, called.pk)
    assert SAYS in page
    GuardianDecision.objects.all().delete()
    assert TITLE not in Browser(story).text("open", name, called.pk)


def test_it_is_known_before_the_call_is_sent(story):
    story.together()
    block(story)
    draft = story.draft()
    for name, about in (("summons-edit", draft.pk), ("summons-check", draft.pk)):
        page = Browser(story).text("open", name, about)
        assert SAYS in page
        assert "Kallas utanför Kring" in page


def test_once_the_meeting_has_begun_it_is_not_said_any_more(story, called):
    block(story)
    commands.start_meeting(by=story.karin, summons_id=story.called_today(called).pk)
    assert TITLE not in Browser(story).text("open", "summons", called.pk)


def test_a_shared_screen_has_no_names(story, called):
    block(story)
    karin = Browser(story)
    karin.client.post("/skarmdelning/")
    page = karin.text("open", "summons", called.pk)
    assert TITLE in page
    assert "Johan" not in page


def test_the_page_of_a_young_person_says_it_in_general(story, called):
    old(story)
    page = Browser(story).text("open", "summons", called.pk)
    assert "Från 13 år når Kring bara de vårdnadshavare som den unga själv delar planen med." in page
    assert SAYS not in page


def test_the_answer_of_who_is_not_reached_can_be_written_in(story, called):
    block(story)
    mine = story.invitation(called, guardian=story.cast.guardian("johan"))
    commands.answer_summons(by=story.karin, invitation_id=mine.pk, answer="comes")
    mine.refresh_from_db()
    assert mine.answer == "comes"


def test_words_name_everybody_at_once(story, called):
    for name in ("maria", "johan"):
        block(story, name)
    content = story.content()
    names = Names([row.guardian for row in content.consent.signers], hidden=False)
    told = pages.outside(content, names, found(story))
    assert told.lines[0].startswith("Johan Åberg, Maria Berg får inget från Kring")
    assert len(told.lines) == 3


def test_finding_out_costs_little_and_no_more_when_somebody_is_blocked(story, called):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        plan, karin = story.plan, story.karin
        with CaptureQueriesContext(connection) as asked:
            unreached(karin, plan)
        return len(asked)

    before = cost()
    block(story)
    assert cost() <= before <= 6
    with CaptureQueriesContext(connection) as asked:
        unreached(story.jonas, story.plan)
    assert not [one for one in asked if "guardiandecision" in one["sql"]]


def test_the_cast_is_as_these_tests_believe(story):
    assert Person.objects.get(subject="johan").as_guardian.name == "Johan Åberg"
    assert not Mask.of(story.together().karin, story.plan.child).hides
    assert queries.consent_of(story.karin, story.plan).standing.is_valid
