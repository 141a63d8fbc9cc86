"""What a child may send, and what is kept of it. No database."""

import pytest
from django.http import QueryDict
from django.utils import translation

from kring.portal.child_pages.forms import WRONG, FaceForm, LookForm, PlacesForm, StepForm, WrongForm
from kring.portal.child_pages.rules import EARLY, MIDDLE
from kring.portal.child_pages.steps import step_numbered


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


@pytest.mark.parametrize(
    ("mode", "kept", "face", "valid"),
    [
        (MIDDLE, "", "great", True),
        (EARLY, "", "great", False),
        (EARLY, "great", "great", True),
        (EARLY, "", "dont_know", True),
        (MIDDLE, "", "", False),
        (MIDDLE, "", "furious", False),
    ],
)
def test_a_face_among_those_that_are_shown(mode, kept, face, valid):
    form = FaceForm({"face": face}, mode=mode, kept=kept)
    assert form.is_valid() is valid
    if not valid:
        assert form.errors["face"] == ["Välj en bild."]


@pytest.mark.parametrize(
    ("mode", "kept", "sent", "places"),
    [
        (MIDDLE, (), "", []),
        (MIDDLE, (), "places=head&places=throat", ["head", "throat"]),
        (EARLY, (), "places=tummy", ["tummy"]),
        (EARLY, ("chest",), "places=chest", ["chest"]),
    ],
)
def test_places_none_or_many(mode, kept, sent, places):
    form = PlacesForm(QueryDict(sent), mode=mode, kept=kept)
    assert form.is_valid()
    assert form.cleaned_data["places"] == places


@pytest.mark.parametrize("sent", ["places=throat", "places=everywhere"])
def test_a_place_that_is_not_shown_is_no_answer(sent):
    assert not PlacesForm(QueryDict(sent), mode=EARLY).is_valid()


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({"about": "plan"}, "Något i min plan"),
        ({"own": " Ingen lyssnade "}, "Ingen lyssnade"),
        ({"about": "page", "own": "Den hänger sig"}, "Den här sidan. Den hänger sig"),
    ],
)
def test_what_is_wrong_in_a_picture_or_words(sent, text):
    form = WrongForm(sent, empty="Välj en bild.")
    assert form.is_valid()
    assert form.text() == text


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({}, "about", "Välj en bild. Eller skriv något."),
        ({"own": "   "}, "about", "Välj en bild. Eller skriv något."),
        ({"about": "weather"}, "about", "Välj en bild."),
        ({"own": "x" * 251}, "own", "Skriv lite kortare."),
    ],
)
def test_what_is_missing_is_said_kindly(sent, field, says):
    form = WrongForm(sent, empty="Välj en bild. Eller skriv något.")
    assert not form.is_valid()
    assert form.errors[field] == [says]


def test_all_that_fits_in_the_form_fits_in_the_event():
    from kring.portal.child_pages.commands import SAID_MAX

    longest = max(len(str(choice.word)) for choice in WRONG)
    assert longest + len(". ") + WrongForm.base_fields["own"].max_length <= SAID_MAX


@pytest.mark.parametrize(("look", "valid"), [("early", True), ("", False), ("young", False)])
def test_a_look_among_those_that_are_offered(look, valid):
    form = LookForm({"look": look}, looks=[("by_age", "Vanlig"), ("early", "Enkel")], kept="by_age")
    assert form.is_valid() is valid
    assert form["look"].initial == "by_age"


@pytest.mark.parametrize(
    ("mode", "kept", "few"),
    [(EARLY, "", 4), (MIDDLE, "", 6), (EARLY, "Läsa\nVänta\nSova\nVara med kompisar", 6)],
)
def test_the_smallest_never_lose_what_they_chose_in_another_look(mode, kept, few):
    form = StepForm(step_numbered(4), kept=kept, mode=mode)
    assert len(form.fields["chosen"].choices) == few
    assert set(form.initial["chosen"]) <= {value for value, _ in form.fields["chosen"].choices}
