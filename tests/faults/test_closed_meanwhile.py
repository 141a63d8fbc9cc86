"""What is closed while something goes on: it acts at once, whoever is in the middle of what.

Everything is closed by the real commands, by another person over a connection of its own: between two
requests of one session, while a paper is typeset, while the post is carried out, while a job runs.
"""

import contextlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kring.access.policy.blocking import BlockKind
from kring.access.policy.deciding import Question
from kring.access.policy.notices import Way
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.care.plans import commands as plans
from kring.care.plans.models import FollowUp, Goal
from kring.care.record import incoming
from kring.care.record.jobs import NoLongerAllowed, import_record
from kring.care.record.models import Delivery as Intake
from kring.care.record.reading import entries
from kring.children.models import CareRelation, Child, Consent, Guardian
from kring.design.paper import typesetting
from kring.log_review.jobs import draw_review
from kring.log_review.models import Review
from kring.log_review.queries.reviews import one_review
from kring.notifications import commands as notices
from kring.notifications import delivery
from kring.notifications.models import Delivery, Notice
from kring.notifications.rules import Topic
from kring.portal.staff.secrecy.work import carry_out
from kring.secrecy.commands import placements
from kring.secrecy.commands.blocks import set_block
from kring.secrecy.commands.guardians import block_guardian
from kring.secrecy.commands.maturity import assess_maturity
from kring.secrecy.rules.placements import Proposed
from tests.access.leaking import text_of
from tests.cast import NOW
from tests.faults.addresses import addresses
from tests.faults.together import failures, together
from tests.fhir.deliveries import bundle, observation, patient, send, source, stored
from tests.own_pages import Scene
from tests.post import confirm

pytestmark = pytest.mark.django_db(transaction=True)
HAB = "hh-habilitering-boras"
GOAL, LATER, SECRET = "Jag vill berätta för mina kompisar", "Ny insats efter mötet", "Notering i journalen"
SUMMARY = "Märke i sammanfattningen"
NAME = "Alva"
SKIPPED = ("/logga-", "/utseende", "/sprak", "/lamna", "/demo")
TELLING: dict[tuple[type, str], list[int]] = {}
"""World and person -> the places, among the addresses of the role, of those that told anything of her."""


def elsewhere(work: Callable[[], Any]) -> Any:
    """Done by somebody else, over another connection, and committed before this goes on."""
    answers = together(work)
    assert not failures(answers), answers
    return answers[0]


class World:
    """Alva's plan in its middle, read by every party and both guardians, and an entry of her record."""

    marks: tuple[str, ...] = (NAME, GOAL, LATER, SECRET)

    def __init__(self, cast: Any) -> None:
        self.cast, self.scene = cast, Scene(cast).whole()
        self.child, self.plan = self.scene.child, self.scene.plan
        # Written after the version, so that it stands in the plan that goes on and in nobody's own copy.
        plans.contribute_activity(by=cast.actor("karin"), plan_id=self.plan.pk, what=LATER)
        number = self.child.numbers.get(kind="personal").value
        send(
            bundle(
                patient("alva", number=number), observation("o1", of="Patient/alva", code={"text": SECRET})
            )
        )
        self.event_id = stored("Observation", "o1").event_id

    def paths(self, who: str) -> list[str]:
        """Every address that somebody's role opens at all, with Alva's keys."""
        actor = self.cast.actor(who)
        ids = {
            "child_id": self.child.pk, "plan_id": self.plan.pk, "event_id": self.event_id,
            "version_id": self.scene.version.pk, "summons_id": self.scene.summons.pk,
            "visit_id": self.scene.visit.pk, "goal_id": self.scene.goal.pk, "item_id": self.scene.goal.pk,
            "invitation_id": self.scene.summons.invitations.first().pk,
        }  # fmt: skip
        found = [one.path(ids) for one in addresses() if any(map(actor.may, one.permissions))]
        return [path for path in found if not path.startswith(SKIPPED)]

    def client(self, name: str) -> Client:
        return self.cast.log_in(Client(raise_request_exception=False), name)


@pytest.fixture
def world(transactional_db, cast) -> World:
    return World(cast)


