"""Bokade besök som inte blev av."""

from tests.spec.reading import check


def test_of_those_booked_and_not_cancelled(engine):
    given = """
        child
        child | sex
        1     | girl
        2     | boy

        contact
        child | day        | status    | planned | form
        1     | 2024-01-10 | done      | yes     | visit
        1     | 2024-01-11 | no_show   | yes     | visit
        1     | 2024-01-12 | cancelled | yes     | visit
        1     | 2024-01-13 | done      | no      | emergency
        2     | 2024-01-14 | no_show   | yes     | phone
        2     | 2024-01-15 | done      | yes     | video
        2     | 2024-01-16 | done      | yes     | video
    """
    told = """
        of     | n | x | value
        region | 5 | 2 | 40
        girl   | 2 | 1 | 50
        boy    | 3 | 1 | 33.333
    """
    check("not_brought", given, told, engine)
