"""The child's pages as ready strings and pictures. No questions to the database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import clock
from kring.portal import days

from .pictures import picture_for, picture_of_work
from .rules import EARLY
from .steps import ANSWERED, LAST, Step, spoken

Words = Mapping[str, str]
MOST_GOALS = 6
MOST_DECISIONS = 3


@dataclass(frozen=True)
class Picked:
    """A picture with its words, and where it leads."""

    picture: str
    word: str
    href: str = ""


@dataclass(frozen=True)
class When:
    """A time in a child's words."""

    day: str
    nights: str
    time: str
    what: str = ""
    picture: str = ""
    place: str = ""


def home_cards(words: Words, mode: str) -> list[Picked]:
    """The places of the first page: four for the smallest, else six."""
    table = (
        ("plan", "plan", "child-plan", True),
        ("meeting", "meetings", "child-meeting", True),
        ("draw", "prepare", "child-prepare", False),
        ("yes", "after", "child-after", False),
        ("adults", "adults", "child-adults", True),
        ("good-to-know", "good_to_know", "child-good-to-know", True),
    )
    shown = [row for row in table if row[3] or mode != EARLY]
    return [Picked(picture, words[key], reverse(name)) for picture, key, name, _small in shown]


def first_coming(coming: Any, words: Words, today: date) -> When | None:
    """The very next thing that is booked."""
    visits = [when_visit(visit, words, today) for visit in coming.visits[:1]]
    if coming.meeting is None:
        return visits[0] if visits else None
    if visits and coming.visits[0].starts_at < coming.meeting.starts_at:
        return visits[0]
    return when_meeting(coming.meeting, words, today)


def when_meeting(summons: Any, words: Words, today: date) -> When:
    """The time and place of a meeting."""
    return _when(summons.starts_at, today, words["meeting"], "meeting", summons.place)


def when_visit(visit: Any, words: Words, today: date) -> When:
    """The time of a visit; what it is called as the unit wrote it."""
    return _when(visit.starts_at, today, visit.what or words["visit"], picture_for(visit.what, "hospital"))


def together(text: str) -> str:
    """Short words that belong on one line."""
    return text.replace(" ", "\u00a0")


def _when(moment: Any, today: date, what: str, picture: str, place: str = "") -> When:
    day = clock.day_of(moment)
    return When(
        days.weekday(day, today),
        days.nights(day, today),
        together(days.oclock(moment)),
        str(what),
        picture,
        place,
    )


@dataclass(frozen=True)
class Goal:
    """One goal as a card."""

    id: str
    picture: str
    words: str
    helpers: Sequence[Picked]
    status: str
    submission: str


@dataclass(frozen=True)
class PlanPage:
    """S81. `version` is the key of the version to confirm; empty before the first."""

    exists: bool = False
    matters: str = ""
    goals: Sequence[Goal] = ()
    others: Sequence[Any] = ()
    follow_up: str = ""
    version: str = ""
    has_read: bool = False


def plan_page(plan: Any, version: Any, has_read: bool, words: Words) -> PlanPage:
    """The agreed version in the child's words; a plan that is only being made shows what matters to the
    child.
    """
    if plan is None:
        return PlanPage()
    if version is None:
        return PlanPage(exists=True, matters=plan.what_matters)
    content = version.content
    about, activities = content["plan"], [one for one in content["activities"] if one["status"] != "stopped"]
    follow_up = about["follow_up_on"]
    goals = content["goals"][:MOST_GOALS]
    shown = {goal["id"] for goal in goals}
    return PlanPage(
        exists=True,
        matters=about["what_matters"],
        goals=[_goal(goal, activities, words) for goal in goals],
        others=[_deed(one) for one in activities if one["goal"] not in shown],
        follow_up=days.plain_day(date.fromisoformat(follow_up)) if follow_up else "",
        version=str(version.pk),
        has_read=has_read,
    )


def _goal(goal: Mapping[str, Any], activities: Iterable[Mapping[str, Any]], words: Words) -> Goal:
    mine = [one for one in activities if one["goal"] == goal["id"]]
    return Goal(
        id=goal["id"],
        picture=picture_for(goal["words"], "want"),
        words=goal["words"],
        helpers=[_deed(one) for one in mine],
        status=words.get(goal["status"], ""),
        submission=str(uuid4()),
    )


def _deed(activity: Mapping[str, Any]) -> Picked:
    return Picked(picture_for(activity["what"], "help"), _does(activity))


def _does(activity: Mapping[str, Any]) -> str:
    """«Träna med bilder. Sara hjälper dig. Varje tisdag.»: three short sentences, each whole by itself."""
    parts = [activity["what"], _helper(activity), activity["when_words"] or _before(activity["due_on"])]
    return " ".join(_sentence(part) for part in parts if part)


