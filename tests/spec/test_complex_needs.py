"""Three definitions of complex needs beside each other, and what is asked of those children."""

import pytest

from tests.spec.reading import check


def contacts(child: int, number: int, **columns: str) -> str:
    """So many done visits of a child, a day each, or with other columns."""
    usual = {"form": "visit", "status": "done", "unit": "u1", "month": "2024-03", **columns}
    line = "{child} | {month}-{day:02d} | {form} | {status} | {unit}"
    return "\n".join(line.format(child=child, day=day, **usual) for day in range(1, number + 1))


CONTACT = "contact\nchild | day | form | status | unit\n"
CHILDREN = "child\nchild\n" + "\n".join(str(child) for child in range(1, 9))


def test_a_long_illness_or_twelve_visits_of_the_year(engine):
    """1: listed. 2: twelve visits. 3: eleven. 4: twelve, one never done. 5: twelve calls. 6: last year's
    diagnosis. 7: half the visits last year. 8: an illness that is not listed.
    """
    given = f"""{CHILDREN}

{CONTACT}{contacts(2, 12)}
{contacts(3, 11)}
{contacts(4, 11)}
4 | 2024-05-01 | visit | no_show | u1
{contacts(5, 12, form="phone")}
{contacts(7, 6)}
{contacts(7, 6, month="2023-03")}

diagnosis
child | day        | code
1     | 2024-12-31 | E101
6     | 2023-12-31 | E101
8     | 2024-05-01 | J069
"""
    check("complex_needs_vgr", given, "of | n | x | value\nregion | 8 | 2 | 25", engine)


def test_codes_of_the_loaded_table_by_their_beginning(engine):
    given = f"""{CHILDREN}

diagnosis
child | day        | code
1     | 2024-05-01 | Q211
2     | 2024-05-01 | Q2119
3     | 2024-05-01 | Q210
4     | 2024-05-01 | F718
5     | 2024-05-01 | F70
6     | 2023-05-01 | Q211
"""
    check("complex_needs_codes", given, "of | n | x\nregion | 8 | 3", engine)


HOLDING = """
arrangement
child | kind | day        | last
1     | {0}  | 2024-12-31 | -
2     | {0}  | 2010-01-01 | 2024-12-31
3     | {0}  | 2024-01-01 | 2024-12-30
4     | {0}  | 2025-01-01 | -
5     | {1}  | 2024-01-01 | -
"""


def test_a_judgement_that_holds_on_the_last_day(engine):
    given = CHILDREN + "\n" + HOLDING.format("coordination_need", "plan")
    check("complex_needs_judged", given, "of | n | x\nregion | 8 | 2", engine)


ILL = "\ndiagnosis\nchild | day | code\n" + "\n".join(f"{child} | 2024-05-01 | F90" for child in (1, 2, 3, 5))


def test_a_named_contact_of_those_with_complex_needs(engine):
    given = CHILDREN + "\n" + HOLDING.format("care_contact", "coordination_need") + ILL
    check("complex_needs_care_contact", given, "of | n | x\nregion | 4 | 2", engine)


def test_a_plan_of_those_whom_the_municipality_supports_too(engine):
    """1, 2: supported, with a plan. 3: its plan has ended. 5: no plan. 4: no complex needs."""
    supported = "\n".join(f"{child} | municipal_support | 2024-01-01 | -" for child in (1, 2, 3, 4))
    given = CHILDREN + "\n" + HOLDING.format("plan", "care_contact") + supported + "\n" + ILL
    check("complex_needs_plan", given, "of | n | x\nregion | 3 | 2", engine)


def test_units_of_those_with_complex_needs_only(engine):
    given = f"""{CHILDREN}

{CONTACT}{contacts(1, 2)}
1 | 2024-06-01 | visit | done | u2
{contacts(2, 1)}
{contacts(4, 1)}
4 | 2024-06-01 | visit | done | u2
4 | 2024-06-02 | visit | done | u3
{ILL}
"""
    check("complex_needs_units", given, "of | n | value | mean\nregion | 2 | 1.5 | 1.5", engine)


@pytest.mark.parametrize("slug", ["complex_needs_vgr", "complex_needs_judged"])
def test_who_has_left_is_not_counted(engine, slug):
    given = """
        child
        child | born
        1     | 2006-12-31
        2     | 2007-01-01

        residence
        child | municipality | first      | last
        1     | 1480         | 2010-01-01 | -
        2     | 1480         | 2010-01-01 | -
    """
    check(slug, given, "of | n | x\nregion | 1 | 0", engine)
