"""A world of secrets, each with a mark of its own, and a walk through everything that a person can open.

Which people may meet a mark is written by hand here, apart from the tables that decide it.
"""

import html
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pypdf
from django.test import Client

from kring.care.contacts import commands as contacts
from kring.care.messages import commands as posts
from kring.care.monitoring import commands as moods
from kring.care.plans import commands as plans
from kring.children.models import AccessBlock, CareRelation, GuardianDecision, YoungShare
from kring.organisations.models import Controller, Unit
from tests.cast import NOW, Cast
from tests.faults.addresses import addresses
from tests.fhir.deliveries import bundle, observation, patient, send, stored
from tests.own_pages import Scene
from tests.wording import machine_words

CARE_AT_UNIT = frozenset({"karin", "eva", "maja"})
PARTIES_IN_CARE = CARE_AT_UNIT | {"sara", "lena"}
PARTIES = PARTIES_IN_CARE | {"jonas"}
PEOPLE = (
    "karin", "sara", "lena", "jonas", "peter", "mona", "ulla", "rune", "nils", "ann", "otto",
    "maria", "johan", "leila", "anders", "alva", "noa", "sigrid",
)  # fmt: skip
"""Somebody of every kind; Johan is Alva's guardian and blocked, Anders shares only times with Noa."""
SKIPPED = ("/logga-", "/utseende", "/sprak", "/static", "/lamna")
MOST_PAGES = 60


@dataclass(frozen=True)
class Secret:
    """A mark, who may meet it anywhere, and who surely does on the way: or the walk proves nothing."""

    mark: str
    may: frozenset[str]
    must: frozenset[str]
    what: str


