"""python -m tools.translations: texts found wherever they stand, and what was translated stays translated."""

import polib
import pytest

from tools import translations
from tools.translations import Text, from_python, from_template


def found(code: str) -> list[tuple[str, str, str | None]]:
    return [(one.words, one.plural, one.context) for one in from_python(code, "a.py")]


HEAD = "from django.utils.translation import "


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('_("Hej")', [("Hej", "", None)]),
        ('gettext("Hej")', [("Hej", "", None)]),
        ('gettext_lazy("Hej")', [("Hej", "", None)]),
        ('gettext_noop("Hej")', [("Hej", "", None)]),
        ('ngettext("sak", "saker", n)', [("sak", "saker", None)]),
        ('ngettext_lazy("sak", "saker", n)', [("sak", "saker", None)]),
        ('pgettext("här", "Barn")', [("Barn", "", "här")]),
        ('pgettext_lazy("här", "Barn")', [("Barn", "", "här")]),
        (HEAD + 'gettext as say\nsay("Hej")', [("Hej", "", None)]),
        (HEAD + 'ngettext as many\nmany("sak", "saker", n)', [("sak", "saker", None)]),
        ("from django.utils import translation\ntranslation.gettext('Hej')", [("Hej", "", None)]),
        ('_("Ett " "ord")', [("Ett ord", "", None)]),
        ('_("%(n)s saker") % {"n": _("tre")}', [("%(n)s saker", "", None), ("tre", "", None)]),
        ('def f():\n    class A:\n        x = [_("Djupt")]', [("Djupt", "", None)]),
        # What is not there to be read, or not said by gettext.
        ("_(words)", []),
        ('_(f"Hej {name}")', []),
        ('ngettext("sak", many, n)', []),
        ('pgettext("här", words)', []),
        ('print("Hej")', []),
        ('# _("Hej")', []),
        (HEAD + 'get_language as _x\n_x("sv")', []),
        ("", []),
    ],
)
def test_texts_of_a_module(code, texts):
    assert sorted(found(code)) == sorted(texts)


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ('{{ _("Hej") }}', [("Hej", "")]),
        ("{{ _('Hej') }}", [("Hej", "")]),
        ('{{ gettext("Hej") }}', [("Hej", "")]),
        ('{{ _("Hej %(name)s", name=x) }}', [("Hej %(name)s", "")]),
        ('{{ ngettext("sak", "saker", n) }}', [("sak", "saker")]),
        ('<a title="{{ _("Hej") }}">{{ _("Då") }}</a>', [("Hej", ""), ("Då", "")]),
        ('{% if x %}{{ _("Ja") }}{% else %}{{ _("Nej") }}{% endif %}', [("Ja", ""), ("Nej", "")]),
        ("{% macro m() %}{{ _('I ett makro') }}{% endmacro %}", [("I ett makro", "")]),
        ("{% trans %}Hel text{% endtrans %}", [("Hel text", "")]),
        ("{{ _(x) }}", []),
        ('{{ _("a" ~ x) }}', []),
        ('{# _("Hej") #}', []),
        ("Bara text", []),
    ],
)
def test_texts_of_a_page(page, texts):
    assert [(one.words, one.plural) for one in from_template(page, "a.html")] == texts


# Collecting


@pytest.fixture
def catalogue(monkeypatch, tmp_path):
    """Extract from these texts into a catalogue that stays between the calls."""
    path = tmp_path / "locale" / "en" / "django.po"

    def extract(*texts: Text) -> polib.POFile:
        monkeypatch.setattr(translations, "texts", lambda: list(texts))
        translations.extract(path)
        return polib.pofile(str(path))

    extract.path = path
    return extract


def translate(path, **words: str) -> None:
    catalogue = polib.pofile(str(path))
    for msgid, msgstr in words.items():
        catalogue.find(msgid).msgstr = msgstr
    catalogue.save(str(path))


def test_a_text_that_stands_in_two_files_is_one_with_both(catalogue):
    (entry,) = catalogue(Text("Hej", "a.py"), Text("Hej", "b.html"), Text("Hej", "a.py"))
    assert entry.occurrences == [("a.py", ""), ("b.html", "")]
    assert not entry.translated()


