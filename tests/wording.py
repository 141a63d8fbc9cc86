"""What never stands on a page that a person reads: the words of machines, and halves of sentences."""

import re

from tests.own_pages import texts_of

MACHINE = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\bNaN\b|\bUndefined\b|%\(|\{\{|\}\}|\{%|<lazy|object at 0x|datetime\.|"
    r"\bnull\b|SafeString|__\w+__|Traceback"
)
"""What Python, Jinja and Django write when nobody has written anything."""
FORBIDDEN = re.compile(r"\b(ogiltigt?|felaktigt?|vänligen|tyvärr|oops|något gick fel)\b", re.IGNORECASE)
"""ux.md c5, and c3: never «något gick fel» alone."""
ONE_OF_MANY = re.compile(
    r"\b1 (dagar|veckor|månader|timmar|minuter|sekunder|enheter|saker|rader|läsningar|körningar|poster|"
    r"personer|gånger|resor|versioner|nätter|anteckningar|meddelanden|frågor|spärrar|bilder|träffar)\b"
)
"""Numerals also for 1 (ux.md c6), and then the word is in the singular."""
UNFINISHED = re.compile(r"  +[.,:;]| [.,;:](\s|$)|\(\s*\)|«\s*»|\.\.(?!\.)|,\s*,")
"""A sentence with nothing where something should have stood."""


def machine_words(page: str) -> list[str]:
    """What of a page's own text no person would have written, piece by piece."""
    found = []
    for text in texts_of(page):
        for rule in (MACHINE, FORBIDDEN, ONE_OF_MANY, UNFINISHED):
            if rule.search(text):
                found.append(text[:120])
                break
    return found
