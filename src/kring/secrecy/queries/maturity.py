"""How a child has been judged, and by whom."""

from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import MaturityAssessment


def assessments_of(actor: Actor, child_id: UUID) -> list[MaturityAssessment]:
    """Every assessment of a child, newest first. The page has logged the reading."""
    rows = MaturityAssessment.objects.select_related("unit", "assessed_by")
    about = gate.rows_for(actor, Permission.ASSESS_MATURITY, rows, child_id)
    return list(about.order_by("-assessed_at", "pk"))
