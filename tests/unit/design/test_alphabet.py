"""Names in the order of the Swedish alphabet: the same in Python, on SQLite and on PostgreSQL."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kring.design.alphabet import Swedish, swedish

IN_ORDER = (
    "Ale",
    "Alingsås",
    "Andersson",
    "André",
    "Andrésson",
    "Arvid Å",
    "Arvid Ö",
    "Barn- och ungdomshabiliteringen",
    "Barnmottagningen",
    "Elin",
    "Élise",
    "Elof",
    "Lyden",
    "Lüder",
    "Lykke",
    "Vara",
    "Vänersborg",
    "Yngve",
    "Zara",
    "Åke",
    "Åmål",
    "Äpplet",
    "Ærlig",
    "Öckerö",
    "Ørjan",
    "Östen",
)


def shuffled(seed: int) -> list[str]:
    names = list(IN_ORDER)
    random.Random(seed).shuffle(names)  # noqa: S311  a test's own order
    return names


def test_the_alphabet_in_python():
    assert sorted(shuffled(1), key=swedish) == list(IN_ORDER)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Z", "Å"), ("Å", "Ä"), ("Ä", "Ö"), ("ande", "Anders"), ("Eva", "Évb"), ("Åsa", "Ämma"), ("Öa", "Øb")],
)
def test_two_and_two(first, second):
    assert swedish(first) < swedish(second)
    assert swedish(first.upper()) < swedish(second.lower())


def test_composed_and_decomposed_letters_are_the_same_letter():
    assert sorted(["Zara", "A\u030asa", "Åre"], key=swedish) == ["Zara", "Åre", "A\u030asa"]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_every_text_has_one_place(texts):
    assert len({swedish(one) for one in texts}) == len(set(texts)), "different names never tie"


@pytest.mark.django_db
class TestInTheDatabase:
    @pytest.fixture
    def views(self, cast):
        """Saved views with all the names, written in no order."""
        from kring.timeline.models import SavedView

        karin = cast.actor("karin")
        about = {"person_id": karin.person_id, "unit_id": karin.unit_id, "created_at": cast.now}
        SavedView.objects.bulk_create([SavedView(name=name, **about) for name in shuffled(2)])
        return SavedView.objects.filter(person_id=karin.person_id)

    def test_the_same_order_as_in_python(self, views):
        rows = views.order_by(Swedish("name"), "pk")
        assert list(rows.values_list("name", flat=True)) == list(IN_ORDER)
        assert list(rows.reverse().values_list("name", flat=True)) == list(IN_ORDER)[::-1]

    @pytest.mark.parametrize("size", [1, 7, 10])
    def test_pages_of_a_list_follow_each_other(self, views, size):
        rows = views.order_by(Swedish("name"), "pk").values_list("name", flat=True)
        pages = [list(rows[at : at + size]) for at in range(0, len(IN_ORDER), size)]
        assert [name for page in pages for name in page] == list(IN_ORDER)

    def test_it_is_one_question_however_many_the_names(self, views):
        with CaptureQueriesContext(connection) as asked:
            list(views.order_by(Swedish("name"))[:5])
        assert len(asked) == 1

    def test_names_through_a_relation_and_without_doubles(self, cast):
        from kring.organisations.models import Assignment, Unit

        order = Swedish("person__given_name"), Swedish("person__family_name"), "pk"
        people = [
            one.person.given_name for one in Assignment.objects.select_related("person").order_by(*order)
        ]
        assert people == sorted(people, key=swedish)
        units = [unit.name for unit in Unit.objects.filter(assignments__isnull=False).distinct()]
        assert units == sorted(set(units), key=swedish)

    def test_a_reader_s_lists_stand_so(self, cast):
        """Choosing a colleague, and finding a child by the beginning of its name."""
        from kring.organisations.models import Person
        from kring.portal.staff.search.queries import children_named
        from kring.secrecy.queries.group import colleagues
        from tests.unit.portal.staff.desk import Desk

        karin, desk = cast.actor("karin"), Desk(cast)
        for name in ("Östen", "Åke", "Zara", "Ängla"):
            person = Person.objects.create(subject=f"alphabet-{name}", given_name=name, family_name="Ek")
            person.assignments.create(unit_id=karin.unit_id, role="coordinator", starts_on=karin.today)
            desk.child(f"{name} Xander")
        names = [one.given_name for one in colleagues(karin)]
        assert [name for name in names if name in IN_ORDER or name == "Ängla"][-4:] == [
            "Zara", "Åke", "Ängla", "Östen",
        ]  # fmt: skip
        found = [one.given_name for one in children_named(karin, "Xander")]
        assert found == ["Zara", "Åke", "Ängla", "Östen"]
