"""Everything that is read about contacts and visits, and the rows it comes in."""

from kring.care.contacts.models import Appointment, CareContact, Mandate, SameDayRequest, SameDayVisit
from kring.care.contacts.rules import Gathering

from .close_people import (
    close_in_plan,
    close_people_of,
    close_person_or_404,
    is_over,
    shows_numbers,
    visible_close_people,
    wrote,
)
from .holders import (
    Card,
    cards_of,
    children_without_contact,
    contact_or_404,
    contacts_of,
    who_holds_together,
)
from .strips import Counts, Strip, StripRow, contact_counts, strip, strip_of
from .visits import (
    appointment_or_404,
    appointments_of,
    may_withdraw,
    next_appointment,
    same_day_or_404,
    same_day_requests,
    visible_appointments,
    visits_of_unit,
    wishes_of,
)

__all__ = [
    "Appointment",
    "Gathering",
    "SameDayRequest",
    "SameDayVisit",
    "Card",
    "CareContact",
    "Mandate",
    "Counts",
    "Strip",
    "StripRow",
    "appointment_or_404",
    "appointments_of",
    "cards_of",
    "children_without_contact",
    "close_in_plan",
    "close_people_of",
    "close_person_or_404",
    "contact_counts",
    "contact_or_404",
    "contacts_of",
    "is_over",
    "may_withdraw",
    "next_appointment",
    "same_day_or_404",
    "same_day_requests",
    "shows_numbers",
    "strip",
    "strip_of",
    "visible_appointments",
    "visible_close_people",
    "visits_of_unit",
    "who_holds_together",
    "wishes_of",
    "wrote",
]
