"""A guardian's own earlier yes to sharing across care providers, where age has closed the child's pages."""

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.consents import answer_of, in_order
from kring.access.permissions import Permission
from kring.access.policy.family import GUARDIAN_OLDER
from kring.children.models import Consent


def yes_behind_age(actor: Actor) -> list[Consent]:
    """The guardian's latest answers that are a yes in force, of each child in its custody today that nothing
    but age has closed to it: of a child closed for any other reason nothing is told.
    """
    mine = facts.custodies(actor).filter(guardian_id=actor.guardian_id)
    across = Consent.objects.filter(
        purpose=Consent.Purpose.ACROSS_PROVIDERS,
        guardian_id=actor.guardian_id,
        child__in=mine.values("child"),
    )
    rows = across.select_related("child").prefetch_related("scopes__unit")
    latest = {row.child_id: row for row in in_order(rows)}
    standing = [row for row in latest.values() if answer_of(row).holds(actor.today)]
    return [row for row in standing if _closed_by_age(row, actor)]


def _closed_by_age(row: Consent, actor: Actor) -> bool:
    # Who is around a child is shared with nobody from 13 on, so this rule is age and nothing else.
    asked = gate.explain(actor, Permission.SEE_ACCESS_MATRIX, row.child_id)
    return asked.rule_id == GUARDIAN_OLDER.id
