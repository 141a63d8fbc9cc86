"""The outer blocks: a child closes a unit or a whole care provider to others, sharing across care providers
ends, while somebody elsewhere is in the middle of a page, a list, a search, a bulk action or a delivery.

As in `test_closed_meanwhile`: closed by the real commands, by somebody else, over a connection of its own.
"""

import contextlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.policy.blocking import BlockKind
from kring.access.policy.deciding import Question
from kring.audit.models import AccessLogRow
from kring.care.plans import commands as plans
from kring.care.record import incoming
from kring.care.record.jobs import import_record
from kring.care.record.models import Delivery as Intake
from kring.care.record.reading import entries
from kring.children.commands import record_consent
from kring.children.models import AccessBlock, CareRelation
from kring.notifications.models import Notice
from kring.organisations.models import Controller
from kring.portal.staff.worklist import queries as worklist
from kring.secrecy.commands.blocks import lift_own_block, set_block
from kring.secrecy.commands.maturity import assess_maturity
from kring.timeline.models import Event, Task
from tests.access.leaking import text_of
from tests.cast import NOW
from tests.faults.test_closed_meanwhile import (
    HAB,
    NAME,
    SECRET,
    Counting,
    World,
    child_is_placed,
    child_is_protected,
    choose_to_read,
    elsewhere,
    guardian_is_blocked,
    guardian_is_protected,
    opened,
    race,
    telling,
)
from tests.fhir.deliveries import bundle, observation, patient, send, source, stored

pytestmark = pytest.mark.django_db(transaction=True)
BUM, PRIVATE = "sas-bum-boras", "bokskogen-boras"
# Plain letters, which a file of JSON does not write in another way.
WARD, PRACTICE = "Notering i barnmottagningen", "Notering hos den privata"
TODAY = NOW.date()


class Around(World):
    """The same plan and child, and her record at two units of the region and at a private care provider,
    connected to each other, with a guardian's yes to reading across.
    """

    marks = (*World.marks, WARD, PRACTICE)

    def __init__(self, cast: Any) -> None:
        super().__init__(cast)
        start = TODAY - timedelta(days=90)
        CareRelation.objects.create(child=self.child, unit=cast.unit(PRIVATE), starts_on=start)
        ids = [cast.unit(key).controller_id for key in (HAB, PRIVATE)]
        Controller.objects.filter(pk__in=ids).update(shares_across_providers=True)
        record_consent(
            child=self.child, guardian=cast.guardian("maria"), purpose="across_providers", state="given",
            form="portal", starts_on=start, documented_by=cast.maria, recorded_at=NOW - timedelta(days=2),
            scope={(cast.unit(key).pk, "record") for key in (BUM, PRIVATE)},
        )  # fmt: skip
        self.events = [self.event_id, self.wrote(BUM, WARD), self.wrote(PRIVATE, PRACTICE)]

    def wrote(self, unit: str, mark: str) -> Any:
        """What another unit's system has sent about her."""
        self.number = self.child.numbers.get(kind="personal").value
        key = f"journal-{unit}"
        about = observation(key, of="Patient/alva", code={"text": mark})
        send(bundle(patient("alva", number=self.number), about), to=source(key, unit))
        return stored("Observation", key).event_id

    def paths(self, who: str) -> list[str]:
        """Every address of the role, with each of the three entries."""
        every = dict.fromkeys(super().paths(who))
        for event_id in self.events[1:]:
            every |= dict.fromkeys(path.replace(str(self.event_id), str(event_id)) for path in list(every))
        return list(every)


@pytest.fixture
def world(transactional_db, cast) -> Around:
    return Around(cast)


# What closes


def blocks(kind: BlockKind, unit: str) -> Callable[[Around], None]:
    """Alva, judged mature for it, blocks a unit (inner) or its whole care provider (outer)."""

    def close(world: Around) -> None:
        grounds = {"question": Question.BLOCK, "mature_from": TODAY, "grounds": "Förstår"}
        assess_maturity(by=world.cast.actor("maja"), child_id=world.child.pk, **grounds)
        about = {"child_id": world.child.pk, "kind": kind, "unit_id": world.cast.unit(unit).pk}
        set_block(by=world.cast.actor("alva"), **about)

    close.__name__ = f"{kind}-{unit}"
    return close


