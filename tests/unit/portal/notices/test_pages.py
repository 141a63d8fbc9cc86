"""The bell's list, choosing ways, and the outbox: in the browser's eyes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.policy.notices import Way
from kring.children.models import Child
from kring.notifications import commands
from kring.notifications.models import ContactWay, Delivery, Notice
from kring.notifications.rules import TELLINGS
from kring.portal.notices.forms import WaysForm
from kring.portal.notices.presenters import AT_WORK, IN_FAMILY
from tests.cast import NOW

LIST, WAYS, OUTBOX = "/aviseringar/", "/aviseringar/installningar/", "/utskick/"
BOTH = {"email", "sms"}


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def tell(cast):
    def telling(act, about=None, child="alva", **whom):
        child_id = cast.child(child).pk
        commands.tell(by=cast.actor("lena"), act=act, child_id=child_id, about=about or child_id, **whom)

    return telling


@pytest.fixture
def maria(client, cast):
    return cast.log_in(client, "maria")


# The list


def test_nothing_to_tell_says_what_will_come(maria):
    assert "Du har inga aviseringar." in text_of(maria.get(LIST))


def test_the_list_is_content_free_and_leads_on(maria, cast, tell):
    tell("plan_version", family=True)
    page = text_of(maria.get(LIST))
    assert "En plan har ändrats. Läs och bekräfta." in page
    assert "Ny" in page
    assert "Alva" not in page.split("<main")[1].split("</main>")[0]
    notice = Notice.objects.get(person=cast.maria)
    assert f"/aviseringar/{notice.pk}/" in page


def test_opening_one_marks_it_read_and_goes_on(maria, cast, tell):
    tell("visit_moved", family=True)
    notice = Notice.objects.get(person=cast.maria)
    answer = maria.get(f"{LIST}{notice.pk}/")
    assert answer.headers["Location"] == reverse("family-times", args=[cast.child("alva").pk])
    notice.refresh_from_db()
    assert notice.read_at == NOW
    assert Notice.objects.get(person=cast.johan).read_at is None
    assert "Markera alla som lästa" not in text_of(maria.get(LIST))


def test_all_at_once(maria, cast, tell):
    for _ in range(3):
        tell("visit_moved", about=uuid4(), family=True)
    assert maria.post(f"{LIST}lasta/").headers["Location"] == LIST
    assert not Notice.objects.filter(person=cast.maria, read_at__isnull=True).exists()
    assert Notice.objects.filter(person=cast.johan, read_at__isnull=True).count() == 3
    assert maria.get(f"{LIST}lasta/").status_code == 405


@pytest.mark.parametrize("whose", ["johan", "nobody"])
def test_somebody_else_s_notice_and_one_that_is_not_are_the_same(maria, cast, tell, whose):
    tell("visit_moved", family=True)
    key = Notice.objects.get(person=cast.johan).pk if whose == "johan" else uuid4()
    answer = maria.get(f"{LIST}{key}/")
    assert answer.status_code == 404
    assert Notice.objects.get(person=cast.johan).read_at is None


def test_a_notice_about_a_child_that_is_closed_meanwhile_is_not_there(maria, cast, tell):
    tell("visit_moved", family=True)
    notice = Notice.objects.get(person=cast.maria)
    Child.objects.filter(person=cast.alva).update(protection="flag")
    assert "En bokad tid" not in text_of(maria.get(LIST))
    assert maria.get(f"{LIST}{notice.pk}/").status_code == 404


def test_the_child_has_no_bell(client, cast):
    child = cast.log_in(client, "alva")
    assert child.get(LIST).status_code == 403
    assert "/aviseringar/" not in text_of(child.get("/min-sida/"))


@pytest.mark.parametrize("subject", ["maria", "karin"])
def test_the_bell_is_in_the_menu(client, cast, subject):
    page = text_of(cast.log_in(client, subject).get(LIST))
    assert f'href="{LIST}"' in page


@pytest.mark.parametrize(("act", "row"), TELLINGS.items(), ids=TELLINGS)
def test_every_act_leads_somewhere_that_exists(act, row):
    some = uuid4()
    if "guardian" in row.to:
        name, key = IN_FAMILY.get(act, ("family-child", ""))
        assert reverse(name, kwargs={"child_id": some} | ({key: some} if key else {}))
    if "staff" in row.to:
        name, key = AT_WORK.get(act, ("child", ""))
        assert reverse(name, kwargs={key or "child_id": some})


def test_no_row_leads_anywhere_without_being_told():
    assert set(AT_WORK) | set(IN_FAMILY) <= set(TELLINGS)


# Choosing ways


CASES = [
    ({}, {}),
    ({"email": "a@b.se"}, {}),
    ({"email_topics": ["plan"], "email": "a@b.se"}, {}),
    ({"email_topics": ["plan"]}, {"email": "Skriv mejladressen."}),
    ({"email_topics": ["plan"], "email": "a"}, {"email": "Skriv mejladressen så här: namn@exempel.se."}),
    ({"email_topics": ["x"], "email": "a@b.se"}, {"email_topics": "Välj bland dem som står i listan."}),
    ({"sms_topics": ["meetings", "questions"], "sms": "070-123 45 67"}, {}),
    ({"sms_topics": ["meetings"], "sms": "+46 70 123 45 67"}, {}),
    ({"sms_topics": ["meetings"]}, {"sms": "Skriv mobilnumret."}),
    ({"sms": "ring mig"}, {"sms": "Skriv numret med bara siffror, till exempel 070-123 45 67."}),
    ({"sms": "07"}, {"sms": "Skriv numret med bara siffror, till exempel 070-123 45 67."}),
]


@pytest.mark.parametrize(("said", "errors"), CASES)
def test_what_the_form_answers(said, errors):
    form = WaysForm(said, ways=BOTH)
    assert form.is_valid() is not bool(errors)
    assert {name: one[0] for name, one in form.errors.items()} == errors


@pytest.mark.parametrize("ways", [set(), {"email"}, {"sms"}, BOTH])
def test_only_ways_that_exist_are_asked_about(ways):
    form = WaysForm({}, ways=ways)
    assert set(form.fields) == ways | {f"{way}_topics" for way in ways}
    assert form.is_valid()
    assert {way.value for way in form.chosen()} == ways


def test_nothing_is_ticked_in_advance_and_the_text_is_shown(maria):
    page = text_of(maria.get(WAYS))
    assert " checked" not in page
    assert "Du har något nytt i Kring. Logga in som du brukar för att läsa." in page
    assert "Mellan kl. 21.00 och 07.00 skickas inget." in page


def test_staff_have_no_quiet_hours_to_read_about(client, cast):
    assert "skickas inget." not in text_of(cast.log_in(client, "karin").get(WAYS))


def test_what_is_chosen_is_kept_shown_again_and_can_be_stopped_as_easily(maria, cast):
    said = {"email": "maria@exempel.se", "email_topics": ["plan", "meetings"], "submission": str(uuid4())}
    assert maria.post(WAYS, said).headers["Location"] == WAYS
    row = ContactWay.objects.get()
    assert (row.person, row.way, row.topics) == (cast.maria, Way.EMAIL, ["meetings", "plan"])
    page = text_of(maria.get(WAYS))
    assert "Dina val är sparade." in page
    assert page.count(" checked") == 2
    assert "maria@exempel.se" in page
    maria.post(WAYS, {"email": "maria@exempel.se", "submission": str(uuid4())})
    assert not ContactWay.objects.exists()


def test_a_fault_keeps_what_was_written(maria):
    page = text_of(maria.post(WAYS, {"email": "fel", "email_topics": ["plan"], "submission": str(uuid4())}))
    assert "<title>Fel: " in page
    assert 'value="fel"' in page
    assert not ContactWay.objects.exists()


# The outbox


def test_the_outbox_tells_how_many_and_of_nobody(client, cast, tell):
    for person in ("maria", "johan"):
        chosen = {Way.EMAIL: (f"{person}@exempel.se", ["plan"])}
        commands.choose_ways(by=cast.actor(person), chosen=chosen)
    tell("plan_version", family=True)
    first = Delivery.objects.order_by("pk").first()
    gone = {"state": "given_up", "reason": "SMTPServerDisconnected", "attempts": 8, "ended_at": NOW}
    Delivery.objects.filter(pk=first.pk).update(**gone)
    Delivery.objects.exclude(pk=first.pk).update(not_before=NOW - timedelta(hours=2))
    page = text_of(cast.log_in(client, "nils").get(OUTBOX))
    assert "Gick inte att skicka" in page
    assert "Fel: SMTPServerDisconnected" in page
    assert "Det äldsta som väntar skulle ha skickats mån 16 nov 2026 kl. 08.00." in page
    for secret in ("maria", "johan", "alva", "exempel.se", "plan_version", "En plan"):
        assert secret not in page.lower()


def test_what_stopped_a_letter_is_said_in_the_rule_s_words(client, cast, tell):
    commands.choose_ways(by=cast.actor("maria"), chosen={Way.EMAIL: ("m@exempel.se", ["plan"])})
    tell("plan_version", family=True)
    Delivery.objects.update(state="stopped", reason="notices.child_protected", ended_at=NOW)
    page = text_of(cast.log_in(client, "nils").get(OUTBOX))
    assert "Om ett barn med skyddade uppgifter skickas inget." in page


def test_an_empty_outbox_says_so(client, cast):
    assert "Inget har skickats ännu." in text_of(cast.log_in(client, "nils").get(OUTBOX))


@pytest.mark.parametrize("subject", ["karin", "maria", "alva", "rune", "ann"])
def test_the_outbox_is_the_administrator_s(client, cast, subject):
    assert cast.log_in(client, subject).get(OUTBOX).status_code == 403
