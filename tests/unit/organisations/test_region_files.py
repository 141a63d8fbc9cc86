"""The region's data files: the facts that a person from Västra Götaland would check first."""

from collections import Counter

import pytest

from kring.organisations import models, region_files
from kring.organisations.region_files import EXAMPLE, RegionFileError, read_region


@pytest.fixture(scope="module")
def vgr():
    return read_region()


# The region


def test_västra_götaland_is_county_14_with_its_organisation_number(vgr):
    assert (vgr.region.code, vgr.region.org_number) == ("14", "232100-0131")
    assert vgr.region.hsa_prefix == "SE2321000131-"


def test_there_are_49_municipalities_and_1483_is_none_of_them(vgr):
    codes = [row.code for row in vgr.municipalities]
    assert len(codes) == 49
    assert all(code.startswith("14") for code in codes)
    assert "1483" not in codes
    assert {"1480": "Göteborg", "1490": "Borås", "1438": "Dals-Ed"}.items() <= {
        row.code: row.name for row in vgr.municipalities
    }.items()


def test_the_three_groupings_count_as_they_should(vgr):
    kinds = Counter(row.kind for row in vgr.groupings)
    assert kinds == {"subregional_board": 5, "collaboration_area": 6, "municipal_federation": 4}
    boards = Counter(row.subregional_board for row in vgr.municipalities)
    assert boards == {"norra": 14, "vastra": 11, "ostra": 15, "sodra": 8, "goteborg": 1}
    federations = Counter(row.municipal_federation for row in vgr.municipalities)
    assert federations == {"goteborgsregionen": 12, "fyrbodal": 14, "skaraborg": 15, "sjuharad": 8}


def test_the_groupings_are_independent_of_each_other(vgr):
    by_name = {row.name: row for row in vgr.municipalities}
    # The western board, but Gothenburg's care collaboration.
    assert by_name["Härryda"].subregional_board == "vastra"
    assert by_name["Härryda"].collaboration_area == "goteborgsomradet"
    pairs = {(row.subregional_board, row.collaboration_area) for row in vgr.municipalities}
    assert len(pairs) > 6


def test_what_nobody_could_confirm_says_so(vgr):
    by_name = {row.name: row for row in vgr.municipalities}
    assert by_name["Tjörn"].collaboration_area_confidence == "confirmed"
    assert by_name["Lilla Edet"].collaboration_area_confidence == "unconfirmed"
    assert all(row.confidence == "unconfirmed" for row in vgr.administrations)
    assert all(row.confidence == "invented" for row in vgr.units)


def test_nine_administrations_meet_children_and_each_has_units(vgr):
    assert len(vgr.administrations) == 9
    assert {row.administration for row in vgr.units} - {""} == {row.key for row in vgr.administrations}


# Controllers: who may not read over whose shoulder


def test_each_municipality_has_separate_controllers_for_school_and_social_services(vgr):
    owner = {row.key: row for row in vgr.controllers}
    for municipality in vgr.municipalities:
        own = [unit for unit in vgr.units if unit.municipality == municipality.code]
        school = {unit.controller for unit in own if unit.sector in ("school", "school_health")}
        social = {unit.controller for unit in own if unit.sector in ("social_services", "lss")}
        assert school
        assert social
        assert not school & social
        assert all(owner[key].municipality == municipality.code for key in social)


def test_all_of_the_regions_own_care_is_one_provider_and_private_care_is_others(vgr):
    for unit in vgr.units:
        if unit.administration:
            assert unit.controller == "vgr"
        if unit.sector == "private_care":
            assert unit.controller not in ("vgr", "")


def test_schools_and_social_services_never_share_across_providers(vgr):
    # Lag 2022:913 reaches neither school staff nor the social services for children and families.
    sharing = {row.key for row in vgr.controllers if row.shares_across_providers}
    outside = {"school", "school_health", "social_services", "lss"}
    assert not {unit.controller for unit in vgr.units if unit.sector in outside} & sharing


# Units


def test_every_municipality_has_the_places_where_children_meet_care_and_school(vgr):
    everywhere = {"primary_care", "child_health_centre", "dental", "pupil_health_medical", "school"}
    everywhere |= {"preschool", "social_services", "lss"}
    for municipality in vgr.municipalities:
        kinds = {unit.kind for unit in vgr.units if unit.municipality == municipality.code}
        assert everywhere <= kinds, municipality.name


def test_every_municipality_is_served_by_every_kind_of_specialist_care(vgr):
    specialist = {"paediatric_outpatient", "child_psychiatry", "habilitation", "speech_language"}
    specialist |= {"youth_mental_health", "hospital_ward"}
    serving = {row.code: set() for row in vgr.municipalities}
    for unit in vgr.units:
        for code in vgr.served_by(unit):
            serving[code].add(unit.kind)
    assert all(specialist <= kinds for kinds in serving.values())


def test_a_unit_name_means_one_place_and_phones_are_reserved_for_fiction(vgr):
    assert len({unit.name for unit in vgr.units}) == len(vgr.units)
    assert all(unit.phone.startswith("031-390 06 ") for unit in vgr.units)


def test_a_unit_says_which_ages_it_meets(vgr):
    ranges = {unit.kind: unit.age_range for unit in vgr.units}
    assert ranges["child_health_centre"] == (0, 5)
    assert ranges["habilitation"] == (0, 20)


# Another region is other data


def test_a_region_may_be_one_small_file():
    region = read_region(EXAMPLE)
    assert region.region.name == "Region Norrskog"
    assert [row.name for row in region.municipalities] == ["Granvik", "Furunäs"]
    bup = next(unit for unit in region.units if unit.kind == "child_psychiatry")
    assert region.served_by(bup) == ("9901", "9902")
    school = next(unit for unit in region.units if unit.kind == "school")
    assert region.served_by(school) == ("9901",)
    assert next(row for row in region.controllers if row.key == "norrskog").shares_across_providers is True


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[region]", "[area]", "[region] is missing"),
        (
            'controller = "9901-social"',
            'controller = "9909-social"',
            "granvik-socialtjanst controller 9909-social",
        ),
        (
            'municipality = "9901"\nadministration',
            'municipality = "9903"\nadministration',
            "municipality 9903",
        ),
        ('administration = "norrskog-vard"', 'administration = "annan"', "administration annan"),
        ('key = "granvik-skola"', 'key = "granvik-bup"', "granvik-bup (it occurs twice)"),
        ('collaboration_area = "hela"', 'collaboration_area = "halva"', "9901 collaboration_area halva"),
        ('serves = "hela"', 'serves = "halva"', "serves halva"),
        ('municipality = "9901"\nsource', 'municipality = "9909"\nsource', "municipality 9909"),
        ('confidence = "invented"', 'confidence = "sure"', "source or confidence"),
        ('name = "Granvik"\n', "", "row 1: name is missing"),
        ('ages = "6-15"', 'grades = "6-15"', "no column is called grades"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, words):
    path = tmp_path / "region.toml"
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RegionFileError) as caught:
        read_region(path)
    assert words in str(caught.value)


def test_the_vocabularies_are_those_of_the_tables(vgr):
    assert {unit.kind for unit in vgr.units} == set(models.Unit.Kind.values)
    assert {unit.sector for unit in vgr.units} == set(models.Unit.Sector.values)
    assert {kind.value for kind in region_files.GroupingKind} == set(models.Grouping.Kind.values)