def yes_is_taken_back(world: Around) -> None:
    plans.stop_across(by=world.cast.actor("maria"), child_id=world.child.pk)


def other_guardian_says_no(world: Around) -> None:
    by = world.cast.actor("johan")
    plans.answer_across(by=by, child_id=world.child.pk, state="refused", unit_ids=())


def provider_leaves(world: Around) -> None:
    """The private care provider is no longer connected to sharing across."""
    mona = world.cast.unit(PRIVATE).controller_id
    Controller.objects.filter(pk=mona).update(shares_across_providers=False)


def relation_ends_at(unit: str) -> Callable[[Around], None]:
    def close(world: Around) -> None:
        mine = CareRelation.objects.filter(child=world.child, unit=world.cast.unit(unit))
        mine.update(ends_on=TODAY - timedelta(days=1))

    close.__name__ = f"relation-ends-{unit}"
    return close


INNER, OUTER = BlockKind.INNER, BlockKind.OUTER
OUTER_REGION, INNER_HAB = blocks(OUTER, HAB), blocks(INNER, HAB)


@dataclass(frozen=True)
class Case:
    """Who reads, what is closed meanwhile, what is then gone, and what stays."""

    who: str
    closing: Callable[[Around], None]
    gone: tuple[str, ...]
    stays: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.who}-{self.closing.__name__}"


CASES = [
    Case("mona", OUTER_REGION, (SECRET, WARD), (PRACTICE,)),
    Case("peter", OUTER_REGION, (), (SECRET, WARD, PRACTICE)),
    Case("peter", blocks(OUTER, PRIVATE), (PRACTICE,), (SECRET, WARD)),
    Case("mona", INNER_HAB, (SECRET,), (WARD, PRACTICE)),
    Case("peter", INNER_HAB, (SECRET,), (WARD, PRACTICE)),
    Case("karin", blocks(INNER, BUM), (WARD,), (SECRET,)),
    Case("mona", yes_is_taken_back, (SECRET, WARD), (PRACTICE,)),
    Case("peter", yes_is_taken_back, (PRACTICE,), (SECRET, WARD)),
    Case("mona", other_guardian_says_no, (SECRET, WARD), (PRACTICE,)),
    Case("mona", provider_leaves, (SECRET, WARD), (PRACTICE,)),
    Case("mona", child_is_placed, (SECRET, WARD), (PRACTICE,)),
    Case("mona", relation_ends_at(PRIVATE), (NAME, SECRET, WARD, PRACTICE), ()),
    Case("mona", child_is_protected, (NAME, SECRET, WARD, PRACTICE), ()),
    Case("mona", guardian_is_blocked, (), (SECRET, WARD, PRACTICE)),
]


def seen(client: Any, paths: list[str], marks: tuple[str, ...]) -> dict[str, set[str]]:
    """Mark -> the addresses whose answer holds it."""
    found: dict[str, set[str]] = {mark: set() for mark in marks}
    for path in paths:
        text = text_of(client.get(path))
        for mark in marks:
            if mark in text:
                found[mark].add(path)
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_between_two_requests_what_is_closed_is_nowhere_and_the_rest_is_where_it_was(
    world, case, record_property
):
    """Every address, files too, that showed anything before is asked again after, in the same session."""
    client, marks = world.client(case.who), (*case.gone, *case.stays)
    choose_to_read(world, client)
    before = seen(client, telling(world, case.who, client), marks)
    assert all(before.values()), f"not shown to begin with: {[one for one in marks if not before[one]]}"
    paths = sorted(set().union(*before.values()))
    elsewhere(lambda: case.closing(world))
    after = seen(client, paths, marks)
    record_property("tried", len(paths) * len(marks))
    assert not [(mark, sorted(after[mark])) for mark in case.gone if after[mark]]
    # A page that told of several may have lost a way in; each kept mark stands where only it stood.
    assert [mark for mark in case.stays if not after[mark]] == []


