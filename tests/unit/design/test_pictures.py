"""The picture that stands with an adult's text."""

import pytest

from kring.design.build import STATIC
from kring.design.pictures import MOST_IN_A_SENTENCE, TABLE, picture_for, picture_of_work, pictures_of


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


# A word for every alternative of the table, as people write them.
WORDS_AND_PICTURES = {
    "speech": "prata berätta språket säga logopeden uttalet ord orden",
    "sleep": "sova sömnen somna natten",
    "friends": "kompisar vän vännen vänner kamraterna",
    "book": "läsa bok boken böcker läxor skriva bokstav bokstäver",
    "play": "leka lekplats",
    "draw": "rita måla pyssla skapa",
    "computer": "datorn skärmen dataspel surfplattan video",
    "dog": "hund hunden hundar djur häst katten",
    "quiet": "lugnt tyst stress hörselkåpor vila",
    "pause": "paus rasten",
    "eat": "äta äter mat maten lunch frukost",
    "pain": "ont värk smärta",
    "medicine": "medicinen tabletter",
    "bus": "bussen resa reser resor åka åker skolskjuts",
    "phone": "ringa ringer telefonen",
    "swim": "simma simskola simning bada badhuset",
    "football": "fotboll innebandy handboll bollsport",
    "music": "musik sjunga sången",
    "culture": "teater bio bion film museum kulturskola",
    "body": "kroppen röra cykla springa idrott gymnastik",
    "angry": "arg arga ilskan",
    "scared": "rädd rädda orolig oro",
    "tired": "trött",
    "proud": "stolt",
    "feelings": "känslor må mår mående ledsen",
    "siblings": "syskon brorsan syster lillebror lillasyster",
    "interpreter": "tolken",
    "wheelchair": "rullstolen",
    "glasses": "glasögon syn synen",
    "hearing-aid": "hörapparat hörsel hörseln höra",
    "dentist": "tandläkare tänder",
    "night-bag": "packa övernatta väskan",
    "waiting-room": "väntrum",
    "stop": "stopp",
    "teacher": "läraren lektionen klassrummet assistent resursen",
    "school": "skolan fritids förskolan",
    "home": "hemma hemmet familjen",
    "hospital": "sjukhuset mottagningen läkaren undersökning",
    "meeting": "möte mötet sip träffas",
    "train": "träna öva lära",
    "help": "hjälp stöd",
}


@pytest.mark.parametrize(
    ("word", "picture"),
    [(word, name) for name, words in WORDS_AND_PICTURES.items() for word in words.split()],
)
def test_each_word_has_its_picture_alone_and_in_a_sentence(word, picture):
    assert picture_for(word, "want") == picture
    assert picture_for(f"Jag vill att vi {word}, tack.", "want") == picture


def test_the_words_above_are_of_every_row_of_the_table():
    assert list(WORDS_AND_PICTURES) == [name for name, _ in TABLE]


@pytest.mark.parametrize(
    "text",
    ["bordet", "vända", "omat", "argument", "kontot", "restaurang", "åkrar", "måste", "lärde", "siporna"],
)
def test_a_word_that_only_looks_like_one_of_them_has_no_picture(text):
    assert picture_for(text, "want") == "want"


@pytest.mark.parametrize("text", ["höga ljud", "högt ljud"])
def test_two_words_together_may_have_one(text):
    assert picture_for(f"Slippa {text}", "want") == "quiet"


def test_the_earliest_word_decides_wherever_it_stands_in_the_table():
    assert picture_for("hjälp att prata", "want") == "help"
    assert picture_for("prata om hjälp", "want") == "speech"


@pytest.mark.parametrize(
    ("text", "pictures"),
    [
        ("", []),
        ("Xyz", []),
        ("Jag vill leka med Elsa på rasten.", [("play", "leka"), ("pause", "rasten")]),
        ("Träna på att berätta med bilder", [("train", "Träna"), ("speech", "berätta")]),
        ("Leka, lek och leka", [("play", "Leka")]),
        ("Ingen blir arg på dig.", []),
        ("Du leker. Du sover inte!", [("play", "leker")]),
        ("Aldrig ont? Bra. Läs en bok.", [("book", "Läs")]),
        (
            "Sova, äta, leka, läsa, simma",
            [("sleep", "Sova"), ("eat", "äta"), ("play", "leka"), ("book", "läsa")],
        ),
    ],
)
def test_with_more_pictures_each_word_has_its_own(text, pictures):
    assert pictures_of(text) == pictures
    assert len(pictures) <= MOST_IN_A_SENTENCE


@pytest.mark.parametrize("default", ["want", "plan", ""])
def test_without_such_a_word_it_is_the_one_given(default):
    assert picture_for("Xyz", default) == default
