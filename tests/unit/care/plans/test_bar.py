"""The bar over the plan's pages names the same people as the bar over the child's own page (ux.md c1)."""

import pytest

from kring.care.contacts.models import CareContact
from kring.children.models import Child
from kring.children.presenters import child_bar
from kring.design.shells import IDENTITY_HIDDEN


@pytest.fixture
def contact(story, cast):
    """Somebody is named as care contact, by Karin's unit unless said otherwise."""

    def appoint(unit="hh-habilitering-boras", person="eva"):
        stamp = {"recorded_at": story.now, "recorded_by": cast.karin, "starts_on": story.today}
        return CareContact.objects.create(
            child_id=story.child_id, unit=cast.unit(unit), person=getattr(cast, person),
            role="named_care_contact", **stamp,
        )  # fmt: skip

    return appoint


def page(client, story, who="karin") -> str:
    story.cast.log_in(client, who)
    answer = client.get(f"/planer/{story.plan_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_named_care_contact_stands_in_the_bar(client, story, contact):
    story.started()
    assert "Fast vårdkontakt:" not in page(client, story)
    contact()
    found = page(client, story)
    assert found.count("Fast vårdkontakt:") == 1
    assert "Eva Strand" in found[found.index("Fast vårdkontakt:") :][:120]


def test_another_provider_s_contact_only_by_consent(client, story, contact):
    story.started()
    contact("elevhalsa-boras", "lena")
    assert "Fast vårdkontakt:" not in page(client, story)


def test_not_on_a_screen_that_others_see(client, story, contact):
    story.started()
    contact()
    story.cast.log_in(client, "karin")
    session = client.session
    session[IDENTITY_HIDDEN] = True
    session.save()
    assert "Fast vårdkontakt:" not in client.get(f"/planer/{story.plan_id}/").content.decode()


@pytest.mark.parametrize(("protection", "shown"), [("none", "Eva"), ("flag", ""), ("registration", "")])
def test_of_a_protected_child_none_is_told(story, protection, shown):
    child = Child(given_name="A", family_name="B", birth_date=story.today, protection=protection)
    assert child_bar(child, story.today).with_contact("Eva").contact == shown
