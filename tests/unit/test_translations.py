"""The English of every page: nothing missing, nothing left over, and no Swedish shown among it.

After a change of the texts: `python -m tools.translations extract`, write the English, then `compile`.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import polib
import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.utils import translation

from kring import clock
from kring.demo import stories
from kring.organisations.models import Person
from tests import cast as people
from tests.own_pages import sign_in
from tools import translations

CATALOGUE = polib.pofile(str(translations.CATALOGUE))
EXPECTED = translations.expected()
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
SWEDISH = re.compile(r"[åäöÅÄÖ]")
NOT_FOR_READING = {"script", "style"}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-speak-text"}
INITIALS = re.compile(r"[A-ZÅÄÖ]{1,2}$")
# The way back to Swedish is in Swedish.
SWEDISH_ON_PURPOSE = ("Språk",)
MOST_PAGES = 8


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def named(entry: polib.POEntry) -> str:
    return f"{', '.join(place for place, _line in entry.occurrences)}: {entry.msgid!r}"


def english_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


# The catalogue and the source


def test_every_text_of_the_source_is_in_the_catalogue():
    known = {key(entry) for entry in CATALOGUE}
    missing = [named(entry) for entry in EXPECTED if key(entry) not in known]
    assert not missing, "run `python -m tools.translations extract` and write the English of:\n" + "\n".join(
        missing
    )


def test_the_catalogue_holds_nothing_that_no_page_says():
    said = {key(entry) for entry in EXPECTED}
    left = [named(entry) for entry in CATALOGUE if key(entry) not in said]
    assert not left, "run `python -m tools.translations extract`; no longer in the source:\n" + "\n".join(
        left
    )


def test_plurals_are_plurals_in_both():
    plurals = {key(entry): entry.msgid_plural for entry in EXPECTED}
    found = [named(entry) for entry in CATALOGUE if plurals.get(key(entry), "") != entry.msgid_plural]
    assert not found, "run `python -m tools.translations extract`:\n" + "\n".join(found)


def test_every_text_has_its_english():
    found = [named(entry) for entry in CATALOGUE if not all(text.strip() for text in english_of(entry))]
    assert not found, "write the English of:\n" + "\n".join(found)
    assert not [named(entry) for entry in CATALOGUE if entry.fuzzy], "a guess is not a translation"


def test_every_plural_has_one_and_many():
    found = [named(one) for one in CATALOGUE if one.msgid_plural and sorted(one.msgstr_plural) != [0, 1]]
    assert not found


def test_the_same_values_are_filled_in_both():
    found = [
        f"{named(entry)} became {text!r}"
        for entry in CATALOGUE
        for text, source in zip(english_of(entry), (entry.msgid, entry.msgid_plural), strict=False)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(source))
    ]
    assert not found, "a value is lost or made up:\n" + "\n".join(found)


def test_the_english_keeps_the_edges_and_is_english():
    for entry in CATALOGUE:
        for text in english_of(entry):
            assert text == text.strip() or entry.msgid != entry.msgid.strip(), named(entry)
            assert "«" not in text, f"English quotes are “ ”: {named(entry)}"
            places = text.replace("Borås", "").replace("Språk", "")
            assert not SWEDISH.search(places), f"Swedish in the English of {named(entry)}"


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("Min arbetslista", "My worklist"),
        ("Uppgift", "Task"),
        ("Försenad", "Overdue"),
        ("Väntar på andra", "Waiting for others"),
        ("Steg", "Step"),
        ("Samordnare", "Care coordinator"),
        ("Fast vårdkontakt", "Named care contact"),
        ("Samordnad individuell plan (SIP)", "Coordinated individual plan (SIP)"),
        ("Patientkontrakt", "Patient contract"),
        ("Uppdelade kontakter", "Split contacts"),
        ("Samla på samma dag", "Combine on one day"),
        ("Samtycke", "Consent"),
        ("Åtkomst blockerad", "Access blocked"),
        ("Skyddade personuppgifter", "Protected personal data"),
        ("Nödöppning", "Emergency access"),
        ("Vårdnadshavare", "Guardian"),
        ("Spara", "Save"),
        ("Skicka", "Send"),
        ("Gå vidare", "Continue"),
        ("Tillbaka", "Back"),
        ("Logga ut", "Log out"),
        ("Lämna snabbt", "Leave quickly"),
    ],
)
def test_the_words_that_are_never_mixed(swedish: str, english: str):
    assert CATALOGUE.find(swedish).msgstr == english


def test_what_is_read_is_what_is_compiled():
    compiled = translations.CATALOGUE.with_suffix(".mo").read_bytes()
    assert compiled == CATALOGUE.to_binary(), "run `python -m tools.translations compile`"


def test_django_reads_both_numbers():
    with translation.override("en"):
        words = [translation.ngettext("Om %(n)s dag", "Om %(n)s dagar", n) % {"n": n} for n in (1, 3)]
    assert words == ["In 1 day", "In 3 days"]


# How texts are found


def test_texts_in_python_are_found_by_whatever_name():
    code = """
from django.utils.translation import gettext as say, gettext_lazy, ngettext as count, pgettext
TITLE = gettext_lazy("Rubrik")
def words(n):
    return say("Hej"), count("%(n)s sak", "%(n)s saker", n), pgettext("one", "Barn"), other("inte den")
