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
    ("swim", "sim(ma|mar|skola|ning)\\b|bad(a|ar|hus)"),
    ("football", "fotboll|innebandy|handboll|bollsport"),
    ("music", "musik|sjung|sång|spela (piano|gitarr)"),
    ("culture", "teater|bio(n)?\\b|film|museum|kultur"),
    ("body", "kropp|röra|cykla|springa|idrott|gymnastik"),
    ("angry", "arg(a)?\\b|ilsk"),
    ("scared", "rädd|orolig|oro\\b"),
    ("tired", "trött"),
    ("proud", "stolt"),
    ("feelings", "känsl|må(r|ende)?\\b|ledsen"),
    ("siblings", "syskon|bror|syster|lillebror|lillasyster"),
    ("interpreter", "tolk"),
    ("wheelchair", "rullstol"),
    ("glasses", "glasögon|syn(en)?\\b"),
    ("hearing-aid", "hörapparat|hörsel(n)?\\b|höra\\b"),
    ("dentist", "tand|tänder"),
    ("night-bag", "packa|övernatt|väska"),
    ("waiting-room", "väntrum"),
    ("stop", "stopp"),
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


MOST_IN_A_SENTENCE = 4
NEGATED = re.compile(r"\b(inte|ingen|inget|inga|aldrig)\b", re.IGNORECASE)


def pictures_of(text: str) -> list[tuple[str, str]]:
    """Every word of a text that has a symbol, as (symbol, word), each symbol once and at most four: what
    «Mer bilder» shows. A sentence that says no has none: a picture shows what is, never what is not.
    """
    found: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.!?])\s", str(text)):
        for word in [] if NEGATED.search(sentence) else re.findall(r"[\w-]+", sentence):
            if name := picture_for(word, ""):
                found.setdefault(name, word)
    return list(found.items())[:MOST_IN_A_SENTENCE]
