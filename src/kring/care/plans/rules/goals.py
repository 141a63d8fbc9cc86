"""How a goal stands. Pure."""

from collections.abc import Collection

BEGUN = frozenset({"ongoing", "done"})


def goal_standing(judged: str, doing: Collection[str]) -> str:
    """How a goal is said to stand: as it was last judged; one that nobody has moved from «Inte börjat» is on
    the way as soon as something agreed for it has begun. What is stored stays as people judged it.

    `doing`: how the goal's activities stand, those that the reader sees and no others.
    """
    return "on_the_way" if judged == "not_started" and BEGUN & set(doing) else judged
