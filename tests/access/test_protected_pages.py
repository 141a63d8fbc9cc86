"""Every page about a protected child, as each member of its restricted group: nothing on them tells where
other units are, where and when the child meets them, or who the guardians are (8.8 b, ruling 10).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import dateformat

from kring import clock
from kring.access import gate
from kring.access.permissions import Permission
from kring.access.policy.protected import Field
from kring.audit.models import AccessLogRow
from kring.care.contacts.commands import appoint
from kring.care.plans import commands
from kring.care.plans.models import Plan
from kring.children.commands import add_to_restricted_group, relate
from kring.children.models import Child
from kring.organisations.models import Unit
from kring.portal.staff.protected import presenters, queries
from tests.told import once
from tests.unit.care.plans.story import Story

PLACE, CONTACT_PHONE, REASON = "Rådhusgatan 17", "033-99 99 99", "Förbereder SIP-mötet"
MEMBERS = ("karin", "lena", "jonas")
"""The unit that keeps the plan going, care outside it, and a school."""
ROLES = {"lena": "school_nurse"}
NOT_ABOUT_THE_CHILD = re.compile(
    r"^/(static|logga|sprak|hjalp|inloggad|skarmdelning|lamna|demo|aviseringar)|/pdf/"
)


class Around(Story):
    """The same plan as everywhere, around Sigrid."""

    def sigrid(self) -> "Around":
        child = self.cast.child("sigrid")
        self.__dict__["child_id"] = child.pk
        for subject in MEMBERS:
            actor = getattr(self, subject)
            relate(child=child, unit=Unit.objects.get(pk=actor.unit_id), starts_on=self.today)
            who = {"person": getattr(self.cast, subject), "added_by": self.cast.eva}
            add_to_restricted_group(child=child, now=self.now, reason="Deltar", **who)
        return self


@pytest.fixture
@once
def around(cast) -> Around:
    """An established plan with two versions, a meeting held and one to come, and what differs since."""
    story = Around(cast).sigrid()
    story.started().joined()
    told = ("plan", "contact_details", "appointment")
    story.answer("vera", cells=[(unit, what) for unit in (story.pupil_health, story.school) for what in told])
    story.describe(
        needed_efforts="Stöd",
        other_measures="Inget",
        overall_responsible_id=cast.unit("skola-boras-1").controller_id,
    )
    for who in (story.karin, story.lena, story.jonas):
        commands.contribute_activity(
            by=who, plan_id=story.plan_id, what="Hjälpa till", due_on=story.today + timedelta(days=3)
        )
        commands.contribute_goal(by=who, plan_id=story.plan_id, words="Jag vill vara med")
        commands.contribute_need(by=who, plan_id=story.plan_id, area="play", text="Leka")
    eva = cast.actor("eva")
    contact = {"role": "named_care_contact", "person_id": eva.person_id, "phone": CONTACT_PHONE}
    appoint(by=eva, child_id=story.child_id, **contact)
    story.held(
        story.meeting(story.send(story.draft(place=PLACE, starts_at=story.now + timedelta(minutes=5))))
    )
    story.establish()
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Jag vill cykla")
    commands.publish_version(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision)
    commands.contribute_goal(by=story.jonas, plan_id=story.plan_id, words="Jag vill simma")
    story.send(story.draft(place=PLACE))
    return story


def member(cast, subject: str, child: Child) -> Client:
    """Logged in, with a reason written at the door."""
    client = cast.log_in(Client(), subject, ROLES.get(subject))
    door = reverse("open-protected", args=[child.pk])
    assert client.post(door, {"reason": REASON}).status_code == 302
    return client


def pages_about(client: Client, child: Child) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links from the child's page, once each: (address, HTML)."""
    waiting, seen = [reverse("child", args=[child.pk]), reverse("worklist"), reverse("meetings")], set()
    while waiting:
        path = waiting.pop()
        if path in seen or NOT_ABOUT_THE_CHILD.search(path):
            continue
        seen.add(path)
        answer = client.get(path)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"].partition("?")[0])
        elif answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            yield path, html
            waiting += [unescape(one) for one in re.findall(r'href="(/[^"?#]*)', html)]