def _helper(activity: Mapping[str, Any]) -> str:
    if activity["responsible"] == "family":
        return _("Ni gör det hemma")
    who = activity["responsible_person"].partition(" ")[0]
    who = who or activity["responsible_words"] or activity["responsible_unit"]
    return _("%(who)s hjälper dig") % {"who": who} if who else ""


def _before(due_on: str) -> str:
    return _("Klart %(day)s") % {"day": days.plain_day(date.fromisoformat(due_on))} if due_on else ""


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


@dataclass(frozen=True)
class MeetingsPage:
    """Mina möten. `prepare` is where the preparation goes on; empty when there is nothing to prepare for."""

    meeting: When | None = None
    visits: Sequence[When] = ()
    prepare: str = ""
    started: bool = False
    sent: bool = False


def meetings_page(plan: Any, coming: Any, preparation: Any, words: Words, today: date) -> MeetingsPage:
    """The next meeting, the way to prepare for it, and the visits."""
    return MeetingsPage(
        meeting=when_meeting(coming.meeting, words, today) if coming.meeting else None,
        visits=[when_visit(visit, words, today) for visit in coming.visits],
        prepare=prepare_href(preparation) if plan else "",
        started=preparation is not None and not preparation.sent_at,
        sent=bool(preparation and preparation.sent_at),
    )


def prepare_href(preparation: Any) -> str:
    """Where the child goes on: at the step it stopped at, else at the first."""
    step = preparation.step if preparation and not preparation.sent_at else 1
    return reverse("child-prepare-step", args=[min(max(step, 1), LAST)])


@dataclass(frozen=True)
class StepPage:
    """One of the eight steps."""

    number: int
    heading: str
    picture: str
    back: str
    told: Sequence[Picked] = ()
    pictures: Mapping[str, str] | None = None
    one: bool = False
    last: int = LAST


def step_page(step: Step, mode: str, told: Sequence[Picked]) -> StepPage:
    """The step as it is asked in a set of pages; `told` is what the first two steps tell."""
    back = (
        reverse("child-prepare-step", args=[step.number - 1]) if step.number > 1 else reverse("child-meeting")
    )
    return StepPage(
        number=step.number,
        heading=step.heading_for(mode),
        picture=step.picture,
        back=back,
        told=told,
        pictures={choice.value: choice.picture for choice in step.choices},
        one=step.one,
    )


def told_when(summons: Any, words: Words, today: date) -> list[Picked]:
    """Step 1: when, how long and where, as a strip of pictures."""
    if summons is None:
        return [Picked("calendar", words["no_time"]), Picked("home", words["no_place"])]
    when = when_meeting(summons, words, today)
    strip = [Picked("days", when.day), Picked("moon", when.nights), Picked("clock", when.time)]
    strip.append(Picked("whole-meeting", words["how_long"] % {"n": summons.minutes}))
    strip.append(Picked("home", when.place or words["no_place"]))
    return [one for one in strip if one.word]


def told_who(names: Sequence[Picked], words: Words) -> list[Picked]:
    """Step 2: who comes, and that the child may bring somebody."""
    coming = list(names) or [Picked("dont-know", words["nobody_yet"])]
    return [*coming, Picked("friends", words["bring_someone"])]


def invited(summons: Any, parties: Sequence[Any], words: Words) -> list[Picked]:
    """Those who are called: the person of a unit by first name and work, guardians as adults at home."""
    people = {party.unit_id: party.contact for party in parties if party.contact}
    rows = summons.invitations.all() if summons else ()
    return [
        _invited(row, people.get(row.unit_id), words)
        for row in rows
        if not row.is_child and row.answer != "declines"
    ]


def _invited(row: Any, person: Any, words: Words) -> Picked:
    if row.guardian_id:
        return Picked("home", f"{row.guardian.given_name}, {str(words['at_home']).lower()}")
    if person:
        title = person.title or row.unit.name
        return Picked(
            picture_of_work(title), f"{person.given_name}, {title.lower() if person.title else title}"
        )
    return Picked("adults", row.unit.name)


@dataclass(frozen=True)
class Answer:
    """What the child answered at a step."""

    heading: str
    lines: Sequence[tuple[str, str]]
    href: str


def answers(preparation: Any, mode: str) -> list[Answer]:
    """All answers, in the order of the steps."""
    return [_answer(step, mode, getattr(preparation, step.field) if preparation else "") for step in ANSWERED]


def _answer(step: Step, mode: str, text: str) -> Answer:
    href = reverse("child-prepare-step", args=[step.number])
    return Answer(step.heading_for(mode), spoken(step, text), href)


@dataclass(frozen=True)
class OneText:
    """One of two answers to choose between."""

    heading: str
    lines: Sequence[tuple[str, str]]
    text: str
    choose: str
    submission: str


@dataclass(frozen=True)
class ConflictPage:
    """Two answers to the same step, given in two windows. `was` is the one that is kept now."""

    back: str
    was: str
    texts: Sequence[OneText]


