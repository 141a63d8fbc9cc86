"""BUP: från remiss till första besök. Who still waits is never dropped; both sides stand in the answer."""

from tests.spec.reading import check


def test_both_sides_of_the_wait(engine):
    """Days 10, 40 came; 60 came after a move within the region; two still wait on 30 June 2025."""
    given = """
        child
        child
        1
        2
        3
        4
        5

        residence
        child | municipality | first      | last
        3     | 1480         | 2015-06-01 | 2024-02-01
        3     | 1490         | 2024-02-02 | -

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-01-11 | 1    | bup     | first_visit_done
        2     | 2024-01-01 | 2    | bup     | referral_sent
        2     | 2024-02-10 | 2    | bup     | first_visit_done
        3     | 2024-01-01 | 3    | bup     | referral_sent
        3     | 2024-03-01 | 3    | bup     | first_visit_done
        4     | 2024-01-01 | 4    | bup     | referral_sent
        5     | 2024-12-31 | 5    | bup     | referral_sent
    """
    told = """
        of     | n | x | value | p90 | within_limit_of_all | within_limit_of_those_who_came | did_not_come
        region | 5 | 3 | 60    | -   | 20                  | 33.333                         | 2
        1480   | 5 | 3 | 60    | -   | 20                  | 33.333                         | 2
    """
    check("child_psychiatry_first_visit", given, told, engine)


def test_the_first_referral_starts_it_and_a_returned_one_restarts_nothing(engine):
    given = """
        child
        child
        1

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-01-08 | 1    | bup     | referral_returned
        1     | 2024-02-01 | 1    | bup     | referral_sent
        1     | 2024-02-20 | 1    | bup     | first_visit_done
        1     | 2024-03-20 | 1    | bup     | first_visit_done
    """
    check("child_psychiatry_first_visit", given, "of | n | x | value\nregion | 1 | 1 | 50", engine)


def test_a_visit_the_same_day_and_one_before_the_referral(engine):
    given = """
        child
        child
        1
        2

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-01-01 | 1    | bup     | first_visit_done
        2     | 2024-01-01 | 2    | bup     | referral_sent
        2     | 2023-12-01 | 2    | bup     | first_visit_done
    """
    told = "of | n | x | within_limit_of_all | did_not_come\nregion | 2 | 1 | 50 | 1"
    check("child_psychiatry_first_visit", given, told, engine)


def test_waiting_ends_uncounted_at_the_18th_birthday_at_a_move_out_and_at_death(engine):
    """Each has waited 20 days when it leaves; the one who came, came on day 40."""
    given = """
        child
        child | born       | ended
        1     | 2006-01-22 | -
        2     | 2010-01-01 | -
        3     | 2010-01-01 | 2024-01-21
        4     | 2010-01-01 | -

        residence
        child | municipality | first      | last
        1     | 1480         | 2010-01-01 | -
        2     | 1480         | 2010-01-01 | 2024-01-21
        3     | 1480         | 2010-01-01 | -
        4     | 1480         | 2010-01-01 | -

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-01-22 | 1    | bup     | first_visit_done
        2     | 2024-01-01 | 2    | bup     | referral_sent
        2     | 2024-01-22 | 2    | bup     | first_visit_done
        3     | 2024-01-01 | 3    | bup     | referral_sent
        3     | 2024-01-22 | 3    | bup     | first_visit_done
        4     | 2024-01-01 | 4    | bup     | referral_sent
        4     | 2024-02-10 | 4    | bup     | first_visit_done
    """
    told = "of | n | x | value | within_limit_of_all | did_not_come\nregion | 4 | 1 | 40 | 0 | 3"
    check("child_psychiatry_first_visit", given, told, engine)


def test_other_processes_and_other_children_s_cases_are_other_waits(engine):
    given = """
        child
        child
        1
        2

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-01-05 | 1    | ndd     | first_visit_done
        2     | 2024-01-05 | 1    | bup     | first_visit_done
        2     | 2024-01-01 | 9    | ndd     | referral_sent
    """
    check("child_psychiatry_first_visit", given, "of | n | x\nregion | 1 | 0", engine)


def test_the_year_and_the_age_are_those_of_the_start(engine):
    given = """
        child
        child | born
        1     | 2011-06-01
        2     | 2011-06-01

        step
        child | day        | case | process | kind
        1     | 2023-12-31 | 1    | bup     | referral_sent
        1     | 2024-01-05 | 1    | bup     | first_visit_done
        2     | 2024-05-31 | 2    | bup     | referral_sent
        2     | 2024-06-20 | 2    | bup     | first_visit_done
    """
    told = "of | n | x | value\nregion | 1 | 1 | 20\n6-12 | 1 | 1 | 20"
    check("child_psychiatry_first_visit", given, told, engine)


def test_a_spell_that_ends_before_it_begins_ends_the_stay_all_the_same(engine):
    """From 1 February the latest spell is over already: she lives nowhere, and had waited 31 days."""
    given = """
        child
        child
        1

        residence
        child | municipality | first      | last
        1     | 1480         | 2020-01-01 | -
        1     | 1490         | 2024-02-01 | 2023-06-30

        step
        child | day        | process | kind
        1     | 2023-12-31 | bup     | referral_sent
        1     | 2024-02-05 | bup     | first_visit_done
    """
    told = "of | n | x | within_limit_of_all | did_not_come\nregion | 1 | 0 | 0 | 1"
    check("child_psychiatry_first_visit", given, told, engine, year=2023)


def test_four_homes_without_a_day_between_are_one_wait(engine):
    given = """
        child
        child
        1
        2

        residence
        child | municipality | first      | last
        1     | 1480         | 2020-01-01 | 2024-01-10
        1     | 1490         | 2024-01-11 | 2024-01-20
        1     | 1480         | 2024-01-21 | 2024-01-30
        1     | 1490         | 2024-01-31 | -
        2     | 1480         | 2020-01-01 | 2024-01-10
        2     | 1490         | 2024-01-12 | -

        step
        child | day        | case | process | kind
        1     | 2024-01-01 | 1    | bup     | referral_sent
        1     | 2024-03-01 | 1    | bup     | first_visit_done
        2     | 2024-01-01 | 2    | bup     | referral_sent
        2     | 2024-01-12 | 2    | bup     | first_visit_done
    """
    told = "of | n | x | value | did_not_come\nregion | 2 | 1 | 60 | 1\n1480 | 2 | 1 | 60 | 1"
    check("child_psychiatry_first_visit", given, told, engine)
