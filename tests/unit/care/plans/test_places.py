"""What kind of place a meeting has, and that a picture never says more than the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans.presenters.meetings import PLACE_PICTURES
from kring.care.plans.rules.places import PlaceKind, kind_of_place
from kring.design.symbols import WORDS

LINK = "https://mote.example.se/abc"


@pytest.mark.parametrize(
    ("place", "link", "kind"),
    [
        ("", LINK, "screen"),
        ("  ", LINK, "screen"),
        ("", "", "other"),
        ("Hemma hos Alva", "", "home"),
        ("I hemmet", LINK, "home"),
        ("Vi kommer hem till er", "", "home"),
        ("Hembesök", "", "home"),
        ("Familjehemmet i Skene", "", "other"),
        ("Fjällskolan, rum 12", "", "school"),
        ("Biblioteket på Alvas skola", "", "school"),
        ("Förskolan Eken", "", "school"),
        ("Elevhälsan", "", "school"),
        ("BUM Borås, rum 3", "", "care"),
        ("BUM Borås, Skolgatan 3", "", "care"),
        ("Södra Älvsborgs sjukhus", "", "care"),
        ("Habiliteringen, Sjukhusvägen 2", LINK, "care"),
        ("Vårdcentralen Ekås", "", "care"),
        ("Stadshuset", "", "other"),
        ("Skolgatan 3", "", "other"),
        ("Sjukhusgatan 1", "", "other"),
        ("Albumvägen 7", "", "other"),
    ],
)
def test_the_kind_is_what_the_words_plainly_say(place, link, kind):
    assert kind_of_place(place, link) == kind


@given(st.text(max_size=60), st.text(max_size=20))
def test_every_place_has_a_kind_and_only_a_meeting_without_a_place_is_on_a_screen(place, link):
    kind = kind_of_place(place, link)
    assert (kind is PlaceKind.SCREEN) is (not place.strip() and bool(link.strip()))
    assert kind_of_place(place.upper(), link) in PlaceKind


def test_every_kind_has_a_picture_of_its_own():
    assert set(PLACE_PICTURES) == set(PlaceKind)
    assert set(PLACE_PICTURES.values()) <= set(WORDS)
    assert len(set(PLACE_PICTURES.values())) == len(PlaceKind)
