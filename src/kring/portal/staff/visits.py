"""Visits as ready strings: the next one, and the strip of thirteen weeks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring import clock
from kring.access.actors import Actor
from kring.care.contacts.queries import Appointment, Strip
from kring.care.plans.queries.overview import Summons
from kring.design import days


@dataclass(frozen=True)
class Next:
    """What comes next, for `parts.next_card`."""

    at: datetime
    when: str
    what: str
    who: str

    @property
    def iso(self) -> str:
        return self.at.isoformat()


@dataclass(frozen=True)
class StripTable:
    """The strip for `parts.weeks`, with the sentence that says what it shows."""

    heads: list[str]
    rows: list[dict[str, Any]]
    summary: str


def next_of(found: Strip | None, meeting: Summons | None, actor: Actor) -> Next | None:
    """The first of the next visit and the next meeting, with how far away it is."""
    coming = [_visit(one, actor) for one in found.appointments.values()] if found else []
    coming += [_meeting(meeting, actor)] if meeting and meeting.starts_at else []
    return min((one for one in coming if one.at >= actor.now), key=lambda one: one.at, default=None)


def _visit(one: Appointment, actor: Actor) -> Next:
    return Next(one.starts_at, _when(one.starts_at, actor), one.what or _("Bokat besök"), _where(one))


def _meeting(one: Summons, actor: Actor) -> Next:
    return Next(one.starts_at, _when(one.starts_at, actor), _("SIP-möte"), one.place)


def _when(moment: datetime, actor: Actor) -> str:
    near = days.distance(clock.day_of(moment), actor.today)
    when = days.day_and_time(moment)
    return f"{when} ({near.lower()})" if near else when


def _where(one: Appointment) -> str:
    return f"{one.with_whom}, {one.unit.name}" if one.with_whom else one.unit.name


def strip(found: Strip) -> StripTable | None:
    """The table of weeks by unit; None when nothing is booked."""
    if not found.rows:
        return None
    heads = [_("v. %(n)s") % {"n": monday.isocalendar().week} for monday in found.mondays]
    rows = [{"label": row.unit.name, "cells": [_cell(week) for week in row.weeks]} for row in found.rows]
    return StripTable(heads, rows, summary(found))


def _cell(week: tuple[Appointment, ...]) -> tuple[int, str]:
    return len(week), ngettext("%(n)s besök", "%(n)s besök", len(week)) % {"n": len(week)} if week else ""


def summary(found: Strip) -> str:
    """«7 besök hos 4 enheter de närmaste 13 veckorna. 3 besök samma vecka kan samordnas.»"""
    numbers = {"visits": found.visits, "units": found.units, "weeks": len(found.mondays)}
    booked = (
        ngettext(
            "%(visits)s besök hos en enhet de närmaste %(weeks)s veckorna.",
            "%(visits)s besök hos %(units)s enheter de närmaste %(weeks)s veckorna.",
            found.units,
        )
        % numbers
    )
    if not found.gatherings:
        return booked
    most = max(len(one.visits) for one in found.gatherings)
    return booked + " " + _("%(n)s besök samma vecka kan samordnas.") % {"n": most}
