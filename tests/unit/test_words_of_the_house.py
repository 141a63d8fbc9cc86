"""Every Swedish text of the product, against the rules of its words (ux.md c2, c5, c6 and check 50).

Not a sample: what the catalogue collects from Python, templates and tables, each text by every rule.
"""

import re
from dataclasses import dataclass

import pytest

from tools import translations

TEXTS = translations.texts()


@dataclass(frozen=True)
class Rule:
    """What no text may hold. `but`: the places where it is the right word, and why it is."""

    says: str
    never: str
    but: tuple[str, ...] = ()
    exact: bool = False

    def breaks(self, text: translations.Text) -> bool:
        kind = 0 if self.exact else re.IGNORECASE
        found = any(re.search(self.never, words, kind) for words in (text.words, text.plural) if words)
        return found and not any(place in text.place for place in self.but)


RULES = (
    # c5: forbidden words; a person has never done wrong.
    Rule("words that blame or beg", r"ogiltig|felaktig|vänligen|tyvärr|oops"),
    Rule("«något gick fel» alone says nothing (c3)", r"^något gick fel\.?$"),
    # c2: one word for each thing, never mixed.
    Rule("«Skyddade personuppgifter»", r"skyddad identitet"),
    Rule("«Försenad»", r"\bförfall(en|na|et)\b"),
    Rule("«Logga ut»", r"\blogga av\b|\bloggas av\b|\blogout\b"),
    Rule("«Samordnare»", r"\b(koordinator|case manager|vårdlots)"),
    Rule("«Samordnad individuell plan»", r"samordnad vårdplan|individuell vårdplan"),
    Rule("«Egenmonitorering», «Hur mår jag?»", r"\bsjälvmonitorering|\begenmätning"),
    Rule("«Vem har läst»", r"\b(åtkomstlogg|läslogg|loggutdrag)\b"),
    Rule("«Sluta dela»", r"\b(dra in|avbryt) delning"),
    Rule("«Nödöppning»", r"\b(nödåtkomst|break.?glass|akutåtkomst)"),
    Rule("one word for letters on the net", r"\be-?post\b|\be-mail\b|\bmail\b"),
    Rule("one way of writing sms", r"\bSMS\b", exact=True),
    # c2: «verbs on buttons say what happens, never OK».
    Rule("a button says what happens", r"^(ok|submit|skicka in|verkställ)$"),
    Rule("no instruction about the mouse", r"\bklicka\b|\bklick här\b|\btryck här\b"),
    # c2: guardian, never mother or father; «barn med misstänkt adhd», not «adhd-barn».
    Rule("guardians have no sex", r"\b(mamma|pappa|modern|fadern|föräldern)\b|\bmor och far\b"),
    Rule("children are not their diagnosis", r"\b(adhd|autism|npf|diagnos)-?barn", but=()),
    Rule("diagnoses are written small", r"\b(ADHD|AUTISM|SIP-PLAN)\b", exact=True),
    Rule("hen and barnet", r"\bhan ?(/|eller) ?hon\b|\bhon ?(/|eller) ?han\b|\bhans/hennes\b"),
    # c2: no abbreviations without expansion.
    Rule("no abbreviations", r"\b(bl\.? ?a|t\.? ?ex|m\.? ?m|o\.? ?s\.? ?v|d\.? ?v\.? ?s|pga|resp|ev|ca)\."),
    # c2: du; and not the passive of forms.
    Rule("«du», never «man» or a slash", r"\bman\b|\b[Nn]i/[Dd]u\b|\b[Dd]in/[Ee]r\b"),
    # c6: dates, times and numbers.
    Rule("«kl. 10.00», never 10:00", r"\b\d{1,2}:\d{2}\b|\bkl \d|\bkl\.\d"),
    Rule(
        "a range has a dash", r"\d-\d",
        # A personal number and a telephone number have a hyphen.
        but=("notices/forms.py", "secrecy/forms.py", "register/"),
    ),
    Rule("decimal comma", r"\d\.\d+ (procent|mnkr|dagar|timmar)"),
    # Typography that a screen reader reads aloud.
    Rule("Swedish quotation marks", r"\""),
    Rule("an ellipsis is one sign", r"\.\.\."),
    Rule("no space too many", r"  |^ | $| [.,;:?!](\s|$)"),
    Rule(
        "nothing is shouted", r"\b(?!NDJSON|ÅÅÅÅMMDD)[A-ZÅÄÖ]{5,}(?![A-Za-z])",
        but=("calc", "register/"), exact=True,
    ),
)  # fmt: skip


def test_there_is_something_to_read():
    assert len(TEXTS) > 5000


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_no_text_breaks_it(rule):
    broken = sorted({f"{text.place}: {text.words[:90]!r}" for text in TEXTS if rule.breaks(text)})
    assert not broken, f"{rule.says}:\n" + "\n".join(broken[:10])


@pytest.mark.parametrize(
    ("says", "text", "breaks"),
    [
        ("words that blame or beg", "Numret är ogiltigt.", True),
        ("words that blame or beg", "Numret har fel antal siffror.", False),
        ("guardians have no sex", "Mamma kan se den här sidan", True),
        ("guardians have no sex", "Mormor och morfar", False),
        ("«kl. 10.00», never 10:00", "Mötet börjar kl 10", True),
        ("«kl. 10.00», never 10:00", "Mötet börjar kl. 10.00", False),
        ("a range has a dash", "Vi svarar 8-16", True),
        ("a range has a dash", "Vi svarar 8–16", False),
        ("no abbreviations", "Ta med t.ex. en bild", True),
        ("no abbreviations", "Ta med till exempel en bild", False),
        ("nothing is shouted", "VIKTIGT", True),
        ("nothing is shouted", "Läs som JSON eller CSV", False),
        ("no space too many", "Spara .", True),
        ("a button says what happens", "OK", True),
        ("a button says what happens", "Skicka frågan", False),
    ],
)
def test_each_rule_sees_what_it_is_for(says, text, breaks):
    rule = next(one for one in RULES if one.says == says)
    assert rule.breaks(translations.Text(text, "x.py")) is breaks


def test_a_sentence_has_an_end():
    """A text of two sentences or more ends as its first one does; a label has no full stop at all. After
    «Ring» stands the number, as a link."""
    two = re.compile(r"[a-zåäö»)][.?] [A-ZÅÄÖ«]")
    ended = re.compile(r"[.?!:»)…]$|%\(\w+\)s$|[0-9]$|\bRing$|https://$|Barnets egna ord$")
    loose = [f"{one.place}: {one.words[-60:]!r}" for one in TEXTS if two.search(one.words)]
    unended = [
        f"{one.place}: {one.words[-60:]!r}"
        for one in TEXTS
        if two.search(one.words) and not ended.search(one.words.strip())
    ]
    assert len(loose) > 500
    assert not unended, "\n".join(unended[:10])


def test_sip_is_told_in_whole_words_somewhere_on_every_page_that_is_its_own():
    """c2: «SIP is always expanded once per page»: the words exist for staff, family and open pages."""
    places = [
        one.place for one in TEXTS if re.search(r"samordnad individuell plan", one.words, re.IGNORECASE)
    ]
    for part in ("care/plans", "portal/family", "children/models"):
        assert any(part in place for place in places), part