def telling(world: World, who: str, client: Client) -> list[str]:
    """The addresses of somebody's role that tell anything of Alva. All are asked in the person's first case;
    in the next ones the world is the same but for its keys.
    """
    paths, known = world.paths(who), (type(world), who)
    if known not in TELLING:
        told = opened(client, paths, world.marks)
        TELLING[known] = [at for at, path in enumerate(paths) if path in told]
    return [paths[at] for at in TELLING[known]]


def opened(client: Client, paths: list[str], marks: tuple[str, ...]) -> dict[str, str]:
    """Of these paths, those whose answer holds a mark, with the first of them."""
    found = {}
    for path in paths:
        text = text_of(client.get(path))
        if mark := next((mark for mark in marks if mark in text), None):
            found[path] = mark
    return found


# What closes.


def guardian_is_blocked(world: World) -> None:
    johan = world.cast.guardian("johan")
    block_guardian(by=world.cast.actor("eva"), child_id=world.child.pk, guardian_id=johan.pk, reason="Hot")


def custody_ends(world: World) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    world.child.custodies.filter(guardian=world.cast.guardian("johan")).update(ends_on=yesterday)


def guardian_is_protected(world: World) -> None:
    Guardian.objects.filter(pk=world.cast.guardian("johan").pk).update(protected_identity=True)


def consent_is_withdrawn(world: World) -> None:
    given = Consent.objects.get(subject=world.plan.pk, guardian=world.cast.guardian("maria"))
    plans.withdraw_consent(by=world.cast.actor("maria"), consent_id=given.pk)


def child_is_protected(world: World) -> None:
    Child.objects.filter(pk=world.child.pk).update(protection="flag")


def relation_ends(world: World) -> None:
    """Every unit but Karin's has met the child for the last time."""
    others = CareRelation.objects.filter(child=world.child).exclude(unit=world.cast.unit(HAB))
    others.update(ends_on=NOW.date() - timedelta(days=1))


def child_blocks(world: World) -> None:
    """Alva, judged mature for it, blocks what Karin's unit has written."""
    by, alva = world.cast.actor("maja"), world.cast.actor("alva")
    grounds = {"question": Question.BLOCK, "mature_from": by.today, "grounds": "Förstår"}
    assess_maturity(by=by, child_id=world.child.pk, **grounds)
    set_block(by=alva, child_id=world.child.pk, kind=BlockKind.INNER, unit_id=world.cast.unit(HAB).pk)


def child_is_placed(world: World) -> None:
    """By an order that says neither who consents nor that the guardians keep their pages."""
    unit = world.cast.unit("socialtjanst-boras")
    CareRelation.objects.create(child=world.child, unit=unit, starts_on=NOW.date() - timedelta(days=9))
    order = Proposed("care_order", "foster", NOW.date(), NOW.date(), signer="", guardians_keep_access=False)
    about = {"by": world.cast.actor("fatima"), "child_id": world.child.pk}
    carry_out(placements.record_placement, given=order, **about)


@dataclass(frozen=True)
class Case:
    """Who has been let in to how many pages at least, what closes it, and what is then not to be seen."""

    who: str
    closing: Callable[[World], None]
    marks: tuple[str, ...]
    least: int


BETWEEN = [
    Case("johan", guardian_is_blocked, (NAME, GOAL, LATER), 8),
    Case("johan", custody_ends, (NAME, GOAL, LATER), 8),
    Case("johan", guardian_is_protected, (NAME, GOAL, LATER), 8),
    Case("maria", guardian_is_protected, (NAME, GOAL, LATER), 8),
    Case("maria", child_is_protected, (NAME, GOAL, LATER), 8),
    Case("karin", child_is_protected, (NAME, GOAL, LATER, SECRET), 12),
    Case("sara", child_is_protected, (NAME, GOAL, LATER), 8),
    Case("jonas", child_is_protected, (NAME, GOAL, LATER), 4),
    Case("sara", consent_is_withdrawn, (LATER,), 2),
    Case("jonas", consent_is_withdrawn, (LATER,), 2),
    Case("lena", consent_is_withdrawn, (LATER,), 2),
    Case("peter", relation_ends, (NAME, SECRET), 4),
    Case("peter", child_blocks, (SECRET,), 1),
    Case("johan", child_is_placed, (NAME, GOAL, LATER), 8),
    Case("maria", child_is_placed, (NAME, GOAL, LATER), 8),
    Case("sara", child_is_placed, (LATER,), 2),
    Case("jonas", child_is_placed, (LATER,), 2),
]


