"""The goals of a plan and what is done for them: always something to enjoy beside what is hard."""

from collections.abc import Mapping
from datetime import date, timedelta

from .draw import Draw
from .records import SyntheticActivity, SyntheticChild, SyntheticGoal
from .texts import Activity, Goal, goals

ENJOYMENT = frozenset({"play", "culture", "leisure", "friends"})
_STATUSES = {
    "draft": (("not_started",), (1.0,)),
    "established": (("not_started", "on_the_way", "reached", "changed"), (0.2, 0.8, 0.95, 1.0)),
    "ended": (("reached", "on_the_way", "changed"), (0.7, 0.9, 1.0)),
}
_BEGUN = (("ongoing", "done", "planned", "stopped"), (0.4, 0.85, 0.95, 1.0))
_AHEAD = (("planned", "ongoing", "done"), (0.55, 0.95, 1.0))
_ENDED = (("done", "stopped"), (0.85, 1.0))


class Moment:
    """Where a plan stands when its contents are drawn: its status, its last step and the day looked from."""

    def __init__(self, status: str, latest_step: date, seen_on: date) -> None:
        self.status = status
        self.latest_step = latest_step
        self.seen_on = seen_on


def goals_for(
    child: SyntheticChild, age: int, kinds: Mapping[str, str], moment: Moment, draw: Draw
) -> tuple[SyntheticGoal, ...]:
    """Two to four goals that suit the child, one of them about play, culture, leisure or friends.

    `kinds`: the plan's units and their kinds, which decide who can do what.
    """
    suited = [goal for goal in goals() if _suits(goal, child, age, kinds)]
    enjoyable = [goal for goal in suited if goal.area in ENJOYMENT]
    others = [goal for goal in suited if goal.area not in ENJOYMENT]
    chosen = draw.some(others, draw.whole(1, 3)) + draw.some(enjoyable, 1)
    return tuple(_goal(goal, kinds, moment, draw) for goal in chosen)


def _suits(goal: Goal, child: SyntheticChild, age: int, kinds: Mapping[str, str]) -> bool:
    """The goal fits age and needs, and somebody in the plan can do something for it."""
    return (
        goal.ages[0] <= age <= goal.ages[1]
        and (not goal.needs or not goal.needs.isdisjoint(child.needs))
        and any(_doers(activity, kinds) for activity in goal.does)
    )


def _doers(activity: Activity, kinds: Mapping[str, str]) -> list[str]:
    """Keys of the plan's units that can do it, or the words family and third_party."""
    units = [key for key, kind in kinds.items() if kind in activity.by]
    return units + [by for by in activity.by if by in ("family", "third_party")]


def _goal(goal: Goal, kinds: Mapping[str, str], moment: Moment, draw: Draw) -> SyntheticGoal:
    able = [activity for activity in goal.does if _doers(activity, kinds)]
    return SyntheticGoal(
        words=goal.words,
        explanation=goal.explanation,
        area=goal.area,
        term=goal.term,
        status=draw.weighted(*_STATUSES[moment.status]),
        unit=draw.pick(tuple(kinds)),
        activities=tuple(_activity(one, kinds, moment, draw) for one in draw.some(able, draw.whole(1, 3))),
    )


def _activity(activity: Activity, kinds: Mapping[str, str], moment: Moment, draw: Draw) -> SyntheticActivity:
    doer = draw.pick(_doers(activity, kinds))
    due_on = None if activity.when else moment.latest_step + timedelta(days=draw.whole(14, 150))
    return SyntheticActivity(
        what=activity.what,
        responsible="unit" if doer in kinds else doer,
        unit=doer if doer in kinds else None,
        words="" if doer in kinds else activity.words,
        due_on=due_on,
        when_words=activity.when,
        status=_status(due_on, moment, draw),
    )


def _status(due_on: date | None, moment: Moment, draw: Draw) -> str:
    """What is due is mostly done or going on; a little is late, so that worklists have something to show."""
    if moment.status == "draft":
        return "planned"
    if moment.status == "ended":
        return draw.weighted(*_ENDED)
    return draw.weighted(*(_BEGUN if due_on is None or due_on < moment.seen_on else _AHEAD))
