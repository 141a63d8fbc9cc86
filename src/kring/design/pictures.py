"""Which picture symbol stands with a text that somebody wrote (bildstöd): its first word with one decides.

The words always stand beside the picture, so a picture that is only near the meaning misleads nobody.
"""

import re

TABLE: tuple[tuple[str, str], ...] = (
    ("speech", "prat|berätt|språk|säga|logoped|uttal|ord(en)?\\b"),
    ("sleep", "sov|sömn|somna|natt"),
    ("friends", "kompis|vän(nen)?\\b|vänner|kamrat"),
    ("book", "läs|bok(en)?\\b|böcker|läx|skriv|bokst(a|ä)v"),
    ("play", "lek(?!tion)"),
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
    ("train", "trän|öva|lära\\b"),
    ("help", "hjälp|stöd"),
)


WORDS = tuple((name, re.compile(rf"\b(?:{pattern})")) for name, pattern in TABLE)


def picture_for(text: str, default: str) -> str:
    """The symbol of the earliest word in the text that has one."""
    lower = text.lower()
    found = [(match.start(), name) for name, pattern in WORDS if (match := pattern.search(lower))]
    return min(found)[1] if found else default


WORK = (
    ("nurse", "sköterska"),
    ("doctor", "läkare"),
    ("teacher", "rektor|lärare|pedagog"),
    ("speech", "logoped"),
)


def picture_of_work(title: str) -> str:
    """The symbol of a person by what they do."""
    words = title.lower()
    return next((name for name, pattern in WORK if re.search(pattern, words)), "adults")
