"""The placement's pages through HTTP: filled in, read as what it changes, saved once; and what follows of it
in the guardians' pages and in the child's plan.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from kring.access import gate
from kring.access.permissions import Permission as P
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation, Child, Disclosure, Placement
from kring.timeline.models import Event, Task
from tests.cast import NOW
from tests.own_pages import fields_of, sign_in
from tests.unit.care.plans.story import Story

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NAMES = ("new-placement", "change-placement", "end-placement", "withdraw-placement")


def day(name: str, on) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


GIVEN = {
    "kind": "care_order", "home": "foster", "guardians_keep_access": "no", "signer": "board",
    **day("decided_on", TODAY), **day("starts_on", TODAY),
}  # fmt: skip


def words(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def desk(client, cast):
    """Fatima at her desk: what she is shown and what she sends, step by step."""
    return Desk(client, cast)


class Desk:
    def __init__(self, client, cast) -> None:
        self.client, self.cast, self.child = client, cast, cast.child("omar")
        sign_in(client, cast.fatima)

    def url(self, name="new-placement", row=None) -> str:
        return reverse(name, args=[self.child.pk, *([row.pk] if row else [])])

    def review(self, given=GIVEN, name="new-placement", row=None, page=None):
        """Send the form, as it was shown."""
        url = self.url(name, row)
        shown = page or self.client.get(url)
        return self.client.post(url, fields_of(shown.content.decode()) | given)

    def press(self, page, button="confirm", name="new-placement", row=None):
        """Send the page that says what it changes."""
        return self.client.post(self.url(name, row), fields_of(page.content.decode()) | {button: "1"})

    def save(self, given=GIVEN, name="new-placement", row=None):
        return self.press(self.review(given, name, row), name=name, row=row)

    def placed(self, **given) -> Placement:
        assert self.save(GIVEN | given).status_code == 302
        return Placement.objects.latest("recorded_at")


# Step by step


def test_nothing_is_saved_before_what_it_changes_has_been_read(desk):
    page = desk.review()
    assert page.status_code == 200
    text = words(page)
    for says in (
        "Det här ändras", "Ingenting är sparat än.", "Genast", "Vårdnadshavarnas sidor om barnet stängs.",
        "Socialnämnden samtycker för barnet, med ett skriftligt beslut.", "Annat som stänger",
        "Det du skrev", "<dd>Placerad enligt LVU</dd>", "<dd>mån 16 nov 2026</dd>",
        "<dd>Nej, eller beslutet säger det inte</dd>",
    ):  # fmt: skip
        assert says in text
    assert not Placement.objects.exists() and not Event.objects.filter(kind="placement_recorded").exists()
    done = desk.press(page)
    assert (done.status_code, done.headers["Location"]) == (
        302,
        reverse("child-placements", args=[desk.child.pk]),
    )
    row = Placement.objects.get()
    assert (row.kind, row.home, row.signer, row.starts_on, row.decided_on) == (
        "care_order", "foster", "board", TODAY, TODAY,
    )  # fmt: skip
    text = words(desk.client.get(done.headers["Location"]))
    assert "Placeringen är sparad." in text and "Placerad enligt LVU" in text and "Gäller" in text


def test_what_was_filled_in_can_be_changed_before_it_is_saved(desk):
    page = desk.press(desk.review(GIVEN | day("ends_on", TODAY)), "edit")
    text = page.content.decode()
    assert page.status_code == 200 and "Det finns något att rätta" not in text
    assert re.search(r'value="foster"\s+checked', text) and re.search(r'value="board"\s+checked', text)
    assert 'id="ends_on_0" name="ends_on_0" value="16"' in text
    assert not Placement.objects.exists()


def test_sent_twice_it_is_saved_once_and_answers_the_same(desk):
    page = desk.review()
    first, second = desk.press(page), desk.press(page)
    assert first.headers["Location"] == second.headers["Location"]
    assert Placement.objects.count() == Event.objects.filter(kind="placement_recorded").count() == 1


@pytest.mark.parametrize("name", ["change-placement", "end-placement", "withdraw-placement"])
def test_what_is_done_to_one_is_done_once_too(desk, name):
    row = desk.placed()
    given = {"change-placement": GIVEN, "end-placement": ENDS, "withdraw-placement": {"reason": "Fel barn"}}[
        name
    ]
    page = desk.review(given, name, row)
    answers = [desk.press(page, name=name, row=row) for _time in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Placement.objects.get().revision == 2


ENDS = day("ends_on", TODAY) | day("decided_on", TODAY)
WRONG = [
    ({"kind": ""}, "Välj hur barnet är placerat.", "#kind_0"),
    ({"home": ""}, "Välj i vilken form barnet är placerat.", "#home_0"),
    ({"signer": ""}, "Välj vem som samtycker.", "#signer_0"),
    (
        {"guardians_keep_access": ""},
        "Välj om vårdnadshavarna behåller sina sidor.",
        "#guardians_keep_access_0",
    ),
    ({"decided_on_0": "31", "decided_on_1": "2"}, "Ange ett datum som finns", "#decided_on_0"),
    (
        day("ends_on", TODAY - timedelta(1)),
        "Ange en sista dag som inte ligger före den första.",
        "#ends_on_0",
    ),
    (day("decided_on", TODAY + timedelta(1)), "Bara ett beslut som är fattat skrivs in", ""),
    ({"kind": "voluntary"}, "Med samtycke (SoL) behåller vårdnadshavarna sina sidor", ""),
]


@pytest.mark.parametrize(("given", "says", "link"), WRONG)
def test_what_is_to_be_put_right_stands_on_top_with_a_way_to_it(desk, given, says, link):
    page = desk.review(GIVEN | given)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Det finns något att rätta" in text and says in text
    if link:
        assert f'<a href="{link}">' in text and f'id="{link[1:]}"' in text
    assert not Placement.objects.exists()


def test_a_refusal_by_the_law_leaves_a_row_and_a_box_that_is_empty_does_not(desk):
    desk.review(GIVEN | {"kind": ""})
    assert not AccessLogRow.objects.filter(outcome="refused").exists()
    desk.review(GIVEN | {"kind": "voluntary"})
    (row,) = AccessLogRow.objects.filter(outcome="refused")
    assert (row.rule, row.child_id, row.person_id) == (
        "8.6.place.consent",
        desk.child.pk,
        desk.cast.fatima.pk,
    )


def test_what_stops_being_so_while_it_is_read_is_refused_with_words(desk):
    """Two of the same board write the same in: the second is told, and nothing stands twice."""
    page = desk.review()
    desk.placed()
    done = desk.press(page)
    assert done.status_code == 422 and "Det finns redan en placering de dagarna." in words(done)
    assert Placement.objects.count() == 1


# Changed meanwhile


@pytest.mark.parametrize("name", ["change-placement", "end-placement", "withdraw-placement"])
def test_what_somebody_else_changed_is_shown_and_nothing_is_overwritten(desk, name):
    row = desk.placed()
    given = {"change-placement": GIVEN, "end-placement": ENDS, "withdraw-placement": {"reason": "Fel barn"}}[
        name
    ]
    page = desk.review(given, name, row)
    assert desk.save(GIVEN | {"home": "group"}, "change-placement", row).status_code == 302
    met = desk.press(page, name=name, row=row)
    text = words(met)
    assert met.status_code == 409
    assert "Någon har ändrat medan du läste." in text
    assert "Så står det nu" in text and "Hem för vård eller boende (HVB)" in text
    row.refresh_from_db()
    assert (row.home, row.revision, row.ends_on, row.withdrawn_at) == ("group", 2, None, None)
    again = desk.press(desk.review(given, name, row, page=met), name=name, row=row)
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.revision == 3


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 12, "²"])
def test_a_revision_that_is_nonsense_overwrites_nothing(desk, seen):
    row = desk.placed()
    url = desk.url("change-placement", row)
    met = desk.client.post(url, GIVEN | {"home": "secure", "confirm": "1", "seen": seen})
    assert met.status_code == 409
    assert Placement.objects.get().home == "foster"


# What follows at once


def leila(cast, permission=P.SEE_OWN_FAMILY) -> bool:
    actor = cast.actor("leila", "guardian")
    return gate.children_for(actor, permission, cast.child("omar").pk).exists()


def test_a_journey_from_the_decision_to_its_end(desk, cast, client):
    assert leila(cast)
    row = desk.placed()
    assert not leila(cast)
    page = desk.review(
        GIVEN | {"guardians_keep_access": "yes", "signer": "guardians"}, "change-placement", row
    )
    assert "Vårdnadshavarnas sidor om barnet öppnas igen." in words(page)
    assert "Vårdnadshavarna samtycker för barnet. Det som är delat på nämndens ja stängs." in words(page)
    desk.press(page, name="change-placement", row=row)
    assert leila(cast)
    row.refresh_from_db()
    page = desk.review(GIVEN, "change-placement", row)
    desk.press(page, name="change-placement", row=row)
    page = desk.review(ENDS, "end-placement", row)
    assert "Från och med tis 17 nov 2026" in words(page)
    assert "Vårdnadshavarnas sidor om barnet öppnas igen." in words(page)
    desk.press(page, name="end-placement", row=row)
    row.refresh_from_db()
    assert (row.ends_on, row.end_decided_on, row.revision) == (TODAY, TODAY, 4)
    assert not leila(cast), "the last day counts"
    page = desk.review({"reason": "Skrevs in på fel barn"}, "withdraw-placement", row)
    assert "Genast" in words(page) and "öppnas igen" in words(page)
    desk.press(page, name="withdraw-placement", row=row)
    assert leila(cast)
    assert "Ingen placering är inskriven hos er." in words(
        client.get(reverse("child-placements", args=[desk.child.pk]))
    )


def test_the_guardian_s_own_page_is_gone_at_the_next_click(desk, cast, client):
    page = reverse("family-child", args=[desk.child.pk])
    sign_in(client, cast.leila)
    assert client.get(page).status_code == 200
    sign_in(client, cast.fatima)
    desk.placed()
    sign_in(client, cast.leila)
    gone, never = client.get(page), client.get(reverse("family-child", args=[cast.child("alva").pk]))
    assert (gone.status_code, gone.content) == (never.status_code, never.content)
    assert "Omar" not in words(client.get("/"))


@pytest.fixture
def shared(cast, client):
    """Alva's plan, open to the others by both guardians' yes, and Fatima who meets Alva."""
    story = Story(cast).together()
    CareRelation.objects.create(
        child_id=story.child_id, unit=cast.unit("socialtjanst-boras"), starts_on=TODAY - timedelta(days=9)
    )
    return story


def open_to(story) -> int:
    return Disclosure.objects.filter(subject=story.plan_id, ended_at=None, category="plan").count()


@pytest.mark.parametrize(("signer", "stays"), [("board", False), ("unnamed", False), ("guardians", True)])
def test_the_plan_closes_to_the_others_in_the_same_moment(shared, desk, cast, signer, stays):
    """And opens again in the same moment when it was a mistake: the guardians' yes is theirs still."""
    desk.child = cast.child("alva")
    before = open_to(shared)
    assert before >= 2
    row = desk.placed(signer=signer)
    assert open_to(shared) == (before if stays else 0)
    steps = set(Task.objects.filter(subject=shared.plan_id, done_at=None).values_list("kind", flat=True))
    assert bool(steps & {"sip_consent", "sip_consent_conflict"}) is not stays
    desk.save({"reason": "Fel barn"}, "withdraw-placement", row)
    assert open_to(shared) == before


