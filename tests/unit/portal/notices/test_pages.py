"""The bell's list, choosing ways, and the outbox: in the browser's eyes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kring.access.policy.notices import Way
from kring.children.models import Child
from kring.notifications import codes, commands
from kring.notifications.models import AddressCode, ContactWay, Delivery, Notice
from kring.notifications.rules import TELLINGS
from kring.portal.notices.forms import WaysForm
from kring.portal.notices.presenters import AT_WORK, IN_FAMILY, ON_OWN_PAGES
from tests.cast import NOW
from tests.post import confirm

CODE = "/aviseringar/installningar/mejl/"
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
    assert "Inget nytt just nu." in text_of(maria.get(LIST))


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
    assert "Markera allt som läst" not in text_of(maria.get(LIST))


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


def test_the_smaller_child_has_no_bell(client, cast):
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
    if "child" in row.to:
        name, key = ON_OWN_PAGES[act]
        assert reverse(name, kwargs={key: some} if key else {})
    if "staff" in row.to:
        name, key = AT_WORK.get(act, ("child", ""))
        assert reverse(name, kwargs={key or "child_id": some})


def test_no_row_leads_anywhere_without_being_told():
    for table, receiver in ((AT_WORK, "staff"), (IN_FAMILY, "guardian"), (ON_OWN_PAGES, "child")):
        assert {act for act in table if receiver not in TELLINGS[act].to} == set()


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
    assert maria.post(WAYS, said).headers["Location"] == CODE
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
        confirm(cast.actor(person))
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
    confirm(cast.actor("maria"))
    tell("plan_version", family=True)
    Delivery.objects.update(state="stopped", reason="notices.child_protected", ended_at=NOW)
    page = text_of(cast.log_in(client, "nils").get(OUTBOX))
    assert "Om ett barn med skyddade uppgifter skickas inget." in page


def test_an_empty_outbox_says_so(client, cast):
    assert "Inget har skickats ännu." in text_of(cast.log_in(client, "nils").get(OUTBOX))


@pytest.mark.parametrize("subject", ["karin", "maria", "alva", "rune", "ann"])
def test_the_outbox_is_the_administrator_s(client, cast, subject):
    assert cast.log_in(client, subject).get(OUTBOX).status_code == 403


# Confirming an address

NEW_CODE = CODE + "ny/"


@pytest.fixture
def waiting(maria):
    """Maria has chosen mail, and the code is out."""
    said = {"email": "maria@exempel.se", "email_topics": ["plan"], "submission": str(uuid4())}
    maria.post(WAYS, said)
    return AddressCode.objects.get()


def test_the_page_waits_for_the_code_and_says_where_it_went(maria, waiting):
    page = text_of(maria.get(CODE))
    for words in (
        "Bekräfta mejladressen", "Väntar på kod", "maria@exempel.se", "Den gäller i 30 minuter.",
        'autocomplete="one-time-code"', 'inputmode="numeric"', "Skicka en ny kod",
    ):  # fmt: skip
        assert words in page
    assert codes.letters_of(waiting) not in page
    assert "Väntar på kod" in text_of(maria.get(WAYS))
    assert "maria@exempel.se (väntar på kod)" in text_of(maria.get(reverse("family-account")))


@pytest.mark.parametrize("written", ["{}", " {} ", "{:.3} {:.6}"], ids=["plain", "spaces", "in two"])
def test_the_code_confirms_the_address_however_it_is_spaced(maria, waiting, written):
    digits = codes.letters_of(waiting)
    spaced = f"{digits[:3]} {digits[3:]}" if ":.3" in written else written.format(digits)
    answer = maria.post(CODE, {"code": spaced}, follow=True)
    page = text_of(answer)
    assert answer.redirect_chain == [(WAYS, 302)]
    assert "Adressen är bekräftad." in page
    assert "Bekräftad" in page
    assert ContactWay.objects.get().confirmed_at
    assert maria.get(CODE).headers["Location"] == WAYS
    assert "maria@exempel.se (bekräftad)" in text_of(maria.get(reverse("family-account")))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "Skriv koden."),
        ("abcdef", "Koden har bara siffror."),
        ("١٢٣٤٥٦", "Koden har bara siffror."),
        ("1" * 21, "Koden har bara siffror."),
    ],
)
def test_what_is_no_code_is_said_at_the_field_and_costs_no_try(maria, waiting, written, words):
    page = text_of(maria.post(CODE, {"code": written}))
    assert "Det finns något att rätta" in page
    assert words in page
    assert AddressCode.objects.get().tries == 0


def test_a_wrong_code_is_said_kindly_and_after_few_the_page_offers_a_new_one(maria, waiting):
    wrong = f"{(int(codes.letters_of(waiting)) + 1) % 10**6:06d}"
    page = text_of(maria.post(CODE, {"code": wrong}))
    assert "Koden stämmer inte. Skriv den som står i det senaste mejlet." in page
    for _ in range(4):
        page = text_of(maria.post(CODE, {"code": wrong}))
    assert "Koden gick ut" in page
    assert 'name="code"' not in page
    assert "Be om en ny kod" in text_of(maria.get(WAYS))
    assert "(koden gick ut)" in text_of(maria.get(reverse("family-account")))
    page = text_of(maria.post(NEW_CODE, follow=True))
    assert "En ny kod är på väg." in page
    assert 'name="code"' in page


def test_codes_run_out_for_the_day_with_words(maria, waiting):
    for _ in range(4):
        maria.post(NEW_CODE)
    assert "Du har bett om många koder på kort tid." in text_of(maria.post(NEW_CODE))
    said = {"email": "annan@exempel.se", "email_topics": ["plan"], "submission": str(uuid4())}
    page = text_of(maria.post(WAYS, said))
    assert "Du har bett om många koder på kort tid." in page
    assert 'value="annan@exempel.se"' in page
    assert ContactWay.objects.get().address == "maria@exempel.se"


def test_sent_twice_it_is_one_choice_and_one_code(maria):
    said = {"email": "maria@exempel.se", "email_topics": ["plan"], "submission": str(uuid4())}
    assert [maria.post(WAYS, said).headers["Location"] for _ in range(2)] == [CODE, CODE]
    assert AddressCode.objects.count() == 1


@pytest.mark.parametrize("path", [CODE, "/aviseringar/installningar/sms/"])
def test_there_is_no_page_for_a_way_that_is_not_chosen(maria, path):
    assert maria.get(path).status_code == 404
    assert maria.post(path, {"code": "123456"}).status_code == 404


def test_a_new_code_is_asked_for_by_pressing_and_not_by_a_link(maria, waiting):
    assert maria.get(NEW_CODE).status_code == 405
    assert AddressCode.objects.count() == 1


def test_who_has_protected_identity_is_told_and_not_asked_for_an_address(maria, cast):
    type(cast.maria).objects.filter(pk=cast.maria.pk).update(protected_identity=True)
    page = text_of(maria.get(WAYS))
    assert "Du har skyddade uppgifter. Därför skickas inget till dig." in page
    assert 'name="email"' not in page
    said = {"email": "maria@exempel.se", "email_topics": ["plan"], "submission": str(uuid4())}
    maria.post(WAYS, said)
    assert not ContactWay.objects.exists()


def test_a_text_message_has_its_own_page_and_words(maria):
    said = {"sms": "070-123 45 67", "sms_topics": ["plan"], "submission": str(uuid4())}
    to = maria.post(WAYS, said).headers["Location"]
    assert to == "/aviseringar/installningar/sms/"
    assert "Bekräfta mobilnumret" in text_of(maria.get(to))
    right = codes.letters_of(AddressCode.objects.get())
    page = text_of(maria.post(to, {"code": f"{(int(right) + 1) % 10**6:06d}"}))
    assert "det senaste sms:et" in page
