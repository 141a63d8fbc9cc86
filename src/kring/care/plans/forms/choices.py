"""The words of coded values, for what is stored as data in a version."""

from kring.care.plans.models import Activity, Goal, Need, Plan

LABELS = {
    "kind": dict(Plan.Kind.choices),
    "area": dict(Need.Area.choices),
    "term": dict(Goal.Term.choices),
    "goal_status": dict(Goal.Status.choices),
    "status": dict(Activity.Status.choices),
    "responsible": dict(Activity.Responsible.choices),
}
