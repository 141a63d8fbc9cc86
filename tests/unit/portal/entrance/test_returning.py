"""Where somebody is sent after logging in: only ever to a page of Kring itself."""

from types import SimpleNamespace as Row
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.session import ACTING_AS
from kring.portal.entrance.returning import asked_for, onwards, ours

HERE = "https://kring.example/logga-in/"
SIGNS = st.text(st.sampled_from(list("/\\:@?#.%\t\r\n\x00 ahtpsjvcrikngelx0\u2028\uff0f")), max_size=30)


def as_browsers_read(address: str) -> str:
    """The host that a browser would go to: it drops tabs and line breaks and takes \\ for /."""
    plain = "".join(sign for sign in address if sign not in "\t\r\n").strip("\x00 ").replace("\\", "/")
    return urlsplit(urljoin(HERE, plain)).netloc


@given(SIGNS | st.text().map("/".__add__))
def test_no_address_leads_to_another_site(wanted):
    found = ours(wanted)
    assert found in ("", wanted)
    if found:
        assert as_browsers_read(found) == "kring.example"


@pytest.mark.parametrize(
    "wanted",
    [
        "", "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "///evil.example", "javascript:alert(1)", "data:text/html,x", " /barn/",
        "barn/", "?x=1", "#x", "/logga-in/", "/logga-in/?next=/barn/", "http:/barn/", "/\n/evil.example",
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_nowhere(wanted):
    assert ours(wanted) == ""


@pytest.mark.parametrize(
    "wanted",
    ["/", "/barn/", "/arbetslista/?vy=teamet&sida=2", "/mina-sidor/?q=https://x.example", "/a#b", "/åäö/"],
)
def test_a_page_of_ours_with_all_that_was_asked_is_gone_back_to(wanted):
    """ux.md c1: every screen, filter, sort, tab and page is a URL."""
    assert ours(wanted) == wanted


@pytest.mark.parametrize(
    ("posted", "asked", "wanted"),
    [
        ({"next": "/barn/"}, {"next": "/mina-sidor/"}, "/barn/"),
        ({"next": ""}, {"next": "/mina-sidor/"}, "/mina-sidor/"),
        ({}, {"next": "//evil.example"}, ""),
        ({"next": "//evil.example"}, {"next": "/barn/"}, ""),
        ({}, {}, ""),
    ],
)
def test_what_the_form_says_goes_before_the_address(posted, asked, wanted):
    assert asked_for(Row(POST=posted, GET=asked)) == wanted


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/logga-in/"])
def test_who_has_several_roles_chooses_first_and_is_led_nowhere_else_then(wanted):
    there = onwards(Row(session={}, POST={}, GET={}), wanted)
    assert there.endswith("?next=")
    assert ACTING_AS not in there


def test_who_has_several_roles_comes_to_the_page_afterwards():
    there = onwards(Row(session={}, POST={}, GET={}), "/barn/?x=1&y=2")
    assert there.endswith("?next=%2Fbarn%2F%3Fx%3D1%26y%3D2")
