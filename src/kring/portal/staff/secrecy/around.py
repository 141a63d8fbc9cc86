"""What every page about secrecy around one child has around it."""

from typing import Any

from kring.access.actors import Actor
from kring.children.models import Child
from kring.children.presenters import child_bar
from kring.portal.staff.side import side_links


def around(actor: Actor, child: Child, here: str = "child-access") -> dict[str, Any]:
    """The bar, the list of places and the child's key."""
    bar = child_bar(child, actor.today)
    return {"child_bar": bar, "side": side_links(actor, child.pk, here), "child_id": child.pk}
