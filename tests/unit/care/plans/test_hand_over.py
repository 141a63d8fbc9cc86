"""A copy of the plan on paper for a guardian is tried for harm by itself, whatever the net shows (22)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.policy.catalogue import sentence
from kring.audit.models import AccessLogRow
from kring.care.plans.models import Plan
from kring.care.plans.presenters.plan import papers
from kring.children.models import Child, Guardian, GuardianDecision
from tests.cast import NOW, Cast
from tests.own_pages import Scene
from tests.told import once

GIVEN = {"tested": "on", "reason": "Inget som rör någon annan än familjen"}


@pytest.fixture
@once
def told(cast: Cast) -> Plan:
    Scene(cast).begun()
    return Plan.objects.get(child=cast.child("alva"))


@pytest.fixture
def karin(cast, client):
    return cast.log_in(client, "karin")


def address(plan: Plan, version: str = "family") -> str:
    return reverse("plan-pdf", kwargs={"plan_id": plan.pk, "version": version})


def to(cast: Cast, subject: str = "maria") -> dict[str, str]:
    return GIVEN | {"guardian": str(cast.guardian(subject).pk)}


def printed() -> set[tuple[str, str, str]]:
    rows = AccessLogRow.objects.filter(action="print").values_list("what", "rule", "reason")
    return set(rows)


def test_the_page_asks_before_anything_is_printed(told, karin):
    page = karin.get(address(told))
    words = page.content.decode()
    assert page["Content-Type"].startswith("text/html")
    assert "Vem ska få pappret?" in words
    assert ("Maria Berg" in words, "Johan Åberg" in words) == (True, True)
    assert printed() == set()


def test_tested_it_is_printed_and_the_log_says_for_whom_and_why(cast, told, karin):
    paper = karin.post(address(told), to(cast))
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF")
    row = AccessLogRow.objects.get(what="plan.pdf.handed_over")
    assert (row.rule, row.object_id) == ("8.5.paper", str(cast.guardian("maria").pk))
    assert {(what, reason) for what, _rule, reason in printed()} == {
        ("plan.pdf.family", GIVEN["reason"]),
        ("plan.pdf.handed_over", GIVEN["reason"]),
    }


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("guardian", "Välj vem som ska få pappret."),
        ("tested", "Läs planen och pröva om något i den kan skada"),
        ("reason", "Skriv kort vad du kom fram till."),
    ],
)
def test_without_the_test_nothing_is_printed(cast, told, karin, left_out, words):
    page = karin.post(address(told), {name: value for name, value in to(cast).items() if name != left_out})
    assert words in page.content.decode()
    assert printed() == set()


@pytest.mark.parametrize("who", ["leila", None], ids=["no custody", "nobody"])
def test_nobody_without_custody_gets_it(cast, told, karin, who):
    chosen = str(cast.guardian(who).pk) if who else str(uuid4())
    page = karin.post(address(told), GIVEN | {"guardian": chosen})
    assert "Välj vem som ska få pappret." in page.content.decode()
    assert printed() == set()


def blocked(cast: Cast) -> None:
    GuardianDecision.objects.create(
        child=cast.child("alva"), guardian=cast.guardian("maria"), unit=cast.unit("sas-bum-boras"),
        kind="blocked", starts_on=NOW.date(), reason="Hot", decided_by=cast.karin, decided_at=NOW,
    )  # fmt: skip


def protected_herself(cast: Cast) -> None:
    Guardian.objects.filter(pk=cast.guardian("maria").pk).update(protected_identity=True)


@pytest.mark.parametrize(
    ("closed", "rule"),
    [(blocked, "8.5.blocked"), (protected_herself, "8.5.guardian_protected")],
    ids=["blocked", "protected"],
)
def test_a_guardian_whose_way_is_closed_is_named_with_the_rule_and_cannot_be_chosen(
    cast, told, karin, closed, rule
):
    closed(cast)
    page = karin.get(address(told)).content.decode()
    assert sentence(rule) in page
    assert f'value="{cast.guardian("maria").pk}"' not in page
    karin.post(address(told), to(cast))
    assert printed() == set()


def test_with_nobody_left_the_page_says_so(cast, told, karin):
    protected_herself(cast)
    page = karin.get(address(told)).content.decode()
    assert "Ingen vårdnadshavare kan få pappret." in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(("years", "gets"), [(10, True), (15, True), (18, False)])
def test_of_a_teenager_too_a_tested_copy_may_be_handed_over_but_not_of_an_adult(
    cast, told, karin, years, gets
):
    """The net closes at 13; the paper is tried each time until there is no guardian any more."""
    day = NOW.date()
    Child.objects.filter(pk=cast.child("alva").pk).update(birth_date=day.replace(year=day.year - years))
    answer = karin.post(address(told), to(cast))
    assert (answer["Content-Type"] == "application/pdf") is gets


def test_the_family_s_own_copy_and_the_other_versions_ask_nothing(cast, told, client):
    assert cast.log_in(client, "maria").get(address(told))["Content-Type"] == "application/pdf"
    karin = cast.log_in(client, "karin")
    for version in ("professional", "child"):
        assert karin.get(address(told, version))["Content-Type"] == "application/pdf"


def test_staff_find_both_versions_on_the_plan_s_page(told, karin):
    page = karin.get(reverse("plan", args=[told.child_id]), follow=True).content.decode()
    for href, label in papers(told.pk):
        assert f'href="{href}"' in page
        assert label in page
