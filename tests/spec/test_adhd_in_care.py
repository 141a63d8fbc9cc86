"""Barn som har fått vård för adhd: who counts, when, and where."""

from tests.spec.reading import check


def test_one_child_once_however_many_diagnoses(engine):
    given = """
        child
        child
        1
        2
        3

        diagnosis
        child | day        | code
        1     | 2024-01-01 | F900
        1     | 2024-05-05 | F900
        2     | 2024-12-31 | F90
        3     | 2024-05-05 | F84
    """
    told = """
        of     | n | x | value | lower | upper
        region | 3 | 2 | 66.67 | 20.77 | 93.85
        1480   | 3 | 2 | 66.67 | 20.77 | 93.85
    """
    check("adhd_in_care", given, told, engine)


def test_only_the_year_itself(engine):
    given = """
        child
        child
        1
        2

        diagnosis
        child | day        | code
        1     | 2023-12-31 | F90
        2     | 2025-01-01 | F90
    """
    check("adhd_in_care", given, "of | n | x | value\nregion | 2 | 0 | 0", engine)


def test_those_who_live_here_on_the_last_day_of_the_year(engine):
    given = """
        child
        child | born       | sex  | ended
        1     | 2010-01-01 | girl | -
        2     | 2010-01-01 | boy  | 2024-12-30
        3     | 2010-01-01 | boy  | -
        4     | 2006-12-31 | boy  | -
        5     | 2007-01-01 | boy  | -
        6     | 2024-12-31 | girl | -

        residence
        child | municipality | first      | last
        1     | 1480         | 2010-01-01 | 2024-06-30
        1     | 1490         | 2024-07-01 | -
        2     | 1480         | 2010-01-01 | -
        3     | 1480         | 2010-01-01 | 2024-12-30
        4     | 1480         | 2010-01-01 | -
        5     | 1480         | 2010-01-01 | -
        6     | 1490         | 2024-12-31 | -

        diagnosis
        child | day        | code
        1     | 2024-02-02 | F90
        2     | 2024-02-02 | F90
        3     | 2024-02-02 | F90
        4     | 2024-02-02 | F90
        5     | 2024-02-02 | F90
    """
    told = """
        of        | n | x
        region    | 3 | 2
        1480      | 1 | 1
        1490      | 2 | 1
        girl      | 2 | 1
        boy       | 1 | 1
        0-5       | 1 | 0
        13-17     | 2 | 2
        1490 girl | 2 | 1
        1480 boy  | 1 | 1
    """
    check("adhd_in_care", given, told, engine)


def test_protected_children_count_but_never_by_place(engine):
    given = """
        child
        child | protected
        1     | no
        2     | yes

        diagnosis
        child | day        | code
        2     | 2024-02-02 | F90
    """
    told = """
        of      | n | x
        region  | 2 | 1
        1480    | 1 | 0
        nowhere | 1 | 1
    """
    check("adhd_in_care", given, told, engine)


def test_nobody(engine):
    given = """
        child
        child | born
        1     | 1990-01-01
    """
    check("adhd_in_care", given, "of | n | x | value\nregion | 0 | 0 | -", engine)
