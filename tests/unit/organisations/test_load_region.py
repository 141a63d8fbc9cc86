"""A region is data: loading it again changes nothing, and another region needs no code."""

from datetime import date
from pathlib import Path

import pytest

import kring.organisations
from kring.organisations.commands import assign, load_region
from kring.organisations.models import (
    Administration,
    Assignment,
    Controller,
    Grouping,
    Municipality,
    Person,
    Region,
    Unit,
)
from kring.organisations.region_files import RegionFileError

DATA = Path(kring.organisations.__file__).parent / "data"
TABLES = (Region, Grouping, Municipality, Administration, Controller, Unit)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


@pytest.fixture
def example(db):
    return load_region(path=DATA / "example_region.toml")


def test_the_region_has_its_49_municipalities_and_nine_administrations(cast):
    region = Region.objects.get(code="14")
    codes = set(Municipality.objects.filter(region=region).values_list("code", flat=True))
    assert len(codes) == 49
    assert {"1480", "1490", "1496"} <= codes
    assert "1483" not in codes
    assert Administration.objects.filter(region=region).count() == 9


def test_a_municipality_stands_in_three_independent_groupings(cast):
    boras = Municipality.objects.get(code="1490")
    groups = (boras.subregional_board, boras.collaboration_area, boras.municipal_federation)
    assert [group.kind for group in groups] == [
        "subregional_board",
        "collaboration_area",
        "municipal_federation",
    ]
    for kind in ("subregional_board", "municipal_federation"):
        assert Grouping.objects.filter(region__code="14", kind=kind).count() in (4, 5)


def test_school_and_social_services_of_one_municipality_are_two_controllers(cast):
    school, social = cast.unit("skola-boras-1"), cast.unit("socialtjanst-boras")
    assert school.municipality == social.municipality
    assert school.controller != social.controller
    assert cast.unit("elevhalsa-boras").controller == school.controller


def test_the_regions_units_are_one_care_provider_and_a_private_one_is_another(cast):
    assert cast.unit("sas-logopedi").controller == cast.unit("hh-habilitering-boras").controller
    assert cast.unit("bokskogen-boras").controller != cast.unit("sas-logopedi").controller


def test_loading_again_changes_nothing(cast):
    before = counts()
    ids = dict(Unit.objects.values_list("key", "id"))
    load_region(path=DATA / "vgr.toml")
    assert counts() == before
    assert dict(Unit.objects.values_list("key", "id")) == ids


def test_loading_again_takes_in_a_changed_name(cast):
    Unit.objects.filter(key="sas-logopedi").update(name="Gammalt namn")
    load_region(path=DATA / "vgr.toml")
    assert cast.unit("sas-logopedi").name != "Gammalt namn"


def test_another_region_is_other_data(example):
    assert example.name == "Region Norrskog"
    assert set(Municipality.objects.filter(region=example).values_list("name", flat=True)) == {
        "Granvik",
        "Furunäs",
    }
    assert Unit.objects.filter(controller__region=example).exists()


def test_a_row_that_names_what_is_not_there_loads_nothing(db, tmp_path):
    broken = tmp_path / "region.toml"
    text = (DATA / "example_region.toml").read_text(encoding="utf-8")
    text = text.replace('code = "99"', 'code = "98"').replace('code = "9901"', 'code = "9801"')
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(RegionFileError, match="9901"):
        load_region(path=broken)
    assert not Region.objects.filter(code="98").exists()


def test_an_assignment_is_given_once(cast):
    for _ in range(2):
        assign(
            person=cast.sara,
            unit=cast.unit("sas-bum-boras"),
            role="speech_therapist",
            starts_on=date(2026, 1, 1),
        )
    assert Assignment.objects.filter(person=cast.sara, unit__key="sas-bum-boras").count() == 1


def test_people_have_no_password_and_no_name_in_their_text(cast):
    karin = cast.karin
    assert karin.name == "Karin Lund"
    assert "Karin" not in str(karin)
    assert not karin.check_password("")
    assert Person.objects.get_by_natural_key("karin") == karin
    assert karin.get_username() == "karin"