class World:
    """Alva's established plan with texts for some eyes only, Noa's draft, a record, words not sent yet."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.secrets, self.items = cast, list[Secret](), list[tuple[str, Any]]()
        self.threads = list[Any]()
        self.scene = Scene(cast).begun()
        self._texts_of_the_plan()
        self.scene.consented().established().called().booked()
        self._around()
        self._families_own()
        self._noa()
        self._record()
        self._moods()
        self._messages()
        self._johan_is_blocked()
        self.people = {name: cast.actor(name, _role(name)) for name in PEOPLE}

    def secret(self, what: str, may: set[str] | frozenset[str], must: set[str]) -> str:
        """A new mark, unlike any word of the product."""
        mark = f"Märke{len(self.secrets):02d}"
        self.secrets.append(Secret(mark, frozenset(may), frozenset(must), what))
        return mark

    def _texts_of_the_plan(self) -> None:
        karin, plan_id = self.scene.act("karin"), self.scene.plan.pk
        family = {"alva", "maria"}
        choices: list[tuple[str, dict[str, Any], frozenset[str], set[str]]] = [
            ("for all", {}, PARTIES | family, {"karin", "jonas", "maria", "alva"}),
            ("not guardian", {"visibility": "not_guardian"}, PARTIES | {"alva"}, {"karin", "jonas", "alva"}),
            ("violence", {"visibility": "all", "category": "violence"}, PARTIES | {"alva"}, {"karin"}),
            ("third person", {"category": "third_person"}, PARTIES | {"alva"}, {"karin"}),
            ("care only", {"visibility": "care_only"}, PARTIES_IN_CARE, {"karin", "sara"}),
            ("concern", CHOSEN["concern"], PARTIES, {"karin", "jonas"}),
            ("not the child yet", _until(), PARTIES | {"maria"}, {"karin", "maria"}),
        ]
        for what, shown, may, must in choices:
            kinds = {
                "need": lambda mark, shown=shown: plans.contribute_need(
                    by=karin, plan_id=plan_id, area="home", text=mark, **shown
                ),
                "goal": lambda mark, shown=shown: plans.contribute_goal(
                    by=karin, plan_id=plan_id, words=mark, **shown
                ),
                "activity": lambda mark, shown=shown: plans.contribute_activity(
                    by=karin, plan_id=plan_id, what=mark, **shown
                ),
            }
            for kind, write in kinds.items():
                # Needs do not stand on the family's pages.
                meets = must - (family if kind == "need" else set())
                self.items.append((f"{kind}_id", write(self.secret(f"{kind}: {what}", may, meets))))

    def _around(self) -> None:
        karin, eva, scene = self.scene.act("karin"), self.scene.act("eva"), self.scene
        contacts.appoint(
            by=eva,
            child_id=scene.child.pk,
            role="named_care_contact",
            person_id=self.cast.maja.pk,
            internal_note=self.secret("a contact's internal note", CARE_AT_UNIT, set()),
        )
        draft = self.secret("a call not sent", CARE_AT_UNIT, {"karin"})
        self._met(karin)
        self._followed_up(karin)
        self.draft = plans.draft_summons(by=karin, plan_id=scene.plan.pk, question=draft)
        words = self.secret("a preparation not sent", {"alva"}, {"alva"})
        plans.prepare_meeting(by=scene.act("alva"), plan_id=scene.plan.pk, step=3, good_at=words)

    def _families_own(self) -> None:
        """What the family writes itself in the plan, how it says that it went, and who is close to Alva."""
        maria, alva, plan_id = self.scene.act("maria"), self.scene.act("alva"), self.scene.plan.pk
        read = PARTIES | {"maria", "alva"}
        for by, must in ((maria, {"karin", "jonas", "maria"}), (alva, {"karin", "maria", "alva"})):
            mark = self.secret(f"a goal of {by.role}'s own", read, must)
            plans.contribute_goal(by=by, plan_id=plan_id, words=mark)
        for by, who in ((maria, "maria"), (alva, "alva")):
            mark = self.secret(f"how {who} says it went", PARTIES | {who}, {"karin", who})
            plans.evaluate_plan(by=by, plan_id=plan_id, words=mark)
        close = {"child_id": self.scene.child.pk, "kind": "sibling"}
        # Peter's unit meets Alva too; what a guardian writes of who is close is for all who do.
        around = PARTIES | {"peter"}
        of_maria = self.secret("somebody close, by a guardian", around | {"maria"}, {"karin", "maria"})
        contacts.add_close_person(by=maria, name=of_maria, **close)
        ours = self.secret("somebody close, by a unit", CARE_AT_UNIT | {"sara", "peter"}, {"karin"})
        contacts.add_close_person(by=self.scene.act("karin"), name=ours, **close)

    def _met(self, karin: Any) -> None:
        """Meetings, the notes of each for some eyes only."""
        by_choice = {"for all": PARTIES | {"maria", "alva"}, **EYES}
        for minutes, (what, may) in enumerate(by_choice.items(), 10):
            shown = CHOSEN.get(what, {})
            called = plans.draft_summons(
                by=karin, plan_id=self.scene.plan.pk, question="Hur går det?", place="Skolan",
                starts_at=NOW + timedelta(minutes=minutes), child_takes_part="whole",
            )  # fmt: skip
            plans.send_summons(by=karin, summons_id=called.pk, seen=called.revision)
            row = plans.start_meeting(by=karin, summons_id=called.pk)
            everyone = called.invitations.values_list("pk", flat=True)
            plans.attend(by=karin, meeting_id=row.pk, invitation_ids=everyone)
            said = {
                "notes": self.secret(f"a meeting's notes: {what}", may, {"karin"} | (may & {"maria"})),
                "no_child_words_reason": self.secret(f"why no words: {what}", may, {"karin"}),
                "child_took_part_words": self.secret(f"how the child was with: {what}", may, {"karin"}),
                "child_took_part": "whole",
            }
            row = plans.write_meeting(by=karin, meeting_id=row.pk, seen=row.revision, **said, **shown)
            plans.end_meeting(by=karin, meeting_id=row.pk, seen=row.revision)
            self.items.append(("meeting_id", row))

    def _followed_up(self, karin: Any) -> None:
        """How every goal stands, the withheld ones too; the summaries and comments for some eyes only."""
        goals = [self.scene.goal.pk, *(item.pk for name, item in self.items if name == "goal_id")]
        for what, may in {"for all": PARTIES | {"maria", "alva"}, **EYES}.items():
            must = {"karin"} | (may & {"maria"})
            statuses = dict.fromkeys(goals, ("on_the_way", ""))
            comment = self.secret(f"a comment: {what}", may, must)
            statuses[self.scene.goal.pk] = ("on_the_way", comment)
            summary = self.secret(f"a summary: {what}", may, must)
            plan = self.scene.plan
            plan.refresh_from_db()
            row = plans.hold_follow_up(
                by=karin, plan_id=plan.pk, seen=plan.revision, statuses=statuses, summary=summary,
                **CHOSEN.get(what, {}),
            )  # fmt: skip
            self.items.append(("follow_up_id", row))

    def _noa(self) -> None:
        self.noa = Scene(self.cast, "noa").begun()
        mark = self.secret("a young person's draft plan", CARE_AT_UNIT, {"karin"})
        by, plan_id = self.scene.act("karin"), self.noa.plan.pk
        plans.contribute_need(by=by, plan_id=plan_id, area="home", text=mark)
        YoungShare.objects.create(
            child=self.noa.child, guardian=self.cast.guardian("anders"), thing="appointment", starts_at=NOW
        )
        self._around_noa()

    def _around_noa(self) -> None:
        """Whom Noa meets, and what Noa answers: no kind of thing that is shared opens either (ruling 20)."""
        staff, child = frozenset(PEOPLE) - FAMILY, self.noa.child
        bup = self.cast.unit("sas-bup-boras")
        Controller.objects.filter(pk=bup.controller_id).update(shares_across_providers=True)
        met = Unit.objects.create(
            controller_id=bup.controller_id, kind=bup.kind, sector=bup.sector, key="met", hsa_id="SE-MET",
            name=self.secret("a unit that a young person meets", staff | {"noa"}, {"noa"}),
        )  # fmt: skip
        CareRelation.objects.create(child=child, unit=met, starts_on=date(2026, 1, 1))
        contacts.appoint(
            by=self.scene.act("eva"),
            child_id=child.pk,
            role="named_care_contact",
            person_id=self.cast.maja.pk,
            external_note=self.secret("a young person's contact", CARE_AT_UNIT | {"noa"}, set()),
        )
        answer = {"state": "refused", "form": "portal", "guardian_id": None}
        plans.record_consent(by=self.scene.act("noa"), plan_id=self.noa.plan.pk, **answer)
        said = f"{child.given_name} svarade"
        self.secrets.append(Secret(said, staff | {"noa"}, frozenset(), "a young person's own answer"))

    def _record(self) -> None:
        """Two entries of Karin's unit: of what it documented in spring, blocked, and of later, not blocked.

        A block is against other units; the guardian of a younger child reads its record all the same.
        """
        number = self.scene.child.numbers.get(kind="personal").value
        blocked = self.secret("a blocked entry of the record", CARE_AT_UNIT | {"maria"}, {"karin", "maria"})
        chosen = {"sara", "peter", "otto", "maria"}
        later = self.secret("an entry of the record", CARE_AT_UNIT | chosen, {"karin"} | chosen)
        told = [_entry("o1", blocked, "2026-03-01"), _entry("o2", later, "2026-09-01")]
        send(bundle(patient("alva", number=number), *told))
        self.event_id = stored("Observation", "o1").event_id
        unit = self.cast.unit("hh-habilitering-boras")
        AccessBlock.objects.create(
            child=self.scene.child,
            kind="inner",
            unit=unit,
            controller=unit.controller,
            documented_to=date(2026, 6, 30),
            created_at=NOW,
        )

    def _moods(self) -> None:
        """What Alva answers Karin's unit: one for the guardians too, one not."""
        karin, alva = self.scene.act("karin"), self.scene.act("alva")
        asking = moods.ask(by=karin, child_id=self.scene.child.pk, reader_id=karin.person_id)
        for shown, more in ((True, {"maria"}), (False, set())):
            what = f"a mood answer, shown to guardians: {shown}"
            words = self.secret(what, CARE_AT_UNIT | {"alva"} | more, {"karin"} | more)
            moods.answer(by=alva, asking_id=asking.pk, face="sad", words=words)
            moods.send(by=alva, asking_id=asking.pk, shown_to_guardians=shown)

    def _messages(self) -> None:
        """A guardian's own thread and one for all, the young person's with Karin's unit, and one with Sara's
        unit. Title and words each have a mark. The block that holds is of spring: these are read by choice.
        """
        karins, saras = (self.cast.unit(key) for key in ("hh-habilitering-boras", "sas-logopedi"))
        told: list[tuple[str, str, Any, str, set[str], set[str]]] = [
            ("maria", "alva", karins, "care_only", {"maria"}, {"karin", "maria", "sara"}),
            ("maria", "alva", karins, "all", {"maria", "johan"}, {"karin", "maria", "sara"}),
            ("maria", "alva", saras, "care_only", {"maria"}, {"sara", "maria", "karin"}),
            ("noa", "noa", karins, "default", {"noa"}, {"karin", "noa"}),
        ]
        for who, about, unit, shown, family, must in told:
            care = CARE_AT_UNIT | {"sara", "peter"} if about == "alva" else CARE_AT_UNIT
            what = f"a thread of {who}'s with {unit.key}, {shown}"
            title, text, answer = (self.secret(f"{what}: {part}", care | family, must) for part in "abc")
            by = self.cast.actor(who, "guardian" if who != about else "child")
            thread = posts.begin_thread(
                by=by, child_id=self.cast.child(about).pk, unit_id=unit.pk, title=title, text=text,
                visibility=shown,
            )  # fmt: skip
            staff = self.cast.actor("karin" if unit == karins else "sara")
            posts.write(by=staff, thread_id=thread.pk, text=answer, seen=1)
            self.threads.append(thread)

    def _johan_is_blocked(self) -> None:
        GuardianDecision.objects.create(
            child=self.scene.child,
            guardian=self.cast.guardian("johan"),
            kind="blocked",
            unit=self.cast.unit("hh-habilitering-boras"),
            reason=self.secret("why a guardian is blocked", CARE_AT_UNIT, set()),
            starts_on=date(2026, 11, 1),
            decided_by=self.cast.eva,
            decided_at=NOW,
        )

    def hidden_from(self, name: str) -> list[Secret]:
        return [secret for secret in self.secrets if name not in secret.may]

    def names_hidden_from(self, name: str) -> list[str]:
        """Whole names of the children that somebody of the family is not around."""
        around = {"maria": {"alva"}, "leila": {"omar"}, "anders": {"noa"}}
        own = around.get(name, {name}) if name in FAMILY else set(CHILDREN)
        return [self.cast.child(child).name for child in CHILDREN if child not in own]

    def ids(self, scene: Scene) -> dict[str, Any]:
        """Real keys of one child's things, as addresses name them."""
        plan = scene.plan
        keys = {"child_id": scene.child.pk, "plan_id": plan.pk, "event_id": self.event_id}
        if scene.version:
            more = {
                "version_id": scene.version.pk,
                "summons_id": scene.summons.pk,
                "visit_id": scene.visit.pk,
            }
            keys |= more | {"invitation_id": scene.summons.invitations.first().pk}
        return keys | {"goal_id": scene.goal.pk, "item_id": scene.goal.pk}

    def direct(self) -> Iterator[str]:
        """Every address there is, with Alva's and Noa's keys and the draft's."""
        for address in addresses():
            yield address.path(self.ids(self.scene))
            yield address.path(self.ids(self.noa))
            yield address.path({"summons_id": self.draft.pk})
            if "thread_id" in address.names:
                children = {one: {"child_id": one.child_id} for one in self.threads}
                yield from (address.path({"thread_id": one.pk} | ids) for one, ids in children.items())
            for name, item in self.items:
                if {name, "item_id"} & set(address.names):
                    yield address.path({name: item.pk, "item_id": item.pk})


