"""Everything that is written about messages. What is written, whose turn it is, the unit's task, the event
and the log row are one transaction.
"""

from .beginning import begin_thread
from .beginning_by_unit import begin_with_family
from .choosing import choose_actively
from .closing import close
from .promising import set_answer_time
from .reading import read
from .writing import write

__all__ = [
    "begin_thread",
    "begin_with_family",
    "choose_actively",
    "close",
    "read",
    "set_answer_time",
    "write",
]
