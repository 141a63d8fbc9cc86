"""The waits of the stepped process (ndd): which step starts each clock and which stops it."""

import pytest

from tests.spec.reading import check

GIVEN = """
    child
    child
    1

    step
    child | day        | case | process | kind
    1     | 2024-01-01 | 1    | ndd     | concern_raised
    1     | 2024-01-11 | 1    | ndd     | referral_sent
    1     | 2024-01-31 | 1    | ndd     | first_intervention_started
    1     | 2024-03-01 | 1    | ndd     | assessment_started
    1     | 2024-06-09 | 1    | ndd     | diagnosis_recorded
    1     | 2024-06-29 | 1    | ndd     | diagnosis_feedback_given
"""


@pytest.mark.parametrize(
    ("slug", "days", "in_time"),
    [
        ("detection_to_support", 30, 100),
        ("referral_to_assessment", 50, 100),
        ("assessment_duration", 120, 100),
    ],
)
def test_the_clock(engine, slug, days, in_time):
    told = f"of | n | x | value | within_limit_of_all\nregion | 1 | 1 | {days} | {in_time}"
    check(slug, GIVEN, told, engine)


def test_support_before_the_assessment_stops_the_clock_of_support_only(engine):
    """Support in January; the assessment has not begun: it is waited for, and was not skipped."""
    given = GIVEN.replace("assessment_started", "followed_up")
    check("detection_to_support", given, "of | n | x | value\nregion | 1 | 1 | 30", engine)
    check("referral_to_assessment", given, "of | n | x | value\nregion | 1 | 0 | -", engine)
    check("assessment_duration", given, "of | n\nregion | 0", engine)
