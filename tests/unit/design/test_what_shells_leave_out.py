"""An empty shell shows nothing but the way home; each thing it is given adds itself and nothing else."""

from dataclasses import FrozenInstanceError, asdict, fields
from typing import Any

import pytest

from kring.design.shells import IDENTITY_HIDDEN, NavItem, Session, Shell


def test_a_shell_is_empty_but_for_the_way_home() -> None:
    shell = asdict(Shell())
    assert shell.pop("home_href") == "/"
    assert shell.pop("menu") == ()
    assert shell.pop("session") is None
    assert {name for name, value in shell.items() if value} == set()


def test_a_place_in_the_menu_has_no_icon_badge_or_mark_until_given() -> None:
    place = NavItem("Möten", "/moten/")
    assert (place.current, place.icon, place.count, place.badge) == (False, "", 0, "")
    assert Session(1, 2, "/kvar/", "/slut/").keep_href == ""


@pytest.mark.parametrize("made", [Shell(), NavItem("a", "/a/"), Session(1, 2, "/a/", "/b/")])
def test_what_a_page_reads_is_never_changed(made: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(made)[0].name, "annat")


def test_hidden_names_are_kept_in_the_session_by_one_word() -> None:
    assert IDENTITY_HIDDEN == "identity_hidden"


@pytest.mark.parametrize(
    ("person", "initials"),
    [
        ("Karin Lund", "KL"),
        ("Karin", "K"),
        ("karin lund", "KL"),
        ("  Karin   Lund  ", "KL"),
        ("Karin Maria Lund", "KL"),
        ("Åsa Öman", "ÅÖ"),
        ("Karin Lund-Berg", "KL"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(person: str, initials: str) -> None:
    assert Shell(person=person).initials == initials


@pytest.mark.parametrize("count", range(12))
def test_a_badge_counts_to_nine(count: int) -> None:
    assert NavItem("Möten", "/m/", count=count).badge == (
        "" if count == 0 else str(count) if count < 10 else "9+"
    )


def hrefs(read: Any) -> set[str]:
    return {tag["href"] for tag in read.all("a") if "href" in tag} | {
        form["action"] for form in read.all("form") if "action" in form
    }


@pytest.mark.parametrize(
    ("template", "name", "address"),
    [
        ("design/staff.html", "help_href", "/hjalp-prov/"),
        ("design/staff.html", "logout_href", "/ut-prov/"),
        ("design/staff.html", "search_href", "/sok-prov/"),
        ("design/open.html", "login_href", "/in-prov/"),
        ("design/child.html", "leave_href", "/lamna-prov/"),
        ("design/family.html", "logout_href", "/ut-prov/"),
    ],
)
def test_an_address_is_shown_when_given_and_left_out_when_not(
    page: Any, template: str, name: str, address: str
) -> None:
    assert address in hrefs(page(template, shell=Shell(**{name: address})))
    assert address not in hrefs(page(template, shell=Shell()))


@pytest.mark.parametrize("template", ["design/staff.html", "design/family.html"])
def test_the_places_mark_where_one_is_and_count_what_is_new(page: Any, template: str) -> None:
    places = [NavItem("Lista", "/lista-prov/", current=True), NavItem("Möten", "/moten-prov/", count=12)]
    read = page(template, nav=places)
    links = {tag["href"]: tag for tag in read.all("a") if tag.get("href", "").endswith("-prov/")}
    assert links["/lista-prov/"]["aria-current"] == "page"
    assert "aria-current" not in links["/moten-prov/"]
    assert "nya: 9+" in read.text