def test_the_file_of_an_entry_is_closed_with_its_page(world):
    """The very text that was sent, as a file: there, and then as one that never was."""
    client = world.client("mona")
    choose_to_read(world, client)
    path = reverse("record-text", args=[world.child.pk, world.event_id])
    first = client.get(path)
    assert first.status_code == 200 and SECRET in text_of(first)
    elsewhere(lambda: OUTER_REGION(world))
    gone, never = client.get(path), client.get(reverse("record-text", args=[world.child.pk, uuid4()]))
    assert gone.status_code == never.status_code == 403, "Alva is visible to her, the entry is not"
    assert plain(gone) == plain(never)
    rows = AccessLogRow.objects.filter(person_id=world.cast.mona.pk, outcome="refused")
    assert rows.filter(child_id=world.child.pk).exists()


def plain(answer: Any) -> str:
    """A page without the key that its forms carry, and its case number, which are others each time."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+|Ärendekod \w+', "", text_of(answer))


def test_that_something_is_blocked_is_told_and_never_by_whom(world):
    """8.3 row 6: a flag without the provider's name; inside the provider the flag names no unit either."""
    mona = world.client("mona")
    choose_to_read(world, mona)
    path = reverse("child-record", args=[world.child.pk])
    assert world.cast.unit(HAB).name in text_of(mona.get(path))
    elsewhere(lambda: OUTER_REGION(world))
    after = text_of(mona.get(path))
    assert "spärrade uppgifter" in after
    assert world.cast.unit(HAB).name not in after and world.cast.unit(BUM).name not in after


DAYS = [
    # (first day, last day from today) of the block -> whether the entry of today is gone
    ((-5, 5), True),
    ((0, 0), True),
    ((None, None), True),
    ((-9, -1), False),
    ((1, None), False),
]


def test_only_what_was_documented_on_the_block_s_days_is_closed(world):
    """Compared with the day of documentation, not with the day it was sent or is read."""
    client, path = world.client("mona"), reverse("child-record", args=[world.child.pk])
    choose_to_read(world, client)
    Event.objects.filter(pk__in=world.events).update(documented_on=TODAY)
    elsewhere(lambda: OUTER_REGION(world))
    for days, gone in DAYS:
        first, last = (None if day is None else TODAY + timedelta(days=day) for day in days)
        AccessBlock.objects.filter(child=world.child).update(documented_from=first, documented_to=last)
        assert (SECRET not in text_of(client.get(path))) is gone, days


def test_a_block_that_is_lifted_opens_at_the_next_request(world):
    client, path = world.client("mona"), reverse("child-record", args=[world.child.pk])
    choose_to_read(world, client)
    elsewhere(lambda: OUTER_REGION(world))
    assert SECRET not in text_of(client.get(path))
    block = AccessBlock.objects.get(child=world.child)
    elsewhere(lambda: lift_own_block(by=world.cast.actor("alva"), block_id=block.pk))
    assert SECRET in text_of(client.get(path))


RACES = [
    ("mona", OUTER_REGION, "child-record", SECRET),
    ("mona", yes_is_taken_back, "child-record", WARD),
    ("peter", INNER_HAB, "record-text", SECRET),
    ("mona", OUTER_REGION, "record-text", SECRET),
    ("karin", child_is_protected, "worklist", NAME),
    ("karin", child_is_protected, "worklist-print", NAME),
]


@pytest.mark.parametrize(
    ("who", "closing", "name", "mark"), RACES, ids=lambda one: getattr(one, "__name__", one)
)
def test_whoever_asks_after_the_moment_finds_it_closed(world, who, closing, name, mark, record_property):
    keys = {"record-text": [world.child.pk, world.event_id], "child-record": [world.child.pk]}
    path = reverse(name, args=keys.get(name, []))
    if name.startswith("worklist"):
        task = own_task(world)
        path = f"{path}?task={task.pk}" if name == "worklist-print" else f"{path}?vy=teamet"
    record_property("tried", race(world, who, path, mark, closing))


def own_task(world: Around, **fields: Any) -> Task:
    """Something in Karin's list about Alva."""
    known = {"kind": "child_unclear", "due_on": TODAY, "opened_at": NOW, "assignee": world.cast.karin}
    where = {"child": world.child, "unit": world.cast.unit(HAB)}
    return Task.objects.create(**(known | where | fields))


# While something is done to many at once


