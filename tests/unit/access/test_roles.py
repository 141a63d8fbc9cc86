"""Permissions and roles: tables that a nurse can read, and what no role may hold."""

import pytest

from kring.access.permissions import INFORMATION, InformationType, Permission
from kring.access.roles import ROLES, Role

WITHOUT_CHILDREN = ("process_leader", "steering_group", "analyst", "administrator", "log_reviewer")
ABOUT_CHILDREN = {
    Permission.SEE_WORKLIST,
    Permission.SEE_UNIT_LIST,
    Permission.SEARCH_CHILD,
    Permission.REGISTER_CHILD,
    Permission.SEE_CHILD,
    Permission.SEE_RECORD,
    Permission.SEE_PLAN,
    Permission.SEE_APPOINTMENTS,
    Permission.SEE_ACCESS_MATRIX,
    Permission.REVEAL_PROTECTED_FIELD,
}
each_role = pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)


def holders(permission: Permission) -> set[str]:
    return {key for key, role in ROLES.items() if permission in role.permissions}


@each_role
def test_a_role_is_told_in_words(role: Role) -> None:
    assert role.title[0].isupper()
    assert role.sentence.endswith(".")
    assert len(role.sentence) <= 110


@each_role
def test_everybody_may_log_in_and_out(role: Role) -> None:
    assert Permission.USE_SYSTEM in role.permissions


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_told_in_words_and_somebody_holds_it(permission: Permission) -> None:
    assert permission.sentence.endswith(".")
    assert Permission(permission.value) is permission
    assert holders(permission)


def test_the_roles_of_the_house() -> None:
    assert set(ROLES) == {
        "coordinator", "school_nurse", "principal_teacher", "physician", "psychologist", "speech_therapist",
        "nurse_bvc", "dental", "social_worker", "lss_worker", "unit_head", "receptionist", "process_leader",
        "steering_group", "analyst", "administrator", "log_reviewer", "unlock_officer", "guardian", "child",
        "machine",
    }  # fmt: skip


@pytest.mark.parametrize("key", WITHOUT_CHILDREN)
def test_administration_and_programme_work_meet_no_child(key: str) -> None:
    assert not ROLES[key].meets_children
    assert not ROLES[key].permissions & ABOUT_CHILDREN


@pytest.mark.parametrize("key", sorted(set(ROLES) - set(WITHOUT_CHILDREN)))
def test_who_meets_children_has_a_profile_for_it(key: str) -> None:
    assert ROLES[key].meets_children


@pytest.mark.parametrize("key", ["principal_teacher", "social_worker", "receptionist"])
def test_nobody_outside_care_reads_the_record_by_profile(key: str) -> None:
    assert InformationType.RECORD not in ROLES[key].covers
    assert Permission.SEE_RECORD not in ROLES[key].permissions


@pytest.mark.parametrize("key", ["guardian", "child"])
def test_the_family_reads_its_own_record_by_another_door_than_staff(key: str) -> None:
    assert Permission.SEE_OWN_RECORD in ROLES[key].permissions
    assert Permission.SEE_RECORD not in ROLES[key].permissions


def test_a_guardian_can_neither_block_nor_lift() -> None:
    assert (
        not {Permission.SET_BLOCK, Permission.DOCUMENT_BLOCK, Permission.LIFT_BLOCK}
        & ROLES["guardian"].permissions
    )


