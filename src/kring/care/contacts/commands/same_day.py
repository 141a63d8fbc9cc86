"""«Samla på samma dag»: asking units to move visits to one day, and their answers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.contacts import queries
from kring.care.contacts.models import Appointment, SameDayRequest, SameDayVisit
from kring.care.contacts.rules import Refusal
from kring.notifications.commands import take_back, tell
from kring.organisations.queries import works_at
from kring.timeline import limits
from kring.timeline.commands import close_tasks, open_task, record_event

from .booking import COMING, move_appointment, who_sees

State = SameDayRequest.State


@transaction.atomic
def request_same_day(
    *, by: Actor, child_id: UUID, on: date, appointment_ids: Iterable[UUID], message: str = ""
) -> SameDayRequest:
    """Ask the units to move these visits to one day: staff or family. Each unit gets the question in its
    worklist.

    Raises:
        Refusal: day_passed, too_few_visits, already_asked.
    """
    gate.child_or_404(by, Permission.REQUEST_SAME_DAY, child_id, what="same_day.request")
    if on <= by.today:
        raise Refusal("day_passed")
    visits = _visits(by, child_id, appointment_ids)
    request = SameDayRequest.objects.create(
        child_id=child_id, unit_id=by.unit_id or visits[0].unit_id, on=on, message=message.strip(),
        asked_by_id=by.person_id, asked_at=by.now,
    )  # fmt: skip
    # A visit that already is on the day, at the asking unit or not, has nothing to answer.
    rows = [_row(by, request, visit) for visit in visits]
    SameDayVisit.objects.bulk_create(rows)
    for unit_id in sorted({visit.unit_id for visit, row in zip(visits, rows, strict=True) if not row.answer}):
        _ask(by, request, unit_id)
    _trace(by, request, "same_day.request", event="same_day_requested")
    if by.is_staff:
        _tell(by, request, "same_day_asked", family=True, only=who_sees(by, visits))
    return request


def _visits(by: Actor, child_id: UUID, appointment_ids: Iterable[UUID]) -> list[Appointment]:
    seen = queries.visible_appointments(by).filter(child_id=child_id, pk__in=list(appointment_ids))
    visits = list(seen.filter(status__in=COMING, starts_at__gt=by.now).order_by("starts_at", "pk"))
    if len({visit.unit_id for visit in visits}) < 2:
        raise Refusal("too_few_visits")
    if SameDayVisit.objects.filter(appointment__in=visits, request__state=State.ASKED).exists():
        raise Refusal("already_asked")
    return visits


def _row(by: Actor, request: SameDayRequest, visit: Appointment) -> SameDayVisit:
    if clock.day_of(visit.starts_at) == request.on:
        return SameDayVisit(request=request, appointment=visit, answer="yes", answered_at=by.now)
    return SameDayVisit(request=request, appointment=visit)


def _ask(by: Actor, request: SameDayRequest, unit_id: UUID) -> None:
    due = min(limits.due_on("summons_answer_7", by.today), request.on)
    about = {"child_id": request.child_id, "subject": request.pk, "unit_id": unit_id}
    task = open_task(by=by, kind="same_day_answer", due_on=due, **about)
    _tell(by, request, "same_day_asked", units={unit_id: task.assignee_id})


def _tell(by: Actor, request: SameDayRequest, act: str, **whom: Any) -> None:
    tell(by=by, act=act, child_id=request.child_id, about=request.pk, **whom)


def _trace(by: Actor, request: SameDayRequest, what: str, event: str) -> None:
    gate.log(by, Action.WRITE, [request.child_id], what=what, object_id=str(request.pk))
    about = {
        "subject": request.pk,
        "unit_id": by.unit_id or request.unit_id,
        "data": {"state": request.state},
    }
    record_event(by=by, kind=event, child_id=request.child_id, effective_at=by.now, **about)


@transaction.atomic
def answer_same_day(
    *,
    by: Actor,
    visit_id: int,
    answer: str,
    reason: str = "",
    starts_at: datetime | None = None,
    seen: int | None = None,
) -> SameDayRequest:
    """Answer for one visit of the own unit: yes with the new time, or no with a reason. One no ends the
    question. `seen`: the visit's revision as the answerer saw it.

    Raises:
        Refusal: answer_missing, reason_missing, time_missing, not_open, not_your_visit, visit_over,
            already_answered.
        EditConflict: the visit has been changed since it was shown.
    """
    visit = SameDayVisit.objects.select_related("appointment").filter(pk=visit_id).first()
    request = _request(by, visit.request_id if visit else UUID(int=0), "same_day.answer")
    if visit is None or visit.appointment.unit_id != by.unit_id:
        raise Refusal("not_your_visit", request.child_id)
    if visit.answer:
        raise Refusal("already_answered")
    _check_answer(request, answer, reason, starts_at)
    if answer == "yes":
        seen = visit.appointment.revision if seen is None else seen
        move_appointment(by=by, appointment_id=visit.appointment_id, seen=seen, starts_at=starts_at)
    visit.answer, visit.reason, visit.answered_at = answer, reason.strip()[:200], by.now
    visit.save(update_fields=["answer", "reason", "answered_at"])
    _settle(by, request)
    _trace(by, request, "same_day.answer", event="same_day_answered")
    _tell_asker(by, request)
    return request


def _tell_asker(by: Actor, request: SameDayRequest) -> None:
    """Whoever asked: a colleague at a unit, or the family."""
    if works_at(request.asked_by_id, request.unit_id, by.today):
        _tell(by, request, "same_day_answered", units={request.unit_id: request.asked_by_id})
    else:
        asked = [one.appointment for one in request.visits.select_related("appointment__child")]
        _tell(by, request, "same_day_answered", family=True, only=who_sees(by, asked))


def _request(by: Actor, request_id: UUID, what: str) -> SameDayRequest:
    permission = Permission.BOOK_APPOINTMENT if by.is_staff else Permission.REQUEST_SAME_DAY
    found = queries.same_day_or_404(by, request_id, what=what, permission=permission)
    request = SameDayRequest.objects.select_for_update().get(pk=found.pk)
    if request.state != State.ASKED:
        raise Refusal("not_open")
    return request


def _check_answer(request: SameDayRequest, answer: str, reason: str, starts_at: datetime | None) -> None:
    if answer not in ("yes", "no"):
        raise Refusal("answer_missing")
    if answer == "no" and not reason.strip():
        raise Refusal("reason_missing")
    if answer == "yes" and (starts_at is None or clock.day_of(starts_at) != request.on):
        raise Refusal("time_missing")


def _settle(by: Actor, request: SameDayRequest) -> None:
    answers = list(SameDayVisit.objects.filter(request=request).values_list("answer", "appointment__unit_id"))
    waiting = {unit_id for answer, unit_id in answers if not answer}
    if any(answer == "no" for answer, _ in answers):
        _end(by, request, "declined")
    elif not waiting:
        _end(by, request, "agreed")
    elif by.unit_id not in waiting:
        close_tasks(by=by, subject=request.pk, unit_ids=[by.unit_id] if by.unit_id else [])


def _end(by: Actor, request: SameDayRequest, state: str) -> None:
    request.state = state
    request.save(update_fields=["state"])
    close_tasks(by=by, subject=request.pk, result=state)


@transaction.atomic
def withdraw_same_day(*, by: Actor, request_id: UUID) -> SameDayRequest:
    """Take the question back: whoever asked, or a colleague at the unit that did.

    Raises:
        Refusal: not_open, not_your_visit.
    """
    request = _request(by, request_id, "same_day.withdraw")
    if not queries.may_withdraw(by, request):
        raise Refusal("not_your_visit", request.child_id)
    _end(by, request, "withdrawn")
    take_back(by=by, act="same_day_asked", abouts=[request.pk])
    _trace(by, request, "same_day.withdraw", event="same_day_withdrawn")
    return request
