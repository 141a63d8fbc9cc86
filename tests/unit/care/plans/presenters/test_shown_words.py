"""What stands beside a text about who reads it."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from kring.care.plans.models import Need
from kring.care.plans.presenters import shown

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"visibility": "all"}, "Visas för barn och vårdnadshavare"),
        ({"visibility": "care_only"}, "Visas bara för vården"),
        ({"category": "violence"}, "Våldsutsatthet"),
        (
            {"visibility": "not_guardian", "category": "early_hypothesis"},
            "Visas inte för vårdnadshavare. Tidig hypotes",
        ),
        (
            {"visibility": "not_child_until", "visible_to_child_from": date(2026, 12, 18)},
            "Visas för barnet från 18 december 2026",
        ),
    ],
)
def test_what_the_author_chose_is_told_and_what_is_usual_is_not(fields, words):
    assert shown.chosen(Need(**fields)) == words


def given(kind="goal", **more):
    said = {"visibility": "default", "category": "general", "visible_to_child_from": None}
    said |= {"review_on": None}
    return said | {shown.SAYS[kind]: "Jag vill"} | more


@pytest.mark.parametrize("kind", shown.SAYS)
def test_the_preview_is_what_each_reads(kind):
    child, guardian = shown.preview(kind, given(kind, visibility="not_guardian"), TODAY)
    assert (child.who, child.text) == ("Barnet", "Jag vill")
    assert (guardian.who, guardian.text) == ("Vårdnadshavare", "")
    assert guardian.why == "Den som skrev valde: visas inte för vårdnadshavare."


@pytest.mark.parametrize(("day", "reads"), [(TODAY, True), (date(2026, 11, 17), False)])
def test_the_preview_counts_days_as_the_pages_do(day, reads):
    child, _guardian = shown.preview(
        "goal", given(visibility="not_child_until", visible_to_child_from=day), TODAY
    )
    assert bool(child.text) is reads


def test_a_folded_choice_stands_open_when_something_is_chosen():
    from kring.care.plans.forms.content import NeedForm

    def opened(**sent):
        form = NeedForm({"area": "play", "text": "Lek"} | sent)
        return form.is_unusual

    assert not opened()
    assert not opened(visibility="default", category="")
    assert opened(visibility="all")
    assert opened(category="violence")
    assert opened(visible_to_child_from_0="18", visible_to_child_from_1="12", visible_to_child_from_2="2026")
    assert opened(visibility="nonsense")
    assert not NeedForm().is_unusual
    stored = NeedForm()
    stored.initial = stored.of(
        Row(area="play", text="", visibility="default", visible_to_child_from=None, category="general")
    )
    assert not stored.is_unusual
