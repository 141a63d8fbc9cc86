"""BUP: väntande som har väntat mer än 30 dagar, den 31 december."""

from tests.spec.reading import check


def test_who_waits_on_the_last_day(engine):
    given = """
        child
        child | born
        1     | 2015-01-01
        2     | 2015-01-01
        3     | 2015-01-01
        4     | 2015-01-01
        5     | 2015-01-01
        6     | 2006-12-31
        7     | 2015-01-01

        residence
        child | municipality | first      | last
        7     | 1490         | 2020-01-01 | 2024-12-30

        step
        child | day        | case | process | kind
        1     | 2024-11-30 | 1    | bup     | referral_sent
        2     | 2024-12-01 | 2    | bup     | referral_sent
        3     | 2021-05-05 | 3    | bup     | referral_sent
        4     | 2024-01-01 | 4    | bup     | referral_sent
        4     | 2024-12-31 | 4    | bup     | first_visit_done
        5     | 2024-06-01 | 5    | bup     | referral_sent
        5     | 2025-01-01 | 5    | bup     | first_visit_done
        6     | 2024-06-01 | 6    | bup     | referral_sent
        7     | 2024-06-01 | 7    | bup     | referral_sent
    """
    told = """
        of     | n | x | value
        region | 4 | 3 | 75
        1480   | 4 | 3 | 75
        6-12   | 4 | 3 | 75
    """
    check("still_waiting_child_psychiatry", given, told, engine)


def test_a_referral_of_the_next_year_does_not_wait_yet(engine):
    given = """
        child
        child
        1

        step
        child | day        | process | kind
        1     | 2025-01-01 | bup     | referral_sent
    """
    check("still_waiting_child_psychiatry", given, "of | n\nregion | 0", engine)
