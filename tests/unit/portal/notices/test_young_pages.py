"""The young person's own list, bell and ways: in its own frame and words, closed before the age for them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access.policy.notices import Receiver, Way
from kring.audit.models import AccessLogRow
from kring.children.models import Child, MaturityAssessment
from kring.notifications import codes, commands
from kring.notifications.models import AddressCode, ContactWay, Delivery, Notice
from kring.notifications.rules import TELLINGS, topics_for
from kring.organisations.models import Person
from kring.portal.notices.forms import EVERYTHING, WaysForm, YoungWaysForm
from kring.portal.notices.presenters import ON_OWN_PAGES
from kring.secrecy.commands.asking import note_welcome
from tests.cast import NOW
from tests.own_pages import sign_in, texts_of
from tests.posting import Post

LIST, WAYS = "/aviseringar/", "/aviseringar/installningar/"
CODE, NEW_CODE = WAYS + "mejl/", WAYS + "mejl/ny/"
READ = LIST + "lasta/"
HOME, THREADS = "/min-sida/", "/min-sida/meddelanden/"
HERS = "noa@exempel.se"
BOTH = {"email", "sms"}
BELL = re.compile(r'class="k-bell" href="/aviseringar/">.*?<span class="ds-sr-only">(.*?)</span>', re.DOTALL)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def bell(page: str) -> str:
    """What the bell says; "" where there is none."""
    found = BELL.search(page)
    return found[1] if found else ""


@pytest.fixture
def noa(cast) -> Client:
    note_welcome(by=cast.actor("noa"), child_id=cast.child("noa").pk)
    return sign_in(Client(), cast.noa)


@pytest.fixture
def tell(cast):
    def telling(act, about=None):
        child_id = cast.child("noa").pk
        commands.tell(by=cast.actor("karin"), act=act, child_id=child_id, about=about or uuid4(), family=True)

    return telling


def chosen(**said):
    return {"submission": str(uuid4())} | said


def hers(**more):
    return chosen(email=HERS, email_topics=[EVERYTHING], **more)


# The list and the bell


def test_the_list_in_the_young_person_s_own_words_and_frame(noa, tell):
    tell("plan_version")
    page = text_of(noa.get(LIST))
    texts = texts_of(page)
    for words in ("Nytt för dig", "Din plan har ändrats. Öppna för att läsa.", "Ny"):
        assert words in texts
    assert "k-page--U" in page
    assert 'href="/lamna-snabbt/"' in page, "out quickly from here too"
    assert "avisering" not in " ".join(texts).lower()


def test_nothing_new_says_what_will_come(noa):
    assert "Inget nytt just nu." in text_of(noa.get(LIST))


@pytest.mark.parametrize("act", [row.act for row in TELLINGS.values() if Receiver.CHILD in row.to])
def test_each_leads_to_one_of_the_young_s_own_pages_and_is_read(cast, noa, tell, act):
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(2010, 1, 1))
    about = uuid4()
    tell(act, about)
    notice = Notice.objects.get()
    name, key = ON_OWN_PAGES[act]
    to = noa.get(f"{LIST}{notice.pk}/").headers["Location"]
    assert to == reverse(name, kwargs={key: about} if key else {})
    assert to.startswith("/min-sida/")
    notice.refresh_from_db()
    assert notice.read_at == NOW


@pytest.mark.parametrize("act", sorted({act for act, (_name, key) in ON_OWN_PAGES.items() if not key}))
def test_the_page_that_it_leads_to_opens(cast, noa, act):
    """For somebody who reads her record, as whoever may be told of it does."""
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=date(2010, 1, 1))
    assert noa.get(reverse(ON_OWN_PAGES[act][0])).status_code == 200


@pytest.mark.parametrize(
    ("n", "said"), [(0, "Nytt för dig"), (1, "Nytt för dig, 1 sak"), (3, "Nytt för dig, 3 saker")]
)
def test_the_bell_says_how_many(noa, tell, n, said):
    for _ in range(n):
        tell("visit_moved")
    assert bell(text_of(noa.get(HOME))) == bell(text_of(noa.get(LIST))) == said


def test_all_at_once(noa, tell):
    tell("visit_moved")
    tell("plan_version")
    assert noa.post(READ).headers["Location"] == LIST
    assert bell(text_of(noa.get(HOME))) == "Nytt för dig"


@pytest.mark.parametrize("look", ["", "pictures"])
def test_the_bell_is_there_however_the_pages_look(cast, noa, look):
    Child.objects.filter(pk=cast.child("noa").pk).update(page_mode=look)
    assert bell(text_of(noa.get(HOME)))
    assert "Nytt för dig" in text_of(noa.get(LIST))


def number_of_messages(page: str) -> str:
    """The number beside «Meddelanden» on the first page."""
    return re.search(r"<span>Meddelanden</span>(?:<span class=\"k-count\">.*?</span> (\d+)</span>)?", page)[1]


def test_bell_and_the_number_beside_messages_agree_all_the_way(cast, noa):
    post = Post(cast)
    threads = [post.begin("noa", "noa", title=title) for title in ("Skolan", "Sömnen")]
    for expected, thread in enumerate([*threads, threads[0]], start=1):
        post.write("karin", thread)
        page = text_of(noa.get(HOME))
        n = min(expected, 2)
        assert number_of_messages(page) == str(n)
        assert bell(page) == f"Nytt för dig, {n} {'sak' if n == 1 else 'saker'}"
    for left, thread in ((1, threads[1]), (None, threads[0])):
        text_of(noa.get(reverse("young-thread", args=[thread.pk])))
        page = text_of(noa.get(HOME))
        assert number_of_messages(page) == (str(left) if left else None)
        assert bell(page) == ("Nytt för dig, 1 sak" if left else "Nytt för dig")


def test_opening_it_from_the_list_empties_both(cast, noa):
    post = Post(cast)
    post.write("karin", post.begin("noa", "noa"))
    noa.get(f"{LIST}{Notice.objects.get(person=cast.noa).pk}/", follow=True)
    page = text_of(noa.get(HOME))
    assert (number_of_messages(page), bell(page)) == (None, "Nytt för dig")


def test_the_bell_costs_one_question_on_a_page_that_has_asked_about_the_child(cast, noa, tell):
    from kring.access import gate
    from kring.access.permissions import Permission
    from kring.portal.frame import _bell

    def cost():
        actor = cast.actor("noa")
        gate.child_or_404(actor, Permission.SEE_OWN_PAGES, actor.child_id, what="test")
        with CaptureQueriesContext(connection) as asked:
            _bell(actor)
        return len(asked)

    assert cost() == 1
    for _ in range(5):
        tell("record_answered")
        tell("visit_moved")
    assert cost() == 1, "her own pages are open already"


# Who has none


@pytest.mark.parametrize("path", [LIST, WAYS, CODE])
def test_a_smaller_child_is_refused_every_page_and_the_rule_is_logged(cast, path):
    alva = sign_in(Client(), cast.alva)
    assert alva.get(path).status_code == 403
    assert AccessLogRow.objects.order_by("-pk").first().rule == "8.5.child.own_only"


def test_to_a_smaller_child_a_notice_is_not_there_even_one_that_is_its_own(cast):
    """Told by a row that was changed since, say: it is as one that never was."""
    about = {"child": cast.child("alva"), "about": uuid4(), "made_at": NOW}
    mine = Notice.objects.create(person=cast.alva, act="visit_moved", **about)
    alva = sign_in(Client(), cast.alva)
    assert alva.get(f"{LIST}{mine.pk}/").status_code == alva.get(f"{LIST}{uuid4()}/").status_code == 404
    mine.refresh_from_db()
    assert mine.read_at is None


@pytest.mark.parametrize("path", [READ, WAYS, CODE, NEW_CODE])
def test_nor_does_it_write_anything_there(cast, path):
    said = hers(code="123456")
    assert sign_in(Client(), cast.alva).post(path, said).status_code == 403
    assert not ContactWay.objects.exists() and not AddressCode.objects.exists()


def test_the_smaller_child_s_pages_have_no_bell_and_no_way_to_choose(cast):
    page = text_of(sign_in(Client(), cast.alva).get(HOME))
    assert "/aviseringar/" not in page


def test_from_the_birthday_on_it_is_all_there(cast):
    Child.objects.filter(pk=cast.child("alva").pk).update(birth_date=date(2013, 11, 16))
    alva = sign_in(Client(), cast.alva)
    assert alva.get(LIST).status_code == alva.get(WAYS).status_code == 200


# Choosing ways


def test_the_way_there_and_what_the_page_promises(noa):
    assert f'href="{WAYS}"' in text_of(noa.get(HOME))
    page = text_of(noa.get(WAYS))
    texts = texts_of(page)
    for words in (
        "Hur vill du få veta?", "Vill du ha mejl?", "Vill du ha sms?", "Ja, när jag har något nytt",
        "Din egen mejladress", "Ditt eget mobilnummer",
        "Du har något nytt. Logga in som du brukar för att läsa.",
    ):  # fmt: skip
        assert words in texts
    said = " ".join(texts)
    assert "Det står inte vad det gäller och inte från vem. Ingen vårdnadshavare får det." in said
    assert "Mellan kl. 20.00 och 07.00 skickas inget." in said
    assert " checked" not in page, "nothing is chosen beforehand: in Kring only"


def test_the_address_that_kring_knows_is_not_filled_in(cast, noa):
    """It may be a guardian's."""
    Person.objects.filter(subject="noa").update(email="familjen@exempel.se")
    assert "familjen@exempel.se" not in text_of(noa.get(WAYS))