def conflict_page(step: Step, new: str, kept: str, words: Words) -> ConflictPage:
    """Both answers, and where it can be both at once also that."""
    both = "\n".join(dict.fromkeys([*kept.splitlines(), *new.splitlines()]))
    table = [(words["text_here"], new), (words["text_there"], kept)]
    if not step.one:
        table.append((words["both_texts"], both))
    texts = [
        OneText(str(heading), spoken(step, text), text, _("Jag väljer det här"), str(uuid4()))
        for heading, text in table
    ]
    return ConflictPage(reverse("child-prepare-step", args=[step.number]), kept, texts)


def on_paper(summons: Any) -> str:
    """When and where the meeting is, for the paper."""
    if summons is None:
        return ""
    return " · ".join(part for part in (days.headline(summons.starts_at), summons.place) if part)


def dialled(phone: str) -> str:
    """A telephone number as it is dialled."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Adult:
    """One of «Mina vuxna»."""

    picture: str
    name: str
    role: str
    place: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def tel(self) -> str:
        return dialled(self.phone)


def adults(contacts: Sequence[Any], parties: Sequence[Any], words: Words) -> list[Adult]:
    """The named contacts first, then those who stand for a unit in the plan; each person once."""
    first = [_contact(one, words) for one in contacts]
    known = {one.contact.person_id for one in contacts}
    others = [_party(one, words) for one in parties if one.contact_id and one.contact_id not in known]
    return first + others


def _contact(card: Any, words: Words) -> Adult:
    return Adult(
        picture="my-contact" if card.name else "adults",
        name=card.name or card.unit,
        role=str(words[card.role]),
        place=card.unit if card.name else "",
        phone=card.phone,
        hours=card.phone_hours,
    )


def _party(party: Any, words: Words) -> Adult:
    person, unit = party.contact, party.unit
    role = person.title or str(words["in_plan"])
    return Adult(picture_of_work(role), person.name, role, unit.name, unit.phone, unit.phone_hours)


@dataclass(frozen=True)
class Way:
    """A way to talk to somebody now."""

    picture: str
    heading: str
    more: str
    phone: str = ""
    hours: str = ""

    @property
    def tel(self) -> str:
        return dialled(self.phone)


def ways_to_talk(nurse: Any, words: Words) -> list[Way]:
    """Danger first, then someone who listens, then care, then the school nurse with her hours."""
    ways = [
        Way("help", words["danger"], words["danger_more"], "112"),
        Way("listen", words["bris"], words["bris_more"], "116 111"),
        Way("doctor", words["care"], words["care_more"], "1177"),
    ]
    if nurse:
        ways.append(Way("nurse", words["school"], words["school_more"], nurse.phone, nurse.phone_hours))
    return ways


VERDICTS = {"yes": "feel-great", "partly": "feel-ok", "no": "feel-sad"}


@dataclass(frozen=True)
class AfterPage:
    """S85. `answer` is empty while the child has not answered."""

    held: bool = False
    decisions: Sequence[Picked] = ()
    answer: str = ""
    answer_picture: str = ""
    pictures: Mapping[str, str] | None = None


def after_page(meeting: Any, decided: Sequence[Any]) -> AfterPage:
    """What was decided, in at most three lines, and what the child answered."""
    if meeting is None:
        return AfterPage()
    said = {"yes": _("Ja"), "partly": _("Lite"), "no": _("Nej")}
    return AfterPage(
        held=True,
        decisions=[Picked(picture_for(one.what, "yes"), _decided(one)) for one in decided[:MOST_DECISIONS]],
        answer=said.get(meeting.child_verdict, ""),
        answer_picture=VERDICTS.get(meeting.child_verdict, ""),
        pictures=VERDICTS,
    )


def _decided(activity: Any) -> str:
    person, unit = activity.responsible_person, activity.responsible_unit
    return _does(
        {
            "what": activity.what,
            "responsible": activity.responsible,
            "responsible_person": person.name if person else "",
            "responsible_unit": unit.name if unit else "",
            "responsible_words": activity.responsible_words,
            "when_words": activity.when_words,
            "due_on": activity.due_on.isoformat() if activity.due_on else "",
        }
    )


@dataclass(frozen=True)
class Known:
    """One question of «Bra att veta» with its short answers."""

    picture: str
    question: str
    lines: Sequence[str]


def good_to_know(words: Words) -> list[Known]:
    """Six questions, each with two lines."""
    table = (
        ("plan", "know_plan"),
        ("meeting", "know_meeting"),
        ("pause", "know_pause"),
        ("no", "know_no"),
        ("who-sees", "know_see"),
        ("speech", "know_wrong"),
    )
    return [Known(picture, words[key], [words[f"{key}_1"], words[f"{key}_2"]]) for picture, key in table]