EYES: dict[str, frozenset[str]] = {
    "not guardian": PARTIES | {"alva"},
    "violence": PARTIES | {"alva"},
    "concern": PARTIES,
    "care only": PARTIES_IN_CARE,
    "not the child yet": PARTIES | {"maria"},
}
CHOSEN: dict[str, dict[str, Any]] = {
    "not guardian": {"visibility": "not_guardian"},
    "violence": {"visibility": "all", "category": "violence"},
    "concern": {"visibility": "all", "category": "concern"},
    "care only": {"visibility": "care_only"},
    "not the child yet": {"visibility": "not_child_until", "visible_to_child_from": date(2027, 6, 4)},
}
CHILDREN = ("alva", "omar", "noa", "hugo", "sigrid", "tuva")
FAMILY = {"maria", "johan", "leila", "anders", "alva", "noa", "sigrid"}


def _entry(key: str, mark: str, day: str) -> dict[str, Any]:
    moment = f"{day}T10:00:00+02:00"
    return observation(key, of="Patient/alva", code={"text": mark}, effectiveDateTime=moment, issued=moment)


def _until() -> dict[str, Any]:
    return {"visibility": "not_child_until", "visible_to_child_from": NOW.date() + timedelta(days=200)}


def _role(name: str) -> str | None:
    return "school_nurse" if name == "lena" else None


