"""The units around a child follow age, home and need."""

from collections import Counter

from synthetic.families import birthday


def at(child, by_key, kind, day=None):
    """The child's relations to units of this kind, those of one day if told."""
    return [
        held
        for held in child.relations
        if by_key[held.unit].kind == kind
        and (day is None or (held.starts_on <= day and (held.ends_on is None or held.ends_on >= day)))
    ]


def test_there_are_about_six_relations_for_each_child(children):
    assert 5.5 < sum(len(child.relations) for child in children) / len(children) < 6.5


def test_relations_begin_after_birth_and_not_in_the_future(children, today):
    for child in children:
        for held in child.relations:
            assert child.birth_date < held.starts_on <= today
            assert held.ends_on is None or held.starts_on <= held.ends_on < today


def test_no_unit_is_there_twice(children):
    for child in children:
        units = [held.unit for held in child.relations]
        assert len(set(units)) == len(units), child.key


def test_units_take_children_from_where_the_child_lives(children, by_key):
    for child in children:
        if child.protection != "registration":
            for held in child.relations:
                # Pupil health follows the school, and upper secondary school may lie elsewhere.
                if by_key[held.unit].kind != "pupil_health_medical":
                    assert child.municipality in by_key[held.unit].serves


def test_everybody_has_primary_care_and_one_primary_care_only(children, by_key, today):
    for child in children:
        if (today - child.birth_date).days > 30:
            assert len(at(child, by_key, "primary_care", today)) == 1


def test_the_child_health_centre_ends_at_six(children, by_key, today):
    for child in children:
        for held in at(child, by_key, "child_health_centre"):
            assert (held.ends_on is None) == (birthday(child.birth_date, 6) >= today)


def test_school_starts_the_autumn_of_the_sixth_year(children, by_key, today):
    for child in children:
        school = at(child, by_key, "school", today)
        assert len(school) <= 1
        if child.birth_date.year + 6 > today.year:
            assert not school
        elif child.birth_date.year + 15 > today.year:
            assert len(school) == 1
            assert not at(child, by_key, "preschool", today)


def test_pupil_health_belongs_to_the_school_and_goes_where_it_goes(children, by_key, today):
    free = 0
    for child in children:
        for school in at(child, by_key, "school", today):
            nurses = at(child, by_key, "pupil_health_medical", today)
            assert by_key[school.unit].owner in {by_key[held.unit].owner for held in nurses}
            free += by_key[school.unit].owner == "association"
    assert free


def test_the_kind_of_relation_follows_the_kind_of_unit(children, by_key):
    found = Counter((by_key[held.unit].kind, held.kind) for child in children for held in child.relations)
    assert {kind: relation for kind, relation in found if kind in ("school", "lss", "dental")} == {
        "school": "schooling",
        "lss": "social_support",
        "dental": "care",
    }
    assert len({kind for kind, _ in found}) == len(found)


def test_specialists_are_around_children_with_much_need_only(children, by_key):
    special = {"child_psychiatry", "habilitation", "speech_language", "hospital_ward"}
    for child in children:
        kinds = {by_key[held.unit].kind for held in child.relations}
        if not child.needs and not child.placed:
            assert not kinds & special
    needing = [child for child in children if child.needs and child.birth_date.year < 2024]
    several = [child for child in needing if len(child.relations) > 6]
    assert len(several) > 0.5 * len(needing)


def test_a_placed_child_has_social_services_around_it(children, by_key):
    placed = [child for child in children if child.placed and child.birth_date.year < 2026]
    assert placed
    assert all(at(child, by_key, "social_services") for child in placed)
