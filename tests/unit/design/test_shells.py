"""The four shells: each stands on an empty context, shows what it is given, keeps the order of the page."""

from typing import Any

import pytest

from kring.design import gallery
from kring.design.shells import NavItem, Session, Shell

SHELLS = ["design/staff.html", "design/family.html", "design/child.html", "design/open.html"]


@pytest.mark.parametrize(("count", "badge"), [(0, ""), (-1, ""), (1, "1"), (9, "9"), (10, "9+"), (250, "9+")])
def test_a_badge_is_read_as_text(count: int, badge: str) -> None:
    assert NavItem("Möten", "/moten/", count=count).badge == badge


@pytest.mark.parametrize(
    ("person", "initials"),
    [("Karin Lund", "KL"), ("karin", "K"), ("Anna Maria af Ek", "AE"), ("", ""), ("  ", "")],
)
def test_initials(person: str, initials: str) -> None:
    assert Shell(person=person).initials == initials


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_stands_on_an_empty_context(name: str, page: Any) -> None:
    read = page(name)
    assert read.all("html")[0]["lang"] == "sv"
    assert len(read.all("h1")) == 1
    assert [tag for tag, _ in read.tags if tag in {"header", "main", "footer"}] == [
        "header",
        "main",
        "footer",
    ]
    assert "Hjälp och kontakt" in read.text


@pytest.mark.parametrize("name", SHELLS)
def test_the_first_stop_is_the_skip_link(name: str, page: Any) -> None:
    read = page(name, nav=gallery.NAV, shell=gallery.SHELL)
    stops = [(tag, attrs) for tag, attrs in read.tags if tag in {"a", "button", "input", "summary"}]
    assert stops[0] == ("a", {"class": "k-skip", "href": "#main"})
    assert read.all("main")[0]["id"] == "main"
    assert read.all("main")[0]["tabindex"] == "-1"


@pytest.mark.parametrize("name", SHELLS)
def test_the_current_place_is_told(name: str, page: Any) -> None:
    read = page(name, nav=gallery.NAV, shell=gallery.SHELL)
    current = [attrs for attrs in read.all("a") if attrs.get("aria-current") == "page"]
    assert len(current) == 1


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_library_may_not_evaluate_text_or_add_style(name: str, page: Any) -> None:
    (config,) = [m["content"] for m in page(name).all("meta") if m.get("name") == "htmx-config"]
    assert '"allowEval":false' in config
    assert '"includeIndicatorStyles":false' in config
    assert '"includeIndicatorCSS":false' in config


@pytest.mark.parametrize("name", SHELLS)
def test_everything_comes_from_our_own_place(name: str, page: Any) -> None:
    read = page(name, shell=gallery.SHELL)
    sources = [a["src"] for a in read.all("script")] + [a["href"] for a in read.all("link")]
    assert sources
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_density_follows_the_shell(page: Any) -> None:
    sizes = {name: page(name).all("body")[0]["data-size"] for name in SHELLS}
    assert list(sizes.values()) == ["sm", "md", "lg", "md"]


@pytest.mark.parametrize(("mode", "size"), [("B1", "lg"), ("B2", "lg"), ("U", "md")])
def test_a_childs_page_knows_its_mode(mode: str, size: str, page: Any) -> None:
    read = page("design/child.html", child_mode=mode)
    assert f"k-page--{mode}" in read.all("html")[0]["class"]
    assert read.all("body")[0]["data-size"] == size


def test_the_title_of_a_page_with_errors_begins_with_that(page: Any) -> None:
    read = page("design/gallery.html", **gallery.context(failed=True))
    assert "Fel: Byggdelar – Kring" in read.text
    assert "Fel:" not in page("design/gallery.html", **gallery.context()).text.split("– Kring")[0]


def test_messages_are_told_and_stay(page: Any) -> None:
    class Message:
        level_tag = "success"

        def __str__(self) -> str:
            return "Planen är <b>sparad</b>."

    read = page("design/staff.html", messages=[Message()])
    (box,) = read.with_class("k-notice")
    assert box["role"] == "status"
    assert box["data-kind"] == "success"
    assert "Planen är <b>sparad</b>." in read.text


def test_the_warning_carries_its_times(page: Any) -> None:
    shell = Shell(logout_href="/ut/", session=Session(780, 900, "/kvar/", "/slut/"))
    read = page("design/staff.html", shell=shell)
    (dialog,) = read.all("dialog")
    assert (dialog["data-session-warn"], dialog["data-session-end"]) == ("780", "900")
    assert "Det du har skrivit är sparat." in read.text
    assert page("design/staff.html", shell=Shell()).all("dialog") == []


def test_log_out_and_leaving_are_forms_not_links(page: Any) -> None:
    read = page("design/child.html", shell=Shell(logout_href="/ut/", leave_href="/lamna/"), csrf_input="")
    assert [form["action"] for form in read.all("form")] == ["/lamna/", "/ut/"]
    assert {form["method"] for form in read.all("form")} == {"post"}
    assert "Lämna snabbt" in read.text


def test_a_number_searched_for_is_never_in_an_address(page: Any) -> None:
    (form,) = page("design/staff.html", shell=Shell(search_href="/barn/")).all("form")
    assert form["method"] == "post"


def test_the_key_against_forged_forms_goes_with_partial_requests(page: Any) -> None:
    body = page("design/staff.html", csrf_token="abc").all("body")[0]
    assert body["hx-headers:inherited"] == '{"X-CSRFToken": "abc"}'


def test_a_demo_says_that_it_is_one(page: Any) -> None:
    assert "Skriv inga riktiga uppgifter" in page("design/open.html", shell=Shell(demo=True)).text
    assert "riktiga uppgifter" not in page("design/open.html", shell=Shell()).text


def test_families_find_the_emergency_numbers_on_every_page(page: Any) -> None:
    links = [a["href"] for a in page("design/family.html").all("a")]
    assert "tel:112" in links
    assert "tel:1177" in links
