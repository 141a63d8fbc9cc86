"""A party names whom to turn to, and the unit that keeps the plan going may when it knows."""

import re

import pytest
from django.http import Http404

from kring.access.refusals import Refusal
from kring.care.plans import commands
from kring.care.plans.models import PlanParty
from tests.unit.care.plans.pages import Browser

PAGE = "plan-party-contact"


@pytest.fixture
def together(story):
    return story.together()


def named(story, unit_id):
    return PlanParty.objects.get(plan_id=story.plan_id, unit_id=unit_id).contact


def link_to(browser, story, unit_id) -> str:
    """The word of the link beside a party on the plan's page; "" when there is none."""
    page = browser.text("open", "plan-page", story.plan_id)
    found = re.search(rf'verksamheter/{unit_id}/kontakt/">(.*?)<', page)
    return found[1] if found else ""


class TestOnThePage:
    def test_a_party_names_its_own_and_everybody_reads_it(self, together, cast):
        story, jonas = together, Browser(together, "jonas")
        assert named(story, story.school) is None
        assert link_to(jonas, story, story.school) == "Namnge"
        answer = jonas.send(PAGE, story.plan_id, story.school, contact_id=str(cast.jonas.pk))
        assert answer.headers["Location"].startswith(f"/planer/{story.plan_id}/")
        assert named(story, story.school) == cast.jonas
        for who in ("karin", "lena", "jonas"):
            page = Browser(story, who, {"lena": "school_nurse"}.get(who)).text(
                "open", "plan-page", story.plan_id
            )
            assert cast.jonas.name in page

    def test_the_unit_in_charge_names_it_when_it_knows(self, together, cast):
        story, karin = together, Browser(together)
        assert link_to(karin, story, story.school) == "Namnge"
        karin.send(PAGE, story.plan_id, story.school, contact_id=str(cast.jonas.pk))
        assert named(story, story.school) == cast.jonas
        assert link_to(karin, story, story.school) == "Ändra"

    def test_the_name_is_taken_back(self, together, cast):
        story, jonas = together, Browser(together, "jonas")
        jonas.send(PAGE, story.plan_id, story.school, contact_id=str(cast.jonas.pk))
        page = jonas.text("open", PAGE, story.plan_id, story.school)
        assert re.search(rf'value="{cast.jonas.pk}"[^>]*selected', page)
        jonas.send(PAGE, story.plan_id, story.school, contact_id="")
        assert named(story, story.school) is None

    def test_only_those_who_work_there_are_offered(self, together, cast):
        page = Browser(together, "jonas").text("open", PAGE, together.plan_id, together.school)
        assert str(cast.jonas.pk) in page
        assert str(cast.karin.pk) not in page

    @pytest.mark.parametrize("sent", ["inte-en-nyckel", "karin"])
    def test_somebody_else_is_refused_at_the_field(self, together, cast, sent):
        sent = str(cast.karin.pk) if sent == "karin" else sent
        answer = Browser(together, "jonas").send(PAGE, together.plan_id, together.school, contact_id=sent)
        assert answer.status_code == 422
        words = '<a href="#contact_id">Välj en person som arbetar på verksamheten.</a>'
        assert words in answer.content.decode()
        assert named(together, together.school) is None

    def test_another_party_has_no_link_and_no_page(self, together):
        jonas = Browser(together, "jonas")
        assert link_to(jonas, together, together.pupil_health) == ""
        assert jonas.open(PAGE, together.plan_id, together.pupil_health).status_code in (403, 404)

    def test_a_unit_that_is_no_party_is_not_there(self, together, cast):
        logopedi = cast.unit("sas-logopedi").pk
        assert Browser(together).open(PAGE, together.plan_id, logopedi).status_code in (403, 404)


class TestTheCommand:
    def test_a_party_names_nobody_at_another_unit(self, together, cast):
        with pytest.raises(Refusal) as said:
            commands.name_contact(
                by=together.jonas,
                plan_id=together.plan_id,
                unit_id=together.school,
                contact_id=cast.lena.pk,
            )
        assert said.value.code == "person_not_at_unit"

    def test_a_party_does_not_name_for_another(self, together, cast):
        with pytest.raises(Refusal) as said:
            commands.name_contact(
                by=together.jonas,
                plan_id=together.plan_id,
                unit_id=together.pupil_health,
                contact_id=cast.lena.pk,
            )
        assert said.value.code == "not_in_charge"

    def test_who_has_left_is_no_party(self, together):
        commands.leave_party(by=together.karin, plan_id=together.plan_id, unit_id=together.school)
        with pytest.raises(Refusal) as said:
            commands.name_contact(by=together.karin, plan_id=together.plan_id, unit_id=together.school)
        assert said.value.code == "not_a_party"

    def test_who_is_outside_finds_no_plan(self, together):
        with pytest.raises(Http404):
            commands.name_contact(by=together.ulla, plan_id=together.plan_id, unit_id=together.school)