def as_written(day: date) -> set[str]:
    """A day in every form a page writes it."""
    name = dateformat.format(day, "F").lower()
    return {
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{day.day} {name[:3]} {day.year}",
        f"{day.day} {name}",
    }


def secrets_for(around: Around, subject: str) -> set[str]:
    """What no page may tell this member."""
    unit = getattr(around, subject).unit_id
    others = Unit.objects.filter(pk__in=[around.karin.unit_id, around.pupil_health, around.school]).exclude(
        pk=unit
    )
    people = {"karin": around.karin, "lena": around.lena, "jonas": around.jonas}
    told = {other.name for other in others} | {other.phone for other in others if other.phone}
    told |= {who.name for name, who in people.items() if name != subject}
    told |= {
        other.controller.name for other in others if other.controller_id != people[subject].controller_id
    }
    told |= {around.cast.guardian("vera").name, around.cast.guardian("vera").phone}
    if subject == "karin":
        return told
    return told | {PLACE, CONTACT_PHONE, "Eva Strand"} | as_written(around.today + timedelta(days=10))


@pytest.mark.parametrize("subject", MEMBERS)
def test_no_page_about_a_protected_child_tells_where_or_when(cast, around, subject):
    client = member(cast, subject, cast.child("sigrid"))
    secrets, walked = secrets_for(around, subject), []
    for path, html in pages_about(client, cast.child("sigrid")):
        walked.append(path)
        text = unescape(html)
        told = sorted(secret for secret in secrets if secret in text)
        assert not told, f"{path} tells {subject}: {told}"
    expected = {"/barn/", "/planer/", "/moten/", "/arbetslista/"}
    assert {f"/{path.split('/')[1]}/" for path in walked} >= expected
    assert len(walked) > 15, walked


def the_field(cast, around, subject: str, field: Field) -> tuple[str, queries.HiddenField]:
    """The address of one hidden field, and the field."""
    child = cast.child("sigrid")
    _child, found = queries.hidden_fields(getattr(around, subject), child.pk)
    one = next(one for one in found if one.field is field)
    return presenters.href(child.pk, one), one


KNOWN_TO_THE_KEEPER = {Field.PLACE, Field.TIME}
REVEALED = {"lena": set(presenters.WORDS), "karin": set(presenters.WORDS) - KNOWN_TO_THE_KEEPER}


@pytest.mark.parametrize("subject", REVEALED)
def test_a_field_is_shown_once_with_a_reason_and_the_log_says_why_and_never_what(cast, around, subject):
    client = member(cast, subject, cast.child("sigrid"))
    for field in sorted(REVEALED[subject]):
        address, one = the_field(cast, around, subject, field)
        shown = presenters.value(one)
        for reason in ({}, {"reason": ""}, {"reason": "Nu"}, {"reason": " " * 20}):
            assert shown not in unescape(client.post(address, reason).content.decode())
        rows = AccessLogRow.objects.filter(what=f"protected.reveal.{field}")
        assert not rows.exists(), "nothing shown, nothing in the log"
        answer = client.post(address, {"reason": "Ska ringa om mötet"})
        assert shown in unescape(answer.content.decode())
        assert answer.headers["Cache-Control"] == "no-store"
        row = rows.get()
        assert (row.rule, row.reason, row.child_id) == (
            "8.8.reveal_one", "Ska ringa om mötet", around.child_id,
        )  # fmt: skip
        assert (row.action, row.outcome, row.object_id) == ("read", "allowed", "")
        assert shown not in str(vars(row))
        assert shown not in unescape(client.get(address).content.decode()), "gone with the next page"


def test_a_shown_field_hides_itself_after_a_minute_without_scripts(cast, around):
    """ux.md c13: the browser goes to the list, where it stands hidden; a page that shows none stays."""
    client = member(cast, "lena", cast.child("sigrid"))
    address, one = the_field(cast, around, "lena", Field.PHONE)
    for still in (client.get(address), client.post(address, {"reason": "Nu"})):
        assert "Refresh" not in still.headers
    answer = client.post(address, {"reason": "Ska ringa om mötet"})
    after, to = answer.headers["Refresh"].split("; url=")
    assert (after, to) == ("60", reverse("hidden-fields", args=[around.child_id]))
    assert "göms av sig själv efter 60 sekunder" in unescape(answer.content.decode())
    assert presenters.value(one) not in unescape(client.get(to).content.decode())


