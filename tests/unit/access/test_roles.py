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


@pytest.mark.parametrize("key", ["principal_teacher", "social_worker", "receptionist", "guardian", "child"])
def test_nobody_outside_care_reads_the_record_by_profile(key: str) -> None:
    assert InformationType.RECORD not in ROLES[key].covers
    assert Permission.SEE_RECORD not in ROLES[key].permissions


def test_reception_sees_bookings_and_contact_details_only() -> None:
    assert ROLES["receptionist"].covers == {InformationType.APPOINTMENT, InformationType.CONTACT_DETAILS}


@pytest.mark.parametrize(
    ("permission", "keys"),
    [
        (Permission.LIFT_BLOCK, {"unlock_officer"}),
        (Permission.REVIEW_LOG, {"log_reviewer"}),
        (Permission.ADMINISTER_ORGANISATION, {"administrator"}),
        (Permission.MANAGE_PROTECTED_GROUP, {"unit_head"}),
        (Permission.APPOINT_CARE_CONTACT, {"coordinator", "unit_head"}),
        (Permission.SEE_OWN_FAMILY, {"guardian"}),
        (Permission.SEE_OWN_PAGES, {"child"}),
        (Permission.PREPARE_MEETING, {"child"}),
    ],
)
def test_who_alone_holds(permission: Permission, keys: set[str]) -> None:
    assert holders(permission) == keys


@pytest.mark.parametrize("permission", [Permission.START_PLAN, Permission.SUMMON])
def test_every_principal_starts_and_summons_and_dental_care_does_not(permission: Permission) -> None:
    assert {"coordinator", "school_nurse", "principal_teacher", "social_worker", "lss_worker"} <= holders(
        permission
    )
    assert not {"dental", "guardian", "child", "receptionist", "machine"} & holders(permission)


def test_the_family_and_every_party_may_ask_for_a_plan() -> None:
    assert {"guardian", "child", "dental", "principal_teacher", "physician"} <= holders(
        Permission.REQUEST_PLAN
    )


@each_role
def test_the_profile_covers_what_the_role_does(role: Role) -> None:
    met = {INFORMATION[permission] for permission in role.permissions if permission in INFORMATION}
    assert met <= role.covers


def test_what_an_act_meets() -> None:
    assert INFORMATION[Permission.SEE_RECORD] is InformationType.RECORD
    assert INFORMATION[Permission.EDIT_PLAN] is InformationType.PLAN
    assert INFORMATION[Permission.SEE_APPOINTMENTS] is InformationType.APPOINTMENT
    assert Permission.SEE_CHILD not in INFORMATION
