"""The child's pages as ready strings and pictures. No questions to the database, no clock."""

from .after import after_page, good_to_know, visit_strip
from .look import Look, look_page, other_look_page
from .mood import check_page, mood_choices, mood_step, thanks_page
from .people import adults, ways_to_talk
from .plan import plan_page, plan_parts
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
from .screens import at_part, screen
from .when import Picked, first_coming, home_cards, said, say_cards

__all__ = [
    "Look",
    "Picked",
    "adults",
    "after_page",
    "answers",
    "at_part",
    "check_page",
    "conflict_page",
    "first_coming",
    "good_to_know",
    "home_cards",
    "invited",
    "mood_choices",
    "mood_step",
    "look_page",
    "meetings_page",
    "on_paper",
    "other_look_page",
    "plan_page",
    "plan_parts",
    "prepare_href",
    "said",
    "say_cards",
    "screen",
    "step_page",
    "thanks_page",
    "told_when",
    "told_who",
    "visit_strip",
    "ways_to_talk",
]
