"""Autism, intellectual disability and language disorder: the same as for adhd, with codes of their own."""

import pytest

from tests.spec.reading import check

GIVEN = """
    child
    child
    1
    2
    3

    diagnosis
    child | day        | code
    1     | 2024-05-05 | {code}
"""


@pytest.mark.parametrize(
    ("slug", "code", "found"),
    [
        ("autism_in_care", "F84", 1),
        ("autism_in_care", "F845", 1),
        ("autism_in_care", "F83", 0),
        ("autism_in_care", "F90", 0),
        ("intellectual_disability_in_care", "F70", 1),
        ("intellectual_disability_in_care", "F739", 1),
        ("intellectual_disability_in_care", "F79", 1),
        ("intellectual_disability_in_care", "F74", 0),
        ("intellectual_disability_in_care", "F80", 0),
        ("language_disorder_in_care", "F801", 1),
        ("language_disorder_in_care", "F81", 0),
    ],
)
def test_which_codes_count(engine, slug, code, found):
    told = f"of | n | x | value\nregion | 3 | {found} | {found * 100 / 3}"
    check(slug, GIVEN.format(code=code), told, engine)
