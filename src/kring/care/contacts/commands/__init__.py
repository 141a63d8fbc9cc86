"""Everything that is written about contacts and visits."""

from kring.access.refusals import EditConflict
from kring.care.contacts.rules import Refusal

from .appointing import appoint, change_contact, end_contact, give_mandate, set_deputy
from .booking import agree, book, cancel_appointment, choose_readers, move_appointment
from .close_people import add_close_person, change_close_person, remove_close_person
from .same_day import answer_same_day, request_same_day, withdraw_same_day

__all__ = [
    "EditConflict",
    "Refusal",
    "add_close_person",
    "agree",
    "answer_same_day",
    "appoint",
    "book",
    "cancel_appointment",
    "change_close_person",
    "change_contact",
    "choose_readers",
    "end_contact",
    "give_mandate",
    "move_appointment",
    "remove_close_person",
    "request_same_day",
    "set_deputy",
    "withdraw_same_day",
]