"""
    found = {
        (one.words, one.plural, one.context, one.place) for one in translations.from_python(code, "a.py")
    }
    assert found == {
        ("Rubrik", "", None, "a.py"),
        ("Hej", "", None, "a.py"),
        ("%(n)s sak", "%(n)s saker", None, "a.py"),
        ("Barn", "", "one", "a.py"),
    }


def test_texts_in_templates_are_found_and_built_ones_passed_over():
    page = (
        '<p>{{ _("Hej %(name)s", name=x) }}</p>{{ ngettext("%(n)s dag", "%(n)s dagar", n, n=n) }}{{ _(x) }}'
    )
    found = [(one.words, one.plural) for one in translations.from_template(page, "a.html")]
    assert found == [("Hej %(name)s", ""), ("%(n)s dag", "%(n)s dagar")]


def test_roles_rules_and_doors_are_texts_too():
    places = {text.place for text in translations.from_tables()}
    assert {place.rpartition("/")[2] for place in places} == {
        "roles.py",
        "catalogue.py",
        "doors.toml",
        "cast.toml",
    }


def test_extracting_again_keeps_the_english_and_drops_the_unused(tmp_path, monkeypatch):
    path = tmp_path / "en" / "django.po"
    first = [translations.Text("Hej", "a.py"), translations.Text("Bort", "a.py")]
    monkeypatch.setattr(translations, "texts", lambda: first)
    catalogue = translations.extract(path)
    catalogue.find("Hej").msgstr = "Hello"
    catalogue.save(str(path))

    second = [translations.Text("Hej", "b.py"), translations.Text("%(n)s dag", "b.py", plural="%(n)s dagar")]
    monkeypatch.setattr(translations, "texts", lambda: second)
    again = translations.extract(path)

    assert [(entry.msgid, entry.msgstr) for entry in again] == [("Hej", "Hello"), ("%(n)s dag", "")]
    assert again.find("%(n)s dag").msgstr_plural == {0: "", 1: ""}
    assert polib.pofile(str(path)).find("Hej").occurrences == [("b.py", "")]


# The pages


class Reader(HTMLParser):
    """What a page says aloud: its texts, and the words of pictures, fields and buttons; and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in NOT_FOR_READING
        self.texts += [value for name, value in attrs if name in SPOKEN and value]
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in NOT_FOR_READING

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def read(client: Client, address: str) -> Reader | None:
    """The page in English; None for what is not a page, such as a calendar file."""
    answer = client.get(address, follow=True)
    if "html" not in answer.headers.get("Content-Type", ""):
        return None
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader


def written_by_people() -> list[str]:
    """Everything that stands in the database, longest first: names, places and people's own words."""
    kept = {
        " ".join(piece.split())
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, CharField | TextField) and not isinstance(field, JSONField)
        for value in model.objects.exclude(**{field.name: None}).values_list(field.name, flat=True).distinct()
        for line in str(value).split("\n")
        for piece in (line, line.rstrip(" ."))
        if SWEDISH.search(piece)
    }
    return sorted(kept, key=len, reverse=True)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demo's stories, told once for these tests and taken back after them; what people wrote in them."""
    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        stories.tell(people.NOW)
        yield written_by_people()
        transaction.set_rollback(True)


@pytest.fixture
def client(told, db) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def swedish_on(page: Reader, own_words: list[str]) -> list[str]:
    """The texts of a page that still have Swedish letters when people's own words are taken out."""
    found = []
    for text in page.texts:
        rest = text
        for words in (*own_words, *SWEDISH_ON_PURPOSE):
            if not SWEDISH.search(rest):
                break
            rest = re.sub(re.escape(words), "", rest, flags=re.IGNORECASE)
        if SWEDISH.search(rest) and not INITIALS.match(text):
            found.append(text)
    return found


@pytest.mark.parametrize("address", ["/logga-in/", "/hjalp/", "/sprak/", "/utloggad/", "/finns-inte/"])
def test_pages_before_logging_in_are_english(client: Client, told: list[str], address: str):
    page = read(client, address)
    assert page is not None
    assert not swedish_on(page, told)


@pytest.mark.parametrize(
    ("subject", "start"),
    [
        ("karin", "/arbetslista/"),
        ("karin", "plan"),
        ("eva", "/arbetslista/vecka/"),
        ("nils", "/inlasning/"),
        ("rune", "/"),
        ("maria", "/mina-sidor/"),
        ("alva", "/min-sida/"),
        ("noa", "/min-sida/"),
    ],
)
def test_a_day_in_english_has_no_swedish(client: Client, told: list[str], subject: str, start: str):
    """From a person's first page along its links, as far as a few pages go."""
    sign_in(client, Person.objects.get(subject=subject))
    if start == "plan":
        start = f"/barn/{stories.child_id('alva')}/plan/"
    waiting, seen, found = [start], set(), []
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0).partition("#")[0]
        shape = re.sub(r"[0-9a-f-]{36}|\?.*", "", address)
        if not address.startswith("/") or shape in seen or "logga-ut" in address:
            continue
        seen.add(shape)
        page = read(client, address)
        if page is not None:
            waiting += page.links
            found += [f"{shape}: {text}" for text in swedish_on(page, told)]
    assert not found, "\n".join(found)


def test_the_page_says_which_language_it_is_in(client: Client):
    assert '<html lang="en"' in client.get("/logga-in/").content.decode()
    client.cookies["django_language"] = "sv"
    assert '<html lang="sv"' in client.get("/logga-in/").content.decode()


def test_choosing_english_stays_chosen(told, db):
    client = Client()
    client.post("/sprak/", {"language": "en", "next": "/logga-in/"})
    page = read(client, "/logga-in/")
    assert page is not None
    assert "Everyone around the child, in one plan" in page.texts
