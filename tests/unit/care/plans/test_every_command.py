"""What holds for everything that is written about a plan, whichever it is (the table stands in acts.py).

Check, change, event, log row and next step are one thing: all of it happens, or none of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from inspect import signature
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.http import Http404

from kring.access import gate
from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict, Refusal
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.commands import writing
from kring.care.plans.models import Plan
from kring.timeline.models import Event, Task
from tests.unit.care.plans.acts import ACTS, CONFLICT, FINE, Act
from tests.unit.care.plans.story import Story

EVERY = pytest.mark.parametrize("name", ACTS)
WRITTEN = [model for label in ("plans", "timeline") for model in apps.get_app_config(label).get_models()]
WRITTEN += [apps.get_model("children", name) for name in ("Consent", "Disclosure", "CareRelation")]


def stored(*more: Any) -> dict[str, Any]:
    """Every row that a command may write: the plans', the timeline's and the family's answers."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in [*WRITTEN, *more]}


@dataclass
class Scene:
    """One command where it may be done, and everything as it stood before."""

    story: Story
    name: str
    act: Act
    arguments: dict[str, Any]
    before: dict[str, Any]

    def do(self, by: Any = None, **other: Any) -> Any:
        return self.act.do(self.story, self.name, self.arguments | other, by)

    def nothing_changed(self) -> bool:
        after = stored()
        return [label for label in after if after[label] != self.before[label]] == []


def set_scene(story: Story, name: str) -> Scene:
    arguments = ACTS[name].prepare(story)
    return Scene(story, name, ACTS[name], arguments, stored())


def test_every_command_stands_in_the_table():
    assert {name for name in commands.__all__ if name[0].islower()} == set(ACTS)


# What it leaves behind


@EVERY
def test_it_is_logged_and_told_and_the_worklist_holds_what_comes_next(story, name):
    scene = set_scene(story, name)
    rows, events = AccessLogRow.objects.count(), set(Event.objects.values_list("pk", flat=True))
    made = scene.do()
    by = getattr(story, scene.act.by)
    it_is_logged_with_its_rule(scene, by, list(AccessLogRow.objects.order_by("pk")[rows:]))
    it_is_told_at_a_unit(scene, by, Event.objects.exclude(pk__in=events))
    the_next_step_stands(scene, Plan.objects.get(pk=story.plan_id) if story.plan_id.int else made)
    the_same_thing_again(scene)


def it_is_logged_with_its_rule(scene: Scene, by: Any, rows: list[Any]) -> None:
    written = [row for row in rows if row.action == "write"]
    assert tuple(row.what for row in written) == scene.act.logged
    for row in written:
        assert (row.person_id, row.child_id) == (by.person_id, scene.story.child_id)
        assert row.rule, "a log row says by which rule it was allowed"
        assert row.object_id, "and what it was about"


def it_is_told_at_a_unit(scene: Scene, by: Any, events: Any) -> None:
    assert sorted(event.kind for event in events) == sorted(scene.act.told)
    for event in events:
        assert (event.child_id, event.recorded_by_id) == (scene.story.child_id, by.person_id)
        assert (event.recorded_at, event.effective_at <= scene.story.now) == (scene.story.now, True)
        assert event.unit_id, "an event stands at a unit, whoever acted"


def the_next_step_stands(scene: Scene, plan: Plan) -> None:
    step = queries.next_step_of(scene.story.karin, plan)
    standing = Task.objects.filter(subject=plan.pk, unit_id=plan.unit_id, done_at__isnull=True)
    kinds = set(standing.values_list("kind", flat=True))
    assert kinds - {"sip_meeting"} == ({step.kind} if step else set()) - {"sip_meeting"}
    if step:
        task = standing.get(kind=step.kind)
        assert (task.ball, task.ball_unit_id) == (step.ball.value, step.ball_unit)
        assert (task.assignee_id, task.due_on) == (plan.coordinator_id, task.due_on)


def the_same_thing_again(scene: Scene) -> None:
    """Refused by its own code, or shown what stands now, or harmless."""
    if scene.act.again == FINE:
        scene.do()
        return
    scene.before = stored()
    with pytest.raises(EditConflict if scene.act.again == CONFLICT else Refusal) as refused:
        scene.do()
    assert scene.act.again == CONFLICT or refused.value.code == scene.act.again
    assert scene.nothing_changed()


