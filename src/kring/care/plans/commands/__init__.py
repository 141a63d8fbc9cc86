"""Everything that is written about plans. Each is one transaction: check, change, event, log row and next
step.
"""

from kring.access.refusals import EditConflict
from kring.care.plans.rules import Refusal

from .across import answer_across, stop_across
from .consents import record_consent, withdraw_consent
from .contributions import (
    contribute_activity,
    contribute_goal,
    contribute_need,
    edit_activity,
    edit_goal,
    edit_need,
    remove_activity,
    remove_goal,
    remove_need,
    set_activity_status,
)
from .evaluating import evaluate_plan
from .meetings import attend, end_meeting, judge_meeting, start_meeting, write_meeting
from .outcome import acknowledge, close_plan, establish_plan, hold_follow_up, move_follow_up, publish_version
from .parties import join_party, leave_party, name_contact, state_nothing_now
from .preparations import prepare_meeting, send_preparation
from .readers import change_readers
from .starting import accept_request, decline_plan, describe_plan, request_plan, start_plan
from .summonses import answer_summons, cancel_summons, draft_summons, edit_summons, move_summons, send_summons
from .times import answer_times, ask_times, pick_time, withdraw_times

__all__ = [
    "EditConflict",
    "Refusal",
    "accept_request",
    "acknowledge",
    "answer_across",
    "answer_summons",
    "answer_times",
    "ask_times",
    "attend",
    "cancel_summons",
    "change_readers",
    "close_plan",
    "contribute_activity",
    "contribute_goal",
    "contribute_need",
    "decline_plan",
    "describe_plan",
    "draft_summons",
    "edit_activity",
    "edit_goal",
    "edit_need",
    "edit_summons",
    "end_meeting",
    "establish_plan",
    "evaluate_plan",
    "hold_follow_up",
    "join_party",
    "judge_meeting",
    "leave_party",
    "move_follow_up",
    "move_summons",
    "name_contact",
    "pick_time",
    "prepare_meeting",
    "publish_version",
    "record_consent",
    "remove_activity",
    "remove_goal",
    "remove_need",
    "request_plan",
    "send_preparation",
    "send_summons",
    "set_activity_status",
    "start_meeting",
    "start_plan",
    "state_nothing_now",
    "stop_across",
    "withdraw_consent",
    "withdraw_times",
    "write_meeting",
]
