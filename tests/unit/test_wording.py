"""The eye that reads every page of every person (tests/access/leaking.py) sees what it is for."""

import pytest

from tests.wording import machine_words


@pytest.mark.parametrize(
    "words",
    [
        "Nästa besök: None",
        "Visar %(n)s av %(all)s",
        "{{ name }}",
        "<lazy string>",
        "Startad datetime.datetime(2026, 11, 16)",
        "Värdet är NaN",
        "True",
        "Undefined",
        "Numret är ogiltigt.",
        "Tyvärr gick det inte.",
        "Något gick fel.",
        "1 dagar kvar",
        "Du har 1 meddelanden.",
        "Borås , Skolan",
        "Hej ()",
        "Barnets ord: «»",
        "Det är klart..",
        "Skolan, , BUM",
    ],
)
def test_what_no_person_would_have_written_is_seen(words):
    escaped = words.replace("<", "&lt;").replace(">", "&gt;")
    assert machine_words(f"<main><p>{escaped}</p></main>") == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Nästa besök: tis 24 nov 2026 kl. 10.00",
        "1 dag kvar",
        "21 dagar kvar",
        "1 besök",
        "Nonetheless",
        "Ring 112, eller 1177 för råd.",
        "Var kan du vara med?",
        "Laddar …",
        "Vad heter barnet?",
        "Din e-tjänst: öppen",
    ],
)
def test_what_people_write_is_left_alone(words):
    assert machine_words(f"<main><p>{words}</p></main>") == []


def test_what_nobody_reads_is_not_read():
    page = "<script>var a = None;</script><style>.x{{a}}</style><svg><title>None</title></svg><p>Hej</p>"
    assert machine_words(page) == []