# What is refused changes nothing


def strangers_find_nothing(scene: Scene) -> None:
    for stranger in (scene.story.ulla, scene.story.leila):
        with pytest.raises((Http404, NotAllowed)):
            scene.do(by=stranger)


def what_never_was_cannot_be_told_from_what_is_hidden(scene: Scene) -> None:
    about = next(key for key in scene.arguments if key.endswith("_id"))
    with pytest.raises(Http404):
        scene.do(**{about: uuid4()})


def what_is_the_unit_in_charge_s_is_done_by_it_alone(scene: Scene) -> None:
    others = ("lena", "jonas", "maria", "alva") if scene.act.charge else ()
    for other in others:
        with pytest.raises((Refusal, NotAllowed, Http404)) as refused:
            scene.do(by=getattr(scene.story, other))
        assert not isinstance(refused.value, Refusal) or refused.value.code == "not_in_charge"


def who_saw_an_older_one_gets_the_one_that_stands(scene: Scene) -> None:
    assert ("seen" in scene.arguments) == ("seen" in signature(getattr(commands, scene.name)).parameters)
    if seen := scene.arguments.get("seen"):
        with pytest.raises(EditConflict) as conflict:
            scene.do(seen=seen - 1)
        assert conflict.value.current.revision == seen


def a_plan_that_is_over_is_not_written_in(scene: Scene) -> None:
    if not scene.story.plan_id.int or scene.name == "start_plan":
        return
    for status in ("ended", "declined"):
        with pytest.raises(RollBack), transaction.atomic():
            Plan.objects.filter(pk=scene.story.plan_id).update(status=status, declined_reason="Nej")
            if scene.act.also_over:
                scene.do()
            else:
                with pytest.raises(Refusal) as refused:
                    scene.do()
                assert refused.value.code == "plan_is_over"
            raise RollBack


class RollBack(Exception):
    """Ends a part that is not to stay."""


REFUSED = (
    strangers_find_nothing,
    what_never_was_cannot_be_told_from_what_is_hidden,
    what_is_the_unit_in_charge_s_is_done_by_it_alone,
    who_saw_an_older_one_gets_the_one_that_stands,
    a_plan_that_is_over_is_not_written_in,
)


@EVERY
def test_what_is_refused_changes_nothing(story, name, subtests):
    scene = set_scene(story, name)
    for promise in REFUSED:
        with subtests.test(promise.__name__):
            promise(scene)
            assert scene.nothing_changed()
    half_of_it_is_nothing(scene, subtests)


def half_of_it_is_nothing(scene: Scene, subtests: Any) -> None:
    """Whatever cannot be written last takes everything before it along, the log row too."""
    of_a_plan = scene.act.logged[0].startswith("plan.")
    parts = [(gate, "log")] + [(writing, "set_tasks")] * of_a_plan
    parts += [(writing, "record_event")] * bool(scene.act.told)
    logged = AccessLogRow.objects.count()
    for module, part in parts:
        with subtests.test(f"no room for {part}"), pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, part, _no_room)
            with pytest.raises(RuntimeError, match="no room"):
                scene.do()
            assert scene.nothing_changed()
            assert AccessLogRow.objects.count() == logged


def _no_room(*_: Any, **__: Any) -> None:
    raise RuntimeError("no room")


# Ending leaves nothing to do


def closed(story: Story) -> None:
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")


def declined(story: Story) -> None:
    commands.decline_plan(by=story.karin, plan_id=story.plan_id, reason="Familjen har redan en plan")


@pytest.mark.parametrize("over", [closed, declined])
def test_what_cannot_be_done_any_more_asks_nobody_to_do_it(story, over: Callable[[Story], None]):
    """Neither the next step, nor an answer to a summons, nor anybody's own activity."""
    story.together().summoned()
    due = {"due_on": story.today + timedelta(days=5), "what": "Lugn plats"}
    for by in (story.karin, story.lena):
        commands.contribute_activity(by=by, plan_id=story.plan_id, **due)
    going = Task.objects.filter(child_id=story.child_id, done_at__isnull=True)
    assert {"plan_activity", "summons_answer"} <= set(going.values_list("kind", flat=True))
    over(story)
    assert set(going.values_list("kind", "unit__key")) == set()
