"""What is written in, and the child's plans with it, in one transaction: both or nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.plans.jobs import follow_new_decider


@transaction.atomic
def carry_out(command: Callable[..., Any], *, by: Actor, child_id: UUID, **given: Any) -> None:
    """One of the commands that say who consents, and what follows in the child's plans. Raises as it does."""
    command(by=by, child_id=child_id, **given)
    follow_new_decider(child_id, by.now)
