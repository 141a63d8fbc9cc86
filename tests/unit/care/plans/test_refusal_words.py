"""Every refusal has words that help, and every code is used."""

import re
from pathlib import Path

import pytest

from kring.care.contacts.rules import refusals as contact_refusals
from kring.care.plans import commands
from kring.care.plans.rules import refusals
from kring.care.plans.rules.refusals import WORDS, Refusal

FORBIDDEN = ("ogiltig", "felaktig", "vänligen", "tyvärr", "oops", "något gick fel")
EVERY = [*WORDS.items(), *contact_refusals.WORDS.items()]


@pytest.mark.parametrize(("code", "row"), EVERY, ids=lambda value: value if isinstance(value, str) else "")
def test_words_say_what_to_do_and_blame_nobody(code, row):
    words = str(row[1])
    assert words.endswith("."), code
    assert words[0].isupper(), code
    assert not [word for word in FORBIDDEN if word in words.lower()]


def test_words_take_their_places():
    refusal = Refusal("consent_waiting", who="Johan Åberg")
    assert refusal.message == "Planen kan inte lämna utkastet än. Samtycke saknas från: Johan Åberg."
    assert (refusal.code, refusal.field, str(refusal)) == ("consent_waiting", "", refusal.message)


def test_a_refusal_points_at_the_field_to_mend():
    assert Refusal("question_missing").field == "question"


@pytest.mark.parametrize("module", [refusals, contact_refusals])
def test_no_code_is_without_a_use(module):
    package = Path(module.__file__).parents[1]
    said = "".join(
        path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path != Path(module.__file__)
    )
    by_state = {f"consent_{state}" for state in ("waiting", "conflict", "board", "no_signer")}
    unused = {code for code in module.WORDS if f'"{code}"' not in said} - by_state
    assert not unused


def test_every_code_that_is_raised_has_words():
    package = Path(commands.__file__).parents[1]
    raised = set()
    for path in package.rglob("*.py"):
        raised |= set(re.findall(r'Refusal\("(\w+)"', path.read_text(encoding="utf-8")))
    assert raised <= set(WORDS)