TREATING = {
    "physician",
    "psychologist",
    "speech_therapist",
    "nurse_bvc",
    "school_nurse",
    "unit_head",
    "coordinator",
}
IN_CARE = TREATING | {"dental"}
MUNICIPAL = {"principal_teacher", "social_worker", "lss_worker"}
PARTIES = IN_CARE | MUNICIPAL
FAMILY = {"guardian", "child"}
HELD_BY = {
    Permission.USE_SYSTEM: set(ROLES),
    Permission.SEE_WORKLIST: PARTIES,
    Permission.SEE_UNIT_LIST: {"receptionist"},
    Permission.ASSIGN_TASKS: TREATING | MUNICIPAL,
    Permission.SEARCH_CHILD: PARTIES | {"receptionist", "unlock_officer"},
    Permission.REGISTER_CHILD: IN_CARE,
    Permission.SEE_CHILD: PARTIES | {"unlock_officer", "machine"},
    Permission.SEE_RECORD: IN_CARE | {"lss_worker", "machine", "unlock_officer"},
    Permission.SEE_APPOINTMENTS: PARTIES | FAMILY | {"receptionist", "machine"},
    Permission.REQUEST_SAME_DAY: IN_CARE | {"guardian"},
    Permission.BOOK_APPOINTMENT: PARTIES | {"receptionist"},
    Permission.SEE_ACCESS_MATRIX: PARTIES | FAMILY,
    Permission.SEE_CLOSE_PEOPLE: PARTIES | {"guardian"},
    Permission.WRITE_CLOSE_PEOPLE: PARTIES | {"guardian"},
    Permission.REVEAL_PROTECTED_FIELD: IN_CARE,
    Permission.SEE_PLAN: PARTIES | FAMILY | {"machine"},
    Permission.REQUEST_PLAN: PARTIES | FAMILY,
    Permission.START_PLAN: TREATING | MUNICIPAL,
    Permission.EDIT_PLAN: PARTIES,
    Permission.ESTABLISH_PLAN: TREATING | MUNICIPAL,
    Permission.RECORD_CONSENT: PARTIES,
    Permission.SUMMON: TREATING | MUNICIPAL,
    Permission.ANSWER_SUMMONS: PARTIES,
    Permission.HOLD_MEETING: PARTIES,
    Permission.FOLLOW_UP_PLAN: PARTIES,
    Permission.CLOSE_PLAN: TREATING | MUNICIPAL,
    Permission.ACKNOWLEDGE_PLAN: FAMILY,
    Permission.WRITE_FAMILY_PART: FAMILY,
    Permission.ANSWER_AS_FAMILY: FAMILY,
    Permission.APPOINT_CARE_CONTACT: {"coordinator", "unit_head"},
    Permission.SEE_OWN_FAMILY: {"guardian"},
    Permission.SEE_OWN_PAGES: {"child"},
    Permission.SEE_OWN_RECORD: FAMILY,
    Permission.SHARE_WITH_GUARDIAN: {"child"},
    Permission.PREPARE_MEETING: {"child"},
    Permission.SET_LOOK: PARTIES | FAMILY,
    Permission.ANSWER_MOOD: {"child"},
    Permission.SEE_MOOD: IN_CARE | {"guardian"},
    Permission.ASK_MOOD: IN_CARE,
    Permission.SEE_MESSAGES: PARTIES | FAMILY,
    Permission.WRITE_MESSAGE: FAMILY,
    Permission.ANSWER_MESSAGES: PARTIES,
    Permission.SET_ANSWER_TIME: {"unit_head"},
    Permission.DECIDE_GUARDIAN_ACCESS: {"unit_head"},
    Permission.ASSESS_MATURITY: IN_CARE,
    Permission.SET_BLOCK: {"child"},
    Permission.DOCUMENT_BLOCK: IN_CARE,
    Permission.HANDLE_CONCERN: {"social_worker"},
    Permission.RECORD_PLACEMENT: {"social_worker"},
    Permission.REQUEST_LIFT: IN_CARE,
    Permission.OPEN_EMERGENCY: IN_CARE | {"unlock_officer"},
    Permission.REPORT_CONCERN: PARTIES,
    Permission.MANAGE_PROTECTED_GROUP: {"unit_head"},
    Permission.LIFT_BLOCK: {"unlock_officer"},
    Permission.IMPORT_RECORDS: {"administrator", "machine"},
    Permission.SEE_JOBS: {"administrator", "analyst"},
    Permission.SEE_NOTICES: PARTIES | FAMILY | {"receptionist"},
    Permission.SEE_OUTBOX: {"administrator"},
    Permission.ADMINISTER_ORGANISATION: {"administrator"},
    Permission.REVIEW_LOG: {"log_reviewer"},
    Permission.SEE_FOLLOW_UP: {"process_leader", "steering_group", "analyst"},
    Permission.MAKE_FIGURES: {"analyst"},
    Permission.WRITE_REPORT: {"analyst"},
    Permission.PUBLISH_REPORT: {"steering_group", "analyst"},
    Permission.DECIDE_LIMITS: {"process_leader", "analyst"},
    Permission.SET_TARGET: {"steering_group"},
}
"""The same matrix read the other way, written by hand: giving or taking a permission must be done twice."""


@pytest.mark.parametrize("permission", Permission)
def test_who_holds_each_permission(permission: Permission) -> None:
    assert holders(permission) == HELD_BY[permission]


EVERY_KIND = set(InformationType)
WITHOUT_RECORD = EVERY_KIND - {InformationType.RECORD, InformationType.MOOD_ANSWER}
PROFILES = {
    **dict.fromkeys(IN_CARE | {"lss_worker", "unlock_officer", "machine"}, EVERY_KIND),
    **dict.fromkeys(FAMILY, EVERY_KIND),
    **dict.fromkeys({"principal_teacher", "social_worker"}, WITHOUT_RECORD),
    "receptionist": {InformationType.APPOINTMENT, InformationType.CONTACT_DETAILS},
}


@each_role
def test_which_information_each_role_meets(role: Role) -> None:
    assert role.covers == PROFILES.get(role.key, set())


@each_role
def test_the_profile_covers_what_the_role_does(role: Role) -> None:
    met = {INFORMATION[permission] for permission in role.permissions if permission in INFORMATION}
    assert met <= role.covers


def test_what_an_act_meets() -> None:
    assert INFORMATION[Permission.SEE_RECORD] is InformationType.RECORD
    assert INFORMATION[Permission.EDIT_PLAN] is InformationType.PLAN
    assert INFORMATION[Permission.SEE_APPOINTMENTS] is InformationType.APPOINTMENT
    assert Permission.SEE_CHILD not in INFORMATION
