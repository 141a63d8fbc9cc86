"""The plan's tables."""

from .content import Activity, Goal, Need
from .meetings import (
    Attendance,
    Invitation,
    Meeting,
    Preparation,
    ProposedTime,
    Summons,
    TakesPart,
    TimeAnswer,
    TookPart,
)
from .outcome import Closure, Evaluation, FollowUp, GoalReview, PlannedFollowUp
from .plan import Acknowledgement, Plan, PlanParty, PlanVersion, ReceivedCopy

__all__ = [
    "Acknowledgement",
    "Activity",
    "Attendance",
    "Closure",
    "Evaluation",
    "FollowUp",
    "Goal",
    "GoalReview",
    "Invitation",
    "Meeting",
    "Need",
    "Plan",
    "PlanParty",
    "PlanVersion",
    "PlannedFollowUp",
    "Preparation",
    "ProposedTime",
    "ReceivedCopy",
    "Summons",
    "TakesPart",
    "TimeAnswer",
    "TookPart",
]
