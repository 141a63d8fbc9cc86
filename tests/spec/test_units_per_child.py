"""Antal enheter per barn och år."""

from tests.spec.reading import check


def test_different_units_of_those_who_had_any(engine):
    given = """
        child
        child
        1
        2
        3
        4

        contact
        child | day        | unit | status
        1     | 2024-01-01 | a    | done
        1     | 2024-01-02 | a    | done
        1     | 2024-01-03 | b    | done
        1     | 2024-01-04 | c    | cancelled
        2     | 2024-01-01 | a    | done
        3     | 2024-01-01 | a    | done
        3     | 2024-02-01 | b    | done
        3     | 2024-03-01 | c    | done
        3     | 2024-04-01 | d    | done
        4     | 2023-04-01 | d    | done
    """
    told = "of | n | value | mean | p90\nregion | 3 | 2 | 2.3333 | 4\n1480 | 3 | 2 | 2.3333 | 4"
    check("units_per_child", given, told, engine)


def test_the_middle_of_an_even_number(engine):
    given = """
        child
        child
        1
        2

        contact
        child | day        | unit
        1     | 2024-01-01 | a
        2     | 2024-01-01 | a
        2     | 2024-01-02 | b
    """
    check("units_per_child", given, "of | n | value\nregion | 2 | 1.5", engine)
