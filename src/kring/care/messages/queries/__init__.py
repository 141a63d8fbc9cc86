"""Threads as the family, the unit that holds them and other units of its care provider meet them."""

from .addressees import Addressee, addressees, is_reached, other_guardians, receivers, to_begin
from .family import family_threads, unread_count
from .inbox import PAGE, Inbox, inbox
from .of_child import STRICTEST, ChildPage, Elsewhere, child_page
from .opened import Opened, messages_of, opened
from .reach import SEE, decision_on, hidden_threads, is_own, log, thread_or_404, threads_for
from .standing import TASK, answer_times

__all__ = [
    "Addressee",
    "ChildPage",
    "Elsewhere",
    "Inbox",
    "Opened",
    "PAGE",
    "SEE",
    "STRICTEST",
    "TASK",
    "addressees",
    "answer_times",
    "child_page",
    "decision_on",
    "family_threads",
    "hidden_threads",
    "inbox",
    "is_own",
    "is_reached",
    "log",
    "messages_of",
    "opened",
    "other_guardians",
    "receivers",
    "thread_or_404",
    "threads_for",
    "to_begin",
    "unread_count",
]