def test_chosen_confirmed_shown_and_stopped(cast, noa):
    assert noa.post(WAYS, hers()).headers["Location"] == CODE
    row = ContactWay.objects.get()
    assert (row.person, row.way, row.topics) == (cast.noa, "email", sorted(topics_for(Receiver.CHILD)))
    page = text_of(noa.get(CODE))
    assert "Bekräfta mejladressen" in page and "k-page--U" in page
    answer = noa.post(CODE, {"code": codes.letters_of(AddressCode.objects.get())}, follow=True)
    page = text_of(answer)
    assert "Adressen är bekräftad." in page and "Bekräftad" in page
    assert page.count(" checked") == 1
    noa.post(WAYS, chosen(email=HERS))
    assert not ContactWay.objects.exists()


def test_a_wrong_code_and_a_new_one(noa):
    noa.post(WAYS, hers())
    right = codes.letters_of(AddressCode.objects.get())
    page = text_of(noa.post(CODE, {"code": f"{(int(right) + 1) % 10**6:06d}"}))
    assert "Koden stämmer inte." in page and "k-page--U" in page
    page = text_of(noa.post(NEW_CODE, follow=True))
    assert "En ny kod är på väg." in page


def test_a_guardian_s_address_is_refused_in_words_and_nothing_is_sent(cast, noa):
    Person.objects.filter(subject="anders").update(email=HERS)
    page = text_of(noa.post(WAYS, hers()))
    assert "En vårdnadshavare har den adressen eller det numret." in page
    assert f'value="{HERS}"' in page, "what was written is kept"
    assert not ContactWay.objects.exists() and not Delivery.objects.exists()


