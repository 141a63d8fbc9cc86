"""Alva's plan on Monday 16 November 2026, for the tests of the family's and the child's own pages.

Everything is done by the people of the cast through the same commands as in use, step by step, so that a
scene can be
stopped at any moment: `Scene(cast).begun().consented().established().called()`.
"""

import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from kring import clock
from kring.access import session as sessions
from kring.access.actors import key_of, possible_actors
from kring.care.contacts import commands as contacts
from kring.care.monitoring import commands as moods
from kring.care.plans import commands as plans
from kring.care.plans import queries
from tests.cast import NOW, Cast
from tests.told import once

MEETING = datetime(2026, 11, 24, 10, 0, tzinfo=clock.STOCKHOLM)
VISIT = datetime(2026, 11, 26, 13, 15, tzinfo=clock.STOCKHOLM)
SECOND_VISIT = datetime(2026, 11, 27, 9, 0, tzinfo=clock.STOCKHOLM)
PARTIES = ("sas-logopedi", "skola-boras-1", "elevhalsa-boras")


def sign_in(client: Client, person, role: str | None = None) -> Client:
    """Give a test client the session of a person in one of their roles."""
    request = HttpRequest()
    request.session = SessionStore()
    sessions.open_session(request, person, strong_auth=True)
    ways = possible_actors(person, now=clock.now(), strong_auth=True)
    way = next(way for way in ways if role in (None, way.role))
    request.session[sessions.ACTING_AS] = key_of(way)
    request.session.save()
    client.cookies["kring"] = request.session.session_key
    return client


