"""The young's pages as ready strings. No questions to the database, no clock."""

from .ahead import Ahead, ahead
from .asking import AskingPage, ask_check, asking_page
from .blocks import BlocksPage, block_check, blocks_page, what
from .home import HomePage, home_page, turning_words
from .others import OthersPage, ShareCheck, others_page, share_check, share_done
from .telling import adult_care_parts, turning_page, welcome_cards

__all__ = [
    "Ahead",
    "AskingPage",
    "BlocksPage",
    "HomePage",
    "OthersPage",
    "ShareCheck",
    "adult_care_parts",
    "ahead",
    "ask_check",
    "asking_page",
    "block_check",
    "blocks_page",
    "home_page",
    "others_page",
    "share_check",
    "share_done",
    "turning_page",
    "turning_words",
    "welcome_cards",
    "what",
]
