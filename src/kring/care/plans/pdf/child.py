"""The child's own version, «Min plan»: large words, a picture to each, at most eight words in our own lines.

Laid out in halves of a sheet: folded in the middle it becomes a small book. Nothing depends on colour.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

import kring.design
from kring.care.plans.models import Activity, Goal, Plan
from kring.care.plans.queries import GoalRow, PlanContent
from kring.design.paper.words import language
from kring.design.pictures import picture_for, picture_of_work
from kring.design.symbols import word

from .words import colleague, when

SPRITE = Path(kring.design.__file__).parent / "static" / "design" / "symbols.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)"([^>]*)>(.*?)</symbol>', re.DOTALL)
Line = dict[str, str]
"""A picture with the words beside it; `alt` is the word of the picture."""


def sheet(content: PlanContent) -> dict[str, Any]:
    """Every word and picture of the paper."""
    goals = [_goal(row) for row in content.goals]
    others = [_does(row) for row in content.other_activities]
    people = _people(content)
    follow_up = _follow_up(content)
    used = {line["picture"] for goal in goals for line in (goal["line"], goal["status"], *goal["doing"])}
    used |= {line["picture"] for line in (*others, *people, *follow_up)} | {"plan", "want", "speech"}
    return {
        "title": _("Min plan"),
        "heading": _("Min plan"),
        "child": content.plan.child.given_name,
        "matters": content.plan.what_matters,
        "labels": _labels(),
        "goals": goals,
        "others": others,
        "people": people,
        "follow_up": follow_up,
        "pictures": drawings(used),
    }


def _labels() -> dict[str, str]:
    return {
        "matters": _("Viktigt för mig"),
        "goal": _("Det jag vill"),
        "doing": _("Det vi gör"),
        "people": _("Mina vuxna"),
        "follow_up": _("Då pratar vi igen"),
        "fold": _("Vik här"),
        "no_goals": _("Vi skriver planen tillsammans."),
        "plan": word("plan"),
        "speech": word("speech"),
    }


def line(picture: str, words: str) -> Line:
    """One line: the picture, its own word for who does not see it, and the words."""
    return {"picture": picture, "alt": word(picture), "words": words}


def _goal(row: GoalRow) -> dict[str, Any]:
    goal = row.goal
    going = [activity for activity in row.activities if activity.status != Activity.Status.STOPPED]
    return {
        "line": line(picture_for(goal.words, "want"), goal.words),
        "doing": [_does(activity) for activity in going],
        "status": _status(row.standing),
    }


def _status(status: str) -> Line:
    picture, words = {
        Goal.Status.NOT_STARTED: ("arrow", _("Vi börjar snart.")),
        Goal.Status.ON_THE_WAY: ("train", _("Du är på väg.")),
        Goal.Status.REACHED: ("thumb-up", _("Det här har du klarat!")),
        Goal.Status.CHANGED: ("new", _("Det här behöver vi ändra.")),
    }[Goal.Status(status)]
    return line(picture, words)


def _does(activity: Activity) -> Line:
    """What is done, by whom in a first name or a role, and when; one short line for each."""
    parts = [activity.what, _helper(activity), when(activity)]
    words = "\n".join(part for part in parts if part)
    return line(picture_for(activity.what, "help"), words)


def _helper(activity: Activity) -> str:
    person, unit = activity.responsible_person, activity.responsible_unit
    if activity.responsible == Activity.Responsible.FAMILY:
        name = activity.responsible_words or _("Vi hemma")
    elif person and not person.protected_identity:
        name = person.given_name
    else:
        name = activity.responsible_words or (unit.get_kind_display() if unit else "")
    return _("Vem: %(name)s") % {"name": name} if name else ""


def _people(content: PlanContent) -> list[Line]:
    """The adults: the one who keeps it together first, then contacts and who does something."""
    plan = content.plan
    people = {}
    if plan.coordinator:
        name = colleague(plan.coordinator)
        people[plan.coordinator.pk] = line("my-contact", f"{name}\n{_('Håller ihop allt.')}")
    for party in content.parties:
        if party.contact and party.contact.pk not in people:
            name = colleague(party.contact)
            people[party.contact.pk] = line(picture_of_work(party.contact.title), name)
    for activity in content.activities:
        person = activity.responsible_person
        if person and person.pk not in people:
            name = colleague(person)
            people[person.pk] = line(picture_of_work(person.title), name)
    return list(people.values())


def _follow_up(content: PlanContent) -> list[Line]:
    plan = content.plan
    if plan.status == Plan.Status.ENDED:
        return [line("yes", _("Planen är klar."))]
    if plan.follow_up_on is None:
        return [line("wait", _("Vi vet inte dagen än."))]
    name = dateformat.format(plan.follow_up_on, "l")
    weekday = name.capitalize() if language() == "sv" else name
    return [line("calendar", f"{weekday}\n{dateformat.format(plan.follow_up_on, 'j F Y')}")]


def drawings(names: Iterable[str]) -> dict[str, str]:
    """The SVG of each named symbol, in a steady order."""
    sprite = _sprite()
    return {name: sprite[name] for name in sorted(set(names)) if name in sprite}


@cache
def _sprite() -> Mapping[str, str]:
    return dict(_symbols(SPRITE.read_text(encoding="utf-8")))


def _symbols(sprite: str) -> Iterator[tuple[str, str]]:
    for name, attributes, inside in SYMBOL.findall(sprite):
        yield name, f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{inside}</svg>'


Answer = tuple[str, Sequence[tuple[str, str]]]
"""A question of the preparation and what the child answered: (picture or nothing, words), one a line."""


def preparation_sheet(answers: Sequence[Answer], when_words: str) -> dict[str, Any]:
    """«Mitt papper»: what the child has prepared for its meeting, to bring or to give."""
    rows = [
        (heading, [line(picture or "speech", words) for picture, words in lines])
        for heading, lines in answers
    ]
    used = {row["picture"] for _words, lines in rows for row in lines} | {"calendar", "plan"}
    return {
        "title": _("Mitt papper"),
        "heading": _("Mitt papper"),
        "when": line("calendar", when_words),
        "cards": [{"heading": heading, "lines": lines} for heading, lines in rows],
        "skipped": _("Jag hoppade över."),
        "labels": _labels(),
        "pictures": drawings(used),
    }
