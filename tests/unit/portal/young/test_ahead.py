"""S76 on the child's own pages, in words: what may be chosen for after the 13th birthday. No database."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.utils import translation

from kring.portal.young import presenters
from kring.portal.young.queries import Choosing
from kring.secrecy.queries.shares import Cell, GuardianSees

DAY = date(2027, 3, 12)
MARIA, JOHAN = Row(pk=uuid4(), name="Maria Berg"), Row(pk=uuid4(), name="Johan Berg")


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def cell(thing="plan", *, sees=False, chosen=True):
    return Cell(thing, sees, "8.5.guardian.older", chosen)


def chosen(*guardians, since=DAY, wished=()):
    return presenters.ahead(Choosing(Row(guardians=list(guardians)), True, since, set(wished)))


def test_each_guardian_has_a_line_for_what_the_child_decides_and_no_other():
    cells = [cell(sees=True), cell("appointment"), cell("record", chosen=False)]
    page = chosen(GuardianSees(MARIA, cells), GuardianSees(JOHAN, [cell("plan", chosen=False)]))
    (maria,) = page.guardians
    assert maria.name == "Maria Berg"
    assert [(one.label, one.word, one.tone) for one in maria.choices] == [
        ("Min plan", "Får se", "good"),
        ("Mina tider", "Får inte se", "lock"),
    ]
    assert all(f"vem={MARIA.pk}" in one.href for one in maria.choices)
    assert [one.href.split("vad=")[1] for one in maria.choices] == ["plan", "appointment"]


def test_who_has_asked_is_said_once_for_that_thing_and_pushes_nothing():
    both = [cell(), cell("appointment")]
    page = chosen(
        GuardianSees(MARIA, both), GuardianSees(JOHAN, both), wished={(JOHAN.pk, "plan"), (uuid4(), "plan")}
    )
    asked = [[one.asked for one in guardian.choices] for guardian in page.guardians]
    assert asked == [["", ""], ["Johan Berg har frågat.", ""]]
    words = [[(one.word, one.tone, one.icon) for one in guardian.choices] for guardian in page.guardians]
    assert words[0] == words[1], "what is asked for looks like what is not"


@pytest.mark.parametrize("since", [DAY, None])
def test_the_lines_are_short_and_say_that_no_is_as_right(since):
    lines = chosen(GuardianSees(MARIA, [cell()]), since=since).lead
    assert "Det är lika rätt att säga nej." in lines and "Väljer du inget ser de inget." in lines
    assert max(len(line.split()) for line in lines) <= 8
    assert ("Ditt val gäller från 12 mars 2027." in lines) is (since is not None)
    assert ("Ingen vuxen ser ditt val före dess." in lines) is (since is not None)


@pytest.mark.parametrize(
    ("sees", "since", "effect", "want"),
    [
        (False, DAY, "Maria Berg ser det från 12 mars 2027.", "show"),
        (True, DAY, "Maria Berg ser det inte från 12 mars 2027.", "stop"),
        (False, None, "Maria Berg ser det från och med nu, på Mina sidor.", "show"),
        (True, None, "Maria Berg ser det inte längre, från och med nu.", "stop"),
    ],
)
def test_once_more_it_says_from_when(sees, since, effect, want):
    check = presenters.share_check(MARIA, cell(sees=sees), since)
    assert (check.effects[0], check.want) == (effect, want)
    assert check.effects[1:3] == [
        "Maria Berg får inget meddelande om att du ändrat.",
        "Du kan ändra tillbaka när du vill.",
    ]


@pytest.mark.parametrize(
    ("shown", "since", "said"),
    [
        (True, DAY, "Ditt val är sparat: Min plan. Maria Berg ser det från 12 mars 2027."),
        (False, DAY, "Ditt val är sparat: Min plan. Maria Berg ser det inte från 12 mars 2027."),
        (True, None, "Nu ser Maria Berg Min plan. Ingen har fått något meddelande."),
        (False, None, "Nu ser Maria Berg inte längre Min plan. Ingen har fått något meddelande."),
    ],
)
def test_what_is_done_says_the_day_it_counts_from(shown, since, said):
    assert presenters.share_done(MARIA, cell(), shown=shown, since=since) == said
