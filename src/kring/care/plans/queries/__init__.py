"""Everything that is read about plans. `plan_or_404` is the door; the others start from a plan it has
given.
"""

from kring.access.consents import ConsentView, SignerRow, across_of, signer_of
from kring.care.plans.rules.own import is_own, says_how

from .answers import answers_about, opened_by
from .consents import (
    board_unit_of,
    consent_of,
    consents_of,
    judges_maturity,
    may_record,
    may_write_yes,
    own_answer,
)
from .content import (
    FollowUpRow,
    GoalRow,
    MeetingRow,
    PlanContent,
    SummonsRow,
    content_of,
    contents_of,
    snapshot_of,
)
from .deciding import waits_for_the_child, with_own_word
from .family import Todo, acknowledged_by, preparation_of, preparations_to_read, todo_of
from .kept import kept_or_404
from .meetings import meeting_or_404, meetings_of_unit, summons_or_404
from .own import closed_plans
from .reach import (
    own_plans,
    plan_in_reach,
    plan_or_404,
    plans_of,
    refusal,
    rule_for,
    visible_plans,
    whole_plans,
)
from .reviews import review_page_of, reviews_of
from .standing import clocks_of, next_step_of, state_of
from .times import asked_invitation_or_404, asked_of_unit, asked_or_404
from .versions import (
    changes_now,
    copies_of,
    copy_or_404,
    difference_of,
    version_content,
    version_or_404,
    versions_of,
)

__all__ = [
    "ConsentView",
    "FollowUpRow",
    "GoalRow",
    "MeetingRow",
    "PlanContent",
    "SignerRow",
    "SummonsRow",
    "Todo",
    "acknowledged_by",
    "across_of",
    "answers_about",
    "asked_invitation_or_404",
    "asked_of_unit",
    "asked_or_404",
    "clocks_of",
    "changes_now",
    "closed_plans",
    "consent_of",
    "consents_of",
    "content_of",
    "contents_of",
    "copies_of",
    "copy_or_404",
    "difference_of",
    "is_own",
    "judges_maturity",
    "kept_or_404",
    "may_record",
    "may_write_yes",
    "meeting_or_404",
    "meetings_of_unit",
    "next_step_of",
    "opened_by",
    "own_answer",
    "own_plans",
    "plan_in_reach",
    "plan_or_404",
    "plans_of",
    "preparation_of",
    "preparations_to_read",
    "refusal",
    "review_page_of",
    "reviews_of",
    "rule_for",
    "says_how",
    "snapshot_of",
    "state_of",
    "summons_or_404",
    "todo_of",
    "version_content",
    "version_or_404",
    "versions_of",
    "visible_plans",
    "waits_for_the_child",
    "whole_plans",
    "with_own_word",
    "board_unit_of",
    "signer_of",
]