def choose_to_read(world: World, client: Client) -> None:
    """For those who may: the active choice to read what other units and other care providers hold, and how
    the child feels; it is kept in the session.
    """
    for name in ("record-units", "record-providers", "mood-choose"):
        client.post(reverse(name, args=[world.child.pk]), {"purpose": "care"})


@pytest.mark.parametrize("case", BETWEEN, ids=lambda case: f"{case.who}-{case.closing.__name__}")
def test_between_two_requests_of_one_session_nothing_is_kept(world, case, record_property):
    """Every address that showed anything before is asked again after, in the same session."""
    client = world.client(case.who)
    choose_to_read(world, client)
    before = opened(client, telling(world, case.who, client), case.marks)
    assert len(before) >= case.least, f"only {sorted(before)} were open"
    elsewhere(lambda: case.closing(world))
    after = opened(client, list(before), case.marks)
    record_property("tried", len(before) * len(case.marks))
    assert not after


SEARCHES = [
    ("karin", child_is_protected),
    ("sara", child_is_protected),
    ("peter", relation_ends),
]


@pytest.mark.parametrize(("who", "closing"), SEARCHES, ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("by", ["name", "number"])
def test_search_finds_nobody_any_more(world, who, closing, by):
    client = world.client(who)
    number = world.child.numbers.get(kind="personal").value
    form = {"name": world.child.name, "number": ""} if by == "name" else {"name": "", "number": number}
    link = f"/barn/{world.child.pk}/"
    first = client.post("/barn/", form)
    assert link in text_of(first) or link in first.headers.get("Location", "")
    elsewhere(lambda: closing(world))
    again = client.post("/barn/", form)
    missing = client.post(
        "/barn/", form | ({"number": "201612122395"} if by == "number" else {"name": "X Y"})
    )
    assert link not in text_of(again) and link not in again.headers.get("Location", "")
    assert again.status_code == missing.status_code


# While a paper is made.


@pytest.fixture
def while_typesetting(monkeypatch) -> Callable[[Callable[[], Any]], list[bytes]]:
    """`while_typesetting(work)`: somebody else does `work` when the first paper is being typeset; the answer
    fills with every paper that is made.
    """
    real, made = typesetting.paper, list[bytes]()

    def during(work: Callable[[], Any]) -> list[bytes]:
        def paper(*args: Any, **more: Any) -> bytes:
            if not made:
                elsewhere(work)
            made.append(real(*args, **more))
            return made[-1]

        monkeypatch.setattr(typesetting, "paper", paper)
        return made

    return during


PAPERS = {
    "the plan": lambda world: reverse("plan-pdf", args=[world.plan.pk]),
    "who has read": lambda world: reverse("family-readings-pdf", args=[world.child.pk]),
}
WHILE_MADE = [
    ("johan", "the plan", guardian_is_blocked),
    ("johan", "the plan", custody_ends),
    ("johan", "the plan", guardian_is_protected),
    ("johan", "who has read", guardian_is_blocked),
    ("johan", "who has read", custody_ends),
    ("johan", "the plan", child_is_placed),
    ("maria", "who has read", child_is_placed),
    ("maria", "the plan", child_is_protected),
    ("maria", "who has read", child_is_protected),
    ("sara", "the plan", child_is_protected),
    ("karin", "the plan", child_is_protected),
]


@pytest.mark.parametrize(
    ("who", "paper", "closing"), WHILE_MADE, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_a_paper_that_was_closed_while_it_was_made_does_not_leave(
    world, while_typesetting, who, paper, closing
):
    client, path = world.client(who), PAPERS[paper](world)
    made = while_typesetting(lambda: closing(world))
    answer = client.get(path)
    assert made, "nothing was being made when it was closed"
    assert answer.status_code in (302, 403, 404)
    assert not answer.content.startswith(b"%PDF")
    assert NAME not in text_of(answer)
    out = AccessLogRow.objects.filter(
        person_id=getattr(world.cast, who).pk, action="print", outcome="allowed"
    )
    assert not out.exists(), "the log says that it left"
    assert AccessLogRow.objects.filter(outcome="refused", child_id=world.child.pk).exists()


FAR = date(2027, 6, 1)


@pytest.mark.parametrize("who", ["sara", "jonas", "lena"])
def test_what_a_withdrawn_consent_leaves_a_party_is_its_own_and_nothing_else(world, while_typesetting, who):
    """Ruling 11: what the unit itself has written stays with it; the paper is made anew of that alone."""
    made = while_typesetting(lambda: consent_is_withdrawn(world))
    answer = world.client(who).get(PAPERS["the plan"](world))
    first, last = words_of(made[0]), words_of(made[-1])
    own = {"sara": "Träna på att berätta med bilder"}.get(who, "")
    for mark in (LATER, GOAL, "Hålla ihop planen"):
        assert mark in first
        assert mark not in last
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or answer.content == made[-1]
    assert own in first


HIDING = {
    "from guardians": ("maria", "family", {"visibility": "not_guardian"}),
    "from the family": ("maria", "family", {"visibility": "care_only"}),
    "from the school": ("jonas", "professional", {"visibility": "care_only"}),
    "from the child": (
        "alva",
        "child",
        {"visibility": "not_child_until", "visible_to_child_from": "2027-06-01"},
    ),
}


@pytest.mark.parametrize("hiding", HIDING)
def test_a_text_that_was_hidden_while_the_paper_was_made_is_not_in_what_leaves(
    world, while_typesetting, hiding
):
    who, _version, shown = HIDING[hiding]
    goal = world.scene.goal
    made = while_typesetting(lambda: type(goal).objects.filter(pk=goal.pk).update(**shown))
    answer = world.client(who).get(PAPERS["the plan"](world))
    first, *_ = made
    assert GOAL in words_of(first), "it was in the paper that was being made"
    assert answer.status_code == 200 and answer.content == made[-1]
    assert GOAL not in words_of(answer.content)


def summed_up(world: World) -> FollowUp:
    """A follow-up whose summary every party and the family read."""
    world.plan.refresh_from_db()
    goals = Goal.objects.filter(plan=world.plan, removed_at__isnull=True).values_list("pk", flat=True)
    about = {"by": world.cast.actor("karin"), "plan_id": world.plan.pk, "seen": world.plan.revision}
    return plans.hold_follow_up(**about, statuses=dict.fromkeys(goals, ("on_the_way", "")), summary=SUMMARY)


def readers_are_chosen_anew(world: World, row: FollowUp, **shown: str) -> None:
    by = world.cast.actor("karin")
    plans.change_readers(by=by, kind="follow_up", row_id=row.pk, seen=row.revision, **shown)


@pytest.mark.parametrize(
    ("who", "shown"), [("maria", "not_guardian"), ("maria", "care_only"), ("jonas", "care_only")]
)
def test_what_was_written_is_gone_from_every_page_when_its_readers_are_chosen_anew(world, who, shown):
    """Every address that showed the summary is asked again in the same session."""
    row, client = summed_up(world), world.client(who)
    before = opened(client, world.paths(who), (SUMMARY,))
    assert before, "it was read somewhere"
    elsewhere(lambda: readers_are_chosen_anew(world, row, visibility=shown))
    assert not opened(client, world.paths(who), (SUMMARY,))


def test_and_from_a_paper_that_was_being_made(world, while_typesetting):
    row = summed_up(world)
    made = while_typesetting(lambda: readers_are_chosen_anew(world, row, visibility="care_only"))
    answer = world.client("jonas").get(reverse("plan-pdf", args=[world.plan.pk]))
    assert SUMMARY in words_of(made[0]), "it was in the paper that was being made"
    assert answer.status_code == 200 and answer.content == made[-1]
    assert SUMMARY not in words_of(answer.content)


def words_of(paper: bytes) -> str:
    class Answer:
        streaming, content = False, paper

    return " ".join(text_of(Answer()).split())


def test_a_paper_that_nobody_touches_is_made_once_and_asked_for_twice(world, while_typesetting):
    made = while_typesetting(lambda: None)
    answer = world.client("maria").get(PAPERS["the plan"](world))
    assert [answer.content] == made
    rows = AccessLogRow.objects.filter(person_id=world.cast.maria.pk, what__startswith="plan.pdf")
    assert list(rows.order_by("pk").values_list("action", flat=True)).count("print") == 1


# While the post waits, and while it is carried out.


@pytest.fixture
def post(world) -> Iterator[World]:
    """Letters that wait: to both guardians about the plan, to Sara and Jonas about it at work."""
    for who in ("maria", "johan", "sara", "jonas"):
        notices.choose_ways(by=world.cast.actor(who), chosen={Way.EMAIL: (f"{who}@exempel.se", tuple(Topic))})
        confirm(world.cast.actor(who))
    Delivery.objects.all().delete()
    units = {world.cast.unit(key).pk: getattr(world.cast, who).pk for key, who in AT_WORK.items()}
    about = {"child_id": world.child.pk, "about": world.plan.pk}
    notices.tell(by=world.cast.actor("karin"), act="plan_version", family=True, units=units, **about)
    assert Delivery.objects.count() == 4
    return world


AT_WORK = {"sas-logopedi": "sara", "skola-boras-1": "jonas"}
STOPS = [
    (guardian_is_blocked, {"johan"}),
    (custody_ends, {"johan"}),
    (guardian_is_protected, {"johan", "maria"}),
    (consent_is_withdrawn, {"sara", "jonas"}),
    (child_is_placed, {"johan", "maria", "sara", "jonas"}),
    (child_is_protected, {"johan", "maria", "sara", "jonas"}),
]


class Carrier:
    """Takes letters; at the first of them somebody else does something."""

    def __init__(self, during: Callable[[], Any] = lambda: None) -> None:
        self.during, self.to = during, list[str]()

    def send(self, delivery_id: Any, address: str, language: str, **_code: str) -> None:
        self.to.append(address.partition("@")[0])
        if len(self.to) == 1:
            elsewhere(self.during)


@pytest.mark.parametrize(("closing", "stopped"), STOPS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_letter_that_waits_does_not_leave_to_who_has_been_closed_out(post, closing, stopped):
    elsewhere(lambda: closing(post))
    carrier = Carrier()
    delivery.send_due(lambda: NOW + timedelta(hours=1), {Way.EMAIL.value: carrier})
    new = {"sara", "jonas", "karin", "maria", "johan"} if closing is consent_is_withdrawn else set()
    about_plan = [who for who in carrier.to if who not in new or who not in stopped]
    assert not stopped & set(about_plan)
    assert not Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=NOW).exists()


@pytest.mark.parametrize(("closing", "stopped"), STOPS, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_closed_while_one_letter_is_handed_over_stops_the_others(post, closing, stopped):
    """The worker has one letter in its hands; those behind it are asked about when their turn comes."""
    carrier = Carrier(lambda: closing(post))
    delivery.send_due(lambda: NOW + timedelta(hours=1), {Way.EMAIL.value: carrier})
    first, *rest = carrier.to
    told = set(Notice.objects.filter(act="plan_version", deliveries__state="sent").values_list(
        "person__subject", flat=True
    ))  # fmt: skip
    assert not (stopped & told) - {first}
    if closing is not consent_is_withdrawn:
        assert not stopped & set(rest)


def test_a_notice_taken_away_while_a_worker_takes_it_stops_nobody_else(post, monkeypatch):
    """The row is gone between the moment it was taken and the moment it is read: the next one is taken."""
    real, taken = delivery._with_people, list[Any]()

    def with_people(key: Any) -> Any:
        if not taken:
            elsewhere(lambda: Notice.objects.filter(deliveries=key).delete())
        taken.append(key)
        return real(key)

    monkeypatch.setattr(delivery, "_with_people", with_people)
    carrier = Carrier()
    assert delivery.send_due(lambda: NOW + timedelta(hours=1), {Way.EMAIL.value: carrier}) == 3
    assert len(set(carrier.to)) == 3


# While a job runs.


class Counting:
    """What a job tells while it works; at the first telling somebody else does something."""

    def __init__(self, during: Callable[[], Any]) -> None:
        self.during, self.told = during, 0

    def step(self, _name: str, total: int = 0) -> None:
        self.told += 1
        if self.told == 1:
            elsewhere(self.during)

    def at(self, _done: int) -> None:
        """Parts done are of no interest here."""


def test_a_child_protected_while_a_review_is_drawn_has_no_name_in_it(world):
    ann, alva = world.cast.actor("ann"), world.child
    peter = {"person_id": world.cast.peter.pk, "role": "physician", "rule": "8.2.1", "what": "plan"}
    unit = world.cast.unit("sas-bum-boras")
    record([Act(at=NOW - timedelta(hours=2), action="read", child_id=alva.pk, unit_id=unit.pk, **peter)])
    review = Review.objects.create(
        controller=unit.controller, starts_on=NOW.date() - timedelta(days=7), ends_on=NOW.date(),
        size=20, seed=1, drawn_before=NOW, started_by=world.cast.ann, started_at=NOW,
    )  # fmt: skip
    progress = Counting(lambda: child_is_protected(world))
    draw_review(progress, review_id=str(review.pk))
    assert progress.told
    found = one_review(ann, review.pk)
    assert any(one.row.child_id == alva.pk for one in found.rows)
    page = text_of(world.client("ann").get(reverse("log-review", args=[review.pk])))
    assert "[Skyddade uppgifter]" in page and NAME not in page


LONG = 200


def test_an_assignment_that_ends_while_a_delivery_is_taken_in_stops_it_and_keeps_what_was_done(
    world, monkeypatch
):
    """At the next parcel: what was taken in stays, whole, and the rest can be sent again."""
    nils = world.cast.nils
    held = nils.assignments.get(role="administrator")
    number = world.child.numbers.get(kind="personal").value
    rows = [patient("alva", number=number), *(observation(f"x{n}", of="Patient/alva") for n in range(LONG))]
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    monkeypatch.setattr(entries, "PARCEL", 50)
    monkeypatch.setattr(incoming, "find", lambda _file: contextlib.nullcontext(io.BytesIO(lines)))
    yesterday = NOW.date() - timedelta(days=1)
    # The first telling is that the file is read; the work stops when it next asks.
    progress = Counting(lambda: nils.assignments.update(ends_on=yesterday))
    arguments = {"source_id": source("long").pk, "file": str(uuid4()), "person_id": str(nils.pk)}
    with pytest.raises(NoLongerAllowed):
        import_record(progress, acting_as=f"administrator:{held.pk}", **arguments)
    delivery = Intake.objects.get(source__key="long")
    assert delivery.state == "interrupted"
    assert 0 < delivery.entries < LONG
    assert AccessLogRow.objects.filter(outcome="refused", rule="session.way", person_id=nils.pk).exists()


# Many at once: whoever begins to ask after it was closed finds it closed.


@dataclass(frozen=True)
class Look:
    """One request: when it began, and whether it showed anything."""

    began: float
    showed: bool


RACES = [
    ("johan", guardian_is_blocked, "family-plan", NAME),
    ("maria", child_is_protected, "family-plan", NAME),
    ("sara", child_is_protected, "child", NAME),
    ("jonas", consent_is_withdrawn, "plan-page", LATER),
    ("peter", child_blocks, "child-record", SECRET),
    ("maria", child_is_placed, "family-plan", NAME),
    ("sara", child_is_placed, "plan-page", LATER),
]
READERS, LOOKS_AFTER = 4, 3


@pytest.mark.parametrize(
    ("who", "closing", "name", "mark"), RACES, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_whoever_asks_after_the_moment_it_was_closed_finds_it_closed(
    world, who, closing, name, mark, record_property
):
    key = world.plan.pk if name == "plan-page" else world.child.pk
    record_property("tried", race(world, who, reverse(name, args=[key]), mark, closing))


def race(world: World, who: str, path: str, mark: str, closing: Callable[[Any], None]) -> int:
    """Several sessions ask for a page again and again while it is closed; how many looks there were."""
    begun, over = threading.Event(), threading.Event()
    clients = [world.client(who) for _reader in range(READERS)]
    for client in clients:
        choose_to_read(world, client)
    assert mark in text_of(clients[0].get(path))
    closed_at: list[float] = []

    def look(client: Client) -> list[Look]:
        looks, left = list[Look](), LOOKS_AFTER
        while left:
            left -= over.is_set()
            began = perf_counter()
            looks.append(Look(began, mark in text_of(client.get(path))))
            begun.set()
        return looks

    def close() -> list[Look]:
        assert begun.wait(30)
        closing(world)
        closed_at.append(perf_counter())
        over.set()
        return []

    answers = together(close, *[partial(look, client) for client in clients])
    assert not failures(answers), failures(answers)
    looks = [one for looks in answers for one in looks]
    late = [one for one in looks if one.began > closed_at[0]]
    assert any(one.showed for one in looks if one.began < closed_at[0])
    assert len(late) >= READERS * (LOOKS_AFTER - 1)
    assert not [one for one in late if one.showed]
    return len(looks)