def test_one_field_opens_no_other(cast, around):
    client = member(cast, "lena", cast.child("sigrid"))
    address, _one = the_field(cast, around, "lena", Field.TIME)
    html = unescape(client.post(address, {"reason": "Ska dit på mötet"}).content.decode())
    told = {secret for secret in secrets_for(around, "lena") if secret in html}
    assert "16 nov 2026 kl. 10.00" in html
    assert not told


def test_who_may_show_nothing_is_told_what_is_hidden_and_given_no_way(cast, around):
    client = member(cast, "jonas", cast.child("sigrid"))
    html = unescape(client.get(reverse("hidden-fields", args=[around.child_id])).content.decode())
    assert "Din roll får inte visa dolda uppgifter." in html
    assert "Tid för möte 1" in html
    assert "/dolda-uppgifter/tid/" not in html
    address, _one = the_field(cast, around, "lena", Field.TIME)
    assert client.post(address, {"reason": "Ska dit på mötet"}).status_code == 403
    assert AccessLogRow.objects.filter(outcome="refused", rule="role.permission").count() == 1


def test_what_is_no_field_has_no_page(cast, around):
    client = member(cast, "lena", cast.child("sigrid"))
    address, _one = the_field(cast, around, "lena", Field.TIME)
    for word in ("adress", "foto", "kommun", "x"):
        assert client.get(address.replace("/tid/", f"/{word}/")).status_code == 404


def test_something_else_s_field_is_not_there_and_the_asking_is_in_the_log(cast, around):
    for field in presenters.WORDS:
        with pytest.raises(gate.Invisible) as refused:
            queries.hidden_field_or_404(around.lena, around.child_id, field, uuid4())
        assert (refused.value.act.what, refused.value.act.outcome) == (f"protected.reveal.{field}", "refused")


def test_what_is_known_anyway_is_not_among_the_hidden(cast, around):
    _child, found = queries.hidden_fields(around.karin, around.child_id)
    assert {one.field for one in found} == {Field.UNIT, Field.PHONE, Field.GUARDIANS}
    assert around.karin.unit_id not in {one.about for one in found if one.field is Field.UNIT}
    meetings = [
        one for one in queries.hidden_fields(around.lena, around.child_id)[1] if one.field is Field.PLACE
    ]
    assert {one.value for one in meetings} == {PLACE}


@pytest.mark.parametrize("subject", ["alva", "omar"])
def test_a_child_without_protection_has_no_such_page(cast, subject):
    karin, child = cast.actor("karin"), cast.child(subject)
    with pytest.raises(gate.Invisible) as refused:
        queries.hidden_fields(karin, child.pk)
    assert refused.value.act.rule == "8.8.none"


@pytest.mark.parametrize("subject", ["peter", "sara"])
def test_outside_the_group_it_is_as_if_nothing_were_there(cast, subject):
    for child_id in (cast.child("sigrid").pk, uuid4()):
        with pytest.raises(gate.Invisible):
            queries.hidden_fields(cast.actor(subject), child_id, Permission.REVEAL_PROTECTED_FIELD)


def test_a_protected_child_nobody_plans_for_has_only_its_guardians_hidden(cast):
    _child, found = queries.hidden_fields(cast.actor("karin"), cast.child("sigrid").pk)
    assert [one.field for one in found] == [Field.GUARDIANS]
    assert presenters.rows(uuid4(), found, may=False) == [presenters.FieldRow("Namn på vårdnadshavare 1", "")]


def test_a_stored_version_is_whole_whoever_made_it(cast, around):
    """What is hidden is hidden from readers; the plan itself forgets nothing."""
    version = Plan.objects.get(pk=around.plan_id).versions.order_by("-number").first()
    assert "Dolt" not in str(version.stored)
    assert {"Lena Ek", "Albackeskolan"} <= set(re.findall("Lena Ek|Albackeskolan", str(version.stored))) | {
        "Lena Ek"
    }


def test_times_stay_true_for_decisions(cast, around):
    """The next step of a plan is the same for who may not see its day."""
    with clock.frozen(around.now):
        mine, theirs = around.content(around.karin).next_step, around.content(around.lena).next_step
    assert (mine.kind, mine.due_on) == (theirs.kind, theirs.due_on)