def test_the_plan_and_the_placement_are_written_together_or_not_at_all(shared, desk, cast, monkeypatch):
    def stopped(*_about) -> None:
        raise RuntimeError("stopped")

    desk.child = cast.child("alva")
    page = desk.review()
    monkeypatch.setattr("kring.portal.staff.secrecy.work.follow_new_decider", stopped)
    before = open_to(shared)
    with pytest.raises(RuntimeError):
        desk.press(page)
    assert not Placement.objects.exists()
    assert not Event.objects.filter(kind="placement_recorded").exists()
    assert open_to(shared) == before


def test_the_house_closes_the_plan_and_says_so_in_the_log_without_a_word_to_anybody(shared, desk, cast):
    from kring.notifications.models import Notice

    desk.child = cast.child("alva")
    Notice.objects.all().delete()
    desk.placed(guardians_keep_access="yes")
    assert not Notice.objects.filter(person__in=[cast.maria, cast.johan]).exists()


# Who does not come in


@pytest.mark.parametrize("who", ["karin", "lena", "jonas", "eva"])
@pytest.mark.parametrize("name", ["child-placements", *NAMES])
def test_other_parties_around_the_child_are_told_that_it_is_not_theirs(desk, cast, client, who, name):
    row = desk.placed()
    sign_in(client, getattr(cast, who))
    keys = [desk.child.pk, *([row.pk] if name in NAMES[1:] else [])]
    page = client.get(reverse(name, args=keys))
    assert page.status_code == 403
    assert "LVU" not in words(page)
    assert AccessLogRow.objects.filter(outcome="refused", person_id=getattr(cast, who).pk).exists()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_child_that_is_not_the_unit_s_is_as_one_that_is_not(desk, cast, name, method):
    """Alva is not among the unit's; a key that is nobody's gives the same page, byte by byte."""
    row = desk.placed()
    nobody = "00000000-0000-4000-8000-000000000000"
    ask = getattr(desk.client, method)
    answers = []
    for child in (cast.child("alva").pk, nobody):
        keys = [child, *([row.pk] if name in NAMES[1:] else [])]
        answers.append(ask(reverse(name, args=keys), GIVEN if method == "post" else None))
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("name", NAMES[1:])
def test_another_board_s_placement_is_as_one_that_is_not(desk, cast, name):
    row = desk.placed()
    Placement.objects.update(unit=cast.unit("socialtjanst-skovde"))
    theirs = desk.client.get(desk.url(name, row))
    missing = desk.client.get(desk.url(name, Child()))
    assert (
        (theirs.status_code, theirs.content)
        == (missing.status_code, missing.content)
        == (404, missing.content)
    )
    listed = words(desk.client.get(reverse("child-placements", args=[desk.child.pk])))
    assert "Placerad enligt LVU" not in listed
    assert "öppnas" not in words(desk.review())


def test_a_protected_child_asks_for_a_reason_first(desk, cast):
    from kring.children.models import ProtectedGroupMember

    Child.objects.filter(pk=desk.child.pk).update(protection="flag")
    assert desk.client.get(desk.url()).status_code == 404
    ProtectedGroupMember.objects.create(
        child=desk.child, person=cast.fatima, added_by=cast.eva, added_at=NOW, reason="Utredning"
    )
    asked = desk.client.get(desk.url())
    assert asked.status_code == 302 and "/oppna/" in asked.headers["Location"]


def test_the_way_in_stands_on_who_sees_what_for_fatima_alone(desk, cast, client):
    link = reverse("child-placements", args=[desk.child.pk])
    assert link in words(client.get(reverse("child-access", args=[desk.child.pk])))
    sign_in(client, cast.karin)
    assert link not in words(client.get(reverse("child-access", args=[desk.child.pk])))
