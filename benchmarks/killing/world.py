"""`python -m benchmarks.killing.world CHILDREN`: fills the database and tells where to write."""

import json
import sys
from datetime import datetime, timedelta
from typing import Any

import django

CHANGEABLE = 60
"""Needs that stand in the plans from the beginning, each to be changed once."""


def fill(children: int) -> dict[str, Any]:
    from django.core.management import call_command

    from kring import clock
    from kring.demo import cast, stories
    from kring.demo import fill as demo
    from kring.organisations.commands import load_region

    call_command("migrate", verbosity=0)
    now = clock.now()
    if children:
        demo.fill(count=children, seed=1, now=now, told=lambda _done: None)
    else:
        load_region()
        cast.set_up(now)
        stories.tell(now)
    return _places(now)


def _places(now: datetime) -> dict[str, Any]:
    from kring import clock
    from kring.care.plans.models import Plan
    from kring.demo.stories import Teller

    teller = Teller(now)
    karin, plan = teller.at("karin", 0), Plan.objects.get(child__person__subject="alva")
    # A protected child's plan asks for a written reason first, and its answer is no acknowledgement.
    going = Plan.objects.filter(status__in=Plan.GOING, child__protection="none", started_at__isnull=False)
    karins = going.filter(unit_id=karin.unit_id)
    due = clock.day_of(now) + timedelta(days=30)
    return {
        "child": str(plan.child_id),
        "plan": str(plan.pk),
        "karins": [str(pk) for pk in karins.order_by("pk").values_list("pk", flat=True)],
        "units": {name: str(teller.at(name, 0).unit_id) for name in ("karin", "sara", "jonas", "lena")},
        "changeable": _changeable(karin, plan),
        "due": [str(due.year), str(due.month), str(due.day)],
    }


def _changeable(karin: Any, plan: Any) -> list[str]:
    from kring.care.plans import commands

    return [
        str(commands.contribute_need(by=karin, plan_id=plan.pk, area="home", text="Ska ändras").pk)
        for _ in range(CHANGEABLE)
    ]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
