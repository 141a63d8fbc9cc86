"""The child's pages as ready strings and pictures. No questions to the database, no clock."""

from .after import after_page, good_to_know
from .people import adults, ways_to_talk
from .plan import plan_page
from .preparing import (
    answers,
    conflict_page,
    invited,
    meetings_page,
    on_paper,
    prepare_href,
    step_page,
    told_when,
    told_who,
)
from .when import Picked, first_coming, home_cards

__all__ = [
    "Picked",
    "adults",
    "after_page",
    "answers",
    "conflict_page",
    "first_coming",
    "good_to_know",
    "home_cards",
    "invited",
    "meetings_page",
    "on_paper",
    "plan_page",
    "prepare_href",
    "step_page",
    "told_when",
    "told_who",
    "ways_to_talk",
]
