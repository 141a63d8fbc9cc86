"""The plan's tables."""

from .content import Activity, Goal, Need
from .meetings import Attendance, Invitation, Meeting, Preparation, Summons
from .outcome import Closure, FollowUp, GoalReview
from .plan import Acknowledgement, Plan, PlanParty, PlanVersion

__all__ = [
    "Acknowledgement",
    "Activity",
    "Attendance",
    "Closure",
    "FollowUp",
    "Goal",
    "GoalReview",
    "Invitation",
    "Meeting",
    "Need",
    "Plan",
    "PlanParty",
    "PlanVersion",
    "Preparation",
    "Summons",
]