def test_an_address_that_a_guardian_turns_out_to_have_says_so_and_asks_for_no_code(cast, noa):
    noa.post(WAYS, hers())
    Person.objects.filter(subject="anders").update(email=HERS)
    page = text_of(noa.get(WAYS))
    assert "En vårdnadshavare har den också: inget skickas dit" in page
    assert noa.get(CODE).headers["Location"] == WAYS


CLOSED = {
    "protected": (
        lambda cast: Child.objects.update(protection="flag"),
        "Du har skyddade uppgifter. Därför skickas inget till dig.",
    ),
    "account": (
        lambda cast: Person.objects.filter(subject="noa").update(protected_identity=True),
        "Du har skyddade uppgifter. Därför skickas inget till dig.",
    ),
}


@pytest.mark.parametrize("why", CLOSED)
def test_who_is_protected_is_told_and_not_asked(cast, noa, why):
    arrange, words = CLOSED[why]
    arrange(cast)
    page = text_of(noa.get(WAYS))
    assert words in page
    assert 'name="email"' not in page
    noa.post(WAYS, hers())
    assert not ContactWay.objects.exists()


def test_no_guardian_learns_that_the_young_have_chosen(cast, noa):
    anders = sign_in(Client(), cast.anders)
    before = Notice.objects.count()
    noa.post(WAYS, hers())
    assert Notice.objects.count() == before
    assert HERS not in text_of(anders.get(WAYS)) + text_of(anders.get(reverse("family-account")))


@pytest.mark.parametrize("ways", [set(), {"email"}, {"sms"}, BOTH])
def test_one_box_for_each_way_that_there_is(ways):
    form = YoungWaysForm({f"{way}_topics": [EVERYTHING] for way in ways} | ADDRESSES, ways=ways)
    assert form.is_valid(), form.errors
    assert {way.value: topics for way, (_to, topics) in form.chosen().items()} == dict.fromkeys(
        ways, topics_for(Receiver.CHILD)
    )
    boxes = sum(len(form.fields[f"{way}_topics"].choices) for way in ways)
    assert boxes == len(ways)


ADDRESSES = {"email": HERS, "sms": "070-123 45 67"}


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {}),
        ({"email_topics": [EVERYTHING]}, {"email": "Skriv mejladressen."}),
        ({"sms_topics": [EVERYTHING]}, {"sms": "Skriv mobilnumret."}),
        ({"email_topics": ["plan"], "email": HERS}, {"email_topics": "Välj bland dem som står i listan."}),
    ],
)
def test_what_the_form_answers(said, errors):
    form = YoungWaysForm(said, ways=BOTH)
    assert {name: one[0] for name, one in form.errors.items()} == errors


def test_the_adults_form_is_as_it_was():
    """The young's words are the young's: the fields of the two are not one another's."""
    YoungWaysForm({}, ways=BOTH)
    adults = WaysForm({}, ways=BOTH)
    assert [key for key, _word in adults.fields["email_topics"].choices] == [
        "meetings", "plan", "consent", "questions", "messages",
    ]  # fmt: skip
    assert adults.fields["sms"].label == "Mobilnummer"


def test_a_young_person_judged_mature_finds_the_answer_by_the_list(cast, noa, tell):
    MaturityAssessment.objects.create(
        child=cast.child("noa"), question="record", mature_from=NOW.date(), grounds="Samtal",
        unit=cast.unit("sas-bup-boras"), assessed_by=cast.eva, assessed_at=NOW,
    )  # fmt: skip
    tell("record_answered")
    assert "Du har fått svar på om du får läsa mer." in text_of(noa.get(LIST))
    assert noa.get(f"{LIST}{Notice.objects.get().pk}/", follow=True).status_code == 200


@pytest.mark.parametrize("way", list(Way)[1:])
def test_the_code_s_page_is_closed_for_a_way_that_is_not_chosen(noa, way):
    assert noa.get(reverse("notice-code", kwargs={"way": way})).status_code == 404
