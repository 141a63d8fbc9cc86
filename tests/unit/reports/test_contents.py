"""Which indicator stands in which chapter is declared, and nothing is forgotten or told twice."""

import re
from collections import Counter

import pytest

from indicators import catalogue
from indicators.measures import ShareOfChildren
from kring.reports.rules.contents import CHANGES, EQUALITY, POPULATION, contents, read

KEYS = [
    "population", "ill_health", "needs", "access", "coordination", "participation", "experience", "equality",
    "changes",
]  # fmt: skip


def test_the_chapters_are_those_that_the_report_is_to_have():
    assert [one.key for one in contents().chapters] == KEYS
    assert {POPULATION, EQUALITY, CHANGES} == {one.key for one in contents().chapters if not one.indicators}


def test_every_indicator_stands_in_one_chapter_or_is_left_out_for_a_reason():
    placed = Counter(slug for one in contents().chapters for slug in one.indicators)
    placed.update(list(contents().left_out))
    assert set(placed) == set(catalogue.slugs())
    assert set(placed.values()) == {1}
    assert all(len(reason) > 20 and reason.endswith(".") for reason in contents().left_out.values())


def test_addresses_are_words_of_their_own_and_find_their_chapter():
    addresses = [one.address for one in contents().chapters]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch("[a-z]+", one) for one in addresses)
    for one in contents().chapters:
        assert contents().chapter_at(one.address) is one
    assert contents().chapter_at("publicera") is None


def test_every_chapter_says_what_it_is_about():
    for one in contents().chapters:
        assert one.title
        assert one.lead.endswith(".")


def test_the_population_is_the_denominator_of_one_indicator_of_all_children():
    (population,) = [one for one in contents().chapters if one.counted_from]
    counted_from = catalogue.load(population.counted_from)
    assert population.key == POPULATION
    assert isinstance(counted_from.measure, ShareOfChildren)
    assert counted_from.texts["denominator"] == "Barn 0–17 år som bor i regionen den 31 december"


@pytest.mark.parametrize(
    ("first", "second", "left_out"),
    [(["ett"], ["ett"], {}), (["ett", "ett"], [], {}), (["ett"], [], {"ett": "Därför."})],
)
def test_an_indicator_in_two_places_is_refused_by_name(first, second, left_out):
    chapters = [
        {"key": key, "address": key, "title": key, "lead": key, "indicators": slugs}
        for key, slugs in (("a", first), ("b", second))
    ]
    with pytest.raises(ValueError, match="står på två ställen: ett"):
        read({"chapter": chapters, "left_out": left_out})
