"""Self-harm and asthma: events for each child-year that was lived here."""

from datetime import date

from tests.spec.reading import check


def test_days_lived_here_at_the_ages_that_count(engine):
    """2024 has 366 days. 1: the whole year. 2: turns 10 on 1 July. 3: moves in on 31 December. 4: dies on
    1 January. 5: turns 18 on 2 January. Five years are taken together, and all else of them is outside.
    """
    given = """
        child
        child | born       | ended
        1     | 2010-01-01 | -
        2     | 2014-07-01 | -
        3     | 2010-01-01 | -
        4     | 2010-01-01 | 2024-01-01
        5     | 2006-01-02 | -

        residence
        child | municipality | first      | last
        1     | 1480         | 2024-01-01 | -
        2     | 1480         | 2014-07-01 | -
        3     | 1490         | 2024-12-31 | -
        4     | 1490         | 2024-01-01 | -
        5     | 1490         | 2024-01-01 | -
    """
    told = """
        of     | n   | x
        region | 553 | 0
        1480   | 550 | 0
        1490   | 3   | 0
    """
    check("self_harm_admissions", given, told, engine)


def test_five_years_together(engine):
    given = """
        child
        child | born       | sex
        1     | 2008-01-01 | girl
        2     | 2012-01-01 | boy

        diagnosis
        child | day        | code | admitted
        1     | 2019-12-31 | X60  | yes
        1     | 2020-01-01 | X62  | yes
        1     | 2024-12-31 | X84  | yes
        1     | 2024-12-31 | X85  | yes
        1     | 2024-06-01 | X78  | no
        2     | 2021-12-31 | X60  | yes
        2     | 2022-01-01 | X60  | yes
    """
    told = """
        of     | n    | x | value
        region | 2923 | 3 | 37487.17
        girl   | 1827 | 2 | 39983.58
        boy    | 1096 | 1 | 33325.73
    """
    check("self_harm_admissions", given, told, engine)


def test_asthma_as_main_diagnosis_of_an_admission(engine):
    given = """
        child
        child
        1

        diagnosis
        child | day        | code | admitted | main
        1     | 2024-02-01 | J450 | yes      | yes
        1     | 2024-02-02 | J46  | yes      | yes
        1     | 2024-02-03 | J45  | yes      | no
        1     | 2024-02-04 | J45  | no       | yes
        1     | 2024-02-05 | J44  | yes      | yes
    """
    told = "of | n | x | value | lower | upper\nregion | 366 | 2 | 199590.2 | 24170 | 720990"
    check("asthma_admissions", given, told, engine)


def test_the_oldest_spell_gives_way_to_the_one_that_began_last(engine):
    """In 1490 from 1 July to 30 September; then nowhere, though the older spell never ended."""
    given = """
        child
        child
        1

        residence
        child | municipality | first      | last
        1     | 1480         | 2015-06-01 | -
        1     | 1490         | 2024-07-01 | 2024-09-30
    """
    told = "of | n\nregion | 274\n1480 | 182\n1490 | 92"
    check("asthma_admissions", given, told, engine)


def test_a_child_born_on_29_february_ages_on_1_march(engine):
    given = """
        child
        child | born
        1     | 2012-02-29
    """
    told = "of | n\nregion | 365\n6-12 | 365"
    check("asthma_admissions", given, told, engine, year=2023)
    told = "of | n\nregion | 365\n6-12 | 59\n13-17 | 306"
    check("asthma_admissions", given, told, engine, year=2025, until=date(2025, 12, 31))


def test_a_residence_of_nobody_known_and_nothing_at_all(engine):
    given = """
        child
        child
        1

        residence
        child | municipality
        1     | 1480
        99    | 1490
    """
    check("asthma_admissions", given, "of | n\nregion | 366\n1480 | 366", engine)
    check(
        "asthma_admissions",
        "diagnosis\nchild | day | code\n9 | 2024-01-01 | J45",
        "of | n\nregion | 0",
        engine,
    )