class Scene:
    """What has happened around Alva so far."""

    def __init__(self, cast: Cast, subject: str = "alva") -> None:
        self.cast, self.child = cast, cast.child(subject)
        self.plan = self.version = self.summons = self.meeting = None

    def act(self, name: str, now: datetime | None = None):
        return self.cast.actor(name, now=now or clock.now())

    @once
    def begun(self) -> "Scene":
        """Karin starts the plan with the speech therapist and the school; goals and who does what."""
        karin = self.act("karin")
        self.plan = plans.start_plan(
            by=karin,
            child_id=self.child.pk,
            need_identified_on=date(2026, 11, 12),
            what_matters="Jag vill hinna prata klart.",
        )
        for key, contact in zip(PARTIES, ("sara", "jonas", "lena"), strict=True):
            unit, person = self.cast.unit(key), getattr(self.cast, contact)
            plans.join_party(by=karin, plan_id=self.plan.pk, unit_id=unit.pk, contact_id=person.pk)
        self._described(karin)
        self._filled(karin)
        return self

    def _described(self, karin) -> None:
        fields = {
            "needed_efforts": "Träning hos logoped och bildstöd i skolan.",
            "other_measures": "Simskola på fritiden.",
            "overall_responsible_id": self.cast.unit("hh-habilitering-boras").controller_id,
        }
        self.plan.refresh_from_db()
        plans.describe_plan(by=karin, plan_id=self.plan.pk, seen=self.plan.revision, **fields)

    def _filled(self, karin) -> None:
        goal = plans.contribute_goal(
            by=karin,
            plan_id=self.plan.pk,
            words="Jag vill berätta för mina kompisar",
            explanation="Alva berättar en händelse med stöd av bilder.",
        )
        self.goal = goal
        rows = (
            ("Träna på att berätta med bilder", "sas-logopedi", "sara", "varje tisdag"),
            ("Bildstöd i klassrummet", "skola-boras-1", "jonas", "varje dag"),
            ("Elevhälsan följer upp sömnen", "elevhalsa-boras", "lena", ""),
            ("Hålla ihop planen", "hh-habilitering-boras", "karin", ""),
        )
        for what, unit, person, when in rows:
            plans.contribute_activity(
                by=karin,
                plan_id=self.plan.pk,
                what=what,
                goal_id=goal.pk if when else None,
                responsible="unit",
                responsible_unit_id=self.cast.unit(unit).pk,
                responsible_person_id=getattr(self.cast, person).pk,
                when_words=when,
            )
        family = {
            "responsible": "family",
            "responsible_words": "Maria och Johan",
            "when_words": "varje kväll",
        }
        plans.contribute_activity(by=karin, plan_id=self.plan.pk, what="Läsa tillsammans", **family)

    @once
    def consented(self, *names: str) -> "Scene":
        """The guardians say yes to sharing the plan with every party."""
        for name in names or ("maria", "johan"):
            guardian = self.cast.guardian(name)
            cells = {(self.cast.unit(key).pk, "plan") for key in PARTIES}
            plans.record_consent(
                by=self.act(name),
                plan_id=self.plan.pk,
                guardian_id=guardian.pk,
                state="given",
                form="portal",
                cells=cells,
            )
        return self

    @once
    def established(self) -> "Scene":
        """Karin settles the plan: version 1."""
        self.plan.refresh_from_db()
        self.version = plans.establish_plan(
            by=self.act("karin"),
            plan_id=self.plan.pk,
            seen=self.plan.revision,
            follow_up_on=date(2027, 2, 16),
        )
        return self

    @once
    def called(self) -> "Scene":
        """The call to the meeting is sent to everyone."""
        karin = self.act("karin")
        summons = plans.draft_summons(
            by=karin,
            plan_id=self.plan.pk,
            question="Hur ska Alva få lättare att berätta?",
            starts_at=MEETING,
            minutes=45,
            place="Fjällskolan, rum 12",
            child_takes_part="a_while",
            child_takes_part_words="Jag vill ha paus",
        )
        self.summons = plans.send_summons(by=karin, summons_id=summons.pk, seen=summons.revision)
        return self

    @once
    def met(self) -> "Scene":
        """The meeting has been held; one thing was decided there."""
        karin = self.act("karin", MEETING)
        meeting = plans.start_meeting(by=karin, summons_id=self.summons.pk)
        karin = self.act("karin", MEETING + timedelta(minutes=40))
        invited = [row.pk for row in self.summons.invitations.all()]
        plans.attend(by=karin, meeting_id=meeting.pk, invitation_ids=invited)
        said = {"child_words": "Det är svårt när alla pratar samtidigt.", "child_took_part": "a_while"}
        meeting.refresh_from_db()
        meeting = plans.write_meeting(by=karin, meeting_id=meeting.pk, seen=meeting.revision, **said)
        plans.contribute_activity(
            by=karin,
            plan_id=self.plan.pk,
            what="Paus varje lektion",
            responsible="unit",
            responsible_unit_id=self.cast.unit("skola-boras-1").pk,
            responsible_person_id=self.cast.jonas.pk,
        )
        self.meeting = plans.end_meeting(by=karin, meeting_id=meeting.pk, seen=meeting.revision)
        return self

    @once
    def booked(self) -> "Scene":
        """Two visits at different units the same week."""
        sara, peter = self.act("sara"), self.act("peter")
        self.visit = contacts.book(
            by=sara,
            child_id=self.child.pk,
            starts_at=VISIT,
            what="Träning",
            with_whom="Sara Nyman",
            bring="Bilderna",
        )
        self.second = contacts.book(
            by=peter, child_id=self.child.pk, starts_at=SECOND_VISIT, what="Läkarbesök"
        )
        return self

    @once
    def contacts(self) -> "Scene":
        """Karin is coordinator and Eva named care contact."""
        karin, eva = self.act("karin"), self.act("eva")
        hours = {"phone": "010-441 20 10", "phone_hours": "vardagar 8–12"}
        contacts.appoint(
            by=karin, child_id=self.child.pk, role="coordinator", person_id=self.cast.karin.pk, **hours
        )
        contacts.appoint(
            by=eva,
            child_id=self.child.pk,
            role="named_care_contact",
            person_id=self.cast.eva.pk,
            internal_note="Hemligt",
        )
        return self

    def asked(self, name: str = "karin") -> "Scene":
        """A unit asks how the child feels; whoever asks reads."""
        by = self.act(name)
        self.asking = moods.ask(by=by, child_id=self.child.pk, reader_id=by.person_id)
        return self

    @once
    def whole(self) -> "Scene":
        """An established plan, a meeting to come, two visits, the contacts, and «Hur mår jag?»."""
        return self.begun().consented().established().called().booked().contacts().asked()

    def invitation(self, name: str):
        guardian = self.cast.guardian(name)
        return self.summons.invitations.get(guardian=guardian)

    def preparation(self):
        return queries.preparation_of(self.act("alva"), self.plan)


def days_on(days: int) -> datetime:
    """The tests' moment some days later."""
    return NOW + timedelta(days=days)


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a page, as a browser would send them."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.deaf = 0

    def handle_starttag(self, tag, attributes) -> None:
        if tag in ("script", "style", "svg"):
            self.deaf += 1

    def handle_endtag(self, tag) -> None:
        if tag in ("script", "style", "svg"):
            self.deaf -= 1

    def handle_data(self, data) -> None:
        if not self.deaf and data.strip():
            self.texts.append(" ".join(data.split()))


def texts_of(page: str) -> list[str]:
    """What a page says, piece by piece."""
    reader = _Texts()
    reader.feed(page)
    return reader.texts
