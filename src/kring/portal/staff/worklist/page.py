"""The worklist's page put together."""

from typing import Any

from kring.access.actors import Actor

from . import presenters
from .filters import Choice
from .queries import Page
from .saving import links


def page_context(actor: Actor, choice: Choice, page: Page, *, all_chosen: bool) -> dict[str, Any]:
    """Everything the template reads."""
    found = page.worklist
    return {
        "choice": choice,
        "found": found,
        "rows": [presenters.row(actor, row, page.contacts) for row in found.rows],
        "tabs": presenters.tabs(choice, found.views),
        "counters": presenters.counters(choice, found),
        "columns": presenters.columns(choice),
        "kinds": presenters.kinds(choice, found),
        "municipalities": presenters.municipalities(choice, found),
        "shown": presenters.shown(found),
        "updated": presenters.updated(actor),
        "empty_state": presenters.empty(choice, found) if not found.rows else None,
        "may_assign": presenters.may_assign(actor),
        "all_chosen": all_chosen,
        "saved": links(actor, page.saved),
        "previous": choice.query(page=found.page - 1) if found.page > 1 else "",
        "next": choice.query(page=found.page + 1) if found.page < found.pages else "",
    }
