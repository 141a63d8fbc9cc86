"""Which picture symbol stands with a text that an adult wrote (bildstöd): the first word that has a picture
decides.

The words always stand beside the picture, so a picture that is only near the meaning misleads nobody.
"""

import re

TABLE: tuple[tuple[str, str], ...] = (
    ("speech", "prat|berätt|språk|säga|logoped|uttal|ord(en)?\\b"),
    ("sleep", "sov|sömn|somna|natt"),
    ("friends", "kompis|vän(nen)?\\b|vänner|kamrat"),
    ("book", "läs|bok(en)?\\b|böcker|läx|skriv|bokstav"),
    ("play", "lek"),
    ("draw", "rita|måla|pyssl|skapa"),
    ("computer", "dator|skärm|dataspel|surfplatta|video"),
    ("dog", "hund(en|ar)?\\b|djur|häst|katt"),
    ("quiet", "lugn|tyst|stress|hög(t|a) ljud|hörselkåp|vila"),
    ("pause", "paus|rast"),
    ("eat", "ät(a|er)\\b|mat(en)?\\b|lunch|frukost"),
    ("pain", "ont\\b|värk|smärt"),
    ("medicine", "medicin|tablett"),
    ("bus", "buss|res(a|er|or)\\b|åk(a|er)\\b|skolskjuts"),
    ("phone", "ring(a|er)\\b|telefon"),
    ("body", "kropp|röra|simma|cykla|springa|idrott|fotboll"),
    ("feelings", "känsl|må(r|ende)?\\b|ledsen|arg\\b|orolig|rädd"),
    ("teacher", "lärare|lektion|klassrum|assistent|resurs"),
    ("school", "skol|fritids|förskol"),
    ("home", "hemma|hemmet|familj"),
    ("hospital", "sjukhus|mottagning|läkar|undersök"),
    ("meeting", "möte|sip\\b|träffas"),
    ("train", "träna|öva|lära\\b"),
    ("help", "hjälp|stöd"),
)


def picture_for(text: str, default: str) -> str:
    """The symbol of the earliest word in the text that has one."""
    found = [
        (match.start(), name)
        for name, pattern in TABLE
        if (match := re.search(rf"\b(?:{pattern})", text.lower()))
    ]
    return min(found)[1] if found else default


def picture_of_work(title: str) -> str:
    """The symbol of a person by what they do."""
    words = title.lower()
    for name, pattern in (
        ("nurse", r"sköterska"),
        ("doctor", r"läkare"),
        ("teacher", r"rektor|lärare|pedagog"),
    ):
        if re.search(pattern, words):
            return name
    return "speech" if "logoped" in words else "adults"
