"""Pure decisions about a plan: no tables, no clock. Everything they need is handed to them."""

from kring.access.policy.answers import (
    Answer,
    Requirement,
    Standing,
    open_cells,
    required_signers,
    standing,
)

from .clocks import Reading, discharge_summons_3, follow_up_due, sip_meeting_21, sip_start_3
from .differences import Change, difference
from .goals import goal_standing
from .refusals import Refusal
from .statutory import Gap, PlanFacts, gaps
from .steps import Ball, State, Step, SummonsFacts, TimesFacts, meet_by, next_step, open_steps, running_clock
from .summons import SendFacts, may_send
from .times import may_propose, silent, who_can_when

__all__ = [
    "Answer",
    "Ball",
    "Change",
    "Gap",
    "PlanFacts",
    "Reading",
    "Refusal",
    "Requirement",
    "SendFacts",
    "Standing",
    "State",
    "Step",
    "SummonsFacts",
    "TimesFacts",
    "difference",
    "discharge_summons_3",
    "follow_up_due",
    "gaps",
    "goal_standing",
    "may_propose",
    "meet_by",
    "may_send",
    "next_step",
    "open_cells",
    "open_steps",
    "required_signers",
    "running_clock",
    "silent",
    "sip_meeting_21",
    "sip_start_3",
    "standing",
    "who_can_when",
]
