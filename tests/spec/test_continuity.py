"""The most seen person's share of the visits, and Bice-Boxerman: each child's own, then the mean."""

import pytest

from tests.spec.reading import check

GIVEN = """
    child
    child | sex
    1     | girl
    2     | boy
    3     | boy

    contact
    child | day        | staff | form  | status
    1     | 2024-01-01 | a     | visit | done
    1     | 2024-01-02 | a     | video | done
    1     | 2024-01-03 | b     | visit | done
    1     | 2024-01-04 | a     | visit | done
    1     | 2024-01-05 | b     | phone | done
    1     | 2024-01-06 | b     | visit | no_show
    2     | 2024-01-01 | a     | visit | done
    2     | 2024-01-02 | b     | visit | done
    2     | 2024-01-03 | c     | visit | done
    2     | 2024-01-04 | -     | visit | done
    3     | 2024-01-01 | a     | visit | done
    3     | 2024-01-02 | a     | visit | done
    3     | 2023-12-31 | a     | visit | done
"""


@pytest.mark.parametrize(
    ("slug", "girl", "boy"), [("usual_provider", 75, 33.333), ("concentration_of_visits", 50, 0)]
)
def test_visits_to_named_staff_of_children_with_three(engine, slug, girl, boy):
    """aaba: 3 of 4, and (9 + 1 − 4)/12; abc: 1 of 3, and none. The third child has two visits."""
    told = f"""
        of     | n | value
        region | 2 | {(girl + boy) / 2}
        girl   | 1 | {girl}
        boy    | 1 | {boy}
    """
    check(slug, GIVEN, told, engine)


def test_the_interval_of_the_mean(engine):
    """75 and 33.3 have the standard deviation 29.46; t with one degree of freedom reaches both ends."""
    check("usual_provider", GIVEN, "of | lower | upper\nregion | 0 | 100", engine)


def test_children_who_have_left_by_the_last_day_do_not_count(engine):
    given = (
        GIVEN
        + """
    residence
    child | municipality | first      | last
    1     | 1480         | 2015-01-01 | 2024-12-30
    2     | 1490         | 2015-01-01 | -
    3     | 1490         | 2015-01-01 | -
"""
    )
    check("usual_provider", given, "of | n | value\nregion | 1 | 33.333\n1490 | 1 | 33.333", engine)


def test_nobody_with_three_visits(engine):
    check("usual_provider", "child\nchild\n1", "of | n | value\nregion | 0 | -", engine)
