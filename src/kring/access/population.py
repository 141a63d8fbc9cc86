"""The one declared reader of everybody: quality follow-up that counts all children and looks at none.

No page shows what comes from here. Whoever asks holds `MAKE_FIGURES`, a role that never meets a child, and
the whole reading is one row in the access log, with its rule and how many children it was about.
"""

from django.db.models import QuerySet

from kring.audit.models import Action
from kring.children.models import Child

from . import gate
from .actors import Actor
from .permissions import Permission

WHAT = "follow_up.extract"
ROWS_WITHOUT_NAMES = "programme.rows"


def everybody(actor: Actor) -> "QuerySet[Child]":
    """Every child, for rows without names; nobody for whoever does not make figures."""
    if not actor.may(Permission.MAKE_FIGURES):
        return Child.objects.none()
    return Child.objects.all()


def log_extract(actor: Actor, *, version: str, children: int) -> None:
    """One row that says what was done: rows about so many children, without names, taken out."""
    more = {"rule": ROWS_WITHOUT_NAMES, "object_id": version, "reason": f"{children} barn, utan namn"}
    gate.log(actor, Action.EXPORT, [None], what=WHAT, **more)
