"""Coordinated individual plans, in every state of the process, for some children with much need."""

from datetime import date, timedelta

from .draw import Draw
from .families import birthday
from .goals import Moment, goals_for
from .records import SyntheticChild, SyntheticFollowUp, SyntheticNeed, SyntheticPlan
from .relations import SPECIALISTS, Neighbourhood
from .texts import profile, words

SHARE_WITH_PLAN = 0.1
"""Of the children with much need; young adults are in the region because they have one."""
_STATUSES = ("established", "draft", "ended", "declined")
_STATUS_WEIGHTS = (0.6, 0.8, 0.95, 1.0)
_END_REASONS = ("goals_reached", "goals_reached", "moved", "consent_withdrawn", "declined", "other")
_STARTERS = SPECIALISTS | {"school", "preschool", "social_services", "pupil_health_medical", "primary_care"}
_PARTIES = _STARTERS | {"lss", "child_health_centre", "dental"}
_SMALL = 4
_SHORTEST_LIFE = 60


class Steps:
    """The days on which a plan's steps were taken; None for those still to come."""

    def __init__(self, status: str, last_day: date, born: date, draw: Draw) -> None:
        self.status = status
        longest = max(10, min(700, (last_day - born).days - 5))
        ago = draw.whole(2, min(45, longest)) if status == "draft" else draw.whole(min(50, longest), longest)
        self.need = last_day - timedelta(days=ago)
        # Normally a few days; one in ten is late, so that the worklist has something to show.
        self.started = min(
            last_day, self.need + timedelta(days=draw.whole(4, 9) if draw.chance(0.1) else draw.whole(0, 3))
        )
        self.meeting = self._meeting(draw)
        self.established: date | None = None
        self.ended: date | None = None
        self.follow_up: date | None = None
        self.held: list[tuple[date, date]] = []
        if status in ("established", "ended"):
            self._establish(last_day, draw)

    @property
    def latest(self) -> date:
        """The day of the latest step towards or in the plan."""
        return self.held[-1][0] if self.held else self.established or self.started

    def _meeting(self, draw: Draw) -> date | None:
        if self.status == "declined" or (self.status == "draft" and draw.chance(0.4)):
            return None
        return weekday(self.started + timedelta(days=draw.whole(8, 26)))

    def _establish(self, last_day: date, draw: Draw) -> None:
        meeting = min(self.meeting or self.started, last_day)
        self.meeting = meeting
        self.established = min(last_day, weekday(meeting + timedelta(days=draw.whole(0, 6))))
        due = self.established
        while True:
            due = weekday(due + timedelta(days=draw.whole(80, 190)))
            held = weekday(due + timedelta(days=draw.whole(-7, 40)))
            if held > last_day:
                break
            self.held.append((held, due))
            due = held
        if self.status == "ended":
            self.ended = self.held[-1][0] if self.held else last_day
        else:
            self.follow_up = due


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def make(
    child: SyntheticChild, around: Neighbourhood, draw: Draw, today: date, plans_per_child: float | None
) -> tuple[SyntheticPlan, ...]:
    """The child's plans, the newest last; only the newest can be open."""
    how_many = _how_many(child, draw, today, plans_per_child)
    made: list[SyntheticPlan] = []
    last_day = today
    for number in range(how_many, 0, -1):
        if (last_day - child.birth_date).days < _SHORTEST_LIFE:
            break
        status = draw.weighted(_STATUSES, _STATUS_WEIGHTS) if last_day == today else "ended"
        if plan := _plan(child, number, status, last_day, around, draw):
            made.append(plan)
            last_day = plan.need_identified_on - timedelta(days=draw.whole(20, 200))
    return tuple(reversed(made))


def _how_many(child: SyntheticChild, draw: Draw, today: date, per_child: float | None) -> int:
    if per_child is not None:
        return int(per_child) + draw.chance(per_child % 1)
    if not child.needs:
        return 0
    young_adult = birthday(child.birth_date, 18) <= today
    return 1 if young_adult or draw.chance(SHARE_WITH_PLAN) else 0


def _plan(
    child: SyntheticChild, number: int, status: str, last_day: date, around: Neighbourhood, draw: Draw
) -> SyntheticPlan | None:
    steps = Steps(status, last_day, child.birth_date, draw)
    parties = _parties(child, around, steps.need, steps.established or last_day, draw)
    if not parties:
        return None
    age = (steps.need - child.birth_date).days // 365
    kinds = {key: around.places[key].kind for key in parties}
    contents = status in ("established", "ended") or (status == "draft" and draw.chance(0.4))
    moment = Moment(status, steps.latest, last_day)
    goals = goals_for(child, age, kinds, moment, draw) if contents else ()
    about = profile(child.needs[0]) if child.needs else None
    takes_part = draw.pick(tuple(words()["takes_part"])) if steps.meeting else ""
    return SyntheticPlan(
        key=f"{child.key}-p{number}",
        child=child.key,
        unit=next(key for key in parties if kinds[key] in _STARTERS),
        status=status,
        requested_by=draw.weighted(("professional", "guardian", "child", "other"), (0.62, 0.88, 0.97, 1.0)),
        need_identified_on=steps.need,
        started_on=steps.started,
        meeting_on=steps.meeting,
        established_on=steps.established,
        follow_up_on=steps.follow_up,
        ended_on=steps.ended,
        end_reason=draw.pick(_END_REASONS) if steps.ended else "",
        declined_reason=draw.pick(words()["declined_reasons"]) if status == "declined" else "",
        what_matters=draw.pick(words()["what_matters_small" if age < _SMALL else "what_matters"]),
        situation=draw.pick(about.situation) if about else "",
        needed_efforts=about.needed if about and goals else "",
        other_measures=draw.pick(words()["other_measures"]) if goals else "",
        early_signs=draw.pick(words()["early_signs"]) if goals else "",
        takes_part=takes_part,
        takes_part_words=draw.pick(words()["takes_part"][takes_part]) if takes_part else "",
        parties=parties,
        needs=tuple(
            SyntheticNeed(area, draw.pick(words()["need"][area]), draw.pick((*parties, None)))
            for area in dict.fromkeys(goal.area for goal in goals)
        ),
        goals=goals,
        follow_ups=tuple(
            SyntheticFollowUp(held, due, draw.pick(words()["follow_up_words"])) for held, due in steps.held
        ),
    )


def _parties(
    child: SyntheticChild, around: Neighbourhood, need: date, made: date, draw: Draw
) -> tuple[str, ...]:
    """Two to seven units that were around the child while the plan was made, the first able to start one."""
    there = [
        relation.unit
        for relation in child.relations
        if relation.starts_on <= made
        and (relation.ends_on is None or relation.ends_on >= made)
        and around.places[relation.unit].kind in _PARTIES
    ]
    begun = {relation.unit: relation.starts_on for relation in child.relations}
    starters = [key for key in there if around.places[key].kind in _STARTERS and begun[key] <= need]
    if not starters:
        return ()
    first = draw.pick(starters)
    special = [key for key in there if around.places[key].kind in SPECIALISTS and key != first]
    others = [key for key in there if key not in special and key != first]
    return (first, *special[:3], *draw.some(others, draw.whole(1, 3)))
