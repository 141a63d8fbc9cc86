"""A page that nobody has built yet has no address, and breaks no page that would link to it."""

import pytest

from kring.design.addresses import address


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("worklist", {}, "/arbetslista/"),
        (
            "child",
            {"child_id": "00000000-0000-0000-0000-000000000007"},
            "/barn/00000000-0000-0000-0000-000000000007/",
        ),
        ("not-there", {}, ""),
        ("child", {}, ""),
        ("worklist", {"child_id": "7"}, ""),
    ],
)
def test_a_page_by_name(name, given, found):
    assert address(name, **given) == found