ACTIONS = {"remind": "reminded_at", "done": "done_at"}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_child_protected_between_the_ticking_and_the_doing_is_left_alone(world, monkeypatch, action):
    """Karin has ticked and pressed; before her work begins, somebody has set protected identity."""
    client, task = world.client("karin"), own_task(world, ball="family")
    mine = own_task(world, child=world.cast.child("omar"), ball="family")
    real = worklist.chosen_tasks

    def chosen_tasks(*asked: Any) -> Any:
        found = real(*asked)
        elsewhere(lambda: child_is_protected(world))
        return found

    monkeypatch.setattr(worklist, "chosen_tasks", chosen_tasks)
    Notice.objects.all().delete()
    fields = {"action": action, "task": [str(task.pk), str(mine.pk)], "submission": str(uuid4())}
    answer = client.post("/arbetslista/atgard/", fields)
    if "klart" in answer.headers["Location"]:
        monkeypatch.undo()
        answer = client.post("/arbetslista/klart/", fields)
    monkeypatch.undo()
    page = text_of(client.get(answer.headers["Location"]))
    task.refresh_from_db()
    assert getattr(task, ACTIONS[action]) is None
    assert "Det är klart för 1 av 2 barn." in page and "1 av det du valde finns inte i er arbetslista" in page
    assert NAME not in page
    assert not Notice.objects.filter(child=world.child).exists()
    refused = AccessLogRow.objects.filter(outcome="refused", rule="worklist.reach", object_id=str(task.pk))
    assert refused.exists()


# While a delivery is taken in


LONG, PARCEL, SENT = 60, 20, "Notering i leveransen"
WHILE_TAKEN_IN = [
    # (what is closed after the first parcel, who then sees the delivery, who does not)
    (INNER_HAB, ("karin",), ("peter", "mona")),
    (OUTER_REGION, ("karin", "peter"), ("mona",)),
    (child_is_protected, (), ("karin", "peter", "mona", "maria", "johan")),
    (child_is_placed, ("karin", "peter"), ("mona", "maria", "johan")),
    (guardian_is_blocked, ("karin", "peter", "mona", "maria"), ("johan",)),
    (guardian_is_protected, ("karin", "peter", "mona"), ("johan", "maria")),
]


@pytest.mark.parametrize(
    ("closing", "see", "do_not"), WHILE_TAKEN_IN, ids=lambda one: getattr(one, "__name__", None)
)
def test_what_is_taken_in_while_it_closes_is_kept_whole_and_is_as_closed_as_the_rest(
    world, monkeypatch, closing, see, do_not
):
    """The job goes on: what a unit has documented is never lost. Neither half of it is told to who is out."""
    nils = world.cast.nils
    held = nils.assignments.get(role="administrator")
    clients = {who: world.client(who) for who in (*see, *do_not)}
    for client in clients.values():
        choose_to_read(world, client)
    rows = [observation(f"x{n}", of="Patient/alva", code={"text": f"{SENT} {n}"}) for n in range(LONG)]
    lines = "\n".join(json.dumps(row) for row in (patient("alva", number=world.number), *rows)).encode()
    monkeypatch.setattr(entries, "PARCEL", PARCEL)
    monkeypatch.setattr(incoming, "find", lambda _file: contextlib.nullcontext(io.BytesIO(lines)))
    progress = ParcelByParcel(lambda: closing(world))
    arguments = {"source_id": source("long", HAB).pk, "file": str(uuid4()), "person_id": str(nils.pk)}
    import_record(progress, acting_as=f"administrator:{held.pk}", **arguments)
    delivery = Intake.objects.get(source__key="long")
    assert (delivery.state, delivery.entries, delivery.refused) == ("done", LONG + 1, 0)
    assert Event.objects.filter(title__startswith=SENT).count() == LONG
    for who, client in clients.items():
        name = "family-record" if who in ("maria", "johan") else "child-record"
        shown = SENT in text_of(client.get(reverse(name, args=[world.child.pk])))
        assert shown is (who in see), who
    pages = opened(world.client("nils"), world.paths("nils"), (NAME, SENT))
    assert not pages, "whoever takes it in sees no child"


class ParcelByParcel(Counting):
    """Somebody else does something when the first parcel has been taken in."""

    def step(self, name: str, total: int = 0) -> None:
        self.told += 1
        if self.told == 2:
            elsewhere(self.during)
