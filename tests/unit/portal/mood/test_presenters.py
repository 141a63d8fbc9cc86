"""The child's answers in adults' words. No database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace as Row

import pytest
from django.utils import translation

from kring.access.policy.decision import Decision, Need, Outcome, Reveal
from kring.care.monitoring.models import MoodAnswer
from kring.portal.mood import presenters
from kring.portal.mood.forms import ReaderForm

SENT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
READ = datetime(2026, 11, 17, 13, 30, tzinfo=UTC)
WAITS = Decision(Outcome.DENY, "8.2.2.choice", Reveal.EXISTS, frozenset({Need.ACTIVE_CHOICE}))
CLOSED = Decision(Outcome.DENY, "8.2.3", Reveal.EXISTS)
OPEN = Decision(Outcome.ALLOW, "8.2.2")


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


@dataclass
class Reader:
    name: str = "Karin Lund"


def answer(**more) -> MoodAnswer:
    fields = {"face": "sad", "places": [], "words": "", "sent_at": SENT, "shown_to_guardians": True}
    return MoodAnswer(**(fields | more))


@pytest.mark.parametrize("face", MoodAnswer.Face.values)
def test_every_face_has_its_picture_and_its_word(face):
    line = presenters.line(answer(face=face), to_staff=True)
    assert line.picture in ("dont-know", f"feel-{face}")
    assert line.face == str(MoodAnswer.Face(face).label)
    assert not any(sign.isdigit() for sign in line.face)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], ""),
        (["tummy"], "Magen"),
        (["head", "legs"], "Huvudet, Benen"),
        (["head", "gone"], "Huvudet"),
    ],
)
def test_the_places_in_words(places, said):
    assert presenters.line(answer(places=places), to_staff=False).places == said


@pytest.mark.parametrize(
    ("words", "lines"), [("", []), ("Skolan", ["Skolan"]), ("Skolan\nHögt", ["Skolan", "Högt"])]
)
def test_the_child_s_words_line_by_line(words, lines):
    assert presenters.line(answer(words=words), to_staff=False).words == lines


@pytest.mark.parametrize(
    ("shown", "to_staff", "marked"),
    [(True, True, False), (False, True, True), (False, False, False), (True, False, False)],
)
def test_only_staff_are_told_that_the_child_said_no(shown, to_staff, marked):
    line = presenters.line(answer(shown_to_guardians=shown), to_staff=to_staff)
    assert bool(line.hidden) is marked


@pytest.mark.parametrize(
    ("read_at", "to_staff", "unread"), [(None, True, True), (None, False, False), (READ, True, False)]
)
def test_only_staff_are_told_what_is_unread(read_at, to_staff, unread):
    one = answer(read_at=read_at)
    assert presenters.line(one, to_staff=to_staff).unread is unread


def test_who_has_read_and_when():
    one = answer(read_at=READ)
    one.read_by = None
    assert presenters.line(one, to_staff=True).read == "Läst av  tis 17 nov 2026 kl. 14.30"
    assert presenters.line(one, to_staff=False).read == ""


@pytest.mark.parametrize(
    ("read", "said"),
    [([READ, READ], ""), ([None, READ], "1 svar är inte läst."), ([None, None], "2 svar är inte lästa.")],
)
def test_the_unit_s_page_counts_what_is_unread(read, said):
    found = Row(asking=None, answers=[answer(read_at=one) for one in read], elsewhere=[])
    page = presenters.staff_page(found)
    assert (page.unread, page.reader) == (said, "")


@pytest.mark.parametrize(
    ("decision", "shown", "choose", "why"),
    [(WAITS, 0, True, True), (CLOSED, 0, False, True), (OPEN, 1, False, False)],
)
def test_another_unit_s_answers_or_why_they_are_not_shown(decision, shown, choose, why):
    other = Row(unit=Row(name="BUM"), decision=decision, answers=[answer()] * shown)
    page = presenters.staff_page(Row(asking=Row(reader=Reader()), answers=[], elsewhere=[other]))
    (place,) = page.elsewhere
    assert (place.unit, len(place.answers), place.choose, bool(place.why)) == ("BUM", shown, choose, why)
    assert page.reader == "Karin Lund"


def test_the_guardian_reads_who_reads_and_where():
    asking = Row(reader=Reader(), unit=Row(name="Habiliteringen"))
    page = presenters.family_page(Row(answers=[answer(words="Skolan")], askings=[asking]))
    assert page.readers == ["Karin Lund på Habiliteringen läser svaren på vardagar."]
    assert [one.words for one in page.answers] == [["Skolan"]]


@pytest.mark.parametrize(("reader", "valid"), [("a", True), ("", False), ("b", False)])
def test_one_of_the_unit_s_own_is_chosen(reader, valid):
    assert ReaderForm({"reader": reader}, people=[("a", "Anna")]).is_valid() is valid


def test_the_one_who_reads_now_is_chosen_already():
    assert ReaderForm(people=[("a", "Anna")], reads="a")["reader"].value() == "a"