def test_one_word_in_two_contexts_is_two_texts(catalogue):
    entries = catalogue(
        Text("Barn", "a.py"), Text("Barn", "a.py", context="ett"), Text("Barn", "b.py", context="två")
    )
    assert [(entry.msgid, entry.msgctxt) for entry in entries] == [
        ("Barn", None),
        ("Barn", "ett"),
        ("Barn", "två"),
    ]


def test_texts_stand_in_the_order_they_are_found(catalogue):
    assert [entry.msgid for entry in catalogue(Text("B", "a"), Text("A", "a"), Text("C", "a"))] == [
        "B",
        "A",
        "C",
    ]


@pytest.mark.parametrize(("words", "flags"), [("%(n)s saker", ["python-format"]), ("100 %", []), ("Hej", [])])
def test_a_text_with_values_says_so(catalogue, words, flags):
    assert catalogue(Text(words, "a.py"))[0].flags == flags


def test_the_english_stays_and_what_is_no_longer_said_goes(catalogue):
    catalogue(Text("Hej", "a.py"), Text("Då", "a.py"))
    translate(catalogue.path, Hej="Hello", Då="Bye")
    entries = catalogue(Text("Hej", "c.py"), Text("Nytt", "c.py"))
    assert [(entry.msgid, entry.msgstr) for entry in entries] == [("Hej", "Hello"), ("Nytt", "")]


def test_a_text_that_becomes_a_plural_keeps_its_english_in_both(catalogue):
    catalogue(Text("sak", "a.py"))
    translate(catalogue.path, sak="thing")
    (entry,) = catalogue(Text("sak", "a.py", plural="saker"))
    assert (entry.msgid_plural, entry.msgstr_plural) == ("saker", {0: "thing", 1: "thing"})


def test_a_plural_that_becomes_one_text_keeps_its_singular(catalogue):
    catalogue(Text("sak", "a.py", plural="saker"))
    kept = polib.pofile(str(catalogue.path))
    kept.find("sak").msgstr_plural = {0: "thing", 1: "things"}
    kept.save(str(catalogue.path))
    assert [(one.msgid, one.msgstr) for one in catalogue(Text("sak", "a.py"))] == [("sak", "thing")]


def test_a_text_once_plural_is_plural_wherever_it_stands(catalogue):
    (entry,) = catalogue(
        Text("sak", "a.py"), Text("sak", "b.py", plural="saker"), Text("sak", "c.py", plural="x")
    )
    assert (entry.msgid_plural, entry.msgstr_plural) == ("saker", {0: "", 1: ""})


def test_the_catalogue_says_its_language_and_how_it_counts(catalogue):
    metadata = catalogue(Text("Hej", "a.py")).metadata
    assert metadata["Language"] == "en"
    assert metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert metadata["Content-Type"] == "text/plain; charset=UTF-8"


# The command


def test_what_lacks_english_is_counted_and_named(catalogue, monkeypatch, capsys):
    catalogue(Text("Hej", "a.py"))
    translate(catalogue.path, Hej="Hello")
    texts = [Text("Hej", "a.py"), Text("Ny", "b.py"), Text("Fler", "c.py")]
    monkeypatch.setattr(translations, "texts", lambda: texts)
    first_extract = translations.extract
    monkeypatch.setattr(translations, "extract", lambda: first_extract(catalogue.path))
    assert translations.main(["extract"]) == 0
    told = [line.split("] ")[1] for line in capsys.readouterr().out.splitlines()]
    assert told == ["3 texts, 2 without English.", "  b.py: 'Ny'", "  c.py: 'Fler'"]


def test_compiling_twice_gives_the_same_bytes(catalogue):
    catalogue(Text("Hej", "a.py"), Text("Åh", "a.py"))
    translate(catalogue.path, Hej="Hello", Åh="Oh")
    target = translations.compile_catalogue(catalogue.path)
    first = target.read_bytes()
    assert target.name == "django.mo"
    assert translations.compile_catalogue(catalogue.path).read_bytes() == first
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(target))} == {"Hej": "Hello", "Åh": "Oh"}


@pytest.mark.parametrize("arguments", [[], ["help"], ["extract", "compile"], ["Extract"]])
def test_any_other_word_shows_how_it_is_used(arguments, capsys):
    assert translations.main(arguments) == 2
    assert "python -m tools.translations extract" in capsys.readouterr().out
