"""Stöd före diagnos: the day of the diagnosis itself is not before it."""

from tests.spec.reading import check


def test_before_on_and_after_the_day(engine):
    given = """
        child
        child
        1
        2
        3
        4

        diagnosis
        child | day        | code
        1     | 2024-05-05 | F90
        2     | 2024-05-05 | F84
        3     | 2024-05-05 | F70
        4     | 2024-05-05 | F809
        1     | 2024-01-01 | J45

        step
        child | day        | kind
        1     | 2024-05-04 | first_intervention_started
        2     | 2024-05-05 | first_intervention_started
        3     | 2024-05-06 | first_intervention_started
        4     | 2019-01-01 | first_intervention_started
        4     | 2024-05-05 | intervention_offered
    """
    check("support_before_diagnosis", given, "of | n | x | value\nregion | 4 | 2 | 50", engine)


def test_only_the_first_diagnosis_ever_and_its_year(engine):
    given = """
        child
        child
        1
        2

        diagnosis
        child | day        | code
        1     | 2020-05-05 | F84
        1     | 2024-05-05 | F90
        2     | 2025-01-01 | F90
    """
    check("support_before_diagnosis", given, "of | n\nregion | 0", engine)
