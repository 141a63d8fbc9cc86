"""The record's pages put together."""

from typing import Any

from kring.access.actors import Actor
from kring.care.record.queries import PAGE, OneEntry, RecordPage, Wanted
from kring.children.models import Child
from kring.children.presenters import child_bar
from kring.portal.staff.child.queries import number_of
from kring.portal.staff.secrecy.presenters import banner
from kring.portal.staff.side import side_links
from kring.secrecy.queries.emergencies import opened_now

from . import presenters
from .filters import query_of


def record_context(
    actor: Actor, found: RecordPage, wanted: Wanted, choices: dict[str, str]
) -> dict[str, Any]:
    """Everything the list's template reads."""
    return _around(actor, found.child) | {
        "rows": presenters.rows(found),
        "count": presenters.count(found, PAGE),
        "notices": presenters.notices(found.hidden, found.child.pk),
        "chosen": presenters.chosen(choices),
        "banner": banner(opened_now(actor, found.child.pk), found.child.pk),
        "emergency_href": presenters.emergency_href(actor, found),
        "kinds": presenters.kinds(found, wanted.kind),
        "sources": presenters.sources(found, wanted.source),
        "wanted": wanted,
        "previous": query_of(wanted, page=found.page - 1) if found.page > 1 else "",
        "next": query_of(wanted, page=found.page + 1) if found.page < found.pages else "",
    }


def entry_context(actor: Actor, found: OneEntry) -> dict[str, Any]:
    """Everything the entry's template reads."""
    older = found.version.number != found.current
    return _around(actor, found.child) | {
        "title": found.event.title,
        "banner": banner(opened_now(actor, found.child.pk), found.child.pk),
        "facts": presenters.facts(found),
        "fields": presenters.content(found),
        "versions": presenters.versions(found),
        "withheld": presenters.withheld(found),
        "around": presenters.around(found),
        "older": found.version.number if older else None,
        "text_query": f"?version={found.version.number}" if older else "",
        "may_export": found.may_export,
        "event_id": found.event.pk,
    }


def choice_context(actor: Actor, child: Child, reach: str, form: Any) -> dict[str, Any]:
    """Everything the active choice's template reads."""
    return _around(actor, child) | {"form": form, "reach": reach}


def _around(actor: Actor, child: Child) -> dict[str, Any]:
    return {
        "child_bar": child_bar(child, actor.today, number=number_of(child)),
        "side": side_links(actor, child.pk, "child-record"),
        "child_id": child.pk,
    }
