"""A unit asks, the child answers in its own time, and whoever reads says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kring import clock
from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.staff import WorkNeed
from kring.audit.models import Action, Outcome
from kring.timeline.commands import close_tasks, open_task, record_event

from . import queries
from .models import MoodAnswer, MoodAsking
from .rules import WORDS_MAX, Refusal, kept_from_guardians, read_by

TASK = "mood_read"


@transaction.atomic
def ask(*, by: Actor, child_id: UUID, reader_id: UUID | None) -> MoodAsking:
    """Let the child answer «Hur mår jag?» to the actor's unit, with one who reads. Asked anew, the reader is
    changed.

    Raises:
        Refusal: reader_missing, reader_elsewhere.
    """
    child = gate.child_or_404(by, Permission.ASK_MOOD, child_id, what="mood.ask")
    if reader_id is None:
        raise Refusal("reader_missing")
    if reader_id not in {person.pk for person in queries.readers_at(by)}:
        raise Refusal("reader_elsewhere")
    standing = MoodAsking.objects.filter(facts.current(by.today), child=child, unit_id=by.unit_id).first()
    if standing:
        standing.reader_id, standing.ends_on = reader_id, None
        standing.save(update_fields=["reader", "ends_on"])
    asking = standing or MoodAsking.objects.create(
        child=child,
        unit_id=by.unit_id,
        reader_id=reader_id,
        starts_on=by.today,
        asked_by_id=by.person_id,
        asked_at=by.now,
    )
    _trace(by, asking, "mood.ask", "mood_asked")
    return asking


@transaction.atomic
def stop_asking(*, by: Actor, child_id: UUID) -> bool:
    """Ask no more; what the child had begun and not sent goes. False when the unit does not ask."""
    gate.child_or_404(by, Permission.ASK_MOOD, child_id, what="mood.stop")
    asking = next(iter(queries.askings_of(by, child_id)), None)
    if asking is None:
        return False
    MoodAnswer.objects.filter(asking=asking, sent_at__isnull=True).delete()
    last = by.today - timedelta(days=1)
    if asking.starts_on <= last or asking.answers.exists():
        asking.ends_on = max(last, asking.starts_on)
        asking.save(update_fields=["ends_on"])
    else:
        asking.delete()
    gate.log(by, Action.WRITE, [child_id], what="mood.stop")
    record_event(by=by, kind="mood_asking_ended", child_id=child_id, effective_at=by.now)
    return True


@transaction.atomic
def answer(
    *,
    by: Actor,
    asking_id: UUID,
    face: str | None = None,
    places: Sequence[str] | None = None,
    words: str | None = None,
) -> MoodAnswer:
    """Keep what the child has answered so far; nobody else sees it. What is None stays as it was.

    Raises:
        Refusal: face_missing (no such face), words_too_long.
    """
    asking = queries.asking_or_404(by, asking_id, what="mood.answer")
    draft = queries.draft_of(by, asking) or MoodAnswer(
        child_id=asking.child_id, asking=asking, unit_id=asking.unit_id, begun_at=by.now
    )
    if face is not None:
        if face not in MoodAnswer.Face.values:
            raise Refusal("face_missing")
        draft.face = face
    if places is not None:
        draft.places = [code for code in MoodAnswer.Place.values if code in places]
    if words is not None:
        if len(words) > WORDS_MAX:
            raise Refusal("words_too_long")
        draft.words = words.strip()
    draft.save()
    gate.log(by, Action.WRITE, [asking.child_id], what="mood.answer", object_id=str(draft.pk))
    return draft


@transaction.atomic
def send(*, by: Actor, asking_id: UUID, shown_to_guardians: bool) -> MoodAnswer:
    """Give the answer to the unit that asked, which gets it as something to read in time.

    Raises:
        Refusal: face_missing: nothing has been answered.
    """
    asking = queries.asking_or_404(by, asking_id, what="mood.send")
    draft = queries.draft_of(by, asking)
    if draft is None or not draft.face:
        raise Refusal("face_missing")
    draft.sent_at, draft.shown_to_guardians = by.now, shown_to_guardians
    draft.save(update_fields=["sent_at", "shown_to_guardians"])
    _trace(by, asking, "mood.send", "mood_answered")
    _to_read(by, asking, read_by(draft.face, by.today))
    return draft


def _to_read(by: Actor, asking: MoodAsking, due_on: date) -> None:
    """One task for whoever reads, due when the first unread answer is."""
    unread = asking.answers.filter(sent_at__isnull=False, read_at__isnull=True).exclude(sent_at=by.now)
    first = min([read_by(row.face, clock.day_of(row.sent_at)) for row in unread], default=due_on)
    about = {"child_id": asking.child_id, "unit_id": asking.unit_id, "subject": asking.pk}
    open_task(by=by, kind=TASK, due_on=min(first, due_on), assignee_id=asking.reader_id, **about)


@transaction.atomic
def drop(*, by: Actor, asking_id: UUID) -> None:
    """«Vill inte svara»: what was begun goes, and nothing is kept of it."""
    asking = queries.asking_or_404(by, asking_id, what="mood.drop")
    MoodAnswer.objects.filter(asking=asking, sent_at__isnull=True).delete()


@transaction.atomic
def note_read(*, by: Actor, child_id: UUID) -> int:
    """Say that the own unit's answers have been read, which closes the task; returns how many were unread."""
    what = queries.what_is_read(by, child_id, "mood.read")
    gate.child_or_404(by, Permission.SEE_MOOD, child_id, what=what)
    unread = MoodAnswer.objects.filter(
        child_id=child_id, unit_id=by.unit_id, sent_at__isnull=False, read_at__isnull=True
    )
    askings = set(unread.values_list("asking_id", flat=True))
    count = unread.update(read_at=by.now, read_by_id=by.person_id)
    for asking_id in askings:
        close_tasks(by=by, subject=asking_id, kinds=(TASK,))
    gate.log(by, Action.WRITE, [child_id], what=what)
    return count


@transaction.atomic
def choose_actively(*, by: Actor, child_id: UUID, purpose: WorkNeed) -> None:
    """Log that the actor asks to see what the child has answered other units of the care provider, and for
    what; one row for each rule that then decides (ruling 23). The session keeps the choice.
    """
    found = queries.mood_page(by, child_id, purpose)
    asking = replace(by, purpose=purpose)
    read = [(row.shown_to_guardians, True) for one in found.elsewhere for row in one.answers]
    what = queries.KEPT if kept_from_guardians(read) else "mood.choice"
    for rule, opens in sorted({(one.decision.rule_id, one.decision.opens) for one in found.elsewhere}):
        outcome = Outcome.ALLOWED if opens else Outcome.REFUSED
        gate.log(asking, Action.READ, [child_id], what=what, rule=rule, outcome=outcome)


def _trace(by: Actor, asking: MoodAsking, what: str, event: str) -> None:
    gate.log(by, Action.WRITE, [asking.child_id], what=what, object_id=str(asking.pk))
    about = {"subject": asking.pk, "unit_id": asking.unit_id}
    record_event(by=by, kind=event, child_id=asking.child_id, effective_at=by.now, **about)
