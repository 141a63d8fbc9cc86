"""The picture that stands with an adult's text."""

import pytest

from kring.design.build import STATIC
from kring.design.pictures import TABLE, picture_for, picture_of_work


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("Jag vill kunna berätta för mina kompisar", "speech"),
        ("Träna på att berätta med bilder", "train"),
        ("Sova hela natten", "sleep"),
        ("Ha någon att leka med på rasten", "play"),
        ("Läsa tio minuter hemma", "book"),
        ("Hörselkåpor i klassrummet", "quiet"),
        ("Må bra", "feelings"),
        ("Kunna åka buss själv", "bus"),
        ("Prova ny medicin", "medicine"),
        ("", "want"),
        ("Xyz", "want"),
        ("Kontakt med BUM varje vecka i hundra dagar", "want"),
        ("Springa och ringa i argument", "body"),
        ("Boka tid vid bordet", "want"),
    ],
)
def test_the_first_word_with_a_picture_decides(text, picture):
    assert picture_for(text, "want") == picture


def test_capital_letters_make_no_difference():
    assert picture_for("SOVA", "want") == picture_for("sova", "want") == "sleep"


@pytest.mark.parametrize(
    ("title", "picture"),
    [
        ("Skolsköterska", "nurse"),
        ("BVC-sjuksköterska", "nurse"),
        ("Barnläkare", "doctor"),
        ("Rektor", "teacher"),
        ("Logoped", "speech"),
        ("Samordnare", "adults"),
        ("", "adults"),
    ],
)
def test_people_get_a_picture_by_their_work(title, picture):
    assert picture_of_work(title) == picture


def test_every_picture_in_the_table_is_drawn():
    drawn = (STATIC / "symbols.svg").read_text(encoding="utf-8")
    names = {name for name, _pattern in TABLE} | {"nurse", "doctor", "teacher", "speech", "adults"}
    assert not [name for name in names if f'id="{name}"' not in drawn]
