"""Mandates, machines, the programme, the public, and what leaves as a notice."""

from .words import AGE_13, AGE_15, MASKED, NOTHING, Case, of, party, thing

OTHERS = (
    Case("a coordinator without a mandate", "read", False, NOTHING, {"kind": "coordinator"}, thing("plan")),
    Case(
        "a mandate that names it",
        "read",
        True,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "may_read": ["plan"]}},
        thing("plan"),
    ),
    Case(
        "a mandate that does not",
        "read",
        False,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "may_read": ["plan"]}},
    ),
    Case(
        "a mandate gives no relation",
        "read",
        False,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "may_read": ["plan"]}},
        thing("plan"),
        {"relation": False},
    ),
    Case(
        "a mandate that is over",
        "read",
        False,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "to": "2026-11-15", "may_read": ["plan"]}},
        thing("plan"),
    ),
    Case(
        "a mandate to summon",
        "summon",
        True,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "may_summon_sip": True}},
        thing("plan"),
    ),
    Case(
        "a mandate that does not say so",
        "summon",
        False,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01"}},
        thing("plan"),
    ),
    Case(
        "the named contact reads as staff",
        "read",
        True,
        NOTHING,
        {"kind": "named_contact"},
        thing("internal_note"),
    ),
    Case(
        "a machine in its scope", "read", True, NOTHING, {"kind": "machine", "scopes": ["record_entry.read"]}
    ),
    Case("out of scope", "read", False, NOTHING, {"kind": "machine", "scopes": ["plan.read"]}),
    Case(
        "after its last day",
        "read",
        False,
        NOTHING,
        {"kind": "machine", "scopes": ["record_entry.read"], "client_valid_to": "2026-11-15"},
    ),
    Case(
        "it makes no active choice",
        "read",
        False,
        NOTHING,
        {"kind": "machine", "party": "unit_b", "scopes": ["record_entry.read"]},
    ),
    *(
        Case(f"{kind}: never a child", "read", False, NOTHING, {"kind": kind}, thing(what))
        for kind in ("analyst", "process_leader", "steering_group", "council_contact")
        for what in ("record_entry", "plan", "child", "prem_answer")
    ),
    Case(
        "an administrator's list is masked",
        "list",
        MASKED,
        NOTHING,
        {"kind": "administrator"},
        thing("child"),
    ),
    Case(
        "another unit's is closed",
        "list",
        False,
        NOTHING,
        {"kind": "administrator", "party": "unit_b"},
        of("unit_a", "child"),
    ),
    Case("an administrator reads no content", "read", False, NOTHING, {"kind": "administrator"}),
    Case("a log reviewer reads no content", "read", False, NOTHING, {"kind": "log_reviewer"}),
    Case(
        "an indicator is everyone's when published",
        "read",
        True,
        NOTHING,
        {"kind": "public"},
        thing("indicator"),
    ),
    Case("not before", "read", False, NOTHING, {"kind": "public"}, thing("indicator", state="draft")),
    Case(
        "an analyst sees it before",
        "read",
        True,
        NOTHING,
        {"kind": "analyst"},
        thing("indicator", state="draft"),
    ),
    Case(
        "a small cell is hidden from all", "read", MASKED, NOTHING, {"kind": "analyst"}, thing("small_cell")
    ),
    Case(
        "pseudonymised rows: analysts", "read", True, NOTHING, {"kind": "analyst"}, thing("pseudonymised_row")
    ),
    Case(
        "pseudonymised rows: nobody else",
        "read",
        False,
        NOTHING,
        {"kind": "process_leader"},
        thing("pseudonymised_row"),
    ),
    Case(
        "rows that name a child: nobody",
        "read",
        False,
        NOTHING,
        {"kind": "analyst"},
        thing("pseudonymised_row", identifiable=True),
    ),
    Case(
        "council members: their contact",
        "read",
        True,
        NOTHING,
        {"kind": "council_contact"},
        thing("council_member"),
    ),
    Case(
        "council members: nobody else",
        "read",
        False,
        NOTHING,
        {"kind": "steering_group"},
        thing("council_member"),
    ),
    # Notices
    Case(
        "a neutral notice to a guardian",
        "send_notification",
        True,
        NOTHING,
        {},
        thing("notification", to="guardian_a"),
    ),
    Case(
        "a weak login sends nothing",
        "send_notification",
        False,
        NOTHING,
        party("unit_a", strong_auth=False),
        thing("notification", to="guardian_a"),
    ),
    Case(
        "words that tell",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", content="revealing"),
    ),
    Case(
        "a place in it",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", names_place=True),
    ),
    Case(
        "to a guardian of a 13-year-old",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", about="mood_answer"),
        AGE_13,
    ),
    Case(
        "to a blocked guardian",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a"),
        {"guardians": {"guardian_a": {"blocked_from": "2026-11-01"}}},
    ),
    Case(
        "about a concern report",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", about="concern_report"),
    ),
    Case(
        "about what is not for guardians",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", about="plan_item", visibility="not_guardian"),
    ),
    Case(
        "to a young person", "send_notification", True, NOTHING, {}, thing("notification", to="child"), AGE_15
    ),
    *(
        Case(
            f"an administrator never searches by {term}",
            "search",
            False,
            NOTHING,
            {"kind": "administrator"},
            thing("child"),
            {"search_by": term},
        )
        for term in ("religion", "received_social_services", "diagnosis")
    ),
    Case(
        "nor does the name open more than a list",
        "search",
        MASKED,
        NOTHING,
        {"kind": "administrator"},
        thing("child"),
    ),
    *(
        Case(
            f"nothing is sent to {who}",
            "send_notification",
            False,
            NOTHING,
            {},
            thing("notification", to=who),
        )
        for who in ("step_parent", "foster_parent", "other_child", "public", None)
    ),
    Case(
        "nor about what is never read",
        "send_notification",
        False,
        NOTHING,
        {},
        thing("notification", to="guardian_a", about="access_log"),
    ),
    Case(
        "a notice to a unit", "send_notification", True, NOTHING, {}, thing("notification", to="school_staff")
    ),
    Case(
        "another provider's log",
        "see_access_log",
        False,
        NOTHING,
        {"kind": "log_reviewer", "party": "private_svod"},
        thing("access_log"),
    ),
    Case(
        "a card of another provider's staff",
        "read",
        False,
        NOTHING,
        party("private_svod"),
        thing("staff_card"),
    ),
    Case("no assignment at all", "read", False, NOTHING, party("unit_a", assignment=None)),
    Case(
        "an assignment that never began", "read", False, NOTHING, party("unit_a", assignment={"from": None})
    ),
    Case(
        "a mandate to read is none to write",
        "write",
        False,
        NOTHING,
        {"kind": "coordinator", "mandate": {"from": "2026-01-01", "may_read": ["plan"]}},
        thing("plan"),
    ),
)
