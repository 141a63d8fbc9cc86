"""Andel digitala vårdmöten: which contacts are counted, and where."""

from tests.spec.reading import check


def test_video_of_visits_and_video_that_were_done(engine):
    given = """
        child
        child
        1

        contact
        child | day        | form      | status
        1     | 2024-01-01 | visit     | done
        1     | 2024-03-03 | video     | done
        1     | 2024-03-03 | video     | done
        1     | 2024-03-04 | video     | cancelled
        1     | 2024-03-05 | video     | no_show
        1     | 2024-03-06 | phone     | done
        1     | 2024-03-07 | emergency | done
        1     | 2025-01-01 | visit     | done
    """
    check("digital_visits", given, "of | n | x | value\nregion | 3 | 2 | 66.667", engine)


def test_place_and_age_are_those_of_the_day(engine):
    given = """
        child
        child | born
        1     | 2018-03-01

        residence
        child | municipality | first      | last
        1     | 1480         | 2018-03-01 | -
        1     | 1490         | 2024-05-01 | 2024-10-31

        contact
        child | day        | form
        1     | 2024-02-29 | visit
        1     | 2024-03-01 | video
        1     | 2024-05-01 | video
        1     | 2024-10-31 | visit
        1     | 2024-11-01 | video
    """
    told = """
        of     | n | x
        region | 4 | 2
        1480   | 2 | 1
        1490   | 2 | 1
        0-5    | 1 | 0
        6-12   | 3 | 2
        girl   | 4 | 2
    """
    check("digital_visits", given, told, engine)


def test_the_18th_birthday_is_the_first_day_that_does_not_count(engine):
    given = """
        child
        child | born
        1     | 2006-05-05
        2     | 2006-02-28

        contact
        child | day        | form
        1     | 2024-05-04 | video
        1     | 2024-05-05 | video
        2     | 2024-02-27 | visit
        2     | 2024-02-28 | visit
    """
    check("digital_visits", given, "of | n | x\nregion | 2 | 1\n13-17 | 2 | 1", engine)


def test_whose_child_is_not_known_is_not_counted(engine):
    given = """
        child
        child
        1

        contact
        child | day        | form
        99    | 2024-05-04 | video
    """
    check("digital_visits", given, "of | n\nregion | 0", engine)