@dataclass
class Walk:
    """One person's way through the links of every page, and through every address by its real keys."""

    client: Client
    seen: dict[str, str] = field(default_factory=dict)
    strange: dict[str, str] = field(default_factory=dict)
    """What no person would have written on a page, and where it stood first."""

    def go(self, starts: list[str]) -> "Walk":
        waiting, linked = deque(starts), 0
        while waiting:
            path = waiting.popleft()
            if path in self.seen or path.startswith(SKIPPED):
                continue
            linked += path not in starts
            if linked > MOST_PAGES and path not in starts:
                continue
            waiting.extend(self.open(path))
        return self

    def open(self, path: str) -> list[str]:
        """Get a page; what it and its headers say is kept, and where it leads is answered."""
        response = self.client.get(path)
        self.keep(f"GET {path}", response)
        self.seen[path] = ""
        if "Location" in response.headers:
            return [_path(response["Location"], path)]
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return []
        links = _Links()
        links.feed(response.content.decode())
        return [_path(href, path) for href in links.found if _is_ours(href)]

    def choose(self, child_id: Any) -> None:
        """Choose to read what other units of one's own care provider hold."""
        for part in ("journal", "meddelanden", "maende"):
            path = f"/barn/{child_id}/{part}/andra-enheter/"
            self.keep(f"POST {path}", self.client.post(path, {"purpose": "care"}))

    def search(self, form: dict[str, str]) -> None:
        self.keep(f"POST /barn/ {form}", self.client.post("/barn/", form))

    def keep(self, told: str, response: Any) -> None:
        kept = [f"{name}: {value}" for name, value in response.headers.items()]
        self.seen[told] = html.unescape("\n".join([*kept, text_of(response)]))
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            self.strange |= dict.fromkeys(machine_words(response.content.decode()), told)


def text_of(response: Any) -> str:
    """What somebody can read in an answer, of whatever kind it is."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "ignore")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _is_ours(href: str) -> bool:
    return not re.match(r"[a-z]+:|//|#", href)


def _path(href: str, page: str) -> str:
    split = urlsplit(href)
    base = split.path or urlsplit(page).path
    return base + (f"?{split.query}" if split.query else "")
